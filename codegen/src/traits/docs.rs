//! Documentation and other information for readers of a model.

use super::{Declared, Form, Trait, may, strings};
use crate::source::json::Node;
use std::rc::Rc;

strings! {
    /// Markdown, or HTML.
    Documentation = "smithy.api#documentation";
    /// The proper name of the service.
    Title = "smithy.api#title";
}

/// The shape or member should not be used anymore.
#[derive(Debug)]
pub(crate) struct Deprecated {
    pub(crate) message: Option<String>,
    pub(crate) since: Option<String>,
}

impl Trait for Deprecated {
    const ID: &'static str = "smithy.api#deprecated";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let text = |key: &str| value.get(key).and_then(Node::as_str).map(str::to_owned);
        Some(Self {
            message: text("message"),
            since: text("since"),
        })
    }
}

pub(crate) const EXAMPLES: &str = "smithy.api#examples";
pub(crate) const EXTERNAL_DOCUMENTATION: &str = "smithy.api#externalDocumentation";

const READERS: &str = "it is for readers of the model";

pub(super) const TRAITS: &[Declared] = &[
    Declared::used::<Documentation>(Form::Text, &[]),
    Declared::used::<Deprecated>(
        Form::Object(&[may("message", Form::Text), may("since", Form::Text)]),
        &[],
    ),
    Declared::used::<Title>(Form::Text, &[]),
    Declared::no_effect(
        EXAMPLES,
        Form::Any,
        "examples are not part of the interface",
    ),
    Declared::no_effect(EXTERNAL_DOCUMENTATION, Form::Any, READERS),
    Declared::no_effect("smithy.api#recommended", Form::Any, READERS),
    Declared::no_effect("smithy.api#since", Form::Any, READERS),
    Declared::no_effect("smithy.api#unstable", Form::Any, READERS),
];
