//! The engine that serves every operation.

#[cfg(feature = "endpoint-discovery")]
mod discover;
mod plugins;

use crate::config::Config;
#[cfg(feature = "endpoint-discovery")]
use crate::discovery::{self, Discovery};
#[cfg(feature = "event-stream")]
use crate::events;
use crate::idempotency::IdempotencyTokenProvider;
use crate::interceptors::CallParams;
#[cfg(feature = "presigning")]
use crate::presigning;
use crate::secrets::Veil;
use crate::setting::BadSetting;
use crate::{auth, limits, observe, retry, secrets, telemetry};
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, default_async_sleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::client::config_override::Resolver;
use aws_smithy_runtime::client::defaults::{DefaultPluginParams, default_plugins};
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime::client::orchestrator::invoke as orchestrate;
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{
    RuntimePlugins, SharedRuntimePlugin, StaticRuntimePlugin,
};
use aws_smithy_schema::protocol::SharedClientProtocol;
use aws_smithy_types::config_bag::{FrozenLayer, Layer, Storable, StoreReplace};
use aws_smithy_types::telemetry::RequestedTelemetryAttributes;
use aws_types::endpoint_config::AccountIdEndpointMode;
use aws_types::region::{Region, SigningRegion};
use plugins::{Configured, limited, operation_plugin, service_plugin, with_stored};
use smithy_operation::error::{ConnectorError, ErrorKind, ErrorView, SdkError, causes};
use smithy_operation::{
    BoxFuture, ConfigOverride, InputShape, OperationDescriptor, Overrides, Runtime, SendResult,
    ServiceDescriptor,
};
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime};
use tracing::Instrument;

/// Sends the requests of a service's operations through the smithy-rs orchestrator.
pub struct Engine {
    service: &'static ServiceDescriptor,
    plugins: RuntimePlugins,
    frozen: FrozenLayer,
    components: Arc<RuntimeComponentsBuilder>,
    tokens: IdempotencyTokenProvider,
    sleep: Option<SharedAsyncSleep>,
    clock: Option<SharedTimeSource>,
    /// What operations add to the client's plugins, created on their first call.
    operations: RwLock<Vec<OperationPlugin>>,
    #[cfg(feature = "endpoint-discovery")]
    discovered: discovery::Cache,
}

/// What an operation adds to the client's plugins.
struct OperationPlugin {
    operation: &'static str,
    /// Whether its calls are not retried.
    unretried: bool,
    plugin: SharedRuntimePlugin,
}

// A short form, which compiles faster than a derived one.
impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("service", &self.service.sdk_id)
            .finish_non_exhaustive()
    }
}

impl Engine {
    /// Creates an engine for a service.
    pub fn new(
        service: &'static ServiceDescriptor,
        protocol: SharedClientProtocol,
        config: &Config,
    ) -> Self {
        let frozen = config.frozen();
        let components = config.components.clone();
        let partition = match frozen.load::<Region>() {
            Some(region) => format!("{}-{region}", service.signing_name),
            None => service.signing_name.to_owned(),
        };
        let version = config
            .behavior_version
            .unwrap_or_else(BehaviorVersion::latest);
        let defaults = DefaultPluginParams::new()
            .with_retry_partition_name(partition)
            .with_behavior_version(version)
            .with_is_aws_sdk(true);
        let mut plugins = RuntimePlugins::new()
            .with_client_plugins(default_plugins(defaults))
            .with_client_plugin(Configured {
                layer: frozen.clone(),
                components: components.clone(),
            })
            .with_client_plugin(service_plugin(service, protocol, &components));
        if let Some(limited) = limited(&frozen) {
            plugins = plugins.with_client_plugin(limited);
        }
        for plugin in &config.plugins {
            plugins = plugins.with_client_plugin(plugin.clone());
        }
        Self {
            service,
            plugins,
            tokens: IdempotencyTokenProvider::random(),
            sleep: components.sleep_impl().or_else(default_async_sleep),
            clock: components.time_source(),
            frozen,
            components,
            operations: RwLock::new(Vec::new()),
            #[cfg(feature = "endpoint-discovery")]
            discovered: discovery::Cache::default(),
        }
    }

    /// Returns what to say if the operation needs an identity that is not configured.
    fn missing_identity(
        &self,
        operation: &OperationDescriptor,
        overrides: &Overrides,
    ) -> Option<Cow<'static, str>> {
        let own = overrides
            .config
            .as_ref()
            .map(|config| &config.components)
            .filter(|components| components.has_identity_resolvers());
        auth::missing_identity(self.service.auth_schemes(operation.name), |scheme| {
            self.components.identity_resolver(scheme).is_some()
                || own.is_some_and(|own| own.identity_resolver(scheme).is_some())
        })
    }

    /// Returns what an operation and its input give endpoint parameters.
    fn call_params(
        &self,
        operation: &OperationDescriptor,
        input: &dyn InputShape,
        overrides: &Overrides,
    ) -> Option<CallParams> {
        let params = operation.endpoint_params?;
        let own = overrides.config.as_ref();
        let mode = own
            .and_then(|own| own.layer.load::<AccountIdEndpointMode>())
            .or_else(|| self.frozen.load::<AccountIdEndpointMode>());
        Some(CallParams::of(params, input, mode.cloned()))
    }

    /// Returns what the operation adds to the client's plugins.
    fn operation_plugin(
        &self,
        operation: &'static OperationDescriptor,
        unretried: bool,
    ) -> SharedRuntimePlugin {
        if let Some(plugin) = self.known_plugin(operation, unretried) {
            return plugin;
        }
        let plugin = operation_plugin(self.service, operation, unretried);
        let plugin = SharedRuntimePlugin::new(plugin);
        // Two simultaneous first calls store two, which are identical.
        let mut known = self.operations.write().unwrap_or_else(|e| e.into_inner());
        known.push(OperationPlugin {
            operation: operation.name,
            unretried,
            plugin: plugin.clone(),
        });
        plugin
    }

    fn known_plugin(
        &self,
        operation: &OperationDescriptor,
        unretried: bool,
    ) -> Option<SharedRuntimePlugin> {
        // The plugins in a poisoned lock are still complete.
        let known = self.operations.read().unwrap_or_else(|e| e.into_inner());
        known
            .iter()
            .find(|known| known.operation == operation.name && known.unretried == unretried)
            .map(|known| known.plugin.clone())
    }

    fn plugins_for(
        &self,
        operation: &'static OperationDescriptor,
        overrides: Overrides,
    ) -> RuntimePlugins {
        let Overrides {
            config,
            interceptors,
            plugins: added,
            paginated,
            unretried,
            #[cfg(feature = "presigning")]
            presigning,
        } = overrides;
        let mut plugins = self
            .plugins
            .clone()
            .with_operation_plugin(self.operation_plugin(operation, unretried));
        if let Some(config) = config {
            for plugin in &config.plugins {
                plugins = plugins.with_operation_plugin(plugin.clone());
            }
            plugins = plugins.with_operation_plugin(self.override_plugin(config));
        }
        if !interceptors.is_empty() {
            let mut components = RuntimeComponentsBuilder::new("customize");
            for interceptor in interceptors {
                components.push_interceptor(interceptor);
            }
            plugins = plugins.with_operation_plugin(
                StaticRuntimePlugin::new().with_runtime_components(components),
            );
        }
        for plugin in added {
            plugins = plugins.with_operation_plugin(plugin);
        }
        if paginated {
            let mut layer = Layer::new("paginator");
            layer.store_append(SmithySdkFeature::Paginator);
            let plugin = StaticRuntimePlugin::new().with_config(layer.freeze());
            plugins = plugins.with_operation_plugin(plugin);
        }
        #[cfg(feature = "presigning")]
        if let Some(config) = presigning {
            plugins = plugins.with_operation_plugin(presigning::plugin(self.service, &config));
        }
        if (operation.sensitive_input || operation.sensitive_output) && secrets::are_logged() {
            // The HTTP client may come from the client or from the call.
            plugins = plugins
                .with_client_plugin(Veil::new(operation))
                .with_operation_plugin(Veil::new(operation).with_interceptor());
        }
        plugins
    }

    /// Configuration of a single call, which takes precedence over the client's.
    fn override_plugin(&self, config: ConfigOverride) -> StaticRuntimePlugin {
        let ConfigOverride {
            mut layer,
            mut components,
            plugins: _,
        } = config;
        let mut resolver = Resolver::overrid(
            self.frozen.clone(),
            &self.components,
            &mut layer,
            &mut components,
        );
        if let Some(retries) = limits::retries(resolver.config_mut()) {
            resolver.config_mut().store_put(retries);
        }
        if let Some(timeouts) = limits::timeouts(resolver.config_mut()) {
            resolver.config_mut().store_put(timeouts);
        }
        if let Some(region) = resolver.config_mut().load::<Region>().cloned() {
            resolver.config_mut().store_put(SigningRegion::from(region));
        }
        // The credentials of a single call must not fill the client's cache.
        if components.has_identity_resolvers() && components.identity_cache().is_none() {
            components.set_identity_cache(Some(IdentityCache::lazy().max_partitions(1).build()));
        }
        StaticRuntimePlugin::new()
            .with_config(Layer::from(layer).with_name("config_override").freeze())
            .with_runtime_components(components)
    }
}

impl Runtime for Engine {
    fn now(&self) -> SystemTime {
        match &self.clock {
            Some(clock) => clock.now(),
            None => SystemTime::now(),
        }
    }

    fn sleep(&self, duration: Duration) -> Option<BoxFuture<()>> {
        let sleep = self.sleep.as_ref()?.sleep(duration);
        Some(Box::pin(sleep))
    }

    fn error_kind(&self, error: ErrorView<'_>, response: &HttpResponse) -> Option<ErrorKind> {
        retry::error_kind(self.service, error, Some(response))
    }

    fn invoke(
        &self,
        operation: &'static OperationDescriptor,
        mut input: Input,
        overrides: Overrides,
    ) -> BoxFuture<SendResult<Output, Error>> {
        // The configuration of the call takes precedence.
        fn setting<'a, T: Storable<Storer = StoreReplace<T>>>(
            overrides: &'a Overrides,
            frozen: &'a FrozenLayer,
        ) -> Option<&'a T> {
            let own = overrides.config.as_ref();
            own.and_then(|config| config.layer.load::<T>())
                .or_else(|| frozen.load::<T>())
        }

        let mut captured = None;
        let mut call_params = None;
        if let Some(shape) = (operation.vtable.input)(&mut input) {
            shape.prepare();
            if let Some(token) = shape.idempotency_token() {
                let own = setting::<IdempotencyTokenProvider>(&overrides, &self.frozen);
                let tokens = own.unwrap_or(&self.tokens);
                token.get_or_insert_with(|| tokens.make_idempotency_token());
            }
            call_params = self.call_params(operation, shape, &overrides);
            let requested = setting::<RequestedTelemetryAttributes>(&overrides, &self.frozen);
            captured = requested
                .filter(|requested| !requested.is_empty())
                .map(|requested| telemetry::capture(requested, operation, shape));
        }
        #[cfg(feature = "endpoint-discovery")]
        let discovery = self.discovery(operation, &mut input, &overrides);
        let missing = self.missing_identity(operation, &overrides);
        #[cfg(feature = "presigning")]
        let is_presigned = overrides.presigning.is_some();
        let mut plugins = self.plugins_for(operation, overrides);
        if let Some(captured) = captured {
            plugins = with_stored(plugins, "captured input attributes", captured);
        }
        if let Some(params) = call_params {
            plugins = with_stored(plugins, "endpoint parameters", params);
        }
        let service = self.service.sdk_id;
        let span = observe::call(service, operation.name);
        if !span.is_disabled() {
            plugins = plugins.with_operation_plugin(observe::plugin(&span));
        }
        #[cfg(feature = "presigning")]
        if is_presigned {
            let call = async move {
                #[cfg(feature = "endpoint-discovery")]
                let plugins = Discovery::add_to(discovery.as_ref(), operation, plugins).await?;
                presign(service, operation.name, input, plugins, missing).await
            };
            return Box::pin(call.instrument(span));
        }
        let call = async move {
            #[cfg(feature = "endpoint-discovery")]
            let plugins = Discovery::add_to(discovery.as_ref(), operation, plugins).await?;
            let output = orchestrate(service, operation.name, input, &plugins)
                .await
                .map_err(|error| plain(error, missing));
            #[cfg(feature = "endpoint-discovery")]
            if let (Some(discovery), Err(SdkError::ServiceError(error))) = (&discovery, &output) {
                // Where the call is not retried.
                discovery.forget_invalid(operation, error.err());
            }
            let output = output?;
            #[cfg(feature = "event-stream")]
            let output = events::complete(operation, output).await?;
            Ok(output)
        };
        Box::pin(call.instrument(span))
    }
}

/// Returns the signed request of a call as its output.
#[cfg(feature = "presigning")]
async fn presign(
    service: &'static str,
    operation: &'static str,
    input: Input,
    plugins: RuntimePlugins,
    missing: Option<Cow<'static, str>>,
) -> SendResult<Output, Error> {
    use aws_smithy_runtime::client::orchestrator::{StopPoint, invoke_with_stop_point};

    let stop = StopPoint::BeforeTransmit;
    let context = invoke_with_stop_point(service, operation, input, &plugins, stop).await;
    let mut context = context.map_err(|error| plain(error, missing))?;
    match context.take_request() {
        Some(mut request) if presigning::is_presigned(&request) => {
            presigning::remove_own_headers(&mut request);
            Ok(Output::erase(request))
        }
        _ => Err(SdkError::construction_failure(format!(
            "the request of `{operation}` cannot be presigned: it is not signed with SigV4"
        ))),
    }
}

/// Describes the error in the configuration, because the orchestrator's own error would refer to interceptors
/// and auth schemes.
pub(crate) fn plain(
    error: SdkError<Error, HttpResponse>,
    missing: Option<Cow<'static, str>>,
) -> SdkError<Error, HttpResponse> {
    let bad = causes(&error).find_map(|cause| cause.downcast_ref::<BadSetting>());
    match (&error, bad.cloned()) {
        (SdkError::ConstructionFailure(_), Some(bad)) => SdkError::construction_failure(bad),
        (SdkError::DispatchFailure(_), Some(bad)) => {
            SdkError::dispatch_failure(ConnectorError::user(bad.into()))
        }
        (SdkError::DispatchFailure(_), None) => match missing {
            Some(missing) => {
                SdkError::dispatch_failure(ConnectorError::other(missing.into(), None))
            }
            None => error,
        },
        _ => error,
    }
}
