//! Deserializes responses into outputs and errors.

use super::called;
#[cfg(feature = "event-stream")]
use crate::events;
use crate::protocol::payload;
use crate::unreadable::Unreadable;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Output, OutputOrError};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::ser_de::DeserializeResponse;
use aws_smithy_schema::protocol::SharedClientProtocol;
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::ErrorMetadata;
use aws_types::request_id::{RequestId, apply_request_id};
use smithy_operation::{Customizations, OperationDescriptor, ResponseStream};

/// Deserializes responses.
#[derive(Debug)]
pub(crate) struct Deserializer {
    pub(crate) protocol: SharedClientProtocol,
    /// The codes that errors had in awsQuery, by the names of their shapes; `None` if the service never spoke
    /// it.
    pub(crate) query_codes: Option<&'static [(&'static str, &'static str)]>,
    pub(crate) customizations: &'static Customizations,
}

impl DeserializeResponse for Deserializer {
    fn deserialize_streaming_with_config(
        &self,
        response: &mut HttpResponse,
        config: &ConfigBag,
    ) -> Option<OutputOrError> {
        let operation = called(config).ok()?;
        if !operation.streaming_output || !response.status().is_success() {
            return None;
        }
        let body = std::mem::replace(response.body_mut(), SdkBody::taken());
        #[cfg(feature = "event-stream")]
        if events::receives(operation) {
            let source = events::source(operation, body, &self.protocol);
            if events::has_initial_message(operation.schema.output()) {
                return Some(Ok(events::pending(source, response)));
            }
            let stream = ResponseStream::Events(Box::new(source));
            return Some(self.success(operation, response, config, Some(stream)));
        }
        let body = ResponseStream::Bytes(body);
        Some(self.success(operation, response, config, Some(body)))
    }

    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        config: &ConfigBag,
    ) -> OutputOrError {
        let operation = called(config).map_err(OrchestratorError::other)?;
        if response.status().is_success() && !self.is_error(operation, response) {
            self.success(operation, response, config, None)
        } else {
            let error = self.refusal(operation, response, config);
            Err(OrchestratorError::operation(error))
        }
    }
}

impl Deserializer {
    fn success(
        &self,
        operation: &OperationDescriptor,
        response: &HttpResponse,
        config: &ConfigBag,
        body: Option<ResponseStream>,
    ) -> Result<Output, OrchestratorError<Error>> {
        let request_id = response.request_id();
        self.protocol
            .deserialize_response(response, operation.schema.output(), config)
            .and_then(|mut deserializer| {
                (operation.vtable.read_output)(&mut *deserializer, request_id, body)
            })
            .map_err(|error| {
                let metadata = apply_request_id(ErrorMetadata::builder(), response.headers());
                let unreadable =
                    Unreadable::new(response, Some(error), operation.sensitive_output, config);
                OrchestratorError::operation((operation.vtable.unhandled)(
                    unreadable.into(),
                    metadata.build(),
                ))
            })
    }

    /// Returns whether the document of a successful response is an error.
    fn is_error(&self, operation: &OperationDescriptor, response: &HttpResponse) -> bool {
        // What is not a document is the caller's own.
        let is_document = |member: &Schema<'_>| {
            matches!(member.shape_type(), ShapeType::Structure | ShapeType::Union)
        };
        self.customizations.errors_in_success
            && payload(operation.schema.output()).is_none_or(is_document)
            && response.body().bytes().is_some_and(begins_with_error)
    }

    /// Returns the error of a response. A response that cannot be read is also an error.
    fn refusal(
        &self,
        operation: &OperationDescriptor,
        response: &HttpResponse,
        config: &ConfigBag,
    ) -> Error {
        let unhandled = |cause, is_hidden, metadata| {
            let unreadable = Unreadable::new(response, cause, is_hidden, config);
            (operation.vtable.unhandled)(unreadable.into(), metadata)
        };
        let parsed = self.protocol.parse_error_metadata(response, config);
        let (metadata, failure) = match parsed {
            Ok(metadata) => (metadata, None),
            Err(error) => (ErrorMetadata::builder(), Some(error)),
        };
        let mut metadata = apply_request_id(metadata, response.headers()).build();
        if let Some(code) = self.query_code(metadata.code()) {
            metadata = with_code(&metadata, code);
        }
        if metadata.code().is_none()
            && let Some(code) = self.code_of_empty(response)
        {
            metadata = with_code(&metadata, code);
        }
        if failure.is_some() {
            // The header may contain the code even if the body is not JSON.
            return unhandled(failure, false, with_code_of_header(metadata, response));
        }
        if metadata.code().is_none() {
            return unhandled(None, false, metadata);
        }
        let had_message = metadata.message().is_some();
        let read = |metadata: &mut ErrorMetadata| {
            self.protocol
                .deserialize_error_response(response, config)
                .map(|mut deserializer| (operation.vtable.read_error)(metadata, &mut *deserializer))
        };
        let mut result = read(&mut metadata);
        if matches!(result, Ok(None))
            && let Some(mut named) = self.named_in_body(&metadata, response)
        {
            result = read(&mut named);
            if !matches!(result, Ok(None)) {
                metadata = named;
            }
        }
        match result {
            Ok(Some(Ok(error))) => error,
            // The target of a redirect is more useful than a code that is not in the model.
            Ok(None) if (300..400).contains(&response.status().as_u16()) => {
                unhandled(None, false, metadata)
            }
            Ok(None) => (operation.vtable.unhandled)(metadata.clone().into(), metadata),
            // The message was removed because it is sensitive, and the body contains it too.
            Ok(Some(Err(error))) if had_message && metadata.message().is_none() => {
                unhandled(Some(error), true, metadata)
            }
            Ok(Some(Err(error))) | Err(error) => unhandled(Some(error), false, metadata),
        }
    }

    /// Returns the code of a response without a body, if the service gives its status one.
    fn code_of_empty(&self, response: &HttpResponse) -> Option<&'static str> {
        let is_empty = response.body().bytes().is_some_and(<[u8]>::is_empty);
        let status = response.status().as_u16();
        let mut codes = self.customizations.empty_errors.iter();
        let (_, code) = codes.find(|(own, _)| is_empty && *own == status)?;
        Some(code)
    }

    /// Returns the code that an error had in awsQuery, if the response has the name of its shape.
    fn query_code(&self, code: Option<&str>) -> Option<&'static str> {
        let code = code?;
        let mut codes = self.query_codes?.iter();
        codes.find(|(name, _)| *name == code).map(|(_, code)| *code)
    }

    /// Returns the metadata with the code of the shape that the body names. The code of awsQuery is in a
    /// header, and models need not have it.
    fn named_in_body(
        &self,
        metadata: &ErrorMetadata,
        response: &HttpResponse,
    ) -> Option<ErrorMetadata> {
        self.query_codes?;
        let body = response.body().bytes()?;
        // Unlike the metadata of the response, this does not look at the headers.
        let of_body = self.protocol.parse_event_stream_error_metadata(body).ok()?;
        let of_body = of_body.build();
        let name = of_body.code()?;
        let code = self.query_code(Some(name)).unwrap_or(name);
        (metadata.code() != Some(code)).then(|| with_code(metadata, code))
    }
}

/// Returns whether the root of an XML document is `Error`.
fn begins_with_error(body: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(body) else {
        return false;
    };
    let mut text = text.trim_start();
    while let Some(rest) = text.strip_prefix("<?").or_else(|| text.strip_prefix("<!")) {
        let Some((_, after)) = rest.split_once('>') else {
            return false;
        };
        text = after.trim_start();
    }
    let rest = text.strip_prefix("<Error");
    rest.is_some_and(|rest| rest.starts_with(['>', ' ', '\t', '\r', '\n']))
}

/// Returns the metadata with another code.
fn with_code(metadata: &ErrorMetadata, code: &str) -> ErrorMetadata {
    let mut builder = ErrorMetadata::builder().code(code);
    if let Some(message) = metadata.message() {
        builder = builder.message(message);
    }
    if let Some(id) = metadata.request_id() {
        builder = builder.custom("aws_request_id", id);
    }
    builder.build()
}

fn with_code_of_header(metadata: ErrorMetadata, response: &HttpResponse) -> ErrorMetadata {
    let Some(code) = response.headers().get("x-amzn-errortype") else {
        return metadata;
    };
    // Some services write the code as `namespace#Code:http://...`.
    let code = code.split(':').next().unwrap_or(code);
    let code = code.rsplit('#').next().unwrap_or(code);
    with_code(&metadata, code)
}
