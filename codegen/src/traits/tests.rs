//! Traits that describe tests of a protocol.

use super::{Declared, Form, Trait, may, must};
use crate::source::json::Node;
use std::rc::Rc;

/// What a test of any kind has in common.
#[derive(Debug, Clone)]
pub(crate) struct Common {
    pub(crate) id: String,
    /// The ID of the protocol's trait.
    pub(crate) protocol: String,
    pub(crate) applies_to: Option<AppliesTo>,
    pub(crate) documentation: Option<String>,
    /// Settings of a vendor: `s3Config`, say.
    pub(crate) vendor_params: Option<Rc<Node>>,
}

/// Which side of the wire a test is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AppliesTo {
    Client,
    Server,
}

/// A request that an input must become.
#[derive(Debug, Clone)]
pub(crate) struct RequestTest {
    pub(crate) common: Common,
    pub(crate) request: ExpectedRequest,
    pub(crate) params: Option<Rc<Node>>,
}

/// What a request must look like.
#[derive(Debug, Clone, Default)]
pub(crate) struct ExpectedRequest {
    pub(crate) method: String,
    pub(crate) uri: String,
    /// The host that the client is configured with.
    pub(crate) host: Option<String>,
    /// The host that the request is sent to.
    pub(crate) resolved_host: Option<String>,
    /// The auth scheme that the request is signed by.
    pub(crate) auth_scheme: Option<String>,
    pub(crate) query_params: Vec<String>,
    pub(crate) forbid_query_params: Vec<String>,
    pub(crate) require_query_params: Vec<String>,
    pub(crate) message: Message,
}

/// A response, and the output or the error that it must become.
#[derive(Debug, Clone)]
pub(crate) struct ResponseTest {
    pub(crate) common: Common,
    pub(crate) code: u16,
    pub(crate) message: Message,
    pub(crate) params: Option<Rc<Node>>,
}

/// Headers and body.
#[derive(Debug, Clone, Default)]
pub(crate) struct Message {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) forbid_headers: Vec<String>,
    pub(crate) require_headers: Vec<String>,
    /// `None` if it does not matter.
    pub(crate) body: Option<String>,
    pub(crate) body_media_type: Option<String>,
}

/// Requests that inputs of an operation must become.
#[derive(Debug)]
pub(crate) struct HttpRequestTests(pub(crate) Vec<RequestTest>);

/// Responses that outputs of an operation, or an error, must be read from.
#[derive(Debug)]
pub(crate) struct HttpResponseTests(pub(crate) Vec<ResponseTest>);

/// Calls of an operation whose request or response consists of events.
#[derive(Debug)]
pub(crate) struct EventStreamTests(pub(crate) Vec<EventStreamTest>);

/// A call of an operation whose request or response consists of events.
#[derive(Debug, Clone)]
pub(crate) struct EventStreamTest {
    pub(crate) common: Common,
    /// The input's members other than its stream.
    pub(crate) input: Option<Rc<Node>>,
    /// What the request must look like before its events.
    pub(crate) request: Option<ExpectedRequest>,
    /// The output's members other than its stream.
    pub(crate) output: Option<Rc<Node>>,
    /// The status, and what else precedes the events of the response.
    pub(crate) response: Option<(u16, Message)>,
    pub(crate) sent: Vec<Event>,
    pub(crate) received: Vec<Event>,
    pub(crate) expectation: Expectation,
}

/// A message of an event stream.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    /// The value of the union. Without it, the message is none of the model's events.
    pub(crate) params: Option<Rc<Node>>,
    pub(crate) headers: Vec<EventHeader>,
    pub(crate) forbid_headers: Vec<String>,
    pub(crate) require_headers: Vec<String>,
    /// `None` if it does not matter.
    pub(crate) body: Option<String>,
    pub(crate) body_media_type: Option<String>,
    /// The frame in Base64.
    pub(crate) bytes: Option<String>,
}

/// A header of an event.
#[derive(Debug, Clone)]
pub(crate) struct EventHeader {
    pub(crate) name: String,
    /// The member of Smithy's `EventHeaderValue`: `short`, say.
    pub(crate) kind: String,
    pub(crate) value: Rc<Node>,
}

/// How a call must end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expectation {
    Success,
    Failure {
        /// The ID of the modelled error.
        error: Option<String>,
    },
}

impl Trait for EventStreamTests {
    const ID: &'static str = "smithy.test#eventStreamTests";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        value
            .as_array()?
            .iter()
            .map(event_stream_test)
            .collect::<Option<_>>()
            .map(Self)
    }
}

impl Trait for HttpRequestTests {
    const ID: &'static str = "smithy.test#httpRequestTests";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let test = |node: &Node| {
            Some(RequestTest {
                common: common(node)?,
                request: expected_request(node)?,
                params: node.get("params").cloned().map(Rc::new),
            })
        };
        value
            .as_array()?
            .iter()
            .map(test)
            .collect::<Option<_>>()
            .map(Self)
    }
}

impl Trait for HttpResponseTests {
    const ID: &'static str = "smithy.test#httpResponseTests";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let test = |node: &Node| {
            Some(ResponseTest {
                common: common(node)?,
                code: u16::try_from(node.get("code")?.as_i64()?).ok()?,
                message: message(node),
                params: node.get("params").cloned().map(Rc::new),
            })
        };
        value
            .as_array()?
            .iter()
            .map(test)
            .collect::<Option<_>>()
            .map(Self)
    }
}

fn event_stream_test(node: &Node) -> Option<EventStreamTest> {
    let of_type = |kind: &str| {
        let events = node.get("events").and_then(Node::as_array);
        let events = events.unwrap_or_default().iter();
        events
            .filter(|event| event.get("type").and_then(Node::as_str) == Some(kind))
            .map(event)
            .collect()
    };
    let response = node.get("initialResponse").and_then(|response| {
        let code = u16::try_from(response.get("code")?.as_i64()?).ok()?;
        Some((code, message(response)))
    });
    let failure = node.get("expectation").and_then(|it| it.get("failure"));
    Some(EventStreamTest {
        common: common(node)?,
        input: node.get("initialRequestParams").cloned().map(Rc::new),
        request: node.get("initialRequest").and_then(expected_request),
        output: node.get("initialResponseParams").cloned().map(Rc::new),
        response,
        sent: of_type("request"),
        received: of_type("response"),
        expectation: match failure {
            None => Expectation::Success,
            Some(failure) => Expectation::Failure {
                error: text(failure, "errorId"),
            },
        },
    })
}

fn event(node: &Node) -> Event {
    let headers = node.get("headers").and_then(Node::as_object);
    let header = |entry: &crate::source::json::Entry| {
        let value = entry.value.as_object()?.first()?;
        Some(EventHeader {
            name: entry.key.clone(),
            kind: value.key.clone(),
            value: Rc::new(value.value.clone()),
        })
    };
    Event {
        params: node.get("params").cloned().map(Rc::new),
        headers: headers
            .unwrap_or_default()
            .iter()
            .filter_map(header)
            .collect(),
        forbid_headers: texts(node, "forbidHeaders"),
        require_headers: texts(node, "requireHeaders"),
        body: text(node, "body"),
        body_media_type: text(node, "bodyMediaType"),
        bytes: text(node, "bytes"),
    }
}

fn common(node: &Node) -> Option<Common> {
    let text = |key: &str| text(node, key);
    Some(Common {
        id: text("id")?,
        protocol: text("protocol")?,
        applies_to: text("appliesTo").map(|side| match side.as_str() {
            SERVER => AppliesTo::Server,
            _ => AppliesTo::Client,
        }),
        documentation: text("documentation"),
        vendor_params: node.get("vendorParams").cloned().map(Rc::new),
    })
}

pub(super) fn expected_request(node: &Node) -> Option<ExpectedRequest> {
    let text = |key: &str| text(node, key);
    Some(ExpectedRequest {
        method: text("method")?,
        uri: text("uri")?,
        host: text("host"),
        resolved_host: text("resolvedHost"),
        auth_scheme: text("authScheme"),
        query_params: texts(node, "queryParams"),
        forbid_query_params: texts(node, "forbidQueryParams"),
        require_query_params: texts(node, "requireQueryParams"),
        message: message(node),
    })
}

pub(super) fn message(node: &Node) -> Message {
    let text = |key: &str| text(node, key);
    let headers = node.get("headers").and_then(Node::as_object);
    let header = |entry: &crate::source::json::Entry| {
        Some((entry.key.clone(), entry.value.as_str()?.to_owned()))
    };
    Message {
        headers: headers
            .unwrap_or_default()
            .iter()
            .filter_map(header)
            .collect(),
        forbid_headers: texts(node, "forbidHeaders"),
        require_headers: texts(node, "requireHeaders"),
        body: text("body"),
        body_media_type: text("bodyMediaType"),
    }
}

fn text(node: &Node, key: &str) -> Option<String> {
    Some(node.get(key)?.as_str()?.to_owned())
}

fn texts(node: &Node, key: &str) -> Vec<String> {
    node.strings_at(key)
        .into_iter()
        .map(|text| text.value)
        .collect()
}

const CLIENT: &str = "client";
const SERVER: &str = "server";

pub(crate) const HTTP_MALFORMED_REQUEST_TESTS: &str = "smithy.test#httpMalformedRequestTests";
pub(crate) const SMOKE_TESTS: &str = "smithy.test#smokeTests";

/// A trait that describes tests of another kind.
const fn other(id: &'static str, why: &'static str) -> Declared {
    Declared::no_effect(id, Form::Any, why)
}

const TEXTS: Form = Form::List(&Form::Text);

pub(super) const TRAITS: &[Declared] = &[
    Declared::used::<HttpRequestTests>(
        Form::List(&Form::Open(&[
            must("id", Form::Text),
            must("protocol", Form::Text),
            must("method", Form::Text),
            must("uri", Form::Text),
            may("appliesTo", Form::OneOf(&[CLIENT, SERVER])),
            may("authScheme", Form::Text),
            may("body", Form::Text),
            may("bodyMediaType", Form::Text),
            may("documentation", Form::Text),
            may("forbidHeaders", TEXTS),
            may("forbidQueryParams", TEXTS),
            may("headers", Form::MapOf(&Form::Text)),
            may("host", Form::Text),
            may("params", Form::Any),
            may("queryParams", TEXTS),
            may("requireHeaders", TEXTS),
            may("requireQueryParams", TEXTS),
            may("resolvedHost", Form::Text),
            may("tags", TEXTS),
            may("vendorParams", Form::Any),
            may("vendorParamsShape", Form::Text),
        ])),
        &[],
    ),
    Declared::used::<HttpResponseTests>(
        Form::List(&Form::Open(&[
            must("id", Form::Text),
            must("protocol", Form::Text),
            must("code", Form::Integer),
            may("appliesTo", Form::OneOf(&[CLIENT, SERVER])),
            may("authScheme", Form::Text),
            may("body", Form::Text),
            may("bodyMediaType", Form::Text),
            may("documentation", Form::Text),
            may("forbidHeaders", TEXTS),
            may("headers", Form::MapOf(&Form::Text)),
            may("params", Form::Any),
            may("requireHeaders", TEXTS),
            may("tags", TEXTS),
            may("vendorParams", Form::Any),
            may("vendorParamsShape", Form::Text),
        ])),
        &[],
    ),
    Declared::used::<EventStreamTests>(
        Form::List(&Form::Open(&[
            must("id", Form::Text),
            must("protocol", Form::Text),
            may("appliesTo", Form::OneOf(&[CLIENT, SERVER])),
            may("documentation", Form::Text),
            may("events", Form::Any),
            may("expectation", Form::Any),
            may("initialRequest", Form::Any),
            may("initialRequestParams", Form::Any),
            may("initialRequestShape", Form::Text),
            may("initialResponse", Form::Any),
            may("initialResponseParams", Form::Any),
            may("initialResponseShape", Form::Text),
            may("tags", TEXTS),
            may("vendorParams", Form::Any),
            may("vendorParamsShape", Form::Text),
        ])),
        &[],
    ),
    other(
        HTTP_MALFORMED_REQUEST_TESTS,
        "it describes tests of a server",
    ),
    other(SMOKE_TESTS, "it describes tests of a running service"),
];
