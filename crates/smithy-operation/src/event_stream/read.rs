//! Reads events and errors from messages, by their schemas.

use super::{
    EVENT_TYPE, EXCEPTION_TYPE, EventCodec, EventError, HeaderValue, MESSAGE_TYPE, Message, header,
};
use crate::value::Value;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeType, prelude};
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use bytes::Bytes;
use std::fmt;

/// Reads a message: an event, or the error that ends the stream.
pub(super) fn read_event<T: Value, E: EventError>(
    message: &Message,
    codec: &EventCodec,
) -> Result<Result<T, E>, SerdeError> {
    let unhandled = |metadata: ErrorMetadata| {
        E::create_unhandled_error(metadata.clone().into(), Some(metadata))
    };
    match Kind::of(message)? {
        Kind::Event(name) => {
            let mut reader = Reader::Union {
                name,
                message,
                codec,
            };
            T::read(&prelude::UNIT, &mut reader).map(Ok)
        }
        Kind::Exception(name) => {
            let code = E::code_of(name);
            let metadata = codec.error_metadata(message.payload());
            let mut metadata = metadata.code(code.unwrap_or(name)).build();
            let mut reader = Reader::Event { message, codec };
            let modelled = code.and_then(|_| E::read(&mut metadata, &mut reader));
            modelled.map_or_else(|| Ok(Err(unhandled(metadata))), |error| error.map(Err))
        }
        Kind::Error { code, message } => {
            let mut metadata = ErrorMetadata::builder();
            if let Some(code) = code {
                metadata = metadata.code(code);
            }
            if let Some(message) = message {
                metadata = metadata.message(message);
            }
            Ok(Err(unhandled(metadata.build())))
        }
    }
}

/// What a message is.
enum Kind<'m> {
    /// An event, which is this member of the union.
    Event(&'m str),
    /// A modelled error, which is this member of the union.
    Exception(&'m str),
    /// An error that is not modelled.
    Error {
        code: Option<&'m str>,
        message: Option<&'m str>,
    },
}

impl<'m> Kind<'m> {
    fn of(message: &'m Message) -> Result<Self, SerdeError> {
        match text(message, MESSAGE_TYPE)? {
            "event" => text(message, EVENT_TYPE).map(Self::Event),
            "exception" => text(message, EXCEPTION_TYPE).map(Self::Exception),
            "error" => Ok(Self::Error {
                code: text(message, ":error-code").ok(),
                message: text(message, ":error-message").ok(),
            }),
            other => Err(SerdeError::invalid_input(format!(
                "a message of an event stream cannot have the type `{other}`"
            ))),
        }
    }
}

/// Returns the value of a header that must be a string.
fn text<'m>(message: &'m Message, name: &str) -> Result<&'m str, SerdeError> {
    let wrong = |what| {
        SerdeError::invalid_input(format!(
            "the header `{name}` of an event-stream message {what}"
        ))
    };
    match header(message, name) {
        Some(HeaderValue::String(value)) => Ok(value.as_str()),
        Some(_) => Err(wrong("is not a string")),
        None => Err(wrong("is missing")),
    }
}

/// An event that does not match the model, and may contain sensitive values.
#[derive(Debug)]
pub(super) struct Hidden {
    length: usize,
}

impl Hidden {
    pub(super) fn of(message: &Message) -> Self {
        let length = message.payload().len();
        Self { length }
    }
}

impl fmt::Display for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "an event does not match the model; its payload of {} bytes is not shown, because it may contain \
             sensitive values",
            self.length
        )
    }
}

impl std::error::Error for Hidden {}

type Consumer<'c> =
    dyn FnMut(&Schema<'_>, &mut dyn ShapeDeserializer) -> Result<(), SerdeError> + 'c;

/// Reads the parts of a message that are not in the format of the protocol.
enum Reader<'m> {
    /// The event as the member of its union.
    Union {
        name: &'m str,
        message: &'m Message,
        codec: &'m EventCodec,
    },
    /// The structure of an event or error.
    Event {
        message: &'m Message,
        codec: &'m EventCodec,
    },
    /// A member in a header.
    Header(&'m HeaderValue),
    /// A string or blob that is the whole payload.
    Payload(&'m Bytes),
}

impl Reader<'_> {
    fn unexpected<T>(&self, expected: &str) -> Result<T, SerdeError> {
        let place = match self {
            Self::Union { .. } | Self::Event { .. } => "an event",
            Self::Header(_) => "a header of an event",
            Self::Payload(_) => "the payload of an event",
        };
        Err(SerdeError::invalid_input(format!(
            "{place} is not a {expected}"
        )))
    }
}

fn is_bound(member: &Schema<'_>) -> bool {
    member.event_header().is_some() || member.event_payload().is_some()
}

/// Reads the members of an event's structure.
fn read_members(
    schema: &Schema<'_>,
    message: &Message,
    codec: &EventCodec,
    consumer: &mut Consumer<'_>,
) -> Result<(), SerdeError> {
    let payload = message.payload();
    let mut has_others = false;
    for member in schema.members() {
        if member.event_header().is_some() {
            let name = member.member_name().unwrap_or_default();
            if let Some(value) = header(message, name) {
                consumer(member, &mut Reader::Header(value))?;
            }
        } else if member.event_payload().is_some() {
            match member.shape_type() {
                ShapeType::Blob | ShapeType::String => {
                    consumer(member, &mut Reader::Payload(payload))?;
                }
                _ if payload.is_empty() => {}
                _ => consumer(member, &mut *codec.deserializer(payload)?)?,
            }
        } else {
            has_others = true;
        }
    }
    if !has_others || payload.is_empty() {
        return Ok(());
    }
    let mut deserializer = codec.deserializer(payload)?;
    deserializer.read_struct(schema, &mut |member, deserializer| match is_bound(member) {
        true => Ok(()),
        false => consumer(member, deserializer),
    })
}

impl ShapeDeserializer for Reader<'_> {
    fn read_struct(
        &mut self,
        schema: &Schema<'_>,
        consumer: &mut Consumer<'_>,
    ) -> Result<(), SerdeError> {
        match self {
            Self::Union {
                name,
                message,
                codec,
            } => {
                // A schema without an index stands for a member that the model lacks.
                let member = schema.member_schema(name).unwrap_or(&prelude::UNIT);
                consumer(member, &mut Reader::Event { message, codec })
            }
            Self::Event { message, codec } => read_members(schema, message, codec, consumer),
            _ => self.unexpected("structure"),
        }
    }

    fn read_list(
        &mut self,
        _: &Schema<'_>,
        _: &mut dyn FnMut(&mut dyn ShapeDeserializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        self.unexpected("list")
    }

    fn read_map(
        &mut self,
        _: &Schema<'_>,
        _: &mut dyn FnMut(String, &mut dyn ShapeDeserializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        self.unexpected("map")
    }

    fn read_boolean(&mut self, _: &Schema<'_>) -> Result<bool, SerdeError> {
        match self {
            Self::Header(HeaderValue::Bool(value)) => Ok(*value),
            _ => self.unexpected("boolean"),
        }
    }

    fn read_byte(&mut self, _: &Schema<'_>) -> Result<i8, SerdeError> {
        match self {
            Self::Header(HeaderValue::Byte(value)) => Ok(*value),
            _ => self.unexpected("byte"),
        }
    }

    fn read_short(&mut self, _: &Schema<'_>) -> Result<i16, SerdeError> {
        match self {
            Self::Header(HeaderValue::Int16(value)) => Ok(*value),
            _ => self.unexpected("16-bit integer"),
        }
    }

    fn read_integer(&mut self, _: &Schema<'_>) -> Result<i32, SerdeError> {
        match self {
            Self::Header(HeaderValue::Int32(value)) => Ok(*value),
            _ => self.unexpected("32-bit integer"),
        }
    }

    fn read_long(&mut self, _: &Schema<'_>) -> Result<i64, SerdeError> {
        match self {
            Self::Header(HeaderValue::Int64(value)) => Ok(*value),
            _ => self.unexpected("64-bit integer"),
        }
    }

    fn read_float(&mut self, _: &Schema<'_>) -> Result<f32, SerdeError> {
        self.unexpected("float")
    }

    fn read_double(&mut self, _: &Schema<'_>) -> Result<f64, SerdeError> {
        self.unexpected("double")
    }

    fn read_big_integer(&mut self, _: &Schema<'_>) -> Result<BigInteger, SerdeError> {
        self.unexpected("big integer")
    }

    fn read_big_decimal(&mut self, _: &Schema<'_>) -> Result<BigDecimal, SerdeError> {
        self.unexpected("big decimal")
    }

    fn read_string(&mut self, _: &Schema<'_>) -> Result<String, SerdeError> {
        match self {
            Self::Header(HeaderValue::String(value)) => Ok(value.as_str().to_owned()),
            Self::Payload(payload) => match std::str::from_utf8(payload) {
                Ok(text) => Ok(text.to_owned()),
                Err(_) => self.unexpected("string in UTF-8"),
            },
            _ => self.unexpected("string"),
        }
    }

    fn read_blob(&mut self, _: &Schema<'_>) -> Result<Blob, SerdeError> {
        match *self {
            Self::Header(HeaderValue::ByteArray(bytes)) | Self::Payload(bytes) => {
                // Shares the bytes of the message.
                Ok(Blob::from_maybe_shared(bytes.clone()))
            }
            _ => self.unexpected("blob"),
        }
    }

    fn read_timestamp(&mut self, _: &Schema<'_>) -> Result<DateTime, SerdeError> {
        match self {
            Self::Header(HeaderValue::Timestamp(value)) => Ok(*value),
            _ => self.unexpected("timestamp"),
        }
    }

    fn read_document(&mut self, _: &Schema<'_>) -> Result<Document, SerdeError> {
        self.unexpected("document")
    }

    fn is_null(&self) -> bool {
        false
    }

    fn container_size(&self) -> Option<usize> {
        None
    }
}
