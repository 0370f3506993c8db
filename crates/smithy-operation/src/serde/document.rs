//! Documents: values without a schema.
//!
//! In a human-readable format, which describes itself, a document is the value. In any other, it is an enum
//! whose variants are the types of a document.

use super::scalar::JSON_NUMBER;
use aws_smithy_types::{Document, Number};
use serde_core::de::{
    self, Deserialize, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde_core::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use std::collections::HashMap;
use std::fmt;

const NAME: &str = "Document";

/// The variants, in the order of their indices.
const VARIANTS: &[&str] = &[
    "Null", "Bool", "PosInt", "NegInt", "Float", "String", "Array", "Object",
];

pub(super) struct DocumentRef<'a>(pub(super) &'a Document);

impl Serialize for DocumentRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serialize_value(self.0, serializer)
        } else {
            serialize_variant(self.0, serializer)
        }
    }
}

fn serialize_value<S: Serializer>(document: &Document, serializer: S) -> Result<S::Ok, S::Error> {
    match document {
        Document::Null => serializer.serialize_unit(),
        Document::Bool(value) => serializer.serialize_bool(*value),
        Document::Number(Number::PosInt(value)) => serializer.serialize_u64(*value),
        Document::Number(Number::NegInt(value)) => serializer.serialize_i64(*value),
        Document::Number(Number::Float(value)) if value.is_finite() => {
            serializer.serialize_f64(*value)
        }
        Document::Number(Number::Float(value)) => Err(S::Error::custom(format_args!(
            "a document with the number {value} cannot be serialized: JSON has no such number"
        ))),
        Document::String(value) => serializer.serialize_str(value),
        Document::Array(items) => Items(items).serialize(serializer),
        Document::Object(entries) => Entries(entries).serialize(serializer),
    }
}

fn serialize_variant<S: Serializer>(document: &Document, serializer: S) -> Result<S::Ok, S::Error> {
    match document {
        Document::Null => serializer.serialize_unit_variant(NAME, 0, VARIANTS[0]),
        Document::Bool(value) => variant(serializer, 1, value),
        Document::Number(Number::PosInt(value)) => variant(serializer, 2, value),
        Document::Number(Number::NegInt(value)) => variant(serializer, 3, value),
        Document::Number(Number::Float(value)) => variant(serializer, 4, value),
        Document::String(value) => variant(serializer, 5, value),
        Document::Array(items) => variant(serializer, 6, &Items(items)),
        Document::Object(entries) => variant(serializer, 7, &Entries(entries)),
    }
}

fn variant<S: Serializer>(
    serializer: S,
    index: u32,
    value: &(impl Serialize + ?Sized),
) -> Result<S::Ok, S::Error> {
    serializer.serialize_newtype_variant(NAME, index, VARIANTS[index as usize], value)
}

struct Items<'a>(&'a [Document]);

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.0.len()))?;
        for item in self.0 {
            seq.serialize_element(&DocumentRef(item))?;
        }
        seq.end()
    }
}

struct Entries<'a>(&'a HashMap<String, Document>);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.0 {
            map.serialize_entry(key, &DocumentRef(value))?;
        }
        map.end()
    }
}

/// Reads a document.
pub(super) fn document<'de, D: Deserializer<'de>>(source: D) -> Result<Document, D::Error> {
    OwnedDocument::deserialize(source).map(|document| document.0)
}

struct OwnedDocument(Document);

impl<'de> Deserialize<'de> for OwnedDocument {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let document = if deserializer.is_human_readable() {
            deserializer.deserialize_any(ValueVisitor)
        } else {
            deserializer.deserialize_enum(NAME, VARIANTS, VariantVisitor)
        };
        document.map(Self)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a document")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Document, E> {
        Ok(Document::Bool(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Document, E> {
        Ok(Document::Number(Number::PosInt(value)))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Document, E> {
        Ok(Document::Number(match u64::try_from(value) {
            Ok(value) => Number::PosInt(value),
            Err(_) => Number::NegInt(value),
        }))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Document, E> {
        Ok(Document::Number(Number::Float(value)))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Document, E> {
        Ok(Document::String(value.to_owned()))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Document, E> {
        Ok(Document::String(value))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        document(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Document, A::Error> {
        let mut array = Vec::new();
        while let Some(OwnedDocument(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(Document::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let mut entries = HashMap::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == JSON_NUMBER {
                return json_number(&map.next_value::<String>()?);
            }
            let OwnedDocument(value) = map.next_value()?;
            entries.insert(key, value);
        }
        Ok(Document::Object(entries))
    }
}

fn json_number<E: de::Error>(digits: &str) -> Result<Document, E> {
    if let Ok(value) = digits.parse() {
        return Ok(Document::Number(Number::PosInt(value)));
    }
    if let Ok(value) = digits.parse() {
        return Ok(Document::Number(Number::NegInt(value)));
    }
    let value = digits.parse().map_err(E::custom)?;
    Ok(Document::Number(Number::Float(value)))
}

struct VariantVisitor;

impl<'de> Visitor<'de> for VariantVisitor {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a document, as an enum")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Document, A::Error> {
        let (index, variant) = data.variant_seed(IndexVisitor)?;
        match index {
            0 => variant.unit_variant().map(|()| Document::Null),
            1 => variant.newtype_variant().map(Document::Bool),
            2 => number(variant, Number::PosInt),
            3 => number(variant, Number::NegInt),
            4 => number(variant, Number::Float),
            5 => variant.newtype_variant().map(Document::String),
            6 => variant.newtype_variant_seed(ArrayVisitor),
            _ => variant.newtype_variant_seed(ObjectVisitor),
        }
    }
}

fn number<'de, A: VariantAccess<'de>, T: Deserialize<'de>>(
    variant: A,
    number: fn(T) -> Number,
) -> Result<Document, A::Error> {
    let value = variant.newtype_variant()?;
    Ok(Document::Number(number(value)))
}

/// Reads the index of a variant, from the index or the name.
struct IndexVisitor;

impl<'de> DeserializeSeed<'de> for IndexVisitor {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for IndexVisitor {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a variant of a document")
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<usize, E> {
        match usize::try_from(value) {
            Ok(index) if index < VARIANTS.len() => Ok(index),
            _ => Err(E::invalid_value(de::Unexpected::Unsigned(value), &self)),
        }
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<usize, E> {
        let index = VARIANTS.iter().position(|name| *name == value);
        index.ok_or_else(|| E::unknown_variant(value, VARIANTS))
    }
}

struct ArrayVisitor;

impl<'de> DeserializeSeed<'de> for ArrayVisitor {
    type Value = Document;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        deserializer.deserialize_seq(ValueVisitor)
    }
}

struct ObjectVisitor;

impl<'de> DeserializeSeed<'de> for ObjectVisitor {
    type Value = Document;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        deserializer.deserialize_map(ValueVisitor)
    }
}
