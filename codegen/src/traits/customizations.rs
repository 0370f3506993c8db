//! Traits of ours for what services need beyond what their models say.
//!
//! `customizations.json` applies them to the services of AWS. Your own models can use them as well.

use super::{Declared, Form, On, Trait, annotations, may, must, strings};
use crate::ir::Retry;
use crate::source::json::Node;
use std::rc::Rc;

annotations! {
    /// The value of the input's member is the URL that the call goes to.
    CallEndpoint = "chime.sdk#callEndpoint";
    /// A document whose root is an error is one, even if the response is successful.
    ErrorsInSuccess = "chime.sdk#errorsInSuccess";
    /// Only what follows the last slash of an input's member is sent.
    LastSegment = "chime.sdk#lastSegment";
    /// Labels may contain segments of dots, because paths are names.
    RawPaths = "chime.sdk#rawPaths";
    /// Requests have the tree hash of their body in a header.
    TreeHash = "chime.sdk#treeHash";
}

strings! {
    /// What the operation does not do although the AWS SDKs do: a clause without a full stop.
    Incomplete = "chime.sdk#incomplete";
    /// What the member of an input is if it is absent or empty.
    InputDefault = "chime.sdk#inputDefault";
    /// The timestamp in the header may be malformed. This header contains its text.
    LenientHeader = "chime.sdk#lenientHeader";
}

/// Members of inputs that the endpoint contains if they are endpoint parameters. The path does not repeat them.
#[derive(Debug)]
pub(crate) struct EndpointLabels(pub(crate) Vec<String>);

impl Trait for EndpointLabels {
    const ID: &'static str = "chime.sdk#endpointLabels";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let names = value.as_array()?.iter();
        let names = names.map(|name| name.as_str().map(str::to_owned));
        Some(Self(names.collect::<Option<_>>()?))
    }
}

/// Headers of every request of the service.
#[derive(Debug)]
pub(crate) struct RequestHeaders(pub(crate) Vec<(String, String)>);

impl Trait for RequestHeaders {
    const ID: &'static str = "chime.sdk#requestHeaders";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let entries = value.as_object()?.iter();
        let headers = entries.map(|entry| {
            let text = entry.value.as_str()?;
            Some((entry.key.clone(), text.to_owned()))
        });
        Some(Self(headers.collect::<Option<_>>()?))
    }
}

/// The codes of error responses without a body, by HTTP status.
#[derive(Debug)]
pub(crate) struct EmptyErrors(pub(crate) Vec<(u16, String)>);

impl Trait for EmptyErrors {
    const ID: &'static str = "chime.sdk#emptyErrors";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let entries = value.as_object()?.iter();
        let codes = entries.map(|entry| {
            let status = entry.key.parse().ok()?;
            Some((status, entry.value.as_str()?.to_owned()))
        });
        Some(Self(codes.collect::<Option<_>>()?))
    }
}

/// Where the environment and the profile have settings of the client.
#[derive(Debug)]
pub(crate) struct SettingSources(pub(crate) Vec<SettingSource>);

/// A setting of the client that is an endpoint parameter.
#[derive(Debug, Clone)]
pub(crate) struct SettingSource {
    /// The name of the parameter.
    pub(crate) param: String,
    /// The environment variable.
    pub(crate) variable: String,
    /// The key of the profile.
    pub(crate) key: String,
    /// The value where neither has one.
    pub(crate) default: Option<bool>,
}

impl Trait for SettingSources {
    const ID: &'static str = "chime.sdk#settingSources";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let entries = value.as_object()?.iter();
        let sources = entries.map(|entry| {
            let text = |key: &str| Some(entry.value.get(key)?.as_str()?.to_owned());
            Some(SettingSource {
                param: entry.key.clone(),
                variable: text("variable")?,
                key: text("key")?,
                default: entry.value.get("default").and_then(Node::as_bool),
            })
        });
        Some(Self(sources.collect::<Option<_>>()?))
    }
}

/// The codes of errors that are worth a retry.
#[derive(Debug)]
pub(crate) struct RetriedCodes(pub(crate) Vec<(String, Retry)>);

const KINDS: &[&str] = &["server", "throttling", "transient"];

impl Trait for RetriedCodes {
    const ID: &'static str = "chime.sdk#retriedCodes";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let entries = value.as_object()?.iter();
        let codes = entries.map(|entry| {
            let kind = match entry.value.as_str()? {
                "server" => Retry::ServerFault,
                "throttling" => Retry::Throttling,
                "transient" => Retry::Transient,
                _ => return None,
            };
            Some((entry.key.clone(), kind))
        });
        Some(Self(codes.collect::<Option<_>>()?))
    }
}

pub(super) const TRAITS: &[Declared] = &[
    Declared::used::<CallEndpoint>(Form::Annotation, &[On::Member]),
    Declared::used::<EmptyErrors>(Form::MapOf(&Form::Text), &[On::Service]),
    Declared::used::<EndpointLabels>(Form::List(&Form::Text), &[On::Service]),
    Declared::used::<ErrorsInSuccess>(Form::Annotation, &[On::Service]),
    Declared::used::<Incomplete>(Form::Text, &[On::Operation]),
    Declared::used::<InputDefault>(Form::Text, &[On::Member]),
    Declared::used::<LastSegment>(Form::Annotation, &[On::Member, On::Data]),
    Declared::used::<LenientHeader>(Form::Text, &[On::Member]),
    Declared::used::<RawPaths>(Form::Annotation, &[On::Service]),
    Declared::used::<RequestHeaders>(Form::MapOf(&Form::Text), &[On::Service]),
    Declared::used::<RetriedCodes>(Form::MapOf(&Form::OneOf(KINDS)), &[On::Service]),
    Declared::used::<SettingSources>(
        Form::MapOf(&Form::Object(&[
            must("variable", Form::Text),
            must("key", Form::Text),
            may("default", Form::Boolean),
        ])),
        &[On::Service],
    ),
    Declared::used::<TreeHash>(Form::Annotation, &[On::Operation]),
];
