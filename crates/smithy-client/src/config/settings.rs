//! Settings that only some services have: endpoint parameters that the client sets.

use super::Builder;
use crate::interceptors::EndpointSetting;
use aws_smithy_types::config_bag::CloneableLayer;
use aws_types::SdkConfig;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use smithy_operation::ServiceDescriptor;
use smithy_operation::endpoint::ParamValue;

/// Sets endpoint parameters by their names in the model. What [`endpoint_settings!`](crate::endpoint_settings)
/// writes uses it.
#[doc(hidden)]
pub trait EndpointSettings {
    fn set_endpoint_setting(&mut self, name: &'static str, value: Option<ParamValue>) -> &mut Self;
}

impl EndpointSettings for Builder {
    fn set_endpoint_setting(&mut self, name: &'static str, value: Option<ParamValue>) -> &mut Self {
        self.layer.store_append(EndpointSetting(name, value));
        self
    }
}

/// Takes the settings that the environment or the profile has for a service, and their defaults. What the program
/// sets takes precedence, and what is no boolean is ignored.
pub(super) fn of_service(
    layer: &mut CloneableLayer,
    shared: Option<&SdkConfig>,
    service: &ServiceDescriptor,
) {
    let environment = shared.and_then(SdkConfig::service_config);
    for source in service.customizations.settings {
        let mut own = layer.load::<EndpointSetting>();
        if own.any(|EndpointSetting(name, _)| *name == source.param) {
            continue;
        }
        let value = flag(environment, service, source.variable, source.key).or(source.default);
        if let Some(value) = value.map(ParamValue::Bool) {
            layer.store_append(EndpointSetting(source.param, Some(value)));
        }
    }
    #[cfg(feature = "endpoint-discovery")]
    if layer.load::<EnableEndpointDiscovery>().is_none() {
        let (variable, key) = (
            "AWS_ENABLE_ENDPOINT_DISCOVERY",
            "endpoint_discovery_enabled",
        );
        let enabled = flag(environment, service, variable, key);
        layer.store_or_unset(enabled.map(EnableEndpointDiscovery));
    }
}

/// Returns a boolean of the environment or the profile.
fn flag(
    environment: Option<&dyn LoadServiceConfig>,
    service: &ServiceDescriptor,
    variable: &'static str,
    key: &'static str,
) -> Option<bool> {
    let key = ServiceConfigKey::builder()
        .service_id(service.sdk_id)
        .env(variable)
        .profile(key)
        .build();
    let text = environment?.load_config(key.ok()?)?;
    text.trim().to_ascii_lowercase().parse().ok()
}

/// Defines methods of `Builder`, as the aws-sdk crates have them.
#[cfg(feature = "s3")]
macro_rules! settings {
    ($($(#[doc = $doc:literal])* $name:ident, $set:ident = $param:literal;)*) => {
        impl Builder {
            $(
                $(#[doc = $doc])*
                #[inline]
                pub fn $name(mut self, value: impl Into<bool>) -> Self {
                    self.$set(Some(value.into()));
                    self
                }

                $(#[doc = $doc])*
                #[inline]
                pub fn $set(&mut self, value: Option<bool>) -> &mut Self {
                    self.set_endpoint_setting($param, value.map(ParamValue::Bool))
                }
            )*
        }
    };
}

#[cfg(feature = "s3")]
settings! {
    /// Sets whether requests go to the accelerated endpoints of Amazon S3.
    accelerate, set_accelerate = "Accelerate";
    /// Sets whether Amazon S3 Multi-Region Access Points are refused.
    disable_multi_region_access_points, set_disable_multi_region_access_points =
        "DisableMultiRegionAccessPoints";
    /// Sets whether requests to Amazon S3 Express are signed without a session.
    disable_s3_express_session_auth, set_disable_s3_express_session_auth =
        "DisableS3ExpressSessionAuth";
    /// Sets whether the bucket is part of the path rather than of the host.
    force_path_style, set_force_path_style = "ForcePathStyle";
    /// Sets whether the region of an ARN replaces that of the client.
    use_arn_region, set_use_arn_region = "UseArnRegion";
}

#[cfg(feature = "account-id-endpoints")]
mod account_id {
    use crate::config::{Builder, Config};
    use aws_types::endpoint_config::AccountIdEndpointMode;

    impl Builder {
        /// Sets whether endpoints contain the account of the credentials. The default is to prefer them.
        #[inline]
        pub fn account_id_endpoint_mode(mut self, mode: AccountIdEndpointMode) -> Self {
            self.set_account_id_endpoint_mode(Some(mode));
            self
        }

        /// Sets whether endpoints contain the account of the credentials.
        #[inline]
        pub fn set_account_id_endpoint_mode(
            &mut self,
            mode: Option<AccountIdEndpointMode>,
        ) -> &mut Self {
            self.layer.store_or_unset(mode);
            self
        }
    }

    impl Config {
        /// Returns whether endpoints contain the account of the credentials, if it is set.
        #[inline]
        pub fn account_id_endpoint_mode(&self) -> Option<&AccountIdEndpointMode> {
            self.layer.load::<AccountIdEndpointMode>()
        }
    }
}

#[cfg(feature = "endpoint-discovery")]
mod discovery {
    use crate::config::{Builder, Config};
    use aws_smithy_types::config_bag::{Storable, StoreReplace};

    /// Whether calls that can use a discovered endpoint do.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct EnableEndpointDiscovery(pub(crate) bool);

    impl Storable for EnableEndpointDiscovery {
        type Storer = StoreReplace<Self>;
    }

    impl Builder {
        /// Sets whether calls for which that is optional go to an endpoint that the service returns. The default is
        /// that they do not, unless the environment variable `AWS_ENABLE_ENDPOINT_DISCOVERY` or the key
        /// `endpoint_discovery_enabled` of the profile is `true`.
        #[inline]
        pub fn enable_endpoint_discovery(mut self, enable: impl Into<bool>) -> Self {
            self.set_enable_endpoint_discovery(Some(enable.into()));
            self
        }

        /// Sets whether calls for which that is optional go to an endpoint that the service returns.
        #[inline]
        pub fn set_enable_endpoint_discovery(&mut self, enable: Option<bool>) -> &mut Self {
            self.layer
                .store_or_unset(enable.map(EnableEndpointDiscovery));
            self
        }
    }

    impl Config {
        /// Returns whether calls for which that is optional use a discovered endpoint, if it is set.
        #[inline]
        pub fn enable_endpoint_discovery(&self) -> Option<bool> {
            self.layer.load::<EnableEndpointDiscovery>().map(|it| it.0)
        }
    }
}

#[cfg(feature = "endpoint-discovery")]
pub(crate) use discovery::EnableEndpointDiscovery;
