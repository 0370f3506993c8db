//! A call from WebAssembly, with what a module has to bring: an HTTP client, a clock and a timer.
//!
//! Here, all three are made up, so that the program runs without a host: the first request fails, and the second
//! succeeds. A module in a browser would call `fetch`, `Date.now()` and `setTimeout` instead, by `wasm-bindgen`.

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use chime_sdk::config::{Credentials, Region};
use chime_sdk::{Client, Config};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

/// Sends requests. Clones count together.
#[derive(Debug, Clone, Default)]
struct Http(Arc<AtomicUsize>);

impl HttpConnector for Http {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let is_signed = request
            .headers()
            .get("authorization")
            .is_some_and(|header| header.contains("/20270115/us-east-1/chime/"));
        let status = match self.0.fetch_add(1, Ordering::Relaxed) {
            _ if !is_signed => 403,
            0 => 503,
            _ => 200,
        };
        let response = http::Response::builder()
            .status(status)
            .body(SdkBody::from(r#"{"Room": {"Name": "WebAssembly"}}"#));
        HttpConnectorFuture::ready(
            response
                .map_err(|error| ConnectorError::other(error.into(), None))
                .and_then(|response| {
                    HttpResponse::try_from(response)
                        .map_err(|error| ConnectorError::other(error.into(), None))
                }),
        )
    }
}

/// `SystemTime::now()` panics on wasm32-unknown-unknown.
#[derive(Debug)]
struct Clock;

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000)
    }
}

/// Without it, there are no retries and no timeouts.
#[derive(Debug)]
struct Timer;

impl AsyncSleep for Timer {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let http = Http::default();
    let connector = SharedHttpConnector::new(http.clone());
    let config = Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "example"))
        .http_client(http_client_fn(move |_, _| connector.clone()))
        .time_source(Clock)
        .sleep_impl(Timer)
        .build();
    let call = Client::from_conf(config)
        .get_room()
        .account_id("account")
        .room_id("room");
    let output = call.send().await?;
    let room = output.room().and_then(|room| room.name());
    match (room, http.0.load(Ordering::Relaxed)) {
        (Some("WebAssembly"), 2) => Ok(()),
        (room, requests) => Err(format!("{room:?} after {requests} requests").into()),
    }
}

/// Nothing here waits for a host, so the future is never pending.
fn main() {
    let mut future = pin!(run());
    let mut context = Context::from_waker(Waker::noop());
    match future.as_mut().poll(&mut context) {
        Poll::Ready(Ok(())) => println!("a room after two requests"),
        Poll::Ready(Err(error)) => panic!("{error}"),
        Poll::Pending => panic!("the call waits for what does not come"),
    }
}
