//! Values that contain no others.

use super::path::Path;
use crate::timestamp;
use aws_smithy_schema::Schema;
use aws_smithy_types::{Blob, DateTime, base64};
use serde_core::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{Error as _, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// Deserializes a string, such as that of an enum.
pub fn deserialize_text<'de, D: Deserializer<'de>>(
    name: &'static str,
    deserializer: D,
) -> Result<String, D::Error> {
    text(deserializer, &Path::root(name))
}

/// Deserializes the number of an enum.
pub fn deserialize_number<'de, D: Deserializer<'de>>(
    name: &'static str,
    deserializer: D,
) -> Result<i32, D::Error> {
    i32::integer(deserializer, &Path::root(name))
}

/// Names a member by its structure and itself.
pub(super) fn place(schema: &Schema<'_>) -> String {
    let shape = schema.shape_id().shape_name();
    match schema.member_name() {
        Some(member) => format!("{shape}.{member}"),
        None => shape.to_owned(),
    }
}

pub(super) struct BlobRef<'a>(pub(super) &'a Blob);

impl Serialize for BlobRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(&base64::encode(self.0.as_ref()))
        } else {
            serializer.serialize_bytes(self.0.as_ref())
        }
    }
}

pub(super) struct TimestampRef<'a> {
    pub(super) schema: &'a Schema<'a>,
    pub(super) value: &'a DateTime,
}

impl Serialize for TimestampRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = timestamp::rfc3339(self.value).ok_or_else(|| {
            S::Error::custom(format_args!(
                "the timestamp `{}` cannot be serialized: RFC 3339 has only the years from 1 to 9999",
                place(self.schema)
            ))
        })?;
        serializer.serialize_str(&text)
    }
}

/// A number that may be infinite or none.
pub(super) struct Float<T>(pub(super) T);

const NAN: &str = "NaN";
const INFINITY: &str = "Infinity";
const NEGATIVE_INFINITY: &str = "-Infinity";

impl<T: Copy + Into<f64> + Serialize> Serialize for Float<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value: f64 = self.0.into();
        if value.is_finite() || !serializer.is_human_readable() {
            return self.0.serialize(serializer);
        }
        serializer.serialize_str(match value {
            f64::INFINITY => INFINITY,
            f64::NEG_INFINITY => NEGATIVE_INFINITY,
            _ => NAN,
        })
    }
}

/// The key of a map by which `serde_json` presents a number, if its feature `arbitrary_precision` is on.
pub(super) const JSON_NUMBER: &str = "$serde_json::private::Number";
/// The key of a map by which `toml` presents a date.
const TOML_DATE: &str = "$__toml_private_datetime";

/// Defines a visitor, which knows where the value is.
macro_rules! visitor {
    ($name:ident -> $ty:ty, $what:literal, { $($visit:item)+ }) => {
        struct $name<'p>(&'p Path<'p>);

        impl<'de> Visitor<'de> for $name<'_> {
            type Value = $ty;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($what, " for `{}`"), self.0)
            }

            $($visit)+
        }
    };
}

visitor!(Boolean -> bool, "a boolean", {
    fn visit_bool<E: de::Error>(self, value: bool) -> Result<bool, E> {
        Ok(value)
    }
});

pub(super) fn boolean<'de, D: Deserializer<'de>>(
    source: D,
    path: &Path<'_>,
) -> Result<bool, D::Error> {
    source.deserialize_bool(Boolean(path))
}

visitor!(Text -> String, "a string", {
    fn visit_str<E: de::Error>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<String, E> {
        Ok(value)
    }
});

pub(super) fn text<'de, D: Deserializer<'de>>(
    source: D,
    path: &Path<'_>,
) -> Result<String, D::Error> {
    source.deserialize_string(Text(path))
}

visitor!(Bytes -> Blob, "base64 or bytes", {
    fn visit_str<E: de::Error>(self, value: &str) -> Result<Blob, E> {
        match base64::decode(value) {
            Ok(bytes) => Ok(Blob::new(bytes)),
            Err(_) => Err(E::custom(format_args!("the string of `{}` is not base64", self.0))),
        }
    }

    fn visit_bytes<E: de::Error>(self, value: &[u8]) -> Result<Blob, E> {
        Ok(Blob::new(value))
    }

    fn visit_byte_buf<E: de::Error>(self, value: Vec<u8>) -> Result<Blob, E> {
        Ok(Blob::new(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Blob, A::Error> {
        let mut bytes = Vec::new();
        while let Some(byte) = items.next_element()? {
            bytes.push(byte);
        }
        Ok(Blob::new(bytes))
    }
});

pub(super) fn blob<'de, D: Deserializer<'de>>(
    source: D,
    path: &Path<'_>,
) -> Result<Blob, D::Error> {
    if source.is_human_readable() {
        source.deserialize_str(Bytes(path))
    } else {
        source.deserialize_byte_buf(Bytes(path))
    }
}

visitor!(Timestamp -> DateTime, "a timestamp as in RFC 3339, or seconds since 1970,", {
    fn visit_str<E: de::Error>(self, value: &str) -> Result<DateTime, E> {
        timestamp::of_text(value).ok_or_else(|| {
            E::custom(format_args!(
                "the string of `{}` is not a timestamp as in RFC 3339, such as `2026-01-31T12:00:00Z`",
                self.0
            ))
        })
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<DateTime, E> {
        Ok(DateTime::from_secs(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<DateTime, E> {
        match i64::try_from(value) {
            Ok(seconds) => Ok(DateTime::from_secs(seconds)),
            Err(_) => Err(E::invalid_value(de::Unexpected::Unsigned(value), &self)),
        }
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<DateTime, E> {
        timestamp::of_seconds(value)
            .ok_or_else(|| E::invalid_value(de::Unexpected::Float(value), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<DateTime, A::Error> {
        match map.next_entry::<String, String>()? {
            Some((key, date)) if key == TOML_DATE => return self.visit_str(&date),
            Some((key, digits)) if key == JSON_NUMBER => {
                if let Ok(seconds) = digits.parse() {
                    return self.visit_f64(seconds);
                }
            }
            _ => {}
        }
        Err(de::Error::invalid_type(de::Unexpected::Map, &self))
    }
});

pub(super) fn date_time<'de, D: Deserializer<'de>>(
    source: D,
    path: &Path<'_>,
) -> Result<DateTime, D::Error> {
    if source.is_human_readable() {
        source.deserialize_any(Timestamp(path))
    } else {
        source.deserialize_str(Timestamp(path))
    }
}

visitor!(FloatingPoint -> f64, "a number", {
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<f64, E> {
        Ok(value)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<f64, E> {
        Ok(value as f64)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<f64, E> {
        Ok(value as f64)
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<f64, E> {
        match value {
            NAN => Ok(f64::NAN),
            INFINITY => Ok(f64::INFINITY),
            NEGATIVE_INFINITY => Ok(f64::NEG_INFINITY),
            _ => Err(E::invalid_value(de::Unexpected::Str(value), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<f64, A::Error> {
        if let Some((key, digits)) = map.next_entry::<String, String>()?
            && key == JSON_NUMBER
            && let Ok(value) = digits.parse()
        {
            return Ok(value);
        }
        Err(de::Error::invalid_type(de::Unexpected::Map, &self))
    }
});

pub(super) fn double<'de, D: Deserializer<'de>>(
    source: D,
    path: &Path<'_>,
) -> Result<f64, D::Error> {
    if source.is_human_readable() {
        source.deserialize_any(FloatingPoint(path))
    } else {
        source.deserialize_f64(FloatingPoint(path))
    }
}

pub(super) fn float<'de, D: Deserializer<'de>>(
    source: D,
    path: &Path<'_>,
) -> Result<f32, D::Error> {
    let value = if source.is_human_readable() {
        source.deserialize_any(FloatingPoint(path))
    } else {
        source.deserialize_f32(FloatingPoint(path))
    };
    value.map(|value| value as f32)
}

/// An integer of any size.
pub(super) trait Integer: Sized + TryFrom<i64> + TryFrom<u64> {
    const WHAT: &'static str;

    fn integer<'de, D: Deserializer<'de>>(source: D, path: &Path<'_>) -> Result<Self, D::Error>;
}

macro_rules! integers {
    ($($ty:ident, $deserialize:ident;)+) => {
        $(impl Integer for $ty {
            const WHAT: &'static str = stringify!($ty);

            fn integer<'de, D: Deserializer<'de>>(source: D, path: &Path<'_>) -> Result<Self, D::Error> {
                source.$deserialize(IntegerVisitor(path, PhantomData))
            }
        })+
    };
}

integers! {
    i8, deserialize_i8;
    i16, deserialize_i16;
    i32, deserialize_i32;
    i64, deserialize_i64;
}

struct IntegerVisitor<'p, T>(&'p Path<'p>, PhantomData<T>);

impl<T: Integer> Visitor<'_> for IntegerVisitor<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an {} for `{}`", T::WHAT, self.0)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(de::Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(value), &self))
    }
}

struct BigNumber<'p, T>(&'p Path<'p>, PhantomData<T>);

impl<T: FromStr> BigNumber<'_, T> {
    fn parse<E: de::Error>(self, digits: &str) -> Result<T, E> {
        let error = || {
            E::custom(format_args!(
                "the value of `{}` is not such a number",
                self.0
            ))
        };
        digits.parse().map_err(|_| error())
    }
}

impl<'de, T: FromStr> Visitor<'de> for BigNumber<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the digits of a number, as a string, for `{}`", self.0)
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
        self.parse(value)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        self.parse(&value.to_string())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        self.parse(&value.to_string())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        self.parse(&value.to_string())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        match map.next_entry::<String, String>()? {
            Some((key, digits)) if key == JSON_NUMBER => self.parse(&digits),
            _ => Err(de::Error::invalid_type(de::Unexpected::Map, &self)),
        }
    }
}

pub(super) fn big_number<'de, D: Deserializer<'de>, T: FromStr>(
    source: D,
    path: &Path<'_>,
) -> Result<T, D::Error> {
    if source.is_human_readable() {
        source.deserialize_any(BigNumber(path, PhantomData))
    } else {
        source.deserialize_str(BigNumber(path, PhantomData))
    }
}
