//! The service as an HTTP client for SDKs, without sockets.

use crate::Chime;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http::header::HOST;
use http::{HeaderValue, Request};
use http_body_util::BodyExt;
use std::time::Duration;

impl Chime {
    /// Returns an HTTP client for the configuration of an SDK that passes requests directly to this Chime.
    ///
    /// It applies the faults like a [`Server`](crate::Server), and the configured read timeout, using only
    /// tokio's time: under `tokio::time::pause`, nothing waits in real time.
    pub fn http_client(&self) -> SharedHttpClient {
        SharedHttpClient::new(InProcess {
            chime: self.clone(),
            read_timeout: None,
        })
    }
}

#[derive(Debug, Clone)]
struct InProcess {
    chime: Chime,
    read_timeout: Option<Duration>,
}

impl HttpClient for InProcess {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Self {
            chime: self.chime.clone(),
            read_timeout: settings.read_timeout(),
        })
    }
}

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let chime = self.chime.clone();
        let read_timeout = self.read_timeout;
        HttpConnectorFuture::new(async move {
            let Some(most) = read_timeout else {
                return exchange(&chime, request).await;
            };
            match tokio::time::timeout(most, exchange(&chime, request)).await {
                Ok(result) => result,
                Err(elapsed) => Err(ConnectorError::timeout(elapsed.into())),
            }
        })
    }
}

async fn exchange(chime: &Chime, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
    let request = request
        .try_into_http1x()
        .map_err(|error| ConnectorError::user(error.into()))?;
    let (mut head, body) = request.into_parts();
    // The HTTP clients of SDKs add it when they send a request, and its signature covers it.
    if let (None, Some(host)) = (head.headers.get(HOST), head.uri.authority())
        && let Ok(host) = HeaderValue::from_str(host.as_str())
    {
        head.headers.insert(HOST, host);
    }
    let body = whole(body).await?;
    let response = chime
        .exchange(Request::from_parts(head, body))
        .await
        .map_err(|error| ConnectorError::io(error.into()))?;
    HttpResponse::try_from(response.map(crate::Body::into_sdk))
        .map_err(|error| ConnectorError::other(error.into(), None))
}

async fn whole(body: SdkBody) -> Result<Bytes, ConnectorError> {
    if let Some(bytes) = body.bytes() {
        return Ok(Bytes::copy_from_slice(bytes));
    }
    body.collect()
        .await
        .map(|body| body.to_bytes())
        .map_err(ConnectorError::user)
}
