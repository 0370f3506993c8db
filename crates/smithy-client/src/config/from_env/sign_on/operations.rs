//! The two operations of IAM Identity Center that credentials need, with the members that they need.
//!
//! Names, members and endpoints are those of AWS's models of SSO and SSO OIDC.

mod create_token;
mod get_role_credentials;

pub(super) use create_token::CreateTokenInput;
pub(super) use get_role_credentials::GetRoleCredentialsInput;

use smithy_operation::endpoint::{BuiltIns, Endpoint, ResolveEndpointError, partition};
use smithy_operation::{AuthScheme, Customizations, ServiceDescriptor};

pub(super) static SSO: ServiceDescriptor = ServiceDescriptor {
    sdk_id: "SSO",
    user_agent: "sso",
    signing_name: "awsssoportal",
    shape_name: "SWBPortalService",
    version: "2019-06-10",
    xml_namespace: None,
    query_codes: None,
    crate_version: env!("CARGO_PKG_VERSION"),
    auth: &[AuthScheme::None],
    auth_of: &[],
    retries: &[],
    customizations: Customizations::NONE,
    resolve_endpoint: Some(|built_ins| resolve("portal.sso", built_ins)),
};

pub(super) static OIDC: ServiceDescriptor = ServiceDescriptor {
    sdk_id: "SSO OIDC",
    user_agent: "ssooidc",
    signing_name: "sso-oauth",
    shape_name: "AWSSSOOIDCService",
    resolve_endpoint: Some(|built_ins| resolve("oidc", built_ins)),
    ..SSO
};

/// The endpoint rules of both services, which differ in the name of the host.
fn resolve(host: &str, built_ins: &BuiltIns<'_>) -> Result<Endpoint, ResolveEndpointError> {
    let (use_fips, use_dual_stack) = (built_ins.use_fips, built_ins.use_dual_stack);
    let to = |url: String| Ok(Endpoint::builder().url(url).build());
    let refused = |what: &str| Err(ResolveEndpointError::message(what));
    if let Some(url) = built_ins.endpoint {
        return match (use_fips, use_dual_stack) {
            (true, _) => refused("a FIPS endpoint and an endpoint URL are not supported together"),
            (_, true) => {
                refused("a dual-stack endpoint and an endpoint URL are not supported together")
            }
            _ => to(url.to_owned()),
        };
    }
    let Some(region) = built_ins.region else {
        return refused("IAM Identity Center needs a region");
    };
    let partition = partition(region).ok_or_else(ResolveEndpointError::no_rule)?;
    if use_fips && !partition.supports_fips {
        return refused("FIPS is enabled but this partition does not support FIPS");
    }
    if use_dual_stack && !partition.supports_dual_stack {
        return refused("DualStack is enabled but this partition does not support DualStack");
    }
    // All endpoints of this partition are FIPS endpoints.
    let has_own_host = partition.name != "aws-us-gov" || use_dual_stack;
    let fips = if use_fips && has_own_host {
        "-fips"
    } else {
        ""
    };
    let suffix = match use_dual_stack {
        true => partition.dual_stack_dns_suffix,
        false => partition.dns_suffix,
    };
    to(format!("https://{host}{fips}.{region}.{suffix}"))
}

smithy_operation::service_error! {
    /// Any error of the services.
    #[service(SSO)]
    pub enum Error {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_those_of_the_models() {
        let cases = [
            (
                "us-east-1",
                false,
                false,
                "https://oidc.us-east-1.amazonaws.com",
            ),
            (
                "us-east-1",
                true,
                false,
                "https://oidc-fips.us-east-1.amazonaws.com",
            ),
            ("us-east-1", false, true, "https://oidc.us-east-1.api.aws"),
            (
                "us-east-1",
                true,
                true,
                "https://oidc-fips.us-east-1.api.aws",
            ),
            (
                "us-gov-west-1",
                true,
                false,
                "https://oidc.us-gov-west-1.amazonaws.com",
            ),
            (
                "us-gov-west-1",
                true,
                true,
                "https://oidc-fips.us-gov-west-1.api.aws",
            ),
            (
                "cn-north-1",
                false,
                false,
                "https://oidc.cn-north-1.amazonaws.com.cn",
            ),
            (
                "cn-north-1",
                false,
                true,
                "https://oidc.cn-north-1.api.amazonwebservices.com.cn",
            ),
        ];
        for (region, use_fips, use_dual_stack, url) in cases {
            let built_ins = BuiltIns {
                region: Some(region),
                use_fips,
                use_dual_stack,
                ..BuiltIns::default()
            };
            let endpoint = resolve("oidc", &built_ins).expect("an endpoint");
            assert_eq!(endpoint.url(), url);
        }
        let without_region = resolve("oidc", &BuiltIns::default());
        assert!(without_region.is_err());
    }
}
