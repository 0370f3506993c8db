//! Simple values that shapes are made of.

pub use aws_smithy_types::byte_stream::ByteStream;
pub use aws_smithy_types::date_time::Format as DateTimeFormat;
pub use aws_smithy_types::{Blob, DateTime};
