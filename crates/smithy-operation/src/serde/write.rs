//! Values of schemas, written to any [`Serializer`].

use super::document::DocumentRef;
use super::error::Failure;
use super::scalar::{BlobRef, Float, TimestampRef, place};
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeSerializer};
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use serde_core::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

/// Serializes a structure or union as a map of its members.
pub fn serialize<S: Serializer>(
    value: &dyn SerializableStruct,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    Members(value).serialize(serializer)
}

/// Writes the items of a list or the entries of a map.
type Write<'a> = dyn Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError> + 'a;

/// A structure or union.
struct Members<'a>(&'a dyn SerializableStruct);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let schema = self.0.schema();
        if let Some(stream) = schema.members().iter().find(|member| member.streaming()) {
            return Err(S::Error::custom(format_args!(
                "`{}` is a stream, which cannot be serialized: read it and serialize what it contains",
                place(stream)
            )));
        }
        let length = count(&|serializer| self.0.serialize_members(serializer)).map_err(|error| {
            if schema.is_union() {
                // A member that is not in the model is the only one that cannot be written.
                S::Error::custom(format_args!(
                    "the union `{}` cannot be serialized: it has a member that this version does not know, \
                     whose content was not kept",
                    schema.shape_id().shape_name()
                ))
            } else {
                S::Error::custom(error)
            }
        })?;
        let mut writer = Writer(MemberSink {
            parent: schema,
            map: serializer.serialize_map(Some(length))?,
            failure: Failure::none(),
        });
        let result = self.0.serialize_members(&mut writer);
        let MemberSink { map, failure, .. } = writer.0;
        failure.or_written(result)?;
        map.end()
    }
}

struct List<'a> {
    length: Option<usize>,
    write: &'a Write<'a>,
}

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let length = match self.length {
            Some(length) => length,
            None => count(self.write).map_err(S::Error::custom)?,
        };
        let mut writer = Writer(ItemSink {
            seq: serializer.serialize_seq(Some(length))?,
            failure: Failure::none(),
        });
        let result = (self.write)(&mut writer);
        let ItemSink { seq, failure } = writer.0;
        failure.or_written(result)?;
        seq.end()
    }
}

struct Map<'a> {
    length: Option<usize>,
    write: &'a Write<'a>,
}

impl Serialize for Map<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let length = match self.length {
            Some(length) => length,
            // Keys are counted too.
            None => count(self.write).map_err(S::Error::custom)? / 2,
        };
        let mut writer = Writer(EntrySink {
            map: serializer.serialize_map(Some(length))?,
            key: None,
            failure: Failure::none(),
        });
        let result = (self.write)(&mut writer);
        let EntrySink { map, failure, .. } = writer.0;
        failure.or_written(result)?;
        map.end()
    }
}

/// A value where a null could be.
struct Present<T>(T);

impl<T: Serialize> Serialize for Present<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_some(&self.0)
    }
}

struct Null;

impl Serialize for Null {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_none()
    }
}

/// Returns how many values a function writes.
fn count(write: &Write<'_>) -> Result<usize, SerdeError> {
    let mut counter = Writer(CountSink(0));
    write(&mut counter)?;
    Ok(counter.0.0)
}

/// Takes the values that a [`Writer`] is given.
trait Sink {
    fn put(&mut self, schema: &Schema<'_>, value: &impl Serialize) -> Result<(), SerdeError>;

    /// Takes a string, which may be a key.
    fn put_string(&mut self, schema: &Schema<'_>, value: &str) -> Result<(), SerdeError> {
        self.put(schema, &Present(value))
    }
}

struct CountSink(usize);

impl Sink for CountSink {
    fn put(&mut self, _: &Schema<'_>, _: &impl Serialize) -> Result<(), SerdeError> {
        self.0 += 1;
        Ok(())
    }
}

struct MemberSink<'a, M: SerializeMap> {
    parent: &'a Schema<'a>,
    map: M,
    failure: Failure<M::Error>,
}

impl<M: SerializeMap> Sink for MemberSink<'_, M> {
    fn put(&mut self, schema: &Schema<'_>, value: &impl Serialize) -> Result<(), SerdeError> {
        let name = schema.member_name().or_else(|| {
            // A payload is written with the schema of its shape; see `write_structure`.
            let mut members = self.parent.members().iter();
            members
                .find(|member| member.http_payload().is_some())?
                .member_name()
        });
        let name = name.ok_or_else(|| {
            SerdeError::invalid_input(format!("the schema `{}` is of no member", place(schema)))
        })?;
        let result = self.map.serialize_entry(name, value);
        self.failure.keep(result)
    }
}

struct ItemSink<S: SerializeSeq> {
    seq: S,
    failure: Failure<S::Error>,
}

impl<S: SerializeSeq> Sink for ItemSink<S> {
    fn put(&mut self, _: &Schema<'_>, value: &impl Serialize) -> Result<(), SerdeError> {
        let result = self.seq.serialize_element(value);
        self.failure.keep(result)
    }
}

struct EntrySink<M: SerializeMap> {
    map: M,
    /// The key whose value comes next.
    key: Option<String>,
    failure: Failure<M::Error>,
}

impl<M: SerializeMap> Sink for EntrySink<M> {
    fn put(&mut self, schema: &Schema<'_>, value: &impl Serialize) -> Result<(), SerdeError> {
        let key = self.key.take().ok_or_else(|| {
            SerdeError::invalid_input(format!("an entry of `{}` has no key", place(schema)))
        })?;
        let result = self.map.serialize_entry(&key, value);
        self.failure.keep(result)
    }

    fn put_string(&mut self, schema: &Schema<'_>, value: &str) -> Result<(), SerdeError> {
        if self.key.is_none() {
            self.key = Some(value.to_owned());
            return Ok(());
        }
        self.put(schema, &Present(value))
    }
}

/// Passes values to a [`Sink`], as what they are in serde.
struct Writer<K>(K);

macro_rules! plain {
    ($($write:ident: $ty:ty;)+) => {
        $(fn $write(&mut self, schema: &Schema<'_>, value: $ty) -> Result<(), SerdeError> {
            self.0.put(schema, &Present(value))
        })+
    };
}

impl<K: Sink> ShapeSerializer for Writer<K> {
    fn write_struct(
        &mut self,
        schema: &Schema<'_>,
        value: &dyn SerializableStruct,
    ) -> Result<(), SerdeError> {
        self.0.put(schema, &Present(Members(value)))
    }

    fn write_list(&mut self, schema: &Schema<'_>, write: &Write<'_>) -> Result<(), SerdeError> {
        let length = None;
        self.0.put(schema, &Present(List { length, write }))
    }

    fn write_list_with_length(
        &mut self,
        schema: &Schema<'_>,
        length: usize,
        write: &Write<'_>,
    ) -> Result<(), SerdeError> {
        let length = Some(length);
        self.0.put(schema, &Present(List { length, write }))
    }

    fn write_map(&mut self, schema: &Schema<'_>, write: &Write<'_>) -> Result<(), SerdeError> {
        let length = None;
        self.0.put(schema, &Present(Map { length, write }))
    }

    fn write_map_with_length(
        &mut self,
        schema: &Schema<'_>,
        length: usize,
        write: &Write<'_>,
    ) -> Result<(), SerdeError> {
        let length = Some(length);
        self.0.put(schema, &Present(Map { length, write }))
    }

    plain! {
        write_boolean: bool;
        write_byte: i8;
        write_short: i16;
        write_integer: i32;
        write_long: i64;
    }

    fn write_float(&mut self, schema: &Schema<'_>, value: f32) -> Result<(), SerdeError> {
        self.0.put(schema, &Present(Float(value)))
    }

    fn write_double(&mut self, schema: &Schema<'_>, value: f64) -> Result<(), SerdeError> {
        self.0.put(schema, &Present(Float(value)))
    }

    fn write_big_integer(
        &mut self,
        schema: &Schema<'_>,
        value: &BigInteger,
    ) -> Result<(), SerdeError> {
        self.0.put(schema, &Present(value.as_ref()))
    }

    fn write_big_decimal(
        &mut self,
        schema: &Schema<'_>,
        value: &BigDecimal,
    ) -> Result<(), SerdeError> {
        self.0.put(schema, &Present(value.as_ref()))
    }

    fn write_string(&mut self, schema: &Schema<'_>, value: &str) -> Result<(), SerdeError> {
        self.0.put_string(schema, value)
    }

    fn write_blob(&mut self, schema: &Schema<'_>, value: Blob) -> Result<(), SerdeError> {
        self.0.put(schema, &Present(BlobRef(&value)))
    }

    fn write_timestamp(&mut self, schema: &Schema<'_>, value: &DateTime) -> Result<(), SerdeError> {
        self.0.put(schema, &Present(TimestampRef { schema, value }))
    }

    // A document can be null itself.
    fn write_document(&mut self, schema: &Schema<'_>, value: &Document) -> Result<(), SerdeError> {
        self.0.put(schema, &DocumentRef(value))
    }

    fn write_null(&mut self, schema: &Schema<'_>) -> Result<(), SerdeError> {
        match schema.shape_type() {
            ShapeType::Document => self.0.put(schema, &DocumentRef(&Document::Null)),
            _ => self.0.put(schema, &Null),
        }
    }
}
