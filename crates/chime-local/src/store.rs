//! Tables of documents, in memory or in a SQLite file.
//!
//! A [`Table`] has rows that are found by their key and by indexes. A [`Tx`] reads and writes them: what a request
//! changes becomes visible at once when it succeeds, and not at all if it is refused.

mod file;
mod key;
pub(crate) mod lines;
mod memory;
mod pack;
mod table;
mod tx;

pub(crate) use file::File;
pub use file::OpenError;
pub(crate) use key::Part;
pub(crate) use memory::Root;
pub(crate) use table::{Index, Table, snake};
pub(crate) use tx::{Cursor, Data, Scan, Tx};

#[cfg(test)]
mod tests;

use std::fmt::{self, Display};

/// The store could not be read or written.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self(format!("the data file cannot be used: {error}"))
    }
}

impl From<Failure> for crate::refusal::Refusal {
    fn from(failure: Failure) -> Self {
        Self::failure(failure.0)
    }
}
