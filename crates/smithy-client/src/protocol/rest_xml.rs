//! restXml: HTTP bindings, and XML in the body.

use super::adapted::{Adapted, client_protocol};
use super::payload;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_schema::Schema;
use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::http_protocol::http_error_deserializer;
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_xml::codec::{XmlCodec, XmlCodecSettings};
use aws_smithy_xml::protocol::aws_rest_xml::AwsRestXmlProtocol;
use std::sync::LazyLock;

/// The protocol `aws.protocols#restXml`.
#[derive(Debug)]
pub struct RestXml;

/// The protocol `aws.protocols#restXml` of a service whose errors have no element around them
/// (`noErrorWrapping`).
#[derive(Debug)]
pub struct RestXmlWithoutErrorWrapping;

client_protocol!(RestXml);
client_protocol!(RestXmlWithoutErrorWrapping);

/// Reads a response without a body as one with an empty document, and its headers as they are. The protocol below
/// needs a root element.
fn read_empty<'a>(
    response: &'a HttpResponse,
    config: &'a ConfigBag,
) -> Option<Box<dyn ShapeDeserializer + 'a>> {
    static CODEC: LazyLock<XmlCodec> =
        LazyLock::new(|| XmlCodec::new(XmlCodecSettings::builder().build()));
    let is_empty = response.body().bytes().is_some_and(<[u8]>::is_empty);
    is_empty.then(|| {
        let document = CODEC.create_deserializer(b"<Empty/>");
        http_error_deserializer(document, response, config)
    })
}

fn deserialize<'a>(
    protocol: &AwsRestXmlProtocol,
    response: &'a HttpResponse,
    schema: &Schema<'_>,
    config: &'a ConfigBag,
) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
    match read_empty(response, config).filter(|_| payload(schema).is_none()) {
        Some(empty) => Ok(empty),
        None => protocol.deserialize_response(response, schema, config),
    }
}

fn deserialize_error<'a>(
    protocol: &AwsRestXmlProtocol,
    response: &'a HttpResponse,
    config: &'a ConfigBag,
) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
    match read_empty(response, config) {
        Some(empty) => Ok(empty),
        None => protocol.deserialize_error_response(response, config),
    }
}

/// Implements [`Adapted`] for a protocol on top of this one.
macro_rules! adapted {
    ($name:ty, $inner:expr) => {
        impl Adapted for $name {
            type Inner = AwsRestXmlProtocol;

            fn inner(&self) -> &AwsRestXmlProtocol {
                static INNER: LazyLock<AwsRestXmlProtocol> = LazyLock::new(|| $inner);
                &INNER
            }

            fn deserialize<'a>(
                &self,
                response: &'a HttpResponse,
                schema: &Schema<'_>,
                config: &'a ConfigBag,
            ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
                deserialize(self.inner(), response, schema, config)
            }

            fn deserialize_error<'a>(
                &self,
                response: &'a HttpResponse,
                config: &'a ConfigBag,
            ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
                deserialize_error(self.inner(), response, config)
            }
        }
    };
}

adapted!(RestXml, AwsRestXmlProtocol::new());
adapted!(
    RestXmlWithoutErrorWrapping,
    AwsRestXmlProtocol::new().with_no_error_wrapping(true)
);
