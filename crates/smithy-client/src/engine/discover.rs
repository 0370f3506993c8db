//! How a call finds its endpoint, if the service has operations that return endpoints.

use super::Engine;
use super::plugins::with_stored;
use crate::config::EnableEndpointDiscovery;
use crate::discovery::{self, Discovery};
use crate::endpoint::{DefaultResolver, ResolveEndpoint};
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_types::endpoint_config::EndpointUrl;
use aws_types::region::Region;
use smithy_operation::{OperationDescriptor, Overrides};
use std::sync::Arc;

impl Engine {
    /// Returns how to find the endpoint of a call, unless it is configured or need not be discovered.
    pub(super) fn discovery(
        &self,
        operation: &OperationDescriptor,
        input: &mut Input,
        overrides: &Overrides,
    ) -> Option<Arc<Discovery>> {
        let discovered = operation.discovery?;
        let own = overrides.config.as_ref();
        if !discovered.required {
            let wanted = own.and_then(|own| own.layer.load::<EnableEndpointDiscovery>());
            let wanted = wanted.or_else(|| self.frozen.load::<EnableEndpointDiscovery>());
            if !wanted.is_some_and(|wanted| wanted.0) {
                return None;
            }
        }
        let has_url = own.is_some_and(|own| own.layer.load::<EndpointUrl>().is_some())
            || self.frozen.load::<EndpointUrl>().is_some();
        let has_resolver = own.is_some_and(|own| own.components.endpoint_resolver().is_some())
            || self.components.endpoint_resolver().is_some();
        if has_url || has_resolver {
            return None;
        }
        // Other credentials or another Region may have another endpoint.
        let is_other = own.is_some_and(|own| {
            own.components.has_identity_resolvers() || own.layer.load::<Region>().is_some()
        });
        let cache = match is_other {
            true => discovery::Cache::default(),
            false => self.discovered.clone(),
        };
        let key = match (operation.vtable.input)(input) {
            Some(input) => discovery::key(discovered.ids, input),
            None => discovery::Key::default(),
        };
        let means = discovered.means;
        let overrides = Overrides {
            config: overrides.config.clone(),
            ..Overrides::default()
        };
        let mut input = (means.input)();
        let params = (means.operation.vtable.input)(&mut input)
            .and_then(|shape| self.call_params(means.operation, shape, &overrides));
        let missing = self.missing_identity(means.operation, &overrides);
        let mut plugins = self.plugins_for(means.operation, overrides);
        if let Some(params) = params {
            plugins = with_stored(plugins, "endpoint parameters", params);
        }
        Some(Arc::new(Discovery {
            service: self.service.sdk_id,
            missing,
            means,
            cache,
            key,
            clock: self.clock.clone(),
            plugins,
            rules: DefaultResolver::of(self.service).into_shared_resolver(),
        }))
    }
}
