//! JSON and documents.

use chime_sdk::dynamic::{Document, Number};
use serde_json::Value;

/// Returns a document as JSON. Numbers that JSON does not have become strings.
pub(super) fn of(document: &Document) -> Value {
    match document {
        Document::Null => Value::Null,
        Document::Bool(value) => Value::Bool(*value),
        Document::Number(Number::PosInt(value)) => (*value).into(),
        Document::Number(Number::NegInt(value)) => (*value).into(),
        Document::Number(Number::Float(value)) => match serde_json::Number::from_f64(*value) {
            Some(number) => Value::Number(number),
            None => Value::String(value.to_string()),
        },
        Document::String(text) => Value::String(text.clone()),
        Document::Array(items) => Value::Array(items.iter().map(of).collect()),
        Document::Object(entries) => {
            // A document has no order, and the map may keep the one that it is filled in.
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            let entries = entries.into_iter();
            Value::Object(
                entries
                    .map(|(key, value)| (key.clone(), of(value)))
                    .collect(),
            )
        }
    }
}

/// Returns JSON as a document.
pub(super) fn document(value: Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(value),
        Value::Number(number) => {
            let number = match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(value), _, _) => Number::PosInt(value),
                (_, Some(value), _) => Number::NegInt(value),
                (_, _, value) => Number::Float(value.unwrap_or(f64::NAN)),
            };
            Document::Number(number)
        }
        Value::String(text) => Document::String(text),
        Value::Array(items) => Document::Array(items.into_iter().map(document).collect()),
        Value::Object(entries) => {
            let entries = entries.into_iter();
            Document::Object(entries.map(|(key, value)| (key, document(value))).collect())
        }
    }
}
