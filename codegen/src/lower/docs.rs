//! Documentation: the model's own, and what its traits say in any case.

use super::member::Purpose;
use crate::ir::{Docs, Http};
use crate::markdown;
use crate::model::{Kind, Member, Model, Shape, Traits};

/// The paragraphs of the trait `documentation`.
pub(super) fn of_traits(traits: &Traits) -> Docs {
    traits
        .text("smithy.api#documentation")
        .map(markdown::paragraphs)
        .unwrap_or_default()
}

pub(super) fn of_shape(shape: &Shape) -> Docs {
    let mut docs = of_traits(&shape.traits);
    if docs.is_empty() {
        let kind = match shape.kind {
            Kind::Structure if shape.traits.has("smithy.api#error") => "error",
            _ => shape.kind.name(),
        };
        docs.push(format!(
            "The {kind} `{}` of the service's model.",
            shape.id.name()
        ));
    }
    docs
}

pub(super) fn operation(shape: &Shape, http: &Http) -> Docs {
    let mut docs = of_traits(&shape.traits);
    if docs.is_empty() {
        docs.push(format!("Calls `{}`.", shape.id.name()));
    }
    docs.push(format!("Sent as `{} {}`.", http.method, http.uri));
    docs
}

pub(super) fn input(operation: &Shape, shape: Option<&Shape>) -> Docs {
    io(operation, shape, "What a caller of `{}` sends.")
}

pub(super) fn output(operation: &Shape, shape: Option<&Shape>) -> Docs {
    io(operation, shape, "What `{}` answers.")
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

/// What the traits say of a value: sentences of ours about facts of the model's.
fn facts(model: &Model, member: &Member, purpose: Purpose) -> Vec<String> {
    let mut facts = Vec::new();
    if purpose == Purpose::Input && member.traits.has("smithy.api#required") {
        facts.push("Required.".to_owned());
    }
    if member.traits.has("smithy.api#idempotencyToken") {
        facts.push("Filled with a fresh token if it is left out.".to_owned());
    }
    let applied = |id: &str| model.trait_of(member, id).map(|applied| &applied.value);
    let bound = |id: &str, key: &str| Some(applied(id)?.get(key)?.to_plain().to_string());
    let is_collection = model
        .target(member)
        .is_some_and(|target| matches!(target.kind, Kind::List | Kind::Map));
    let (length, unit) = if is_collection {
        ("Holds", " items")
    } else {
        ("Length:", "")
    };
    match (
        bound("smithy.api#length", "min"),
        bound("smithy.api#length", "max"),
    ) {
        (Some(min), Some(max)) if min == max => facts.push(format!("{length} {max}{unit}.")),
        (Some(min), Some(max)) => facts.push(format!("{length} {min} to {max}{unit}.")),
        (Some(min), None) if min != "0" => facts.push(format!("{length} at least {min}{unit}.")),
        (None, Some(max)) => facts.push(format!("{length} at most {max}{unit}.")),
        _ => {}
    }
    match (
        bound("smithy.api#range", "min"),
        bound("smithy.api#range", "max"),
    ) {
        (Some(min), Some(max)) => facts.push(format!("From {min} to {max}.")),
        (Some(min), None) => facts.push(format!("At least {min}.")),
        (None, Some(max)) => facts.push(format!("At most {max}.")),
        _ => {}
    }
    if let Some(pattern) = applied("smithy.api#pattern").and_then(|node| node.as_str()) {
        facts.push(match pattern {
            r"\S" | r".*\S.*" => "Not blank.".to_owned(),
            _ => format!("Matches {}.", markdown::code(pattern)),
        });
    }
    facts
}

/// What to say of a deprecated thing.
pub(super) fn deprecated(traits: &Traits) -> Option<String> {
    let applied = traits.get("smithy.api#deprecated")?;
    let text = |key: &str| applied.value.get(key).and_then(|node| node.as_str());
    Some(match (text("message"), text("since")) {
        (Some(message), Some(since)) => format!("{message} (since {since})"),
        (Some(message), None) => message.to_owned(),
        (None, Some(since)) => format!("deprecated by the service since {since}"),
        (None, None) => "deprecated by the service".to_owned(),
    })
}
