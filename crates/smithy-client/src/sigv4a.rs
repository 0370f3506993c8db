//! SigV4a: signatures that are valid in several regions.

use crate::setting::check_credentials;
use crate::sigv4::{NO_HOST, is_in_query};
use crate::skew::{self, Skew};
use aws_credential_types::Credentials;
use aws_runtime::auth::sigv4a::{SCHEME_ID, SigV4aSigner};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, Sign,
};
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::{GetIdentityResolver, RuntimeComponents};
use aws_smithy_types::config_bag::ConfigBag;
use std::sync::Arc;

/// The scheme `sigv4a`: the signer of `aws-runtime`, with the service's time.
#[derive(Debug)]
pub(crate) struct Scheme(Signer);

impl Scheme {
    /// Creates a scheme that signs with the service's time.
    pub(crate) fn new(skew: Arc<Skew>) -> Self {
        Self(Signer {
            skew,
            signer: SigV4aSigner::new(),
        })
    }
}

impl AuthScheme for Scheme {
    fn scheme_id(&self) -> AuthSchemeId {
        SCHEME_ID
    }

    fn identity_resolver(
        &self,
        identity_resolvers: &dyn GetIdentityResolver,
    ) -> Option<SharedIdentityResolver> {
        identity_resolvers.identity_resolver(SCHEME_ID)
    }

    fn signer(&self) -> &dyn Sign {
        &self.0
    }
}

#[derive(Debug)]
struct Signer {
    skew: Arc<Skew>,
    signer: SigV4aSigner,
}

impl Sign for Signer {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        endpoint: AuthSchemeEndpointConfig<'_>,
        components: &RuntimeComponents,
        config: &ConfigBag,
    ) -> Result<(), BoxError> {
        // The signer panics on what these checks reject.
        if let Some(credentials) = identity.data::<Credentials>() {
            check_credentials(credentials)?;
        }
        if request.uri().starts_with(['/', '*']) {
            return Err(NO_HOST.into());
        }
        let now = components.time_source().unwrap_or_default().now();
        let time = match is_in_query(config) {
            true => now,
            false => self.skew.correct(now, config),
        };
        let corrected = skew::with_time(components, time)?;
        self.signer
            .sign_http_request(request, identity, endpoint, &corrected, config)
    }
}
