//! The requests of late: what was called, and what came of it.

use crate::context::since_epoch;
use crate::model::{Kind, Member, Operation, Place, Service, ShapeId};
use bytes::Bytes;
use http::{HeaderValue, Method, Uri};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::VecDeque;
use std::time::{Duration, SystemTime};

/// The number of requests that are remembered, unless it is set.
const USUAL: usize = 1000;

/// What replaces a value that the model calls sensitive.
const HIDDEN: &str = "(hidden)";

/// A request that was answered.
///
/// Values that the model calls sensitive, such as names and messages, are replaced by `(hidden)`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct LoggedRequest {
    /// The number of the request, from 1.
    pub number: u64,
    /// When it arrived.
    #[serde(serialize_with = "milliseconds")]
    pub at: SystemTime,
    /// How long it took, in microseconds.
    #[serde(rename = "microseconds", serialize_with = "microseconds")]
    pub time: Duration,
    /// The name that the AWS CLI has for the service, such as `chime-sdk-messaging`; `None` if no operation matches.
    pub service: Option<&'static str>,
    /// The operation; `None` if none matches.
    pub operation: Option<&'static str>,
    /// The request's method.
    pub method: String,
    /// The request's path and query.
    pub path: String,
    /// The status of the response; `None` if the connection was reset.
    pub status: Option<u16>,
    /// The name of the error, if the response is one.
    pub error: Option<String>,
    /// The body of the request; null if there is none.
    pub request: Value,
    /// The body of the response; null if there is none.
    pub response: Value,
}

fn milliseconds<S: serde::Serializer>(time: &SystemTime, serializer: S) -> Result<S::Ok, S::Error> {
    let since = since_epoch(*time);
    serializer.serialize_u64(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

fn microseconds<S: serde::Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(time.as_micros()).unwrap_or(u64::MAX))
}

/// A request as it is kept: as it was, so that keeping it costs nothing but its memory.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) at: SystemTime,
    pub(crate) time: Duration,
    pub(crate) operation: Option<&'static Operation>,
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) status: Option<u16>,
    pub(crate) error: Option<HeaderValue>,
    pub(crate) request: Bytes,
    pub(crate) response: Bytes,
}

/// The last requests.
#[derive(Debug)]
pub(crate) struct Log {
    capacity: usize,
    entries: VecDeque<Entry>,
    /// The number of all requests so far.
    count: u64,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            capacity: USUAL,
            entries: VecDeque::new(),
            count: 0,
        }
    }
}

impl Log {
    /// Sets the number of requests that are kept.
    pub(crate) fn keep(&mut self, capacity: usize) {
        self.capacity = capacity;
        while self.entries.len() > capacity {
            self.entries.pop_front();
        }
    }

    pub(crate) fn push(&mut self, entry: Entry) {
        self.count += 1;
        if self.capacity == 0 {
            return;
        }
        if self.entries.len() >= self.capacity {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
    }

    /// Forgets all requests.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    /// Returns the requests after a number, the earliest first.
    pub(crate) fn after(&self, number: u64) -> Vec<LoggedRequest> {
        let first = self.count - self.entries.len() as u64 + 1;
        let numbered = (first..).zip(&self.entries);
        numbered
            .filter(|(own, _)| *own > number)
            .map(|(number, entry)| entry.show(number))
            .collect()
    }
}

impl Entry {
    fn show(&self, number: u64) -> LoggedRequest {
        let operation = self.operation;
        let is_error = self.status.is_none_or(|status| status >= 400);
        LoggedRequest {
            number,
            at: self.at,
            time: self.time,
            service: operation.map(|operation| operation.service().name.as_str()),
            operation: operation.map(|operation| operation.name.as_str()),
            method: self.method.to_string(),
            path: self.path(),
            status: self.status,
            error: self
                .error
                .as_ref()
                .and_then(|name| name.to_str().ok())
                .map(str::to_owned),
            request: shown(operation, operation.and_then(|it| it.input), &self.request),
            response: match is_error {
                // Messages of errors are ours, and repeat what the request named.
                true => serde_json::from_slice(&self.response).unwrap_or_default(),
                false => shown(
                    operation,
                    operation.and_then(|it| it.output),
                    &self.response,
                ),
            },
        }
    }

    /// Returns the path and query without sensitive values.
    fn path(&self) -> String {
        let Some(operation) = self.operation else {
            return self.uri.path().to_owned();
        };
        let members = operation.input_members();
        let has_secret =
            |place: &dyn Fn(&Member) -> bool| members.iter().any(|it| it.sensitive && place(it));
        let mut path = match has_secret(&|member| member.place == Place::Label) {
            true => operation
                .uri
                .split('?')
                .next()
                .unwrap_or_default()
                .to_owned(),
            false => self.uri.path().to_owned(),
        };
        let Some(query) = self.uri.query() else {
            return path;
        };
        path.push('?');
        let mut shown = form_urlencoded::Serializer::new(String::new());
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let is_secret =
                has_secret(&|member| member.place == Place::Query(name.clone().into_owned()));
            // The signature of a presigned request is a secret as well.
            let is_secret =
                is_secret || matches!(&*name, "X-Amz-Signature" | "X-Amz-Security-Token");
            shown.append_pair(&name, if is_secret { HIDDEN } else { &value });
        }
        path + &shown.finish()
    }
}

/// Returns a body without sensitive values.
fn shown(operation: Option<&'static Operation>, shape: Option<ShapeId>, body: &[u8]) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    let Ok(value) = serde_json::from_slice(body) else {
        return Value::from(format!("({} bytes that are not JSON)", body.len()));
    };
    match (operation, shape) {
        (Some(operation), Some(shape)) => hide(operation.service(), shape, false, value),
        _ => Value::from(format!("({} bytes)", body.len())),
    }
}

fn hide(service: &'static Service, id: ShapeId, is_secret: bool, value: Value) -> Value {
    let shape = service.shape(id);
    if (is_secret || shape.sensitive) && !value.is_null() {
        return Value::from(HIDDEN);
    }
    match (&shape.kind, value) {
        (Kind::Structure(members), Value::Object(mut values)) => {
            let mut shown = Map::new();
            for member in members {
                if let Some(value) = values.remove(&member.name) {
                    let value = hide(service, member.shape, member.sensitive, value);
                    shown.insert(member.name.clone(), value);
                }
            }
            Value::Object(shown)
        }
        (Kind::List { item, .. }, Value::Array(items)) => Value::Array(
            items
                .into_iter()
                .map(|value| hide(service, *item, false, value))
                .collect(),
        ),
        (Kind::Map { value: of, .. }, Value::Object(entries)) => Value::Object(
            entries
                .into_iter()
                .map(|(name, value)| (name, hide(service, *of, false, value)))
                .collect(),
        ),
        // What the model says nothing of may be a secret in the wrong place.
        (Kind::Structure(_) | Kind::List { .. } | Kind::Map { .. }, _) => Value::from(HIDDEN),
        (_, value @ (Value::Object(_) | Value::Array(_))) => {
            drop(value);
            Value::from(HIDDEN)
        }
        (_, value) => value,
    }
}
