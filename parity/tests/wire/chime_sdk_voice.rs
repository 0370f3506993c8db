//! The same inputs and answers for chime-sdk-voice, aws-sdk-chimesdkvoice and botocore.

mod common;

common::compare!("chime-sdk-voice", chime_sdk_voice, aws_sdk_chimesdkvoice);
