//! Errors that say what happened.
//!
//! Every call fails with an [`SdkError`]. Its `Display` tells the whole story in one line: the
//! operation, the error's code and message, and the request ID where there is one.

pub use smithy_operation::error::{
    BoxError, BuildError, ConnectorError, DisplayErrorContext, ErrorMetadata, ProvideErrorMetadata,
    SdkError, UnknownVariantError,
};
