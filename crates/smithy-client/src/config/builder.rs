//! The builder of a client's configuration.

use super::{
    AppName, AsyncSleep, BehaviorVersion, Config, FrameworkMetadata, HttpClient,
    IdempotencyTokenProvider, Intercept, IntoShared, ProvideCredentials, Region,
    ResolveCachedIdentity, RuntimeComponentsBuilder, RuntimePlugin, SharedAsyncSleep,
    SharedCredentialsProvider, SharedHttpClient, SharedInterceptor, SharedRuntimePlugin,
    StalledStreamProtectionConfig,
};
use crate::auth::ResolveAuthScheme;
use crate::endpoint::ResolveEndpoint;
use aws_runtime::invocation_id::{InvocationIdGenerator, SharedInvocationIdGenerator};
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime::client::auth::no_auth::NoAuthRuntimePluginV2;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::client::auth::{AuthScheme, AuthSchemePreference};
use aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, SharedRetryClassifier};
use aws_smithy_types::config_bag::CloneableLayer;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::telemetry::RequestedTelemetryAttributes;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::SigningRegion;
use smithy_operation::ConfigOverride;
use std::sync::Arc;

/// Builds the configuration of a client.
#[derive(Debug, Clone)]
pub struct Builder {
    pub(crate) layer: CloneableLayer,
    pub(crate) components: RuntimeComponentsBuilder,
    pub(crate) plugins: Vec<SharedRuntimePlugin>,
    pub(crate) behavior_version: Option<BehaviorVersion>,
    pub(crate) shared: Option<Box<aws_types::SdkConfig>>,
    pub(crate) own_endpoint: bool,
    pub(crate) own_token: bool,
}

impl Default for Builder {
    #[inline]
    fn default() -> Self {
        Self {
            layer: Default::default(),
            components: RuntimeComponentsBuilder::new("smithy_client::Config"),
            plugins: Vec::new(),
            behavior_version: None,
            shared: None,
            own_endpoint: false,
            own_token: false,
        }
    }
}

impl Builder {
    /// Creates an empty builder.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the region, which determines the endpoint and is part of signatures.
    #[inline]
    pub fn region(mut self, region: impl Into<Option<Region>>) -> Self {
        self.set_region(region.into());
        self
    }

    /// Sets the region.
    #[inline]
    pub fn set_region(&mut self, region: Option<Region>) -> &mut Self {
        self.layer.store_or_unset(region);
        self
    }

    /// Sets the provider of credentials.
    #[inline]
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.set_credentials_provider(Some(SharedCredentialsProvider::new(provider)));
        self
    }

    /// Sets the provider of credentials; `None` changes nothing.
    #[inline]
    pub fn set_credentials_provider(
        &mut self,
        provider: Option<SharedCredentialsProvider>,
    ) -> &mut Self {
        if let Some(provider) = provider {
            #[cfg(feature = "sigv4a")]
            self.components
                .set_identity_resolver(aws_runtime::auth::sigv4a::SCHEME_ID, provider.clone());
            self.components
                .set_identity_resolver(aws_runtime::auth::sigv4::SCHEME_ID, provider);
        }
        self
    }

    /// Sets the identity cache, which stores credentials.
    #[inline]
    pub fn identity_cache(mut self, cache: impl ResolveCachedIdentity + 'static) -> Self {
        self.set_identity_cache(cache);
        self
    }

    /// Sets the identity cache, which stores credentials.
    #[inline]
    pub fn set_identity_cache(&mut self, cache: impl ResolveCachedIdentity + 'static) -> &mut Self {
        self.components.set_identity_cache(Some(cache));
        self
    }

    /// Allows unsigned requests if no credentials are set, for services other than AWS.
    #[inline]
    pub fn allow_no_auth(mut self) -> Self {
        self.set_allow_no_auth();
        self
    }

    /// Allows unsigned requests if no credentials are set, for services other than AWS.
    #[inline]
    pub fn set_allow_no_auth(&mut self) -> &mut Self {
        self.push_runtime_plugin(NoAuthRuntimePluginV2::new().into_shared())
    }

    /// Sets the endpoint that requests are sent to instead of the default endpoint of the service, such as
    /// `http://127.0.0.1:8080`.
    #[inline]
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.set_endpoint_url(Some(url.into()));
        self
    }

    /// Sets the endpoint that requests are sent to instead of the default endpoint of the service.
    #[inline]
    pub fn set_endpoint_url(&mut self, url: Option<String>) -> &mut Self {
        // This overrides the service-specific endpoint in the environment.
        self.own_endpoint = true;
        self.layer.store_or_unset(url.map(EndpointUrl));
        self
    }

    /// Sets the endpoint resolver, which replaces the rules in the model.
    #[inline]
    pub fn endpoint_resolver(mut self, resolver: impl ResolveEndpoint + 'static) -> Self {
        self.set_endpoint_resolver(Some(resolver.into_shared_resolver()));
        self
    }

    /// Sets the endpoint resolver, which replaces the rules in the model.
    #[inline]
    pub fn set_endpoint_resolver(&mut self, resolver: Option<SharedEndpointResolver>) -> &mut Self {
        self.components.set_endpoint_resolver(resolver);
        self
    }

    /// Sets whether to use dual-stack endpoints, which support both IPv4 and IPv6.
    #[inline]
    pub fn use_dual_stack(mut self, use_dual_stack: impl Into<bool>) -> Self {
        self.set_use_dual_stack(Some(use_dual_stack.into()));
        self
    }

    /// Sets whether to use dual-stack endpoints, which support both IPv4 and IPv6.
    #[inline]
    pub fn set_use_dual_stack(&mut self, use_dual_stack: Option<bool>) -> &mut Self {
        self.layer.store_or_unset(use_dual_stack.map(UseDualStack));
        self
    }

    /// Sets whether to use endpoints that comply with FIPS.
    #[inline]
    pub fn use_fips(mut self, use_fips: impl Into<bool>) -> Self {
        self.set_use_fips(Some(use_fips.into()));
        self
    }

    /// Sets whether to use endpoints that comply with FIPS.
    #[inline]
    pub fn set_use_fips(&mut self, use_fips: Option<bool>) -> &mut Self {
        self.layer.store_or_unset(use_fips.map(UseFips));
        self
    }

    /// Sets the HTTP client.
    ///
    /// By default, the client uses `default_http_client()`, if a feature of this crate provides it. Only that
    /// client uses the proxies and certificates that are set in the environment.
    #[inline]
    pub fn http_client(mut self, client: impl HttpClient + 'static) -> Self {
        self.set_http_client(Some(client.into_shared()));
        self
    }

    /// Sets the HTTP client.
    #[inline]
    pub fn set_http_client(&mut self, client: Option<SharedHttpClient>) -> &mut Self {
        self.components.set_http_client(client);
        self
    }

    /// Sets how often a call is attempted and how long to wait between attempts. The default is three
    /// attempts.
    #[inline]
    pub fn retry_config(mut self, config: RetryConfig) -> Self {
        self.set_retry_config(Some(config));
        self
    }

    /// Sets how often a call is attempted; `None` changes nothing.
    #[inline]
    pub fn set_retry_config(&mut self, config: Option<RetryConfig>) -> &mut Self {
        if let Some(config) = config {
            self.layer.store_put(config);
        }
        self
    }

    /// Sets the partition of the retry quota. Clients with the same partition share their quota.
    #[inline]
    pub fn retry_partition(mut self, partition: RetryPartition) -> Self {
        self.set_retry_partition(Some(partition));
        self
    }

    /// Sets the partition of the retry quota; `None` changes nothing.
    #[inline]
    pub fn set_retry_partition(&mut self, partition: Option<RetryPartition>) -> &mut Self {
        if let Some(partition) = partition {
            self.layer.store_put(partition);
        }
        self
    }

    /// Adds a retry classifier, which decides which failures to retry.
    #[inline]
    pub fn retry_classifier(mut self, classifier: impl ClassifyRetry + 'static) -> Self {
        self.push_retry_classifier(SharedRetryClassifier::new(classifier));
        self
    }

    /// Adds a retry classifier, which decides which failures to retry.
    #[inline]
    pub fn push_retry_classifier(&mut self, classifier: SharedRetryClassifier) -> &mut Self {
        self.components.push_retry_classifier(classifier);
        self
    }

    /// Replaces the retry classifiers.
    #[inline]
    pub fn set_retry_classifiers(
        &mut self,
        classifiers: impl IntoIterator<Item = SharedRetryClassifier>,
    ) -> &mut Self {
        self.components
            .set_retry_classifiers(classifiers.into_iter());
        self
    }

    /// Sets the timeouts for connections, attempts and whole calls.
    #[inline]
    pub fn timeout_config(mut self, config: TimeoutConfig) -> Self {
        self.set_timeout_config(Some(config));
        self
    }

    /// Sets the timeouts. Timeouts that it does not set are unchanged, and `None` changes nothing.
    #[inline]
    pub fn set_timeout_config(&mut self, config: Option<TimeoutConfig>) -> &mut Self {
        if let Some(mut config) = config {
            if let Some(base) = self.layer.load::<TimeoutConfig>() {
                config.take_defaults_from(base);
            }
            self.layer.store_put(config);
        }
        self
    }

    /// Sets how stalled streams are handled.
    #[inline]
    pub fn stalled_stream_protection(mut self, config: StalledStreamProtectionConfig) -> Self {
        self.set_stalled_stream_protection(Some(config));
        self
    }

    /// Sets how stalled streams are handled.
    #[inline]
    pub fn set_stalled_stream_protection(
        &mut self,
        config: Option<StalledStreamProtectionConfig>,
    ) -> &mut Self {
        self.layer.store_or_unset(config);
        self
    }

    /// Sets the timer for timeouts and waits between attempts.
    #[inline]
    pub fn sleep_impl(mut self, sleep: impl AsyncSleep + 'static) -> Self {
        self.set_sleep_impl(Some(sleep.into_shared()));
        self
    }

    /// Sets the timer for timeouts and waits between attempts.
    #[inline]
    pub fn set_sleep_impl(&mut self, sleep: Option<SharedAsyncSleep>) -> &mut Self {
        self.components.set_sleep_impl(sleep);
        self
    }

    /// Sets the clock for signatures.
    #[inline]
    pub fn time_source(mut self, source: impl TimeSource + 'static) -> Self {
        self.set_time_source(Some(source.into_shared()));
        self
    }

    /// Sets the clock for signatures.
    #[inline]
    pub fn set_time_source(&mut self, source: Option<SharedTimeSource>) -> &mut Self {
        self.components.set_time_source(source);
        self
    }

    /// Sets whether requests are signed with the local time even if the clock of the service differs.
    #[inline]
    pub fn disable_clock_skew_correction(mut self, disable: impl Into<Option<bool>>) -> Self {
        self.set_disable_clock_skew_correction(disable.into());
        self
    }

    /// Sets whether requests are signed with the local time even if the clock of the service differs.
    #[inline]
    pub fn set_disable_clock_skew_correction(&mut self, disable: Option<bool>) -> &mut Self {
        self.layer
            .store_or_unset(disable.map(DisableClockSkewCorrection::from));
        self
    }

    /// Adds an interceptor, which can read and modify each request and response.
    #[inline]
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.push_interceptor(SharedInterceptor::new(interceptor));
        self
    }

    /// Adds an interceptor.
    #[inline]
    pub fn push_interceptor(&mut self, interceptor: SharedInterceptor) -> &mut Self {
        self.components.push_interceptor(interceptor);
        self
    }

    /// Replaces the interceptors.
    #[inline]
    pub fn set_interceptors(
        &mut self,
        interceptors: impl IntoIterator<Item = SharedInterceptor>,
    ) -> &mut Self {
        self.components.set_interceptors(interceptors.into_iter());
        self
    }

    /// Sets the source of idempotency tokens. The default is random UUIDs.
    #[inline]
    pub fn idempotency_token_provider(
        mut self,
        provider: impl Into<IdempotencyTokenProvider>,
    ) -> Self {
        self.set_idempotency_token_provider(Some(provider.into()));
        self
    }

    /// Sets the source of idempotency tokens.
    #[inline]
    pub fn set_idempotency_token_provider(
        &mut self,
        provider: Option<IdempotencyTokenProvider>,
    ) -> &mut Self {
        self.layer.store_or_unset(provider);
        self
    }

    /// Sets the source of invocation IDs, which are sent in the header `amz-sdk-invocation-id`.
    #[inline]
    pub fn invocation_id_generator(
        mut self,
        generator: impl InvocationIdGenerator + 'static,
    ) -> Self {
        self.set_invocation_id_generator(Some(SharedInvocationIdGenerator::new(generator)));
        self
    }

    /// Sets the source of invocation IDs.
    #[inline]
    pub fn set_invocation_id_generator(
        &mut self,
        generator: Option<SharedInvocationIdGenerator>,
    ) -> &mut Self {
        self.layer.store_or_unset(generator);
        self
    }

    /// Sets the name of the application, which is sent in the `User-Agent` header.
    #[inline]
    pub fn app_name(mut self, name: AppName) -> Self {
        self.set_app_name(Some(name));
        self
    }

    /// Sets the name of the application.
    #[inline]
    pub fn set_app_name(&mut self, name: Option<AppName>) -> &mut Self {
        self.layer.store_or_unset(name);
        self
    }

    /// Adds the name of a framework to the `User-Agent` header.
    #[inline]
    pub fn framework_metadata(mut self, metadata: FrameworkMetadata) -> Self {
        self.push_framework_metadata(metadata);
        self
    }

    /// Adds the name of a framework to the `User-Agent` header.
    #[inline]
    pub fn push_framework_metadata(&mut self, metadata: FrameworkMetadata) -> &mut Self {
        self.layer.store_append(metadata);
        self
    }

    /// Adds an authentication scheme in addition to those of the model.
    #[inline]
    pub fn push_auth_scheme(mut self, scheme: impl AuthScheme + 'static) -> Self {
        self.components.push_auth_scheme(scheme);
        self
    }

    /// Sets the resolver of authentication schemes. By default, the model determines the scheme.
    #[inline]
    pub fn auth_scheme_resolver(mut self, resolver: impl ResolveAuthScheme + 'static) -> Self {
        self.set_auth_scheme_resolver(resolver);
        self
    }

    /// Sets the resolver of authentication schemes.
    #[inline]
    pub fn set_auth_scheme_resolver(
        &mut self,
        resolver: impl ResolveAuthScheme + 'static,
    ) -> &mut Self {
        self.components
            .set_auth_scheme_option_resolver(Some(resolver.into_shared_resolver()));
        self
    }

    /// Sets the preferred authentication schemes, among those that an operation supports.
    #[inline]
    pub fn auth_scheme_preference(mut self, preference: impl Into<AuthSchemePreference>) -> Self {
        self.set_auth_scheme_preference(Some(preference.into()));
        self
    }

    /// Sets the preferred authentication schemes, among those that an operation supports.
    #[inline]
    pub fn set_auth_scheme_preference(
        &mut self,
        preference: Option<AuthSchemePreference>,
    ) -> &mut Self {
        self.layer.store_or_unset(preference);
        self
    }

    /// Sets the regions in which SigV4a signatures are valid. The default is the region of the endpoint.
    #[cfg(feature = "sigv4a")]
    #[inline]
    pub fn sigv4a_signing_region_set(
        mut self,
        regions: impl Into<aws_types::region::SigningRegionSet>,
    ) -> Self {
        self.set_sigv4a_signing_region_set(Some(regions.into()));
        self
    }

    /// Sets the regions in which SigV4a signatures are valid.
    #[cfg(feature = "sigv4a")]
    #[inline]
    pub fn set_sigv4a_signing_region_set(
        &mut self,
        regions: Option<aws_types::region::SigningRegionSet>,
    ) -> &mut Self {
        self.layer.store_or_unset(regions);
        self
    }

    /// Adds members of inputs to metrics, by their names in the model, such as `AccountId`.
    ///
    /// Only strings that are not sensitive are supported. Each distinct value creates a separate time series.
    #[inline]
    pub fn emit_input_attributes(self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.request_attributes(|requested| requested.emit(names.into_iter().map(Into::into)))
    }

    /// Captures members of inputs for interceptors, as `CapturedTelemetryAttributes` in the configuration,
    /// without adding them to metrics.
    #[inline]
    pub fn capture_input_attributes(
        self,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.request_attributes(|requested| {
            requested.capture_only(names.into_iter().map(Into::into));
        })
    }

    #[inline]
    fn request_attributes(mut self, add: impl FnOnce(&mut RequestedTelemetryAttributes)) -> Self {
        let so_far = self.layer.load::<RequestedTelemetryAttributes>();
        let mut requested = so_far.cloned().unwrap_or_default();
        add(&mut requested);
        self.layer.store_put(requested);
        self
    }

    /// Sets the version of the smithy-rs runtime's defaults. The default is the latest.
    #[inline]
    pub fn behavior_version(mut self, version: BehaviorVersion) -> Self {
        self.set_behavior_version(Some(version));
        self
    }

    /// Sets the version of the smithy-rs runtime's defaults.
    #[inline]
    pub fn set_behavior_version(&mut self, version: Option<BehaviorVersion>) -> &mut Self {
        self.behavior_version = version;
        self
    }

    /// Uses the latest defaults of the smithy-rs runtime, which is also the default.
    #[inline]
    pub fn behavior_version_latest(self) -> Self {
        self.behavior_version(BehaviorVersion::latest())
    }

    /// Adds a plugin of the smithy-rs runtime.
    #[inline]
    pub fn runtime_plugin(mut self, plugin: impl RuntimePlugin + 'static) -> Self {
        self.push_runtime_plugin(SharedRuntimePlugin::new(plugin));
        self
    }

    /// Adds a plugin of the smithy-rs runtime.
    #[inline]
    pub fn push_runtime_plugin(&mut self, plugin: SharedRuntimePlugin) -> &mut Self {
        self.plugins.push(plugin);
        self
    }

    /// Sets credentials, clock, user agent and tokens to fixed values for tests.
    #[cfg(feature = "test-util")]
    #[inline]
    pub fn apply_test_defaults(&mut self) -> &mut Self {
        let then = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_234_567_890);
        self.set_idempotency_token_provider(Some("00000000-0000-4000-8000-000000000000".into()));
        self.set_time_source(Some(SharedTimeSource::new(
            aws_smithy_async::time::StaticTimeSource::new(then),
        )));
        self.layer
            .store_put(aws_runtime::user_agent::AwsUserAgent::for_tests());
        self.set_credentials_provider(Some(SharedCredentialsProvider::new(
            super::Credentials::for_tests(),
        )));
        self.set_behavior_version(Some(BehaviorVersion::latest()))
    }

    /// Sets credentials, clock, user agent and tokens to fixed values for tests.
    #[cfg(feature = "test-util")]
    #[inline]
    pub fn with_test_defaults(mut self) -> Self {
        self.apply_test_defaults();
        self
    }

    /// Calls [`apply_test_defaults`](Self::apply_test_defaults), and sets the region to `us-east-1` if none
    /// is set.
    #[cfg(feature = "test-util")]
    #[inline]
    pub fn apply_test_defaults_v2(&mut self) -> &mut Self {
        self.apply_test_defaults();
        if self.layer.load::<Region>().is_none() {
            self.set_region(Some(Region::from_static("us-east-1")));
        }
        self
    }

    /// Calls [`with_test_defaults`](Self::with_test_defaults), and sets the region to `us-east-1` if none is
    /// set.
    #[cfg(feature = "test-util")]
    #[inline]
    pub fn with_test_defaults_v2(mut self) -> Self {
        self.apply_test_defaults_v2();
        self
    }

    /// Builds the configuration.
    #[inline]
    pub fn build(mut self) -> Config {
        if self.components.time_source().is_none() {
            self.components.set_time_source(Some(Default::default()));
        }
        self.store_signing();
        Config {
            layer: self.layer,
            components: Arc::new(self.components),
            plugins: self.plugins,
            behavior_version: self.behavior_version,
            shared: self.shared,
            own_endpoint: self.own_endpoint,
            own_token: self.own_token,
            service: None,
        }
    }

    /// Requests are signed for the region of the client, unless the endpoint specifies another.
    #[inline]
    fn store_signing(&mut self) {
        if let Some(region) = self.layer.load::<Region>().cloned() {
            self.layer.store_put(SigningRegion::from(region));
        }
    }
}

impl From<&aws_types::SdkConfig> for Builder {
    #[inline]
    fn from(config: &aws_types::SdkConfig) -> Self {
        let mut builder = Self::default();
        // An empty variable or profile setting counts as unset, as in the AWS CLI.
        let region = config.region().filter(|region| !region.as_ref().is_empty());
        let url = config.endpoint_url().filter(|url| !url.is_empty());
        builder
            .set_region(region.cloned())
            .set_credentials_provider(config.credentials_provider())
            .set_use_fips(config.use_fips())
            .set_use_dual_stack(config.use_dual_stack())
            .set_endpoint_url(url.map(str::to_owned))
            .set_retry_config(config.retry_config().cloned())
            .set_timeout_config(config.timeout_config().cloned())
            .set_sleep_impl(config.sleep_impl())
            .set_http_client(config.http_client())
            .set_time_source(config.time_source())
            .set_behavior_version(config.behavior_version())
            .set_auth_scheme_preference(config.auth_scheme_preference().cloned())
            .set_disable_clock_skew_correction(config.disable_clock_skew_correction())
            .set_app_name(config.app_name().cloned());
        if let Some(protection) = config.stalled_stream_protection() {
            builder.set_stalled_stream_protection(Some(protection));
        }
        if let Some(cache) = config.identity_cache() {
            builder.set_identity_cache(cache);
        }
        #[cfg(feature = "account-id-endpoints")]
        builder.set_account_id_endpoint_mode(config.account_id_endpoint_mode().cloned());
        for metadata in config.framework_metadata() {
            builder.push_framework_metadata(metadata.clone());
        }
        #[cfg(feature = "sigv4a")]
        builder.set_sigv4a_signing_region_set(config.sigv4a_signing_region_set().cloned());
        #[cfg(feature = "http-auth")]
        builder.set_token_provider(config.token_provider());
        #[cfg(any(feature = "checksums", feature = "compression"))]
        super::bodies::share(&mut builder, config);
        builder.shared = Some(Box::new(config.clone()));
        builder.own_endpoint = false;
        builder.own_token = false;
        builder
    }
}

impl From<Builder> for ConfigOverride {
    #[inline]
    fn from(builder: Builder) -> Self {
        Self {
            layer: builder.layer,
            components: builder.components,
            plugins: builder.plugins,
        }
    }
}

impl From<Config> for Builder {
    #[inline]
    fn from(config: Config) -> Self {
        config.to_builder()
    }
}
