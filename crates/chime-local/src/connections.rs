//! The open connections of a server, of which those that nobody uses make way for others.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tokio::time::Instant;

/// The most connections at a time.
const MOST: usize = 10_000;

/// The open connections.
#[derive(Debug, Clone, Default)]
pub(crate) struct Connections(Arc<Mutex<Open>>);

#[derive(Debug, Default)]
struct Open {
    next: u64,
    connections: HashMap<u64, Arc<State>>,
}

/// An open connection, until it is dropped.
#[derive(Debug)]
pub(crate) struct Connection {
    all: Connections,
    number: u64,
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    /// When the last request ended.
    idle_since: Mutex<Instant>,
    requests: AtomicUsize,
    closing: Notify,
}

/// A request in flight, until it is dropped.
#[derive(Debug)]
pub(crate) struct InFlight(Arc<State>);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Connections {
    /// Adds a connection. If there are too many, those that are idle for the longest time are closed.
    pub(crate) fn open(&self) -> Arc<Connection> {
        let mut open = lock(&self.0);
        let number = open.next;
        open.next += 1;
        let state = Arc::new(State {
            idle_since: Mutex::new(Instant::now()),
            requests: AtomicUsize::new(0),
            closing: Notify::new(),
        });
        open.connections.insert(number, Arc::clone(&state));
        let count = open.connections.len();
        drop(open);
        if count > MOST {
            self.close_idle(MOST / 100);
        }
        Arc::new(Connection {
            all: self.clone(),
            number,
            state,
        })
    }

    /// Closes the connections that have been without a request for the longest time.
    pub(crate) fn close_idle(&self, count: usize) {
        let open = lock(&self.0);
        let mut idle: Vec<(Instant, &Arc<State>)> = open
            .connections
            .values()
            .filter(|state| state.requests.load(Ordering::Acquire) == 0)
            .map(|state| (*lock(&state.idle_since), state))
            .collect();
        idle.sort_by_key(|(since, _)| *since);
        for (_, state) in idle.into_iter().take(count) {
            state.closing.notify_one();
        }
    }
}

impl Connection {
    /// Marks the connection as one with a request.
    pub(crate) fn request(&self) -> InFlight {
        self.state.requests.fetch_add(1, Ordering::AcqRel);
        InFlight(Arc::clone(&self.state))
    }

    /// Waits until the connection is to be closed.
    pub(crate) async fn closing(&self) {
        loop {
            self.state.closing.notified().await;
            // A request may have begun in the meantime.
            if self.state.requests.load(Ordering::Acquire) == 0 {
                return;
            }
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        lock(&self.all.0).connections.remove(&self.number);
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        *lock(&self.0.idle_since) = Instant::now();
        self.0.requests.fetch_sub(1, Ordering::AcqRel);
    }
}
