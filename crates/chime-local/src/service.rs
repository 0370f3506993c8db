//! The service: from request to response.

use crate::auth::{AccessKey, Keys};
use crate::body::Body;
use crate::context::{Chance, Clock, Context, REGION};
use crate::database::{Database, Job};
use crate::document::Doc;
use crate::faults::{Delivery, Fate, Faults, FaultsError, ItemFaults, State};
use crate::ledger::{Counts, RecordedBatch};
use crate::log::{Entry, Log};
use crate::model::{self, Operation, Service};
use crate::operations::{self, Handler, sample, sample::Sample, tokens};
use crate::refusal::{Kind, Refusal};
use crate::router::{Evidence, Matched, Router};
use crate::server::Ends;
use crate::store::OpenError;
use crate::wire::{self, Parts};
use bytes::Bytes;
use fastrand::Rng;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use tokio::time::Instant;

/// The routes of all services.
static ROUTER: LazyLock<Router> = LazyLock::new(|| Router::new(model::operations()));

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

/// What a local Chime is made of.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Builder {
    data: Option<PathBuf>,
    clock: Clock,
    seed: Option<u64>,
    keys: Vec<AccessKey>,
}

impl Builder {
    /// Keeps everything in a SQLite file, which is created if it does not exist. By default, everything is kept in
    /// memory.
    pub fn data(mut self, file: impl Into<PathBuf>) -> Self {
        self.data = Some(file.into());
        self
    }

    /// Sets the clock. The default is the system's.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Sets the seed of IDs and other random choices: with the same seed, a manual clock and the same order of
    /// requests, they are the same. By default, they differ each time.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Accepts only requests that are signed with this key, or another one that is added. By default, signatures
    /// are not checked.
    pub fn credentials(mut self, key: AccessKey) -> Self {
        self.keys.push(key);
        self
    }

    /// Creates the Chime.
    ///
    /// # Errors
    ///
    /// Returns an error if the data file cannot be opened, belongs to another program, is of another version, or is
    /// damaged.
    pub fn build(self) -> Result<Chime, OpenError> {
        let database = match &self.data {
            Some(path) => Database::File(crate::store::File::open(path)?),
            None => Database::Memory(crate::database::Memory::default()),
        };
        let mut chime = Chime::with(database, self.clock, self.seed);
        chime.keys = Arc::new(Keys::new(self.keys));
        Ok(chime)
    }
}

/// A request that is ready to be handled.
#[derive(Debug)]
struct Prepared {
    operation: &'static Operation,
    handler: Handler,
    input: Doc,
    region: String,
}

/// A request that arrived: its content, and its entry among the recorded batches.
#[derive(Debug)]
struct Arrival {
    prepared: Result<Prepared, Refusal>,
    operation: Option<&'static Operation>,
    entry: Option<u64>,
    at: Instant,
    line: Line,
}

/// What the log has of a request before it is answered.
#[derive(Debug)]
struct Line {
    at: SystemTime,
    since: std::time::Instant,
    operation: Option<&'static Operation>,
    method: Method,
    uri: Uri,
    body: Bytes,
}

impl Arrival {
    /// The service whose errors the request gets.
    fn service(&self) -> &'static Service {
        self.operation
            .map_or_else(|| &model::services()[0], Operation::service)
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

    /// Reads a request and records that it arrived.
    fn arrived(&self, request: &Request<Bytes>) -> Arrival {
        let at = Instant::now();
        let since = std::time::Instant::now();
        let (operation, prepared) = self.prepare(request);
        let line = Line {
            at: self.clock.now(),
            since,
            operation,
            method: request.method().clone(),
            uri: request.uri().clone(),
            body: request.body().clone(),
        };
        let mut state = self.state();
        state
            .ledger
            .came(operation.map(|operation| operation.name.as_str()));
        let entry = match (&prepared, operation) {
            (Ok(prepared), Some(operation)) => state.ledger.batch(
                &operation.name,
                || batch_ids(operation, &prepared.input),
                at,
            ),
            _ => None,
        };
        Arrival {
            prepared,
            operation,
            entry,
            at,
            line,
        }
    }

    /// Returns the request's operation, and its content.
    fn prepare(
        &self,
        request: &Request<Bytes>,
    ) -> (Option<&'static Operation>, Result<Prepared, Refusal>) {
        let uri = request.uri();
        let query: Vec<(String, String)> =
            form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
                .into_owned()
                .collect();
        let evidence = Evidence {
            query: &query,
            headers: request.headers(),
            body: request.body(),
        };
        let method = request.method().as_str();
        let Some(matched) = ROUTER.find(method, uri.path(), evidence) else {
            let refusal = Refusal {
                kind: Kind::UnknownOperation,
                message: format!("no operation of Chime matches {method} {uri}"),
            };
            // Who may not call the service learns nothing of what it has.
            let is_signed = self.check_signature(request, &model::services()[0]);
            return (None, is_signed.and(Err(refusal)));
        };
        let operation = matched.operation;
        let is_signed = self.check_signature(request, operation.service());
        (
            Some(operation),
            is_signed.and_then(|()| prepared(&matched, evidence)),
        )
    }

    /// Checks the signature of a request, if signatures are checked.
    fn check_signature(
        &self,
        request: &Request<Bytes>,
        service: &'static Service,
    ) -> Result<(), Refusal> {
        match self.keys.is_empty() {
            true => Ok(()),
            false => self
                .keys
                .check(request, &service.signing_name, self.clock.milliseconds()),
        }
    }

    /// Returns whether a request may control the local Chime itself. If signatures are checked, one from another
    /// machine needs one, too.
    pub(crate) fn may_control(&self, request: &Request<Bytes>) -> Result<(), Refusal> {
        match request.extensions().get::<Ends>() {
            Some(ends) if !ends.peer.ip().is_loopback() => {
                self.check_signature(request, &model::services()[0])
            }
            _ => Ok(()),
        }
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

/// Reads the input of a request whose operation is known.
fn prepared(matched: &Matched, evidence: Evidence<'_>) -> Result<Prepared, Refusal> {
    let operation = matched.operation;
    let service = &operation.service().name;
    let handler = operations::handler(service, &operation.name).ok_or_else(|| {
        Refusal::bad_request(format!(
            "{} is not implemented by the local Chime",
            operation.name
        ))
    })?;
    let parts = Parts {
        labels: &matched.labels,
        query: evidence.query,
        headers: evidence.headers,
        body: evidence.body,
    };
    Ok(Prepared {
        operation,
        handler,
        input: wire::read_input(operation, &parts)?,
        region: region(evidence.headers).unwrap_or(REGION).to_owned(),
    })
}

/// Returns the region in the scope of a request's signature.
fn region(headers: &HeaderMap) -> Option<&str> {
    let authorization = headers.get(http::header::AUTHORIZATION)?.to_str().ok()?;
    let (_, scope) = authorization.split_once("Credential=")?;
    let region = scope.split('/').nth(2)?;
    let is_region = region
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    (is_region && !region.is_empty()).then_some(region)
}

/// Returns the IDs of a batch's items; `None` if the operation is not a batch.
fn batch_ids(operation: &Operation, input: &Doc) -> Option<Vec<String>> {
    let batch = operation.batch.as_ref()?;
    let ids = input.list(&batch.items).iter().map(|item| {
        let id = match &batch.key {
            Some(key) => item.get(key),
            None => Some(item),
        };
        // An item without an ID also counts.
        let id = id.and_then(serde_json::Value::as_str);
        id.unwrap_or_default().to_owned()
    });
    Some(ids.collect())
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
