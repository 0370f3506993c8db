//! The service: from request to response.

mod arrival;
mod builder;

pub use builder::Builder;

use crate::auth::Keys;
use crate::body::Body;
use crate::context::{Chance, Clock, Context};
use crate::database::{Database, Job};
use crate::faults::{Delivery, Fate, Faults, FaultsError, ItemFaults, State};
use crate::ledger::{Counts, RecordedBatch};
use crate::log::{Entry, Log};
use crate::model::Service;
use crate::operations::{sample, sample::Sample, tokens};
use crate::refusal::Refusal;
use crate::wire;
use arrival::{Line, Prepared};
use bytes::Bytes;
use fastrand::Rng;
use http::{HeaderValue, Request, Response, StatusCode};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// A local Chime. Clones share their data, faults and counts.
#[derive(Debug, Clone)]
pub struct Chime {
    pub(crate) database: Arc<Database>,
    state: Arc<Mutex<State>>,
    clock: Clock,
    chance: Chance,
    keys: Arc<Keys>,
    pub(crate) log: Arc<Mutex<Log>>,
}

impl Default for Chime {
    fn default() -> Self {
        Self::new()
    }
}

impl Chime {
    /// Creates an empty Chime in memory, without faults.
    pub fn new() -> Self {
        let memory = Database::Memory(crate::database::Memory::default());
        Self::with(memory, Clock::system(), None)
    }

    /// Returns a builder, for a Chime with a data file or a clock of its own.
    pub fn builder() -> Builder {
        Builder::default()
    }

    fn with(database: Database, clock: Clock, seed: Option<u64>) -> Self {
        Self {
            database: Arc::new(database),
            state: Arc::new(Mutex::new(State::default())),
            clock,
            chance: Chance::new(seed),
            keys: Arc::default(),
            log: Arc::default(),
        }
    }

    /// Replaces the faults and resets their state: the generator starts at its seed, the rate has a full
    /// burst, and no item has been refused.
    ///
    /// # Errors
    ///
    /// Returns an error if they are invalid (see [`Faults::check`]); nothing changes in that case.
    pub fn set_faults(&self, faults: Faults) -> Result<(), FaultsError> {
        faults.check()?;
        self.state().set(faults);
        Ok(())
    }

    /// Returns the current faults.
    pub fn faults(&self) -> Faults {
        self.state().faults().clone()
    }

    /// Disables all faults.
    pub fn clear_faults(&self) {
        self.state().set(Faults::default());
    }

    /// Returns the number of requests by outcome.
    pub fn counts(&self) -> Counts {
        self.state().ledger.counts.clone()
    }

    /// Resets the counts.
    pub fn reset_counts(&self) {
        self.state().ledger.counts = Counts::default();
    }

    /// Sets whether requested batches are recorded. They are not by default.
    pub fn record_batches(&self, record: bool) {
        self.state().ledger.record(record);
    }

    /// Takes the recorded batches, in order of arrival.
    pub fn take_batches(&self) -> Vec<RecordedBatch> {
        self.state().ledger.take()
    }

    /// Creates an account with a room and users, without requests. The IDs are the same in each run: the ID
    /// of the first user ends in `000000000001`.
    ///
    /// # Panics
    ///
    /// Panics if a data file cannot be written; see [`try_populate`](Self::try_populate).
    pub fn populate(&self, users: usize) -> Sample {
        match self.try_populate(users) {
            Ok(sample) => sample,
            Err(error) => panic!("{error}"),
        }
    }

    /// Creates an account with a room and users, without requests.
    ///
    /// # Errors
    ///
    /// Returns an error if a data file cannot be written.
    pub fn try_populate(&self, users: usize) -> io::Result<Sample> {
        self.work(false, move |tx| sample::populate(tx, users))
    }

    /// Returns the time of its clock.
    pub(crate) fn now(&self) -> SystemTime {
        self.clock.now()
    }

    pub(crate) fn context(&self, region: String) -> Context {
        Context {
            now: self.clock.milliseconds(),
            region,
            chance: self.chance.clone(),
        }
    }

    /// Handles a request at once, ignoring faults. All errors in the request are returned as errors of Chime.
    pub fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        if let Some(response) = crate::admin::answer(self, request) {
            return response;
        }
        let arrival = self.arrived(request);
        let (service, entry) = (arrival.service(), arrival.entry);
        let result = arrival
            .prepared
            .and_then(|prepared| self.database.run_blocking(self.job(prepared, None)));
        let response = self.answered(service, self.recorded(entry, result));
        self.logged(arrival.line, Some(&response));
        response
    }

    /// Handles a request with the faults applied: the response may be delayed, wrong or missing.
    ///
    /// Delays require a tokio runtime with timers. If the caller drops the future before it completes, the
    /// request may not take effect.
    ///
    /// # Errors
    ///
    /// Returns [`ConnectionReset`](io::ErrorKind::ConnectionReset) if the connection is to be reset.
    pub async fn exchange(&self, request: Request<Bytes>) -> io::Result<Response<Body>> {
        if let Some(response) = crate::admin::answer(self, &request) {
            return Ok(response.map(Body::whole));
        }
        let arrival = self.arrived(&request);
        drop(request);
        let name = arrival.operation.map(|operation| operation.name.as_str());
        let verdict = self.state().decide(name, arrival.at);
        if !verdict.delay.is_zero() {
            tokio::time::sleep(verdict.delay).await;
        }
        match verdict.fate {
            Fate::ResetBefore => {
                self.state().ledger.counts.reset_before += 1;
                self.logged(arrival.line, None);
                Err(reset("before the request took effect"))
            }
            Fate::Refused {
                refusal,
                retry_after_ms,
                by_rate,
            } => {
                let service = arrival.service();
                {
                    let counts = &mut self.state().ledger.counts;
                    let (shape, _) = refusal.kind.shape(service);
                    match by_rate {
                        true => counts.throttled += 1,
                        false => *counts.failed.entry(shape).or_default() += 1,
                    }
                }
                let mut response = self.answered(service, Err(refusal));
                if let Some(milliseconds) = retry_after_ms {
                    response
                        .headers_mut()
                        .insert("x-amz-retry-after", HeaderValue::from(milliseconds));
                }
                self.logged(arrival.line, Some(&response));
                Ok(response.map(Body::whole))
            }
            Fate::CarriedOut(delivery) => {
                let service = arrival.service();
                let result = match arrival.prepared {
                    Ok(prepared) => self.database.run(self.job(prepared, verdict.items)).await,
                    Err(refusal) => Err(refusal),
                };
                let response = self.answered(service, self.recorded(arrival.entry, result));
                self.logged(arrival.line, Some(&response));
                self.deliver(response, delivery)
            }
        }
    }

    /// Adds a request to the log.
    fn logged(&self, line: Line, response: Option<&Response<Bytes>>) {
        let error = response.and_then(|response| response.headers().get("x-amzn-errortype"));
        let entry = Entry {
            at: line.at,
            time: line.since.elapsed(),
            operation: line.operation,
            method: line.method,
            uri: line.uri,
            status: response.map(|response| response.status().as_u16()),
            error: error.cloned(),
            request: line.body,
            response: response
                .map(|response| response.body().clone())
                .unwrap_or_default(),
        };
        lock(&self.log).push(entry);
    }

    /// Returns the work of a request.
    fn job(&self, prepared: Prepared, items: Option<Rng>) -> Job<'static, (u16, Vec<u8>)> {
        let Prepared {
            operation,
            handler,
            input,
            region,
        } = prepared;
        Job {
            is_read: operation.is_read(),
            context: self.context(region),
            item_faults: items.map(|rng| ItemFaults {
                state: Arc::clone(&self.state),
                rng,
            }),
            function: Box::new(move |tx| {
                let output = tokens::once(tx, operation, handler, &input)?;
                // A response that cannot be written must leave nothing behind.
                Ok((operation.status, wire::write_output(operation, &output)?))
            }),
        }
    }

    /// Counts a request that was handled.
    fn recorded<T>(&self, entry: Option<u64>, result: Result<T, Refusal>) -> Result<T, Refusal> {
        let ledger = &mut self.state().ledger;
        match &result {
            Ok(_) => ledger.carried_out(entry),
            Err(_) => ledger.counts.refused += 1,
        }
        result
    }

    /// Returns a response with its headers.
    fn answered(
        &self,
        service: &'static Service,
        result: Result<(u16, Vec<u8>), Refusal>,
    ) -> Response<Bytes> {
        let request_id = self.chance.random_id();
        let mut response = match result {
            Ok((status, body)) => response(status, body),
            Err(refusal) => {
                let (shape, status) = refusal.kind.shape(service);
                tracing::debug!(%request_id, shape, message = refusal.message, "refused");
                let mut response = response(status, refusal.body());
                response
                    .headers_mut()
                    .insert("x-amzn-errortype", HeaderValue::from_static(shape));
                response
            }
        };
        if let Ok(request_id) = HeaderValue::from_str(&request_id) {
            response
                .headers_mut()
                .insert("x-amzn-requestid", request_id);
        }
        response
    }

    /// Sends a response.
    fn deliver(&self, response: Response<Bytes>, delivery: Delivery) -> io::Result<Response<Body>> {
        let counts = &mut self.state().ledger.counts;
        let is_empty = response.body().is_empty();
        match delivery {
            Delivery::Truncated(share) if !is_empty => {
                counts.truncated += 1;
                Ok(response.map(|bytes| Body::truncated(&bytes, share)))
            }
            Delivery::Reset | Delivery::Truncated(_) => {
                counts.reset_after += 1;
                Err(reset("after the request took effect"))
            }
            Delivery::Slow(pause) if !is_empty => {
                counts.slowed += 1;
                Ok(response.map(|bytes| Body::slow(bytes, pause)))
            }
            Delivery::Slow(_) | Delivery::Whole => Ok(response.map(Body::whole)),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

/// Locks a mutex, even if a thread panicked while holding it.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn reset(when: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::ConnectionReset,
        format!("an injected fault of the local Chime reset the connection {when}"),
    )
}

pub(crate) fn response(status: u16, body: Vec<u8>) -> Response<Bytes> {
    let is_empty = body.is_empty();
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    if !is_empty {
        response.headers_mut().insert(
            http::header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
    }
    response
}
