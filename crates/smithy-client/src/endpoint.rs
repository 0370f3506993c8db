//! Endpoints of requests.

use crate::setting::{self, BadSetting, check_region};
use aws_credential_types::attributes::AccountId;
use aws_smithy_runtime_api::box_error::BoxError;
pub use aws_smithy_runtime_api::client::endpoint::{EndpointFuture, SharedEndpointResolver};
use aws_smithy_runtime_api::client::endpoint::{
    EndpointResolverParams, ResolveEndpoint as ResolveUntyped,
};
use aws_smithy_runtime_api::client::identity::Identity;
pub use aws_smithy_types::endpoint::Endpoint;
use aws_types::region::Region;
use smithy_operation::ServiceDescriptor;
pub use smithy_operation::endpoint::ParamValue;
use smithy_operation::endpoint::{BuiltIns, Param};
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, RwLock};

/// The parameters that determine an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Params {
    pub(crate) region: Option<Region>,
    pub(crate) use_dual_stack: bool,
    pub(crate) use_fips: bool,
    pub(crate) endpoint: Option<String>,
    /// The service's own parameters. Of several with the same name, the first applies.
    pub(crate) named: Vec<Param>,
    /// The parameter that is the account of the credentials, which are resolved later.
    pub(crate) account_id: Option<&'static str>,
}

impl Params {
    /// Returns a builder for parameters.
    pub fn builder() -> ParamsBuilder {
        ParamsBuilder::default()
    }

    /// Validates and normalizes the parameters: see [`setting::endpoint_url`].
    pub(crate) fn checked(mut self) -> Result<Self, InvalidParams> {
        if let Some(region) = &self.region {
            check_region("region", region.as_ref()).map_err(InvalidParams)?;
        }
        if let Some(url) = &self.endpoint
            && let Cow::Owned(url) = setting::endpoint_url(url).map_err(InvalidParams)?
        {
            self.endpoint = Some(url);
        }
        Ok(self)
    }

    /// Returns the region of the client.
    pub fn region(&self) -> Option<&str> {
        self.region.as_ref().map(Region::as_ref)
    }

    /// Returns whether to use dual-stack endpoints, which support both IPv4 and IPv6.
    pub fn use_dual_stack(&self) -> Option<bool> {
        Some(self.use_dual_stack)
    }

    /// Returns whether to use endpoints that comply with FIPS.
    pub fn use_fips(&self) -> Option<bool> {
        Some(self.use_fips)
    }

    /// Returns the endpoint that the client was configured with instead of the default endpoint of the
    /// service.
    pub fn endpoint(&self) -> Option<&str> {
        self.endpoint.as_deref()
    }

    /// Returns a parameter that only some services have, by its name in the model, such as `Bucket`.
    pub fn get(&self, name: &str) -> Option<&ParamValue> {
        let param = self.named.iter().find(|param| param.name == name)?;
        Some(&param.value)
    }
}

/// Builds the parameters that determine an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParamsBuilder {
    params: Params,
}

impl ParamsBuilder {
    /// Sets the region of the client.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.params.region = Some(Region::new(region.into()));
        self
    }

    /// Sets the region of the client.
    pub fn set_region(mut self, region: Option<String>) -> Self {
        self.params.region = region.map(Region::new);
        self
    }

    /// Sets whether to use dual-stack endpoints, which support both IPv4 and IPv6. The default is `false`.
    pub fn use_dual_stack(mut self, use_dual_stack: impl Into<bool>) -> Self {
        self.params.use_dual_stack = use_dual_stack.into();
        self
    }

    /// Sets whether to use dual-stack endpoints, which support both IPv4 and IPv6.
    pub fn set_use_dual_stack(mut self, use_dual_stack: Option<bool>) -> Self {
        self.params.use_dual_stack = use_dual_stack.unwrap_or_default();
        self
    }

    /// Sets whether to use endpoints that comply with FIPS. The default is `false`.
    pub fn use_fips(mut self, use_fips: impl Into<bool>) -> Self {
        self.params.use_fips = use_fips.into();
        self
    }

    /// Sets whether to use endpoints that comply with FIPS.
    pub fn set_use_fips(mut self, use_fips: Option<bool>) -> Self {
        self.params.use_fips = use_fips.unwrap_or_default();
        self
    }

    /// Sets an endpoint to use instead of the default endpoint of the service.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.params.endpoint = Some(endpoint.into());
        self
    }

    /// Sets an endpoint to use instead of the default endpoint of the service.
    pub fn set_endpoint(mut self, endpoint: Option<String>) -> Self {
        self.params.endpoint = endpoint;
        self
    }

    /// Sets a parameter that only some services have, by its name in the model, such as `Bucket`.
    pub fn set(mut self, name: &'static str, value: Option<ParamValue>) -> Self {
        self.params.named.retain(|param| param.name != name);
        let param = value.map(|value| Param { name, value });
        self.params.named.extend(param);
        self
    }

    /// Builds the parameters.
    ///
    /// # Errors
    ///
    /// Returns an error if the region, which becomes part of the endpoint's host, does not consist of host
    /// labels (letters, digits and hyphens, 1 to 63 of them between dots, not starting with a hyphen), or if
    /// requests cannot be sent to the endpoint: it requires a scheme and a host, and must not have a user
    /// name, query or fragment.
    pub fn build(self) -> Result<Params, InvalidParams> {
        self.params.checked()
    }
}

/// A parameter cannot be part of an endpoint.
#[derive(Debug)]
pub struct InvalidParams(pub(crate) BadSetting);

impl fmt::Display for InvalidParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for InvalidParams {}

/// Resolves the endpoint of a request.
pub trait ResolveEndpoint: Send + Sync + fmt::Debug {
    /// Returns the endpoint for these parameters.
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a>;

    /// Converts the resolver into the type that a client's configuration accepts.
    fn into_shared_resolver(self) -> SharedEndpointResolver
    where
        Self: Sized + 'static,
    {
        SharedEndpointResolver::new(Typed(self))
    }
}

/// Passes typed parameters to a resolver.
#[derive(Debug)]
struct Typed<T>(T);

impl<T: ResolveEndpoint> ResolveUntyped for Typed<T> {
    fn finalize_params<'a>(
        &'a self,
        params: &'a mut EndpointResolverParams,
    ) -> Result<(), BoxError> {
        let name = params.get::<Params>().and_then(|params| params.account_id);
        if let Some(name) = name {
            let account = params.get_property::<Identity>().and_then(|identity| {
                let account = identity.property::<AccountId>()?;
                Some(account.as_str().to_owned())
            });
            if let (Some(account), Some(params)) = (account, params.get_mut::<Params>()) {
                let value = ParamValue::String(account);
                params.named.push(Param { name, value });
            }
        }
        Ok(())
    }

    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        match params.get::<Params>() {
            Some(params) => self.0.resolve_endpoint(params),
            None => EndpointFuture::ready(Err(
                "the endpoint parameters are not those of this client".into(),
            )),
        }
    }
}

/// Resolves endpoints according to the rules in the service's model.
///
/// The last endpoint is cached, because the parameters seldom change.
pub struct DefaultResolver {
    service: Option<&'static ServiceDescriptor>,
    last: RwLock<Option<Arc<(Params, Endpoint)>>>,
}

// Omits the cached endpoint.
impl fmt::Debug for DefaultResolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DefaultResolver").finish_non_exhaustive()
    }
}

impl DefaultResolver {
    /// Creates a resolver for a service.
    pub fn of(service: &'static ServiceDescriptor) -> Self {
        Self {
            service: Some(service),
            last: RwLock::new(None),
        }
    }

    /// Creates a resolver that does not know the service.
    pub(crate) fn without_rules() -> Self {
        Self {
            service: None,
            last: RwLock::new(None),
        }
    }

    fn find(&self, params: &Params) -> Result<Endpoint, BoxError> {
        // The value in a poisoned lock is still complete.
        let last = self.last.read().unwrap_or_else(|e| e.into_inner()).clone();
        if let Some(last) = last.filter(|last| last.0 == *params) {
            return Ok(last.1.clone());
        }
        let endpoint = match (
            self.service.and_then(|service| service.resolve_endpoint),
            params.endpoint(),
        ) {
            (Some(resolve), endpoint) => resolve(&BuiltIns {
                region: params.region(),
                use_fips: params.use_fips,
                use_dual_stack: params.use_dual_stack,
                endpoint,
                params: &params.named,
            })
            .map_err(|error| explained(error.into(), params))?,
            (None, Some(url)) => Endpoint::builder().url(url.to_owned()).build(),
            (None, None) => {
                return Err(
                    "the service's model has no endpoint rules: set an endpoint URL".into(),
                );
            }
        };
        let found = Arc::new((params.clone(), endpoint.clone()));
        *self.last.write().unwrap_or_else(|e| e.into_inner()) = Some(found);
        Ok(endpoint)
    }
}

/// Adds where a region can be set to the error of rules that miss one.
fn explained(error: BoxError, params: &Params) -> BoxError {
    let text = error.to_string();
    match params.region().is_none() && text.ends_with("Missing Region") {
        true => format!(
            "{text}: set `region` in the configuration, `AWS_REGION` in the environment or `region` in the profile"
        )
        .into(),
        false => error,
    }
}

impl ResolveEndpoint for DefaultResolver {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::ready(self.find(params))
    }
}
