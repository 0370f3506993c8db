//! The client's configuration.

mod builder;

pub use builder::Builder;
pub use smithy_client::IdempotencyTokenProvider;
#[cfg(any(feature = "http-client", feature = "s2n-tls"))]
pub use smithy_client::default_http_client;

pub use aws_credential_types::Credentials;
pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
pub use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
pub use aws_smithy_runtime::client::identity::IdentityCache;
pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
pub use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
pub use aws_smithy_runtime_api::client::identity::{ResolveCachedIdentity, SharedIdentityCache};
pub use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
pub use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
pub use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugin, SharedRuntimePlugin};
pub use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
pub use aws_smithy_runtime_api::shared::IntoShared;
pub use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer};
pub use aws_types::app_name::AppName;
pub use aws_types::region::Region;
pub use aws_types::sdk_ua_metadata::FrameworkMetadata;

use aws_runtime::invocation_id::SharedInvocationIdGenerator;
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemePreference, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver;
use aws_smithy_runtime_api::client::retries::classifiers::SharedRetryClassifier;
use aws_smithy_types::config_bag::CloneableLayer;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use endpoint::ResolveEndpoint;
use std::sync::Arc;

/// Where requests go.
pub mod endpoint {
    pub use smithy_client::endpoint::{
        Endpoint, EndpointFuture, InvalidParams, Params, ParamsBuilder, ResolveEndpoint,
        SharedEndpointResolver,
    };

    /// Finds endpoints by the rules of the service's model.
    ///
    /// Parameters seldom change, so the last endpoint that was found is kept.
    #[derive(Debug)]
    pub struct DefaultResolver(smithy_client::endpoint::DefaultResolver);

    impl DefaultResolver {
        /// Makes a resolver.
        #[inline]
        pub fn new() -> Self {
            Self(smithy_client::endpoint::DefaultResolver::of(
                &chime_api::SERVICE,
            ))
        }
    }

    impl Default for DefaultResolver {
        #[inline]
        fn default() -> Self {
            Self::new()
        }
    }

    impl ResolveEndpoint for DefaultResolver {
        #[inline]
        fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
            self.0.resolve_endpoint(params)
        }
    }
}

/// Which requests are signed, and how.
pub mod auth {
    use aws_smithy_types::config_bag::ConfigBag;
    use smithy_client::auth::{AuthSchemeOptionsFuture, ModelledAuthSchemes};
    pub use smithy_client::auth::{BuildError, Params, ParamsBuilder, ResolveAuthScheme};

    /// Signs with SigV4, as the service's model says.
    #[derive(Debug)]
    pub struct DefaultAuthSchemeResolver(ModelledAuthSchemes);

    impl Default for DefaultAuthSchemeResolver {
        #[inline]
        fn default() -> Self {
            Self(ModelledAuthSchemes::of(&chime_api::SERVICE))
        }
    }

    impl ResolveAuthScheme for DefaultAuthSchemeResolver {
        #[inline]
        fn resolve_auth_scheme<'a>(
            &'a self,
            params: &'a Params,
            config: &'a ConfigBag,
            components: &'a super::RuntimeComponents,
        ) -> AuthSchemeOptionsFuture<'a> {
            self.0.resolve_auth_scheme(params, config, components)
        }
    }
}

/// Retries.
pub mod retry {
    pub use aws_smithy_runtime::client::retries::{ClientRateLimiter, RetryPartition, TokenBucket};
    pub use aws_smithy_runtime_api::client::retries::ShouldAttempt;
    pub use aws_smithy_runtime_api::client::retries::classifiers::{
        ClassifyRetry, RetryAction, RetryClassifierPriority, RetryReason,
    };
    pub use aws_smithy_types::retry::{ReconnectMode, RetryConfig, RetryConfigBuilder, RetryMode};
}

/// Timeouts.
pub mod timeout {
    pub use aws_smithy_types::timeout::{TimeoutConfig, TimeoutConfigBuilder};
}

/// What interceptors work with.
pub mod interceptors {
    pub use aws_smithy_runtime_api::client::interceptors::Intercept;
    pub use aws_smithy_runtime_api::client::interceptors::context::{
        AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextMut,
        BeforeDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
        BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
        BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextMut,
        FinalizerInterceptorContextRef, InterceptorContext,
    };
}

/// Requests and responses as interceptors see them.
pub mod http {
    pub use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
}

/// How a client finds its service, proves who calls, waits and tries again.
///
/// Made by [`Config::builder()`], or from an [`SdkConfig`](aws_types::SdkConfig).
#[derive(Debug, Clone)]
pub struct Config {
    pub(crate) layer: CloneableLayer,
    pub(crate) frozen: FrozenLayer,
    pub(crate) components: Arc<RuntimeComponentsBuilder>,
    pub(crate) plugins: Vec<SharedRuntimePlugin>,
    pub(crate) behavior_version: Option<BehaviorVersion>,
}

impl Config {
    /// Starts a configuration.
    #[inline]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Opens the configuration for changes.
    #[inline]
    pub fn to_builder(&self) -> Builder {
        Builder {
            layer: self.layer.clone(),
            components: RuntimeComponentsBuilder::clone(&self.components),
            plugins: self.plugins.clone(),
            behavior_version: self.behavior_version,
        }
    }

    /// Makes a configuration from the one that all AWS clients of a program share.
    #[inline]
    pub fn new(config: &aws_types::SdkConfig) -> Self {
        Builder::from(config).build()
    }

    /// The region, if one is set.
    #[inline]
    pub fn region(&self) -> Option<&Region> {
        self.layer.load::<Region>()
    }

    /// The name that requests are signed for.
    #[inline]
    pub fn signing_name(&self) -> &'static str {
        chime_api::SERVICE.signing_name
    }

    /// The HTTP client, if one is set.
    #[inline]
    pub fn http_client(&self) -> Option<SharedHttpClient> {
        self.components.http_client()
    }

    /// The authentication schemes that were added.
    #[inline]
    pub fn auth_schemes(&self) -> impl Iterator<Item = SharedAuthScheme> + '_ {
        self.components.auth_schemes()
    }

    /// What chooses an authentication scheme, if that is set.
    #[inline]
    pub fn auth_scheme_resolver(&self) -> Option<SharedAuthSchemeOptionResolver> {
        self.components.auth_scheme_option_resolver()
    }

    /// Which authentication schemes are preferred, if that is set.
    #[inline]
    pub fn auth_scheme_preference(&self) -> Option<&AuthSchemePreference> {
        self.layer.load::<AuthSchemePreference>()
    }

    /// What finds endpoints: the rules of the service's model, unless another was set.
    #[inline]
    pub fn endpoint_resolver(&self) -> SharedEndpointResolver {
        self.components
            .endpoint_resolver()
            .unwrap_or_else(|| endpoint::DefaultResolver::new().into_shared_resolver())
    }

    /// Always `None`: credentials are not handed out again.
    #[deprecated(note = "credentials are not handed out again: this is always `None`")]
    #[inline]
    pub fn credentials_provider(&self) -> Option<SharedCredentialsProvider> {
        None
    }

    /// The retry configuration, if one is set.
    #[inline]
    pub fn retry_config(&self) -> Option<&RetryConfig> {
        self.layer.load::<RetryConfig>()
    }

    /// Which clients share this one's retry quota, if that is set.
    #[inline]
    pub fn retry_partition(&self) -> Option<&RetryPartition> {
        self.layer.load::<RetryPartition>()
    }

    /// The retry classifiers that were added.
    #[inline]
    pub fn retry_classifiers(&self) -> impl Iterator<Item = SharedRetryClassifier> + '_ {
        self.components.retry_classifiers()
    }

    /// The timeouts, if any are set.
    #[inline]
    pub fn timeout_config(&self) -> Option<&TimeoutConfig> {
        self.layer.load::<TimeoutConfig>()
    }

    /// The protection against stalled streams, if it is set.
    #[inline]
    pub fn stalled_stream_protection(&self) -> Option<&StalledStreamProtectionConfig> {
        self.layer.load::<StalledStreamProtectionConfig>()
    }

    /// The timer, if one is set.
    #[inline]
    pub fn sleep_impl(&self) -> Option<SharedAsyncSleep> {
        self.components.sleep_impl()
    }

    /// The clock.
    #[inline]
    pub fn time_source(&self) -> Option<SharedTimeSource> {
        self.components.time_source()
    }

    /// The identity cache, if one is set.
    #[inline]
    pub fn identity_cache(&self) -> Option<SharedIdentityCache> {
        self.components.identity_cache()
    }

    /// The interceptors that were added.
    #[inline]
    pub fn interceptors(&self) -> impl Iterator<Item = SharedInterceptor> + '_ {
        self.components.interceptors()
    }

    /// What names each call in its `amz-sdk-invocation-id` header, if that is set.
    #[inline]
    pub fn invocation_id_generator(&self) -> Option<SharedInvocationIdGenerator> {
        self.layer.load::<SharedInvocationIdGenerator>().cloned()
    }

    /// Whether the correction of clock skew is off, if that is set.
    #[inline]
    pub fn disable_clock_skew_correction(&self) -> Option<bool> {
        self.layer
            .load::<DisableClockSkewCorrection>()
            .map(DisableClockSkewCorrection::is_disabled)
    }

    /// The frameworks that the `User-Agent` header names.
    #[inline]
    pub fn framework_metadata(&self) -> Vec<&FrameworkMetadata> {
        self.layer.load::<FrameworkMetadata>().collect()
    }

    /// The program's name, if it is set.
    #[inline]
    pub fn app_name(&self) -> Option<&AppName> {
        self.layer.load::<AppName>()
    }
}

impl From<&aws_types::SdkConfig> for Config {
    #[inline]
    fn from(config: &aws_types::SdkConfig) -> Self {
        Self::new(config)
    }
}
