//! Events in both directions at the same time, over HTTP/2 with TLS.
//!
//! The client reads the certificate that it trusts from the environment, which a test cannot set for itself. So the
//! test with the server runs the other one, the client, as a process.

#![allow(
    clippy::result_large_err,
    reason = "streams of events have the errors of the model"
)]

use aws_smithy_eventstream::frame::{read_message_from, write_message_to};
use bytes::{Bytes, BytesMut};
use fixture_event_streams::SERVICE;
use fixture_event_streams::operation::converse::builders::ConverseFluentBuilder;
use fixture_event_streams::types::{Heard, Said, Words};
use futures_util::{StreamExt, stream};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper_util::rt::{TokioExecutor, TokioIo};
use smithy_client::Client;
use smithy_client::config::{BehaviorVersion, Config, Credentials, Region};
use smithy_client::protocol::RestJson1;
use smithy_operation::FluentBuilder;
use smithy_operation::event_stream::{EventStreamSender, Header, HeaderValue, Message};
use std::convert::Infallible;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

const URL: &str = "TEST_HTTP2_URL";
const EVENTS: usize = 5;

type Body = StreamBody<stream::BoxStream<'static, Result<Frame<Bytes>, Infallible>>>;

/// Answers each event of the request by one, while the request goes on.
async fn answer(request: http::Request<Incoming>) -> Result<http::Response<Body>, Infallible> {
    assert_eq!(request.version(), http::Version::HTTP_2);
    let (sender, receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut body = request.into_body();
        let mut read = BytesMut::new();
        while let Some(Ok(frame)) = body.frame().await {
            read.extend(frame.into_data().unwrap_or_default());
            while let Some(length) = read
                .first_chunk()
                .map(|it| u32::from_be_bytes(*it) as usize)
            {
                if read.len() < length {
                    break;
                }
                let signed = read.split_to(length).freeze();
                let signed = read_message_from(signed).expect("a frame");
                if !signed.payload().is_empty() {
                    let header = |name: &'static str, value: &str| {
                        Header::new(name, HeaderValue::String(value.to_owned().into()))
                    };
                    let headers = vec![
                        header(":message-type", "event"),
                        header(":event-type", "words"),
                        header(":content-type", "application/json"),
                    ];
                    let mut bytes = Vec::new();
                    let event = Message::new_from_parts(headers, &b"{}"[..]);
                    write_message_to(&event, &mut bytes).expect("a frame");
                    let _ = sender.send(Ok(Frame::data(bytes.into())));
                }
            }
        }
    });
    let events = stream::unfold(receiver, |mut receiver| async move {
        let event = receiver.recv().await?;
        Some((event, receiver))
    });
    Ok(http::Response::new(StreamBody::new(events.boxed())))
}

#[tokio::test]
async fn events_travel_both_ways_at_once() {
    let key = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]);
    let key = key.expect("a certificate");
    let private = PrivateKeyDer::Pkcs8(key.signing_key.serialize_der().into());
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![key.cert.der().clone()], private)
        .expect("a configuration");
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let port = listener.local_addr().expect("a socket").port();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a connection");
        let stream = acceptor.accept(stream).await.expect("TLS");
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
        let service = hyper::service::service_fn(answer);
        let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
        server.serve_connection(TokioIo::new(stream), service).await
    });
    let folder = tempfile::tempdir().expect("a folder");
    let bundle = folder.path().join("bundle.pem");
    std::fs::write(&bundle, key.cert.pem()).expect("a file");
    let client = tokio::process::Command::new(std::env::current_exe().expect("a program"))
        .args(["--exact", "client", "--ignored", "--nocapture"])
        .env("AWS_CA_BUNDLE", &bundle)
        .env(URL, format!("https://localhost:{port}"))
        .output()
        .await
        .expect("a process");
    let printed = String::from_utf8_lossy(&client.stdout);
    let errors = String::from_utf8_lossy(&client.stderr);
    assert!(client.status.success(), "{printed}\n{errors}");
    assert!(printed.contains("1 passed"), "{printed}");
}

#[tokio::test]
#[ignore = "another test runs it with a server"]
async fn client() {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(std::env::var(URL).expect("the URL"))
        .credentials_provider(Credentials::new("access", "secret", None, None, "test"))
        .build();
    let client = Client::new(&SERVICE, RestJson1, config);
    let converse: ConverseFluentBuilder = FluentBuilder::new(client.handle().clone());
    let (sender, receiver) = mpsc::unbounded_channel();
    let said = stream::unfold(receiver, |mut receiver| async move {
        let said = receiver.recv().await?;
        Some((Ok(said), receiver))
    });
    let call = converse.said(EventStreamSender::from(said));
    let mut output = call.send().await.expect("an output");
    for _ in 0..EVENTS {
        // An event is sent only after the one before it has been answered.
        sender
            .send(Said::Words(Words::builder().build()))
            .expect("sent");
        let event = output.heard.recv().await.expect("an event");
        assert_eq!(event, Some(Heard::Words(Words::builder().build())));
    }
    drop(sender);
    assert_eq!(output.heard.recv().await.expect("the end"), None);
}
