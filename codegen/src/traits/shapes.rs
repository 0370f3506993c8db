//! Traits that refine a shape, such as required, sparse, errors and enum values.

use super::{Declared, Form, On, Support, Trait, annotations, may};
use crate::source::json::{Node, Placed, Value};
use std::rc::Rc;

annotations! {
    /// Smithy 1: the member may be absent although its target has a default.
    Boxed = "smithy.api#box";
    /// Clients treat the member as optional, whatever its other traits are.
    ClientOptional = "smithy.api#clientOptional";
    Required = "smithy.api#required";
    /// The value must not be logged or shown.
    Sensitive = "smithy.api#sensitive";
    /// Items of the list or map may be null.
    Sparse = "smithy.api#sparse";
    /// The value is sent or read piece by piece.
    Streaming = "smithy.api#streaming";
}

/// The value of an absent member. A default of null means that there is none.
#[derive(Debug)]
pub(crate) struct DefaultValue(pub(crate) Rc<Node>);

impl Trait for DefaultValue {
    const ID: &'static str = "smithy.api#default";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        Some(Self(Rc::clone(value)))
    }
}

/// The value of an enum's member on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EnumValue {
    Text(String),
    Number(i64),
}

impl EnumValue {
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(_) => None,
        }
    }

    pub(crate) fn number(&self) -> Option<i64> {
        match self {
            Self::Text(_) => None,
            Self::Number(number) => Some(*number),
        }
    }
}

impl Trait for EnumValue {
    const ID: &'static str = "smithy.api#enumValue";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        match &value.value {
            Value::String(text) => Some(Self::Text(text.clone())),
            _ => value.as_i64().map(Self::Number),
        }
    }
}

/// The structure is an error. The value is who is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    Client,
    Server,
}

impl Trait for Fault {
    const ID: &'static str = "smithy.api#error";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        match value.as_str()? {
            "client" => Some(Self::Client),
            "server" => Some(Self::Server),
            _ => None,
        }
    }
}

/// The shape is a mixin. Shapes that use it do not inherit these of its traits.
#[derive(Debug)]
pub(crate) struct Mixin {
    pub(crate) local_traits: Vec<String>,
}

impl Trait for Mixin {
    const ID: &'static str = "smithy.api#mixin";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let local = value.strings_at("localTraits");
        Some(Self {
            local_traits: local.into_iter().map(|text| text.value).collect(),
        })
    }
}

/// A call that ends in this error may be retried.
#[derive(Debug)]
pub(crate) struct Retryable {
    pub(crate) throttling: bool,
}

impl Trait for Retryable {
    const ID: &'static str = "smithy.api#retryable";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let throttling = value.get("throttling").and_then(Node::as_bool);
        Some(Self {
            throttling: throttling == Some(true),
        })
    }
}

/// Smithy 1: the values of a string. Assembly converts the string into an enum, so the trait is in no
/// table and no later stage sees it.
#[derive(Debug)]
pub(crate) struct StringValues(pub(crate) Vec<Placed<StringValue>>);

/// A value of a string.
#[derive(Debug)]
pub(crate) struct StringValue {
    /// `None` if it is missing.
    pub(crate) value: Option<Rc<Node>>,
    pub(crate) name: Option<String>,
    pub(crate) documentation: Option<Rc<Node>>,
}

impl Trait for StringValues {
    const ID: &'static str = "smithy.api#enum";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let items = value.as_array().unwrap_or_default();
        let read = |item: &Node| Placed {
            value: StringValue {
                value: item
                    .get("value")
                    .filter(|value| value.as_str().is_some())
                    .map(|value| Rc::new(value.clone())),
                name: item.get("name").and_then(Node::as_str).map(str::to_owned),
                documentation: item.get("documentation").map(|it| Rc::new(it.clone())),
            },
            place: item.place.clone(),
        };
        Some(Self(items.iter().map(read).collect()))
    }
}

/// An operation names its input and output, so these markers add nothing.
pub(crate) const INPUT: &str = "smithy.api#input";
pub(crate) const OUTPUT: &str = "smithy.api#output";

const NAMED: &str = "the operation names its input and output";

pub(super) const TRAITS: &[Declared] = &[
    Declared::new(
        "smithy.api#addedDefault",
        Form::Annotation,
        &[On::Member],
        Support::NoEffect("the member has the trait `default` as well"),
    ),
    Declared::used::<Boxed>(Form::Annotation, &[]),
    Declared::used::<ClientOptional>(Form::Annotation, &[On::Member]),
    Declared::used::<DefaultValue>(Form::Any, &[On::Member, On::Data]),
    Declared::used::<EnumValue>(Form::TextOrInteger, &[On::Member]),
    Declared::used::<Fault>(Form::OneOf(&["client", "server"]), &[On::Structure]),
    Declared::new(
        INPUT,
        Form::Annotation,
        &[On::Structure],
        Support::NoEffect(NAMED),
    ),
    Declared::new(
        OUTPUT,
        Form::Annotation,
        &[On::Structure],
        Support::NoEffect(NAMED),
    ),
    Declared::used::<Mixin>(
        Form::Object(&[
            may("localTraits", Form::List(&Form::Text)),
            may("interface", Form::Any),
        ]),
        &[],
    ),
    Declared::used::<Required>(Form::Annotation, &[On::Member]),
    Declared::used::<Retryable>(
        Form::Object(&[may("throttling", Form::Any)]),
        &[On::Structure],
    ),
    Declared::used::<Sensitive>(Form::Annotation, &[]),
    Declared::used::<Sparse>(Form::Annotation, &[On::Data]),
    Declared::used::<Streaming>(Form::Annotation, &[On::Data]),
];
