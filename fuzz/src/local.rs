//! The local Chime, in process.

use crate::parts::{self, Message};
use bytes::Bytes;
use chime_local::Chime;
use http::header::{HeaderName, HeaderValue};
use http::{Method, Request};
use http_body_util::BodyExt;
use std::cell::RefCell;

thread_local! {
    /// Delays take no time: the clock advances when nothing else can run.
    static RUNTIME: RefCell<tokio::runtime::Runtime> = RefCell::new(
        tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime"),
    );
}

/// Sends requests one after the other. For any request, the response is one of Chime's, and never an internal
/// failure.
pub(crate) fn serve(data: &[u8]) {
    let chime = Chime::new();
    chime.populate(2);
    let mut rest = data;
    while !rest.is_empty() {
        let separator = parts::SEPARATOR.as_bytes();
        let end = rest.windows(separator.len()).position(|it| it == separator);
        let (one, more) = rest.split_at(end.unwrap_or(rest.len()));
        rest = more.get(separator.len()..).unwrap_or_default();
        if let Some(request) = request(one) {
            exchange(&chime, request);
        }
    }
}

fn request(data: &[u8]) -> Option<Request<Bytes>> {
    let message = Message::read(data);
    let space = message.first.iter().position(|byte| *byte == b' ')?;
    let (method, uri) = message.first.split_at(space);
    let mut request = Request::new(Bytes::copy_from_slice(message.body));
    *request.method_mut() = Method::from_bytes(method).ok()?;
    *request.uri_mut() = uri.get(1..)?.try_into().ok()?;
    for (name, value) in message.headers {
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name), HeaderValue::from_bytes(value))
        {
            request.headers_mut().append(name, value);
        }
    }
    Some(request)
}

fn exchange(chime: &Chime, request: Request<Bytes>) {
    let path = request.uri().path();
    // Such a request may set faults, and is answered with JSON or a page of the console.
    let is_control = path == "/_chime" || path.starts_with("/_chime/");
    let has_faults = chime.faults() != chime_local::Faults::default();
    let shown = format!("{request:?}");
    let answer = RUNTIME.with_borrow(|runtime| runtime.block_on(chime.exchange(request)));
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return assert!(has_faults, "{error} after {shown}"),
    };
    let status = answer.status().as_u16();
    assert!(has_faults || status < 500, "{status} after {shown}");
    let has_id = answer.headers().contains_key("x-amzn-requestid");
    assert!(is_control || has_faults || has_id, "after {shown}");
    let is_error = answer.headers().contains_key("x-amzn-errortype");
    assert!(
        is_control || is_error == (status >= 400),
        "{status} after {shown}"
    );
    let content_type = answer.headers().get("content-type").cloned();
    let is_json = content_type.is_some_and(|it| it.as_bytes().starts_with(b"application/json"));
    // Faults may truncate the body.
    let body = RUNTIME.with_borrow(|runtime| runtime.block_on(answer.into_body().collect()));
    match body {
        Ok(body) => {
            let body = body.to_bytes();
            let is_read = match is_control && !is_json {
                true => str::from_utf8(&body).is_ok(),
                false => serde_json::from_slice::<serde_json::Value>(&body).is_ok(),
            };
            assert!(body.is_empty() || is_read, "{body:?} after {shown}");
        }
        Err(error) => assert!(has_faults, "{error} after {shown}"),
    }
}
