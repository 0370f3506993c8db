//! Serializes inputs into requests.

use super::called;
use super::labels::{BadLabel, dot_label, empty_endpoint_label, empty_label, has_dot_segment};
#[cfg(feature = "event-stream")]
use crate::events;
use crate::protocol::{CallEndpoint, payload};
use crate::secrets::Sent;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::EndpointPrefix;
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::ser_de::SerializeRequest;
use aws_smithy_schema::protocol::SharedClientProtocol;
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::config_bag::ConfigBag;
use smithy_operation::{Customizations, InputShape};
use std::fmt;

/// Serializes requests.
#[derive(Debug)]
pub(crate) struct Serializer {
    pub(crate) protocol: SharedClientProtocol,
    /// Whether requests say that the service once spoke awsQuery.
    pub(crate) query_compatible: bool,
    pub(crate) customizations: &'static Customizations,
}

impl SerializeRequest for Serializer {
    fn serialize_input(
        &self,
        mut input: Input,
        config: &mut ConfigBag,
    ) -> Result<HttpRequest, BoxError> {
        let operation = called(config)?;
        let Some(input) = (operation.vtable.input)(&mut input) else {
            return Err(format!(
                "an interceptor replaced the input of {} with one of another type",
                operation.name
            )
            .into());
        };
        if let Some(missing) = MissingMember::of(input) {
            return Err(missing.into());
        }
        if let Some(name) = empty_endpoint_label(self.customizations, input) {
            return Err(BadLabel::Empty(name.to_owned()).into());
        }
        if let Some(prefix) = input.host_prefix()? {
            config
                .interceptor_state()
                .store_put(EndpointPrefix::new(prefix)?);
        }
        if let Some(url) = input.call_endpoint() {
            let url = CallEndpoint(url.to_owned());
            config.interceptor_state().store_put(url);
        }
        let body = input.body().map(std::mem::take);
        #[cfg(feature = "event-stream")]
        let events = events::take(input, operation, &self.protocol);
        let schema = operation.schema.input();
        let mut request = self
            .protocol
            .serialize_request(input, schema, "", config)
            .map_err(|error| empty_label(operation, error))?;
        if !self.customizations.raw_paths && has_dot_segment(request.uri()) {
            return Err(dot_label(schema, input).into());
        }
        if let Some(body) = body {
            let body = body.into_inner();
            let length = body.content_length();
            let headers = request.headers_mut();
            if let Some(length) = length {
                headers.insert("content-length", length.to_string());
            } else if operation.requires_length && headers.get("content-length").is_none() {
                return Err(NO_LENGTH.into());
            }
            *request.body_mut() = body;
        }
        match payload(schema) {
            // It is no document.
            Some(member) if member.streaming() && member.is_union() => {}
            Some(member) => describe_payload(&mut request, member),
            None => {}
        }
        #[cfg(feature = "event-stream")]
        {
            if let Some(events) = events {
                events.send(&mut request, schema, config);
            }
            events::accept(&mut request, operation);
        }
        for (name, value) in self.customizations.request_headers {
            if request.headers().get(*name).is_none() {
                request.headers_mut().insert(*name, *value);
            }
        }
        if self.query_compatible {
            request.headers_mut().insert("x-amzn-query-mode", "true");
        }
        if operation.sensitive_input {
            config.interceptor_state().store_put(Sent::of(&request));
        }
        Ok(request)
    }
}

/// The error if the length of a stream is unknown, and the service requires it.
const NO_LENGTH: &str = "the service requires the length of the request's stream, which is unknown: use a \
    stream that knows its length, such as that of a file or of bytes";

/// Adds what the protocols omit when bytes or a string are the whole body: the content type.
fn describe_payload(request: &mut HttpRequest, member: &Schema<'_>) {
    let default = match member.shape_type() {
        ShapeType::Blob => "application/octet-stream",
        ShapeType::String => "text/plain",
        _ => return,
    };
    if request.body().content_length() == Some(0) {
        return;
    }
    let media_type = member
        .media_type()
        .map_or(default, |media_type| media_type.value());
    let headers = request.headers_mut();
    if headers.get("content-type").is_none() {
        headers.insert("content-type", media_type.to_owned());
    }
}

/// An input lacks a member that the model requires.
#[derive(Debug)]
pub struct MissingMember {
    member: &'static str,
    field: &'static str,
}

impl MissingMember {
    /// Returns the first member that the input lacks; `None` if it has all that are required.
    pub fn of<I: InputShape + ?Sized>(input: &I) -> Option<Self> {
        let (member, field) = input.missing_required()?;
        Some(Self { member, field })
    }
}

impl fmt::Display for MissingMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = self.field.trim_start_matches("r#");
        write!(
            f,
            "the required member `{}` is missing: set it with `.{field}(...)`",
            self.member
        )
    }
}

impl std::error::Error for MissingMember {}
