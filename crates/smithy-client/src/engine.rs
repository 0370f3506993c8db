//! The engine that serves every operation.

use crate::auth::{ModelledAuthSchemes, ResolveAuthScheme};
use crate::config::Config;
#[cfg(feature = "endpoint-discovery")]
use crate::config::EnableEndpointDiscovery;
#[cfg(feature = "endpoint-discovery")]
use crate::discovery::{self, Discovery};
use crate::endpoint::{DefaultResolver, ResolveEndpoint};
#[cfg(feature = "event-stream")]
use crate::events;
use crate::idempotency::IdempotencyTokenProvider;
use crate::interceptors::{
    CallParams, EndpointParamsInterceptor, LenientHeaders, RequestInfoInterceptor,
    StalledStreamProtection,
};
#[cfg(feature = "presigning")]
use crate::presigning;
use crate::secrets::{HideFailure, Veil};
use crate::setting::BadSetting;
use crate::skew::{Skew, SkewInterceptor};
use crate::user_agent::UserAgent;
use crate::{auth, http, limits, observe, retry, secrets, serde, sigv4, telemetry};
use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::recursion_detection::RecursionDetectionInterceptor;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, default_async_sleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::client::config_override::Resolver;
use aws_smithy_runtime::client::defaults::{DefaultPluginParams, default_plugins};
use aws_smithy_runtime::client::http::connection_poisoning::ConnectionPoisoningInterceptor;
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime::client::orchestrator::{
    AuthSchemeAndEndpointOrchestrationV2, invoke as orchestrate,
};
use aws_smithy_runtime::client::retries::classifiers::{
    HttpStatusCodeClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::auth::AuthSchemeOptionResolverParams;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, Metadata, SensitiveOutput};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{
    Order, RuntimePlugin, RuntimePlugins, SharedRuntimePlugin, StaticRuntimePlugin,
};
use aws_smithy_runtime_api::client::ser_de::{SharedRequestSerializer, SharedResponseDeserializer};
#[cfg(feature = "event-stream")]
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_schema::protocol::{
    ServiceShapeName, ServiceVersion, ServiceXmlNamespace, SharedClientProtocol,
};
use aws_smithy_types::config_bag::{FrozenLayer, Layer, Storable, StoreReplace};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::telemetry::RequestedTelemetryAttributes;
use aws_types::endpoint_config::AccountIdEndpointMode;
#[cfg(feature = "endpoint-discovery")]
use aws_types::endpoint_config::EndpointUrl;
use aws_types::region::{Region, SigningRegion};
use smithy_operation::error::{ConnectorError, ErrorKind, ErrorView, SdkError, causes};
use smithy_operation::{
    BoxFuture, CalledOperation, ConfigOverride, InputShape, OperationDescriptor, Overrides,
    Runtime, SendResult, ServiceDescriptor,
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

    /// Returns how to find the endpoint of a call, unless it is configured or need not be discovered.
    #[cfg(feature = "endpoint-discovery")]
    fn discovery(
        &self,
        operation: &OperationDescriptor,
        input: &mut Input,
        overrides: &Overrides,
    ) -> Option<Arc<Discovery>> {
        let discovered = operation.discovery?;
        let own = overrides.config.as_ref();
        if !discovered.required {
            let wanted = own.and_then(|own| own.layer.load::<EnableEndpointDiscovery>());
            let wanted = wanted.or_else(|| self.frozen.load::<EnableEndpointDiscovery>());
            if !wanted.is_some_and(|wanted| wanted.0) {
                return None;
            }
        }
        let has_url = own.is_some_and(|own| own.layer.load::<EndpointUrl>().is_some())
            || self.frozen.load::<EndpointUrl>().is_some();
        let has_resolver = own.is_some_and(|own| own.components.endpoint_resolver().is_some())
            || self.components.endpoint_resolver().is_some();
        if has_url || has_resolver {
            return None;
        }
        // Other credentials or another Region may have another endpoint.
        let is_other = own.is_some_and(|own| {
            own.components.has_identity_resolvers() || own.layer.load::<Region>().is_some()
        });
        let cache = match is_other {
            true => discovery::Cache::default(),
            false => self.discovered.clone(),
        };
        let key = match (operation.vtable.input)(input) {
            Some(input) => discovery::key(discovered.ids, input),
            None => discovery::Key::default(),
        };
        let means = discovered.means;
        let overrides = Overrides {
            config: overrides.config.clone(),
            ..Overrides::default()
        };
        let mut input = (means.input)();
        let params = (means.operation.vtable.input)(&mut input)
            .and_then(|shape| self.call_params(means.operation, shape, &overrides));
        let missing = self.missing_identity(means.operation, &overrides);
        let mut plugins = self.plugins_for(means.operation, overrides);
        if let Some(params) = params {
            plugins = with_stored(plugins, "endpoint parameters", params);
        }
        Some(Arc::new(Discovery {
            service: self.service.sdk_id,
            missing,
            means,
            cache,
            key,
            clock: self.clock.clone(),
            plugins,
            rules: DefaultResolver::of(self.service).into_shared_resolver(),
        }))
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

/// Adds a value to the configuration of a call.
fn with_stored<T: Storable<Storer = StoreReplace<T>>>(
    plugins: RuntimePlugins,
    name: &'static str,
    value: T,
) -> RuntimePlugins {
    let mut layer = Layer::new(name);
    layer.store_put(value);
    plugins.with_operation_plugin(StaticRuntimePlugin::new().with_config(layer.freeze()))
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

/// The configuration of a client.
#[derive(Debug)]
struct Configured {
    layer: FrozenLayer,
    components: Arc<RuntimeComponentsBuilder>,
}

impl RuntimePlugin for Configured {
    fn config(&self) -> Option<FrozenLayer> {
        Some(self.layer.clone())
    }

    fn runtime_components(
        &self,
        _: &RuntimeComponentsBuilder,
    ) -> Cow<'_, RuntimeComponentsBuilder> {
        Cow::Borrowed(&self.components)
    }
}

/// Returns a layer that limits the settings that exceed the limits, if there are any.
fn limited(layer: &FrozenLayer) -> Option<StaticRuntimePlugin> {
    let (retries, timeouts) = (limits::retries(layer), limits::timeouts(layer));
    if retries.is_none() && timeouts.is_none() {
        return None;
    }
    let mut layer = Layer::new("limits");
    // `store_or_unset` would hide settings within the limits.
    if let Some(retries) = retries {
        layer.store_put(retries);
    }
    if let Some(timeouts) = timeouts {
        layer.store_put(timeouts);
    }
    Some(StaticRuntimePlugin::new().with_config(layer.freeze()))
}

/// What the service adds to the smithy-rs defaults and to the user's configuration.
fn service_plugin(
    service: &'static ServiceDescriptor,
    protocol: SharedClientProtocol,
    configured: &RuntimeComponentsBuilder,
) -> StaticRuntimePlugin {
    let skew = Arc::new(Skew::default());
    let mut layer = Layer::new("smithy_client::service");
    layer.store_put(AuthSchemeAndEndpointOrchestrationV2);
    layer.store_put(SharedRequestSerializer::new(serde::Serializer {
        protocol: protocol.clone(),
        query_compatible: service.query_codes.is_some(),
        customizations: &service.customizations,
    }));
    layer.store_put(SharedResponseDeserializer::new(serde::Deserializer {
        protocol: protocol.clone(),
        query_codes: service.query_codes,
        customizations: &service.customizations,
    }));
    layer.store_put(protocol);
    // What protocols put into requests.
    layer.store_put(ServiceShapeName::new(service.shape_name));
    layer.store_put(ServiceVersion::new(service.version));
    if let Some((uri, prefix)) = service.xml_namespace {
        let prefix = prefix.map(Cow::Borrowed);
        layer.store_put(ServiceXmlNamespace::new(uri, prefix));
    }
    let components = RuntimeComponentsBuilder::new("smithy_client::service");
    let mut components = auth::register(service, &skew, components)
        .with_interceptor(SharedInterceptor::permanent(
            StalledStreamProtection::default(),
        ))
        .with_interceptor(SharedInterceptor::permanent(
            ConnectionPoisoningInterceptor::new(),
        ))
        .with_interceptor(SharedInterceptor::permanent(SkewInterceptor(skew.clone())))
        .with_interceptor(SharedInterceptor::permanent(RequestInfoInterceptor(skew)))
        .with_interceptor(SharedInterceptor::permanent(UserAgent::default()))
        .with_interceptor(InvocationIdInterceptor::new())
        .with_interceptor(SharedInterceptor::permanent(
            RecursionDetectionInterceptor::new(),
        ))
        .with_retry_classifier(HttpStatusCodeClassifier::default())
        // This classifier does not depend on the error type.
        .with_retry_classifier(TransientErrorClassifier::<std::convert::Infallible>::new());
    let schemes = ModelledAuthSchemes::of(service).into_shared_resolver();
    components.set_auth_scheme_option_resolver(Some(schemes));
    components.set_endpoint_resolver(Some(DefaultResolver::of(service).into_shared_resolver()));
    if configured.http_client().is_none() {
        components.set_http_client(http::by_features());
    }
    StaticRuntimePlugin::new()
        .with_order(Order::Defaults)
        .with_config(layer.freeze())
        .with_runtime_components(components)
}

/// What an operation adds to the client's plugins: the same for all its calls.
fn operation_plugin(
    service: &'static ServiceDescriptor,
    operation: &'static OperationDescriptor,
    unretried: bool,
) -> StaticRuntimePlugin {
    let mut layer = CalledOperation(operation).layer();
    layer.store_put(Metadata::new(operation.name, service.sdk_id));
    layer.store_put(AuthSchemeOptionResolverParams::new(auth::Params::of(
        operation.name,
    )));
    layer.store_put(SigV4OperationSigningConfig {
        signing_options: sigv4::options(service, operation),
        ..Default::default()
    });
    #[cfg(feature = "event-stream")]
    if events::sends(operation) || events::receives(operation) {
        // Nothing may happen for a while.
        layer.store_put(StalledStreamProtectionConfig::disabled());
    }
    if unretried {
        layer.store_put(RetryConfig::disabled());
    }
    let is_sensitive = operation.sensitive_input || operation.sensitive_output;
    if is_sensitive {
        // An error response may repeat the input.
        layer.store_put(SensitiveOutput);
    }
    let mut components = RuntimeComponentsBuilder::new(operation.name)
        // Interceptors of the client would run before the configuration of the call is available.
        .with_interceptor(SharedInterceptor::permanent(
            EndpointParamsInterceptor::default(),
        ))
        .with_retry_classifier(retry::OperationErrorClassifier { service, operation });
    if is_sensitive {
        components.push_interceptor(SharedInterceptor::permanent(HideFailure));
    }
    #[cfg(not(feature = "endpoint-discovery"))]
    if operation
        .discovery
        .is_some_and(|discovered| discovered.required)
    {
        components.push_interceptor(SharedInterceptor::permanent(
            crate::interceptors::LacksDiscovery,
        ));
    }
    if operation.tree_hash {
        #[cfg(feature = "tree-hash")]
        components.push_interceptor(SharedInterceptor::permanent(crate::tree_hash::TreeHash));
        #[cfg(not(feature = "tree-hash"))]
        components.push_interceptor(SharedInterceptor::permanent(
            crate::interceptors::LacksTreeHash,
        ));
    }
    if !operation.lenient_headers.is_empty() {
        components.push_interceptor(SharedInterceptor::permanent(LenientHeaders(
            operation.lenient_headers,
        )));
    }
    // A checksum is that of the compressed body.
    if !operation.compression.is_empty() {
        #[cfg(feature = "compression")]
        components.push_interceptor(SharedInterceptor::permanent(
            crate::compression::CompressionInterceptor(operation.compression),
        ));
    }
    if let Some(checksums) = operation.checksums {
        #[cfg(feature = "checksums")]
        components.push_interceptor(SharedInterceptor::permanent(
            crate::checksums::ChecksumInterceptor(checksums),
        ));
        #[cfg(not(feature = "checksums"))]
        if checksums.md5 || checksums.required {
            components.push_interceptor(SharedInterceptor::permanent(
                crate::interceptors::LacksChecksums,
            ));
        }
    }
    StaticRuntimePlugin::new()
        .with_config(layer.freeze())
        .with_runtime_components(components)
}
