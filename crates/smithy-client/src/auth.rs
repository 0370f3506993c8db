//! How requests are authenticated.

#[cfg(feature = "sigv4a")]
mod by_endpoint;
#[cfg(feature = "http-auth")]
mod http;

use crate::sigv4;
use crate::skew::Skew;
use aws_smithy_runtime::client::auth::no_auth::{NO_AUTH_SCHEME_ID, NoAuthScheme};
use aws_smithy_runtime::client::identity::no_auth::NoAuthIdentityResolver;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeId, AuthSchemeOption, AuthSchemeOptionResolverParams, ResolveAuthSchemeOptions,
    SharedAuthScheme,
};
pub use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOptionsFuture, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_types::config_bag::ConfigBag;
use smithy_operation::{AuthScheme, ServiceDescriptor};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// The parameters that determine the authentication of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    operation_name: Cow<'static, str>,
}

impl Params {
    /// Returns a builder for parameters.
    pub fn builder() -> ParamsBuilder {
        ParamsBuilder::default()
    }

    /// Returns the name of the operation in the model.
    pub fn operation_name(&self) -> &str {
        &self.operation_name
    }

    pub(crate) fn of(operation_name: &'static str) -> Self {
        Self {
            operation_name: operation_name.into(),
        }
    }
}

/// Builds the parameters that determine the authentication of an operation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ParamsBuilder {
    operation_name: Option<Cow<'static, str>>,
}

impl ParamsBuilder {
    /// Sets the name of the operation in the model. Required.
    pub fn operation_name(self, operation_name: impl Into<Cow<'static, str>>) -> Self {
        self.set_operation_name(Some(operation_name.into()))
    }

    /// Sets the name of the operation in the model. Required.
    pub fn set_operation_name(mut self, operation_name: Option<Cow<'static, str>>) -> Self {
        self.operation_name = operation_name;
        self
    }

    /// Builds the parameters.
    ///
    /// # Errors
    ///
    /// Returns an error if the name of the operation is missing.
    pub fn build(self) -> Result<Params, BuildError> {
        match self.operation_name {
            Some(operation_name) => Ok(Params { operation_name }),
            None => Err(BuildError {
                field: "operation_name",
            }),
        }
    }
}

/// A required parameter is missing.
#[derive(Debug)]
pub struct BuildError {
    field: &'static str,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a required parameter is missing: `{}`", self.field)
    }
}

impl std::error::Error for BuildError {}

/// Resolves the authentication schemes of an operation, the preferred one first.
pub trait ResolveAuthScheme: Send + Sync + fmt::Debug {
    /// Returns the schemes for these parameters.
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        config: &'a ConfigBag,
        components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a>;

    /// Converts the resolver into the type that a client's configuration accepts.
    fn into_shared_resolver(self) -> SharedAuthSchemeOptionResolver
    where
        Self: Sized + 'static,
    {
        SharedAuthSchemeOptionResolver::new(Typed(self))
    }
}

/// Passes typed parameters to a resolver.
#[derive(Debug)]
struct Typed<T>(T);

impl<T: ResolveAuthScheme> ResolveAuthSchemeOptions for Typed<T> {
    fn resolve_auth_scheme_options_v2<'a>(
        &'a self,
        params: &'a AuthSchemeOptionResolverParams,
        config: &'a ConfigBag,
        components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        match params.get::<Params>() {
            Some(params) => self.0.resolve_auth_scheme(params, config, components),
            None => AuthSchemeOptionsFuture::ready(Err(
                "the authentication parameters are not those of this client".into(),
            )),
        }
    }
}

/// Chooses authentication schemes according to the model of the service.
#[derive(Debug)]
pub struct ModelledAuthSchemes {
    service: &'static ServiceDescriptor,
    /// The schemes of most operations.
    common: Vec<AuthSchemeOption>,
}

impl ModelledAuthSchemes {
    /// Creates a resolver for a service.
    pub fn of(service: &'static ServiceDescriptor) -> Self {
        Self {
            service,
            common: options(service.auth),
        }
    }
}

fn options(schemes: &[AuthScheme]) -> Vec<AuthSchemeOption> {
    let ids = schemes.iter().map(|scheme| AuthSchemeId::new(scheme.id()));
    ids.map(AuthSchemeOption::from).collect()
}

impl ResolveAuthScheme for ModelledAuthSchemes {
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        config: &'a ConfigBag,
        components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        let schemes = self.service.auth_schemes(params.operation_name());
        let options = match std::ptr::eq(schemes, self.service.auth) {
            true => self.common.clone(),
            false => options(schemes),
        };
        #[cfg(feature = "sigv4a")]
        if schemes.contains(&AuthScheme::Sigv4a) {
            return AuthSchemeOptionsFuture::new(by_endpoint::choose(options, config, components));
        }
        let _ = (config, components);
        AuthSchemeOptionsFuture::ready(Ok(options))
    }
}

/// Registers the schemes of a service.
pub(crate) fn register(
    service: &'static ServiceDescriptor,
    skew: &Arc<Skew>,
    components: RuntimeComponentsBuilder,
) -> RuntimeComponentsBuilder {
    let components = components
        .with_auth_scheme(SharedAuthScheme::new(sigv4::Scheme::new(skew.clone())))
        // For operations that need no authentication.
        .with_auth_scheme(SharedAuthScheme::new(NoAuthScheme::new()))
        .with_identity_resolver(NO_AUTH_SCHEME_ID, NoAuthIdentityResolver::new());
    #[cfg(feature = "sigv4a")]
    let components = components.with_auth_scheme(SharedAuthScheme::new(
        crate::sigv4a::Scheme::new(skew.clone()),
    ));
    #[cfg(feature = "http-auth")]
    let components = http::register(service, components);
    let _ = service;
    components
}

/// Describes what is missing if none of an operation's schemes has an identity.
pub(crate) fn missing_identity(
    schemes: &[AuthScheme],
    has_identity: impl Fn(&AuthSchemeId) -> bool,
) -> Option<Cow<'static, str>> {
    let has = |scheme: &AuthScheme| has_identity(&AuthSchemeId::new(scheme.id()));
    if schemes.contains(&AuthScheme::None) || schemes.iter().any(has) {
        return None;
    }
    let is_signature =
        |scheme: &AuthScheme| matches!(scheme, AuthScheme::Sigv4 | AuthScheme::Sigv4a);
    if schemes.iter().all(is_signature) {
        return Some(NO_CREDENTIALS.into());
    }
    let mut settings: Vec<&str> = schemes
        .iter()
        .filter_map(|scheme| match scheme {
            AuthScheme::Sigv4 | AuthScheme::Sigv4a => Some("`credentials_provider`"),
            AuthScheme::HttpBearer => Some("`token_provider`"),
            AuthScheme::HttpBasic => Some("`basic_auth_login`"),
            AuthScheme::HttpApiKey(_) => Some("`api_key`"),
            _ => None,
        })
        .collect();
    settings.dedup();
    Some(
        format!(
            "the request cannot be authenticated: set {}",
            settings.join(" or ")
        )
        .into(),
    )
}

/// The error if the configuration cannot sign requests.
const NO_CREDENTIALS: &str = "no credentials are set: set a \
    `credentials_provider`, or load it with `from_env()` or aws-config";
