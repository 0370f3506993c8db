// Included once for each SDK, which is `sdk` there, after the generated `call`.

use crate::common::values::{Built, Make, Show, add, make_member, text};
use parity::peer::{FixedId, Wire};
use parity::sdk::{Calling, Client, EndpointCase, Endpoints, Resolved, Sdk};
use sdk::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
use sdk::error::{ProvideErrorMetadata, SdkError};
use sdk::operation::RequestId;
use serde_json::{Value, json};

/// The SDK.
pub struct Driver;

struct Wired(sdk::Client);

impl Sdk for Driver {
    fn client(&self, region: &'static str, wire: &Wire) -> Box<dyn Client> {
        let config = sdk::Config::builder()
            .region(sdk::config::Region::from_static(region))
            .with_test_defaults_v2()
            .invocation_id_generator(FixedId)
            .retry_config(sdk::config::retry::RetryConfig::disabled())
            .stalled_stream_protection(sdk::config::StalledStreamProtectionConfig::disabled())
            .http_client(wire.http_client())
            .build();
        Box::new(Wired(sdk::Client::from_conf(config)))
    }

    fn endpoints<'a>(&self, cases: &'a [EndpointCase]) -> Endpoints<'a> {
        Box::pin(async move {
            let resolver = DefaultResolver::new();
            let mut resolved = Vec::new();
            for case in cases {
                resolved.push(resolve(&resolver, case).await);
            }
            resolved
        })
    }
}

async fn resolve(resolver: &DefaultResolver, case: &EndpointCase) -> Resolved {
    let params = Params::builder()
        .set_region(case.region.clone())
        .use_fips(case.fips)
        .use_dual_stack(case.dual_stack)
        .set_endpoint(case.url.clone())
        .build()
        .map_err(|_| "invalid parameters".to_owned())?;
    match resolver.resolve_endpoint(&params).await {
        Ok(endpoint) => Ok((endpoint.url().to_owned(), endpoint.auth_schemes().to_vec())),
        Err(error) => {
            let cause = error.source().map(ToString::to_string);
            Err(cause.unwrap_or_else(|| error.to_string()))
        }
    }
}

impl Client for Wired {
    fn call<'a>(&'a self, operation: &'a str, input: &'a Value) -> Calling<'a> {
        call(&self.0, operation, input)
    }
}

fn outcome<O, E>(
    sent: Result<O, SdkError<E>>,
    variant: impl Fn(&E) -> (&'static str, Value),
) -> Value
where
    O: Show + RequestId,
    E: ProvideErrorMetadata,
{
    match sent {
        Ok(output) => json!({"output": output.show(), "request ID": output.request_id()}),
        Err(SdkError::ServiceError(context)) => {
            let error = context.err();
            let (variant, members) = variant(error);
            json!({
                "variant": variant,
                "members": members,
                "code": error.code(),
                "message": error.message(),
                "request ID": error.meta().request_id(),
            })
        }
        Err(SdkError::ConstructionFailure(_)) => json!("ConstructionFailure"),
        Err(SdkError::TimeoutError(_)) => json!("TimeoutError"),
        Err(SdkError::DispatchFailure(_)) => json!("DispatchFailure"),
        Err(SdkError::ResponseError(_)) => json!("ResponseError"),
        Err(_) => json!("another error"),
    }
}
