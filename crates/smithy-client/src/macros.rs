//! Types that each service's crate defines for its service.

/// Defines `DefaultResolver`, which resolves endpoints according to the rules in a service's model.
#[macro_export]
macro_rules! default_endpoint_resolver {
    ($service:path) => {
        /// Resolves endpoints according to the rules in the service's model.
        ///
        /// The last endpoint is cached, because the parameters seldom change.
        #[derive(Debug)]
        pub struct DefaultResolver($crate::endpoint::DefaultResolver);

        impl DefaultResolver {
            /// Creates a resolver.
            #[inline]
            pub fn new() -> Self {
                Self($crate::endpoint::DefaultResolver::of(&$service))
            }
        }

        impl ::core::default::Default for DefaultResolver {
            #[inline]
            fn default() -> Self {
                Self::new()
            }
        }

        impl $crate::endpoint::ResolveEndpoint for DefaultResolver {
            #[inline]
            fn resolve_endpoint<'a>(
                &'a self,
                params: &'a $crate::endpoint::Params,
            ) -> $crate::endpoint::EndpointFuture<'a> {
                self.0.resolve_endpoint(params)
            }
        }
    };
}

/// Defines `DefaultAuthSchemeResolver`, which chooses authentication schemes according to a service's model.
#[macro_export]
macro_rules! default_auth_scheme_resolver {
    ($service:path) => {
        /// Chooses authentication schemes according to the service's model.
        #[derive(Debug)]
        pub struct DefaultAuthSchemeResolver($crate::auth::ModelledAuthSchemes);

        impl ::core::default::Default for DefaultAuthSchemeResolver {
            #[inline]
            fn default() -> Self {
                Self($crate::auth::ModelledAuthSchemes::of(&$service))
            }
        }

        impl $crate::auth::ResolveAuthScheme for DefaultAuthSchemeResolver {
            #[inline]
            fn resolve_auth_scheme<'a>(
                &'a self,
                params: &'a $crate::auth::Params,
                config: &'a $crate::config::ConfigBag,
                components: &'a $crate::config::RuntimeComponents,
            ) -> $crate::auth::AuthSchemeOptionsFuture<'a> {
                self.0.resolve_auth_scheme(params, config, components)
            }
        }
    };
}
