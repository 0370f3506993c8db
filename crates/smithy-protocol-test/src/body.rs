//! Bodies, compared by what they mean.

use aws_smithy_protocol_test::{MediaType, decode_body_data, validate_body};
use ciborium::Value as Cbor;
use serde_json::Value;
use std::collections::BTreeMap;

/// Compares a body with the one that a case expects.
pub(crate) fn compare(
    found: &[u8],
    expected: &str,
    media_type: Option<&str>,
) -> Result<(), String> {
    let kind = Kind::of(media_type.unwrap_or_default());
    if expected.is_empty() || found.is_empty() {
        return same_bytes(found, expected);
    }
    match kind {
        Kind::Json => same_json(found, expected),
        Kind::Form => same_form(found, expected),
        Kind::Xml => same_xml(found, expected),
        Kind::Cbor => same_cbor(found, &bytes(expected, media_type)),
        Kind::Bytes => same_bytes(found, expected),
    }
}

/// The bytes of a body as a case writes it.
pub(crate) fn bytes(body: &str, media_type: Option<&str>) -> Vec<u8> {
    match Kind::of(media_type.unwrap_or_default()) {
        Kind::Cbor => decode_body_data(body.as_bytes(), MediaType::Cbor).into_owned(),
        _ => body.as_bytes().to_vec(),
    }
}

enum Kind {
    Json,
    Xml,
    Cbor,
    Form,
    Bytes,
}

impl Kind {
    fn of(media_type: &str) -> Self {
        let plain = media_type.split(';').next().unwrap_or(media_type).trim();
        match plain {
            "application/x-www-form-urlencoded" => Self::Form,
            "application/cbor" => Self::Cbor,
            "application/xml" | "text/xml" => Self::Xml,
            _ if plain.ends_with("+xml") => Self::Xml,
            _ if plain.contains("json") => Self::Json,
            _ => Self::Bytes,
        }
    }
}

fn same_xml(found: &[u8], expected: &str) -> Result<(), String> {
    validate_body(found, expected, MediaType::Xml).map_err(|problem| problem.to_string())
}

fn same_bytes(found: &[u8], expected: &str) -> Result<(), String> {
    if found == expected.as_bytes() {
        return Ok(());
    }
    let found = String::from_utf8_lossy(found);
    Err(format!("body: expected `{expected}`, found `{found}`"))
}

/// Numbers are the same if their values are, `1` and `1.0` say.
fn same_json(found: &[u8], expected: &str) -> Result<(), String> {
    let read = |text: &[u8]| serde_json::from_slice(text).map(normal);
    let expected =
        read(expected.as_bytes()).map_err(|error| format!("the case's body: {error}"))?;
    let found = read(found).map_err(|error| format!("the body is not JSON: {error}"))?;
    if found == expected {
        return Ok(());
    }
    Err(format!("body: expected {expected:#}, found {found:#}"))
}

fn normal(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.fract() == 0.0 && float.abs() < 9e15 => Value::from(float as i64),
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(normal).collect(),
        Value::Object(entries) => entries
            .into_iter()
            .map(|(key, value)| (key, normal(value)))
            .collect(),
        other => other,
    }
}

/// The order of a map's entries does not matter, nor whether a timestamp is an integer or a float.
fn same_cbor(found: &[u8], expected: &[u8]) -> Result<(), String> {
    let read = |bytes: &[u8]| ciborium::from_reader(bytes).map(normal_cbor);
    let expected = read(expected).map_err(|error| format!("the case's body: {error}"))?;
    let found = read(found).map_err(|error| format!("the body is not CBOR: {error}"))?;
    // NaN is not equal to itself, but it is written in the same way.
    let (expected, found) = (format!("{expected:?}"), format!("{found:?}"));
    if found == expected {
        return Ok(());
    }
    Err(format!("body: expected\n  {expected}\nfound\n  {found}"))
}

fn normal_cbor(value: Cbor) -> Cbor {
    match value {
        Cbor::Array(items) => Cbor::Array(items.into_iter().map(normal_cbor).collect()),
        Cbor::Map(entries) => {
            let entries = entries.into_iter();
            let mut entries: Vec<_> = entries
                .map(|(key, value)| (key, normal_cbor(value)))
                .collect();
            entries.sort_by_cached_key(|(key, _)| format!("{key:?}"));
            Cbor::Map(entries)
        }
        Cbor::Tag(EPOCH, time) => match *time {
            Cbor::Integer(seconds) => {
                Cbor::Tag(EPOCH, Box::new(Cbor::Float(i128::from(seconds) as f64)))
            }
            time => Cbor::Tag(EPOCH, Box::new(time)),
        },
        Cbor::Tag(tag, value) => Cbor::Tag(tag, Box::new(normal_cbor(*value))),
        other => other,
    }
}

/// The tag of a timestamp in seconds since the epoch.
const EPOCH: u64 = 1;

/// The order of parameters does not matter, nor does that of the entries of a map.
fn same_form(found: &[u8], expected: &str) -> Result<(), String> {
    let found = String::from_utf8_lossy(found);
    if Form::of(&found) == Form::of(expected) {
        return Ok(());
    }
    let lines = |text: &str| text.replace('&', "\n  &");
    Err(format!(
        "body: expected\n  {}\nfound\n  {}",
        lines(expected),
        lines(&found)
    ))
}

/// A form as a tree along the dots in its names.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    values: Vec<String>,
    children: BTreeMap<String, Form>,
    /// Entries of a map, whose numbers mean nothing.
    entries: Vec<Form>,
}

impl Form {
    fn of(text: &str) -> Self {
        let mut form = Self::default();
        let pairs = text
            .split('&')
            .map(str::trim)
            .filter(|pair| !pair.is_empty());
        for pair in pairs {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let node = name.split('.').fold(&mut form, |node, part| {
                node.children.entry(part.to_owned()).or_default()
            });
            node.values.push(value.to_owned());
        }
        form.settle();
        form
    }

    fn settle(&mut self) {
        for child in self.children.values_mut() {
            child.settle();
        }
        self.values.sort();
        // An entry of a map has a key and a value. Items of a list keep their numbers, unless they are
        // structures with two members.
        let is_entry = |(name, child): (&String, &Form)| {
            name.parse::<u32>().is_ok() && child.values.is_empty() && child.children.len() == 2
        };
        if !self.children.is_empty() && self.children.iter().all(is_entry) {
            self.entries = std::mem::take(&mut self.children).into_values().collect();
            self.entries.sort();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_compared_by_meaning() {
        let form = Some("application/x-www-form-urlencoded");
        let json = Some("application/json");
        for (media_type, expected, found, same) in [
            (json, r#"{"a":1.0,"b":[2]}"#, r#"{"b":[2],"a":1}"#, true),
            (json, r#"{"a":[1,2]}"#, r#"{"a":[2,1]}"#, false),
            (json, "{}", "", false),
            (form, "A=1&B=2", "B=2&A=1", true),
            (form, "A=1&B=2", "B=2&A=2", false),
            (form, "L.1=a&L.2=b", "L.1=b&L.2=a", false),
            (
                form,
                "M.1.key=a&M.1.value=x&M.2.key=b&M.2.value=y",
                "M.1.key=b&M.1.value=y&M.2.key=a&M.2.value=x",
                true,
            ),
            (
                form,
                "M.1.key=a&M.1.value=x&M.2.key=b&M.2.value=y",
                "M.1.key=b&M.1.value=x&M.2.key=a&M.2.value=y",
                false,
            ),
            (
                Some("application/xml"),
                "<a><b>1</b></a>",
                "<a>\n<b>1</b></a>",
                true,
            ),
            (
                Some("application/xml"),
                "<a><b>1</b></a>",
                "<a><b>2</b></a>",
                false,
            ),
            (Some("application/cbor"), "oWFhAQ==", "\u{0}", false),
            (Some("application/cbor"), "YWE=", "aa", true),
            (None, "a", "a", true),
            (None, "a", "", false),
            (json, "", "", true),
        ] {
            let result = compare(found.as_bytes(), expected, media_type);
            assert_eq!(
                result.is_ok(),
                same,
                "{media_type:?} {expected} {found}: {result:?}"
            );
        }
    }
}
