//! Runs a future on the calling thread.

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Builder, Thread};
use std::time::Duration;
use tokio::runtime::{self, Handle};

/// Runs a future to its end, and blocks the thread until then.
///
/// The future may use tokio: its I/O, timers and tasks run on a thread of their own, which all blocking calls
/// of the process share and which starts with the first. The future itself is polled on this thread.
///
/// The function also works where a tokio runtime is running. It then blocks a thread of that runtime, so it
/// must not wait for something that only this thread can do.
///
/// ```
/// use smithy_operation::blocking::block_on;
///
/// let three = block_on(async { 1 + 2 })?;
/// assert_eq!(three, 3);
/// # Ok::<(), smithy_operation::blocking::StartError>(())
/// ```
///
/// # Errors
///
/// Returns an error if the operating system does not provide the thread.
pub fn block_on<F: Future>(future: F) -> Result<F::Output, StartError> {
    let in_runtime = Handle::try_current().is_ok();
    let _context = shared_runtime()?.enter();
    // In a task of another runtime, tokio would otherwise make the future wait for its turn, which never comes.
    let mut future = pin!(tokio::task::unconstrained(future));
    let alarm = Arc::new(Alarm {
        thread: thread::current(),
        is_set: AtomicBool::new(false),
    });
    let waker = Waker::from(alarm.clone());
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Ok(output);
        }
        if in_runtime {
            alarm.wait_a_little();
        } else {
            alarm.wait();
        }
    }
}

/// How long to wait at most, in a thread of a runtime, before a future is polled again.
///
/// A runtime wakes a future that yields only when its thread is free, which it is not.
const PATIENCE: Duration = Duration::from_millis(5);

/// Wakes a thread.
struct Alarm {
    thread: Thread,
    is_set: AtomicBool,
}

impl Alarm {
    fn wait(&self) {
        while !self.is_set.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }

    fn wait_a_little(&self) {
        if !self.is_set.swap(false, Ordering::Acquire) {
            thread::park_timeout(PATIENCE);
            self.is_set.store(false, Ordering::Release);
        }
    }
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.is_set.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

/// Returns the runtime that all blocking calls share, and starts it if it is not running.
///
/// It never ends: connections of the clients and of their credentials providers belong to it.
fn shared_runtime() -> Result<Handle, StartError> {
    static RUNNING: Mutex<Option<Handle>> = Mutex::new(None);
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*running {
        return Ok(handle.clone());
    }
    let (started, starts) = channel();
    let run = move || {
        let runtime = runtime::Builder::new_current_thread().enable_all().build();
        match runtime {
            Ok(runtime) => {
                // Nobody listens if the thread that starts this one has ended, and then nobody needs it.
                if started.send(Ok(runtime.handle().clone())).is_ok() {
                    runtime.block_on(std::future::pending::<()>());
                }
            }
            Err(error) => drop(started.send(Err(error))),
        }
    };
    Builder::new()
        .name("smithy-blocking".to_owned())
        .spawn(run)
        .map_err(StartError)?;
    let handle = starts
        .recv()
        .map_err(|_| StartError(io::Error::other("the thread ended")))?
        .map_err(StartError)?;
    *running = Some(handle.clone());
    Ok(handle)
}

/// The thread for the I/O of blocking calls could not be started.
#[derive(Debug)]
pub struct StartError(io::Error);

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the thread for the I/O of blocking calls could not be started")
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::block_on;
    use std::time::Duration;

    async fn count_to(turns: usize) -> usize {
        for _ in 0..turns {
            tokio::task::yield_now().await;
        }
        let task = tokio::spawn(async move { turns });
        task.await.expect("no panic")
    }

    #[test]
    fn a_future_runs_without_a_runtime() {
        assert_eq!(block_on(count_to(1000)).expect("a thread"), 1000);
    }

    #[test]
    fn a_future_runs_on_every_thread_of_a_runtime() {
        for runtime in [
            tokio::runtime::Builder::new_current_thread().build(),
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build(),
        ] {
            let runtime = runtime.expect("a runtime");
            let counted = runtime.block_on(async {
                let in_task = tokio::spawn(async { block_on(count_to(20)) });
                let apart = tokio::task::spawn_blocking(|| block_on(count_to(20)));
                let here = block_on(count_to(20));
                let others = (in_task.await, apart.await);
                [
                    here,
                    others.0.expect("no panic"),
                    others.1.expect("no panic"),
                ]
            });
            for counted in counted {
                assert_eq!(counted.expect("a thread"), 20);
            }
        }
    }

    #[test]
    fn calls_on_many_threads_run_at_once() {
        std::thread::scope(|scope| {
            let (send, receive) = tokio::sync::oneshot::channel();
            let waits = scope.spawn(move || block_on(receive));
            std::thread::sleep(Duration::from_millis(10));
            block_on(async { send.send(7) })
                .expect("a thread")
                .expect("somebody waits");
            let received = waits.join().expect("no panic").expect("a thread");
            assert_eq!(received, Ok(7));
        });
    }

    #[test]
    fn calls_nest() {
        let inner = block_on(async { block_on(count_to(10)) }).expect("a thread");
        assert_eq!(inner.expect("a thread"), 10);
    }
}
