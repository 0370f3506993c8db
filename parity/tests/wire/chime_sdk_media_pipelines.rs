//! The same inputs and answers for chime-sdk-media-pipelines, aws-sdk-chimesdkmediapipelines and botocore.

mod common;

common::compare!(
    "chime-sdk-media-pipelines",
    chime_sdk_media_pipelines,
    aws_sdk_chimesdkmediapipelines
);
