//! Errors of awsQuery and ec2Query. restXml reads its own.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_schema::serde::SerdeError;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::Builder as ErrorMetadataBuilder;
use aws_smithy_xml::decode::{Document, ScopedDecoder, XmlDecodeError, try_data};
#[cfg(any(feature = "aws-query", feature = "ec2-query"))]
use {
    aws_smithy_types::date_time::Format,
    aws_smithy_xml::codec::{XmlCodec, XmlCodecSettings},
    std::sync::LazyLock,
};

/// The codec of the query protocols' responses.
#[cfg(any(feature = "aws-query", feature = "ec2-query"))]
pub(super) static CODEC: LazyLock<XmlCodec> = LazyLock::new(|| {
    let settings = XmlCodecSettings::builder();
    XmlCodec::new(settings.default_timestamp_format(Format::DateTime).build())
});

/// Returns the body, or a document without members if the body is empty.
#[cfg(any(feature = "aws-query", feature = "ec2-query"))]
pub(super) fn document(response: &HttpResponse) -> &[u8] {
    match response.body().bytes() {
        Some(body) if !body.is_empty() => body,
        _ => b"<Response/>",
    }
}

/// Reads the code and the message of the first `Error` element, and the request ID, wherever they are.
pub(super) fn error_metadata(response: &HttpResponse) -> Result<ErrorMetadataBuilder, SerdeError> {
    let mut builder = ErrorMetadata::builder();
    let body = response.body().bytes().unwrap_or_default();
    if body.is_empty() {
        return Ok(builder);
    }
    let text = std::str::from_utf8(body).map_err(|error| invalid(&error))?;
    let mut document = Document::new(text);
    let mut root = document.root_element().map_err(|error| invalid(&error))?;
    let mut found = Found::default();
    found.read(&mut root, 0).map_err(|error| invalid(&error))?;
    if let Some(code) = found.code {
        builder = builder.code(code);
    }
    if let Some(message) = found.message {
        builder = builder.message(message);
    }
    if let Some(id) = found.request_id {
        builder = builder.custom("aws_request_id", id);
    }
    Ok(builder)
}

fn invalid(error: &dyn std::fmt::Display) -> SerdeError {
    SerdeError::invalid_input(format!("the body is not an error in XML: {error}"))
}

/// How deep the elements around an error nest: `Response`, `Errors`, `Error`.
const DEPTH: usize = 3;

#[derive(Default)]
struct Found {
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
}

impl Found {
    fn read(
        &mut self,
        element: &mut ScopedDecoder<'_, '_>,
        depth: usize,
    ) -> Result<(), XmlDecodeError> {
        while let Some(mut child) = element.next_tag() {
            let place = match child.start_el().local() {
                "Code" => &mut self.code,
                "Message" | "message" => &mut self.message,
                "RequestId" | "RequestID" | "requestId" => &mut self.request_id,
                "Error" | "Errors" if depth < DEPTH => {
                    self.read(&mut child, depth + 1)?;
                    continue;
                }
                _ => continue,
            };
            if place.is_none() {
                *place = Some(try_data(&mut child)?.into_owned());
            }
        }
        Ok(())
    }
}
