//! Tables in a SQLite file.
//!
//! Requests that write run one after the other on a thread with its own connection; those that only read run on
//! others. The file is in WAL mode, so neither waits for the other. A commit is in the kernel's hands when it is
//! acknowledged, which survives the end of the process, at whatever moment; a power failure may lose the last of
//! them, and never leaves the file inconsistent.

mod open;
mod sql;

pub use open::OpenError;
pub(super) use sql::{count, get, put, range, remove};

use rusqlite::Connection;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The threads that read.
const READERS: usize = 3;

/// How often what was written is moved from the log to the database.
const CHECKPOINT: Duration = Duration::from_millis(500);

/// Work with a connection.
type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// An open data file. Clones share it; it is closed after the last.
#[derive(Clone)]
pub(crate) struct File {
    path: Arc<PathBuf>,
    write: Sender<Job>,
    read: Sender<Job>,
    /// Ends the thread that moves the log when it is dropped.
    _open: Arc<Sender<()>>,
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("File").field(&self.path).finish()
    }
}

impl File {
    /// Opens a data file, or creates it.
    pub(crate) fn open(path: &Path) -> Result<Self, OpenError> {
        let writer = open::writer(path)?;
        let readers = (0..READERS)
            .map(|_| open::reader(path))
            .collect::<Result<Vec<Connection>, OpenError>>()?;
        let log = open::writer_again(path)?;
        let (write, jobs) = channel::<Job>();
        spawn("chime-write", move || work(writer, || jobs.recv().ok()))?;
        let (read, jobs) = channel::<Job>();
        let jobs = Arc::new(Mutex::new(jobs));
        for connection in readers {
            let jobs = Arc::clone(&jobs);
            spawn("chime-read", move || {
                work(connection, || {
                    let jobs = jobs.lock().unwrap_or_else(PoisonError::into_inner);
                    jobs.recv().ok()
                });
            })?;
        }
        let (open, closed) = channel();
        spawn("chime-checkpoint", move || checkpoint(&log, &closed))?;
        Ok(Self {
            path: Arc::new(path.to_owned()),
            write,
            read,
            _open: Arc::new(open),
        })
    }

    /// Runs a function with a connection, in a transaction that is committed if it returns `Ok`.
    pub(crate) fn run<T: Send + 'static, E: Send + From<super::Failure> + 'static>(
        &self,
        is_read: bool,
        function: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        reply: impl FnOnce(Result<T, E>) + Send + 'static,
    ) {
        let job: Job = Box::new(move |connection| {
            reply(transaction(connection, is_read, function));
        });
        let queue = if is_read { &self.read } else { &self.write };
        self.send(queue, job);
    }

    /// Moves all that was written from the log into the file.
    pub(crate) fn settle(&self) -> Result<(), super::Failure> {
        let (reply, settled) = channel();
        self.send(
            &self.write,
            Box::new(move |connection| {
                let _ = reply.send(self::settled(connection));
            }),
        );
        // Without a thread that writes, all was moved when its connection was closed.
        settled.recv().unwrap_or(Ok(()))
    }

    fn send(&self, queue: &Sender<Job>, job: Job) {
        if queue.send(job).is_err() {
            // The thread ended, which it does only if the process does. The reply is dropped with the job.
            tracing::error!(path = %self.path.display(), "the data file is closed");
        }
    }
}

fn settled(connection: &Connection) -> Result<(), super::Failure> {
    let is_busy: bool =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    match is_busy {
        true => Err(super::Failure::from(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY),
            None,
        ))),
        false => Ok(()),
    }
}

fn transaction<T, E: From<super::Failure>>(
    connection: &mut Connection,
    is_read: bool,
    function: impl FnOnce(&Connection) -> Result<T, E>,
) -> Result<T, E> {
    let failed = |error: rusqlite::Error| E::from(super::Failure::from(error));
    let behavior = match is_read {
        true => rusqlite::TransactionBehavior::Deferred,
        false => rusqlite::TransactionBehavior::Immediate,
    };
    let transaction = connection
        .transaction_with_behavior(behavior)
        .map_err(failed)?;
    // If the function refuses or panics, the transaction is rolled back when it is dropped.
    let result = function(&transaction)?;
    transaction.commit().map_err(failed)?;
    Ok(result)
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<(), OpenError> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(body)
        .map(drop)
        .map_err(|error| {
            OpenError::new(format!("cannot start a thread for the data file: {error}"))
        })
}

fn work(mut connection: Connection, mut next: impl FnMut() -> Option<Job>) {
    while let Some(job) = next() {
        // A panic in a handler must not end the thread; its transaction is rolled back.
        let run = std::panic::AssertUnwindSafe(|| job(&mut connection));
        if std::panic::catch_unwind(run).is_err() {
            tracing::error!("a request panicked; its changes are undone");
        }
    }
}

fn checkpoint(connection: &Connection, closed: &Receiver<()>) {
    while closed.recv_timeout(CHECKPOINT) == Err(RecvTimeoutError::Timeout) {
        let moved = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        if let Err(error) = moved {
            tracing::debug!(%error, "the log of the data file could not be moved");
        }
    }
}
