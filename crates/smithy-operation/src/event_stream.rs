//! Event streams: requests and responses whose body is a sequence of events.
//!
//! An event is a variant of a union in the model, and its error types are the members of the union that are
//! errors. A caller sends events through an [`EventStreamSender`], which wraps any
//! [`Stream`](futures_core::Stream), and receives them from an [`EventReceiver`]. Each event travels as a frame,
//! which the schema of its structure describes: members in headers, and one member or all others in the payload.

mod body;
mod codec;
mod read;
mod receiver;
mod sender;
mod write;

pub use aws_smithy_types::event_stream::{Header, HeaderValue, Message, RawMessage};
pub use aws_smithy_types::str_bytes::StrBytes;
pub use body::EventBody;
pub use codec::EventCodec;
pub use receiver::{EventReceiver, EventSource, FrameError};
pub use sender::{EventStreamSender, Messages};

use crate::error::OperationError;
use aws_smithy_schema::serde::SerializableStruct;

/// The errors of an event stream: a variant for each modelled error, and one for all others.
pub trait EventError: OperationError {
    /// Returns the code of the error that is this member of the union.
    fn code_of(member: &str) -> Option<&'static str>;

    /// Returns the modelled error and the name of its member in the union; `None` for any other error.
    fn modelled(&self) -> Option<(&'static str, &dyn SerializableStruct)>;
}

/// The header that says whether a message is an event, a modelled error or another error.
const MESSAGE_TYPE: &str = ":message-type";
/// The header that names the member of the union that an event is.
const EVENT_TYPE: &str = ":event-type";
/// The header that names the member of the union that an error is.
const EXCEPTION_TYPE: &str = ":exception-type";
const CONTENT_TYPE: &str = ":content-type";

/// The type of the event that holds the members of an input other than its stream.
const INITIAL_REQUEST: &str = "initial-request";
/// The type of the event that holds the members of an output other than its stream.
const INITIAL_RESPONSE: &str = "initial-response";

fn text_header(name: &'static str, value: &str) -> Header {
    Header::new(name, HeaderValue::String(value.to_owned().into()))
}

/// Returns the value of a header.
fn header<'m>(message: &'m Message, name: &str) -> Option<&'m HeaderValue> {
    let mut headers = message.headers().iter();
    let header = headers.find(|header| header.name().as_str() == name)?;
    Some(header.value())
}
