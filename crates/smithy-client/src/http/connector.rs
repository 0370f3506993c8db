//! Requests over HTTP/1.1, by hyper.
//!
//! `aws-smithy-http-client` supports more (HTTP/2, other resolvers), and the configuration accepts its
//! clients. This client has what nearly every program needs, and compiles in a sixth of the time.

#[cfg(not(feature = "proxy"))]
#[path = "connector/no_proxy.rs"]
mod proxy;
#[cfg(feature = "proxy")]
mod proxy;
#[cfg(not(feature = "rustls"))]
#[path = "connector/plain.rs"]
mod tls;
#[cfg(feature = "rustls")]
mod tls;
#[cfg(feature = "rustls")]
mod trust;

use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, default_async_sleep};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::shared::IntoShared;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::ErrorKind;
use hyper::Uri;
use hyper_util::client::legacy::connect::{
    CaptureConnection, HttpConnector as Tcp, HttpInfo, capture_connection,
};
use hyper_util::client::legacy::{Client, Error as ClientError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use proxy::{Proxies, Stream};
use smithy_operation::error::{NotConnected, causes};
use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::RwLock;
use std::task::{Context, Poll};
use std::time::Duration;
use tls::Tls;
use tower_service::Service;

/// A client that keeps idle connections for 90 seconds, without a limit on their number. It uses the proxies
/// and certificates that are set in the environment and the profile.
pub(super) fn client() -> SharedHttpClient {
    let client = Hyper {
        proxies: Proxies::from_env(),
        tls: Tls::from_env(),
        connectors: RwLock::default(),
    };
    client.into_shared()
}

type Times = (Option<Duration>, Option<Duration>);

/// One connector, with its own connection pool, for each pair of timeouts.
#[derive(Debug)]
struct Hyper {
    proxies: Proxies,
    tls: Tls,
    connectors: RwLock<Vec<(Times, SharedHttpConnector)>>,
}

fn find(known: &[(Times, SharedHttpConnector)], times: Times) -> Option<SharedHttpConnector> {
    let mut known = known.iter();
    let (_, connector) = known.find(|(of, _)| *of == times)?;
    Some(connector.clone())
}

impl HttpClient for Hyper {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let times = (settings.connect_timeout(), settings.read_timeout());
        // The connectors in a poisoned lock are still complete.
        let known = self.connectors.read().unwrap_or_else(|e| e.into_inner());
        if let Some(connector) = find(&known, times) {
            return connector;
        }
        drop(known);
        let mut known = self.connectors.write().unwrap_or_else(|e| e.into_inner());
        // Another thread may have been first. Each of two pools would open connections.
        if let Some(connector) = find(&known, times) {
            return connector;
        }
        let sleep = components.sleep_impl().or_else(default_async_sleep);
        let connector = Connector::new(times, sleep, self.proxies.clone(), self.tls.clone());
        let connector = SharedHttpConnector::new(connector);
        known.push((times, connector.clone()));
        connector
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        Some(ConnectorMetadata::new("hyper", Some(Cow::Borrowed("1.x"))))
    }
}

struct Connector {
    client: Client<Connect, SdkBody>,
    proxies: Proxies,
    read: Limit,
}

impl Connector {
    fn new(
        (connect, read): Times,
        sleep: Option<SharedAsyncSleep>,
        proxies: Proxies,
        tls: Tls,
    ) -> Self {
        let mut tcp = Tcp::new();
        tcp.enforce_http(false);
        // A request is sent in several writes, which must not wait for an acknowledgement.
        tcp.set_nodelay(true);
        let connect = Connect {
            tcp,
            tls,
            proxies: proxies.clone(),
            limit: Limit::new("connecting", connect, sleep.as_ref()),
        };
        Self {
            client: Client::builder(TokioExecutor::new())
                .pool_timer(TokioTimer::new())
                .build(connect),
            proxies,
            read: Limit::new("waiting for a response", read, sleep.as_ref()),
        }
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector")
            .field("read", &self.read)
            .finish_non_exhaustive()
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut request = match request.try_into_http1x() {
            Ok(request) => request,
            Err(error) => {
                return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into())));
            }
        };
        self.proxies.authorize(&mut request);
        let captured = capture_connection(&mut request);
        if let Some(capture) = request.extensions().get::<CaptureSmithyConnection>() {
            capture.set_connection_retriever(move || metadata(&captured));
        }
        let answer = self.client.request(request);
        let read = self.read.clone();
        HttpConnectorFuture::new(async move {
            match read.hold(answer).await {
                Ok(answer) => HttpResponse::try_from(answer.map(SdkBody::from_body_1_x))
                    .map_err(|error| ConnectorError::other(error.into(), None)),
                Err(error) => Err(classify(error)),
            }
        })
    }
}

/// What is known about the connection of a request, once it has one.
fn metadata(captured: &CaptureConnection) -> Option<ConnectionMetadata> {
    let mut extensions = hyper::http::Extensions::new();
    let proxied = {
        let connected = captured.connection_metadata();
        let connected = connected.as_ref()?;
        connected.get_extras(&mut extensions);
        connected.is_proxied()
    };
    let addresses = extensions.get::<HttpInfo>();
    let captured = captured.clone();
    let mut builder = ConnectionMetadata::builder()
        .proxied(proxied)
        .poison_fn(move || {
            if let Some(connected) = captured.connection_metadata().as_ref() {
                connected.poison();
            }
        });
    builder
        .set_local_addr(addresses.map(HttpInfo::local_addr))
        .set_remote_addr(addresses.map(HttpInfo::remote_addr));
    Some(builder.build())
}

/// Opens connections. The timeout of each includes its handshake.
#[derive(Clone)]
struct Connect {
    tcp: Tcp,
    tls: Tls,
    proxies: Proxies,
    limit: Limit,
}

impl Service<Uri> for Connect {
    type Response = Stream;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Stream, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let Self {
            tcp,
            tls,
            proxies,
            limit,
        } = self.clone();
        Box::pin(async move { proxies.connect(limit, tls, tcp, uri).await })
    }
}

/// A time limit and its timer.
#[derive(Clone, Debug)]
struct Limit {
    what: &'static str,
    time: Option<(Duration, SharedAsyncSleep)>,
}

impl Limit {
    fn new(what: &'static str, time: Option<Duration>, sleep: Option<&SharedAsyncSleep>) -> Self {
        // The runtime checks before each call that a timeout has a timer.
        let time = time.zip(sleep.cloned());
        Self { what, time }
    }

    async fn hold<T, E: Into<BoxError>>(
        self,
        future: impl Future<Output = Result<T, E>>,
    ) -> Result<T, BoxError> {
        let Some((time, sleep)) = self.time else {
            return future.await.map_err(Into::into);
        };
        match Timeout::new(future, sleep.sleep(time)).await {
            Ok(result) => result.map_err(Into::into),
            Err(_) => Err(Box::new(TimedOut {
                what: self.what,
                time,
            })),
        }
    }
}

/// A setting of the environment or the profile that prevents all connections.
#[derive(Debug)]
struct BadSetting(String);

impl fmt::Display for BadSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for BadSetting {}

#[derive(Debug)]
struct TimedOut {
    what: &'static str,
    time: Duration,
}

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "timed out after {:?} of {}", self.time, self.what)
    }
}

impl Error for TimedOut {}

/// Classifies an error for the retry strategy, which retries timeouts and network errors.
fn classify(error: BoxError) -> ConnectorError {
    let find = || causes(error.as_ref());
    let timed_out = find().any(|it| it.is::<TimedOut>());
    // Another attempt would read the same settings.
    if find().any(|it| it.is::<BadSetting>()) {
        return ConnectorError::user(NotConnected::new(error).into()).never_connected();
    }
    let connecting = find()
        .find_map(|it| it.downcast_ref::<ClientError>())
        .is_some_and(ClientError::is_connect);
    if connecting {
        let error = Box::new(NotConnected::new(error));
        return match timed_out {
            true => ConnectorError::timeout(error),
            false => ConnectorError::io(error),
        }
        .never_connected();
    }
    if timed_out {
        return ConnectorError::timeout(error);
    }
    let of_hyper = find().find_map(|it| it.downcast_ref::<hyper::Error>());
    if let Some(of_hyper) = of_hyper {
        if of_hyper.is_timeout() {
            return ConnectorError::timeout(error);
        }
        if of_hyper.is_user() {
            return ConnectorError::user(error);
        }
        if of_hyper.is_incomplete_message() {
            // The server closed a connection that was idle. A retry may succeed on another one.
            return ConnectorError::other(error, Some(ErrorKind::TransientError));
        }
        if of_hyper.is_closed() || of_hyper.is_canceled() {
            return ConnectorError::io(error);
        }
    }
    if find().any(|it| it.is::<std::io::Error>()) {
        return ConnectorError::io(error);
    }
    ConnectorError::other(error, None)
}
