//! Values of schemas, read from any [`Deserializer`].

use super::document::document;
use super::error::Failure;
use super::path::Path;
use super::scalar::{self, Integer, place};
use super::{EXACT, scalar::big_number};
use crate::structure::{read_members, read_structure};
use crate::{ErrorShape, Structure, Value};
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeType, prelude};
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use serde_core::de::value::UnitDeserializer;
use serde_core::de::{
    self, Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};
use std::fmt;

/// Deserializes a structure.
pub fn deserialize_structure<'de, T: Structure, D: Deserializer<'de>>(
    name: &'static str,
    deserializer: D,
) -> Result<T, D::Error> {
    deserialize(name, deserializer, |reader| read_structure(reader))
}

/// Deserializes a union.
pub fn deserialize_value<'de, T: Value, D: Deserializer<'de>>(
    name: &'static str,
    deserializer: D,
) -> Result<T, D::Error> {
    // A union has a schema of its own.
    deserialize(name, deserializer, |reader| {
        T::read(&prelude::DOCUMENT, reader)
    })
}

/// Deserializes an error. Its metadata is what the service sends with it: its code, and the message that
/// `message` returns unless it is sensitive.
pub fn deserialize_error<'de, T: ErrorShape, D: Deserializer<'de>>(
    name: &'static str,
    deserializer: D,
    message: fn(&T::Builder) -> Option<&str>,
) -> Result<T, D::Error> {
    deserialize(name, deserializer, |reader| {
        let mut builder = T::Builder::default();
        read_members(T::SCHEMA, reader, &mut builder)?;
        let mut metadata = ErrorMetadata::builder().code(T::CODE);
        if let Some(message) = message(&builder) {
            metadata = metadata.message(message);
        }
        T::set_metadata(&mut builder, metadata.build());
        T::restore(builder)
    })
}

fn deserialize<'de, T, D: Deserializer<'de>>(
    name: &'static str,
    deserializer: D,
    read: impl FnOnce(&mut dyn ShapeDeserializer) -> Result<T, SerdeError>,
) -> Result<T, D::Error> {
    let path = Path::root(name);
    let mut reader = Reader::new(deserializer, &path);
    let result = read(&mut reader);
    reader.finish(result)
}

/// Reads a value.
type Read<'a> = dyn FnMut(&mut dyn ShapeDeserializer) -> Result<(), SerdeError> + 'a;
/// Reads a member of a structure.
type ReadMember<'a> =
    dyn FnMut(&Schema<'_>, &mut dyn ShapeDeserializer) -> Result<(), SerdeError> + 'a;
/// Reads an entry of a map.
type ReadEntry<'a> = dyn FnMut(String, &mut dyn ShapeDeserializer) -> Result<(), SerdeError> + 'a;

/// Reads one value from a deserializer.
pub(super) struct Reader<'p, 'de, D: Deserializer<'de>> {
    /// `None` once the value is read.
    source: Option<D>,
    is_null: bool,
    path: &'p Path<'p>,
    failure: Failure<D::Error>,
}

impl<'p, 'de, D: Deserializer<'de>> Reader<'p, 'de, D> {
    fn new(source: D, path: &'p Path<'p>) -> Self {
        Self {
            source: Some(source),
            is_null: false,
            path,
            failure: Failure::none(),
        }
    }

    fn read<T>(
        &mut self,
        read: impl FnOnce(D, &'p Path<'p>) -> Result<T, D::Error>,
    ) -> Result<T, SerdeError> {
        let source = self.source.take().ok_or_else(|| {
            SerdeError::invalid_input(format!("the value of `{}` is read twice", self.path))
        })?;
        self.failure.keep(read(source, self.path))
    }

    /// Skips the value if it was not read, and returns the result.
    fn finish<T>(self, result: Result<T, SerdeError>) -> Result<T, D::Error> {
        let value = self.failure.or_read(result, self.path)?;
        if let Some(source) = self.source {
            IgnoredAny::deserialize(source)?;
        }
        Ok(value)
    }
}

impl<'p, 'de, E: de::Error> Reader<'p, 'de, UnitDeserializer<E>> {
    /// Creates the reader of a null.
    fn null(path: &'p Path<'p>) -> Self {
        Self {
            is_null: true,
            ..Self::new(UnitDeserializer::new(), path)
        }
    }
}

macro_rules! scalars {
    ($($method:ident: $ty:ty = $read:path;)+) => {
        $(fn $method(&mut self, _: &Schema<'_>) -> Result<$ty, SerdeError> {
            self.read(|source, path| $read(source, path))
        })+
    };
}

impl<'de, D: Deserializer<'de>> ShapeDeserializer for Reader<'_, 'de, D> {
    fn read_struct(
        &mut self,
        schema: &Schema<'_>,
        read: &mut ReadMember<'_>,
    ) -> Result<(), SerdeError> {
        self.read(|source, path| source.deserialize_map(MembersVisitor { schema, path, read }))
    }

    fn read_list(&mut self, schema: &Schema<'_>, read: &mut Read<'_>) -> Result<(), SerdeError> {
        let items = Contents::of(schema.member());
        self.read(|source, path| source.deserialize_seq(ItemsVisitor { items, path, read }))
    }

    fn read_map(
        &mut self,
        schema: &Schema<'_>,
        read: &mut ReadEntry<'_>,
    ) -> Result<(), SerdeError> {
        let values = Contents::of(schema.member());
        let secret_keys = schema.key().is_some_and(|key| key.sensitive().is_some());
        self.read(|source, path| {
            source.deserialize_map(EntriesVisitor {
                values,
                secret_keys,
                path,
                read,
            })
        })
    }

    scalars! {
        read_boolean: bool = scalar::boolean;
        read_byte: i8 = i8::integer;
        read_short: i16 = i16::integer;
        read_integer: i32 = i32::integer;
        read_long: i64 = i64::integer;
        read_float: f32 = scalar::float;
        read_double: f64 = scalar::double;
        read_big_integer: BigInteger = big_number;
        read_big_decimal: BigDecimal = big_number;
        read_string: String = scalar::text;
        read_blob: Blob = scalar::blob;
        read_timestamp: DateTime = scalar::date_time;
    }

    fn read_document(&mut self, _: &Schema<'_>) -> Result<Document, SerdeError> {
        self.read(|source, _| document(source))
    }

    fn is_null(&self) -> bool {
        self.is_null
    }

    fn skip_value(&mut self) -> Result<(), SerdeError> {
        self.read(|source, _| IgnoredAny::deserialize(source).map(|_| ()))
    }

    /// Says that the value was serialized; see [`is_exact`](super::is_exact).
    fn container_size(&self) -> Option<usize> {
        Some(EXACT)
    }
}

/// What a member, list or map contains.
#[derive(Clone, Copy)]
struct Contents {
    /// Null is a value of its own.
    is_document: bool,
    is_sensitive: bool,
}

impl Contents {
    fn of(schema: Option<&Schema<'_>>) -> Self {
        let schema = schema.unwrap_or(&prelude::DOCUMENT);
        Self {
            is_document: schema.shape_type() == ShapeType::Document,
            is_sensitive: schema.sensitive().is_some(),
        }
    }

    /// Hides what a format says of a sensitive value, since it quotes values.
    fn hide<T, E: de::Error>(self, result: Result<T, E>, path: &Path<'_>) -> Result<T, E> {
        if !self.is_sensitive {
            return result;
        }
        result.map_err(|_| {
            E::custom(format_args!(
                "the value of `{path}` cannot be read. It is sensitive, so it is not shown"
            ))
        })
    }
}

/// Reads a value or a null.
struct ValueSeed<'p, 'f> {
    contents: Contents,
    /// An absent member may be null.
    skips_null: bool,
    path: &'p Path<'p>,
    read: &'f mut Read<'f>,
}

impl ValueSeed<'_, '_> {
    fn read_value<'de, D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        let mut reader = Reader::new(source, self.path);
        let result = (self.read)(&mut reader);
        reader.finish(result)
    }

    fn read_null<E: de::Error>(self) -> Result<(), E> {
        if self.skips_null {
            return Ok(());
        }
        let mut reader = Reader::<UnitDeserializer<E>>::null(self.path);
        let result = (self.read)(&mut reader);
        reader.finish(result)
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.contents.is_document {
            return self.read_value(deserializer);
        }
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value for `{}`", self.path)
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.read_null()
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.read_null()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.read_value(deserializer)
    }
}

/// Reads the members of a structure or union.
struct MembersVisitor<'s, 'p, 'f> {
    schema: &'s Schema<'s>,
    path: &'p Path<'p>,
    read: &'f mut ReadMember<'f>,
}

impl<'de> Visitor<'de> for MembersVisitor<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a map of members for `{}`", self.path)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { schema, path, read } = self;
        while let Some(key) = map.next_key_seed(MemberSeed(schema))? {
            let Some(member) = key else {
                let is_present = map.next_value::<Option<IgnoredAny>>()?.is_some();
                if is_present && schema.is_union() {
                    let mut reader = Reader::<UnitDeserializer<A::Error>>::null(path);
                    let result = read(&prelude::DOCUMENT, &mut reader);
                    reader.finish(result)?;
                }
                continue;
            };
            if member.streaming() {
                return Err(A::Error::custom(format_args!(
                    "`{}` is a stream, which cannot be deserialized: leave it out and set it afterwards",
                    place(member)
                )));
            }
            let path = path.member(member.member_name().unwrap_or_default());
            let contents = Contents::of(Some(member));
            let result = map.next_value_seed(ValueSeed {
                contents,
                skips_null: true,
                path: &path,
                read: &mut |reader| read(member, reader),
            });
            contents.hide(result, &path)?;
        }
        Ok(())
    }
}

/// Reads the name of a member; `None` if the schema has no such member.
struct MemberSeed<'s>(&'s Schema<'s>);

impl<'s, 'de> DeserializeSeed<'de> for MemberSeed<'s> {
    type Value = Option<&'s Schema<'s>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        // Not `deserialize_identifier`, by which some formats read an index.
        deserializer.deserialize_str(self)
    }
}

impl<'s> Visitor<'_> for MemberSeed<'s> {
    type Value = Option<&'s Schema<'s>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shape = self.0.shape_id().shape_name();
        write!(f, "the name of a member of `{shape}`")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.member_schema(name))
    }
}

struct ItemsVisitor<'p, 'f> {
    items: Contents,
    path: &'p Path<'p>,
    read: &'f mut Read<'f>,
}

impl<'de> Visitor<'de> for ItemsVisitor<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list for `{}`", self.path)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        for index in 0.. {
            let path = self.path.item(index);
            let result = seq.next_element_seed(ValueSeed {
                contents: self.items,
                skips_null: false,
                path: &path,
                read: &mut *self.read,
            });
            if self.items.hide(result, &path)?.is_none() {
                break;
            }
        }
        Ok(())
    }
}

struct EntriesVisitor<'p, 'f> {
    values: Contents,
    secret_keys: bool,
    path: &'p Path<'p>,
    read: &'f mut ReadEntry<'f>,
}

impl<'de> Visitor<'de> for EntriesVisitor<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a map for `{}`", self.path)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let path = match self.secret_keys {
                true => self.path.secret_key(),
                false => self.path.key(&key),
            };
            let result = map.next_value_seed(ValueSeed {
                contents: self.values,
                skips_null: false,
                path: &path,
                read: &mut |reader| (self.read)(key.clone(), reader),
            });
            self.values.hide(result, &path)?;
        }
        Ok(())
    }
}
