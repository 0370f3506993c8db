//! Credentials, and how requests are authenticated.

use super::Builder;
use crate::auth::ResolveAuthScheme;
use crate::config::{
    IntoShared, ProvideCredentials, ResolveCachedIdentity, SharedCredentialsProvider,
};
use aws_smithy_runtime::client::auth::no_auth::NoAuthRuntimePluginV2;
use aws_smithy_runtime_api::client::auth::{AuthScheme, AuthSchemePreference};

impl Builder {
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
}
