//! Traits for the behaviour of operations: pages, batches and retries.

use super::{Declared, Form, On, Trait, annotations, may, must};
use crate::source::json::{Node, Place, Placed};
use std::rc::Rc;

annotations! {
    /// The member lets the service recognize a repeated call.
    IdempotencyToken = "smithy.api#idempotencyToken";
}

/// The operation returns its results in pages.
#[derive(Debug, Clone)]
pub(crate) struct Paginated {
    pub(crate) input_token: Option<PathText>,
    pub(crate) output_token: Option<PathText>,
    pub(crate) items: Option<PathText>,
    pub(crate) page_size: Option<PathText>,
}

/// A path of member names, separated by dots; `None` if the value has another form.
pub(crate) type PathText = Placed<Option<String>>;

impl Paginated {
    /// The operation's values, or the service's where the operation has none.
    pub(crate) fn or(&self, service: Option<&Self>) -> Self {
        let Some(service) = service else {
            return self.clone();
        };
        let either = |own: &Option<PathText>, other: &Option<PathText>| {
            own.as_ref().or(other.as_ref()).cloned()
        };
        Self {
            input_token: either(&self.input_token, &service.input_token),
            output_token: either(&self.output_token, &service.output_token),
            items: either(&self.items, &service.items),
            page_size: either(&self.page_size, &service.page_size),
        }
    }
}

impl Trait for Paginated {
    const ID: &'static str = "smithy.api#paginated";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        value.as_object()?;
        let path = |key: &str| {
            let node = value.get(key)?;
            Some(PathText {
                value: node.as_str().map(str::to_owned),
                place: node.place.clone(),
            })
        };
        Some(Self {
            input_token: path("inputToken"),
            output_token: path("outputToken"),
            items: path("items"),
            page_size: path("pageSize"),
        })
    }
}

/// The operation takes many items and reports which of them failed. The trait is ours.
#[derive(Debug)]
pub(crate) struct Batch {
    /// The input's member that holds the items.
    pub(crate) items: Placed<String>,
    /// The member that identifies an item; absent if items are strings.
    pub(crate) key: Option<Placed<String>>,
    /// The output's member that lists failures.
    pub(crate) failures: Placed<String>,
    pub(crate) failure_key: Placed<String>,
    pub(crate) failure_code: Placed<String>,
    pub(crate) failure_message: Option<Placed<String>>,
    /// How many items a request can hold, if the model does not limit them.
    pub(crate) limit: Option<Placed<i64>>,
    /// Codes that are worth a retry.
    pub(crate) retry: Vec<Placed<String>>,
    /// Those of them that report throttling.
    pub(crate) throttle: Vec<Placed<String>>,
    /// Codes that report that an item is already in the requested state.
    pub(crate) done: Vec<Placed<String>>,
    /// Whether a request may be sent again although it may have taken effect.
    pub(crate) repeatable: bool,
    pub(crate) place: Place,
}

impl Trait for Batch {
    const ID: &'static str = "chime.sdk#batch";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        Some(Self {
            items: value.string_at("items")?,
            key: value.string_at("key"),
            failures: value.string_at("failures")?,
            failure_key: value.string_at("failureKey")?,
            failure_code: value.string_at("failureCode")?,
            failure_message: value.string_at("failureMessage"),
            limit: value.integer_at("limit"),
            retry: value.strings_at("retry"),
            throttle: value.strings_at("throttle"),
            done: value.strings_at("done"),
            repeatable: value.get("repeat").and_then(Node::as_str) == Some("safe"),
            place: value.place.clone(),
        })
    }
}

pub(crate) const IDEMPOTENT: &str = "smithy.api#idempotent";
pub(crate) const READONLY: &str = "smithy.api#readonly";

const BY_ERROR: &str = "the kind of the error determines whether a retry is safe";

pub(super) const TRAITS: &[Declared] = &[
    Declared::used::<IdempotencyToken>(Form::Annotation, &[On::Member]),
    Declared::used::<Paginated>(
        // Published models have other fields, too.
        Form::Open(&[
            may("inputToken", Form::Text),
            may("outputToken", Form::Text),
            may("items", Form::Text),
            may("pageSize", Form::Text),
        ]),
        &[On::Service, On::Operation],
    ),
    Declared::used::<Batch>(
        Form::Object(&[
            must("items", Form::Text),
            may("key", Form::Text),
            must("failures", Form::Text),
            must("failureKey", Form::Text),
            must("failureCode", Form::Text),
            may("failureMessage", Form::Text),
            may("limit", Form::Integer),
            may("retry", Form::List(&Form::Text)),
            may("throttle", Form::List(&Form::Text)),
            may("done", Form::List(&Form::Text)),
            must("repeat", Form::OneOf(&["safe", "unsafe"])),
        ]),
        &[On::Operation],
    ),
    Declared::no_effect(
        "smithy.api#longPoll",
        Form::Object(&[may("timeoutMillis", Form::Integer)]),
        "a client waits for a response as long as the program lets it",
    ),
    Declared::no_effect(IDEMPOTENT, Form::Annotation, BY_ERROR),
    Declared::no_effect(READONLY, Form::Annotation, BY_ERROR),
];
