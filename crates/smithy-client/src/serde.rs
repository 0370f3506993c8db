//! Serializes inputs into requests, and deserializes responses into outputs and errors.

mod labels;
mod request;
mod response;
#[cfg(all(test, feature = "rest-json"))]
mod tests;

pub use request::MissingMember;
pub(crate) use request::Serializer;
pub(crate) use response::Deserializer;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::config_bag::ConfigBag;
use smithy_operation::{CalledOperation, OperationDescriptor};

/// Returns the operation that is called, which its plugin has stored in the configuration.
fn called(config: &ConfigBag) -> Result<&'static OperationDescriptor, BoxError> {
    match config.load::<CalledOperation>() {
        Some(CalledOperation(operation)) => Ok(operation),
        None => Err("the configuration does not contain the operation that is called".into()),
    }
}
