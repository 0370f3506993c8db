//! Authentication: the schemes that a service has, and those that an operation may use.

use super::{Declared, Form, On, Support, Trait, Traits, annotations, may, must};
use crate::source::json::{Node, Place, Placed};
use std::rc::Rc;

annotations! {
    /// The operation can be called without authentication.
    OptionalAuth = "smithy.api#optionalAuth";
    /// The signature does not cover the body of the request.
    UnsignedPayload = "aws.auth#unsignedPayload";
    /// Requests have a token in the header `Authorization`.
    HttpBearer = "smithy.api#httpBearerAuth";
    /// Requests have a user name and a password in the header `Authorization`.
    HttpBasic = "smithy.api#httpBasicAuth";
}

/// The schemes that a service or an operation uses, the preferred one first.
#[derive(Debug)]
pub(crate) struct Auth {
    pub(crate) schemes: Vec<Placed<String>>,
}

impl Trait for Auth {
    const ID: &'static str = "smithy.api#auth";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        value.as_array()?;
        Some(Self {
            schemes: value.strings(),
        })
    }
}

/// Requests are signed for a service of this name.
#[derive(Debug)]
pub(crate) struct Sigv4 {
    pub(crate) name: String,
}

impl Trait for Sigv4 {
    const ID: &'static str = "aws.auth#sigv4";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        Some(Self {
            name: value.get("name")?.as_str()?.to_owned(),
        })
    }
}

/// Requests are signed for a service of this name, for a set of regions.
#[derive(Debug)]
pub(crate) struct Sigv4a {
    pub(crate) name: String,
}

impl Trait for Sigv4a {
    const ID: &'static str = "aws.auth#sigv4a";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        Some(Self {
            name: value.get("name")?.as_str()?.to_owned(),
        })
    }
}

/// Requests have an API key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HttpApiKey {
    /// The name of the header or of the query parameter.
    pub(crate) name: String,
    pub(crate) in_query: bool,
    /// What precedes the key in a header.
    pub(crate) scheme: Option<String>,
}

impl Trait for HttpApiKey {
    const ID: &'static str = "smithy.api#httpApiKeyAuth";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let text = |key: &str| value.get(key).and_then(Node::as_str).map(str::to_owned);
        Some(Self {
            name: text("name")?,
            in_query: text("in")? == "query",
            scheme: text("scheme"),
        })
    }
}

/// The ID for no authentication in the trait `auth`. It is not a trait of shapes.
pub(crate) const NO_AUTH: &str = "smithy.api#noAuth";

/// Signature Version 2, which has no trait of Smithy's. The ID is ours.
pub(crate) const SIGV2: &str = "chime.sdk#sigv2";
pub(crate) const HTTP_DIGEST: &str = "smithy.api#httpDigestAuth";
const COGNITO: &str = "aws.auth#cognitoUserPools";

/// What the generator does with a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// No authentication.
    None,
    Sigv4,
    Sigv4a,
    HttpBearer,
    HttpBasic,
    HttpApiKey,
    /// The generator does not support it. The string describes the scheme.
    Lacking(&'static str),
    /// It is in no table.
    Unknown,
}

/// The schemes that are traits of a service, sorted by ID. This is the order of preference if the model has none.
const SCHEMES: &[(&str, Scheme)] = &[
    (
        COGNITO,
        Scheme::Lacking("authentication with Amazon Cognito user pools"),
    ),
    (Sigv4::ID, Scheme::Sigv4),
    (Sigv4a::ID, Scheme::Sigv4a),
    (SIGV2, Scheme::Lacking("signing with Signature Version 2")),
    (HttpApiKey::ID, Scheme::HttpApiKey),
    (HttpBasic::ID, Scheme::HttpBasic),
    (HttpBearer::ID, Scheme::HttpBearer),
    (HTTP_DIGEST, Scheme::Lacking("HTTP digest authentication")),
];

impl Scheme {
    /// The scheme with this ID.
    pub(crate) fn of(id: &str) -> Self {
        let known = SCHEMES.iter().find(|(known, _)| *known == id);
        match known {
            Some((_, scheme)) => *scheme,
            None if id == NO_AUTH => Self::None,
            None => Self::Unknown,
        }
    }
}

/// The schemes of a service, with the places where they are applied.
pub(crate) fn schemes(service: &Traits) -> impl Iterator<Item = (&'static str, &Place)> {
    SCHEMES
        .iter()
        .filter_map(|(id, _)| Some((*id, &service.find(id)?.applied.place)))
}

/// Whether the trait `auth` may name this scheme: a scheme of the service, or no authentication.
pub(crate) fn may_use(service: &Traits, scheme: &str) -> bool {
    scheme == NO_AUTH || service.find(scheme).is_some()
}

/// A scheme that the generator lacks. Only operations that use it need it.
const fn lacking(id: &'static str) -> Declared {
    Declared::new(
        id,
        Form::Any,
        &[On::Service],
        Support::NoEffect("operations that use the scheme require it"),
    )
}

pub(super) const TRAITS: &[Declared] = &[
    Declared::used::<Auth>(Form::List(&Form::Text), &[On::Service, On::Operation]),
    Declared::used::<OptionalAuth>(Form::Annotation, &[On::Operation]),
    Declared::used::<Sigv4>(Form::Object(&[must("name", Form::Text)]), &[On::Service]),
    Declared::used::<Sigv4a>(Form::Object(&[must("name", Form::Text)]), &[On::Service]),
    Declared::used::<HttpBearer>(Form::Annotation, &[On::Service]),
    Declared::used::<HttpBasic>(Form::Annotation, &[On::Service]),
    Declared::used::<HttpApiKey>(
        Form::Object(&[
            must("name", Form::Text),
            must("in", Form::OneOf(&["header", "query"])),
            may("scheme", Form::Text),
        ]),
        &[On::Service],
    ),
    Declared::used::<UnsignedPayload>(Form::Annotation, &[On::Operation]),
    lacking(SIGV2),
    lacking(COGNITO),
    lacking(HTTP_DIGEST),
];
