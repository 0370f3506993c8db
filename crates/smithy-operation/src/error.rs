//! Errors that say what happened.
//!
//! [`SdkError`] has the variants and methods that users of the AWS SDK for Rust know. Its `Display`
//! tells the whole story in one line: the operation, the error code, the message and the request
//! ID where there is one.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result as smithy;
pub use aws_smithy_runtime_api::client::result::ConnectorError;
pub use aws_smithy_runtime_api::client::result::CreateUnhandledError;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
pub use aws_smithy_types::error::display::DisplayErrorContext;
pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
pub use aws_smithy_types::error::operation::BuildError;
pub use aws_smithy_types::retry::ErrorKind;
use aws_types::request_id::RequestId;
use std::error::Error as StdError;
use std::fmt;

/// An error of any kind.
pub type BoxError = Box<dyn StdError + Send + Sync + 'static>;

/// A modelled error, whatever its shape.
pub trait ModelledError: StdError + ProvideErrorMetadata {
    /// The shape's name, which is its code on the wire.
    fn shape_code(&self) -> &'static str;

    /// How the model says that the error may be retried, where it says so.
    fn retryable(&self) -> Option<ErrorKind>;
}

/// What an operation's error is made of.
#[derive(Debug, Clone, Copy)]
pub enum ErrorView<'a> {
    /// An error of the model's.
    Modelled(&'a (dyn ModelledError + 'static)),
    /// Any other.
    Unhandled(&'a Unhandled),
}

impl<'a> ErrorView<'a> {
    /// The code, message and request ID that came with the error.
    pub fn meta(self) -> &'a ErrorMetadata {
        match self {
            Self::Modelled(error) => error.meta(),
            Self::Unhandled(error) => error.meta(),
        }
    }

    /// How the model says that the error may be retried, where it says so.
    pub fn retryable(self) -> Option<ErrorKind> {
        match self {
            Self::Modelled(error) => error.retryable(),
            Self::Unhandled(_) => None,
        }
    }

    /// The modelled error, or what caused the other.
    pub fn source(self) -> &'a (dyn StdError + 'static) {
        match self {
            Self::Modelled(error) => error,
            Self::Unhandled(error) => error.source(),
        }
    }

    /// Writes the error in one line. What generated `Display` impls call.
    #[doc(hidden)]
    pub fn fmt(self, operation: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{operation} failed: ")?;
        let meta = self.meta();
        let code = match self {
            Self::Modelled(error) => meta.code().or(Some(error.shape_code())),
            Self::Unhandled(_) => meta.code(),
        };
        match (code, meta.message()) {
            (Some(code), Some(message)) => write!(f, "{code}: {message}")?,
            (None, Some(message)) => f.write_str(message)?,
            // A modelled error names its code by itself.
            (Some(code), None) if !self.source().to_string().starts_with(code) => {
                f.write_str(code)?;
            }
            (_, None) => write!(f, "{}", self.source())?,
        }
        match meta.request_id() {
            Some(id) => write!(f, " (request ID: {id})"),
            None => Ok(()),
        }
    }
}

/// A generated operation's error.
pub trait OperationError:
    StdError + ProvideErrorMetadata + CreateUnhandledError + Send + Sync + 'static
{
    /// What the error is made of.
    fn view(&self) -> ErrorView<'_>;

    /// Reads the error that the metadata's code names; `None` if the model has no such error.
    fn read(
        metadata: &ErrorMetadata,
        deserializer: &mut dyn ShapeDeserializer,
    ) -> Option<Result<Self, SerdeError>>
    where
        Self: Sized;
}

/// An error that the model does not know: an unknown code, or an answer that cannot be read.
///
/// Its code, message and request ID are in its [metadata](ProvideErrorMetadata::meta).
#[derive(Debug)]
pub struct Unhandled {
    source: BoxError,
    meta: ErrorMetadata,
}

impl Unhandled {
    #[doc(hidden)]
    pub fn new(source: BoxError, meta: ErrorMetadata) -> Self {
        Self { source, meta }
    }

    #[doc(hidden)]
    pub fn source(&self) -> &(dyn StdError + 'static) {
        &*self.source
    }

    #[doc(hidden)]
    pub fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }
}

/// An enum's text was not one that the model knows.
#[derive(Debug, Clone, PartialEq, Eq)]
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

macro_rules! context_struct {
    ($(#[$meta:meta])* $name:ident, $what:literal) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $name {
            operation: &'static str,
            source: BoxError,
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{} {}: {}", self.operation, $what, Chain(&*self.source))
            }
        }
    };
}

context_struct! {
    /// The request could not be built: a required member is missing, or the configuration lacks
    /// something. Nothing was sent.
    ConstructionFailure, "could not be sent"
}
context_struct! {
    /// The time allowed for the call ran out.
    TimeoutError, "timed out"
}

/// No answer came: the connection could not be made, or broke.
#[derive(Debug)]
pub struct DispatchFailure {
    operation: &'static str,
    source: ConnectorError,
}

impl DispatchFailure {
    /// Whether the connection failed on input or output.
    pub fn is_io(&self) -> bool {
        self.source.is_io()
    }
    /// Whether connecting took too long.
    pub fn is_timeout(&self) -> bool {
        self.source.is_timeout()
    }
    /// Whether the caller's request was at fault.
    pub fn is_user(&self) -> bool {
        self.source.is_user()
    }
    /// Whether none of the other kinds fits.
    pub fn is_other(&self) -> bool {
        self.source.is_other()
    }
    /// The kind of error that retries look at, if there is one.
    pub fn as_other(&self) -> Option<ErrorKind> {
        self.source.as_other()
    }
    /// The connector's own error.
    pub fn as_connector_error(&self) -> Option<&ConnectorError> {
        Some(&self.source)
    }
}

impl fmt::Display for DispatchFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, source } = self;
        match StdError::source(source) {
            // Not the connection's doing: no endpoint, no signature, an interceptor's refusal.
            Some(cause) if source.is_other() => {
                write!(f, "{operation} could not be sent: {}", Chain(cause))
            }
            _ => write!(f, "{operation} got no answer: {}", Chain(source)),
        }
    }
}

/// An answer came that could not be read.
#[derive(Debug)]
pub struct ResponseError<R> {
    operation: &'static str,
    source: BoxError,
    raw: R,
    request_id: Option<String>,
}

impl<R> ResponseError<R> {
    /// The answer as it came.
    pub fn raw(&self) -> &R {
        &self.raw
    }
    /// The answer as it came.
    pub fn into_raw(self) -> R {
        self.raw
    }
}

impl<R> fmt::Display for ResponseError<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} was answered with something that cannot be read: {}",
            self.operation,
            Chain(&*self.source)
        )?;
        match &self.request_id {
            Some(id) => write!(f, " (request ID: {id})"),
            None => Ok(()),
        }
    }
}

/// The service refused.
#[derive(Debug)]
pub struct ServiceError<E, R> {
    source: E,
    raw: R,
}

impl<E, R> ServiceError<E, R> {
    /// The error.
    pub fn err(&self) -> &E {
        &self.source
    }
    /// The error.
    pub fn into_err(self) -> E {
        self.source
    }
    /// The answer as it came.
    pub fn raw(&self) -> &R {
        &self.raw
    }
    /// The answer as it came.
    pub fn into_raw(self) -> R {
        self.raw
    }
}

/// Why a call failed.
///
/// `Display` says it in one line; match on the variants, or take the operation's own error with
/// [`into_service_error`](Self::into_service_error) or
/// [`as_service_error`](Self::as_service_error), to act on it.
#[derive(Debug)]
#[non_exhaustive]
pub enum SdkError<E, R = HttpResponse> {
    /// The request could not be built. Nothing was sent.
    ConstructionFailure(ConstructionFailure),
    /// The time allowed for the call ran out. The request may have been sent.
    TimeoutError(TimeoutError),
    /// No answer came. The request may have been sent.
    DispatchFailure(DispatchFailure),
    /// An answer came that could not be read.
    ResponseError(ResponseError<R>),
    /// The service refused.
    ServiceError(ServiceError<E, R>),
}

impl<E, R> SdkError<E, R> {
    /// Makes a [`ConstructionFailure`](Self::ConstructionFailure).
    pub fn construction_failure(operation: &'static str, source: impl Into<BoxError>) -> Self {
        Self::ConstructionFailure(ConstructionFailure {
            operation,
            source: source.into(),
        })
    }

    /// Makes a [`ServiceError`](Self::ServiceError).
    pub fn service_error(source: E, raw: R) -> Self {
        Self::ServiceError(ServiceError { source, raw })
    }

    /// The operation's own error; every other failure becomes its unhandled variant.
    pub fn into_service_error(self) -> E
    where
        E: StdError + Send + Sync + CreateUnhandledError + 'static,
        R: fmt::Debug + Send + Sync + 'static,
    {
        match self {
            Self::ServiceError(context) => context.source,
            other => E::create_unhandled_error(Box::new(other), None),
        }
    }

    /// The operation's own error, if the service refused.
    pub fn as_service_error(&self) -> Option<&E> {
        match self {
            Self::ServiceError(context) => Some(&context.source),
            _ => None,
        }
    }

    /// The cause of the failure.
    ///
    /// # Errors
    ///
    /// Never; the result has the form that callers of the AWS SDK for Rust know.
    pub fn into_source(self) -> Result<BoxError, Self>
    where
        E: StdError + Send + Sync + 'static,
    {
        match self {
            Self::ConstructionFailure(context) => Ok(context.source),
            Self::TimeoutError(context) => Ok(context.source),
            Self::DispatchFailure(context) => Ok(context.source.into()),
            Self::ResponseError(context) => Ok(context.source),
            Self::ServiceError(context) => Ok(context.source.into()),
        }
    }

    /// The answer as it came, if one came.
    pub fn raw_response(&self) -> Option<&R> {
        match self {
            Self::ResponseError(context) => Some(&context.raw),
            Self::ServiceError(context) => Some(&context.raw),
            _ => None,
        }
    }

    /// Makes another error of the operation's own error.
    pub fn map_service_error<E2>(self, map: impl FnOnce(E) -> E2) -> SdkError<E2, R> {
        match self {
            Self::ConstructionFailure(context) => SdkError::ConstructionFailure(context),
            Self::TimeoutError(context) => SdkError::TimeoutError(context),
            Self::DispatchFailure(context) => SdkError::DispatchFailure(context),
            Self::ResponseError(context) => SdkError::ResponseError(context),
            Self::ServiceError(context) => SdkError::ServiceError(ServiceError {
                source: map(context.source),
                raw: context.raw,
            }),
        }
    }
}

impl<E> SdkError<E, HttpResponse>
where
    E: StdError + Send + Sync + 'static,
{
    /// Gives an error of the smithy-rs orchestrator the operation's name.
    pub fn from_orchestrator(
        operation: &'static str,
        error: smithy::SdkError<E, HttpResponse>,
    ) -> Self {
        match error {
            smithy::SdkError::ServiceError(context) => {
                // `ServiceError` gives up its error or its response, not both.
                let mut taken = None;
                let rest = smithy::SdkError::<E, HttpResponse>::ServiceError(context)
                    .map_service_error(|source| {
                        taken = Some(source);
                        Taken
                    });
                match (taken, rest) {
                    (Some(source), smithy::SdkError::ServiceError(rest)) => {
                        Self::ServiceError(ServiceError {
                            source,
                            raw: rest.into_raw(),
                        })
                    }
                    _ => Self::construction_failure(operation, "the error was lost"),
                }
            }
            smithy::SdkError::ResponseError(context) => {
                let request_id = context.raw().headers().request_id().map(str::to_owned);
                let raw_status = context.raw().status();
                let raw_headers = context.raw().headers().clone();
                let raw_body = context.raw().body().try_clone();
                let source = source_of(smithy::SdkError::ResponseError::<E, HttpResponse>(context));
                let mut raw = HttpResponse::new(
                    raw_status,
                    raw_body.unwrap_or_else(aws_smithy_types::body::SdkBody::taken),
                );
                *raw.headers_mut() = raw_headers;
                Self::ResponseError(ResponseError {
                    operation,
                    source,
                    raw,
                    request_id,
                })
            }
            smithy::SdkError::TimeoutError(context) => Self::TimeoutError(TimeoutError {
                operation,
                source: source_of(smithy::SdkError::TimeoutError::<E, HttpResponse>(context)),
            }),
            smithy::SdkError::DispatchFailure(context) => {
                let source = source_of(smithy::SdkError::DispatchFailure::<E, HttpResponse>(
                    context,
                ));
                Self::DispatchFailure(DispatchFailure {
                    operation,
                    source: match source.downcast::<ConnectorError>() {
                        Ok(source) => *source,
                        Err(source) => ConnectorError::other(source, None),
                    },
                })
            }
            smithy::SdkError::ConstructionFailure(context) => {
                Self::ConstructionFailure(ConstructionFailure {
                    operation,
                    source: source_of(smithy::SdkError::ConstructionFailure::<E, HttpResponse>(
                        context,
                    )),
                })
            }
            other => Self::construction_failure(operation, source_of(other)),
        }
    }
}

/// Stands where an error was taken out.
#[derive(Debug)]
struct Taken;

fn source_of<E>(error: smithy::SdkError<E, HttpResponse>) -> BoxError
where
    E: StdError + Send + Sync + 'static,
{
    match error.into_source() {
        Ok(source) => source,
        Err(error) => Box::new(error),
    }
}

/// Shows an error and its sources, without saying the same twice.
struct Chain<'a>(&'a (dyn StdError + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said = self.0.to_string();
        f.write_str(&said)?;
        let mut next = self.0.source();
        while let Some(error) = next {
            let text = error.to_string();
            if !said.contains(&text) {
                write!(f, ": {text}")?;
                said = text;
            }
            next = error.source();
        }
        Ok(())
    }
}

impl<E: fmt::Display, R> fmt::Display for SdkError<E, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConstructionFailure(context) => context.fmt(f),
            Self::TimeoutError(context) => context.fmt(f),
            Self::DispatchFailure(context) => context.fmt(f),
            Self::ResponseError(context) => context.fmt(f),
            Self::ServiceError(context) => context.source.fmt(f),
        }
    }
}

impl<E, R> StdError for SdkError<E, R>
where
    E: StdError + 'static,
    R: fmt::Debug,
{
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::ConstructionFailure(context) => Some(&*context.source),
            Self::TimeoutError(context) => Some(&*context.source),
            Self::DispatchFailure(context) => Some(&context.source),
            Self::ResponseError(context) => Some(&*context.source),
            Self::ServiceError(context) => Some(&context.source),
        }
    }
}

impl<E: ProvideErrorMetadata, R> ProvideErrorMetadata for SdkError<E, R> {
    fn meta(&self) -> &ErrorMetadata {
        match self {
            Self::ServiceError(context) => context.source.meta(),
            _ => &EMPTY_METADATA,
        }
    }
}

static EMPTY_METADATA: std::sync::LazyLock<ErrorMetadata> =
    std::sync::LazyLock::new(ErrorMetadata::default);

impl<E> RequestId for SdkError<E, HttpResponse> {
    fn request_id(&self) -> Option<&str> {
        self.raw_response()
            .and_then(|raw| raw.headers().request_id())
    }
}

/// Reads a modelled error and gives it the metadata that came with it.
#[doc(hidden)]
pub fn read_error_shape<T: crate::ErrorShape>(
    metadata: &ErrorMetadata,
    deserializer: &mut dyn ShapeDeserializer,
) -> Result<T, SerdeError> {
    let mut builder = T::Builder::default();
    crate::structure::read_members(T::SCHEMA, deserializer, &mut builder)?;
    T::set_metadata(&mut builder, metadata.clone());
    Ok(T::complete(builder))
}
