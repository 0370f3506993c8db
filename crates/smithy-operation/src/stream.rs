//! Bodies of responses that are returned to the caller as a stream.

#[cfg(feature = "event-stream")]
use crate::event_stream::EventSource;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;

/// The body of a response, for the member of the output that streams it.
#[derive(Debug)]
#[non_exhaustive]
pub enum ResponseStream {
    /// A stream of bytes.
    Bytes(SdkBody),
    /// A stream of events.
    #[cfg(feature = "event-stream")]
    Events(Box<EventSource>),
}

impl From<ResponseStream> for ByteStream {
    fn from(stream: ResponseStream) -> Self {
        match stream {
            ResponseStream::Bytes(body) => Self::new(body),
            #[cfg(feature = "event-stream")]
            ResponseStream::Events(_) => Self::default(),
        }
    }
}
