//! The client's configuration.

pub use smithy_client::config::*;

/// Where requests go.
pub mod endpoint {
    pub use smithy_client::endpoint::{
        Endpoint, EndpointFuture, InvalidParams, Params, ParamsBuilder, ResolveEndpoint,
        SharedEndpointResolver,
    };
    smithy_client::default_endpoint_resolver!(chime_api::SERVICE);
}

/// Which requests are signed, and how.
pub mod auth {
    pub use smithy_client::auth::{BuildError, Params, ParamsBuilder, ResolveAuthScheme};
    smithy_client::default_auth_scheme_resolver!(chime_api::SERVICE);
}
