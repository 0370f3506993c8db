//! Which requests are signed, and how.

use aws_runtime::auth::sigv4;
use aws_smithy_runtime::client::auth::no_auth::NO_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeId, AuthSchemeOption, AuthSchemeOptionResolverParams, ResolveAuthSchemeOptions,
};
pub use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOptionsFuture, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use smithy_operation::ServiceDescriptor;
use std::borrow::Cow;
use std::fmt;

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

/// Signs with SigV4, unless the model states that the operation needs no signature.
#[derive(Debug)]
pub struct ModelledAuthSchemes {
    service: &'static ServiceDescriptor,
    signed: Vec<AuthSchemeOption>,
    unsigned: Vec<AuthSchemeOption>,
}

impl ModelledAuthSchemes {
    /// Creates a resolver for a service.
    pub fn of(service: &'static ServiceDescriptor) -> Self {
        let option = |scheme: AuthSchemeId| vec![AuthSchemeOption::from(scheme)];
        Self {
            service,
            signed: option(sigv4::SCHEME_ID),
            unsigned: option(NO_AUTH_SCHEME_ID),
        }
    }
}

impl ResolveAuthScheme for ModelledAuthSchemes {
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        _config: &'a ConfigBag,
        _components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        let options = match self.service.unsigned.contains(&params.operation_name()) {
            true => &self.unsigned,
            false => &self.signed,
        };
        AuthSchemeOptionsFuture::ready(Ok(options.clone()))
    }
}
