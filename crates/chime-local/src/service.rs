//! The service: from a request to an answer.

use crate::refusal::{Kind, Refusal};
use crate::router::Router;
use crate::store::Store;
use crate::wire::{self, Parts};
use bytes::Bytes;
use chime_api::SERVICE;
use http::{HeaderValue, Request, Response, StatusCode};
use std::sync::{Arc, Mutex, PoisonError};

/// A Chime that lives in memory. Clones share what it keeps.
#[derive(Debug, Clone)]
pub struct Chime {
    router: Arc<Router>,
    store: Arc<Mutex<Store>>,
}

impl Default for Chime {
    fn default() -> Self {
        Self::new()
    }
}

impl Chime {
    /// Makes an empty Chime.
    pub fn new() -> Self {
        Self {
            router: Arc::new(Router::new(&SERVICE)),
            store: Arc::new(Mutex::new(Store::default())),
        }
    }

    /// Answers a request. Whatever is wrong with it becomes an error of Chime's.
    pub fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let request_id = crate::store::new_id();
        let mut response = match self.handle(request) {
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

    fn handle(&self, request: &Request<Bytes>) -> Result<(u16, Vec<u8>), Refusal> {
        let uri = request.uri();
        let query: Vec<(String, String)> =
            form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
                .into_owned()
                .collect();
        let matched = self
            .router
            .find(request.method().as_str(), uri.path(), &query)
            .ok_or_else(|| Refusal {
                kind: Kind::UnknownOperation,
                message: format!(
                    "no operation of Chime answers to {} {uri}",
                    request.method()
                ),
            })?;
        let operation = matched.operation;
        let handler = crate::store::handler(operation.name).ok_or_else(|| {
            Refusal::bad_request(format!(
                "{} is not implemented by the local Chime",
                operation.name
            ))
        })?;
        let input = wire::read_input(
            &matched,
            &Parts {
                query: &query,
                headers: request.headers(),
                body: request.body(),
            },
        )?;
        let output = {
            // What a panicking thread left behind is whole: handlers change it at their end.
            let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
            handler(&mut store, &input.into())?
        };
        Ok((operation.status, wire::write_output(operation, &output)?))
    }
}

fn response(status: u16, body: Vec<u8>) -> Response<Bytes> {
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
