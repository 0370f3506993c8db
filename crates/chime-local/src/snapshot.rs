//! The data of a Chime as a whole: snapshots, exports, and the log of requests.

use crate::Chime;
use crate::database::{Database, Job};
use crate::document::Doc;
use crate::log::LoggedRequest;
use crate::refusal::{Kind, Refusal};
use crate::service::lock;
use crate::store::{Cursor, Part, Root, Scan, Tx, lines};
use std::io::{self, BufRead, Write};
use std::sync::Arc;

/// The data of a Chime at a moment.
#[derive(Debug, Clone)]
pub struct Snapshot(Arc<Root>);

impl Chime {
    /// Returns the data as it is now, to go back to later. In memory, that costs nothing, whatever the size.
    ///
    /// # Errors
    ///
    /// Returns an error if a data file cannot be read.
    pub fn snapshot(&self) -> io::Result<Snapshot> {
        match &*self.database {
            Database::Memory(memory) => Ok(Snapshot(memory.current())),
            Database::File(_) => self.work(true, |tx| lines::copy(tx).map(Snapshot)),
        }
    }

    /// Replaces the data by that of a snapshot, of this Chime or another one.
    ///
    /// # Errors
    ///
    /// Returns an error if a data file cannot be written.
    pub fn restore(&self, snapshot: &Snapshot) -> io::Result<()> {
        let root = Arc::clone(&snapshot.0);
        match &*self.database {
            Database::Memory(memory) => {
                memory.restore(root);
                Ok(())
            }
            Database::File(_) => {
                let context = self.context(crate::context::REGION.to_owned());
                self.work(false, move |tx| lines::replace(tx, &root, context))
            }
        }
    }

    /// Moves all that was written from SQLite's log into the data file, which can then be copied alone. It is
    /// not needed to keep the data: a file is opened with its log. In memory, nothing happens.
    ///
    /// # Errors
    ///
    /// Returns an error if another program keeps the file busy, or if it cannot be written.
    pub fn settle(&self) -> io::Result<()> {
        match &*self.database {
            Database::Memory(_) => Ok(()),
            Database::File(file) => {
                let settled = file.settle();
                settled.map_err(|failure| io::Error::other(failure.to_string()))
            }
        }
    }

    /// Writes all data as lines of JSON, and returns the number of rows.
    ///
    /// # Errors
    ///
    /// Returns an error if the data cannot be read or the lines cannot be written.
    pub fn export(&self, mut out: impl Write + Send + 'static) -> io::Result<u64> {
        self.work(true, move |tx| lines::export(tx, &mut out))
    }

    /// Adds the data of an export, and returns the number of rows. Nothing is added if there is an error.
    ///
    /// # Errors
    ///
    /// Returns an error if the lines are not those of an export, or the data cannot be written.
    pub fn import(&self, mut lines: impl BufRead + Send + 'static) -> io::Result<u64> {
        self.work(false, move |tx| lines::import(tx, &mut lines))
    }

    /// Returns the names of the tables, each with its number of rows.
    ///
    /// # Errors
    ///
    /// Returns an error if a data file cannot be read.
    pub fn tables(&self) -> io::Result<Vec<(&'static str, usize)>> {
        self.work(true, |tx| {
            let tables = crate::operations::tables().iter();
            let counts =
                tables.map(|table| Ok((table.name, tx.count(&Scan::of(table, ()), usize::MAX)?)));
            counts.collect()
        })
    }

    /// Returns rows of a table, in the order of their keys, and what to pass as `after` to get those that follow.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such table, `after` is not from this table, or a data file cannot be read.
    pub fn rows(
        &self,
        table: &str,
        after: Option<&str>,
        limit: usize,
    ) -> io::Result<(Vec<serde_json::Value>, Option<String>)> {
        let (rows, next) = self.rows_below(table, None, after, limit)?;
        let rows = rows.into_iter().map(|row| serde_json::Value::Object(row.0));
        Ok((rows.collect(), next))
    }

    /// Returns what [`rows`](Self::rows) does, of the rows whose key starts with a value.
    pub(crate) fn rows_below(
        &self,
        table: &str,
        start: Option<String>,
        after: Option<&str>,
        limit: usize,
    ) -> io::Result<(Vec<Doc>, Option<String>)> {
        let table = crate::operations::table(table)?;
        let after = match after.map(aws_smithy_types::base64::decode) {
            None => None,
            Some(Ok(bytes)) => Some(Cursor(bytes)),
            Some(Err(error)) => return Err(io::Error::new(io::ErrorKind::InvalidInput, error)),
        };
        self.work(true, move |tx| {
            let start: Vec<Part<'_>> = start.iter().map(Into::into).collect();
            let scan = Scan::of(table, start);
            let rows = tx.rows(&scan, after.as_ref(), limit)?;
            let next = match rows.last() {
                Some(last) if rows.len() == limit => {
                    Some(aws_smithy_types::base64::encode(scan.cursor(last)?.0))
                }
                _ => None,
            };
            Ok((rows, next))
        })
    }

    /// Returns the last requests, the earliest first, without those that control the local Chime itself. A
    /// thousand are kept; see [`keep_requests`](Self::keep_requests).
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.requests_after(0)
    }

    /// Returns the last requests that came after the one with a number.
    pub fn requests_after(&self, number: u64) -> Vec<LoggedRequest> {
        lock(&self.log).after(number)
    }

    /// Sets the number of requests that are kept, with their bodies.
    pub fn keep_requests(&self, count: usize) {
        lock(&self.log).keep(count);
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        lock(&self.log).clear();
    }

    /// Does work with the tables without a request.
    pub(crate) fn work<T: Send + 'static>(
        &self,
        is_read: bool,
        function: impl FnOnce(&mut Tx<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> io::Result<T> {
        let job = Job {
            is_read,
            context: self.context(crate::context::REGION.to_owned()),
            item_faults: None,
            function: Box::new(function),
        };
        self.database.run_blocking(job).map_err(|refusal| {
            let kind = match refusal.kind {
                Kind::BadRequest => io::ErrorKind::InvalidInput,
                _ => io::ErrorKind::Other,
            };
            io::Error::new(kind, refusal.message)
        })
    }
}
