//! Simple values that shapes are made of.

pub use aws_smithy_types::byte_stream::ByteStream;
pub use aws_smithy_types::date_time::Format as DateTimeFormat;
pub use aws_smithy_types::{Blob, DateTime};

/// What event streams are made of. The service has none, so there is nothing here.
pub mod event_stream {}
