//! Settings for the authentication schemes of HTTP.

use super::{Builder, Config, SdkConfig};
use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
use aws_smithy_runtime_api::client::auth::http::{
    HTTP_API_KEY_AUTH_SCHEME_ID, HTTP_BASIC_AUTH_SCHEME_ID, HTTP_BEARER_AUTH_SCHEME_ID,
};
use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemePreference};
use aws_smithy_runtime_api::client::identity::http::{Login, Token};
use aws_smithy_runtime_api::client::identity::{ResolveIdentity, SharedIdentityResolver};
use aws_types::service_config::ServiceConfigKey;
use smithy_operation::{AuthScheme, ServiceDescriptor};
use std::sync::Arc;

impl Builder {
    /// Sets the provider of bearer tokens, for services that use them.
    #[inline]
    pub fn token_provider(mut self, provider: impl ProvideToken + 'static) -> Self {
        self.set_token_provider(Some(SharedTokenProvider::new(provider)));
        self
    }

    /// Sets the provider of bearer tokens; `None` changes nothing.
    #[inline]
    pub fn set_token_provider(&mut self, provider: Option<SharedTokenProvider>) -> &mut Self {
        self.set_identity(HTTP_BEARER_AUTH_SCHEME_ID, provider)
    }

    /// Sets a bearer token, for services that use them.
    #[inline]
    pub fn bearer_token(self, token: Token) -> Self {
        self.bearer_token_resolver(token)
    }

    /// Sets the resolver of bearer tokens.
    #[inline]
    pub fn bearer_token_resolver(mut self, resolver: impl ResolveIdentity + 'static) -> Self {
        self.set_identity(HTTP_BEARER_AUTH_SCHEME_ID, Some(resolver));
        self
    }

    /// Sets the API key, for services that use one.
    #[inline]
    pub fn api_key(self, key: Token) -> Self {
        self.api_key_resolver(key)
    }

    /// Sets the resolver of API keys, whose identities are [`Token`]s.
    #[inline]
    pub fn api_key_resolver(mut self, resolver: impl ResolveIdentity + 'static) -> Self {
        self.set_identity(HTTP_API_KEY_AUTH_SCHEME_ID, Some(resolver));
        self
    }

    /// Sets the user name and the password, for services with HTTP basic authentication.
    #[inline]
    pub fn basic_auth_login(self, login: Login) -> Self {
        self.basic_auth_login_resolver(login)
    }

    /// Sets the resolver of user names and passwords, whose identities are [`Login`]s.
    #[inline]
    pub fn basic_auth_login_resolver(mut self, resolver: impl ResolveIdentity + 'static) -> Self {
        self.set_identity(HTTP_BASIC_AUTH_SCHEME_ID, Some(resolver));
        self
    }

    #[inline]
    fn set_identity(
        &mut self,
        scheme: AuthSchemeId,
        resolver: Option<impl ResolveIdentity + 'static>,
    ) -> &mut Self {
        if let Some(resolver) = resolver {
            self.own_token |= scheme == HTTP_BEARER_AUTH_SCHEME_ID;
            let resolver = SharedIdentityResolver::new(resolver);
            self.components.set_identity_resolver(scheme, resolver);
        }
        self
    }
}

impl Config {
    /// Uses the bearer token that the environment has for a service, such as `AWS_BEARER_TOKEN_BEDROCK`, and
    /// prefers it to other schemes unless the program sets a preference or a provider of its own.
    pub(super) fn use_service_token(&mut self, shared: &SdkConfig, service: &ServiceDescriptor) {
        if self.own_token || !service.auth.contains(&AuthScheme::HttpBearer) {
            return;
        }
        let key = ServiceConfigKey::builder()
            .service_id(service.signing_name)
            .env("AWS_BEARER_TOKEN")
            .profile("aws_bearer_token")
            .build();
        let found = shared.service_config().zip(key.ok());
        let token = found.and_then(|(settings, key)| settings.load_config(key));
        let Some(token) = token.filter(|token| !token.is_empty()) else {
            return;
        };
        let resolver = SharedIdentityResolver::new(Token::new(token, None));
        Arc::make_mut(&mut self.components)
            .set_identity_resolver(HTTP_BEARER_AUTH_SCHEME_ID, resolver);
        if self.auth_scheme_preference().is_none() {
            let preference = AuthSchemePreference::from([HTTP_BEARER_AUTH_SCHEME_ID]);
            self.layer.store_put(preference);
        }
    }
}
