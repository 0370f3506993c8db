//! Requests for controlling the local Chime itself, under `/_chime/`.

use crate::console::{self, guard};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::service::{Chime, response};
use bytes::Bytes;
use http::header::ALLOW;
use http::{HeaderValue, Method, Request, Response};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};

/// The prefix of paths that do not belong to Chime.
pub(crate) const PREFIX: &str = "/_chime/";

/// Handles a request for control; `None` if it is a request to Chime.
pub(crate) fn answer(chime: &Chime, request: &Request<Bytes>) -> Option<Response<Bytes>> {
    let name = match request.uri().path() {
        "/_chime" => "",
        path => path.strip_prefix(PREFIX)?,
    };
    let allowed = guard::check(request).and_then(|()| {
        chime
            .may_control(request)
            .map_err(|refusal| refusal.message)
    });
    let response = match allowed {
        Err(message) if console::wants_page(request) => console::error(403, &message),
        Err(message) => refused(403, message),
        Ok(()) => {
            console::answer(chime, request, name).unwrap_or_else(|| control(chime, request, name))
        }
    };
    Some(guard::protect(response))
}

fn control(chime: &Chime, request: &Request<Bytes>, name: &str) -> Response<Bytes> {
    match (name, request.method()) {
        ("faults", &Method::GET) => json(&chime.faults()),
        ("faults", &Method::PUT) => match put(chime, request.body()) {
            Ok(()) => json(&chime.faults()),
            Err(message) => refused(400, message),
        },
        ("faults", &Method::DELETE) => {
            chime.clear_faults();
            response(204, Vec::new())
        }
        ("counts", &Method::GET) => json(&chime.counts()),
        ("counts", &Method::DELETE) => {
            chime.reset_counts();
            response(204, Vec::new())
        }
        ("requests", &Method::GET) => match after(request) {
            Ok(after) => json(&chime.requests_after(after)),
            Err(message) => refused(400, message),
        },
        ("requests", &Method::DELETE) => {
            chime.clear_requests();
            response(204, Vec::new())
        }
        ("tables", &Method::GET) => match chime.tables() {
            Ok(tables) => json(&tables.into_iter().collect::<BTreeMap<_, _>>()),
            Err(error) => refused(500, error.to_string()),
        },
        (name, &Method::GET) if name.starts_with("tables/") => rows(chime, request, &name[7..]),
        ("requests", method) => not_allowed(name, method, "GET, DELETE"),
        ("faults", method) => not_allowed(name, method, "GET, PUT, DELETE"),
        ("counts", method) => not_allowed(name, method, "GET, DELETE"),
        _ if console::wants_page(request) => {
            console::error(404, &format!("There is no page {PREFIX}{name}."))
        }
        _ => refused(
            404,
            format!(
                "{PREFIX}{name} does not exist; use {PREFIX}faults, {PREFIX}counts, {PREFIX}requests or {PREFIX}tables"
            ),
        ),
    }
}

/// The number of rows that are returned at once.
pub(crate) const ROWS: usize = 100;

fn rows(chime: &Chime, request: &Request<Bytes>, table: &str) -> Response<Bytes> {
    match chime.rows(table, parameter(request, "after").as_deref(), ROWS) {
        Ok((rows, next)) => json(&serde_json::json!({"rows": rows, "next": next})),
        Err(error) => refused(status_of(&error), error.to_string()),
    }
}

/// Returns the status for an error of reading tables.
pub(crate) fn status_of(error: &io::Error) -> u16 {
    match error.kind() {
        ErrorKind::NotFound => 404,
        ErrorKind::InvalidInput => 400,
        _ => 500,
    }
}

/// Returns a parameter of the query.
pub(crate) fn parameter<'r>(request: &'r Request<Bytes>, name: &str) -> Option<Cow<'r, str>> {
    let query = request.uri().query().unwrap_or_default();
    let mut query = form_urlencoded::parse(query.as_bytes());
    Some(query.find(|(own, _)| own == name)?.1)
}

/// Returns the number in `?after=`, or 0 if there is none.
pub(crate) fn after(request: &Request<Bytes>) -> Result<u64, String> {
    match parameter(request, "after") {
        None => Ok(0),
        Some(number) => number
            .parse()
            .map_err(|_| format!("after is `{number}`; it must be the number of a request")),
    }
}

fn put(chime: &Chime, body: &[u8]) -> Result<(), String> {
    let faults: Faults = serde_json::from_slice(body)
        .map_err(|error| format!("the body is not valid faults JSON: {error}"))?;
    chime.set_faults(faults).map_err(|error| error.to_string())
}

fn json(value: &impl Serialize) -> Response<Bytes> {
    match serde_json::to_vec(value) {
        Ok(body) => response(200, body),
        Err(error) => refused(500, format!("the response cannot be written: {error}")),
    }
}

fn refused(status: u16, message: String) -> Response<Bytes> {
    let refusal = match status {
        500 => Refusal::failure(message),
        _ => Refusal::bad_request(message),
    };
    response(status, refusal.body())
}

fn not_allowed(name: &str, method: &Method, allowed: &'static str) -> Response<Bytes> {
    let message = format!("{PREFIX}{name} does not support {method}; it supports {allowed}");
    let mut response = refused(405, message);
    response
        .headers_mut()
        .insert(ALLOW, HeaderValue::from_static(allowed));
    response
}
