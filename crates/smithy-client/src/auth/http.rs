//! The authentication schemes of HTTP: bearer tokens, passwords and API keys.

use aws_smithy_runtime::client::auth::http::{BasicAuthScheme, BearerAuthScheme};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::http::HTTP_API_KEY_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, SharedAuthScheme, Sign,
};
use aws_smithy_runtime_api::client::identity::http::Token;
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::{
    GetIdentityResolver, RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_types::config_bag::ConfigBag;
use smithy_operation::endpoint::uri_encode;
use smithy_operation::{ApiKey, ServiceDescriptor};

/// Registers the schemes of HTTP that a service has.
pub(super) fn register(
    service: &'static ServiceDescriptor,
    mut components: RuntimeComponentsBuilder,
) -> RuntimeComponentsBuilder {
    let own = service.auth_of.iter().flat_map(|(_, schemes)| *schemes);
    for scheme in service.auth.iter().chain(own) {
        let scheme = match scheme {
            smithy_operation::AuthScheme::HttpBearer => {
                SharedAuthScheme::new(BearerAuthScheme::new())
            }
            smithy_operation::AuthScheme::HttpBasic => {
                SharedAuthScheme::new(BasicAuthScheme::new())
            }
            smithy_operation::AuthScheme::HttpApiKey(key) => {
                SharedAuthScheme::new(ApiKeyScheme(Signer(*key)))
            }
            _ => continue,
        };
        components.push_auth_scheme(scheme);
    }
    components
}

/// The scheme `httpApiKeyAuth`.
///
/// The scheme of smithy-rs always writes a space before a key in a header, and panics if the key makes the
/// URI too long.
#[derive(Debug)]
struct ApiKeyScheme(Signer);

impl AuthScheme for ApiKeyScheme {
    fn scheme_id(&self) -> AuthSchemeId {
        HTTP_API_KEY_AUTH_SCHEME_ID
    }

    fn identity_resolver(
        &self,
        identity_resolvers: &dyn GetIdentityResolver,
    ) -> Option<SharedIdentityResolver> {
        identity_resolvers.identity_resolver(HTTP_API_KEY_AUTH_SCHEME_ID)
    }

    fn signer(&self) -> &dyn Sign {
        &self.0
    }
}

#[derive(Debug)]
struct Signer(ApiKey);

impl Sign for Signer {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        _endpoint: AuthSchemeEndpointConfig<'_>,
        _components: &RuntimeComponents,
        _config: &ConfigBag,
    ) -> Result<(), BoxError> {
        let key = identity
            .data::<Token>()
            .ok_or("an API key is a `Token`, but the resolver returned another identity")?
            .token();
        match self.0 {
            ApiKey::Header(name, scheme) => {
                let value = match scheme {
                    Some(scheme) => format!("{scheme} {key}"),
                    None => key.to_owned(),
                };
                // The error of the header would quote the key.
                let added = request.headers_mut().try_insert(name, value);
                added.map_err(
                    |_| "the API key contains a character that is not valid in an HTTP header",
                )?;
            }
            ApiKey::Query(name) => {
                let uri = request.uri();
                let before = if uri.contains('?') { '&' } else { '?' };
                let uri = format!("{uri}{before}{}={}", uri_encode(name), uri_encode(key));
                let set = request.set_uri(uri);
                set.map_err(|_| "the URI with the API key is too long")?;
            }
        }
        Ok(())
    }
}
