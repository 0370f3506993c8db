//! What is known of a failed call, whatever the type of its error.

use crate::error::{
    BuildError, ErrorKind, ErrorView, HttpResponse, OperationError, SdkError, fmt_chain,
};
use crate::operation::ServiceDescriptor;
use aws_types::request_id::RequestId;
use std::any::Any;
use std::error::Error as StdError;
use std::fmt;

/// An error that a call can end in: the [`SdkError`] of any operation, the error of an operation or of a
/// service, or that of a builder.
///
/// It is implemented for all of them, so code that handles the errors of several operations or services needs
/// no other bound.
pub trait CallFailure: StdError + Send + Sync + 'static {
    /// Returns what is known of the failure.
    fn parts(&self) -> FailureParts<'_>;
}

/// What is known of a failed call.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct FailureParts<'a> {
    /// How far the call got.
    pub kind: FailureKind,
    /// The service.
    pub service: Option<&'static ServiceDescriptor>,
    /// The name of the operation in the model.
    pub operation: Option<&'static str>,
    /// The error that the service returned, or that was made of another failure.
    pub error: Option<ErrorView<'a>>,
    /// The response, if the error still has it.
    pub response: Option<&'a HttpResponse>,
    /// The HTTP status of the response. An error of the model that no longer has its response has the status
    /// that the model gives it.
    pub status: Option<u16>,
}

/// How far a call got before it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureKind {
    /// The request could not be made.
    Construction,
    /// There was no response in time.
    Timeout,
    /// The request could not be sent, or its response not be received. The kind of error says how a retry may
    /// succeed.
    Dispatch(Option<ErrorKind>),
    /// The response broke off.
    Response,
    /// The service returned an error, or a response that cannot be read.
    Service,
}

impl FailureKind {
    fn of<E, R>(error: &SdkError<E, R>) -> Self {
        match error {
            SdkError::ConstructionFailure(_) => Self::Construction,
            SdkError::TimeoutError(_) => Self::Timeout,
            SdkError::DispatchFailure(failure) => {
                Self::Dispatch(match failure.is_timeout() || failure.is_io() {
                    true => Some(ErrorKind::TransientError),
                    false => failure.as_other(),
                })
            }
            SdkError::ResponseError(_) => Self::Response,
            _ => Self::Service,
        }
    }
}

impl<'a> FailureParts<'a> {
    /// Describes the error of a service.
    #[doc(hidden)]
    pub fn of_service(service: &'static ServiceDescriptor, error: ErrorView<'a>) -> Self {
        let (kind, operation) = match error {
            ErrorView::Modelled(_) => (FailureKind::Service, None),
            ErrorView::Unhandled(unhandled) => (unhandled.kind(), unhandled.operation()),
        };
        Self {
            kind,
            service: Some(service),
            operation,
            error: Some(error),
            response: None,
            status: error.status(),
        }
    }

    fn with_response_of<E, R: 'static>(mut self, error: &'a SdkError<E, R>) -> Self {
        self.kind = FailureKind::of(error);
        self.response = response_of(error);
        self.status = status_of(self.response).or(self.status);
        self
    }

    /// Returns the code, if the service returned one.
    pub fn code(self) -> Option<&'a str> {
        self.error?.code()
    }

    /// Returns the message, if the service returned one.
    pub fn message(self) -> Option<&'a str> {
        self.error?.message()
    }

    /// Returns the request ID, if there was a response with one.
    pub fn request_id(self) -> Option<&'a str> {
        let of_response = self.response.and_then(RequestId::request_id);
        of_response.or_else(|| self.error?.meta().request_id())
    }
}

/// What the error of a service keeps of an error that is not in the model.
#[doc(hidden)]
pub fn noted<E, R: 'static>(error: &SdkError<E, R>) -> (FailureKind, Option<u16>) {
    (FailureKind::of(error), status_of(response_of(error)))
}

/// Returns the response, unless it is not that of a request: event streams have messages instead.
fn response_of<E, R: 'static>(error: &SdkError<E, R>) -> Option<&HttpResponse> {
    let raw: &dyn Any = error.raw_response()?;
    raw.downcast_ref()
}

fn status_of(response: Option<&HttpResponse>) -> Option<u16> {
    response.map(|response| response.status().as_u16())
}

impl<E: OperationError> CallFailure for E {
    fn parts(&self) -> FailureParts<'_> {
        let error = self.view();
        let parts = FailureParts {
            operation: Some(E::OPERATION),
            ..FailureParts::of_service(E::service(), error)
        };
        match error {
            // `into_service_error()` made it of a failure without an error of the service.
            ErrorView::Unhandled(unhandled) => match unhandled.source().downcast_ref() {
                Some(cause) => parts.with_response_of::<E, HttpResponse>(cause),
                None => parts,
            },
            ErrorView::Modelled(_) => parts,
        }
    }
}

impl<E: OperationError, R: fmt::Debug + Send + Sync + 'static> CallFailure for SdkError<E, R> {
    fn parts(&self) -> FailureParts<'_> {
        let parts = match self.as_service_error() {
            Some(error) => error.parts(),
            None => FailureParts {
                kind: FailureKind::Service,
                service: Some(E::service()),
                operation: Some(E::OPERATION),
                error: None,
                response: None,
                status: None,
            },
        };
        parts.with_response_of(self)
    }
}

impl CallFailure for BuildError {
    fn parts(&self) -> FailureParts<'_> {
        FailureParts {
            kind: FailureKind::Construction,
            service: None,
            operation: None,
            error: None,
            response: None,
            status: None,
        }
    }
}

/// Shows a failure in one line: the operation, the code, the message, the request ID, and the causes as far as
/// they add anything.
#[derive(Clone, Copy)]
pub struct Summary<'a>(&'a dyn CallFailure);

impl<'a> Summary<'a> {
    /// Shows this failure.
    pub fn new(failure: &'a dyn CallFailure) -> Self {
        Self(failure)
    }
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.0.parts();
        if let Some(error) = parts.error {
            return error.fmt(parts.operation, f);
        }
        if let Some(operation) = parts.operation {
            write!(f, "{operation} failed: ")?;
        }
        fmt_chain(self.0, f)?;
        match parts.request_id() {
            Some(id) => write!(f, " (request ID: {id})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
