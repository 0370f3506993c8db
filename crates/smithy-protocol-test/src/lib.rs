//! What the protocol tests of generated clients have in common.
//!
//! The generator writes a test for each case of the traits `smithy.test#httpRequestTests`,
//! `smithy.test#httpResponseTests` and `smithy.test#eventStreamTests`. A test calls an operation of
//! the client, and this crate judges the request that is sent or provides the response that is read.
//! Everything here panics if a case fails.

mod body;
#[cfg(feature = "event-stream")]
mod events;
mod http;
mod request;
mod response;
mod value;

#[cfg(feature = "event-stream")]
pub use events::{
    EventHeader, EventMessage, EventsCase, ended, fails, next_error, next_event, sender,
};
pub use http::Sent;
pub use request::RequestCase;
pub use response::ResponseCase;
pub use value::{check, check_prefixed, check_stream, document, timestamp};
