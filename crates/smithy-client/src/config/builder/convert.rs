//! Conversions: from the configuration that all clients of a program share, and to that of a single call.

use super::Builder;
#[cfg(any(feature = "checksums", feature = "compression"))]
use crate::config::bodies;
use crate::config::{Config, SdkConfig};
use smithy_operation::ConfigOverride;

impl From<&SdkConfig> for Builder {
    #[inline]
    fn from(config: &SdkConfig) -> Self {
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
        bodies::share(&mut builder, config);
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
