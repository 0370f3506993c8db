//! What a request's failure means for its items.

use crate::error::{NotConnected, SdkError, causes};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use std::error::Error;
use std::io;
use std::time::Duration;

/// What a request's failure means for its items.
#[derive(Debug)]
pub(super) struct RequestFailure {
    pub(super) meaning: Meaning,
    pub(super) code: Option<String>,
    pub(super) message: String,
    /// How long the service asks to wait.
    pub(super) wait: Option<Duration>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Requests come too fast. It did not take effect.
    Throttled,
    /// It may pass. It did not take effect.
    Unavailable,
    /// It may pass. Whether it took effect is unknown.
    Unknown,
    /// Some item is at fault, or all are. It did not take effect.
    BadRequest,
    /// What was refused will be refused again, whatever the items. It did not take effect.
    Refused,
    /// It cannot be sent, and no other can.
    Unsendable,
}

impl RequestFailure {
    pub(super) fn new<E>(error: SdkError<E>) -> Self
    where
        E: Error
            + ProvideErrorMetadata
            + crate::error::CreateUnhandledError
            + Send
            + Sync
            + 'static,
    {
        let wait = error.raw_response().and_then(wait_of);
        let meaning = meaning(&error);
        let code = error.code().map(str::to_owned);
        Self {
            meaning,
            code,
            wait,
            message: error.into_service_error().to_string(),
        }
    }
}

fn meaning<E: Error + ProvideErrorMetadata + 'static>(error: &SdkError<E>) -> Meaning {
    match error {
        SdkError::ConstructionFailure(_) => Meaning::Unsendable,
        SdkError::DispatchFailure(failure) => {
            if failure.is_user()
                || failure
                    .as_connector_error()
                    .is_some_and(|error| is_unconnected(error))
            {
                Meaning::Unavailable
            } else if failure.is_other() && failure.as_other().is_none() {
                // No endpoint, no credentials, an interceptor's refusal.
                Meaning::Unsendable
            } else {
                Meaning::Unknown
            }
        }
        SdkError::ServiceError(context) => {
            let status = context.raw().status().as_u16();
            let code = context.err().code().unwrap_or_default();
            match status {
                429 => Meaning::Throttled,
                _ if code.contains("Throttl") || code == "TooManyRequestsException" => {
                    Meaning::Throttled
                }
                503 => Meaning::Unavailable,
                401 | 403 | 404 => Meaning::Refused,
                400..500 => Meaning::BadRequest,
                // An answer of success that cannot be read is here, too.
                _ => Meaning::Unknown,
            }
        }
        _ => Meaning::Unknown,
    }
}

/// Whether there was no connection to send on.
fn is_unconnected(error: &(dyn Error + 'static)) -> bool {
    causes(error).any(|error| {
        let refused = error
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused);
        refused || error.is::<NotConnected>()
    })
}

/// What the service's headers say: milliseconds in AWS's own, seconds in HTTP's.
fn wait_of(response: &HttpResponse) -> Option<Duration> {
    let number = |name| response.headers().get(name)?.trim().parse().ok();
    number("x-amz-retry-after")
        .map(Duration::from_millis)
        .or_else(|| number("retry-after").map(Duration::from_secs))
}
