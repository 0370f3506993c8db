//! Rules about the values that shapes allow: enums, constraints, defaults, errors.

use super::{report, report_member};
use crate::diagnostic::{Diagnostic, Problems};
use crate::model::{Kind, Member, Model, Shape, Simple};
use crate::source::json::{Node, Place, Value};
use crate::traits::behaviour::IdempotencyToken;
use crate::traits::constraints::{Length, Range};
use crate::traits::http::TimestampFormat;
use crate::traits::shapes::{DefaultValue, EnumValue};
use crate::traits::{Trait, Traits};
use std::collections::BTreeMap;

pub(super) fn check_shape(model: &Model, shape: &Shape, problems: &mut Problems) {
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
    check_bounds(&shape.traits, || shape.id.as_str().to_owned(), problems);
    for member in &shape.members {
        check_bounds(&member.traits, || shape.member_id(member), problems);
        if let Some(target) = model.target(member) {
            check_member(shape, member, target, problems);
        }
    }
}

/// Checks that a member's traits fit its target.
fn check_member(shape: &Shape, member: &Member, target: &Shape, problems: &mut Problems) {
    let may_be_unit = matches!(shape.kind, Kind::Union | Kind::Enum | Kind::IntEnum);
    if target.id.is_unit() && !may_be_unit {
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
    let is = |simple| target.kind == Kind::Simple(simple);
    if member.traits.has::<IdempotencyToken>() && !is(Simple::String) {
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
    if member.traits.has::<TimestampFormat>() && !is(Simple::Timestamp) {
        problems.push(report_member(
            shape,
            member,
            "timestamp-format",
            format!("{} has no timestamp format", target.kind.described()),
            "remove the trait, or target a timestamp",
        ));
    }
    if let Some(DefaultValue(default)) = member.traits.get()
        && !default_fits(target, default)
    {
        problems.push(
            Diagnostic::new(
                "default-value",
                format!(
                    "{} is not a valid default for {}",
                    default.to_plain(),
                    target.kind.described()
                ),
                "write a value of the member's type; the default of a list or map must be empty",
            )
            .at(default.place.location())
            .on(shape.member_id(member)),
        );
    }
}

fn check_enum(shape: &Shape, problems: &mut Problems) {
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
        let value = member.traits.get::<EnumValue>();
        let fits = match value {
            // A value of the wrong form is reported here too, in terms of the enum.
            None => !numbers && !member.traits.has::<EnumValue>(),
            Some(EnumValue::Number(number)) => numbers && i32::try_from(*number).is_ok(),
            Some(EnumValue::Text(text)) => !numbers && !text.is_empty(),
        };
        if !fits {
            let kind = if numbers {
                "a 32-bit integer"
            } else {
                "a non-empty string"
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
        let value = match value {
            None => quoted(&member.name),
            Some(EnumValue::Text(text)) => quoted(text),
            Some(EnumValue::Number(number)) => number.to_string(),
        };
        if let Some(first) = seen.insert(value.clone(), &member.name) {
            problems.push(report_member(
                shape,
                member,
                "enum-value",
                format!(
                    "`{}` and `{first}` have the same value {value}",
                    member.name
                ),
                "give each a value of its own",
            ));
        }
    }
}

/// The string as JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn check_bounds(traits: &Traits, on: impl Fn() -> String, problems: &mut Problems) {
    let mut check = |id: &str, min: Option<f64>, max: Option<f64>, place: &Place| {
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            problems.push(
                Diagnostic::new(
                    "bounds",
                    format!(
                        "the trait `{id}` has a `min` of {min}, which is greater than its `max` of {max}"
                    ),
                    "swap the two",
                )
                .at(place.location())
                .on(on()),
            );
        }
    };
    if let Some(Length { min, max, place }) = traits.get() {
        let [min, max] = [min, max].map(|bound| bound.map(|bound| bound as f64));
        check(Length::ID, min, max, place);
    }
    if let Some(Range { min, max, place }) = traits.get() {
        let [min, max] = [min, max].map(|bound| bound.as_ref()?.as_f64());
        check(Range::ID, min, max, place);
    }
}

fn default_fits(target: &Shape, node: &Node) -> bool {
    let number = |min: f64, max: f64| {
        node.as_number()
            .and_then(|text| text.parse::<f64>().ok())
            .is_some_and(|n| n >= min && n <= max)
    };
    let whole = |min: i64, max: i64| node.as_i64().is_some_and(|n| n >= min && n <= max);
    match (&target.kind, &node.value) {
        // A default of null means that there is none.
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
        (Kind::Enum, Value::String(text)) => enum_values(target).any(|value| value == text),
        (Kind::IntEnum, Value::Number(_)) => node.as_i64().is_some_and(|number| {
            let value = |member: &Member| member.traits.get().and_then(EnumValue::number);
            let mut values = target.members.iter().map(value);
            values.any(|value| value == Some(number))
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
pub(crate) fn enum_values(shape: &Shape) -> impl Iterator<Item = &str> {
    shape.members.iter().map(enum_value)
}

/// The value of a string enum's member on the wire: its name, unless a trait gives another.
pub(crate) fn enum_value(member: &Member) -> &str {
    let value: Option<&EnumValue> = member.traits.get();
    value.and_then(EnumValue::text).unwrap_or(&member.name)
}
