//! The service on a socket.

use crate::connections::Connections;
use crate::refusal::Refusal;
use crate::socket::Socket;
use crate::{Body, Chime};
use bytes::Bytes;
use http::header::CONNECTION;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioTimer;
use hyper_util::server::graceful::GracefulShutdown;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// The largest body that is read. Chime's largest requests are far smaller.
const MAX_BODY: usize = 4 << 20;

/// How long a client may take to send its headers.
const HEADER_TIME: Duration = Duration::from_secs(30);

/// How long a client may take to send the body of a request.
const BODY_TIME: Duration = Duration::from_secs(30);

/// The largest request line with headers.
const MAX_HEAD: usize = 64 << 10;

/// How many idle connections are closed when there is no room for another.
const MAKE_WAY: usize = 64;

/// How long to wait for open connections when the server stops.
const STOP_TIME: Duration = Duration::from_secs(2);

/// The two ends of the connection that a request came over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ends {
    pub(crate) peer: SocketAddr,
    /// The address that the request was sent to, if the system still knows it.
    pub(crate) local: Option<SocketAddr>,
}

/// A Chime that listens on a socket until it is stopped or dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    chime: Chime,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts an empty Chime on the loopback interface. Port 0 selects a free port.
    ///
    /// # Errors
    ///
    /// Returns an error if the port is in use or not permitted.
    pub async fn start(port: u16) -> io::Result<Self> {
        Self::start_with(Chime::new(), SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
    }

    /// Starts a Chime on an address.
    ///
    /// # Errors
    ///
    /// Returns an error if the address is in use or not permitted.
    pub async fn start_with(chime: Chime, address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(serve(listener, chime.clone(), stopped));
        Ok(Self {
            address,
            chime,
            stop: Some(stop),
            task: Some(task),
        })
    }

    /// Returns the URL to configure as the endpoint of clients.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the address that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the service behind the server.
    pub fn chime(&self) -> &Chime {
        &self.chime
    }

    /// Stops listening, and waits briefly for requests in flight.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            // The task may already have ended.
            let _ = stop.send(());
        }
        if let Some(task) = self.task.take()
            && let Err(error) = task.await
        {
            tracing::warn!(%error, "the server failed");
        }
    }
}

async fn serve(listener: TcpListener, chime: Chime, mut stopped: oneshot::Receiver<()>) {
    let graceful = GracefulShutdown::new();
    let connections = Connections::default();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            // A dropped server also stops: its sender is gone.
            _ = &mut stopped => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // For example out of file descriptors. Connections that nobody uses make way.
                tracing::warn!(%error, "a connection could not be accepted");
                connections.close_idle(MAKE_WAY);
                tokio::time::sleep(Duration::from_millis(5)).await;
                continue;
            }
        };
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY could not be set");
        }
        let ends = Ends {
            peer,
            local: stream.local_addr().ok(),
        };
        let connection = connections.open();
        let chime = chime.clone();
        let reset = Arc::new(AtomicBool::new(false));
        let socket = Socket::new(stream, Arc::clone(&reset));
        let watched = Arc::clone(&connection);
        let service = service_fn(move |mut request: Request<Incoming>| {
            let (chime, reset) = (chime.clone(), Arc::clone(&reset));
            let request_in_flight = watched.request();
            request.extensions_mut().insert(ends);
            async move {
                let answered = answer(&chime, request).await;
                // An error of the service ends the connection without a response.
                reset.store(answered.is_err(), Ordering::Release);
                drop(request_in_flight);
                answered
            }
        });
        let served = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIME)
            .max_buf_size(MAX_HEAD)
            .serve_connection(socket, service);
        let served = graceful.watch(served);
        tokio::spawn(async move {
            tokio::select! {
                served = served => {
                    if let Err(error) = served {
                        tracing::debug!(%error, "a connection failed");
                    }
                }
                () = connection.closing() => {
                    tracing::debug!("an idle connection made way for another");
                }
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(STOP_TIME, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::debug!("some connections were still open");
    }
}

async fn answer(chime: &Chime, request: Request<Incoming>) -> io::Result<Response<Body>> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, MAX_BODY).collect();
    let (status, what) = match tokio::time::timeout(BODY_TIME, body).await {
        Ok(Ok(body)) => {
            return chime
                .exchange(Request::from_parts(head, body.to_bytes()))
                .await;
        }
        Ok(Err(error)) if error.is::<LengthLimitError>() => (
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("the body is larger than {MAX_BODY} bytes"),
        ),
        Ok(Err(error)) => (
            StatusCode::BAD_REQUEST,
            format!("the body cannot be read: {error}"),
        ),
        Err(_) => (
            StatusCode::REQUEST_TIMEOUT,
            format!("the body did not arrive within {BODY_TIME:?}"),
        ),
    };
    let body = Refusal::bad_request(what).body();
    let mut response = Response::new(Body::whole(Bytes::from(body)));
    *response.status_mut() = status;
    // What is left of the body would be taken for the next request.
    response
        .headers_mut()
        .insert(CONNECTION, HeaderValue::from_static("close"));
    Ok(response)
}
