//! What the errors of calls have in common, whatever operation and service they belong to.
//!
//! [`ErrorExt`] adds methods to every error of a call. [`CallError`] holds any of them, so one `?` serves a
//! function that calls several operations or services.

use crate::retry::failure_kind;
use aws_types::request_id::RequestId;
use smithy_operation::error::{
    BoxError, CallFailure, ErrorKind, ErrorMetadata, FailureKind, ProvideErrorMetadata, Summary,
    causes, retry_after,
};
use std::error::Error as StdError;
use std::fmt;
use std::sync::LazyLock;
use std::time::Duration;

/// What every error of a call can report, whatever its type.
///
/// The trait is implemented for what a call returns ([`SdkError`](smithy_operation::error::SdkError)), for the errors
/// of operations and services, and for [`CallError`]. Code, message and request ID come from the traits that all
/// AWS SDKs for Rust have for them, [`ProvideErrorMetadata`] and [`RequestId`]. The `prelude` of a client's crate has
/// all three traits, and no two of their methods have the same name.
///
/// An [`SdkError`](smithy_operation::error::SdkError) knows most, because it has the response. The error of an
/// operation or of a service no longer has it; for an error of the model, the HTTP status is then the one that the
/// model gives it.
pub trait ErrorExt: CallFailure + Sized {
    /// Returns the name of the operation in the model. The error of a service only knows it if the error is not in
    /// the model.
    fn operation(&self) -> Option<&'static str> {
        self.parts().operation
    }

    /// Returns the SDK ID of the service, such as `Chime`.
    fn service(&self) -> Option<&'static str> {
        self.parts().service.map(|service| service.sdk_id)
    }

    /// Returns the HTTP status of the response, if there was a response.
    fn http_status(&self) -> Option<u16> {
        self.parts().status
    }

    /// Returns whether a later call with the same input may succeed, by the rules of the client's own retries.
    /// The client has retried the call already if its configuration let it.
    fn is_retryable(&self) -> bool {
        is_retryable(self)
    }

    /// Returns whether the service throttled the call, by the rules of the client's own retries.
    fn is_throttling(&self) -> bool {
        is_throttling(self)
    }

    /// Returns whether there was no response in time.
    fn is_timeout(&self) -> bool {
        is_timeout(self)
    }

    /// Returns how long the service asks to wait before the next call, if it does.
    fn retry_after(&self) -> Option<Duration> {
        self.parts().response.and_then(retry_after)
    }

    /// Returns a `Display` that shows the failure in one line: the operation, the code, the message, the request ID
    /// and the causes, as far as there are any.
    fn summary(&self) -> Summary<'_> {
        Summary::new(self)
    }
}

impl<F: CallFailure> ErrorExt for F {}

fn is_retryable(failure: &dyn CallFailure) -> bool {
    failure_kind(&failure.parts()).is_some()
}

fn is_throttling(failure: &dyn CallFailure) -> bool {
    failure_kind(&failure.parts()) == Some(ErrorKind::ThrottlingError)
}

fn is_timeout(failure: &dyn CallFailure) -> bool {
    let is_connector_timeout = |error: &(dyn StdError + 'static)| {
        let error = error.downcast_ref::<smithy_operation::error::ConnectorError>();
        error.is_some_and(|error| error.is_timeout())
    };
    match failure.parts().kind {
        FailureKind::Timeout => true,
        FailureKind::Dispatch(_) => causes(failure).any(is_connector_timeout),
        _ => false,
    }
}

/// The error of a call, whatever operation and service it belongs to.
///
/// Every error of a call converts into it: what a call returns
/// ([`SdkError`](smithy_operation::error::SdkError)), the error of an operation, the error of a service, and that of
/// a builder. `Display` shows the failure in one line. The error that it was made of is its source.
#[derive(Debug)]
pub struct CallError(Box<dyn CallFailure>);

impl CallError {
    /// Returns the name of the operation in the model. It is unknown if this was made of a service's error that is
    /// in the model.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.parts().operation
    }

    /// Returns the SDK ID of the service, such as `Chime`. It is unknown if a builder failed.
    pub fn service(&self) -> Option<&'static str> {
        self.0.parts().service.map(|service| service.sdk_id)
    }

    /// Returns the code of the error, if the service returned one.
    pub fn code(&self) -> Option<&str> {
        self.0.parts().code()
    }

    /// Returns the message of the error, if the service returned one.
    pub fn message(&self) -> Option<&str> {
        self.0.parts().message()
    }

    /// Returns the ID of the request, if there was a response with one.
    pub fn request_id(&self) -> Option<&str> {
        self.0.parts().request_id()
    }

    /// Returns the HTTP status of the response, if there was a response.
    pub fn http_status(&self) -> Option<u16> {
        self.0.parts().status
    }

    /// Returns whether a later call with the same input may succeed, by the rules of the client's own retries.
    /// The client has retried the call already if its configuration let it.
    pub fn is_retryable(&self) -> bool {
        is_retryable(&*self.0)
    }

    /// Returns whether the service throttled the call, by the rules of the client's own retries.
    pub fn is_throttling(&self) -> bool {
        is_throttling(&*self.0)
    }

    /// Returns whether there was no response in time.
    pub fn is_timeout(&self) -> bool {
        is_timeout(&*self.0)
    }

    /// Returns how long the service asks to wait before the next call, if it does.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.parts().response.and_then(retry_after)
    }

    /// Returns the first of the error's causes that has this type: what the call returned, the error of the
    /// operation, or an error of the model, such as `NotFoundException`.
    pub fn downcast_ref<T: StdError + 'static>(&self) -> Option<&T> {
        // The error of a service has no source if it is in the model.
        let modelled = self.0.parts().error.map(|error| error.source());
        causes(&*self.0)
            .chain(modelled)
            .find_map(|cause| cause.downcast_ref())
    }

    /// Returns the error that this was made of.
    pub fn into_source(self) -> BoxError {
        self.0
    }
}

impl<F: CallFailure> From<F> for CallError {
    #[inline]
    fn from(failure: F) -> Self {
        Self(Box::new(failure))
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Summary::new(&*self.0).fmt(f)
    }
}

impl StdError for CallError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}

impl ProvideErrorMetadata for CallError {
    fn meta(&self) -> &ErrorMetadata {
        static NONE: LazyLock<ErrorMetadata> = LazyLock::new(|| ErrorMetadata::builder().build());
        match self.0.parts().error {
            Some(error) => error.meta(),
            None => &NONE,
        }
    }
}

impl RequestId for CallError {
    fn request_id(&self) -> Option<&str> {
        self.request_id()
    }
}
