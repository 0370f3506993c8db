//! Values that a schema describes, and how each is written to and read from any wire format.

use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer, ShapeSerializer};
use aws_smithy_schema::traits::TimestampFormat;
use aws_smithy_schema::{Schema, prelude};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use std::collections::HashMap;
use std::hash::Hash;

/// A value that is written and read as a schema describes.
///
/// `Option<T>` is a value of a sparse list or map, where `None` is a null on the wire. An absent member is
/// not a value; see [`write_member`](crate::write_member).
pub trait Value: Sized {
    /// Writes the value.
    fn write(
        &self,
        schema: &Schema<'_>,
        serializer: &mut dyn ShapeSerializer,
    ) -> Result<(), SerdeError>;

    /// Reads a value that is known not to be null.
    fn read(
        schema: &Schema<'_>,
        deserializer: &mut dyn ShapeDeserializer,
    ) -> Result<Self, SerdeError>;

    /// Returns the value of a required member that is absent from a response: zero, `false`, the epoch, or an
    /// empty string, list or map.
    ///
    /// Smithy requires this of clients, so that a service that stops sending a member does not break them.
    fn zero() -> Self;

    /// Returns what a null in a list or map is read as; `None` drops the item.
    fn null() -> Option<Self> {
        None
    }
}

macro_rules! scalar {
    ($($type:ty, $write:ident, $read:ident, $zero:expr;)+) => {
        $(impl Value for $type {
            fn write(&self, schema: &Schema<'_>, serializer: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
                serializer.$write(schema, *self)
            }
            fn read(schema: &Schema<'_>, deserializer: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
                deserializer.$read(schema)
            }
            fn zero() -> Self {
                $zero
            }
        })+
    };
}

scalar! {
    bool, write_boolean, read_boolean, false;
    i8, write_byte, read_byte, 0;
    i16, write_short, read_short, 0;
    i32, write_integer, read_integer, 0;
    i64, write_long, read_long, 0;
    f32, write_float, read_float, 0.0;
    f64, write_double, read_double, 0.0;
}

macro_rules! borrowed {
    ($($type:ty, $write:ident, $read:ident, $zero:expr;)+) => {
        $(impl Value for $type {
            fn write(&self, schema: &Schema<'_>, serializer: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
                serializer.$write(schema, self)
            }
            fn read(schema: &Schema<'_>, deserializer: &mut dyn ShapeDeserializer) -> Result<Self, SerdeError> {
                deserializer.$read(schema)
            }
            fn zero() -> Self {
                $zero
            }
        })+
    };
}

borrowed! {
    String, write_string, read_string, String::new();
    BigInteger, write_big_integer, read_big_integer, BigInteger::default();
    BigDecimal, write_big_decimal, read_big_decimal, BigDecimal::default();
}

impl Value for DateTime {
    fn write(
        &self,
        schema: &Schema<'_>,
        serializer: &mut dyn ShapeSerializer,
    ) -> Result<(), SerdeError> {
        serializer.write_timestamp(schema, self)
    }
    fn read(
        schema: &Schema<'_>,
        deserializer: &mut dyn ShapeDeserializer,
    ) -> Result<Self, SerdeError> {
        let time = deserializer.read_timestamp(schema)?;
        #[cfg(feature = "serde")]
        if crate::serde::is_exact(deserializer) {
            return Ok(time);
        }
        let format = schema.timestamp_format().map(|format| format.format());
        match format {
            None | Some(TimestampFormat::EpochSeconds) => Ok(whole_microseconds(time)),
            _ => Ok(time),
        }
    }
    fn zero() -> Self {
        DateTime::from_secs(0)
    }
}

/// Fractional seconds are read as a float and truncated, so half of all milliseconds are a nanosecond or more
/// too early (see `docs/upstream.md`). For current times, a float is precise to microseconds, and Smithy
/// promises no more than milliseconds.
fn whole_microseconds(time: DateTime) -> DateTime {
    let nanos = time.subsec_nanos();
    if nanos.is_multiple_of(1_000) {
        return time;
    }
    match (nanos + 500) / 1_000 * 1_000 {
        1_000_000_000 => DateTime::from_secs(time.secs().saturating_add(1)),
        rounded => DateTime::from_secs_and_nanos(time.secs(), rounded),
    }
}

impl Value for Document {
    fn write(
        &self,
        schema: &Schema<'_>,
        serializer: &mut dyn ShapeSerializer,
    ) -> Result<(), SerdeError> {
        // See `write_structure`.
        let schema = match schema.http_payload() {
            Some(_) => &prelude::DOCUMENT,
            None => schema,
        };
        serializer.write_document(schema, self)
    }
    fn read(
        schema: &Schema<'_>,
        deserializer: &mut dyn ShapeDeserializer,
    ) -> Result<Self, SerdeError> {
        deserializer.read_document(schema)
    }
    fn zero() -> Self {
        Document::Null
    }
}

impl Value for Blob {
    fn write(
        &self,
        schema: &Schema<'_>,
        serializer: &mut dyn ShapeSerializer,
    ) -> Result<(), SerdeError> {
        // Cloning a `Blob` shares its bytes.
        serializer.write_blob(schema, self.clone())
    }
    fn read(
        schema: &Schema<'_>,
        deserializer: &mut dyn ShapeDeserializer,
    ) -> Result<Self, SerdeError> {
        deserializer.read_blob(schema)
    }
    fn zero() -> Self {
        Blob::new(Vec::new())
    }
}

impl<T: Value> Value for Option<T> {
    fn write(
        &self,
        schema: &Schema<'_>,
        serializer: &mut dyn ShapeSerializer,
    ) -> Result<(), SerdeError> {
        match self {
            Some(value) => value.write(schema, serializer),
            None => serializer.write_null(schema),
        }
    }
    fn read(
        schema: &Schema<'_>,
        deserializer: &mut dyn ShapeDeserializer,
    ) -> Result<Self, SerdeError> {
        T::read(schema, deserializer).map(Some)
    }
    fn zero() -> Self {
        None
    }
    fn null() -> Option<Self> {
        Some(None)
    }
}

impl<T: Value> Value for Box<T> {
    fn write(
        &self,
        schema: &Schema<'_>,
        serializer: &mut dyn ShapeSerializer,
    ) -> Result<(), SerdeError> {
        (**self).write(schema, serializer)
    }
    fn read(
        schema: &Schema<'_>,
        deserializer: &mut dyn ShapeDeserializer,
    ) -> Result<Self, SerdeError> {
        T::read(schema, deserializer).map(Box::new)
    }
    fn zero() -> Self {
        Box::new(T::zero())
    }
}

impl<T: Value> Value for Vec<T> {
    fn write(
        &self,
        schema: &Schema<'_>,
        serializer: &mut dyn ShapeSerializer,
    ) -> Result<(), SerdeError> {
        let item_schema = schema.member().unwrap_or(&prelude::DOCUMENT);
        serializer.write_list_with_length(schema, self.len(), &|serializer| {
            self.iter()
                .try_for_each(|item| item.write(item_schema, serializer))
        })
    }

    fn read(
        schema: &Schema<'_>,
        deserializer: &mut dyn ShapeDeserializer,
    ) -> Result<Self, SerdeError> {
        let item_schema = schema.member().unwrap_or(&prelude::DOCUMENT);
        let mut items = Vec::new();
        deserializer.read_list(schema, &mut |deserializer| {
            items.extend(read_value(item_schema, deserializer)?);
            Ok(())
        })?;
        Ok(items)
    }

    fn zero() -> Self {
        Vec::new()
    }
}

/// A key of a map: a string, or an enum of strings.
pub trait MapKey: Eq + Hash + AsRef<str> {
    /// Creates the key from its string.
    fn from_text(text: String) -> Self;
}

impl MapKey for String {
    fn from_text(text: String) -> Self {
        text
    }
}

impl<K: MapKey, T: Value> Value for HashMap<K, T> {
    fn write(
        &self,
        schema: &Schema<'_>,
        serializer: &mut dyn ShapeSerializer,
    ) -> Result<(), SerdeError> {
        let key_schema = schema.key().unwrap_or(&prelude::STRING);
        let value_schema = schema.member().unwrap_or(&prelude::DOCUMENT);
        serializer.write_map_with_length(schema, self.len(), &|serializer| {
            self.iter().try_for_each(|(key, value)| {
                serializer.write_string(key_schema, key.as_ref())?;
                value.write(value_schema, serializer)
            })
        })
    }

    fn read(
        schema: &Schema<'_>,
        deserializer: &mut dyn ShapeDeserializer,
    ) -> Result<Self, SerdeError> {
        let value_schema = schema.member().unwrap_or(&prelude::DOCUMENT);
        let mut entries = HashMap::new();
        deserializer.read_map(schema, &mut |key, deserializer| {
            if let Some(value) = read_value(value_schema, deserializer)? {
                entries.insert(K::from_text(key), value);
            }
            Ok(())
        })?;
        Ok(entries)
    }

    fn zero() -> Self {
        HashMap::new()
    }
}

/// Reads a value or a null. The type decides what a null becomes.
pub fn read_value<T: Value>(
    schema: &Schema<'_>,
    deserializer: &mut dyn ShapeDeserializer,
) -> Result<Option<T>, SerdeError> {
    // A document represents nulls itself.
    if deserializer.is_null() && schema.shape_type() != aws_smithy_schema::ShapeType::Document {
        deserializer.read_null()?;
        return Ok(T::null());
    }
    T::read(schema, deserializer).map(Some)
}

/// The default of a blob, which models write in base64. The generator has validated the string.
pub fn blob_of_base64(text: &str) -> Blob {
    Blob::new(aws_smithy_types::base64::decode(text).unwrap_or_default())
}
