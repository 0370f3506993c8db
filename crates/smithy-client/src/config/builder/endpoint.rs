//! Which endpoints requests are sent to.

use super::Builder;
use crate::endpoint::ResolveEndpoint;
use aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};

impl Builder {
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
}
