//! Traits for the protocols of a service.

use super::{Declared, Form, On, Support, Trait, Traits, annotations, may, must, strings};
use crate::source::json::{Node, Place};
use std::rc::Rc;

pub(crate) const AWS_JSON_1_0: &str = "aws.protocols#awsJson1_0";
pub(crate) const AWS_JSON_1_1: &str = "aws.protocols#awsJson1_1";
pub(crate) const AWS_QUERY: &str = "aws.protocols#awsQuery";
pub(crate) const EC2_QUERY: &str = "aws.protocols#ec2Query";
pub(crate) const REST_JSON_1: &str = "aws.protocols#restJson1";
pub(crate) const REST_XML: &str = "aws.protocols#restXml";
pub(crate) const RPC_V2_CBOR: &str = "smithy.protocols#rpcv2Cbor";

annotations! {
    /// The service once spoke awsQuery, and its errors keep their codes.
    AwsQueryCompatible = "aws.protocols#awsQueryCompatible";
}

strings! {
    /// The member's key in requests of ec2Query.
    Ec2QueryName = "aws.protocols#ec2QueryName";
}

/// The service speaks restXml.
#[derive(Debug)]
pub(crate) struct RestXml {
    pub(crate) no_error_wrapping: bool,
}

impl Trait for RestXml {
    const ID: &'static str = REST_XML;

    fn parse(value: &Rc<Node>) -> Option<Self> {
        Some(Self {
            no_error_wrapping: value.get("noErrorWrapping").and_then(Node::as_bool) == Some(true),
        })
    }
}

/// The code of an error in awsQuery.
#[derive(Debug)]
pub(crate) struct AwsQueryError {
    pub(crate) code: String,
}

impl Trait for AwsQueryError {
    const ID: &'static str = "aws.protocols#awsQueryError";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let code = value.get("code").and_then(Node::as_str)?.to_owned();
        Some(Self { code })
    }
}

/// Protocols that the generator does not support.
const MQTT_JSON: &str = "smithy.mqtt#mqttJson";
const RPC_V2_JSON: &str = "smithy.protocols#rpcv2Json";

/// Every protocol.
const PROTOCOLS: &[&str] = &[
    AWS_JSON_1_0,
    AWS_JSON_1_1,
    AWS_QUERY,
    EC2_QUERY,
    MQTT_JSON,
    REST_JSON_1,
    REST_XML,
    RPC_V2_CBOR,
    RPC_V2_JSON,
];

/// The protocols of a service, sorted by name, with the places of their traits.
pub(crate) fn spoken(service: &Traits) -> impl Iterator<Item = (&'static str, &Place)> {
    PROTOCOLS
        .iter()
        .filter_map(|id| Some((*id, &service.find(id)?.applied.place)))
}

/// The name of a protocol: its ID without the namespace.
pub(crate) fn name(id: &'static str) -> &'static str {
    id.split_once('#').map_or(id, |(_, name)| name)
}

/// Whether a service that speaks a protocol uses HTTP/2 for event streams.
pub(crate) fn events_over_http2(service: &Traits, protocol: &str) -> bool {
    let Some(spoken) = service.find(protocol) else {
        return false;
    };
    let value = &spoken.applied.value;
    let versions = value.get("eventStreamHttp").or_else(|| value.get("http"));
    let versions = versions.and_then(Node::as_array).unwrap_or_default();
    versions
        .iter()
        .any(|version| version.as_str() == Some("h2"))
}

const CHOSEN: &str = "`protocol` chooses one of those that the service speaks";

/// The fields of the protocols over HTTP.
const HTTP: Form = Form::Object(&[
    may("http", Form::List(&Form::Text)),
    may("eventStreamHttp", Form::List(&Form::Text)),
]);

/// A protocol without fields that the generator reads.
const fn protocol(id: &'static str, form: Form) -> Declared {
    Declared::new(id, form, &[On::Service], Support::NoEffect(CHOSEN))
}

const MQTT: &str = "MQTT";

pub(super) const TRAITS: &[Declared] = &[
    protocol(AWS_JSON_1_0, HTTP),
    protocol(AWS_JSON_1_1, HTTP),
    protocol(AWS_QUERY, Form::Object(&[])),
    protocol(EC2_QUERY, Form::Object(&[])),
    protocol(REST_JSON_1, HTTP),
    Declared::used::<RestXml>(
        Form::Object(&[
            may("http", Form::List(&Form::Text)),
            may("eventStreamHttp", Form::List(&Form::Text)),
            may("noErrorWrapping", Form::Boolean),
        ]),
        &[On::Service],
    ),
    protocol(MQTT_JSON, Form::Object(&[])),
    protocol(RPC_V2_CBOR, HTTP),
    protocol(RPC_V2_JSON, HTTP),
    Declared::of_protocol::<AwsQueryCompatible>(Form::Any, &[On::Service]),
    Declared::of_protocol::<AwsQueryError>(
        Form::Object(&[
            must("code", Form::Text),
            may("httpResponseCode", Form::Integer),
        ]),
        &[On::Structure],
    ),
    Declared::of_protocol::<Ec2QueryName>(Form::Text, &[On::Member]),
    Declared::unsupported("smithy.mqtt#publish", MQTT),
    Declared::unsupported("smithy.mqtt#subscribe", MQTT),
    Declared::unsupported("smithy.mqtt#topicLabel", MQTT),
];
