//! Errors of calls.
//!
//! [`SdkError`] is the error type of all AWS SDKs for Rust, so code written for one of them works with the
//! others. Its `Display` shows only the kind of failure. The operation's error, which
//! [`into_service_error`](SdkError::into_service_error) returns, shows every failure in one line: the
//! operation, the error code, the message and the request ID, if there is one.

use crate::operation::ServiceDescriptor;
pub use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result;
pub use aws_smithy_runtime_api::client::result::{ConnectorError, CreateUnhandledError};
use aws_smithy_schema::Schema;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
pub use aws_smithy_types::error::display::DisplayErrorContext;
pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
pub use aws_smithy_types::error::operation::BuildError;
pub use aws_smithy_types::retry::{ErrorKind, ProvideErrorKind};
use aws_types::request_id::RequestId;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

pub use crate::failure::{CallFailure, FailureKind, FailureParts, Summary, noted};
pub use aws_smithy_runtime_api::box_error::BoxError;

/// Why a call failed.
pub type SdkError<E, R = HttpResponse> = result::SdkError<E, R>;

/// A modelled error, independent of its shape.
pub trait ModelledError: StdError + ProvideErrorMetadata {
    /// The shape's name, which is its code on the wire.
    fn shape_code(&self) -> &'static str;

    /// Returns the shape's message member, if the model has one and it is set.
    fn shape_message(&self) -> Option<&str>;

    /// Returns how the error may be retried, if the model states it.
    fn retryable(&self) -> Option<ErrorKind>;

    /// Returns the HTTP status that the model gives the error.
    fn status(&self) -> Option<u16>;
}

/// A view of an operation's error.
#[derive(Debug, Clone, Copy)]
pub enum ErrorView<'a> {
    /// An error in the model.
    Modelled(&'a (dyn ModelledError + 'static)),
    /// Any other error.
    Unhandled(&'a Unhandled),
}

impl<'a> ErrorView<'a> {
    /// Returns the code, message and request ID that came with the error.
    pub fn meta(self) -> &'a ErrorMetadata {
        match self {
            Self::Modelled(error) => error.meta(),
            Self::Unhandled(error) => error.meta(),
        }
    }

    /// Returns the code that came with the error, or that of its shape.
    pub fn code(self) -> Option<&'a str> {
        match self {
            Self::Modelled(error) => error.meta().code().or(Some(error.shape_code())),
            Self::Unhandled(error) => error.meta().code(),
        }
    }

    /// Returns the message that came with the error, or that of its shape.
    pub fn message(self) -> Option<&'a str> {
        match self {
            Self::Modelled(error) => error.meta().message().or_else(|| error.shape_message()),
            Self::Unhandled(error) => error.meta().message(),
        }
    }

    /// Returns how the error may be retried, if the model states it.
    pub fn retryable(self) -> Option<ErrorKind> {
        match self {
            Self::Modelled(error) => error.retryable(),
            Self::Unhandled(_) => None,
        }
    }

    /// Returns the HTTP status of the response, as far as it is known without the response: that of the model,
    /// or the one that was kept.
    pub fn status(self) -> Option<u16> {
        match self {
            Self::Modelled(error) => error.status(),
            Self::Unhandled(error) => error.status,
        }
    }

    /// Returns the modelled error, or the cause of any other error.
    pub fn source(self) -> &'a (dyn StdError + 'static) {
        match self {
            Self::Modelled(error) => error,
            Self::Unhandled(error) => error.source(),
        }
    }

    /// Writes the error in one line. Called by generated `Display` implementations.
    #[doc(hidden)]
    pub fn fmt(self, operation: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = operation {
            write!(f, "{operation} failed: ")?;
        }
        match (self.code(), self.message()) {
            (Some(code), Some(message)) => write!(f, "{code}: {message}")?,
            (None, Some(message)) => f.write_str(message)?,
            // A modelled error shows its code itself.
            (Some(code), None) if !self.source().to_string().starts_with(code) => {
                f.write_str(code)?;
            }
            (_, None) => return self.fmt_source_and_id("", f),
        }
        // The source has information that code and message lack, such as the beginning of an unreadable body.
        match self {
            Self::Unhandled(error) if !error.source().is::<ErrorMetadata>() => {
                self.fmt_source_and_id(": ", f)
            }
            _ => self.fmt_id(f),
        }
    }

    fn fmt_source_and_id(self, before: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(before)?;
        fmt_chain(self.source(), f)?;
        self.fmt_id(f)
    }

    fn fmt_id(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meta = self.meta();
        match meta.request_id() {
            Some(id) => write!(f, " (request ID: {id})"),
            None => Ok(()),
        }
    }
}

/// The error of a generated operation.
pub trait OperationError:
    StdError + ProvideErrorMetadata + CreateUnhandledError + Send + Sync + 'static
{
    /// The name of the operation in the model.
    const OPERATION: &'static str;

    /// The error of the service.
    type ServiceError;

    /// Returns the service.
    fn service() -> &'static ServiceDescriptor;

    /// Returns a view of the error.
    fn view(&self) -> ErrorView<'_>;

    /// Reads the error with the code in the metadata; `None` if the model has no such error. Removes a
    /// sensitive message from the metadata.
    fn read(
        metadata: &mut ErrorMetadata,
        deserializer: &mut dyn ShapeDeserializer,
    ) -> Option<Result<Self, SerdeError>>
    where
        Self: Sized;
}

/// An error that is not in the model: an unknown code, a response that cannot be read, or a call without a
/// response.
///
/// Its code, message and request ID are in its [metadata](ProvideErrorMetadata::meta).
#[derive(Debug)]
pub struct Unhandled {
    source: BoxError,
    meta: ErrorMetadata,
    operation: Option<&'static str>,
    kind: FailureKind,
    status: Option<u16>,
}

impl Unhandled {
    #[doc(hidden)]
    pub fn new(
        operation: Option<&'static str>,
        source: BoxError,
        meta: Option<ErrorMetadata>,
    ) -> Self {
        Self {
            source,
            meta: meta.unwrap_or_default(),
            operation,
            kind: FailureKind::Service,
            status: None,
        }
    }

    /// Keeps what the response, which is dropped, was known by.
    #[doc(hidden)]
    pub fn note(&mut self, (kind, status): (FailureKind, Option<u16>)) {
        self.kind = kind;
        self.status = status;
    }

    pub(crate) fn kind(&self) -> FailureKind {
        self.kind
    }

    #[doc(hidden)]
    pub fn source(&self) -> &(dyn StdError + 'static) {
        &*self.source
    }

    #[doc(hidden)]
    pub fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }

    #[doc(hidden)]
    pub fn operation(&self) -> Option<&'static str> {
        self.operation
    }
}

/// A clone has the text of the source and, if that is the metadata, the source itself.
impl Clone for Unhandled {
    fn clone(&self) -> Self {
        let source: BoxError = match self.source.downcast_ref::<ErrorMetadata>() {
            Some(meta) => meta.clone().into(),
            None => fmt::from_fn(|f| fmt_chain(self.source(), f))
                .to_string()
                .into(),
        };
        Self {
            source,
            meta: self.meta.clone(),
            operation: self.operation,
            kind: self.kind,
            status: self.status,
        }
    }
}

/// No connection could be made for a request, so the request did not take effect.
///
/// HTTP connectors wrap it in the `ConnectorError` that they return. A batch run then retries even requests
/// that must not take effect twice. The source is the cause.
#[derive(Debug)]
pub struct NotConnected(BoxError);

impl NotConnected {
    /// Wraps the cause.
    pub fn new(source: impl Into<BoxError>) -> Self {
        Self(source.into())
    }
}

impl fmt::Display for NotConnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no connection could be made")
    }
}

impl StdError for NotConnected {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.0.as_ref())
    }
}

/// A string is not a value of the enum in the model.
#[derive(Debug)]
pub struct UnknownVariantError {
    value: String,
}

impl UnknownVariantError {
    #[doc(hidden)]
    pub fn new(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
        }
    }
}

impl fmt::Display for UnknownVariantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown enum variant: '{}'", self.value)
    }
}

impl StdError for UnknownVariantError {}

/// Shows an error and its sources, without repetition.
pub(crate) fn fmt_chain(
    error: &(dyn StdError + 'static),
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut said = error.to_string();
    f.write_str(&said)?;
    for error in causes(error).skip(1) {
        let text = error.to_string();
        if !said.contains(&text) {
            write!(f, ": {text}")?;
            said = text;
        }
    }
    Ok(())
}

/// Iterates over an error, its source, the source of that, and so on.
pub fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// Returns how long a response asks the client to wait before the next request, according to AWS's header
/// `x-amz-retry-after`, in milliseconds.
pub fn retry_after(response: &HttpResponse) -> Option<Duration> {
    let header = response.headers().get("x-amz-retry-after")?;
    header.trim().parse().ok().map(Duration::from_millis)
}

/// Reads a modelled error and attaches the metadata that came with it. Removes the message from the metadata
/// if the model marks it as sensitive.
#[doc(hidden)]
pub fn read_error_shape<T: crate::ErrorShape>(
    metadata: &mut ErrorMetadata,
    deserializer: &mut dyn ShapeDeserializer,
) -> Result<T, SerdeError> {
    if has_sensitive_message(T::SCHEMA) {
        *metadata = without_message(metadata);
    }
    let mut builder = T::Builder::default();
    crate::structure::read_members(T::SCHEMA, deserializer, &mut builder)?;
    T::set_metadata(&mut builder, metadata.clone());
    Ok(T::complete(builder))
}

/// Returns whether the member that the protocol also reads as the metadata's message is sensitive.
fn has_sensitive_message(schema: &Schema<'_>) -> bool {
    schema.members().iter().any(|member| {
        let json_name = member.json_name().map(|name| name.value());
        let name = json_name.or(member.member_name());
        member.sensitive().is_some() && matches!(name, Some("message" | "Message" | "errorMessage"))
    })
}

fn without_message(metadata: &ErrorMetadata) -> ErrorMetadata {
    let mut builder = ErrorMetadata::builder();
    if let Some(code) = metadata.code() {
        builder = builder.code(code);
    }
    if let Some(id) = metadata.request_id() {
        builder = builder.custom("aws_request_id", id);
    }
    builder.build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_smithy_types::body::SdkBody;

    #[test]
    fn waits_that_responses_ask_for() {
        for (value, wait) in [
            ("1500", Some(Duration::from_millis(1500))),
            (" 7 ", Some(Duration::from_millis(7))),
            ("-1", None),
            ("soon", None),
        ] {
            let mut response =
                HttpResponse::new(400.try_into().expect("a status"), SdkBody::empty());
            response.headers_mut().insert("x-amz-retry-after", value);
            assert_eq!(retry_after(&response), wait, "{value}");
        }
    }
}
