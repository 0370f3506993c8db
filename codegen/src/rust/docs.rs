//! Documentation: the model's own, and facts from its traits.

use super::member::Purpose;
use crate::ir::Docs;
use crate::markdown;
use crate::model::{Kind, Member, Model, Shape};
use crate::protocol::RequestLine;
use crate::traits::Traits;
use crate::traits::behaviour::IdempotencyToken;
use crate::traits::constraints::{Length, Pattern, Range};
use crate::traits::docs::{Deprecated, Documentation};
use crate::traits::shapes::{Fault, Required};

/// The paragraphs of the trait `documentation`.
pub(super) fn of_traits(traits: &Traits) -> Docs {
    match traits.get() {
        Some(Documentation(text)) => markdown::paragraphs(text),
        None => Docs::new(),
    }
}

pub(super) fn of_shape(shape: &Shape) -> Docs {
    let mut docs = of_traits(&shape.traits);
    if docs.is_empty() {
        let kind = match shape.kind {
            Kind::Structure if shape.traits.has::<Fault>() => "error",
            _ => shape.kind.name(),
        };
        docs.push(format!("The {kind} `{}` of the service.", shape.id.name()));
    }
    docs
}

pub(super) fn operation(shape: &Shape, request: &RequestLine) -> Docs {
    let mut docs = of_traits(&shape.traits);
    if docs.is_empty() {
        docs.push(format!("Calls `{}`.", shape.id.name()));
    }
    docs.push(format!("Sent as `{} {}`.", request.method, request.uri));
    docs
}

pub(super) fn input(operation: &Shape, shape: Option<&Shape>) -> Docs {
    io(operation, shape, "The input of `{}`.")
}

pub(super) fn output(operation: &Shape, shape: Option<&Shape>) -> Docs {
    io(operation, shape, "The output of `{}`.")
}

fn io(operation: &Shape, shape: Option<&Shape>, sentence: &str) -> Docs {
    let docs = shape
        .map(|shape| of_traits(&shape.traits))
        .unwrap_or_default();
    if docs.is_empty() {
        vec![sentence.replace("{}", operation.id.name())]
    } else {
        docs
    }
}

pub(super) fn member(model: &Model, member: &Member, purpose: Purpose) -> Docs {
    let mut docs = of_traits(&member.traits);
    if docs.is_empty() {
        docs.push(format!("The member `{}`.", member.name));
    }
    let facts = facts(model, member, purpose);
    if !facts.is_empty() {
        docs.push(facts.join(" "));
    }
    docs
}

pub(super) fn union_member(model: &Model, member: &Member) -> Docs {
    self::member(model, member, Purpose::Other)
}

pub(super) fn variant(member: &Member, value: &str) -> Docs {
    let docs = of_traits(&member.traits);
    if docs.is_empty() {
        vec![format!("{} on the wire.", markdown::code(value))]
    } else {
        docs
    }
}

/// Sentences about the constraints that the model puts on a value.
fn facts(model: &Model, member: &Member, purpose: Purpose) -> Vec<String> {
    let mut facts = Vec::new();
    if purpose == Purpose::Input && member.traits.has::<Required>() {
        facts.push("Required.".to_owned());
    }
    if member.traits.has::<IdempotencyToken>() {
        facts.push("Generated if it is not set.".to_owned());
    }
    facts.extend(
        model
            .trait_of(member)
            .and_then(|it| length(model, member, it)),
    );
    facts.extend(model.trait_of(member).and_then(range));
    if let Some(Pattern(pattern)) = model.trait_of(member) {
        facts.push(match pattern.as_str() {
            r"\S" | r".*\S.*" => "Must not be blank.".to_owned(),
            _ => format!("Pattern: {}.", markdown::code(pattern)),
        });
    }
    facts
}

fn length(model: &Model, member: &Member, length: &Length) -> Option<String> {
    let is_collection = model
        .target(member)
        .is_some_and(|target| matches!(target.kind, Kind::List | Kind::Map));
    let (verb, unit) = match is_collection {
        true => ("Holds", " items"),
        false => ("Length:", ""),
    };
    Some(match (length.min, length.max) {
        (Some(min), Some(max)) if min == max => format!("{verb} {max}{unit}."),
        (Some(min), Some(max)) => format!("{verb} {min} to {max}{unit}."),
        (Some(min), None) if min != 0 => format!("{verb} at least {min}{unit}."),
        (None, Some(max)) => format!("{verb} at most {max}{unit}."),
        _ => return None,
    })
}

fn range(range: &Range) -> Option<String> {
    Some(match (&range.min, &range.max) {
        (Some(min), Some(max)) => format!("From {min} to {max}."),
        (Some(min), None) => format!("At least {min}."),
        (None, Some(max)) => format!("At most {max}."),
        (None, None) => return None,
    })
}

/// The note of `#[deprecated]`.
pub(super) fn deprecated(traits: &Traits) -> Option<String> {
    let Deprecated { message, since } = traits.get()?;
    Some(match (message, since) {
        (Some(message), Some(since)) => format!("{message} (since {since})"),
        (Some(message), None) => message.clone(),
        (None, Some(since)) => format!("deprecated by the service since {since}"),
        (None, None) => "deprecated by the service".to_owned(),
    })
}
