//! The entries of `corrections`.

use super::{RetryOn, RetryRule};
use crate::ir::Retry;
use crate::model::corrections::{Change, Correction};
use crate::shape_id::ShapeId;
use crate::source::json::{Entry, Node, Place, Value};
use serde::Deserialize;
use std::collections::BTreeMap;

/// An entry as it is written. It has a reason and one change.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawCorrection {
    reason: String,
    shape: Option<String>,
    optional: Option<bool>,
    add_value: Option<String>,
    rename: Option<String>,
    drop_trait: Option<String>,
    add_traits: Option<BTreeMap<String, toml::Value>>,
    code: Option<String>,
    status: Option<u16>,
    retry: Option<RawRetry>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RawRetry {
    Throttling,
    Transient,
    Server,
}

/// The meaning of an entry.
pub(super) enum Read {
    Correction(Correction),
    Retry(RetryRule),
}

impl RawCorrection {
    /// Reads an entry.
    ///
    /// # Errors
    ///
    /// A message and a hint.
    pub(super) fn read(self, place: Place) -> Result<Read, (String, &'static str)> {
        if self.reason.trim().is_empty() {
            return Err((
                "the reason of a correction is empty".to_owned(),
                "state why the model is wrong and how you know",
            ));
        }
        match (self.shape, self.retry) {
            (Some(shape), None) => {
                let changes = [
                    self.optional
                        .filter(|optional| *optional)
                        .map(|_| Change::Optional),
                    self.add_value.map(Change::AddValue),
                    self.rename.map(Change::Rename),
                    self.drop_trait.map(Change::DropTrait),
                    self.add_traits.map(|traits| {
                        let traits = traits.into_iter();
                        Change::AddTraits(
                            traits
                                .map(|(id, value)| (id, node(value, &place)))
                                .collect(),
                        )
                    }),
                ];
                let mut changes = changes.into_iter().flatten();
                let (Some(change), None) = (changes.next(), changes.next()) else {
                    return Err((
                        "a correction of a shape must have exactly one change".to_owned(),
                        "write one of optional = true, add-value, rename, drop-trait and add-traits",
                    ));
                };
                let (id, member) = match shape.split_once('$') {
                    Some((id, member)) => (id, Some(member.to_owned())),
                    None => (shape.as_str(), None),
                };
                let Some(id) = ShapeId::parse(id) else {
                    return Err((
                        format!("`{shape}` is not a shape ID"),
                        "write `namespace#Shape`, or `namespace#Shape$member`",
                    ));
                };
                Ok(Read::Correction(Correction {
                    shape: id,
                    member,
                    place,
                    change,
                }))
            }
            (None, Some(retry)) => {
                let on = match (self.code, self.status) {
                    (Some(code), None) => RetryOn::Code(code),
                    (None, Some(status)) => RetryOn::Status(status),
                    _ => {
                        return Err((
                            "a correction with `retry` must have either a code or a status"
                                .to_owned(),
                            "write the error code or the HTTP status that is worth a retry",
                        ));
                    }
                };
                let retry = match retry {
                    RawRetry::Throttling => Retry::Throttling,
                    RawRetry::Transient => Retry::Transient,
                    RawRetry::Server => Retry::ServerFault,
                };
                Ok(Read::Retry(RetryRule { on, retry }))
            }
            _ => Err((
                "a correction must have `shape` or `retry`".to_owned(),
                "write `shape` and a change, or `retry` with a code or a status",
            )),
        }
    }
}

/// A value in the form of the model's files, at the place of the entry.
fn node(value: toml::Value, place: &Place) -> Node {
    let value = match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::Number(number.to_string()),
        toml::Value::Float(number) => Value::Number(number.to_string()),
        toml::Value::Boolean(value) => Value::Bool(value),
        toml::Value::Datetime(time) => Value::String(time.to_string()),
        toml::Value::Array(items) => {
            Value::Array(items.into_iter().map(|item| node(item, place)).collect())
        }
        toml::Value::Table(entries) => Value::Object(
            entries
                .into_iter()
                .map(|(key, value)| Entry {
                    key,
                    key_place: place.clone(),
                    value: node(value, place),
                })
                .collect(),
        ),
    };
    Node {
        value,
        place: place.clone(),
    }
}
