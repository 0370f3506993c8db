//! What this crate is.

use aws_runtime::user_agent::ApiMetadata;

/// This crate's version.
pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");

/// What the `User-Agent` header says of the API.
pub(crate) static API_METADATA: ApiMetadata = ApiMetadata::new("chime", PKG_VERSION);
