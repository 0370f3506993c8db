//! Errors that say what happened.
//!
//! A call fails with an [`SdkError`], the type that all AWS SDKs for Rust share. Its own `Display`
//! names no more than the kind of failure. Make the operation's error of it with
//! [`into_service_error`](SdkError::into_service_error), or the service's [`Error`](crate::Error)
//! with `?` or `into()`: their `Display` tells the whole story in one line, whatever failed: the
//! operation, the error's code and message, and the request ID where there is one.
//!
//! ```no_run
//! # async fn run(client: chime_sdk::Client) -> Result<(), chime_sdk::Error> {
//! use chime_sdk::error::ProvideErrorMetadata;
//!
//! let result = client.get_room().account_id("a").room_id("r").send().await;
//! if let Err(error) = result {
//!     let error = error.into_service_error();
//!     if error.is_not_found_exception() {
//!         println!("there is no such room");
//!     } else {
//!         // "GetRoom failed: ThrottledClientException: slow down (request ID: 5f2e...)"
//!         println!("{error}");
//!     }
//! }
//! # Ok(())
//! # }
//! ```

pub use smithy_operation::error::{
    BoxError, BuildError, ConnectorError, DisplayErrorContext, ErrorMetadata, ProvideErrorMetadata,
    SdkError, UnknownVariantError,
};
