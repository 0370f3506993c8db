//! The same inputs and answers for chime-sdk-meetings, aws-sdk-chimesdkmeetings and botocore.

mod common;

common::compare!(
    "chime-sdk-meetings",
    chime_sdk_meetings,
    aws_sdk_chimesdkmeetings
);
