//! Serialization and deserialization of shapes with serde (feature `serde`).
//!
//! The macros of this crate implement [`Serialize`] and [`Deserialize`] for every shape: inputs, outputs,
//! structures, unions, errors and enums. The implementations write and read the same schemas as a wire
//! protocol does, through a [`ShapeSerializer`] over any [`Serializer`] and a [`ShapeDeserializer`] over any
//! [`Deserializer`], so a shape adds no code of its own.
//!
//! - A structure is a map from the model's names of its members to their values. Absent members are left out.
//!   Unknown members are ignored.
//! - A union is a map with one entry. A member that this version does not know becomes `Unknown`.
//! - An enum is its string or number; values that are not in the model are kept.
//! - A timestamp is a string as in RFC 3339.
//! - A blob is base64 in human-readable formats, and bytes in all others.
//! - Big numbers are strings, and so are `NaN` and the infinities in human-readable formats.
//! - A document is the value itself in human-readable formats, and an enum in all others.
//! - Only members are written: neither request IDs nor the metadata of errors.
//! - A type with a streaming member cannot be serialized.
//!
//! Every member, item of a list and value of a map is written as an optional value. That makes no difference
//! in formats that describe themselves, costs a byte in others, and lets all of them read nulls.
//!
//! [`ShapeSerializer`]: aws_smithy_schema::serde::ShapeSerializer
//! [`ShapeDeserializer`]: aws_smithy_schema::serde::ShapeDeserializer

mod document;
mod error;
mod path;
mod read;
mod scalar;
mod write;

#[doc(hidden)]
pub use read::{deserialize_error, deserialize_structure, deserialize_value};
#[doc(hidden)]
pub use scalar::{deserialize_number, deserialize_text};
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
#[doc(hidden)]
pub use write::serialize;

use aws_smithy_schema::serde::ShapeDeserializer;

/// The size that [`Reader`](read::Reader) reports for every container. The deserializers of wire formats cap
/// sizes, so none reports it.
const EXACT: usize = usize::MAX;

/// Returns whether the values that are read were written by [`serialize`], and not by a service.
///
/// A service may leave out required members, which become zeros, and its numbers may be imprecise. What was
/// serialized is read back exactly.
pub(crate) fn is_exact(deserializer: &dyn ShapeDeserializer) -> bool {
    deserializer.container_size() == Some(EXACT)
}
