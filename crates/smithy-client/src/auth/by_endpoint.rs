//! The choice between schemes that the endpoint makes.

use aws_smithy_runtime::client::auth::no_auth::NO_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::AuthSchemeOption;
use aws_smithy_runtime_api::client::endpoint::{EndpointResolverParams, ResolveEndpoint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::Document;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;

/// Puts the schemes that the endpoint lists into its order, and leaves out those that it does not list.
///
/// If it lists none of them, the model decides.
pub(super) async fn choose(
    mut options: Vec<AuthSchemeOption>,
    config: &ConfigBag,
    components: &RuntimeComponents,
) -> Result<Vec<AuthSchemeOption>, BoxError> {
    let Some(params) = config.load::<EndpointResolverParams>() else {
        return Ok(options);
    };
    let endpoint = components
        .endpoint_resolver()
        .resolve_endpoint(params)
        .await?;
    let listed = listed(&endpoint);
    let at = |option: &AuthSchemeOption| {
        let id = option.scheme_id();
        listed.iter().position(|name| *name == id.inner())
    };
    if options.iter().any(|option| at(option).is_some()) {
        options.retain(|option| at(option).is_some() || *option.scheme_id() == NO_AUTH_SCHEME_ID);
        options.sort_by_key(|option| at(option).unwrap_or(usize::MAX));
    }
    Ok(options)
}

/// The names of the schemes that an endpoint lists.
fn listed(endpoint: &Endpoint) -> Vec<&str> {
    let typed = endpoint.auth_schemes();
    if !typed.is_empty() {
        return typed.iter().map(|scheme| scheme.name()).collect();
    }
    let Some(Document::Array(schemes)) = endpoint.properties().get("authSchemes") else {
        return Vec::new();
    };
    schemes
        .iter()
        .filter_map(|scheme| scheme.as_object()?.get("name")?.as_string())
        .collect()
}
