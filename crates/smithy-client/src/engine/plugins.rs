//! What a client's configuration, the service and an operation add to the smithy-rs runtime: plugins.

use crate::auth::{ModelledAuthSchemes, ResolveAuthScheme};
use crate::endpoint::{DefaultResolver, ResolveEndpoint};
#[cfg(feature = "event-stream")]
use crate::events;
use crate::interceptors::{
    EndpointParamsInterceptor, LenientHeaders, RequestInfoInterceptor, StalledStreamProtection,
};
use crate::secrets::HideFailure;
use crate::skew::{Skew, SkewInterceptor};
use crate::user_agent::UserAgent;
use crate::{auth, http, limits, retry, serde, sigv4};
use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::recursion_detection::RecursionDetectionInterceptor;
use aws_smithy_runtime::client::http::connection_poisoning::ConnectionPoisoningInterceptor;
use aws_smithy_runtime::client::orchestrator::AuthSchemeAndEndpointOrchestrationV2;
use aws_smithy_runtime::client::retries::classifiers::{
    HttpStatusCodeClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime_api::client::auth::AuthSchemeOptionResolverParams;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::orchestrator::{Metadata, SensitiveOutput};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{
    Order, RuntimePlugin, RuntimePlugins, StaticRuntimePlugin,
};
use aws_smithy_runtime_api::client::ser_de::{SharedRequestSerializer, SharedResponseDeserializer};
#[cfg(feature = "event-stream")]
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_schema::protocol::{
    ServiceShapeName, ServiceVersion, ServiceXmlNamespace, SharedClientProtocol,
};
use aws_smithy_types::config_bag::{FrozenLayer, Layer, Storable, StoreReplace};
use aws_smithy_types::retry::RetryConfig;
use smithy_operation::{CalledOperation, OperationDescriptor, ServiceDescriptor};
use std::borrow::Cow;
use std::sync::Arc;

/// The configuration of a client.
#[derive(Debug)]
pub(super) struct Configured {
    pub(super) layer: FrozenLayer,
    pub(super) components: Arc<RuntimeComponentsBuilder>,
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
pub(super) fn limited(layer: &FrozenLayer) -> Option<StaticRuntimePlugin> {
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
pub(super) fn service_plugin(
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
pub(super) fn operation_plugin(
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

/// Adds a value to the configuration of a call.
pub(super) fn with_stored<T: Storable<Storer = StoreReplace<T>>>(
    plugins: RuntimePlugins,
    name: &'static str,
    value: T,
) -> RuntimePlugins {
    let mut layer = Layer::new(name);
    layer.store_put(value);
    plugins.with_operation_plugin(StaticRuntimePlugin::new().with_config(layer.freeze()))
}
