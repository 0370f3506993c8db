//! awsJson1_0 and awsJson1_1: the operation in a header, and JSON in the body.

use super::adapted::{Adapted, client_protocol};
use super::json::not_blank;
use aws_smithy_json::protocol::aws_json_rpc::AwsJsonRpcProtocol;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_schema::Schema;
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::metadata::Builder as ErrorMetadataBuilder;
use std::sync::LazyLock;

/// Defines a version of the protocol.
macro_rules! aws_json {
    ($(#[$doc:meta])* $name:ident, $new:path) => {
        $(#[$doc])*
        #[derive(Debug)]
        #[allow(non_camel_case_types, reason = "the name of the protocol")]
        pub struct $name;

        client_protocol!($name);

        impl Adapted for $name {
            type Inner = AwsJsonRpcProtocol;

            fn inner(&self) -> &AwsJsonRpcProtocol {
                static INNER: LazyLock<AwsJsonRpcProtocol> = LazyLock::new($new);
                &INNER
            }

            fn deserialize<'a>(
                &self,
                response: &'a HttpResponse,
                schema: &Schema<'_>,
                config: &'a ConfigBag,
            ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
                not_blank(response)?;
                self.inner().deserialize_response(response, schema, config)
            }

            fn error_metadata(
                &self,
                response: &HttpResponse,
                config: &ConfigBag,
            ) -> Result<ErrorMetadataBuilder, SerdeError> {
                not_blank(response)?;
                self.inner().parse_error_metadata(response, config)
            }
        }
    };
}

aws_json!(
    /// The protocol `aws.protocols#awsJson1_0`.
    AwsJson1_0,
    AwsJsonRpcProtocol::aws_json_1_0
);
aws_json!(
    /// The protocol `aws.protocols#awsJson1_1`.
    AwsJson1_1,
    AwsJsonRpcProtocol::aws_json_1_1
);
