//! Why dynamic calls fail.

use super::OperationDescriptor;
use super::names::nearest;
use super::problem::{InputProblem, quoted};
use crate::error::{BoxError, ErrorMetadata, ErrorView, HttpResponse, SdkError};
use aws_smithy_runtime_api::client::interceptors::context::Error;
use aws_types::request_id::RequestId;
use std::fmt;

/// Why a dynamic call failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum DynamicError {
    /// The service has no operation of this name. Nothing was sent.
    UnknownOperation(UnknownOperation),
    /// The operation sends or receives a stream. Nothing was sent.
    #[non_exhaustive]
    Streaming {
        /// The operation.
        operation: &'static str,
    },
    /// The document is not an input of the operation. Nothing was sent.
    InvalidInput(InvalidInput),
    /// The call failed.
    Failed(CallFailure),
    /// The call succeeded, but its output cannot be a document.
    #[non_exhaustive]
    UnreadableOutput {
        /// The operation.
        operation: &'static str,
        /// The reason.
        why: String,
    },
}

impl DynamicError {
    /// Returns whether the call itself is wrong: the name of the operation, or its input.
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::UnknownOperation(_) | Self::Streaming { .. } | Self::InvalidInput(_)
        )
    }

    /// Returns the failure of the call, if it was made.
    pub fn failure(&self) -> Option<&CallFailure> {
        match self {
            Self::Failed(failure) => Some(failure),
            _ => None,
        }
    }
}

impl fmt::Display for DynamicError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownOperation(error) => error.fmt(f),
            Self::Streaming { operation } => write!(
                f,
                "{operation} sends or receives a stream, which a document cannot hold: use the fluent builder of the \
                 client"
            ),
            Self::InvalidInput(error) => error.fmt(f),
            Self::Failed(failure) => failure.fmt(f),
            Self::UnreadableOutput { operation, why } => {
                write!(
                    f,
                    "{operation} succeeded, but its output cannot be shown: {why}"
                )
            }
        }
    }
}

impl std::error::Error for DynamicError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // `Display` shows the failure, so its sources come next.
            Self::Failed(failure) => failure.source(),
            _ => None,
        }
    }
}

impl From<UnknownOperation> for DynamicError {
    fn from(error: UnknownOperation) -> Self {
        Self::UnknownOperation(error)
    }
}

impl From<InvalidInput> for DynamicError {
    fn from(error: InvalidInput) -> Self {
        Self::InvalidInput(error)
    }
}

impl From<CallFailure> for DynamicError {
    fn from(error: CallFailure) -> Self {
        Self::Failed(error)
    }
}

/// There is no operation of this name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownOperation {
    /// The name.
    pub name: String,
    /// The names of operations that resemble it, the best first.
    pub nearest: Vec<&'static str>,
}

impl UnknownOperation {
    /// Describes that a name is not among those of the operations.
    pub fn new(name: &str, operations: impl IntoIterator<Item = &'static str>) -> Self {
        Self {
            name: name.to_owned(),
            nearest: nearest(name, operations),
        }
    }
}

impl fmt::Display for UnknownOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no operation `{}`", self.name)?;
        match self.nearest.is_empty() {
            true => Ok(()),
            false => write!(f, "; did you mean {}?", quoted(&self.nearest, "or")),
        }
    }
}

impl std::error::Error for UnknownOperation {}

/// A document is not an input of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidInput {
    /// The operation.
    pub operation: &'static str,
    /// Everything that is wrong.
    pub problems: Vec<InputProblem>,
}

impl fmt::Display for InvalidInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid input of {}: ", self.operation)?;
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for InvalidInput {}

/// At which point a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureKind {
    /// No request could be made, because of the configuration or the input.
    Construction,
    /// The time for the call or an attempt was over.
    Timeout,
    /// No response arrived, or credentials are missing.
    Dispatch,
    /// The response cannot be read, or is a page that follows itself.
    Response,
    /// The service returned an error.
    Service,
}

/// The failure of a call.
///
/// `Display` shows the operation, the error's code and message, the request ID and the causes on one line.
#[derive(Debug)]
pub struct CallFailure {
    operation: &'static OperationDescriptor,
    kind: FailureKind,
    error: Error,
    status: Option<u16>,
}

impl CallFailure {
    pub(super) fn new(
        operation: &'static OperationDescriptor,
        error: SdkError<Error, HttpResponse>,
    ) -> Self {
        let status = error.raw_response().map(|it| it.status().as_u16());
        let kind = match &error {
            SdkError::ServiceError(_) => FailureKind::Service,
            SdkError::ConstructionFailure(_) => FailureKind::Construction,
            SdkError::TimeoutError(_) => FailureKind::Timeout,
            SdkError::ResponseError(_) => FailureKind::Response,
            _ => FailureKind::Dispatch,
        };
        let error = match error {
            SdkError::ServiceError(context) => context.into_err(),
            error => (operation.vtable.unhandled)(error.into(), ErrorMetadata::default()),
        };
        Self {
            operation,
            kind,
            error,
            status,
        }
    }

    /// The failure of a list that never ends.
    pub(super) fn endless(operation: &'static OperationDescriptor) -> Self {
        let error: BoxError = crate::paginate::REPEATED.into();
        Self {
            operation,
            kind: FailureKind::Response,
            error: (operation.vtable.unhandled)(error, ErrorMetadata::default()),
            status: None,
        }
    }

    /// Returns the operation.
    pub fn operation(&self) -> &'static OperationDescriptor {
        self.operation
    }

    /// Returns at which point the call failed.
    pub fn kind(&self) -> FailureKind {
        self.kind
    }

    /// Returns whether the service returned an error that is in the model of the operation.
    pub fn is_modelled(&self) -> bool {
        matches!(self.view(), Some(ErrorView::Modelled(_)))
    }

    /// Returns the code of the service's error.
    pub fn code(&self) -> Option<&str> {
        match self.view()? {
            ErrorView::Modelled(error) => error.meta().code().or(Some(error.shape_code())),
            ErrorView::Unhandled(_) => self.view()?.meta().code(),
        }
    }

    /// Returns the message of the service's error.
    pub fn message(&self) -> Option<&str> {
        self.view()?.meta().message()
    }

    /// Returns the ID of the request, if a response arrived.
    pub fn request_id(&self) -> Option<&str> {
        self.view()?.meta().request_id()
    }

    /// Returns the HTTP status of the response, if one arrived.
    pub fn http_status(&self) -> Option<u16> {
        self.status
    }

    fn view(&self) -> Option<ErrorView<'_>> {
        (self.operation.vtable.error)(&self.error)
    }

    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.view().map(ErrorView::source)
    }
}

impl fmt::Display for CallFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.view() {
            Some(view) => view.fmt(Some(self.operation.name), f),
            // An interceptor replaced the error.
            None => write!(f, "{} failed: {}", self.operation.name, self.error),
        }
    }
}

impl std::error::Error for CallFailure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Self::source(self)
    }
}
