//! Rules about the values that shapes allow: enums, constraints, defaults, errors.

use super::{report, report_member};
use crate::diagnostic::Diagnostic;
use crate::json::{Node, Value};
use crate::model::{Applied, Kind, Model, Shape, Traits};
use crate::read::Simple;
use std::collections::BTreeMap;

pub(crate) fn check_shape(model: &Model, shape: &Shape, problems: &mut Vec<Diagnostic>) {
    match shape.kind {
        Kind::Enum | Kind::IntEnum => check_enum(shape, problems),
        Kind::Union if shape.members.is_empty() => problems.push(report(
            shape,
            "empty-union",
            "the union has no members",
            "add a member, or use a structure",
        )),
        _ => {}
    }
    check_bounds(&shape.traits, shape.id.as_str(), problems);
    if let Some(node) = shape.traits.get("smithy.api#httpError").map(|it| &it.value)
        && node
            .as_i64()
            .is_some_and(|code| !(400..=599).contains(&code))
    {
        problems.push(
            Diagnostic::new(
                "http-code",
                "this is not the HTTP status of an error",
                "use a status from 400 to 599",
            )
            .at(node.place.location())
            .on(shape.id.as_str()),
        );
    }
    if shape.traits.has("smithy.api#httpError") && !shape.traits.has("smithy.api#error") {
        problems.push(report(
            shape,
            "not-an-error",
            "the structure has an HTTP status for errors but is not an error",
            "add the trait `smithy.api#error`",
        ));
    }
    for member in &shape.members {
        check_bounds(&member.traits, &shape.member_id(member), problems);
        let Some(target) = model.target(member) else {
            continue;
        };
        let may_be_unit = matches!(shape.kind, Kind::Union | Kind::Enum | Kind::IntEnum);
        if target.id.as_str() == "smithy.api#Unit" && !may_be_unit {
            problems.push(
                Diagnostic::new(
                    "unit-target",
                    format!(
                        "a member of {} cannot target `smithy.api#Unit`",
                        shape.kind.described()
                    ),
                    "target another shape: only members of unions may target the unit shape",
                )
                .at(member.target_place.location())
                .on(shape.member_id(member)),
            );
        }
        let token = member.traits.get("smithy.api#idempotencyToken");
        if token.is_some() && !matches!(target.kind, Kind::Simple(Simple::String)) {
            problems.push(report_member(
                shape,
                member,
                "idempotency-token",
                format!(
                    "an idempotency token must be a string, not {}",
                    target.kind.described()
                ),
                "target a string shape",
            ));
        }
        let timestamp = member.traits.get("smithy.api#timestampFormat");
        if timestamp.is_some() && target.kind != Kind::Simple(Simple::Timestamp) {
            problems.push(report_member(
                shape,
                member,
                "timestamp-format",
                format!("{} has no timestamp format", target.kind.described()),
                "remove the trait, or target a timestamp",
            ));
        }
        if let Some(default) = member.traits.get("smithy.api#default") {
            check_default(target, default, &shape.member_id(member), problems);
        }
    }
}

fn check_enum(shape: &Shape, problems: &mut Vec<Diagnostic>) {
    if shape.members.is_empty() {
        problems.push(report(
            shape,
            "empty-enum",
            "the enum has no values",
            "add a member, or use a string",
        ));
    }
    let numbers = shape.kind == Kind::IntEnum;
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for member in &shape.members {
        let value = member.traits.get("smithy.api#enumValue");
        let fits = match value.map(|applied| &applied.value) {
            None => !numbers,
            Some(node) if numbers => node
                .as_i64()
                .is_some_and(|value| i32::try_from(value).is_ok()),
            Some(node) => node.as_str().is_some_and(|text| !text.is_empty()),
        };
        if !fits {
            let kind = if numbers {
                "a whole number of 32 bits"
            } else {
                "a string that is not empty"
            };
            problems.push(report_member(
                shape,
                member,
                "enum-value",
                format!("the value of `{}` must be {kind}", member.name),
                format!("give it the trait `smithy.api#enumValue` with {kind}"),
            ));
            continue;
        }
        let value = value.map_or_else(
            || format!("\"{}\"", member.name),
            |v| v.value.to_plain().to_string(),
        );
        if let Some(first) = seen.insert(value.clone(), &member.name) {
            problems.push(report_member(
                shape,
                member,
                "enum-value",
                format!("`{}` has the value {value}, as `{first}` has", member.name),
                "give each its own value",
            ));
        }
    }
}

fn check_bounds(traits: &Traits, on: &str, problems: &mut Vec<Diagnostic>) {
    for id in ["smithy.api#length", "smithy.api#range"] {
        let Some(applied) = traits.get(id) else {
            continue;
        };
        let bound = |key: &str| {
            let text = applied.value.get(key)?.as_number()?;
            text.parse::<f64>().ok()
        };
        if let (Some(min), Some(max)) = (bound("min"), bound("max"))
            && min > max
        {
            problems.push(
                Diagnostic::new(
                    "bounds",
                    format!(
                        "the trait `{id}` has a `min` of {min} that is above its `max` of {max}"
                    ),
                    "exchange the two",
                )
                .at(applied.value.place.location())
                .on(on),
            );
        }
    }
}

fn check_default(target: &Shape, default: &Applied, on: &str, problems: &mut Vec<Diagnostic>) {
    if default_fits(target, &default.value) {
        return;
    }
    problems.push(
        Diagnostic::new(
            "default-value",
            format!(
                "{} is no default for {}",
                default.value.to_plain(),
                target.kind.described()
            ),
            "write a value of the member's type; lists and maps can only be empty by default",
        )
        .at(default.value.place.location())
        .on(on),
    );
}

fn default_fits(target: &Shape, node: &Node) -> bool {
    let number = |min: f64, max: f64| {
        node.as_number()
            .and_then(|text| text.parse::<f64>().ok())
            .is_some_and(|n| n >= min && n <= max)
    };
    let whole = |min: i64, max: i64| node.as_i64().is_some_and(|n| n >= min && n <= max);
    match (&target.kind, &node.value) {
        // A default of null says that there is none.
        (_, Value::Null) => true,
        (Kind::Simple(simple), value) => match simple {
            Simple::Boolean => matches!(value, Value::Bool(_)),
            Simple::Byte => whole(i8::MIN.into(), i8::MAX.into()),
            Simple::Short => whole(i16::MIN.into(), i16::MAX.into()),
            Simple::Integer => whole(i32::MIN.into(), i32::MAX.into()),
            Simple::Long => whole(i64::MIN, i64::MAX),
            Simple::Float => number(f32::MIN.into(), f32::MAX.into()),
            Simple::Double => number(f64::MIN, f64::MAX),
            Simple::BigInteger | Simple::BigDecimal => matches!(value, Value::Number(_)),
            Simple::String => matches!(value, Value::String(_)),
            Simple::Blob => node.as_str().is_some_and(is_base64),
            Simple::Timestamp => matches!(value, Value::Number(_) | Value::String(_)),
            Simple::Document => true,
        },
        (Kind::Enum, Value::String(text)) => enum_values(target).any(|value| value == *text),
        (Kind::IntEnum, Value::Number(_)) => node.as_i64().is_some_and(|number| {
            target.members.iter().any(|member| {
                let value = member.traits.get("smithy.api#enumValue");
                value.and_then(|applied| applied.value.as_i64()) == Some(number)
            })
        }),
        (Kind::List, Value::Array(items)) => items.is_empty(),
        (Kind::Map, Value::Object(entries)) => entries.is_empty(),
        _ => false,
    }
}

fn is_base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - data.len() <= 2
        && data
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/')
}

/// The values of a string enum.
pub(crate) fn enum_values(shape: &Shape) -> impl Iterator<Item = String> {
    shape.members.iter().map(|member| {
        member
            .traits
            .text("smithy.api#enumValue")
            .unwrap_or(&member.name)
            .to_owned()
    })
}
