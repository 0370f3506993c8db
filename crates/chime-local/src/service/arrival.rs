//! A request that arrives: its operation, its signature and its input.

use super::Chime;
use crate::context::REGION;
use crate::document::Doc;
use crate::model::{self, Operation, Service};
use crate::operations::{self, Handler};
use crate::refusal::{Kind, Refusal};
use crate::router::{Evidence, Matched, Router};
use crate::server::Ends;
use crate::wire::{self, Parts};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Uri};
use std::sync::LazyLock;
use std::time::SystemTime;
use tokio::time::Instant;

/// The routes of all services.
static ROUTER: LazyLock<Router> = LazyLock::new(|| Router::new(model::operations()));

/// A request that is ready to be handled.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) operation: &'static Operation,
    pub(super) handler: Handler,
    pub(super) input: Doc,
    pub(super) region: String,
}

/// A request that arrived: its content, and its entry among the recorded batches.
#[derive(Debug)]
pub(super) struct Arrival {
    pub(super) prepared: Result<Prepared, Refusal>,
    pub(super) operation: Option<&'static Operation>,
    pub(super) entry: Option<u64>,
    pub(super) at: Instant,
    pub(super) line: Line,
}

/// What the log has of a request before it is answered.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) at: SystemTime,
    pub(super) since: std::time::Instant,
    pub(super) operation: Option<&'static Operation>,
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) body: Bytes,
}

impl Arrival {
    /// The service whose errors the request gets.
    pub(super) fn service(&self) -> &'static Service {
        self.operation
            .map_or_else(|| &model::services()[0], Operation::service)
    }
}

impl Chime {
    /// Reads a request and records that it arrived.
    pub(super) fn arrived(&self, request: &Request<Bytes>) -> Arrival {
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
