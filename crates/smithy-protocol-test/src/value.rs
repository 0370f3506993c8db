//! Values of a case.

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{DateTime, Document, Number};
use serde_json::Value;
use std::fmt::Debug;

/// Checks the value of a member. NaN is the same as itself.
pub fn check<T: PartialEq + Debug>(member: &str, found: &T, expected: &T) {
    if found == expected {
        return;
    }
    let (found, expected) = (format!("{found:#?}"), format!("{expected:#?}"));
    let same = found == expected && found.contains("NaN");
    assert!(same, "`{member}`: expected {expected}, found {found}");
}

/// Checks headers with a prefix. A map that is absent cannot be told from one that is empty.
pub fn check_prefixed<T: PartialEq + Debug + Default>(
    member: &str,
    found: &Option<T>,
    expected: &Option<T>,
) {
    let plain = |map: &Option<T>| map.as_ref().is_some_and(|map| *map != T::default());
    if plain(found) || plain(expected) {
        check(member, found, expected);
    }
}

/// Checks the bytes of a stream.
pub async fn check_stream(member: &str, found: ByteStream, expected: &str) {
    match found.collect().await {
        Ok(bytes) => {
            let found = String::from_utf8_lossy(&bytes.to_vec()).into_owned();
            check(member, &found.as_str(), &expected);
        }
        Err(error) => panic!("`{member}` cannot be read: {error}"),
    }
}

/// Returns the document that a JSON text describes.
pub fn document(text: &str) -> Document {
    let value = serde_json::from_str(text);
    of_json(
        value.unwrap_or_else(|error| panic!("the case has a document that is no JSON: {error}")),
    )
}

fn of_json(value: Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(value),
        Value::Number(number) => Document::Number(match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Number::PosInt(number),
            (_, Some(number)) => Number::NegInt(number),
            _ => Number::Float(number.as_f64().unwrap_or(f64::NAN)),
        }),
        Value::String(text) => Document::String(text),
        Value::Array(items) => Document::Array(items.into_iter().map(of_json).collect()),
        Value::Object(entries) => {
            let entries = entries.into_iter();
            Document::Object(entries.map(|(key, value)| (key, of_json(value))).collect())
        }
    }
}

/// Returns a timestamp that is written as seconds since the epoch, or as text.
pub fn timestamp(text: &str) -> DateTime {
    let formats = [
        Format::EpochSeconds,
        Format::DateTimeWithOffset,
        Format::HttpDate,
    ];
    let mut read = formats
        .into_iter()
        .map(|format| DateTime::from_str(text, format));
    read.find_map(Result::ok)
        .unwrap_or_else(|| panic!("the case has a timestamp that is none: `{text}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps() {
        let expected = DateTime::from_secs_and_nanos(1_398_796_238, 500_000_000);
        for text in [
            "1398796238.5",
            "2014-04-29T18:30:38.5Z",
            "2014-04-29T20:30:38.5+02:00",
        ] {
            assert_eq!(timestamp(text), expected, "{text}");
        }
    }

    #[test]
    #[should_panic(expected = "`member`")]
    fn values_differ() {
        check("member", &[f64::NAN, 1.0], &[f64::NAN, 1.0]);
        check("member", &[f64::NAN, 1.0], &[f64::NAN, 2.0]);
    }
}
