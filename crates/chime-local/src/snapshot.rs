//! The data of a Chime as a whole: snapshots, exports, and the log of requests.

use crate::Chime;
use crate::database::{Database, Job};
use crate::log::LoggedRequest;
use crate::refusal::Refusal;
use crate::service::lock;
use crate::store::{Root, Tx, lines};
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
        self.database
            .run_blocking(job)
            .map_err(|refusal| io::Error::other(refusal.message))
    }
}
