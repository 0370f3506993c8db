//! An HTTP client without a network, and the configuration that uses it.

use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::retry::RetryConfig;
use aws_types::region::Region;
use smithy_client::config::{Builder, Config};
use std::sync::{Arc, Mutex};

/// What a test is answered with.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// The request that a client has sent.
#[derive(Debug, Clone, Default)]
pub struct Sent(Arc<Mutex<Option<Request>>>);

/// A request with its whole body.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) head: HttpRequest,
    pub(crate) body: Vec<u8>,
}

impl Sent {
    pub(crate) fn take(&self) -> Option<Request> {
        self.0.lock().unwrap_or_else(|e| e.into_inner()).take()
    }
}

/// Gives every request the same answer.
#[derive(Debug, Clone)]
pub(crate) struct Connection {
    pub(crate) answer: Answer,
    pub(crate) sent: Sent,
}

impl HttpClient for Connection {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Connection {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let Self { answer, sent } = self.clone();
        HttpConnectorFuture::new(async move {
            let body = std::mem::replace(request.body_mut(), SdkBody::taken());
            let body = ByteStream::new(body).collect().await;
            let body = body.map_err(|error| ConnectorError::io(error.into()))?;
            let request = Request {
                head: request,
                body: body.to_vec(),
            };
            *sent.0.lock().unwrap_or_else(|e| e.into_inner()) = Some(request);
            response(answer)
        })
    }
}

fn response(answer: Answer) -> Result<HttpResponse, ConnectorError> {
    let other = |error: &str| ConnectorError::other(error.to_owned().into(), None);
    let status = answer.status.try_into();
    let status = status.map_err(|_| other("the case has a status that is none"))?;
    let mut response = HttpResponse::new(status, SdkBody::from(answer.body));
    for (name, value) in answer.headers {
        let added = response.headers_mut().try_append(name, value);
        added.map_err(|error| other(&error.to_string()))?;
    }
    Ok(response)
}

/// The configuration that all cases share.
pub(crate) fn config(connection: Connection) -> Builder {
    let credentials = Credentials::new("access-key", "secret-key", None, None, "test");
    Config::builder()
        .behavior_version_latest()
        .region(Region::new("us-east-1"))
        .endpoint_url("https://example.com")
        .credentials_provider(credentials)
        .retry_config(RetryConfig::disabled())
        .idempotency_token_provider("00000000-0000-4000-8000-000000000000")
        .http_client(connection)
}
