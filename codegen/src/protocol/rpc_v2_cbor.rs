//! rpcv2Cbor: the operation in the path, and CBOR in the body.

use super::{Protocol, RequestLine, rpc};
use crate::diagnostic::Problems;
use crate::model::{Model, Shape};
use crate::select::Selection;
use crate::traits::protocols::{AwsQueryCompatible, AwsQueryError, RPC_V2_CBOR};
use crate::traits::{Trait, Traits};

#[derive(Debug)]
pub(super) struct RpcV2Cbor;

impl Protocol for RpcV2Cbor {
    fn id(&self) -> &'static str {
        RPC_V2_CBOR
    }

    fn botocore_name(&self) -> &'static str {
        "smithy-rpc-v2-cbor"
    }

    fn runtime_type(&self, _: &Traits) -> &'static str {
        "RpcV2Cbor"
    }

    fn runtime_feature(&self) -> &'static str {
        "rpc-v2-cbor"
    }

    fn reads(&self) -> &'static [&'static str] {
        &[AwsQueryCompatible::ID, AwsQueryError::ID]
    }

    fn request_line(&self, _: &Shape) -> Option<RequestLine> {
        Some(rpc::request_line())
    }

    fn check_shape(&self, _: &Model, _: &Shape, _: &mut Problems) {}

    fn check_selection(&self, model: &Model, selection: &Selection<'_>, problems: &mut Problems) {
        rpc::check_documents(self, model, selection, problems);
    }
}
