//! The services of the local Chime, and calls of their clients by the names of operations.
#![allow(dead_code, reason = "no test uses all of them")]

use aws_smithy_json::deserialize::json_token_iter;
use aws_smithy_json::deserialize::token::expect_document;
use aws_smithy_json::serialize::JsonValueWriter;
use chime_local::Chime;
use chime_sdk::Config;
use chime_sdk::config::retry::RetryConfig;
use chime_sdk::config::timeout::TimeoutConfig;
use chime_sdk::config::{Credentials, Region};
use chime_sdk::dynamic::{Document, DynamicCall, Operations};
use serde_json::Value;

macro_rules! services {
    ($($service:ident, $name:literal, $client:ident;)*) => {
        /// A service.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Service {
            $($service),*
        }

        impl Service {
            /// All services.
            pub(crate) const ALL: &[Self] = &[$(Self::$service),*];

            /// Returns the name that boto3 and the AWS CLI have for the service.
            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Self::$service => $name,)*
                }
            }

            /// Returns the name of the client's crate.
            pub(crate) fn package(self) -> &'static str {
                match self {
                    $(Self::$service => stringify!($client),)*
                }
            }

            /// Returns the operations of the service's client.
            pub(crate) fn operations(self) -> Operations {
                match self {
                    $(Self::$service => $client::Client::operations(),)*
                }
            }

            /// Returns a call of an operation.
            pub(crate) fn call(self, config: Config, operation: &str, input: Document) -> DynamicCall {
                match self {
                    $(Self::$service => $client::Client::from_conf(config).call(operation, input),)*
                }
            }
        }
    };
}

services! {
    Chime, "chime", chime_sdk;
    Identity, "chime-sdk-identity", chime_sdk_identity;
    Messaging, "chime-sdk-messaging", chime_sdk_messaging;
    Meetings, "chime-sdk-meetings", chime_sdk_meetings;
    MediaPipelines, "chime-sdk-media-pipelines", chime_sdk_media_pipelines;
}

impl Service {
    /// Returns the service with a name.
    pub(crate) fn named(name: &str) -> Self {
        let mut all = Self::ALL.iter().copied();
        all.find(|service| service.name() == name)
            .unwrap_or_else(|| panic!("there is no service {name}"))
    }
}

/// Returns the configuration of clients that call a Chime without sockets and retries.
pub(crate) fn config(chime: &Chime) -> Config {
    Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "tests"))
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::disabled())
        .endpoint_url("http://chime.invalid")
        .http_client(chime.http_client())
        .build()
}

/// Returns a document as JSON.
pub(crate) fn json(document: &Document) -> Value {
    let mut text = String::new();
    JsonValueWriter::new(&mut text).document(document);
    serde_json::from_str(&text).expect("JSON")
}

/// Returns JSON as a document.
pub(crate) fn document(value: &Value) -> Document {
    let text = value.to_string();
    let mut tokens = json_token_iter(text.as_bytes()).peekable();
    expect_document(&mut tokens).expect("a document")
}
