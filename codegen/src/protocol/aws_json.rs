//! awsJson1_0 and awsJson1_1: the operation in a header, and JSON in the body.

use super::{Protocol, RequestLine, rpc};
use crate::diagnostic::Problems;
use crate::model::{Model, Shape};
use crate::select::Selection;
use crate::traits::http::TimestampFormat;
use crate::traits::protocols::{AWS_JSON_1_0, AWS_JSON_1_1, AwsQueryCompatible, AwsQueryError};
use crate::traits::{Trait, Traits};

const TRAITS: &[&str] = &[
    AwsQueryCompatible::ID,
    AwsQueryError::ID,
    TimestampFormat::ID,
];

#[derive(Debug)]
#[allow(non_camel_case_types, reason = "the name of the protocol")]
pub(super) struct AwsJson1_0;

impl Protocol for AwsJson1_0 {
    fn id(&self) -> &'static str {
        AWS_JSON_1_0
    }

    fn botocore_name(&self) -> &'static str {
        "json"
    }

    fn runtime_type(&self, _: &Traits) -> &'static str {
        "AwsJson1_0"
    }

    fn runtime_feature(&self) -> &'static str {
        "aws-json"
    }

    fn reads(&self) -> &'static [&'static str] {
        TRAITS
    }

    fn request_line(&self, _: &Shape) -> Option<RequestLine> {
        Some(rpc::request_line())
    }

    fn check_shape(&self, _: &Model, _: &Shape, _: &mut Problems) {}

    fn check_selection(&self, _: &Model, _: &Selection<'_>, _: &mut Problems) {}
}

#[derive(Debug)]
#[allow(non_camel_case_types, reason = "the name of the protocol")]
pub(super) struct AwsJson1_1;

impl Protocol for AwsJson1_1 {
    fn id(&self) -> &'static str {
        AWS_JSON_1_1
    }

    fn botocore_name(&self) -> &'static str {
        "json"
    }

    fn runtime_type(&self, _: &Traits) -> &'static str {
        "AwsJson1_1"
    }

    fn runtime_feature(&self) -> &'static str {
        "aws-json"
    }

    fn reads(&self) -> &'static [&'static str] {
        TRAITS
    }

    fn request_line(&self, _: &Shape) -> Option<RequestLine> {
        Some(rpc::request_line())
    }

    fn check_shape(&self, _: &Model, _: &Shape, _: &mut Problems) {}

    fn check_selection(&self, _: &Model, _: &Selection<'_>, _: &mut Problems) {}
}
