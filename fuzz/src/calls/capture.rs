//! An HTTP client that sends nothing: it records the request and returns a fixed response.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use http::{HeaderName, HeaderValue};
use std::sync::{Arc, Mutex};

/// A response.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) body: Vec<u8>,
}

impl Default for Answer {
    fn default() -> Self {
        Self {
            status: 200,
            headers: Vec::new(),
            body: b"{}".to_vec(),
        }
    }
}

/// A request, reduced to the parts that a signature depends on.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub(super) method: String,
    pub(super) uri: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Vec<u8>>,
}

impl Sent {
    pub(super) fn of(request: &HttpRequest) -> Self {
        Self {
            method: request.method().to_owned(),
            uri: request.uri().to_owned(),
            headers: request
                .headers()
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body: request.body().bytes().map(<[u8]>::to_vec),
        }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(it, _)| it == name)
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn authorization(&self) -> String {
        self.header("authorization").unwrap_or_default().to_owned()
    }

    /// Returns the path as it is sent.
    pub(super) fn path(&self) -> String {
        let uri: http::Uri = self.uri.parse().expect("a request's URI");
        uri.path().to_owned()
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Capture(Arc<Mutex<(Answer, Option<Sent>)>>);

impl Capture {
    pub(super) fn answer(&self, answer: Answer) {
        *self.0.lock().unwrap_or_else(|e| e.into_inner()) = (answer, None);
    }

    /// The last request.
    pub(super) fn sent(&self) -> Option<Sent> {
        self.0.lock().unwrap_or_else(|e| e.into_inner()).1.take()
    }
}

impl HttpClient for Capture {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Capture {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut state = self.0.lock().unwrap_or_else(|e| e.into_inner());
        let (answer, sent) = &mut *state;
        *sent = Some(Sent::of(&request));
        let mut response = http::Response::new(SdkBody::from(std::mem::take(&mut answer.body)));
        *response.status_mut() = http::StatusCode::from_u16(answer.status).unwrap_or_default();
        response.headers_mut().extend(
            answer
                .headers
                .drain(..)
                .map(|(name, value)| (Some(name), value)),
        );
        let response = HttpResponse::try_from(response);
        HttpConnectorFuture::ready(
            response.map_err(|error| ConnectorError::other(error.into(), None)),
        )
    }
}
