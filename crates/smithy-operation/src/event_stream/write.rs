//! Writes events and errors as messages, by their schemas.

use super::{
    CONTENT_TYPE, EVENT_TYPE, EXCEPTION_TYPE, EventCodec, Header, HeaderValue, MESSAGE_TYPE,
    Message, text_header,
};
use aws_smithy_schema::Schema;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeSerializer};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use bytes::Bytes;
use std::cell::RefCell;

/// Writes an event, given as its union.
pub(super) fn write_event(
    union: &dyn SerializableStruct,
    codec: &EventCodec,
) -> Result<Message, SerdeError> {
    let mut message = None;
    let mut write = |name: &str, event: &dyn SerializableStruct| {
        message = Some(write_structure("event", EVENT_TYPE, name, event, codec)?);
        Ok(())
    };
    union.serialize_members(&mut Writer::Union(&mut write))?;
    message.ok_or_else(|| SerdeError::invalid_input("an event must be a structure"))
}

/// Writes an error, given the name of its member in the union.
pub(super) fn write_error(
    name: &str,
    error: &dyn SerializableStruct,
    codec: &EventCodec,
) -> Result<Message, SerdeError> {
    write_structure("exception", EXCEPTION_TYPE, name, error, codec)
}

fn write_structure(
    message_type: &str,
    name_header: &'static str,
    name: &str,
    value: &dyn SerializableStruct,
    codec: &EventCodec,
) -> Result<Message, SerdeError> {
    let members = value.schema().members();
    let event = Event {
        value,
        codec,
        parts: RefCell::default(),
    };
    let is_part = |it: &&Schema<'_>| it.event_header().is_some() || it.event_payload().is_some();
    let mut document = None;
    if members.iter().all(is_part) {
        event.write(None)?;
    } else {
        let mut serializer = codec.codec()?.create_serializer();
        serializer.write_struct(value.schema(), &event)?;
        document = Some((codec.media_type(), serializer.finish_boxed().into()));
    }
    let parts = event.parts.into_inner();
    let (content_type, payload) = match document.or(parts.payload) {
        Some((content_type, payload)) => (Some(content_type), payload),
        None => (None, Bytes::new()),
    };
    let mut headers = vec![
        text_header(MESSAGE_TYPE, message_type),
        text_header(name_header, name),
    ];
    headers.extend(content_type.map(|value| text_header(CONTENT_TYPE, value)));
    headers.extend(parts.headers);
    Ok(Message::new_from_parts(headers, payload))
}

/// The structure of an event. Serialized, it is the members that are in neither a header nor the payload.
struct Event<'e> {
    value: &'e dyn SerializableStruct,
    codec: &'e EventCodec,
    parts: RefCell<Parts<'e>>,
}

/// The parts of a message that are written member by member.
#[derive(Default)]
struct Parts<'e> {
    headers: Vec<Header>,
    /// The member that is the whole payload, and its media type.
    payload: Option<(&'e str, Bytes)>,
}

impl Event<'_> {
    /// Writes the members. The serializer receives those in neither a header nor the payload.
    fn write(&self, others: Option<&mut dyn ShapeSerializer>) -> Result<(), SerdeError> {
        let mut parts = self.parts.borrow_mut();
        self.value.serialize_members(&mut Writer::Members {
            parts: &mut parts,
            codec: self.codec,
            // With the shorter lifetime of this borrow.
            others: match others {
                Some(others) => Some(others),
                None => None,
            },
        })
    }
}

impl SerializableStruct for Event<'_> {
    fn schema(&self) -> &Schema<'_> {
        self.value.schema()
    }

    fn serialize_members(&self, serializer: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        self.write(Some(serializer))
    }
}

type WriteEvent<'w> = dyn FnMut(&str, &dyn SerializableStruct) -> Result<(), SerdeError> + 'w;

/// Writes the parts of a message.
enum Writer<'w, 'e> {
    /// Finds the event in its union.
    Union(&'w mut WriteEvent<'w>),
    /// Writes the members of an event's structure.
    Members {
        parts: &'w mut Parts<'e>,
        codec: &'e EventCodec,
        others: Option<&'w mut dyn ShapeSerializer>,
    },
}

impl Writer<'_, '_> {
    /// Writes a member, given its value as a header, if it may be one.
    fn write(
        &mut self,
        schema: &Schema<'_>,
        value: impl FnOnce() -> Option<HeaderValue>,
        write: impl FnOnce(&mut dyn ShapeSerializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        match self {
            Self::Members { parts, .. } if schema.event_header().is_some() => {
                let name = schema.member_name().unwrap_or_default().to_owned();
                let value = value().ok_or_else(|| {
                    SerdeError::invalid_input(format!("the member `{name}` cannot be a header"))
                })?;
                parts.headers.push(Header::new(name, value));
                Ok(())
            }
            Self::Members {
                others: Some(others),
                ..
            } => write(&mut **others),
            Self::Members { .. } => Ok(()),
            Self::Union(_) => Err(SerdeError::invalid_input("an event must be a structure")),
        }
    }

    /// Writes a string or blob that is the whole payload. Returns whether the member is.
    fn write_payload(
        &mut self,
        schema: &Schema<'_>,
        media_type: &'static str,
        payload: impl FnOnce() -> Bytes,
    ) -> bool {
        match self {
            Self::Members { parts, .. } if schema.event_payload().is_some() => {
                parts.payload = Some((media_type, payload()));
                true
            }
            _ => false,
        }
    }
}

/// Defines the methods that write a simple value: the type of its header, if it may be one.
macro_rules! write_simple {
    ($($method:ident: $ty:ty $(=> $header:ident)?;)*) => {$(
        fn $method(&mut self, schema: &Schema<'_>, value: $ty) -> Result<(), SerdeError> {
            let header = || {
                $(if true {
                    return Some(HeaderValue::$header(value.to_owned()));
                })?
                None
            };
            self.write(schema, header, |others| others.$method(schema, value))
        }
    )*};
}

impl ShapeSerializer for Writer<'_, '_> {
    fn write_struct(
        &mut self,
        schema: &Schema<'_>,
        value: &dyn SerializableStruct,
    ) -> Result<(), SerdeError> {
        match self {
            Self::Union(write) => write(schema.member_name().unwrap_or_default(), value),
            Self::Members { parts, codec, .. } if schema.event_payload().is_some() => {
                let mut serializer = codec.codec()?.create_serializer();
                serializer.write_struct(value.schema(), value)?;
                parts.payload = Some((codec.media_type(), serializer.finish_boxed().into()));
                Ok(())
            }
            _ => self.write(schema, || None, |others| others.write_struct(schema, value)),
        }
    }

    fn write_list(
        &mut self,
        schema: &Schema<'_>,
        write: &dyn Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        self.write(schema, || None, |others| others.write_list(schema, write))
    }

    fn write_list_with_length(
        &mut self,
        schema: &Schema<'_>,
        length: usize,
        write: &dyn Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        self.write(
            schema,
            || None,
            |others| others.write_list_with_length(schema, length, write),
        )
    }

    fn write_map(
        &mut self,
        schema: &Schema<'_>,
        write: &dyn Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        self.write(schema, || None, |others| others.write_map(schema, write))
    }

    fn write_map_with_length(
        &mut self,
        schema: &Schema<'_>,
        length: usize,
        write: &dyn Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        self.write(
            schema,
            || None,
            |others| others.write_map_with_length(schema, length, write),
        )
    }

    write_simple! {
        write_boolean: bool => Bool;
        write_byte: i8 => Byte;
        write_short: i16 => Int16;
        write_integer: i32 => Int32;
        write_long: i64 => Int64;
        write_float: f32;
        write_double: f64;
        write_big_integer: &BigInteger;
        write_big_decimal: &BigDecimal;
        write_timestamp: &DateTime => Timestamp;
        write_document: &Document;
    }

    fn write_string(&mut self, schema: &Schema<'_>, value: &str) -> Result<(), SerdeError> {
        let payload = || Bytes::copy_from_slice(value.as_bytes());
        if self.write_payload(schema, "text/plain", payload) {
            return Ok(());
        }
        let header = || Some(HeaderValue::String(value.to_owned().into()));
        self.write(schema, header, |others| others.write_string(schema, value))
    }

    fn write_blob(&mut self, schema: &Schema<'_>, value: Blob) -> Result<(), SerdeError> {
        // A clone shares the bytes.
        let bytes = || value.clone().into_bytes();
        if self.write_payload(schema, "application/octet-stream", bytes) {
            return Ok(());
        }
        let header = || Some(HeaderValue::ByteArray(bytes()));
        self.write(schema, header, |others| {
            others.write_blob(schema, value.clone())
        })
    }

    fn write_null(&mut self, schema: &Schema<'_>) -> Result<(), SerdeError> {
        match schema.event_header() {
            Some(_) => Ok(()),
            None => self.write(schema, || None, |others| others.write_null(schema)),
        }
    }
}
