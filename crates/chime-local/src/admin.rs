//! Requests for controlling the local Chime itself, under `/_chime/`.

use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::service::{Chime, response};
use bytes::Bytes;
use http::header::ALLOW;
use http::{HeaderValue, Method, Request, Response};
use serde::Serialize;

/// The prefix of paths that do not belong to Chime.
const PREFIX: &str = "/_chime/";

/// Handles a request for control; `None` if it is a request to Chime.
pub(crate) fn answer(chime: &Chime, request: &Request<Bytes>) -> Option<Response<Bytes>> {
    let name = request.uri().path().strip_prefix(PREFIX)?;
    if let Err(refusal) = chime.may_control(request) {
        return Some(refused(403, refusal.message));
    }
    Some(match (name, request.method()) {
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
        ("requests", &Method::GET) => json(&chime.requests()),
        ("requests", &Method::DELETE) => {
            chime.clear_requests();
            response(204, Vec::new())
        }
        ("requests", method) => not_allowed(name, method, "GET, DELETE"),
        ("faults", method) => not_allowed(name, method, "GET, PUT, DELETE"),
        ("counts", method) => not_allowed(name, method, "GET, DELETE"),
        _ => refused(
            404,
            format!(
                "{PREFIX}{name} does not exist; use {PREFIX}faults, {PREFIX}counts or {PREFIX}requests"
            ),
        ),
    })
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
