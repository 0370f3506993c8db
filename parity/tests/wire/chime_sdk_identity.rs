//! The same inputs and answers for chime-sdk-identity, aws-sdk-chimesdkidentity and botocore.

mod common;

common::compare!(
    "chime-sdk-identity",
    chime_sdk_identity,
    aws_sdk_chimesdkidentity
);
