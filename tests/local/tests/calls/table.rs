//! Tables of calls.

use crate::common::Service;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The calls to a service.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    /// Values that calls refer to by their names.
    #[serde(default)]
    pub(crate) variables: Map<String, Value>,
    #[serde(rename = "call")]
    pub(crate) calls: Vec<Call>,
}

/// A call, and what its answer has to be.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Call {
    pub(crate) operation: String,
    /// Another service than that of the table, for what its calls need.
    pub(crate) service: Option<String>,
    /// The input. In its strings, `$name` and `${name}` are variables of the table or of earlier answers.
    #[serde(default)]
    pub(crate) input: Map<String, Value>,
    /// The seconds that pass before the call.
    #[serde(default)]
    pub(crate) after: f64,
    /// Paths in the answer and their values; `*` stands for any.
    #[serde(default)]
    pub(crate) expect: Map<String, Value>,
    /// Paths that the answer does not have.
    #[serde(default)]
    pub(crate) absent: Vec<String>,
    /// Variables and their paths in the answer.
    #[serde(default)]
    pub(crate) save: BTreeMap<String, String>,
    /// The code of the error, if the call is refused.
    pub(crate) error: Option<String>,
}

impl Table {
    /// Reads the table of a service.
    pub(crate) fn of(service: Service) -> Self {
        let text = match service {
            Service::Chime => include_str!("tables/chime.toml"),
            Service::Identity => include_str!("tables/identity.toml"),
            Service::Messaging => include_str!("tables/messaging.toml"),
            Service::Meetings => include_str!("tables/meetings.toml"),
            Service::MediaPipelines => include_str!("tables/media_pipelines.toml"),
        };
        toml::from_str(text).unwrap_or_else(|error| panic!("{}: {error}", service.name()))
    }
}

/// Returns the number of operations that the model of a service has.
pub(crate) fn operations_of(service: Service) -> usize {
    match service {
        Service::Chime => 62,
        Service::Identity => 30,
        Service::Messaging => 51,
        Service::Meetings => 16,
        Service::MediaPipelines => 31,
    }
}
