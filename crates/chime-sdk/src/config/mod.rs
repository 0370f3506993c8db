//! The client's configuration.

mod builder;

pub use builder::Builder;
pub use smithy_client::{IdempotencyTokenProvider, endpoint};

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

use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::client::retries::classifiers::SharedRetryClassifier;
use aws_smithy_types::config_bag::CloneableLayer;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

/// Retries.
pub mod retry {
    pub use aws_smithy_runtime::client::retries::RetryPartition;
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
    pub(crate) components: RuntimeComponentsBuilder,
    pub(crate) plugins: Vec<SharedRuntimePlugin>,
    pub(crate) behavior_version: Option<BehaviorVersion>,
}

impl Config {
    /// Starts a configuration.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Opens the configuration for changes.
    pub fn to_builder(&self) -> Builder {
        Builder {
            layer: self.layer.clone(),
            components: self.components.clone(),
            plugins: self.plugins.clone(),
            behavior_version: self.behavior_version,
        }
    }

    /// Makes a configuration from the one that all AWS clients of a program share.
    pub fn new(config: &aws_types::SdkConfig) -> Self {
        Builder::from(config).build()
    }

    /// The region, if one is set.
    pub fn region(&self) -> Option<&Region> {
        self.layer.load::<Region>()
    }

    /// The name that requests are signed for.
    pub fn signing_name(&self) -> &'static str {
        chime_api::SERVICE.signing_name
    }

    /// The HTTP client, if one is set.
    pub fn http_client(&self) -> Option<SharedHttpClient> {
        self.components.http_client()
    }

    /// The retry configuration, if one is set.
    pub fn retry_config(&self) -> Option<&RetryConfig> {
        self.layer.load::<RetryConfig>()
    }

    /// Which clients share this one's retry quota, if that is set.
    pub fn retry_partition(&self) -> Option<&RetryPartition> {
        self.layer.load::<RetryPartition>()
    }

    /// The retry classifiers that were added.
    pub fn retry_classifiers(&self) -> impl Iterator<Item = SharedRetryClassifier> + '_ {
        self.components.retry_classifiers()
    }

    /// The timeouts, if any are set.
    pub fn timeout_config(&self) -> Option<&TimeoutConfig> {
        self.layer.load::<TimeoutConfig>()
    }

    /// The protection against stalled streams, if it is set.
    pub fn stalled_stream_protection(&self) -> Option<&StalledStreamProtectionConfig> {
        self.layer.load::<StalledStreamProtectionConfig>()
    }

    /// The timer, if one is set.
    pub fn sleep_impl(&self) -> Option<SharedAsyncSleep> {
        self.components.sleep_impl()
    }

    /// The clock.
    pub fn time_source(&self) -> Option<SharedTimeSource> {
        self.components.time_source()
    }

    /// The identity cache, if one is set.
    pub fn identity_cache(&self) -> Option<SharedIdentityCache> {
        self.components.identity_cache()
    }

    /// The interceptors that were added.
    pub fn interceptors(&self) -> impl Iterator<Item = SharedInterceptor> + '_ {
        self.components.interceptors()
    }

    /// The program's name, if it is set.
    pub fn app_name(&self) -> Option<&AppName> {
        self.layer.load::<AppName>()
    }
}

impl From<&aws_types::SdkConfig> for Config {
    fn from(config: &aws_types::SdkConfig) -> Self {
        Self::new(config)
    }
}
