//! Endpoints that an operation of the service returns.

use crate::operation::{Operation, OperationDescriptor};
use crate::structure::Structure;
use aws_smithy_runtime_api::client::interceptors::context::{Input, Output};
use aws_smithy_schema::serde::SerializableStruct;

/// The discovered endpoint of an operation.
#[derive(Debug, Clone, Copy)]
pub struct DiscoveredEndpoint {
    /// How it is discovered.
    pub means: &'static EndpointDiscovery,
    /// The names of the input's members that identify it.
    pub ids: &'static [&'static str],
    /// Whether calls must use it.
    pub required: bool,
}

/// How a client finds the endpoint of calls that use a discovered one.
#[derive(Debug)]
#[non_exhaustive]
pub struct EndpointDiscovery {
    /// The operation that returns endpoints.
    pub operation: &'static OperationDescriptor,
    /// Creates its input, which is empty.
    pub input: fn() -> Input,
    /// Returns its output as a structure that can be written; `None` for the output of another operation.
    pub output: fn(&Output) -> Option<&dyn SerializableStruct>,
    /// The code of the error that a service returns if the endpoint is no longer valid.
    pub invalid_endpoint: Option<&'static str>,
}

impl EndpointDiscovery {
    /// Describes discovery by operation `O`.
    pub const fn of<O: Operation>(invalid_endpoint: Option<&'static str>) -> Self {
        Self {
            operation: O::DESCRIPTOR,
            input: input::<O>,
            output: output::<O>,
            invalid_endpoint,
        }
    }
}

fn input<O: Operation>() -> Input {
    Input::erase(O::Input::complete(Default::default()))
}

fn output<O: Operation>(output: &Output) -> Option<&dyn SerializableStruct> {
    match output.downcast_ref::<O::Output>() {
        Some(output) => Some(output),
        None => None,
    }
}
