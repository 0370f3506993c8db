//! Documents as few bytes, for the store in memory.
//!
//! Names of members and values of enums are numbers from a dictionary of the models. The form is that of this
//! process only, so it has no version.

use crate::document::Doc;
use crate::model::{Kind, services};
use serde_json::{Map, Number, Value};
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

const NULL: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const INT: u8 = 3;
const FLOAT: u8 = 4;
const TEXT: u8 = 5;
const WORD: u8 = 6;
const UUID: u8 = 7;
const ARRAY: u8 = 8;
const OBJECT: u8 = 9;

/// The strings that have a number.
struct Words {
    numbers: HashMap<&'static str, u64>,
    words: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = BTreeSet::from(["local"]);
    for shape in services().iter().flat_map(|service| service.shapes()) {
        match &shape.kind {
            Kind::Structure(members) => {
                words.extend(members.iter().map(|member| member.name.as_str()))
            }
            Kind::String { values, .. } => words.extend(values.iter().map(String::as_str)),
            _ => {}
        }
    }
    let words: Vec<&'static str> = words.into_iter().collect();
    Words {
        numbers: (0..).zip(&words).map(|(i, word)| (*word, i)).collect(),
        words,
    }
});

/// Returns the bytes of a document without some of its members.
pub(super) fn pack(doc: &Doc, without: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(64);
    let members = || {
        doc.0
            .iter()
            .filter(|(name, _)| !without.contains(&name.as_str()))
    };
    number(&mut bytes, members().count() as u64);
    for (name, value) in members() {
        put_name(&mut bytes, name);
        put(&mut bytes, value);
    }
    bytes
}

/// Returns the document; `None` if the bytes are not one.
pub(super) fn unpack(mut bytes: &[u8]) -> Option<Doc> {
    take_members(&mut bytes).map(Doc)
}

fn put(bytes: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => bytes.push(NULL),
        Value::Bool(false) => bytes.push(FALSE),
        Value::Bool(true) => bytes.push(TRUE),
        Value::Number(value) => match value.as_i64() {
            Some(value) => {
                bytes.push(INT);
                number(bytes, ((value << 1) ^ (value >> 63)) as u64);
            }
            None => {
                bytes.push(FLOAT);
                bytes.extend(value.as_f64().unwrap_or_default().to_le_bytes());
            }
        },
        Value::String(text) => {
            if let Some(word) = WORDS.numbers.get(text.as_str()) {
                bytes.push(WORD);
                number(bytes, *word);
            } else if let Some(uuid) = uuid(text) {
                bytes.push(UUID);
                bytes.extend(uuid);
            } else {
                bytes.push(TEXT);
                put_text(bytes, text);
            }
        }
        Value::Array(items) => {
            bytes.push(ARRAY);
            number(bytes, items.len() as u64);
            items.iter().for_each(|item| put(bytes, item));
        }
        Value::Object(members) => {
            bytes.push(OBJECT);
            number(bytes, members.len() as u64);
            for (name, value) in members {
                put_name(bytes, name);
                put(bytes, value);
            }
        }
    }
}

fn put_name(bytes: &mut Vec<u8>, name: &str) {
    match WORDS.numbers.get(name) {
        Some(word) => number(bytes, word + 1),
        None => {
            number(bytes, 0);
            put_text(bytes, name);
        }
    }
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    number(bytes, text.len() as u64);
    bytes.extend(text.as_bytes());
}

/// Writes a number, seven bits a byte.
pub(super) fn number(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Reads a number.
pub(super) fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn take_bytes<'b>(bytes: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}

fn take_text(bytes: &mut &[u8]) -> Option<String> {
    let length = usize::try_from(take_number(bytes)?).ok()?;
    let text = std::str::from_utf8(take_bytes(bytes, length)?).ok()?;
    Some(text.to_owned())
}

fn take_word(number: u64) -> Option<String> {
    let word = WORDS.words.get(usize::try_from(number).ok()?)?;
    Some((*word).to_owned())
}

fn take_members(bytes: &mut &[u8]) -> Option<Map<String, Value>> {
    let count = take_number(bytes)?;
    let mut members = Map::new();
    for _ in 0..count {
        let name = match take_number(bytes)? {
            0 => take_text(bytes)?,
            word => take_word(word - 1)?,
        };
        members.insert(name, take(bytes)?);
    }
    Some(members)
}

fn take(bytes: &mut &[u8]) -> Option<Value> {
    let (kind, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(match *kind {
        NULL => Value::Null,
        FALSE => Value::Bool(false),
        TRUE => Value::Bool(true),
        INT => {
            let value = take_number(bytes)?;
            Value::from((value >> 1) as i64 ^ -((value & 1) as i64))
        }
        FLOAT => {
            let value = f64::from_le_bytes(take_bytes(bytes, 8)?.try_into().ok()?);
            Number::from_f64(value).map_or(Value::Null, Value::Number)
        }
        TEXT => Value::String(take_text(bytes)?),
        WORD => Value::String(take_word(take_number(bytes)?)?),
        UUID => {
            let uuid = uuid::Uuid::from_slice(take_bytes(bytes, 16)?).ok()?;
            Value::String(uuid.hyphenated().to_string())
        }
        ARRAY => {
            let count = take_number(bytes)?;
            Value::Array((0..count).map(|_| take(bytes)).collect::<Option<_>>()?)
        }
        OBJECT => Value::Object(take_members(bytes)?),
        _ => return None,
    })
}

/// Returns the bytes of a UUID, if its usual form is this string.
fn uuid(text: &str) -> Option<[u8; 16]> {
    if text.len() != 36 || text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let uuid = uuid::Uuid::try_parse(text).ok()?;
    Some(*uuid.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn documents_come_back() {
        let value = json!({
            "RoomId": "0b0ff1c5-9a0e-4b6a-8b2e-0123456789ab",
            "Upper": "0B0FF1C5-9A0E-4B6A-8B2E-0123456789AB",
            "Role": "Administrator",
            "Name": "é \u{0} name",
            "": "",
            "Numbers": [0, -1, 1, i64::MIN, i64::MAX, 0.5, u64::MAX as f64],
            "Nested": {"Role": null, "List": [true, false, {}]},
        });
        let Value::Object(members) = value else {
            panic!("an object");
        };
        let doc = Doc(members);
        let bytes = pack(&doc, &[]);
        assert_eq!(unpack(&bytes).as_ref(), Some(&doc));
        for end in 0..bytes.len() {
            assert_eq!(unpack(&bytes[..end]), None);
        }
        let short = pack(&doc, &["Nested", "Numbers"]);
        let short = unpack(&short).expect("a document");
        assert_eq!(short.0.len(), doc.0.len() - 2);
    }
}
