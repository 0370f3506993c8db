//! The builder of a client's configuration.

mod auth;
mod convert;
mod endpoint;
mod retries;
#[cfg(feature = "test-util")]
mod testing;

use super::{
    AppName, AsyncSleep, BehaviorVersion, Config, FrameworkMetadata, HttpClient,
    IdempotencyTokenProvider, Intercept, IntoShared, Region, RuntimeComponentsBuilder,
    RuntimePlugin, SharedAsyncSleep, SharedHttpClient, SharedInterceptor, SharedRuntimePlugin,
};
use aws_runtime::invocation_id::{InvocationIdGenerator, SharedInvocationIdGenerator};
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_types::config_bag::CloneableLayer;
use aws_smithy_types::telemetry::RequestedTelemetryAttributes;
use aws_types::region::SigningRegion;
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
