//! Endpoints that an operation of the service returns.

use crate::document;
use crate::engine::plain;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::client::orchestrator::invoke as orchestrate;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
use aws_smithy_runtime_api::client::interceptors::context::{Error, InterceptorContext};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugins, StaticRuntimePlugin};
use aws_smithy_schema::serde::SerializableStruct;
use aws_smithy_types::{Document, Number};
use smithy_operation::error::{DisplayErrorContext, SdkError};
use smithy_operation::{EndpointDiscovery, OperationDescriptor, SendResult};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime};

/// The endpoints that a client has discovered, by what identifies them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cache(Arc<RwLock<BTreeMap<Key, Discovered>>>);

/// The values of the members that identify an endpoint.
pub(crate) type Key = Vec<Option<String>>;

#[derive(Debug, Clone)]
struct Discovered {
    address: String,
    until: SystemTime,
}

impl Cache {
    /// Returns the address, if it is still valid.
    fn address(&self, key: &Key, now: SystemTime) -> Option<String> {
        // The values in a poisoned lock are still complete.
        let discovered = self.0.read().unwrap_or_else(|e| e.into_inner());
        let valid = discovered.get(key).filter(|found| now < found.until);
        valid.map(|found| found.address.clone())
    }

    fn store(&self, key: &Key, found: Discovered, now: SystemTime) {
        let mut discovered = self.0.write().unwrap_or_else(|e| e.into_inner());
        discovered.retain(|_, known| now < known.until);
        discovered.insert(key.clone(), found);
    }

    fn forget(&self, key: &Key) {
        let mut discovered = self.0.write().unwrap_or_else(|e| e.into_inner());
        discovered.remove(key);
    }
}

/// Returns what identifies the endpoint of a call with this input.
pub(crate) fn key(ids: &[&str], input: &dyn SerializableStruct) -> Key {
    if ids.is_empty() {
        return Key::new();
    }
    let document = document::of(input);
    let member = |name: &&str| document.as_object()?.get(*name)?.as_string();
    ids.iter()
        .map(|name| member(name).map(str::to_owned))
        .collect()
}

/// The discovery of the endpoint of a call.
#[derive(Debug)]
pub(crate) struct Discovery {
    pub(crate) service: &'static str,
    /// What to say if the identity of the call that returns endpoints is missing.
    pub(crate) missing: Option<Cow<'static, str>>,
    pub(crate) means: &'static EndpointDiscovery,
    pub(crate) cache: Cache,
    pub(crate) key: Key,
    pub(crate) clock: Option<SharedTimeSource>,
    /// Those of the call that returns endpoints.
    pub(crate) plugins: RuntimePlugins,
    /// The endpoint rules.
    pub(crate) rules: SharedEndpointResolver,
}

impl Discovery {
    /// Adds the endpoint to the plugins of a call.
    pub(crate) async fn add_to(
        discovery: Option<&Arc<Self>>,
        operation: &'static OperationDescriptor,
        plugins: RuntimePlugins,
    ) -> SendResult<RuntimePlugins, Error> {
        let Some(discovery) = discovery else {
            return Ok(plugins);
        };
        // Without an endpoint, there is no attempt.
        discovery.address().await?;
        let resolver = SharedEndpointResolver::new(DiscoveredResolver(discovery.clone()));
        let invalid = InvalidEndpoint {
            operation,
            discovery: discovery.clone(),
        };
        let components = RuntimeComponentsBuilder::new("discovered endpoint")
            .with_endpoint_resolver(Some(resolver))
            .with_retry_classifier(invalid);
        let plugin = StaticRuntimePlugin::new().with_runtime_components(components);
        Ok(plugins.with_operation_plugin(plugin))
    }

    /// Returns the address that is known, or asks for one.
    async fn address(&self) -> SendResult<String, Error> {
        let now = match &self.clock {
            Some(clock) => clock.now(),
            None => SystemTime::now(),
        };
        if let Some(address) = self.cache.address(&self.key, now) {
            return Ok(address);
        }
        let name = self.means.operation.name;
        let input = (self.means.input)();
        let output = orchestrate(self.service, name, input, &self.plugins)
            .await
            .map_err(|error| of_discovery(name, plain(error, self.missing.clone())))?;
        let document = (self.means.output)(&output).map(document::of);
        let Some((address, minutes)) = document.as_ref().and_then(first) else {
            return Err(SdkError::construction_failure(format!(
                "the endpoint of the call is unknown: `{name}` returned none"
            )));
        };
        // A minute at least, or every call would be two.
        let period = Duration::from_secs(minutes.clamp(1, MAX_MINUTES) * 60);
        if let Some(until) = now.checked_add(period) {
            let found = Discovered {
                address: address.to_owned(),
                until,
            };
            self.cache.store(&self.key, found, now);
        }
        Ok(address.to_owned())
    }

    /// Forgets the endpoint if the service refused a call because it is no longer valid. Returns whether it did.
    pub(crate) fn forget_invalid(&self, operation: &OperationDescriptor, error: &Error) -> bool {
        let Some(invalid) = self.means.invalid_endpoint else {
            return false;
        };
        let view = (operation.vtable.error)(error);
        let is_invalid = view.is_some_and(|view| view.meta().code() == Some(invalid));
        if is_invalid {
            self.cache.forget(&self.key);
        }
        is_invalid
    }
}

/// Resolves to the discovered endpoint. Everything else is as the endpoint rules have it.
#[derive(Debug)]
struct DiscoveredResolver(Arc<Discovery>);

impl ResolveEndpoint for DiscoveredResolver {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::new(async move {
            let endpoint = self.0.rules.resolve_endpoint(params).await?;
            let address = self.0.address().await.map_err(|error| match error {
                SdkError::ConstructionFailure(_) => {
                    BoxError::from(DisplayErrorContext(error).to_string())
                }
                error => error.to_string().into(),
            })?;
            Ok(endpoint
                .into_builder()
                .url(format!("https://{address}"))
                .build())
        })
    }

    fn finalize_params(&self, params: &mut EndpointResolverParams) -> Result<(), BoxError> {
        self.0.rules.finalize_params(params)
    }
}

/// Asks for another attempt if the endpoint is no longer valid, which the next one discovers again.
#[derive(Debug)]
struct InvalidEndpoint {
    operation: &'static OperationDescriptor,
    discovery: Arc<Discovery>,
}

impl ClassifyRetry for InvalidEndpoint {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let Some(Err(error)) = context.output_or_error() else {
            return RetryAction::NoActionIndicated;
        };
        let error = error.as_operation_error();
        match error.is_some_and(|error| self.discovery.forget_invalid(self.operation, error)) {
            true => RetryAction::transient_error(),
            false => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "Invalid Endpoint"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
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
