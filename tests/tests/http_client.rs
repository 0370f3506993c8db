//! The SDK's HTTP client: timeouts, broken connections, connection reuse.

mod common;

use aws_smithy_runtime_api::client::result::DispatchFailure;
use chime_sdk::Client;
use chime_sdk::batch::BatchConfig;
use chime_sdk::config::Builder;
use chime_sdk::config::retry::RetryConfig;
use chime_sdk::config::timeout::TimeoutConfig;
use chime_sdk::error::SdkError;
use chime_sdk::operation::list_accounts::ListAccountsError;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Decides how a server handles a request, by the number of its connection and its number on that connection.
type Answer = fn(connection: usize, request: usize) -> Reply;

enum Reply {
    /// A response, after which the connection stays open.
    Answer(u16),
    /// A response that is this many bytes shorter than announced.
    CutOff(usize),
    /// Closes the connection.
    Close,
    /// Never responds.
    Silence,
}

/// A server: its URL, and the number of connections so far.
async fn server(answer: Answer) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let url = format!("http://{}", listener.local_addr().expect("a socket"));
    let connections = Arc::new(AtomicUsize::new(0));
    let count = connections.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let number = count.fetch_add(1, Ordering::Relaxed) + 1;
            tokio::spawn(serve(stream, number, answer));
        }
    });
    (url, connections)
}

async fn serve(mut stream: TcpStream, connection: usize, answer: Answer) {
    for request in 1.. {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read_u8().await {
                Ok(byte) => head.push(byte),
                Err(_) => return,
            }
        }
        let body = br#"{"Accounts":[]}"#;
        let (status, left_out) = match answer(connection, request) {
            Reply::Answer(status) => (status, 0),
            Reply::CutOff(bytes) => (200, bytes),
            Reply::Close => return,
            Reply::Silence => return std::future::pending().await,
        };
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.expect("a socket");
        stream
            .write_all(&body[..body.len() - left_out])
            .await
            .expect("a socket");
        if left_out > 0 {
            return;
        }
    }
}

fn client(url: &str, times: TimeoutConfig, tries: u32) -> Client {
    common::client(url, |config: Builder| {
        let retries = RetryConfig::standard()
            .with_max_attempts(tries)
            .with_initial_backoff(Duration::from_millis(1));
        config.timeout_config(times).retry_config(retries)
    })
}

async fn list(client: &Client) -> Result<(), SdkError<ListAccountsError>> {
    client.list_accounts().send().await.map(|_| ())
}

fn dispatch_failure(error: &SdkError<ListAccountsError>) -> &DispatchFailure {
    match error {
        SdkError::DispatchFailure(failure) => failure,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn waiting_for_an_answer_has_its_time() {
    let (url, connections) = server(|_, _| Reply::Silence).await;
    let times = TimeoutConfig::builder().read_timeout(Duration::from_millis(30));
    let client = client(&url, times.build(), 2);
    let error = list(&client).await.expect_err("silence");
    let failure = dispatch_failure(&error);
    assert!(failure.is_timeout(), "{failure:?}");
    let text = error.into_service_error().to_string();
    assert!(
        text.contains("timed out after 30ms of waiting for a response"),
        "{text}"
    );
    assert_eq!(connections.load(Ordering::Relaxed), 2);
}

/// A server that accepts connections without a handshake: the timeout covers the whole connection setup,
/// including TLS.
#[tokio::test]
async fn connecting_has_its_time() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let address = listener.local_addr().expect("a socket");
    let times = TimeoutConfig::builder().connect_timeout(Duration::from_millis(30));
    let client = client(&format!("https://{address}"), times.build(), 1);
    let error = list(&client).await.expect_err("no handshake");
    let failure = dispatch_failure(&error);
    assert!(failure.is_timeout(), "{failure:?}");
    let text = error.into_service_error().to_string();
    let expected =
        "no connection could be made: client error (Connect): timed out after 30ms of connecting";
    assert!(text.contains(expected), "{text}");
}

#[tokio::test]
async fn what_nobody_listens_to_is_an_io_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let address = listener.local_addr().expect("a socket");
    drop(listener);
    let client = client(&format!("http://{address}"), TimeoutConfig::disabled(), 1);
    let error = list(&client).await.expect_err("nobody listens");
    let failure = dispatch_failure(&error);
    assert!(failure.is_io(), "{failure:?}");
}

#[tokio::test]
async fn a_connection_is_kept_for_the_next_request() {
    let (url, connections) = server(|_, _| Reply::Answer(200)).await;
    let client = client(&url, TimeoutConfig::disabled(), 1);
    for _ in 0..5 {
        list(&client).await.expect("a response");
    }
    assert_eq!(connections.load(Ordering::Relaxed), 1);
}

/// One connection for each concurrent request, and all of them are reused.
#[tokio::test]
async fn requests_at_once_have_a_connection_each() {
    let (url, connections) = server(|_, _| Reply::Answer(200)).await;
    let client = client(&url, TimeoutConfig::disabled(), 1);
    for _ in 0..3 {
        let calls = (0..8).map(|_| list(&client));
        for answer in futures_util::future::join_all(calls).await {
            answer.expect("a response");
        }
    }
    let connections = connections.load(Ordering::Relaxed);
    assert!((2..=8).contains(&connections), "{connections}");
}

#[tokio::test]
async fn a_request_is_sent_again_when_its_connection_ends_without_an_answer() {
    let (url, connections) = server(|connection, request| match (connection, request) {
        (1, 2) => Reply::Close,
        _ => Reply::Answer(200),
    })
    .await;
    let client = client(&url, TimeoutConfig::disabled(), 2);
    for _ in 0..3 {
        list(&client).await.expect("a response");
    }
    assert_eq!(connections.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn an_answer_that_is_cut_off_is_no_answer() {
    let (url, connections) = server(|connection, _| match connection {
        1 => Reply::CutOff(5),
        _ => Reply::Answer(200),
    })
    .await;
    let client = client(&url, TimeoutConfig::disabled(), 2);
    let first = list(&client).await;
    assert!(
        first.is_ok() || matches!(first, Err(SdkError::ResponseError(_))),
        "{first:?}"
    );
    list(&client).await.expect("a response");
    assert_eq!(connections.load(Ordering::Relaxed), 2);
}

/// A server that fails temporarily may be one of several: a retry uses another connection, if possible.
#[tokio::test]
async fn a_try_after_a_failure_of_the_server_has_a_new_connection() {
    let (url, connections) = server(|connection, _| match connection {
        1 => Reply::Answer(503),
        _ => Reply::Answer(200),
    })
    .await;
    let client = client(&url, TimeoutConfig::disabled(), 2);
    list(&client).await.expect("a response");
    assert_eq!(connections.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn each_client_s_limits_are_its_own() {
    let (url, _) = server(|_, _| Reply::Silence).await;
    let times = TimeoutConfig::builder().read_timeout(Duration::from_millis(20));
    let client = client(&url, TimeoutConfig::disabled(), 1);
    let call = client.list_accounts().customize();
    let config = chime_sdk::Config::builder().timeout_config(times.build());
    let call = call.config_override(config).send();
    let error = call.await.expect_err("silence");
    let failure = dispatch_failure(&error);
    assert!(failure.is_timeout(), "{failure:?}");
}

/// Without a connection, nothing was sent, so even requests that must not take effect twice are retried.
/// After a request was sent, they are not.
#[tokio::test]
async fn a_run_knows_what_was_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let no_tls = format!("https://{}", listener.local_addr().expect("a socket"));
    let (no_answer, _) = server(|_, _| Reply::Close).await;
    let times = TimeoutConfig::builder().connect_timeout(Duration::from_millis(30));
    for (url, refused, unknown, requests) in [(no_tls, 1, 0, 3), (no_answer, 0, 1, 1)] {
        let config = BatchConfig::new()
            .max_tries(3)
            .initial_backoff(Duration::from_millis(1));
        let report = client(&url, times.clone().build(), 1)
            .batch_delete_phone_number()
            .send_all(["+1".to_owned()])
            .config(config)
            .report()
            .await;
        let counts = report.counts;
        assert_eq!(
            (counts.refused, counts.unknown, counts.requests),
            (refused, unknown, requests),
            "{report:?}"
        );
    }
}
