//! Signatures outside the common case, by the signer of `aws-runtime`.

use crate::skew;
use aws_runtime::auth::sigv4::SigV4Signer;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{AuthSchemeEndpointConfig, Sign};
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use std::time::SystemTime;

#[derive(Debug)]
pub(super) struct General(SigV4Signer);

impl General {
    pub(super) fn new() -> Self {
        Self(SigV4Signer::new())
    }

    /// Signs a request at a time, or else at that of the client's clock. The caller has checked what the signer
    /// panics on.
    pub(super) fn sign(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        endpoint: AuthSchemeEndpointConfig<'_>,
        components: &RuntimeComponents,
        config: &ConfigBag,
        time: Option<SystemTime>,
    ) -> Result<(), BoxError> {
        let corrected = time
            .map(|time| skew::with_time(components, time))
            .transpose()?;
        let components = corrected.as_ref().unwrap_or(components);
        self.0
            .sign_http_request(request, identity, endpoint, components, config)
    }
}
