//! Where requests go.

pub use aws_smithy_runtime_api::client::endpoint::{EndpointFuture, SharedEndpointResolver};
use aws_smithy_runtime_api::client::endpoint::{
    EndpointResolverParams, ResolveEndpoint as ResolveUntyped,
};
pub use aws_smithy_types::endpoint::Endpoint;
use aws_types::region::Region;
use smithy_operation::ServiceDescriptor;
use smithy_operation::endpoint::{BuiltIns, is_valid_host_label};
use std::fmt;
use std::sync::{Arc, RwLock};

/// What an endpoint is found by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Params {
    pub(crate) region: Option<Region>,
    pub(crate) use_dual_stack: bool,
    pub(crate) use_fips: bool,
    pub(crate) endpoint: Option<String>,
}

impl Params {
    /// Starts collecting parameters.
    pub fn builder() -> ParamsBuilder {
        ParamsBuilder::default()
    }

    pub(crate) fn check(&self) -> Result<(), InvalidParams> {
        match &self.region {
            Some(region) if !is_valid_host_label(region.as_ref(), true) => Err(InvalidParams {
                region: region.to_string(),
            }),
            _ => Ok(()),
        }
    }

    /// The client's region.
    pub fn region(&self) -> Option<&str> {
        self.region.as_ref().map(Region::as_ref)
    }

    /// Whether to use endpoints that speak IPv6 beside IPv4.
    pub fn use_dual_stack(&self) -> Option<bool> {
        Some(self.use_dual_stack)
    }

    /// Whether to use endpoints that comply with FIPS.
    pub fn use_fips(&self) -> Option<bool> {
        Some(self.use_fips)
    }

    /// The endpoint that the client was given in place of the service's own.
    pub fn endpoint(&self) -> Option<&str> {
        self.endpoint.as_deref()
    }
}

/// Collects what an endpoint is found by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParamsBuilder {
    params: Params,
}

impl ParamsBuilder {
    /// Sets the client's region.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.params.region = Some(Region::new(region.into()));
        self
    }

    /// Sets the client's region.
    pub fn set_region(mut self, region: Option<String>) -> Self {
        self.params.region = region.map(Region::new);
        self
    }

    /// Sets whether to use endpoints that speak IPv6 beside IPv4. Not by default.
    pub fn use_dual_stack(mut self, use_dual_stack: impl Into<bool>) -> Self {
        self.params.use_dual_stack = use_dual_stack.into();
        self
    }

    /// Sets whether to use endpoints that speak IPv6 beside IPv4.
    pub fn set_use_dual_stack(mut self, use_dual_stack: Option<bool>) -> Self {
        self.params.use_dual_stack = use_dual_stack.unwrap_or_default();
        self
    }

    /// Sets whether to use endpoints that comply with FIPS. Not by default.
    pub fn use_fips(mut self, use_fips: impl Into<bool>) -> Self {
        self.params.use_fips = use_fips.into();
        self
    }

    /// Sets whether to use endpoints that comply with FIPS.
    pub fn set_use_fips(mut self, use_fips: Option<bool>) -> Self {
        self.params.use_fips = use_fips.unwrap_or_default();
        self
    }

    /// Sets an endpoint in place of the service's own.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.params.endpoint = Some(endpoint.into());
        self
    }

    /// Sets an endpoint in place of the service's own.
    pub fn set_endpoint(mut self, endpoint: Option<String>) -> Self {
        self.params.endpoint = endpoint;
        self
    }

    /// Makes the parameters.
    ///
    /// # Errors
    ///
    /// If the region is not made of host labels: letters, digits and hyphens, 1 to 63 of them between
    /// dots, no hyphen first. It becomes a part of the endpoint's host.
    pub fn build(self) -> Result<Params, InvalidParams> {
        self.params.check()?;
        Ok(self.params)
    }
}

/// A parameter that cannot be a part of an endpoint.
#[derive(Debug)]
pub struct InvalidParams {
    region: String,
}

impl fmt::Display for InvalidParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the region {:?} cannot be a part of a host's name: it must be made of letters, digits \
             and hyphens",
            self.region
        )
    }
}

impl std::error::Error for InvalidParams {}

/// Finds the endpoint of a request.
pub trait ResolveEndpoint: Send + Sync + fmt::Debug {
    /// The endpoint for these parameters.
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a>;

    /// Makes the resolver one that a client's configuration takes.
    fn into_shared_resolver(self) -> SharedEndpointResolver
    where
        Self: Sized + 'static,
    {
        SharedEndpointResolver::new(Typed(self))
    }
}

/// Hands typed parameters to a resolver.
#[derive(Debug)]
struct Typed<T>(T);

impl<T: ResolveEndpoint> ResolveUntyped for Typed<T> {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        match params.get::<Params>() {
            Some(params) => self.0.resolve_endpoint(params),
            None => EndpointFuture::ready(Err(
                "the endpoint parameters are not those of this client".into(),
            )),
        }
    }
}

/// Finds endpoints by the rules of the service's model.
///
/// Parameters seldom change, so the last endpoint that was found is kept.
pub struct DefaultResolver {
    service: Option<&'static ServiceDescriptor>,
    last: RwLock<Option<Arc<(Params, Endpoint)>>>,
}

// Short: what is kept is no part of what it is.
impl fmt::Debug for DefaultResolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DefaultResolver").finish_non_exhaustive()
    }
}

impl DefaultResolver {
    /// Makes a resolver for a service.
    pub fn of(service: &'static ServiceDescriptor) -> Self {
        Self {
            service: Some(service),
            last: RwLock::new(None),
        }
    }

    /// Makes a resolver that knows no service.
    pub(crate) fn without_rules() -> Self {
        Self {
            service: None,
            last: RwLock::new(None),
        }
    }

    fn find(
        &self,
        params: &Params,
    ) -> Result<Endpoint, aws_smithy_runtime_api::box_error::BoxError> {
        // A poisoned lock holds a whole value all the same.
        let last = self.last.read().unwrap_or_else(|e| e.into_inner()).clone();
        if let Some(last) = last.filter(|last| last.0 == *params) {
            return Ok(last.1.clone());
        }
        let Some(resolve) = self.service.and_then(|service| service.resolve_endpoint) else {
            // Without rules, the endpoint that the client was given is all there is.
            return match params.endpoint() {
                Some(url) => Ok(Endpoint::builder().url(url.to_owned()).build()),
                None => {
                    Err("the service's model has no endpoint rules: set an endpoint URL".into())
                }
            };
        };
        let endpoint = resolve(&BuiltIns {
            region: params.region(),
            use_fips: params.use_fips,
            use_dual_stack: params.use_dual_stack,
            endpoint: params.endpoint(),
        })?;
        let found = Arc::new((params.clone(), endpoint.clone()));
        *self.last.write().unwrap_or_else(|e| e.into_inner()) = Some(found);
        Ok(endpoint)
    }
}

impl ResolveEndpoint for DefaultResolver {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::ready(self.find(params))
    }
}
