//! Endpoints that an operation of the service returns.

use crate::document;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextMut, Error, Output,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugins, StaticRuntimePlugin};
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::{Document, Number};
use smithy_operation::error::SdkError;
use smithy_operation::{BoxFuture, EndpointDiscovery, OperationDescriptor, SendResult};
use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime};

/// The endpoint that a client last discovered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cache(Arc<RwLock<Option<Discovered>>>);

#[derive(Debug, Clone)]
struct Discovered {
    address: String,
    until: SystemTime,
}

impl Cache {
    /// Returns the address, if it is still valid.
    pub(crate) fn address(&self, now: SystemTime) -> Option<String> {
        // The value in a poisoned lock is still complete.
        let discovered = self.0.read().unwrap_or_else(|e| e.into_inner());
        let valid = discovered.as_ref().filter(|found| now < found.until);
        valid.map(|found| found.address.clone())
    }

    fn store(&self, discovered: Option<Discovered>) {
        *self.0.write().unwrap_or_else(|e| e.into_inner()) = discovered;
    }
}

/// The discovery of the endpoint of a call.
pub(crate) struct Discovery {
    pub(crate) means: &'static EndpointDiscovery,
    pub(crate) cache: Cache,
    /// The time of the call.
    pub(crate) now: SystemTime,
    pub(crate) source: Source,
}

/// Where the address comes from.
pub(crate) enum Source {
    Known(String),
    /// The call that returns it.
    Call(BoxFuture<SendResult<Output, Error>>),
}

impl Discovery {
    /// Adds the endpoint to the plugins of a call.
    pub(crate) async fn add_to(
        discovery: Option<Self>,
        plugins: RuntimePlugins,
    ) -> SendResult<RuntimePlugins, Error> {
        let Some(discovery) = discovery else {
            return Ok(plugins);
        };
        let address = discovery.address().await?;
        let interceptor = DiscoveredEndpoint(format!("https://{address}"));
        let components = RuntimeComponentsBuilder::new("discovered endpoint")
            .with_interceptor(SharedInterceptor::permanent(interceptor));
        let plugin = StaticRuntimePlugin::new().with_runtime_components(components);
        Ok(plugins.with_operation_plugin(plugin))
    }

    async fn address(self) -> SendResult<String, Error> {
        let call = match self.source {
            Source::Known(address) => return Ok(address),
            Source::Call(call) => call,
        };
        let name = self.means.operation.name;
        let output = call.await.map_err(|error| of_discovery(name, error))?;
        let document = (self.means.output)(&output).map(document::of);
        let Some((address, minutes)) = document.as_ref().and_then(first) else {
            return Err(SdkError::construction_failure(format!(
                "the endpoint of the call is unknown: `{name}` returned none"
            )));
        };
        // A minute at least, or every call would be two.
        let period = Duration::from_secs(minutes.clamp(1, MAX_MINUTES) * 60);
        self.cache
            .store(self.now.checked_add(period).map(|until| Discovered {
                address: address.to_owned(),
                until,
            }));
        Ok(address.to_owned())
    }
}

/// A year, which no service exceeds.
const MAX_MINUTES: u64 = 366 * 24 * 60;

/// Returns the address of the first endpoint, and for how many minutes it is valid.
fn first(output: &Document) -> Option<(&str, u64)> {
    let endpoints = output.as_object()?.get("Endpoints")?.as_array()?;
    let endpoint = endpoints.first()?.as_object()?;
    let address = endpoint.get("Address")?.as_string()?;
    let minutes = match endpoint.get("CachePeriodInMinutes") {
        Some(Document::Number(Number::PosInt(minutes))) => *minutes,
        _ => 0,
    };
    (!address.is_empty()).then_some((address, minutes))
}

/// The error of a call whose endpoint was not discovered. A response of the other operation is no response
/// of this one.
fn of_discovery(name: &str, error: SdkError<Error, HttpResponse>) -> SdkError<Error, HttpResponse> {
    match error {
        SdkError::ServiceError(error) => SdkError::construction_failure(format!(
            "the endpoint of the call is unknown: `{name}` failed: {}",
            error.err()
        )),
        error => error,
    }
}

/// Forgets the endpoint if the service refused a call because it is no longer valid.
pub(crate) fn forget_invalid(
    operation: &OperationDescriptor,
    cache: &Cache,
    error: &SdkError<Error, HttpResponse>,
) {
    let invalid = operation.discovery.and_then(|means| means.invalid_endpoint);
    if let (Some(invalid), SdkError::ServiceError(error)) = (invalid, error)
        && let Some(view) = (operation.vtable.error)(error.err())
        && view.meta().code() == Some(invalid)
    {
        cache.store(None);
    }
}

/// Sends requests to the discovered endpoint. Everything else is as the endpoint rules have it.
#[derive(Debug)]
struct DiscoveredEndpoint(String);

#[dyn_dispatch_hint]
impl Intercept for DiscoveredEndpoint {
    fn name(&self) -> &'static str {
        "DiscoveredEndpoint"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        context.request_mut().uri_mut().set_endpoint(&self.0)?;
        Ok(())
    }
}
