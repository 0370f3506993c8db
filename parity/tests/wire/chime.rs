//! The same inputs and answers for chime-sdk, aws-sdk-chime and botocore.

mod common;

common::compare!("chime", chime_sdk, aws_sdk_chime);
