//! ec2Query: requests are HTML forms, and responses are XML. No smithy-rs crate has it.

use super::query::{self, Rules};
use super::{update_endpoint, xml};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeId, shape_id};
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::error::metadata::Builder as ErrorMetadataBuilder;
use aws_smithy_xml::codec::find_depth2_element_slice_by;

static ID: ShapeId<'static> = shape_id!("aws.protocols", "ec2Query");

/// The protocol `aws.protocols#ec2Query`.
#[derive(Debug)]
pub struct Ec2Query;

impl ClientProtocolInner for Ec2Query {
    type Request = HttpRequest;
    type Response = HttpResponse;

    fn protocol_id(&self) -> &ShapeId<'static> {
        &ID
    }

    fn serialize_request(
        &self,
        input: &dyn SerializableStruct,
        schema: &Schema<'_>,
        _: &str,
        config: &ConfigBag,
    ) -> Result<HttpRequest, SerdeError> {
        query::request(Rules::Ec2Query, input, schema, config)
    }

    fn deserialize_response<'a>(
        &self,
        response: &'a HttpResponse,
        _: &Schema<'_>,
        _: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
        Ok(Box::new(
            xml::CODEC.create_deserializer(xml::document(response)),
        ))
    }

    fn parse_error_metadata(
        &self,
        response: &HttpResponse,
        _: &ConfigBag,
    ) -> Result<ErrorMetadataBuilder, SerdeError> {
        xml::error_metadata(response)
    }

    // `<Response><Errors><Error>`.
    fn deserialize_error_response<'a>(
        &self,
        response: &'a HttpResponse,
        _: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
        let body = response.body().bytes().unwrap_or_default();
        let inside = |body, name| find_depth2_element_slice_by(body, |found| found == name);
        let error = inside(body, "Errors").and_then(|errors| inside(errors, "Error"));
        Ok(Box::new(
            xml::CODEC.create_deserializer(error.unwrap_or(body)),
        ))
    }

    fn update_endpoint(
        &self,
        request: &mut HttpRequest,
        endpoint: &Endpoint,
        config: &ConfigBag,
    ) -> Result<(), SerdeError> {
        update_endpoint(request, endpoint, config)
    }
}
