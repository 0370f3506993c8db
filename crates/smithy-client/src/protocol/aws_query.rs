//! awsQuery: requests are HTML forms, and responses are XML.

use super::adapted::{Adapted, client_protocol};
use super::query::{self, Rules};
use super::xml;
use aws_smithy_query::protocol::AwsQueryProtocol;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_schema::Schema;
use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer};
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::metadata::Builder as ErrorMetadataBuilder;
use std::sync::LazyLock;

/// The protocol `aws.protocols#awsQuery`.
#[derive(Debug)]
pub struct AwsQuery;

client_protocol!(AwsQuery);

impl Adapted for AwsQuery {
    type Inner = AwsQueryProtocol;

    fn inner(&self) -> &AwsQueryProtocol {
        static INNER: LazyLock<AwsQueryProtocol> = LazyLock::new(AwsQueryProtocol::new);
        &INNER
    }

    fn serialize(
        &self,
        input: &dyn SerializableStruct,
        schema: &Schema<'_>,
        config: &ConfigBag,
    ) -> Result<HttpRequest, SerdeError> {
        query::request(Rules::AwsQuery, input, schema, config)
    }

    // The protocol below expects a document, also of operations without an output.
    fn deserialize<'a>(
        &self,
        response: &'a HttpResponse,
        schema: &Schema<'_>,
        config: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
        if response.body().bytes().is_some_and(<[u8]>::is_empty) {
            return Ok(Box::new(
                xml::CODEC.create_deserializer(xml::document(response)),
            ));
        }
        self.inner().deserialize_response(response, schema, config)
    }

    // The protocol below does not read the metadata of errors.
    fn error_metadata(
        &self,
        response: &HttpResponse,
        _: &ConfigBag,
    ) -> Result<ErrorMetadataBuilder, SerdeError> {
        xml::error_metadata(response)
    }
}
