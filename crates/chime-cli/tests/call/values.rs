//! Random values of shapes.

use aws_smithy_schema::Schema;
use aws_smithy_schema::traits::TimestampFormat;
use chime_sdk::dynamic::{Shape, StructureShape};
use chime_sdk::primitives::{DateTime, DateTimeFormat};
use fastrand::Rng;
use serde_json::{Map, Value, json};

/// A value as it is on the wire, and as the command shows it.
pub(crate) struct Wire {
    pub(crate) body: Value,
    pub(crate) shown: Value,
}

impl Wire {
    fn same(value: Value) -> Self {
        Self {
            body: value.clone(),
            shown: value,
        }
    }
}

/// Returns a random structure.
pub(crate) fn random(structure: &'static StructureShape, rng: &mut Rng) -> Wire {
    of_structure(structure, rng, 0)
}

fn of_structure(structure: &'static StructureShape, rng: &mut Rng, depth: usize) -> Wire {
    let (mut body, mut shown) = (Map::new(), Map::new());
    for member in structure.members {
        let schema = member.schema;
        let is_outside = schema.http_header().is_some() || schema.http_payload().is_some();
        assert!(!is_outside, "the server only writes bodies: {member:?}");
        if !member.required && (depth > 4 || rng.u8(..5) == 0) {
            continue;
        }
        let value = of(member.shape(), Some(schema), rng, depth + 1);
        let name = schema.json_name().map_or(member.name, |name| name.value());
        body.insert(name.to_owned(), value.body);
        shown.insert(member.name.to_owned(), value.shown);
    }
    Wire {
        body: Value::Object(body),
        shown: Value::Object(shown),
    }
}

fn of(shape: Shape, schema: Option<&Schema<'_>>, rng: &mut Rng, depth: usize) -> Wire {
    match shape {
        Shape::Boolean => Wire::same(json!(rng.bool())),
        Shape::Byte => Wire::same(json!(rng.i8(..))),
        Shape::Short => Wire::same(json!(rng.i16(..))),
        Shape::Integer => Wire::same(json!(rng.i32(..))),
        Shape::Long => Wire::same(json!(rng.i64(..))),
        Shape::Float | Shape::Double => Wire::same(json!(f64::from(rng.i16(..)) / 4.0 + 0.25)),
        Shape::String => Wire::same(json!(string(rng))),
        Shape::Enum(shape) => {
            let values: Vec<&str> = shape.values.iter().map(|(value, _)| *value).collect();
            Wire::same(json!(rng.choice(values).expect("a value")))
        }
        Shape::IntEnum(shape) => {
            let values: Vec<i32> = shape.values.iter().map(|(value, _)| *value).collect();
            Wire::same(json!(rng.choice(values).expect("a value")))
        }
        Shape::Blob => Wire::same(json!("AQID")),
        Shape::Timestamp => {
            let body = json!(rng.u32(..));
            let shown = shown(shape, None, &body);
            let body = match schema.and_then(Schema::timestamp_format) {
                Some(it) if it.format() == TimestampFormat::DateTime => shown.clone(),
                _ => body,
            };
            Wire { body, shown }
        }
        Shape::List(list) => {
            let count = if depth > 4 { 0 } else { rng.usize(..4) };
            let items = (0..count).map(|_| of(list.item(), None, rng, depth + 1));
            let (body, shown): (Vec<_>, Vec<_>) = items.map(|it| (it.body, it.shown)).unzip();
            Wire {
                body: Value::Array(body),
                shown: Value::Array(shown),
            }
        }
        Shape::Map(map) => {
            let key = match map.key() {
                Shape::Enum(shape) => shape.values[0].0.to_owned(),
                _ => string(rng),
            };
            let value = of(map.value(), None, rng, depth + 1);
            Wire {
                body: json!({ key.clone(): value.body }),
                shown: json!({ key: value.shown }),
            }
        }
        Shape::Structure(structure) => of_structure(structure, rng, depth),
        other => panic!("no output of these services has {other}"),
    }
}

fn string(rng: &mut Rng) -> String {
    let count = rng.usize(1..9);
    let letters = ["a", "Z", "é", "日", "\"", "\\", " ", "\n", "0", "𝄞"];
    (0..count)
        .map(|_| letters[rng.usize(..letters.len())])
        .collect()
}

/// Returns a value of the wire as the command shows it.
pub(crate) fn shown(shape: Shape, schema: Option<&Schema<'_>>, value: &Value) -> Value {
    match (shape, value) {
        (Shape::Timestamp, Value::Number(seconds)) => {
            assert!(
                schema.and_then(Schema::timestamp_format).is_none(),
                "a number is the default"
            );
            let time = DateTime::from_secs(seconds.as_i64().expect("whole seconds"));
            json!(
                time.fmt(DateTimeFormat::DateTime)
                    .expect("a year before 10000")
            )
        }
        (Shape::List(list), Value::Array(items)) => {
            let items = items.iter().map(|item| shown(list.item(), None, item));
            Value::Array(items.collect())
        }
        (Shape::Map(map), Value::Object(entries)) => {
            let entries = entries.iter();
            let entries =
                entries.map(|(key, value)| (key.clone(), shown(map.value(), None, value)));
            Value::Object(entries.collect())
        }
        (Shape::Structure(structure) | Shape::Union(structure), Value::Object(members)) => {
            let members = members.iter().map(|(name, value)| {
                let wire = |it: &&_| {
                    let it: &chime_sdk::dynamic::MemberShape = it;
                    it.schema.json_name().map_or(it.name, |name| name.value()) == name
                };
                match structure.members.iter().find(wire) {
                    Some(member) => {
                        let value = shown(member.shape(), Some(member.schema), value);
                        (member.name.to_owned(), value)
                    }
                    None => (name.clone(), value.clone()),
                }
            });
            Value::Object(members.collect())
        }
        (_, value) => value.clone(),
    }
}
