//! AWS's traits of services.

use super::{Declared, Form, On, Trait, may, must};
use crate::source::json::Node;
use std::rc::Rc;

/// The names of a service in AWS's SDKs.
#[derive(Debug)]
pub(crate) struct AwsService {
    pub(crate) sdk_id: String,
}

impl Trait for AwsService {
    const ID: &'static str = "aws.api#service";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        Some(Self {
            sdk_id: value.get("sdkId").and_then(Node::as_str)?.to_owned(),
        })
    }
}

pub(super) const TRAITS: &[Declared] = &[Declared::used::<AwsService>(
    Form::Open(&[
        must("sdkId", Form::Text),
        may("arnNamespace", Form::Text),
        may("cloudFormationName", Form::Text),
        may("cloudTrailEventSource", Form::Text),
        may("docId", Form::Text),
        may("endpointPrefix", Form::Text),
    ]),
    &[On::Service],
)];
