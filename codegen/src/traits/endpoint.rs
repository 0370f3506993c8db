//! Traits that determine where requests are sent.

use super::{Declared, Form, On, Support, Trait, annotations, must};
use crate::source::json::Node;
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
    /// Tests of these rules.
    EndpointTests = "smithy.rules#endpointTests";
}

annotations! {
    /// The rules as a decision diagram, which is not supported.
    EndpointDiagram = "smithy.rules#endpointBdd";
}

/// Endpoint parameters by name.
macro_rules! parameters {
    ($($(#[$meta:meta])* $name:ident = $id:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Debug)]
        pub(crate) struct $name {
            pub(crate) names: Vec<String>,
        }

        impl Trait for $name {
            const ID: &'static str = $id;

            fn parse(value: &Rc<Node>) -> Option<Self> {
                let entries = value.as_object()?;
                Some(Self {
                    names: entries.iter().map(|entry| entry.key.clone()).collect(),
                })
            }
        }
    )*};
}

parameters! {
    /// Endpoint parameters that an operation sets to fixed values.
    StaticContextParams = "smithy.rules#staticContextParams";
    /// Endpoint parameters that an operation takes from its input.
    OperationContextParams = "smithy.rules#operationContextParams";
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

pub(crate) const CLIENT_CONTEXT_PARAMS: &str = "smithy.rules#clientContextParams";
pub(crate) const CLIENT_DISCOVERED_ENDPOINT: &str = "aws.api#clientDiscoveredEndpoint";
pub(crate) const CLIENT_ENDPOINT_DISCOVERY: &str = "aws.api#clientEndpointDiscovery";

const RULES: &str = "the endpoint rules contain it";

pub(super) const TRAITS: &[Declared] = &[
    Declared::used::<EndpointRuleSet>(Form::MapOf(&Form::Any), &[On::Service]),
    Declared::used::<EndpointTests>(Form::MapOf(&Form::Any), &[On::Service]),
    // A service that has only this trait is rejected in `check`.
    Declared::no_effect(
        EndpointDiagram::ID,
        Form::Any,
        "it is equivalent to `smithy.rules#endpointRuleSet`, which is used",
    )
    .reading::<EndpointDiagram>(),
    Declared::unsupported(
        CLIENT_CONTEXT_PARAMS,
        "endpoint parameters from the client's settings",
    ),
    Declared::unsupported(ContextParam::ID, "endpoint parameters from members")
        .reading::<ContextParam>(),
    Declared::unsupported(
        OperationContextParams::ID,
        "endpoint parameters from members",
    )
    .reading::<OperationContextParams>(),
    Declared::unsupported(StaticContextParams::ID, "endpoint parameters of operations")
        .reading::<StaticContextParams>(),
    Declared::new(
        CLIENT_DISCOVERED_ENDPOINT,
        Form::Object(&[must("required", Form::Boolean)]),
        &[On::Operation],
        Support::UnsupportedIf("endpoint discovery", |value, _| {
            value.get("required").and_then(Node::as_bool) == Some(true)
        }),
    ),
    Declared::no_effect(
        CLIENT_ENDPOINT_DISCOVERY,
        Form::Any,
        "operations that require a discovered endpoint have a trait of their own",
    ),
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
