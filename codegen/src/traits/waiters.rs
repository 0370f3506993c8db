//! How to wait for a state by calling an operation again and again.

use super::{Declared, Form, On, Trait, may, must};
use crate::source::json::{Node, Place, Placed};
use std::rc::Rc;

/// The waiters of an operation.
#[derive(Debug)]
pub(crate) struct Waitable {
    pub(crate) waiters: Vec<Waiter>,
}

#[derive(Debug)]
pub(crate) struct Waiter {
    pub(crate) name: Placed<String>,
    pub(crate) documentation: Option<String>,
    pub(crate) acceptors: Vec<Acceptor>,
    /// In seconds.
    pub(crate) min_delay: Option<Placed<i64>>,
    /// In seconds.
    pub(crate) max_delay: Option<Placed<i64>>,
    pub(crate) deprecated: bool,
}

/// What a result of a call means.
#[derive(Debug)]
pub(crate) struct Acceptor {
    pub(crate) state: State,
    /// There should be exactly one.
    pub(crate) matchers: Vec<Matcher>,
    pub(crate) place: Place,
}

/// What becomes of waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Success,
    Failure,
    Retry,
}

/// Which results an acceptor matches.
#[derive(Debug)]
pub(crate) enum Matcher {
    Success(bool),
    ErrorType(Placed<String>),
    Output(PathMatcher),
    InputOutput(PathMatcher),
}

/// A test of an expression's value.
#[derive(Debug)]
pub(crate) struct PathMatcher {
    pub(crate) path: Placed<String>,
    pub(crate) comparator: Comparator,
    pub(crate) expected: Placed<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::enum_variant_names,
    reason = "the names are those of the model"
)]
pub(crate) enum Comparator {
    StringEquals,
    BooleanEquals,
    AllStringEquals,
    AnyStringEquals,
}

const STATES: &[(&str, State)] = &[
    ("success", State::Success),
    ("failure", State::Failure),
    ("retry", State::Retry),
];

const COMPARATORS: &[(&str, Comparator)] = &[
    ("stringEquals", Comparator::StringEquals),
    ("booleanEquals", Comparator::BooleanEquals),
    ("allStringEquals", Comparator::AllStringEquals),
    ("anyStringEquals", Comparator::AnyStringEquals),
];

impl Comparator {
    /// Its name in the model.
    pub(crate) fn name(self) -> &'static str {
        let mut all = COMPARATORS.iter();
        all.find(|(_, comparator)| *comparator == self)
            .map_or("", |(name, _)| name)
    }
}

/// The value that a string names in a table.
fn named<T: Copy>(table: &[(&str, T)], node: Option<&Node>) -> Option<T> {
    let text = node?.as_str()?;
    let mut table = table.iter();
    Some(table.find(|(name, _)| *name == text)?.1)
}

impl Trait for Waitable {
    const ID: &'static str = "smithy.waiters#waitable";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let waiters = value.as_object()?.iter().map(|entry| {
            let node = &entry.value;
            let acceptors = node.get("acceptors")?.as_array()?;
            Some(Waiter {
                name: Placed {
                    value: entry.key.clone(),
                    place: entry.key_place.clone(),
                },
                documentation: node.string_at("documentation").map(|text| text.value),
                acceptors: acceptors.iter().map(acceptor).collect::<Option<_>>()?,
                min_delay: node.integer_at("minDelay"),
                max_delay: node.integer_at("maxDelay"),
                deprecated: node.get("deprecated").and_then(Node::as_bool) == Some(true),
            })
        });
        Some(Self {
            waiters: waiters.collect::<Option<_>>()?,
        })
    }
}

fn acceptor(node: &Node) -> Option<Acceptor> {
    let matchers = node.get("matcher")?.as_object()?;
    let matchers = matchers.iter().map(|entry| {
        let value = &entry.value;
        Some(match entry.key.as_str() {
            "success" => Matcher::Success(value.as_bool()?),
            "errorType" => Matcher::ErrorType(Placed {
                value: value.as_str()?.to_owned(),
                place: value.place.clone(),
            }),
            "output" => Matcher::Output(path_matcher(value)?),
            "inputOutput" => Matcher::InputOutput(path_matcher(value)?),
            _ => return None,
        })
    });
    Some(Acceptor {
        state: named(STATES, node.get("state"))?,
        matchers: matchers.collect::<Option<_>>()?,
        place: node.place.clone(),
    })
}

fn path_matcher(node: &Node) -> Option<PathMatcher> {
    Some(PathMatcher {
        path: node.string_at("path")?,
        comparator: named(COMPARATORS, node.get("comparator"))?,
        expected: node.string_at("expected")?,
    })
}

const PATH_MATCHER: Form = Form::Object(&[
    must("path", Form::Text),
    must(
        "comparator",
        Form::OneOf(&[
            "stringEquals",
            "booleanEquals",
            "allStringEquals",
            "anyStringEquals",
        ]),
    ),
    must("expected", Form::Text),
]);

const ACCEPTOR: Form = Form::Object(&[
    must("state", Form::OneOf(&["success", "failure", "retry"])),
    must(
        "matcher",
        Form::Object(&[
            may("success", Form::Boolean),
            may("errorType", Form::Text),
            may("output", PATH_MATCHER),
            may("inputOutput", PATH_MATCHER),
        ]),
    ),
]);

// Published models have other fields, too.
const WAITER: Form = Form::Open(&[
    may("documentation", Form::Text),
    must("acceptors", Form::List(&ACCEPTOR)),
    may("minDelay", Form::Integer),
    may("maxDelay", Form::Integer),
    may("deprecated", Form::Boolean),
    may("tags", Form::List(&Form::Text)),
]);

pub(super) const TRAITS: &[Declared] = &[Declared::used::<Waitable>(
    Form::MapOf(&WAITER),
    &[On::Operation],
)];
