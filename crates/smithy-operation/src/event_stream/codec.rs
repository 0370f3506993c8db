//! The protocol, as far as events need it.

use super::{CONTENT_TYPE, EVENT_TYPE, INITIAL_REQUEST, MESSAGE_TYPE, Message, text_header};
use aws_smithy_schema::codec::DynCodec;
use aws_smithy_schema::protocol::SharedClientProtocol;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_types::error::metadata::{Builder, ErrorMetadata};
use bytes::Bytes;

/// Reads and writes the payloads of events as the service's protocol does.
#[derive(Debug, Clone)]
pub struct EventCodec(SharedClientProtocol);

impl EventCodec {
    /// Creates a codec for events of a protocol.
    pub fn new(protocol: SharedClientProtocol) -> Self {
        Self(protocol)
    }

    /// Returns a deserializer of a payload.
    ///
    /// # Errors
    ///
    /// Returns an error if the protocol has no event streams.
    pub fn deserializer<'p>(
        &'p self,
        payload: &'p [u8],
    ) -> Result<Box<dyn ShapeDeserializer + 'p>, SerdeError> {
        Ok(self.codec()?.create_deserializer(payload))
    }

    /// Returns the message that begins the events of a request. Its payload is a structure of the input's
    /// other members.
    pub fn initial_request(&self, payload: Bytes) -> Message {
        Message::new(payload)
            .add_header(text_header(MESSAGE_TYPE, "event"))
            .add_header(text_header(EVENT_TYPE, INITIAL_REQUEST))
            .add_header(text_header(CONTENT_TYPE, self.media_type()))
    }

    pub(super) fn codec(&self) -> Result<&dyn DynCodec, SerdeError> {
        self.0.payload_codec().ok_or_else(|| {
            let protocol = self.0.protocol_id().as_str();
            SerdeError::unsupported(format!("the protocol {protocol} has no event streams"))
        })
    }

    /// The media type of payloads that are structures.
    pub(super) fn media_type(&self) -> &str {
        self.0
            .event_stream_media_type()
            .unwrap_or("application/octet-stream")
    }

    /// Reads the code and message of an error. A payload without them is none.
    pub(super) fn error_metadata(&self, payload: &[u8]) -> Builder {
        let parsed = self.0.parse_event_stream_error_metadata(payload);
        parsed.unwrap_or_else(|_| ErrorMetadata::builder())
    }
}
