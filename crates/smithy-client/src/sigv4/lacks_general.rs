//! The errors for signatures outside the common case, without the feature `general-signing`.

use super::Scope;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::AuthSchemeEndpointConfig;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use std::time::SystemTime;

#[derive(Debug)]
pub(super) struct General;

impl General {
    pub(super) fn new() -> Self {
        Self
    }

    /// Reports that the signer for such requests is not compiled.
    pub(super) fn sign(
        &self,
        _request: &mut HttpRequest,
        identity: &Identity,
        endpoint: AuthSchemeEndpointConfig<'_>,
        _components: &RuntimeComponents,
        config: &ConfigBag,
        _time: Option<SystemTime>,
    ) -> Result<(), BoxError> {
        let message = match Scope::of(identity, &endpoint, config) {
            None => {
                "the request cannot be signed: the Region or the name of the service is missing, or the identity is not \
                 one of AWS credentials"
            }
            Some(_) => {
                "the request cannot be signed: its body is not in memory, a header is not ASCII, or the endpoint or an \
                 interceptor asks for another kind of signature. Enable the feature `general-signing` of smithy-client"
            }
        };
        Err(message.into())
    }
}
