// Included once for each SDK, which is `sdk` there.

use crate::peer::{Answer, FixedId, Wire};
use crate::values::{Built, Make, Show, add, make_member, text};
use sdk::error::{ProvideErrorMetadata, SdkError};
use sdk::operation::RequestId;
use serde_json::{Value, json};
use std::future::Future;
use std::pin::Pin;

/// A call under way.
pub type Calling<'a> = Pin<Box<dyn Future<Output = Value> + Send + 'a>>;

/// A client whose requests go into a wire, with time, credentials and IDs that stay the same.
pub fn client(wire: &Wire) -> sdk::Client {
    client_in("us-east-1", wire)
}

/// The same in a region.
pub fn client_in(region: &'static str, wire: &Wire) -> sdk::Client {
    let config = sdk::Config::builder()
        .region(sdk::config::Region::from_static(region))
        .with_test_defaults_v2()
        .invocation_id_generator(FixedId)
        .retry_config(sdk::config::retry::RetryConfig::disabled())
        .stalled_stream_protection(sdk::config::StalledStreamProtectionConfig::disabled())
        .http_client(wire.http_client())
        .build();
    sdk::Client::from_conf(config)
}

/// Sends a request: what went over the wire, or what comes back where nothing did.
pub async fn request(
    client: &sdk::Client,
    wire: &Wire,
    operation: &str,
    input: &Value,
) -> Result<crate::peer::Sent, Value> {
    wire.answer_with(Answer::empty());
    let result = call(client, operation, input).await;
    wire.take().ok_or(result)
}

/// What an answer is read as.
pub async fn response(
    client: &sdk::Client,
    wire: &Wire,
    operation: &str,
    input: &Value,
    answer: Answer,
) -> Value {
    wire.answer_with(answer);
    let result = call(client, operation, input).await;
    wire.take();
    result
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
