//! Converts requests to documents and documents to responses, according to the model.

mod read;
mod write;

pub(crate) use read::{Parts, read_input};
pub(crate) use write::write_output;

#[cfg(test)]
mod tests;
