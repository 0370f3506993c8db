//! Traits for the protocols of a service.

use super::{Declared, Form, On, Support, Traits, may};
use crate::source::json::Place;

pub(crate) const AWS_JSON_1_0: &str = "aws.protocols#awsJson1_0";
pub(crate) const AWS_JSON_1_1: &str = "aws.protocols#awsJson1_1";
pub(crate) const AWS_QUERY: &str = "aws.protocols#awsQuery";
pub(crate) const EC2_QUERY: &str = "aws.protocols#ec2Query";
pub(crate) const REST_JSON_1: &str = "aws.protocols#restJson1";
pub(crate) const REST_XML: &str = "aws.protocols#restXml";
pub(crate) const RPC_V2_CBOR: &str = "smithy.protocols#rpcv2Cbor";

pub(crate) const AWS_QUERY_COMPATIBLE: &str = "aws.protocols#awsQueryCompatible";
pub(crate) const AWS_QUERY_ERROR: &str = "aws.protocols#awsQueryError";
pub(crate) const EC2_QUERY_NAME: &str = "aws.protocols#ec2QueryName";

/// Every protocol.
const PROTOCOLS: &[&str] = &[
    AWS_JSON_1_0,
    AWS_JSON_1_1,
    AWS_QUERY,
    EC2_QUERY,
    REST_JSON_1,
    REST_XML,
    RPC_V2_CBOR,
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

const OTHER: &str = "it belongs to a protocol that is not used";
const CHOSEN: &str = "`protocol` chooses one of the service's protocols";

pub(super) const TRAITS: &[Declared] = &[
    Declared::new(
        REST_JSON_1,
        Form::Object(&[
            may("http", Form::List(&Form::Text)),
            may("eventStreamHttp", Form::List(&Form::Text)),
        ]),
        &[On::Service],
        Support::NoEffect(CHOSEN),
    ),
    Declared::no_effect(AWS_JSON_1_0, Form::Any, CHOSEN),
    Declared::no_effect(AWS_JSON_1_1, Form::Any, CHOSEN),
    Declared::no_effect(AWS_QUERY, Form::Any, CHOSEN),
    Declared::no_effect(EC2_QUERY, Form::Any, CHOSEN),
    Declared::no_effect(REST_XML, Form::Any, CHOSEN),
    Declared::no_effect(RPC_V2_CBOR, Form::Any, CHOSEN),
    Declared::no_effect(AWS_QUERY_COMPATIBLE, Form::Any, OTHER),
    Declared::no_effect(AWS_QUERY_ERROR, Form::Any, OTHER),
    Declared::no_effect(EC2_QUERY_NAME, Form::Any, OTHER),
];
