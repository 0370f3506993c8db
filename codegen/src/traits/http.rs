//! Traits that bind members to parts of an HTTP message. The protocol determines which of them apply.

use super::uri::{Segment, UriPattern, host_prefix};
use super::{Declared, Form, On, Trait, Traits, annotations, may, must, strings};
use crate::source::json::{Node, Place, Placed};
use std::rc::Rc;

annotations! {
    /// The request has the digest of its body in `Content-MD5`.
    HttpChecksumRequired = "smithy.api#httpChecksumRequired";
    /// The member fills a label of the host prefix.
    HostLabel = "smithy.api#hostLabel";
    /// The member fills a label of the URI.
    HttpLabel = "smithy.api#httpLabel";
    /// The member is the whole body.
    HttpPayload = "smithy.api#httpPayload";
    /// Each entry of the member is a query parameter.
    HttpQueryParams = "smithy.api#httpQueryParams";
    /// The member is the status of the response.
    HttpResponseCode = "smithy.api#httpResponseCode";
}

strings! {
    /// The member is the header with this name.
    HttpHeader = "smithy.api#httpHeader";
    /// Each entry of the member is a header with this prefix.
    HttpPrefixHeaders = "smithy.api#httpPrefixHeaders";
    /// The member is the query parameter with this name.
    HttpQuery = "smithy.api#httpQuery";
    /// The media type of a string or blob.
    MediaType = "smithy.api#mediaType";
}

/// The method, URI and success status of an operation.
#[derive(Debug)]
pub(crate) struct Http {
    pub(crate) method: Placed<String>,
    pub(crate) uri: String,
    /// The URI, or why it is not well-formed.
    pub(crate) pattern: Result<UriPattern, String>,
    pub(crate) code: Option<Placed<i64>>,
    pub(crate) place: Place,
}

impl Trait for Http {
    const ID: &'static str = "smithy.api#http";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let uri = value.string_at("uri")?.value;
        Some(Self {
            method: value.string_at("method")?,
            pattern: UriPattern::parse(&uri),
            uri,
            code: value.integer_at("code"),
            place: value.place.clone(),
        })
    }
}

/// The status of an error's response.
#[derive(Debug)]
pub(crate) struct HttpError(pub(crate) Placed<i64>);

impl Trait for HttpError {
    const ID: &'static str = "smithy.api#httpError";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        Some(Self(Placed {
            value: value.as_i64()?,
            place: value.place.clone(),
        }))
    }
}

/// The host prefix.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) host_prefix: Vec<Segment>,
}

impl Trait for Endpoint {
    const ID: &'static str = "smithy.api#endpoint";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        Some(Self {
            host_prefix: host_prefix(value.get("hostPrefix")?.as_str()?),
        })
    }
}

/// The format of a timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimestampFormat {
    DateTime,
    EpochSeconds,
    HttpDate,
}

impl TimestampFormat {
    pub(crate) const DATE_TIME: &str = "date-time";
    pub(crate) const EPOCH_SECONDS: &str = "epoch-seconds";
    pub(crate) const HTTP_DATE: &str = "http-date";
}

impl Trait for TimestampFormat {
    const ID: &'static str = "smithy.api#timestampFormat";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        match value.as_str()? {
            Self::DATE_TIME => Some(Self::DateTime),
            Self::EPOCH_SECONDS => Some(Self::EpochSeconds),
            Self::HTTP_DATE => Some(Self::HttpDate),
            _ => None,
        }
    }
}

/// The checksums of an operation's messages.
#[derive(Debug)]
pub(crate) struct HttpChecksum {
    /// The input's member that chooses the algorithm of the request.
    pub(crate) algorithm_member: Option<Placed<String>>,
    /// Whether the request must have one.
    pub(crate) required: bool,
    /// The input's member that asks for a checksum in the response.
    pub(crate) mode_member: Option<Placed<String>>,
    pub(crate) response_algorithms: Vec<Placed<String>>,
}

impl Trait for HttpChecksum {
    const ID: &'static str = "aws.protocols#httpChecksum";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        value.as_object()?;
        Some(Self {
            algorithm_member: value.string_at("requestAlgorithmMember"),
            required: value.get("requestChecksumRequired").and_then(Node::as_bool) == Some(true),
            mode_member: value.string_at("requestValidationModeMember"),
            response_algorithms: value.strings_at("responseAlgorithms"),
        })
    }
}

/// The service accepts compressed bodies.
#[derive(Debug)]
pub(crate) struct RequestCompression {
    pub(crate) encodings: Vec<String>,
    pub(crate) place: Place,
}

impl Trait for RequestCompression {
    const ID: &'static str = "smithy.api#requestCompression";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let encodings = value.strings_at("encodings").into_iter();
        Some(Self {
            encodings: encodings.map(|name| name.value).collect(),
            place: value.place.clone(),
        })
    }
}

pub(super) const TRAITS: &[Declared] = &[
    Declared::used::<Endpoint>(
        Form::Object(&[must("hostPrefix", Form::Text)]),
        &[On::Operation],
    ),
    Declared::used::<HostLabel>(Form::Annotation, &[On::Member]),
    Declared::of_protocol::<Http>(
        Form::Object(&[
            must("method", Form::Text),
            must("uri", Form::Text),
            may("code", Form::Integer),
        ]),
        &[On::Operation],
    ),
    Declared::of_protocol::<HttpError>(Form::Integer, &[On::Structure]),
    Declared::of_protocol::<HttpHeader>(Form::Text, &[On::Member]),
    Declared::of_protocol::<HttpLabel>(Form::Annotation, &[On::Member]),
    Declared::of_protocol::<HttpPayload>(Form::Annotation, &[On::Member]),
    Declared::of_protocol::<HttpPrefixHeaders>(Form::Text, &[On::Member]),
    Declared::of_protocol::<HttpQuery>(Form::Text, &[On::Member]),
    Declared::of_protocol::<HttpQueryParams>(Form::Annotation, &[On::Member]),
    Declared::of_protocol::<HttpResponseCode>(Form::Annotation, &[On::Member]),
    Declared::of_protocol::<MediaType>(Form::Text, &[]),
    Declared::of_protocol::<TimestampFormat>(
        Form::OneOf(&[
            TimestampFormat::DATE_TIME,
            TimestampFormat::HTTP_DATE,
            TimestampFormat::EPOCH_SECONDS,
        ]),
        &[On::Member, On::Data],
    ),
    Declared::no_effect("smithy.api#cors", Form::Any, "it is for browsers"),
    Declared::no_effect(
        "aws.api#awsChunked",
        Form::Annotation,
        "a stream with a checksum is encoded so in any case, and one without need not be",
    ),
    Declared::used::<HttpChecksum>(
        Form::Object(&[
            may("requestAlgorithmMember", Form::Text),
            may("requestChecksumRequired", Form::Boolean),
            may("requestValidationModeMember", Form::Text),
            may("responseAlgorithms", Form::List(&Form::Text)),
        ]),
        &[On::Operation],
    ),
    Declared::used::<HttpChecksumRequired>(Form::Annotation, &[On::Operation]),
    Declared::used::<RequestCompression>(
        Form::Object(&[must("encodings", Form::List(&Form::Text))]),
        &[On::Operation],
    ),
];

/// The part of an HTTP message that a member is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Binding {
    Header(String),
    Label,
    Payload,
    PrefixHeaders(String),
    Query(String),
    QueryParams,
    ResponseCode,
}

impl Binding {
    /// All bindings of a member, of which there should be one at most.
    pub(crate) fn all(member: &Traits) -> Vec<Self> {
        let name = |text: &String| text.clone();
        let header = member
            .get()
            .map(|HttpHeader(text)| Self::Header(name(text)));
        let prefix = member
            .get()
            .map(|HttpPrefixHeaders(text)| Self::PrefixHeaders(name(text)));
        let query = member.get().map(|HttpQuery(text)| Self::Query(name(text)));
        [
            header,
            member.get().map(|HttpLabel| Self::Label),
            member.get().map(|HttpPayload| Self::Payload),
            prefix,
            query,
            member.get().map(|HttpQueryParams| Self::QueryParams),
            member.get().map(|HttpResponseCode| Self::ResponseCode),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The ID of the trait that binds the member.
    pub(crate) fn id(&self) -> &'static str {
        match self {
            Self::Header(_) => HttpHeader::ID,
            Self::Label => HttpLabel::ID,
            Self::Payload => HttpPayload::ID,
            Self::PrefixHeaders(_) => HttpPrefixHeaders::ID,
            Self::Query(_) => HttpQuery::ID,
            Self::QueryParams => HttpQueryParams::ID,
            Self::ResponseCode => HttpResponseCode::ID,
        }
    }
}
