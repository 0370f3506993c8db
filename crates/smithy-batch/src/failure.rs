//! The meaning of a failed request for its items.

use smithy_operation::Handle;
use smithy_operation::error::{
    ErrorKind, HttpResponse, NotConnected, OperationError, ProvideErrorMetadata, SdkError, causes,
    retry_after,
};
use std::error::Error;
use std::io;
use std::time::Duration;

/// A failed request.
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
    /// The service throttled the request. It did not take effect.
    Throttled,
    /// A later request may succeed. This one did not take effect.
    Unavailable,
    /// A later request may succeed. It is unknown whether this one took effect.
    Unknown,
    /// At least one item is at fault. The request did not take effect.
    BadRequest,
    /// The same refusal awaits any other items. The request did not take effect.
    Refused,
    /// Neither this request nor any other can be sent.
    Unsendable,
}

impl RequestFailure {
    pub(super) fn new<E: OperationError>(error: SdkError<E>, handle: &Handle) -> Self {
        let wait = error.raw_response().and_then(asked_wait);
        let meaning = meaning(&error, handle);
        let code = error.code().map(str::to_owned);
        Self {
            meaning,
            code,
            wait,
            message: error.into_service_error().to_string(),
        }
    }
}

fn meaning<E: OperationError>(error: &SdkError<E>, handle: &Handle) -> Meaning {
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
                // There is no endpoint, there are no credentials, or an interceptor refused.
                Meaning::Unsendable
            } else {
                Meaning::Unknown
            }
        }
        SdkError::ServiceError(context) => {
            let kind = handle.error_kind(context.err().view(), context.raw());
            match context.raw().status().as_u16() {
                _ if kind == Some(ErrorKind::ThrottlingError) => Meaning::Throttled,
                503 => Meaning::Unavailable,
                401 | 403 | 404 => Meaning::Refused,
                400..500 => Meaning::BadRequest,
                // This includes a response of success that cannot be read.
                _ => Meaning::Unknown,
            }
        }
        _ => Meaning::Unknown,
    }
}

/// Returns whether no connection could be made for the request.
fn is_unconnected(error: &(dyn Error + 'static)) -> bool {
    causes(error).any(|error| {
        let refused = error
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused);
        refused || error.is::<NotConnected>()
    })
}

/// Returns how long the response asks the client to wait: according to AWS's header, or else to HTTP's, in
/// seconds.
fn asked_wait(response: &HttpResponse) -> Option<Duration> {
    retry_after(response).or_else(|| {
        let seconds = response.headers().get("retry-after")?.trim().parse();
        seconds.ok().map(Duration::from_secs)
    })
}
