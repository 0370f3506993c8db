//! restJson1: HTTP bindings, and JSON in the body.

use super::adapted::{Adapted, client_protocol};
use super::json::not_blank;
use super::payload;
use aws_smithy_json::protocol::aws_rest_json_1::AwsRestJsonProtocol;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::metadata::Builder as ErrorMetadataBuilder;
use std::sync::LazyLock;

static INNER: LazyLock<AwsRestJsonProtocol> = LazyLock::new(AwsRestJsonProtocol::new);

/// The protocol `aws.protocols#restJson1`.
#[derive(Debug)]
pub struct RestJson1;

client_protocol!(RestJson1);

impl Adapted for RestJson1 {
    type Inner = AwsRestJsonProtocol;

    fn inner(&self) -> &AwsRestJsonProtocol {
        &INNER
    }

    fn serialize(
        &self,
        input: &dyn SerializableStruct,
        schema: &Schema<'_>,
        config: &ConfigBag,
    ) -> Result<HttpRequest, SerdeError> {
        let mut request = INNER.serialize_request(input, schema, "", config)?;
        if let Some(member) = payload(schema) {
            describe_payload(&mut request, member);
        }
        Ok(request)
    }

    fn deserialize<'a>(
        &self,
        response: &'a HttpResponse,
        schema: &Schema<'_>,
        config: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
        not_blank(response)?;
        INNER.deserialize_response(response, schema, config)
    }

    fn error_metadata(
        &self,
        response: &HttpResponse,
        config: &ConfigBag,
    ) -> Result<ErrorMetadataBuilder, SerdeError> {
        not_blank(response)?;
        INNER.parse_error_metadata(response, config)
    }
}

/// Adds what the protocol below omits when a document is the whole body: the content type, and the body of an
/// absent structure.
fn describe_payload(request: &mut HttpRequest, member: &Schema<'_>) {
    let is_empty = request.body().content_length() == Some(0);
    match member.shape_type() {
        ShapeType::Blob | ShapeType::String => return,
        ShapeType::Structure if is_empty => {
            *request.body_mut() = SdkBody::from("{}");
            request.headers_mut().insert("content-length", "2");
        }
        _ if is_empty => return,
        _ => {}
    }
    let headers = request.headers_mut();
    if headers.get("content-type").is_none() {
        headers.insert("content-type", "application/json");
    }
}
