//! Traits that determine where requests are sent.

use super::{Declared, Form, On, Trait, annotations, may, must};
use crate::source::json::{Node, Place};
use std::rc::Rc;

/// A trait whose value a later stage compiles.
macro_rules! whole {
    ($($(#[$meta:meta])* $name:ident = $id:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Debug)]
        pub(crate) struct $name(pub(crate) Rc<Node>);

        impl Trait for $name {
            const ID: &'static str = $id;

            fn parse(value: &Rc<Node>) -> Option<Self> {
                Some(Self(Rc::clone(value)))
            }
        }
    )*};
}

whole! {
    /// The rules that turn endpoint parameters into an endpoint.
    EndpointRuleSet = "smithy.rules#endpointRuleSet";
    /// The same as a decision diagram.
    EndpointDiagram = "smithy.rules#endpointBdd";
    /// Tests of these rules.
    EndpointTests = "smithy.rules#endpointTests";
}

/// The value of an endpoint parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ParameterValue {
    Bool(bool),
    Text(String),
    List(Vec<String>),
}

impl ParameterValue {
    fn read(node: &Node) -> Option<Self> {
        if let Some(items) = node.as_array() {
            let items = items.iter().map(|item| item.as_str().map(str::to_owned));
            return items.collect::<Option<_>>().map(Self::List);
        }
        let text = || Some(Self::Text(node.as_str()?.to_owned()));
        node.as_bool().map(Self::Bool).or_else(text)
    }
}

/// An entry of a trait that gives endpoint parameters their values.
#[derive(Debug)]
pub(crate) struct Given<T> {
    /// The parameter.
    pub(crate) name: String,
    pub(crate) value: T,
    pub(crate) place: Place,
}

/// The entries of a trait, if all of them can be read.
fn given<T>(value: &Node, read: impl Fn(&Node) -> Option<T>) -> Option<Vec<Given<T>>> {
    let entries = value.as_object()?.iter();
    let given = entries.map(|entry| {
        Some(Given {
            name: entry.key.clone(),
            value: read(&entry.value)?,
            place: entry.value.place.clone(),
        })
    });
    given.collect()
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key)?.as_str().map(str::to_owned)
}

/// Endpoint parameters that an operation sets to fixed values.
#[derive(Debug)]
pub(crate) struct StaticContextParams(pub(crate) Vec<Given<ParameterValue>>);

impl Trait for StaticContextParams {
    const ID: &'static str = "smithy.rules#staticContextParams";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        given(value, |node| ParameterValue::read(node.get("value")?)).map(Self)
    }
}

/// Endpoint parameters that an operation takes out of its input, each with its path.
#[derive(Debug)]
pub(crate) struct OperationContextParams(pub(crate) Vec<Given<String>>);

impl Trait for OperationContextParams {
    const ID: &'static str = "smithy.rules#operationContextParams";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        given(value, |node| text(node, "path")).map(Self)
    }
}

/// Endpoint parameters that are settings of the client.
#[derive(Debug)]
pub(crate) struct ClientContextParams(pub(crate) Vec<Given<ClientParameter>>);

/// A setting of the client.
#[derive(Debug)]
pub(crate) struct ClientParameter {
    pub(crate) ty: String,
}

impl Trait for ClientContextParams {
    const ID: &'static str = "smithy.rules#clientContextParams";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        given(value, |node| {
            Some(ClientParameter {
                ty: text(node, "type")?,
            })
        })
        .map(Self)
    }
}

/// The member is the value of an endpoint parameter.
#[derive(Debug)]
pub(crate) struct ContextParam {
    pub(crate) name: String,
}

impl Trait for ContextParam {
    const ID: &'static str = "smithy.rules#contextParam";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        Some(Self {
            name: value.get("name")?.as_str()?.to_owned(),
        })
    }
}

/// The operation's calls go to an endpoint that another operation returns.
#[derive(Debug)]
pub(crate) struct ClientDiscoveredEndpoint {
    /// Whether they must. Otherwise, the caller decides.
    pub(crate) required: bool,
}

impl Trait for ClientDiscoveredEndpoint {
    const ID: &'static str = "aws.api#clientDiscoveredEndpoint";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let required = value.get("required")?.as_bool()?;
        Some(Self { required })
    }
}

/// The service has an operation that returns endpoints.
#[derive(Debug)]
pub(crate) struct ClientEndpointDiscovery {
    pub(crate) operation: String,
    /// The error that means that an endpoint is no longer valid.
    pub(crate) error: Option<String>,
}

impl Trait for ClientEndpointDiscovery {
    const ID: &'static str = "aws.api#clientEndpointDiscovery";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let text = |key: &str| value.get(key).and_then(Node::as_str).map(str::to_owned);
        Some(Self {
            operation: text("operation")?,
            error: text("error"),
        })
    }
}

annotations! {
    /// Calls with different values of the input's member may have different endpoints.
    ClientEndpointDiscoveryId = "aws.api#clientEndpointDiscoveryId";
}

const RULES: &str = "the endpoint rules contain it";

pub(super) const TRAITS: &[Declared] = &[
    Declared::used::<EndpointRuleSet>(Form::MapOf(&Form::Any), &[On::Service]),
    Declared::used::<EndpointTests>(Form::MapOf(&Form::Any), &[On::Service]),
    Declared::used::<EndpointDiagram>(Form::MapOf(&Form::Any), &[On::Service]),
    Declared::used::<ClientContextParams>(
        Form::MapOf(&Form::Object(&[
            must("type", Form::Text),
            may("documentation", Form::Text),
        ])),
        &[On::Service],
    ),
    Declared::used::<ContextParam>(Form::Object(&[must("name", Form::Text)]), &[On::Member]),
    Declared::used::<OperationContextParams>(
        Form::MapOf(&Form::Object(&[must("path", Form::Text)])),
        &[On::Operation],
    ),
    Declared::used::<StaticContextParams>(
        Form::MapOf(&Form::Object(&[must("value", Form::Any)])),
        &[On::Operation],
    ),
    Declared::used::<ClientDiscoveredEndpoint>(
        Form::Object(&[must("required", Form::Boolean)]),
        &[On::Operation],
    ),
    Declared::used::<ClientEndpointDiscovery>(
        Form::Object(&[must("operation", Form::Text), may("error", Form::Text)]),
        &[On::Service],
    ),
    Declared::used::<ClientEndpointDiscoveryId>(Form::Annotation, &[On::Member]),
    Declared::no_effect("aws.endpoints#dualStackOnlyEndpoints", Form::Any, RULES),
    Declared::no_effect("aws.endpoints#endpointsModifier", Form::Any, RULES),
    Declared::no_effect("aws.endpoints#rulesBasedEndpoints", Form::Any, RULES),
    Declared::no_effect(
        "aws.endpoints#standardPartitionalEndpoints",
        Form::Any,
        RULES,
    ),
    Declared::no_effect("aws.endpoints#standardRegionalEndpoints", Form::Any, RULES),
];
