//! Which requests are signed.

use aws_runtime::auth::sigv4;
use aws_smithy_runtime::client::auth::no_auth::NO_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeId, AuthSchemeOption, AuthSchemeOptionResolverParams, AuthSchemeOptionsFuture,
    ResolveAuthSchemeOptions, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

/// What decides on an operation's authentication.
#[derive(Debug)]
pub(crate) struct Params {
    pub(crate) signed: bool,
}

/// Signs with SigV4, unless the operation says that it need not be signed.
#[derive(Debug)]
pub(crate) struct SchemeResolver {
    signed: Vec<AuthSchemeOption>,
    unsigned: Vec<AuthSchemeOption>,
}

impl SchemeResolver {
    pub(crate) fn shared() -> SharedAuthSchemeOptionResolver {
        SharedAuthSchemeOptionResolver::new(Self {
            signed: vec![option(sigv4::SCHEME_ID)],
            unsigned: vec![option(NO_AUTH_SCHEME_ID)],
        })
    }
}

fn option(scheme: AuthSchemeId) -> AuthSchemeOption {
    AuthSchemeOption::from(scheme)
}

impl ResolveAuthSchemeOptions for SchemeResolver {
    fn resolve_auth_scheme_options_v2<'a>(
        &'a self,
        params: &'a AuthSchemeOptionResolverParams,
        _config: &'a ConfigBag,
        _components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        let options = match params.get::<Params>() {
            Some(Params { signed: false }) => &self.unsigned,
            _ => &self.signed,
        };
        AuthSchemeOptionsFuture::ready(Ok(options.clone()))
    }
}
