//! Protocols that differ from another one in a few points.

pub(super) use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
pub(super) use aws_smithy_schema::Schema;
pub(super) use aws_smithy_schema::protocol::ClientProtocolInner;
pub(super) use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer};
pub(super) use aws_smithy_types::config_bag::ConfigBag;
pub(super) use aws_smithy_types::endpoint::Endpoint;
pub(super) use aws_smithy_types::error::metadata::Builder as ErrorMetadataBuilder;

/// A protocol on top of another one, which does everything that this one does not.
pub(super) trait Adapted: Send + Sync + std::fmt::Debug {
    /// The protocol below.
    type Inner: ClientProtocolInner<Request = HttpRequest, Response = HttpResponse>;

    fn inner(&self) -> &Self::Inner;

    fn serialize(
        &self,
        input: &dyn SerializableStruct,
        schema: &Schema<'_>,
        config: &ConfigBag,
    ) -> Result<HttpRequest, SerdeError> {
        ClientProtocolInner::serialize_request(self.inner(), input, schema, "", config)
    }

    fn deserialize<'a>(
        &self,
        response: &'a HttpResponse,
        schema: &Schema<'_>,
        config: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
        ClientProtocolInner::deserialize_response(self.inner(), response, schema, config)
    }

    fn error_metadata(
        &self,
        response: &HttpResponse,
        config: &ConfigBag,
    ) -> Result<ErrorMetadataBuilder, SerdeError> {
        ClientProtocolInner::parse_error_metadata(self.inner(), response, config)
    }

    fn deserialize_error<'a>(
        &self,
        response: &'a HttpResponse,
        config: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
        ClientProtocolInner::deserialize_error_response(self.inner(), response, config)
    }
}

/// Implements smithy-rs's trait for a type that is [`Adapted`].
macro_rules! client_protocol {
    ($name:ty) => {
        impl $crate::protocol::adapted::ClientProtocolInner for $name {
            type Request = $crate::protocol::adapted::HttpRequest;
            type Response = $crate::protocol::adapted::HttpResponse;

            fn protocol_id(&self) -> &::aws_smithy_schema::ShapeId<'static> {
                $crate::protocol::adapted::Adapted::inner(self).protocol_id()
            }

            fn serialize_request(
                &self,
                input: &dyn $crate::protocol::adapted::SerializableStruct,
                schema: &$crate::protocol::adapted::Schema<'_>,
                _endpoint: &str,
                config: &$crate::protocol::adapted::ConfigBag,
            ) -> Result<Self::Request, $crate::protocol::adapted::SerdeError> {
                $crate::protocol::adapted::Adapted::serialize(self, input, schema, config)
            }

            fn deserialize_response<'a>(
                &self,
                response: &'a Self::Response,
                schema: &$crate::protocol::adapted::Schema<'_>,
                config: &'a $crate::protocol::adapted::ConfigBag,
            ) -> Result<
                Box<dyn $crate::protocol::adapted::ShapeDeserializer + 'a>,
                $crate::protocol::adapted::SerdeError,
            > {
                $crate::protocol::adapted::Adapted::deserialize(self, response, schema, config)
            }

            fn parse_error_metadata(
                &self,
                response: &Self::Response,
                config: &$crate::protocol::adapted::ConfigBag,
            ) -> Result<
                $crate::protocol::adapted::ErrorMetadataBuilder,
                $crate::protocol::adapted::SerdeError,
            > {
                $crate::protocol::adapted::Adapted::error_metadata(self, response, config)
            }

            fn deserialize_error_response<'a>(
                &self,
                response: &'a Self::Response,
                config: &'a $crate::protocol::adapted::ConfigBag,
            ) -> Result<
                Box<dyn $crate::protocol::adapted::ShapeDeserializer + 'a>,
                $crate::protocol::adapted::SerdeError,
            > {
                $crate::protocol::adapted::Adapted::deserialize_error(self, response, config)
            }

            fn update_endpoint(
                &self,
                request: &mut Self::Request,
                endpoint: &$crate::protocol::adapted::Endpoint,
                config: &$crate::protocol::adapted::ConfigBag,
            ) -> Result<(), $crate::protocol::adapted::SerdeError> {
                $crate::protocol::update_endpoint(request, endpoint, config)
            }

            fn payload_codec(&self) -> Option<&dyn ::aws_smithy_schema::codec::DynCodec> {
                $crate::protocol::adapted::Adapted::inner(self).payload_codec()
            }

            fn event_stream_media_type(&self) -> Option<&str> {
                $crate::protocol::adapted::Adapted::inner(self).event_stream_media_type()
            }

            fn parse_event_stream_error_metadata(
                &self,
                payload: &[u8],
            ) -> Result<
                $crate::protocol::adapted::ErrorMetadataBuilder,
                $crate::protocol::adapted::SerdeError,
            > {
                $crate::protocol::adapted::Adapted::inner(self)
                    .parse_event_stream_error_metadata(payload)
            }
        }
    };
}

pub(super) use client_protocol;
