//! The code that is the same for every generated shape and operation.
//!
//! The bodies of these macros are ordinary items with attributes, so generated code reads like Rust.

mod blocking;
mod dynamic;
mod errors;
mod new;
mod operation;
mod serde;
mod structure;
mod union;
