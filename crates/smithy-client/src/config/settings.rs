//! Settings that only some services have: endpoint parameters that the client sets.

use super::Builder;
use crate::interceptors::EndpointSetting;
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
