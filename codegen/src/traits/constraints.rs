//! Traits that constrain the values of a shape. The service enforces them. Here, they become
//! documentation.

use super::{Declared, Form, On, Support, Trait, annotations, may, strings};
use crate::source::json::{Node, Place};
use std::rc::Rc;

strings! {
    /// A regular expression that matches somewhere in the string.
    Pattern = "smithy.api#pattern";
}

/// The number of characters, bytes or items of a value.
#[derive(Debug)]
pub(crate) struct Length {
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
    pub(crate) place: Place,
}

impl Trait for Length {
    const ID: &'static str = "smithy.api#length";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let bound = |key: &str| value.get(key).and_then(Node::as_i64);
        Some(Self {
            min: bound("min"),
            max: bound("max"),
            place: value.place.clone(),
        })
    }
}

/// The range of a number.
#[derive(Debug)]
pub(crate) struct Range {
    pub(crate) min: Option<serde_json::Number>,
    pub(crate) max: Option<serde_json::Number>,
    pub(crate) place: Place,
}

impl Trait for Range {
    const ID: &'static str = "smithy.api#range";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let bound = |key: &str| value.get(key)?.as_number()?.parse().ok();
        Some(Self {
            min: bound("min"),
            max: bound("max"),
            place: value.place.clone(),
        })
    }
}

annotations! {
    /// The length of the stream must be known when it is sent.
    RequiresLength = "smithy.api#requiresLength";
}

const SERVER: &str = "the service checks it; it is documented";

pub(super) const TRAITS: &[Declared] = &[
    Declared::used::<Length>(
        Form::Object(&[may("min", Form::Integer), may("max", Form::Integer)]),
        &[On::Member, On::Data],
    ),
    Declared::used::<Pattern>(Form::Text, &[On::Member, On::Data]),
    Declared::used::<Range>(
        Form::Object(&[may("min", Form::Number), may("max", Form::Number)]),
        &[On::Member, On::Data],
    ),
    Declared::new(
        "smithy.api#uniqueItems",
        Form::Annotation,
        &[],
        Support::NoEffect(SERVER),
    ),
    Declared::used::<RequiresLength>(Form::Annotation, &[On::Data]),
];
