//! Where the tables are, and how requests get at them.

use crate::context::Context;
use crate::faults::ItemFaults;
use crate::refusal::Refusal;
use crate::store::{Data, File, Root, Tx};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// The tables of a local Chime, in memory or in a file.
#[derive(Debug)]
pub(crate) enum Database {
    Memory(Memory),
    File(File),
}

/// The current version of the tables. A request that writes makes the next one, one at a time; readers keep the
/// version that they began with, and wait for nobody.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    current: RwLock<Arc<Root>>,
    writing: Mutex<()>,
}

impl Memory {
    pub(crate) fn current(&self) -> Arc<Root> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&current)
    }

    /// Makes a version the current one, after the request that is being written.
    pub(crate) fn restore(&self, root: Arc<Root>) {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.replace(root);
    }

    fn replace(&self, root: Arc<Root>) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = root;
    }

    fn run<T>(&self, job: Job<'_, T>) -> Result<T, Refusal> {
        let _writing = match job.is_read {
            true => None,
            false => Some(self.writing.lock().unwrap_or_else(PoisonError::into_inner)),
        };
        let mut tx = Tx::new(Data::Memory(self.current()), job.is_read, job.context)
            .with_item_faults(job.item_faults);
        let result = (job.function)(&mut tx)?;
        if let (false, Data::Memory(root)) = (job.is_read, tx.into_data()) {
            self.replace(root);
        }
        Ok(result)
    }
}

/// Work with the tables. What it changes remains if it returns `Ok`.
pub(crate) struct Job<'j, T> {
    pub(crate) is_read: bool,
    pub(crate) context: Context,
    pub(crate) item_faults: Option<ItemFaults>,
    pub(crate) function: Box<dyn FnOnce(&mut Tx<'_>) -> Result<T, Refusal> + Send + 'j>,
}

impl Database {
    /// Does the work. With a file, another thread does it.
    pub(crate) async fn run<T: Send + 'static>(&self, job: Job<'static, T>) -> Result<T, Refusal> {
        match self {
            Self::Memory(memory) => memory.run(job),
            Self::File(file) => {
                let (reply, answered) = tokio::sync::oneshot::channel();
                // If the caller is gone, the work is done all the same.
                send(file, job, move |result| drop(reply.send(result)));
                answered.await.unwrap_or_else(|_| Err(lost()))
            }
        }
    }

    /// Does the work, and blocks until it is done.
    pub(crate) fn run_blocking<T: Send + 'static>(
        &self,
        job: Job<'static, T>,
    ) -> Result<T, Refusal> {
        match self {
            Self::Memory(memory) => memory.run(job),
            Self::File(file) => {
                let (reply, answered) = std::sync::mpsc::channel();
                send(file, job, move |result| drop(reply.send(result)));
                answered.recv().unwrap_or_else(|_| Err(lost()))
            }
        }
    }
}

fn send<T: Send + 'static>(
    file: &File,
    job: Job<'static, T>,
    reply: impl FnOnce(Result<T, Refusal>) + Send + 'static,
) {
    let is_read = job.is_read;
    file.run(
        is_read,
        move |connection| {
            let mut tx = Tx::new(Data::File(connection), is_read, job.context)
                .with_item_faults(job.item_faults);
            (job.function)(&mut tx)
        },
        reply,
    );
}

/// The thread dropped the reply, because the handler panicked.
fn lost() -> Refusal {
    Refusal::failure("the request could not be handled; see the log")
}
