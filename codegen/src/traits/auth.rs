//! Authentication: the schemes that a service has, and those that an operation may use.

use super::{Declared, Form, On, Support, Trait, Traits, annotations, must};
use crate::source::json::{Node, Place, Placed};
use std::rc::Rc;

annotations! {
    /// The operation can be called without authentication.
    OptionalAuth = "smithy.api#optionalAuth";
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

/// The ID for no authentication in the trait `auth`. It is not a trait of shapes.
pub(crate) const NO_AUTH: &str = "smithy.api#noAuth";

/// Signature Version 2, which has no trait of Smithy's. The ID is ours.
pub(crate) const SIGV2: &str = "chime.sdk#sigv2";
pub(crate) const SIGV4A: &str = "aws.auth#sigv4a";
pub(crate) const HTTP_BASIC: &str = "smithy.api#httpBasicAuth";
pub(crate) const HTTP_BEARER: &str = "smithy.api#httpBearerAuth";
pub(crate) const HTTP_DIGEST: &str = "smithy.api#httpDigestAuth";
const COGNITO: &str = "aws.auth#cognitoUserPools";
const HTTP_API_KEY: &str = "smithy.api#httpApiKeyAuth";
pub(crate) const UNSIGNED_PAYLOAD: &str = "aws.auth#unsignedPayload";

/// What the generator does with a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// No authentication.
    None,
    Sigv4,
    /// The generator does not support it. The string describes the scheme.
    Lacking(&'static str),
    /// It is in no table.
    Unknown,
}

/// The schemes that are traits of a service, in the order of preference if the model has none.
const SCHEMES: &[(&str, Scheme)] = &[
    (
        COGNITO,
        Scheme::Lacking("authentication with Amazon Cognito user pools"),
    ),
    (SIGV2, Scheme::Lacking("signing with Signature Version 2")),
    (SIGV4A, Scheme::Lacking("signing with SigV4a")),
    (
        HTTP_API_KEY,
        Scheme::Lacking("authentication with API keys"),
    ),
    (HTTP_BASIC, Scheme::Lacking("HTTP basic authentication")),
    (
        HTTP_BEARER,
        Scheme::Lacking("authentication with bearer tokens"),
    ),
    (HTTP_DIGEST, Scheme::Lacking("HTTP digest authentication")),
    (Sigv4::ID, Scheme::Sigv4),
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

/// A scheme of the service. Only operations that use it need it.
const fn scheme(id: &'static str) -> Declared {
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
    scheme(SIGV2),
    scheme(SIGV4A),
    scheme(COGNITO),
    scheme(HTTP_API_KEY),
    scheme(HTTP_BASIC),
    scheme(HTTP_BEARER),
    scheme(HTTP_DIGEST),
    Declared::unsupported(UNSIGNED_PAYLOAD, "signing without the payload"),
];
