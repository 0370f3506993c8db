//! The form of a trait's value, and the shapes that it may be applied to.

use super::parsed::Parsed;
use crate::diagnostic::{Diagnostic, Problems, Severity};
use crate::model::{Kind, Shape};
use crate::source::json::{Node, Value};

/// The form of a trait's value.
#[derive(Debug)]
pub(super) enum Form {
    /// `{}`
    Annotation,
    Text,
    Number,
    Integer,
    Boolean,
    Any,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    List(&'static Form),
    /// An object with these fields and no others.
    Object(&'static [Field]),
    /// An object with these fields; unknown fields cause a warning.
    Open(&'static [Field]),
    /// An object whose values are of this form.
    MapOf(&'static Form),
    /// A string or a whole number.
    TextOrInteger,
}

/// A field of an object.
#[derive(Debug)]
pub(super) struct Field {
    name: &'static str,
    form: Form,
    required: bool,
}

/// A required field.
pub(super) const fn must(name: &'static str, form: Form) -> Field {
    Field {
        name,
        form,
        required: true,
    }
}

/// An optional field.
pub(super) const fn may(name: &'static str, form: Form) -> Field {
    Field {
        name,
        form,
        required: false,
    }
}

/// What a trait may be applied to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum On {
    Member,
    Structure,
    Operation,
    Service,
    /// Any data shape that is not a member.
    Data,
}

/// Checks the form and the target of every trait of these shapes. Some problems are warnings.
pub(crate) fn check_values<'m>(shapes: impl Iterator<Item = &'m Shape>, problems: &mut Problems) {
    for shape in shapes {
        let target: &[On] = match shape.kind {
            Kind::Structure => &[On::Structure, On::Data],
            Kind::Operation(_) => &[On::Operation],
            Kind::Service(_) => &[On::Service],
            Kind::Resource(_) => &[],
            _ => &[On::Data],
        };
        for parsed in shape.traits.iter() {
            let kind = shape.kind.name();
            check(
                parsed,
                target,
                kind,
                || shape.id.as_str().to_owned(),
                problems,
            );
        }
        for member in &shape.members {
            for parsed in member.traits.iter() {
                let on = || shape.member_id(member);
                check(parsed, &[On::Member], "member", on, problems);
            }
        }
    }
}

fn check(
    parsed: &Parsed,
    target: &[On],
    kind: &str,
    on: impl Fn() -> String,
    problems: &mut Problems,
) {
    let Some(declared) = parsed.declared else {
        return;
    };
    let (id, applied) = (&parsed.id, &parsed.applied);
    if !declared.on.is_empty() && !declared.on.iter().any(|allowed| target.contains(allowed)) {
        problems.push(
            Diagnostic::new(
                "trait-target",
                format!("the trait `{id}` cannot be applied to a {kind}"),
                "remove it, or apply it to the shape that it is meant for",
            )
            .at(applied.place.location())
            .on(on()),
        );
    }
    if is_plainly_right(&declared.form, &applied.value) {
        return;
    }
    let what = format!("the trait `{id}`");
    check_form(&declared.form, &applied.value, &what, &on(), problems);
}

/// Whether a value is valid. This is a fast path that builds no names for diagnostics.
fn is_plainly_right(form: &Form, node: &Node) -> bool {
    match (form, &node.value) {
        (Form::Any, _) | (Form::Text, Value::String(_)) => true,
        (Form::Annotation, Value::Object(entries)) => entries.is_empty(),
        _ => false,
    }
}

fn check_form(form: &Form, node: &Node, what: &str, on: &str, problems: &mut Problems) {
    let expected = match (form, &node.value) {
        (Form::Any, _) | (Form::Text, Value::String(_)) | (Form::Number, Value::Number(_)) => {
            return;
        }
        (Form::TextOrInteger, Value::String(_)) => return,
        (Form::Annotation, Value::Object(entries)) if entries.is_empty() => return,
        (Form::Integer | Form::TextOrInteger, Value::Number(_)) if node.as_i64().is_some() => {
            return;
        }
        (Form::OneOf(texts), Value::String(text)) if texts.contains(&text.as_str()) => return,
        (Form::List(item), Value::Array(items)) => {
            let what = format!("an item of {what}");
            items
                .iter()
                .for_each(|node| check_form(item, node, &what, on, problems));
            return;
        }
        (Form::MapOf(form), Value::Object(entries)) => {
            for entry in entries {
                check_form(
                    form,
                    &entry.value,
                    &format!("`{}` of {what}", entry.key),
                    on,
                    problems,
                );
            }
            return;
        }
        (Form::Object(fields), Value::Object(_)) => {
            check_fields(fields, Severity::Error, node, what, on, problems);
            return;
        }
        (Form::Open(fields), Value::Object(_)) => {
            check_fields(fields, Severity::Warning, node, what, on, problems);
            return;
        }
        (Form::Boolean, Value::Bool(_)) => return,
        (Form::Annotation, _) => "an empty object, {}".to_owned(),
        (Form::Text, _) => "a string".to_owned(),
        (Form::Number, _) => "a number".to_owned(),
        (Form::Integer, _) => "a whole number".to_owned(),
        (Form::TextOrInteger, _) => "a string or a whole number".to_owned(),
        (Form::List(_), _) => "an array".to_owned(),
        (Form::Boolean, _) => "true or false".to_owned(),
        (Form::Object(_) | Form::Open(_) | Form::MapOf(_), _) => "an object".to_owned(),
        (Form::OneOf(texts), _) => format!("one of \"{}\"", texts.join("\", \"")),
    };
    let found = match &node.value {
        Value::String(text) => format!("\"{text}\""),
        Value::Number(text) => text.clone(),
        _ => node.kind().to_owned(),
    };
    problems.push(
        Diagnostic::new(
            "trait-value",
            format!("{what} must be {expected}, not {found}"),
            format!("write {expected}"),
        )
        .at(node.place.location())
        .on(on),
    );
}

/// Unknown fields have the severity `unknown`.
fn check_fields(
    fields: &[Field],
    unknown: Severity,
    node: &Node,
    what: &str,
    on: &str,
    problems: &mut Problems,
) {
    let entries = node.as_object().unwrap_or_default();
    for entry in entries {
        match fields.iter().find(|field| field.name == entry.key) {
            Some(field) => {
                check_form(
                    &field.form,
                    &entry.value,
                    &format!("`{}` of {what}", entry.key),
                    on,
                    problems,
                );
            }
            None => {
                let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
                let help = match unknown {
                    Severity::Error => format!("its fields are: {}", names.join(", ")),
                    Severity::Warning => format!(
                        "the field has no effect and can be removed; the fields are: {}",
                        names.join(", ")
                    ),
                };
                let message = format!("{what} has no `{}`", entry.key);
                problems.push(
                    Diagnostic {
                        severity: unknown,
                        ..Diagnostic::new("trait-value", message, help)
                    }
                    .at(entry.key_place.location())
                    .on(on),
                );
            }
        }
    }
    for field in fields.iter().filter(|field| field.required) {
        if node.get(field.name).is_none() {
            problems.push(
                Diagnostic::new(
                    "trait-value",
                    format!("{what} lacks `{}`", field.name),
                    format!("add `{}`", field.name),
                )
                .at(node.place.location())
                .on(on),
            );
        }
    }
}
