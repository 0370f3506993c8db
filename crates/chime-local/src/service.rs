//! The service: from request to response.

use crate::body::Body;
use crate::faults::{Delivery, Fate, Faults, FaultsError, ItemFaults, State};
use crate::ledger::{Counts, RecordedBatch};
use crate::refusal::{Kind, Refusal};
use crate::router::Router;
use crate::store::{Handler, Members, Sample, Store};
use crate::wire::{self, Parts};
use bytes::Bytes;
use chime_api::OPERATIONS;
use fastrand::Rng;
use http::{HeaderValue, Request, Response, StatusCode};
use smithy_operation::OperationDescriptor;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::time::Instant;

/// A Chime in memory. Clones share their data, faults and counts.
#[derive(Debug, Clone)]
pub struct Chime {
    router: Arc<Router>,
    store: Arc<Mutex<Store>>,
    state: Arc<Mutex<State>>,
}

impl Default for Chime {
    fn default() -> Self {
        Self::new()
    }
}

/// A request that is ready to be handled.
#[derive(Debug)]
struct Prepared {
    operation: &'static OperationDescriptor,
    handler: Handler,
    input: Members,
}

/// A request that arrived: its content, and its entry among the recorded batches.
#[derive(Debug)]
struct Arrival {
    prepared: Result<Prepared, Refusal>,
    operation: Option<&'static str>,
    entry: Option<u64>,
    at: Instant,
}

impl Chime {
    /// Creates an empty Chime without faults.
    pub fn new() -> Self {
        Self {
            router: Arc::new(Router::new(OPERATIONS)),
            store: Arc::new(Mutex::new(Store::default())),
            state: Arc::new(Mutex::new(State::default())),
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
    pub fn populate(&self, users: usize) -> Sample {
        lock(&self.store).populate(users)
    }

    /// Handles a request at once, ignoring faults. All errors in the request are returned as errors of Chime.
    pub fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        if let Some(response) = crate::admin::answer(self, request) {
            return response;
        }
        let arrival = self.arrived(request);
        answered(self.carry_out(arrival, None))
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
        let verdict = self.state().decide(arrival.operation, arrival.at);
        if !verdict.delay.is_zero() {
            tokio::time::sleep(verdict.delay).await;
        }
        match verdict.fate {
            Fate::ResetBefore => {
                self.state().ledger.counts.reset_before += 1;
                Err(reset("before the request took effect"))
            }
            Fate::Refused {
                refusal,
                retry_after_ms,
                by_rate,
            } => {
                {
                    let counts = &mut self.state().ledger.counts;
                    match by_rate {
                        true => counts.throttled += 1,
                        false => *counts.failed.entry(refusal.kind.shape()).or_default() += 1,
                    }
                }
                let mut response = answered(Err(refusal));
                if let Some(milliseconds) = retry_after_ms {
                    response
                        .headers_mut()
                        .insert("x-amz-retry-after", HeaderValue::from(milliseconds));
                }
                Ok(response.map(Body::whole))
            }
            Fate::CarriedOut(delivery) => {
                let response = answered(self.carry_out(arrival, verdict.items));
                self.deliver(response, delivery)
            }
        }
    }

    /// Reads a request and records that it arrived.
    fn arrived(&self, request: &Request<Bytes>) -> Arrival {
        let at = Instant::now();
        let (operation, prepared) = self.prepare(request);
        let mut state = self.state();
        state.ledger.came(operation);
        let entry = match &prepared {
            Ok(Prepared {
                operation, input, ..
            }) => state.ledger.batch(
                operation.name,
                || crate::store::batch_ids(operation.name, input),
                at,
            ),
            Err(_) => None,
        };
        Arrival {
            prepared,
            operation,
            entry,
            at,
        }
    }

    /// Returns the name of the request's operation, and its content.
    fn prepare(
        &self,
        request: &Request<Bytes>,
    ) -> (Option<&'static str>, Result<Prepared, Refusal>) {
        let uri = request.uri();
        let query: Vec<(String, String)> =
            form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
                .into_owned()
                .collect();
        let Some(matched) = self
            .router
            .find(request.method().as_str(), uri.path(), &query)
        else {
            let refusal = Refusal {
                kind: Kind::UnknownOperation,
                message: format!("no operation of Chime matches {} {uri}", request.method()),
            };
            return (None, Err(refusal));
        };
        let operation = matched.operation;
        let prepared = crate::store::handler(operation.name)
            .ok_or_else(|| {
                Refusal::bad_request(format!(
                    "{} is not implemented by the local Chime",
                    operation.name
                ))
            })
            .and_then(|handler| {
                let parts = Parts {
                    query: &query,
                    headers: request.headers(),
                    body: request.body(),
                };
                Ok(Prepared {
                    operation,
                    handler,
                    input: wire::read_input(&matched, &parts)?.into(),
                })
            });
        (Some(operation.name), prepared)
    }

    fn carry_out(&self, arrival: Arrival, items: Option<Rng>) -> Result<(u16, Vec<u8>), Refusal> {
        let output = arrival.prepared.and_then(|prepared| {
            let item_faults = items.map(|rng| ItemFaults {
                state: Arc::clone(&self.state),
                rng,
            });
            // The state is complete even after a panic: handlers modify it only at their end.
            let output =
                lock(&self.store).carry_out(prepared.handler, &prepared.input, item_faults)?;
            Ok((prepared.operation, output))
        });
        {
            let ledger = &mut self.state().ledger;
            match &output {
                Ok(_) => ledger.carried_out(arrival.entry),
                Err(_) => ledger.counts.refused += 1,
            }
        }
        let (operation, output) = output?;
        Ok((operation.status, wire::write_output(operation, &output)?))
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

/// Returns a response with its headers.
fn answered(result: Result<(u16, Vec<u8>), Refusal>) -> Response<Bytes> {
    let request_id = crate::store::new_id();
    let mut response = match result {
        Ok((status, body)) => response(status, body),
        Err(refusal) => {
            tracing::debug!(%request_id, kind = refusal.kind.shape(), message = refusal.message, "refused");
            let mut response = response(refusal.kind.status(), refusal.body());
            response.headers_mut().insert(
                "x-amzn-errortype",
                HeaderValue::from_static(refusal.kind.shape()),
            );
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
