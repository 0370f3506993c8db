//! What this crate is.

/// This crate's version.
pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
