//! The configuration that the clients of all services share.
//!
//! It is independent of any service. What differs between services, such as the environment variable for the
//! endpoint or the endpoint rules, is applied when a client is created.

#[cfg(feature = "http-auth")]
mod auth;
#[cfg(any(feature = "checksums", feature = "compression"))]
mod bodies;
mod builder;
#[cfg(feature = "from-env")]
mod from_env;
mod settings;

#[cfg(any(feature = "http-client", feature = "s2n-tls"))]
pub use crate::http::default_http_client;
pub use crate::idempotency::IdempotencyTokenProvider;
pub use crate::observe::{FinishedCall, on_call};
#[cfg(feature = "checksums")]
pub use aws_smithy_types::checksum_config::{
    RequestChecksumCalculation, ResponseChecksumValidation,
};
#[cfg(feature = "compression")]
pub(crate) use bodies::{DisableRequestCompression, RequestMinCompressionSizeBytes};
pub use builder::Builder;
#[cfg(feature = "from-env")]
pub use from_env::{EnvLoader, UnusableSetting, from_env};
#[cfg(feature = "endpoint-discovery")]
pub(crate) use settings::EnableEndpointDiscovery;
#[doc(hidden)]
pub use settings::EndpointSettings;

pub use aws_credential_types::Credentials;
#[cfg(feature = "http-auth")]
pub use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
pub use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
pub use aws_smithy_runtime::client::identity::IdentityCache;
pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
pub use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
#[cfg(feature = "http-auth")]
pub use aws_smithy_runtime_api::client::identity::http::{Login, Token};
pub use aws_smithy_runtime_api::client::identity::{ResolveCachedIdentity, SharedIdentityCache};
pub use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
pub use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
pub use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugin, SharedRuntimePlugin};
pub use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
pub use aws_smithy_runtime_api::shared::IntoShared;
pub use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer};
pub use aws_types::SdkConfig;
pub use aws_types::app_name::AppName;
pub use aws_types::region::Region;
pub use aws_types::sdk_ua_metadata::FrameworkMetadata;

use crate::endpoint::{DefaultResolver, ResolveEndpoint};
use aws_runtime::invocation_id::SharedInvocationIdGenerator;
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_runtime::user_agent::ApiMetadata;
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
use aws_types::SigningName;
use aws_types::endpoint_config::EndpointUrl;
use aws_types::service_config::ServiceConfigKey;
use smithy_operation::ServiceDescriptor;
use std::sync::Arc;

/// Retries: how often, and in which mode, a client repeats a call that failed.
///
/// ```
/// use smithy_client::config::Config;
/// use smithy_client::config::retry::RetryConfig;
///
/// let config = Config::builder()
///     .retry_config(RetryConfig::standard().with_max_attempts(5))
///     .build();
/// assert_eq!(config.retry_config().map(RetryConfig::max_attempts), Some(5));
/// ```
pub mod retry {
    pub use aws_smithy_runtime::client::retries::{ClientRateLimiter, RetryPartition, TokenBucket};
    pub use aws_smithy_runtime_api::client::retries::ShouldAttempt;
    pub use aws_smithy_runtime_api::client::retries::classifiers::{
        ClassifyRetry, RetryAction, RetryClassifierPriority, RetryReason,
    };
    pub use aws_smithy_types::retry::{ReconnectMode, RetryConfig, RetryConfigBuilder, RetryMode};
}

/// Timeouts of calls, of attempts and of connections.
///
/// ```
/// use smithy_client::config::Config;
/// use smithy_client::config::timeout::TimeoutConfig;
/// use std::time::Duration;
///
/// let timeouts = TimeoutConfig::builder()
///     .operation_timeout(Duration::from_secs(10))
///     .build();
/// let config = Config::builder().timeout_config(timeouts).build();
/// assert!(config.timeout_config().is_some());
/// ```
pub mod timeout {
    pub use aws_smithy_types::timeout::{TimeoutConfig, TimeoutConfigBuilder};
}

/// Interceptors: code that runs at the steps of each call, such as before a request is signed.
///
/// ```
/// use smithy_client::config::interceptors::{BeforeTransmitInterceptorContextMut, Intercept};
/// use smithy_client::config::{Config, ConfigBag, RuntimeComponents};
/// use std::error::Error;
///
/// #[derive(Debug)]
/// struct Team;
///
/// impl Intercept for Team {
///     fn name(&self) -> &'static str {
///         "Team"
///     }
///
///     fn modify_before_signing(
///         &self,
///         context: &mut BeforeTransmitInterceptorContextMut<'_>,
///         _components: &RuntimeComponents,
///         _config: &mut ConfigBag,
///     ) -> Result<(), Box<dyn Error + Send + Sync>> {
///         context.request_mut().headers_mut().insert("x-team", "lab");
///         Ok(())
///     }
/// }
///
/// let config = Config::builder().interceptor(Team).build();
/// assert_eq!(config.interceptors().count(), 1);
/// ```
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

/// HTTP requests and responses, as interceptors see them.
pub mod http {
    pub use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
}

/// The configuration of a client: endpoint, authentication, retries and timeouts.
///
/// Created by [`Config::builder()`], or from an [`SdkConfig`].
///
/// ```
/// use smithy_client::config::{Config, Credentials, Region};
///
/// let config = Config::builder()
///     .region(Region::new("eu-central-1"))
///     .credentials_provider(Credentials::new("access key ID", "secret", None, None, "example"))
///     .endpoint_url("http://localhost:8080")
///     .build();
/// assert_eq!(config.region().map(Region::as_ref), Some("eu-central-1"));
/// ```
#[derive(Debug, Clone)]
pub struct Config {
    pub(crate) layer: CloneableLayer,
    pub(crate) components: Arc<RuntimeComponentsBuilder>,
    pub(crate) plugins: Vec<SharedRuntimePlugin>,
    pub(crate) behavior_version: Option<BehaviorVersion>,
    /// The shared configuration of the program, if the settings of the service have yet to be looked up in it.
    pub(crate) shared: Option<Box<aws_types::SdkConfig>>,
    /// Whether the endpoint URL was set after the shared configuration.
    pub(crate) own_endpoint: bool,
    /// Whether a provider of bearer tokens was set after the shared configuration.
    pub(crate) own_token: bool,
    /// The service of the client that the configuration belongs to.
    pub(crate) service: Option<&'static ServiceDescriptor>,
}

impl Config {
    /// Returns a builder for a configuration.
    #[inline]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Returns a builder with the values of this configuration.
    #[inline]
    pub fn to_builder(&self) -> Builder {
        Builder {
            layer: self.layer.clone(),
            components: RuntimeComponentsBuilder::clone(&self.components),
            plugins: self.plugins.clone(),
            behavior_version: self.behavior_version,
            shared: self.shared.clone(),
            own_endpoint: self.own_endpoint,
            own_token: self.own_token,
        }
    }

    /// Returns the configuration of a client of this service.
    pub(crate) fn of_service(mut self, service: &'static ServiceDescriptor) -> Self {
        let shared = self.shared.take();
        #[cfg(feature = "http-auth")]
        if let Some(shared) = &shared {
            self.use_service_token(shared, service);
        }
        settings::of_service(&mut self.layer, shared.as_deref(), service);
        if let Some(shared) = shared
            && !self.own_endpoint
            && let Some(url) = service_endpoint_url(&shared, service)
        {
            self.layer.store_put(EndpointUrl(url));
        }
        let metadata = ApiMetadata::new(service.user_agent, service.crate_version);
        self.layer.store_put(metadata);
        let name = SigningName::from_static(service.signing_name);
        self.layer.store_put(name);
        self.service = Some(service);
        self
    }

    /// Returns the settings as a layer that calls share.
    pub(crate) fn frozen(&self) -> FrozenLayer {
        Layer::from(self.layer.clone())
            .with_name("smithy_client::Config")
            .freeze()
    }

    /// Creates a configuration from the one that all AWS clients of a program share.
    #[inline]
    pub fn new(config: &aws_types::SdkConfig) -> Self {
        Builder::from(config).build()
    }

    /// Loads the configuration of the environment, as every AWS tool finds it. [`from_env()`] does the same for
    /// several services.
    ///
    /// ```no_run
    /// # async fn run() {
    /// use smithy_client::config::Config;
    ///
    /// let config = Config::from_env().await;
    /// let config = config.to_builder().endpoint_url("http://localhost:8080").build();
    /// # }
    /// ```
    #[cfg(feature = "from-env")]
    pub async fn from_env() -> Self {
        Self::new(&from_env().load().await)
    }

    /// Returns the region, if one is set.
    #[inline]
    pub fn region(&self) -> Option<&Region> {
        self.layer.load::<Region>()
    }

    /// Returns the service name in signatures. It is empty if the configuration does not belong to a client.
    #[inline]
    pub fn signing_name(&self) -> &'static str {
        self.service.map_or("", |service| service.signing_name)
    }

    /// Returns the HTTP client, if one is set.
    #[inline]
    pub fn http_client(&self) -> Option<SharedHttpClient> {
        self.components.http_client()
    }

    /// Returns the authentication schemes that were added.
    #[inline]
    pub fn auth_schemes(&self) -> impl Iterator<Item = SharedAuthScheme> + '_ {
        self.components.auth_schemes()
    }

    /// Returns the resolver of authentication schemes, if one is set.
    #[inline]
    pub fn auth_scheme_resolver(&self) -> Option<SharedAuthSchemeOptionResolver> {
        self.components.auth_scheme_option_resolver()
    }

    /// Returns the preferred authentication schemes, if they are set.
    #[inline]
    pub fn auth_scheme_preference(&self) -> Option<&AuthSchemePreference> {
        self.layer.load::<AuthSchemePreference>()
    }

    /// Returns the endpoint resolver: the rules in the model of the service, unless another was set.
    ///
    /// If the configuration does not belong to a client, the service is unknown. The resolver then returns
    /// the endpoint URL that was set, and fails without one.
    pub fn endpoint_resolver(&self) -> SharedEndpointResolver {
        let default = || match self.service {
            Some(service) => DefaultResolver::of(service).into_shared_resolver(),
            None => DefaultResolver::without_rules().into_shared_resolver(),
        };
        self.components.endpoint_resolver().unwrap_or_else(default)
    }

    /// Always returns `None`: the configuration does not expose credentials.
    #[deprecated(
        note = "the configuration does not expose credentials: this always returns `None`"
    )]
    #[inline]
    pub fn credentials_provider(&self) -> Option<SharedCredentialsProvider> {
        None
    }

    /// Returns the retry configuration, if one is set.
    #[inline]
    pub fn retry_config(&self) -> Option<&RetryConfig> {
        self.layer.load::<RetryConfig>()
    }

    /// Returns the partition of the retry quota, if it is set.
    #[inline]
    pub fn retry_partition(&self) -> Option<&RetryPartition> {
        self.layer.load::<RetryPartition>()
    }

    /// Returns the retry classifiers that were added.
    #[inline]
    pub fn retry_classifiers(&self) -> impl Iterator<Item = SharedRetryClassifier> + '_ {
        self.components.retry_classifiers()
    }

    /// Returns the timeouts, if any are set.
    #[inline]
    pub fn timeout_config(&self) -> Option<&TimeoutConfig> {
        self.layer.load::<TimeoutConfig>()
    }

    /// Returns the stalled stream protection, if it is set.
    #[inline]
    pub fn stalled_stream_protection(&self) -> Option<&StalledStreamProtectionConfig> {
        self.layer.load::<StalledStreamProtectionConfig>()
    }

    /// Returns the timer, if one is set.
    #[inline]
    pub fn sleep_impl(&self) -> Option<SharedAsyncSleep> {
        self.components.sleep_impl()
    }

    /// Returns the clock.
    #[inline]
    pub fn time_source(&self) -> Option<SharedTimeSource> {
        self.components.time_source()
    }

    /// Returns the identity cache, if one is set.
    #[inline]
    pub fn identity_cache(&self) -> Option<SharedIdentityCache> {
        self.components.identity_cache()
    }

    /// Returns the interceptors that were added.
    #[inline]
    pub fn interceptors(&self) -> impl Iterator<Item = SharedInterceptor> + '_ {
        self.components.interceptors()
    }

    /// Returns the source of invocation IDs for the `amz-sdk-invocation-id` header, if it is set.
    #[inline]
    pub fn invocation_id_generator(&self) -> Option<SharedInvocationIdGenerator> {
        self.layer.load::<SharedInvocationIdGenerator>().cloned()
    }

    /// Returns whether clock skew correction is disabled, if that is set.
    #[inline]
    pub fn disable_clock_skew_correction(&self) -> Option<bool> {
        self.layer
            .load::<DisableClockSkewCorrection>()
            .map(DisableClockSkewCorrection::is_disabled)
    }

    /// Returns the frameworks in the `User-Agent` header.
    #[inline]
    pub fn framework_metadata(&self) -> Vec<&FrameworkMetadata> {
        self.layer.load::<FrameworkMetadata>().collect()
    }

    /// Returns the name of the application, if it is set.
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

/// Returns the endpoint that the environment or the profile sets for a service. A URL that the program sets
/// takes precedence.
fn service_endpoint_url(
    config: &aws_types::SdkConfig,
    service: &ServiceDescriptor,
) -> Option<String> {
    if config.get_origin("endpoint_url").is_client_config() {
        return None;
    }
    let key = ServiceConfigKey::builder()
        .service_id(service.sdk_id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build();
    let (service, key) = config.service_config().zip(key.ok())?;
    service.load_config(key).filter(|url| !url.is_empty())
}
