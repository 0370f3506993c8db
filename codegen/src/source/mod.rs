//! Files as they are written, with the position of every value.

pub(crate) mod botocore;
pub(crate) mod json;
pub(crate) mod raw;
pub(crate) mod smithy;
