//! rpcv2Cbor: the operation in the path, and CBOR in the body.

use super::adapted::{Adapted, client_protocol};
use aws_smithy_cbor::protocol::RpcV2CborProtocol;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_schema::Schema;
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use smithy_operation::CalledOperation;
use std::sync::LazyLock;

static INNER: LazyLock<RpcV2CborProtocol> = LazyLock::new(RpcV2CborProtocol::new);

/// The protocol `smithy.protocols#rpcv2Cbor`.
#[derive(Debug)]
pub struct RpcV2Cbor;

client_protocol!(RpcV2Cbor);

impl Adapted for RpcV2Cbor {
    type Inner = RpcV2CborProtocol;

    fn inner(&self) -> &RpcV2CborProtocol {
        &INNER
    }

    fn serialize(
        &self,
        input: &dyn SerializableStruct,
        schema: &Schema<'_>,
        config: &ConfigBag,
    ) -> Result<HttpRequest, SerdeError> {
        let mut request = INNER.serialize_request(input, schema, "", config)?;
        // The protocol below sends an empty map. The specification asks for no body.
        let operation = config.load::<CalledOperation>();
        if operation.is_some_and(|CalledOperation(operation)| !operation.has_input()) {
            *request.body_mut() = SdkBody::empty();
            let headers = request.headers_mut();
            headers.remove("content-type");
            headers.remove("content-length");
        }
        Ok(request)
    }
}
