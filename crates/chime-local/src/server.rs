//! The service on a socket.

use crate::socket::Socket;
use crate::{Body, Chime};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Limited};
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

/// How long to wait for open connections when the server stops.
const STOP_TIME: Duration = Duration::from_secs(2);

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
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            // A dropped server also stops: its sender is gone.
            _ = &mut stopped => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                // For example out of file descriptors, which is temporary.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY could not be set");
        }
        let chime = chime.clone();
        let reset = Arc::new(AtomicBool::new(false));
        let socket = Socket::new(stream, Arc::clone(&reset));
        let service = service_fn(move |request| {
            let (chime, reset) = (chime.clone(), Arc::clone(&reset));
            async move {
                let answered = answer(&chime, request).await;
                // An error of the service ends the connection without a response.
                reset.store(answered.is_err(), Ordering::Release);
                answered
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIME)
            .serve_connection(socket, service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection failed");
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
    match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => {
            chime
                .exchange(Request::from_parts(head, body.to_bytes()))
                .await
        }
        Err(error) => {
            let text = format!(
                "{{\"Code\":\"BadRequest\",\"Message\":\"the body cannot be read: {error}\"}}"
            );
            let mut response = Response::new(Body::whole(Bytes::from(text)));
            *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
            Ok(response)
        }
    }
}
