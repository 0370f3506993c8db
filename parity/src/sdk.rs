//! An SDK as the comparison sees it.

use crate::peer::{Answer, Sent, Wire};
use aws_smithy_types::endpoint::EndpointAuthScheme;
use serde_json::Value;
use std::pin::Pin;

/// A call under way.
pub type Calling<'a> = Pin<Box<dyn Future<Output = Value> + Send + 'a>>;

/// An endpoint's URL and authentication schemes, or why there is none.
pub type Resolved = Result<(String, Vec<EndpointAuthScheme>), String>;

/// Endpoints under way.
pub type Endpoints<'a> = Pin<Box<dyn Future<Output = Vec<Resolved>> + Send + 'a>>;

/// The parameters of an endpoint.
#[derive(Debug, Clone)]
pub struct EndpointCase {
    pub region: Option<String>,
    pub fips: bool,
    pub dual_stack: bool,
    pub url: Option<String>,
}

pub trait Sdk: Sync {
    /// A client whose requests go into a wire, with time, credentials and IDs that stay the same.
    fn client(&self, region: &'static str, wire: &Wire) -> Box<dyn Client>;

    /// What the default resolver resolves.
    fn endpoints<'a>(&self, cases: &'a [EndpointCase]) -> Endpoints<'a>;
}

pub trait Client: Send + Sync {
    /// Calls an operation with an input made from JSON, and shows the outcome as JSON.
    fn call<'a>(&'a self, operation: &'a str, input: &'a Value) -> Calling<'a>;
}

/// A client with its wire.
pub(crate) struct Wired {
    client: Box<dyn Client>,
    wire: Wire,
}

impl Wired {
    pub(crate) fn new(sdk: &dyn Sdk) -> Self {
        Self::in_region(sdk, "us-east-1")
    }

    pub(crate) fn in_region(sdk: &dyn Sdk, region: &'static str) -> Self {
        let wire = Wire::default();
        Self {
            client: sdk.client(region, &wire),
            wire,
        }
    }

    /// Sends a request: what went over the wire, or the outcome if nothing did.
    pub(crate) async fn request(&self, operation: &str, input: &Value) -> Result<Sent, Value> {
        self.wire.answer_with(Answer::empty());
        let result = self.client.call(operation, input).await;
        self.wire.take().ok_or(result)
    }

    /// What an answer is read as.
    pub(crate) async fn response(&self, operation: &str, input: &Value, answer: Answer) -> Value {
        self.wire.answer_with(answer);
        let result = self.client.call(operation, input).await;
        self.wire.take();
        result
    }
}
