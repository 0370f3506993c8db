//! The same inputs and answers for chime-sdk-messaging, aws-sdk-chimesdkmessaging and botocore.

mod common;

common::compare!(
    "chime-sdk-messaging",
    chime_sdk_messaging,
    aws_sdk_chimesdkmessaging
);
