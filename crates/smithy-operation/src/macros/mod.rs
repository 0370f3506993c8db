//! What is the same for every generated shape and operation, written once.
//!
//! The bodies of these macros are ordinary items with attributes, so that generated code reads
//! like Rust.

mod errors;
mod operation;
mod structure;
mod union;
