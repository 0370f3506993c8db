//! Types that each service's crate defines for its service.

/// Defines a trait with the settings of a service that are endpoint parameters, and implements it for the
/// builder of the configuration.
#[macro_export]
macro_rules! endpoint_settings {
    ($($name:ident, $set:ident = $param:literal, $variant:ident($ty:ty);)*) => {
        /// The settings that only this service has.
        pub trait ServiceSettings {
            $(
                #[doc = concat!("Sets the endpoint parameter `", $param, "`.")]
                #[must_use]
                fn $name(self, value: impl Into<$ty>) -> Self;

                #[doc = concat!("Sets the endpoint parameter `", $param, "`.")]
                fn $set(&mut self, value: Option<$ty>) -> &mut Self;
            )*
        }

        impl ServiceSettings for $crate::config::Builder {
            $(
                fn $name(mut self, value: impl Into<$ty>) -> Self {
                    ServiceSettings::$set(&mut self, Some(value.into()));
                    self
                }

                fn $set(&mut self, value: Option<$ty>) -> &mut Self {
                    let value = value.map($crate::endpoint::ParamValue::$variant);
                    $crate::config::EndpointSettings::set_endpoint_setting(self, $param, value)
                }
            )*
        }
    };
}

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

/// Adds the methods of a client that call operations by their names.
#[cfg(feature = "dynamic")]
#[macro_export]
macro_rules! dynamic_client {
    ($client:ident, $operations:expr) => {
        /// Calls by the names of operations and members in the model, with the feature `dynamic`.
        #[cfg_attr(docsrs, doc(cfg(feature = "dynamic")))]
        impl $client {
            /// Calls the operation of this name. The input and the output are documents.
            ///
            /// The module [`dynamic`](crate::dynamic) describes how values of a model look in documents. Await the
            /// call to send it, or [`all_pages()`](crate::dynamic::DynamicCall::all_pages) of it for a whole list.
            pub fn call(
                &self,
                operation: impl ::core::convert::Into<::std::string::String>,
                input: impl ::core::convert::Into<::smithy_operation::dynamic::Document>,
            ) -> ::smithy_operation::dynamic::DynamicCall {
                ::smithy_operation::dynamic::DynamicCall::new(
                    self.handle(),
                    $operations,
                    operation,
                    input,
                )
            }

            /// Returns all operations, sorted by name, with their documentation, inputs, outputs and errors.
            pub fn operations() -> ::smithy_operation::dynamic::Operations {
                $operations
            }
        }
    };
}
