//! Event streams: frames of every kind, and calls over a socket in both directions.

#![allow(
    clippy::result_large_err,
    reason = "streams of events have the errors of the model"
)]

use aws_credential_types::Credentials;
use aws_sigv4::event_stream::{sign_empty_message, sign_message};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_eventstream::frame::{read_message_from, write_message_to};
use aws_smithy_json::protocol::aws_rest_json_1::AwsRestJsonProtocol;
use aws_smithy_schema::protocol::SharedClientProtocol;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::{Blob, DateTime};
use bytes::Bytes;
use fixture_event_streams::SERVICE;
use fixture_event_streams::operation::converse::builders::ConverseFluentBuilder;
use fixture_event_streams::operation::publish::builders::PublishFluentBuilder;
use fixture_event_streams::operation::watch::builders::WatchFluentBuilder;
use fixture_event_streams::types::error::{EventsError, Failed, Refused, SaidError};
use fixture_event_streams::types::*;
use futures_util::stream;
use smithy_client::Client;
use smithy_client::config::{BehaviorVersion, Config, Region, StalledStreamProtectionConfig};
use smithy_client::protocol::{AwsJson1_1, RestJson1};
use smithy_operation::error::{ProvideErrorMetadata, SdkError};
use smithy_operation::event_stream::{
    EventCodec, EventReceiver, EventSource, EventStreamSender, Header, HeaderValue, Message,
    RawMessage,
};
use smithy_operation::{FluentBuilder, ResponseStream};
use std::time::{Duration, SystemTime};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

fn codec() -> EventCodec {
    EventCodec::new(SharedClientProtocol::new(AwsRestJsonProtocol::new()))
}

fn text(name: &'static str, value: &str) -> Header {
    Header::new(name, HeaderValue::String(value.to_owned().into()))
}

fn event(name: &str, headers: Vec<Header>, payload: &str) -> Message {
    let mut all = vec![text(":message-type", "event"), text(":event-type", name)];
    all.extend(headers);
    Message::new_from_parts(all, payload.to_owned())
}

fn frames(messages: &[Message]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for message in messages {
        write_message_to(message, &mut bytes).expect("a frame");
    }
    bytes
}

fn receiver(bytes: Vec<u8>) -> EventReceiver<Events, EventsError> {
    let source = EventSource::new(SdkBody::from(bytes), codec(), false);
    ResponseStream::Events(Box::new(source)).into()
}

async fn received(message: Message) -> Result<Option<Events>, SdkError<EventsError, RawMessage>> {
    receiver(frames(&[message])).recv().await
}

/// Every kind of event, and the content type and payload that it has.
fn kinds() -> Vec<(Events, Option<&'static str>, &'static str)> {
    let inner = || Inner::builder().name("a").count(3).build();
    let json = Some("application/json");
    let headers = Headers::builder()
        .boolean(true)
        .byte(-1)
        .short(-2)
        .integer(-3)
        .long(i64::MIN)
        .blob(Blob::new("b"))
        .string("s")
        .timestamp(DateTime::from_millis(1_730_384_114_000))
        .mood(Mood::Good);
    vec![
        (Events::Headers(headers.build()), None, ""),
        (
            Events::Blob(BlobEvent::builder().payload(Blob::new("raw")).build()),
            Some("application/octet-stream"),
            "raw",
        ),
        (
            Events::Text(TextEvent::builder().payload("hello").build()),
            Some("text/plain"),
            "hello",
        ),
        (
            Events::Structure(StructureEvent::builder().payload(inner()).build()),
            json,
            r#"{"count":3,"name":"a"}"#,
        ),
        (
            Events::Union(
                UnionEvent::builder()
                    .payload(Choice::Text("t".into()))
                    .build(),
            ),
            json,
            r#"{"text":"t"}"#,
        ),
        (
            Events::Both(Both::builder().header("h").payload(inner()).build()),
            json,
            r#"{"count":3,"name":"a"}"#,
        ),
        (
            Events::Mixed(
                Mixed::builder()
                    .header("h")
                    .items("i")
                    .inner(inner())
                    .build(),
            ),
            json,
            r#"{"inner":{"count":3,"name":"a"},"items":["i"]}"#,
        ),
        (Events::Nothing(Nothing::builder().build()), None, ""),
    ]
}

async fn sent(mut sender: EventStreamSender<Events, EventsError>) -> Vec<Result<Message, String>> {
    use smithy_operation::event_stream::EventBody;
    let messages = sender.take_messages(&codec()).expect("a stream");
    let signer = aws_smithy_eventstream::frame::NoOpSigner {};
    let mut body = EventBody::new(None, messages, signer).into_body();
    let mut sent = Vec::new();
    while let Some(frame) = next_frame(&mut body).await {
        sent.push(match frame {
            Ok(bytes) => Ok(read_message_from(bytes).expect("a frame")),
            Err(error) => Err(error),
        });
    }
    sent
}

async fn next_frame(body: &mut SdkBody) -> Option<Result<Bytes, String>> {
    use http_body_util::BodyExt;
    let frame = body.frame().await?;
    Some(match frame {
        Ok(frame) => Ok(frame.into_data().expect("data")),
        Err(error) => Err(error.to_string()),
    })
}

#[tokio::test]
async fn every_kind_of_event_is_sent_and_received() {
    for (event, content_type, payload) in kinds() {
        let sent = sent(EventStreamSender::once(Ok(event.clone()))).await;
        let [Ok(message)] = sent.as_slice() else {
            panic!("{sent:?}");
        };
        let header = |name: &str| {
            let mut headers = message.headers().iter();
            let header = headers.find(|header| header.name().as_str() == name)?;
            Some(
                header
                    .value()
                    .as_string()
                    .expect("text")
                    .as_str()
                    .to_owned(),
            )
        };
        assert_eq!(header(":message-type").as_deref(), Some("event"));
        assert_eq!(
            header(":content-type").as_deref(),
            content_type,
            "{event:?}"
        );
        assert_eq!(message.payload(), payload, "{event:?}");
        let read = received(message.clone()).await.expect("an event");
        assert_eq!(read, Some(event));
    }
}

/// A frame of the protocol's conformance tests.
#[tokio::test]
async fn a_frame_of_another_implementation_is_read() {
    let frame = "AAAATwAAAD8J5z3MDTptZXNzYWdlLXR5cGUHAAVldmVudAs6ZXZlbnQtdHlwZQcAB2hlYWRlcnMMc3RyaW5nSGVhZGVyBwADZm9vxT+2MA==";
    let frame = aws_smithy_types::base64::decode(frame).expect("base64");
    let read = receiver(frame).recv().await.expect("an event");
    // The header is not in our model.
    assert_eq!(read, Some(Events::Headers(Headers::builder().build())));
}

#[tokio::test]
async fn unknown_events_are_received_as_such() {
    let mut events = receiver(frames(&[
        event("later", Vec::new(), "?"),
        event("nothing", Vec::new(), ""),
    ]));
    let unknown = events.recv().await.expect("an event").expect("an event");
    assert!(unknown.is_unknown(), "{unknown:?}");
    assert!(
        events
            .recv()
            .await
            .expect("an event")
            .expect("an event")
            .is_nothing()
    );
    assert!(events.recv().await.expect("the end").is_none());
    let sent = sent(EventStreamSender::once(Ok(Events::Unknown))).await;
    assert!(
        matches!(&sent[..], [Err(error)] if error.contains("cannot be sent")),
        "{sent:?}"
    );
}

fn exception(name: &str, payload: &str) -> Message {
    let headers = vec![
        text(":message-type", "exception"),
        text(":exception-type", name),
        text(":content-type", "application/json"),
        text("reason", "overload"),
    ];
    Message::new_from_parts(headers, payload.to_owned())
}

#[tokio::test]
async fn modelled_errors_end_the_stream() {
    let mut bytes = frames(&[exception("failed", r#"{"message":"no"}"#)]);
    bytes.extend(frames(&[event("nothing", Vec::new(), "")]));
    let mut events = receiver(bytes);
    let error = events.recv().await.expect_err("an error");
    let SdkError::ServiceError(_) = &error else {
        panic!("{error:?}");
    };
    let error = error.into_service_error();
    assert_eq!(error.to_string(), "Events failed: Failed: no");
    let EventsError::Failed(failed) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(failed.message.as_deref(), Some("no"));
    assert_eq!(failed.reason.as_deref(), Some("overload"));
    let of_service = fixture_event_streams::Error::from(error);
    assert_eq!(of_service.code(), Some("Failed"));
    assert!(events.recv().await.expect("the end").is_none());
}

#[tokio::test]
async fn other_errors_have_a_code_and_a_message() {
    let error = Message::new_from_parts(
        vec![
            text(":message-type", "error"),
            text(":error-code", "internal-error"),
            text(":error-message", "Something broke."),
        ],
        "",
    );
    for (message, code, said) in [
        (error, "internal-error", "Something broke."),
        (exception("later", r#"{"message":"new"}"#), "later", "new"),
    ] {
        let error = received(message)
            .await
            .expect_err("an error")
            .into_service_error();
        assert_eq!(
            (error.meta().code(), error.meta().message()),
            (Some(code), Some(said))
        );
        assert!(!error.is_failed(), "{error:?}");
    }
}

#[tokio::test]
async fn damaged_messages_are_response_errors() {
    let good = event("text", vec![text(":content-type", "text/plain")], "hello");
    let frame = frames(std::slice::from_ref(&good));
    let mut bad_checksum = frame.clone();
    *bad_checksum.last_mut().expect("a byte") ^= 1;
    let mut bad_payload = frame.clone();
    let middle = bad_payload.len() - 6;
    bad_payload[middle] ^= 1;
    let typeless = Message::new_from_parts(vec![text(":event-type", "text")], "");
    let bytes = |value: &'static str| HeaderValue::ByteArray(Bytes::from_static(value.as_bytes()));
    let malformed_type =
        Message::new_from_parts(vec![Header::new(":message-type", bytes("event"))], "");
    let nameless = Message::new_from_parts(vec![text(":message-type", "event")], "");
    let malformed_name = Message::new_from_parts(
        vec![
            text(":message-type", "event"),
            Header::new(":event-type", bytes("text")),
        ],
        "",
    );
    let other_type = Message::new_from_parts(vec![text(":message-type", "odd")], "");
    let wrong_header = event("headers", vec![text("integer", "1")], "");
    let wrong_payload = event("mixed", Vec::new(), "{\"name\":1}");
    for (what, bytes, said) in [
        ("checksum", bad_checksum, "checksum"),
        ("payload", bad_payload, "checksum"),
        (
            "cut off",
            frame[..frame.len() - 1].to_vec(),
            "ended within a frame",
        ),
        ("beginning", frame[..3].to_vec(), "ended within a frame"),
        ("zeros", vec![0; 40], "cannot be 0 bytes long"),
        ("noise", vec![0xff; 40], "cannot be 4294967295 bytes long"),
        (
            "no type",
            frames(&[typeless]),
            "`:message-type` of an event-stream message is missing",
        ),
        ("type", frames(&[malformed_type]), "is not a string"),
        (
            "no name",
            frames(&[nameless]),
            "`:event-type` of an event-stream message is missing",
        ),
        ("name", frames(&[malformed_name]), "is not a string"),
        (
            "other type",
            frames(&[other_type]),
            "cannot have the type `odd`",
        ),
        ("header", frames(&[wrong_header]), "is not a 32-bit integer"),
        ("members", frames(&[wrong_payload]), ""),
    ] {
        let mut events = receiver(bytes);
        let error = events.recv().await.expect_err(what);
        assert!(
            matches!(error, SdkError::ResponseError(_)),
            "{what}: {error:?}"
        );
        let source = std::error::Error::source(&error)
            .expect("a source")
            .to_string();
        assert!(source.contains(said), "{what}: {source}");
        assert!(events.recv().await.expect("the end").is_none(), "{what}");
    }
}

/// Random bytes, and frames with random changes, end in events or errors.
#[tokio::test]
async fn no_bytes_cause_a_panic() {
    let events: Vec<_> = kinds().into_iter().map(|(event, ..)| Ok(event)).collect();
    let sender = EventStreamSender::from(stream::iter(events));
    let messages: Vec<_> = sent(sender)
        .await
        .into_iter()
        .map(|it| it.expect("a message"))
        .collect();
    let good = frames(&messages);
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..2_000 {
        let mut bytes = good.clone();
        for _ in 0..random.usize(1..8) {
            let at = random.usize(..bytes.len());
            bytes[at] = random.u8(..);
        }
        bytes.truncate(random.usize(..=bytes.len()));
        let mut events = receiver(bytes);
        while let Ok(Some(_)) = events.recv().await {}
    }
}

#[tokio::test]
async fn sensitive_events_are_not_shown() {
    let source = |message| {
        let body = SdkBody::from(frames(&[message]));
        let source = EventSource::new(body, codec(), true);
        let stream = ResponseStream::Events(Box::new(source));
        EventReceiver::<Heard, fixture_event_streams::types::error::HeardError>::from(stream)
    };
    let words = event("words", Vec::new(), r#"{"text":"hunter2"}"#);
    let heard = source(words)
        .recv()
        .await
        .expect("an event")
        .expect("an event");
    assert_eq!(heard.as_words().expect("words").text(), Some("hunter2"));
    assert!(!format!("{heard:?}").contains("hunter2"), "{heard:?}");
    for payload in [r#"{"text":"hunter2","speaker":1}"#, "hunter2"] {
        let error = source(event("words", Vec::new(), payload)).recv().await;
        let error = error.expect_err("no match");
        let shown = format!(
            "{error:?} {}",
            std::error::Error::source(&error).expect("a source")
        );
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}

/// A server for one request. It sends the response in pieces of random length.
struct Server {
    url: String,
    request: tokio::task::JoinHandle<Request>,
}

struct Request {
    head: String,
    body: Vec<u8>,
}

impl Request {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

async fn server(head: &'static str, body: Vec<u8>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let url = format!("http://{}", listener.local_addr().expect("a socket"));
    let request = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let request = request(&mut stream).await;
        let head = format!("HTTP/1.1 {head}transfer-encoding: chunked\r\n\r\n");
        stream.write_all(head.as_bytes()).await.expect("a socket");
        let mut rest = body.as_slice();
        while !rest.is_empty() {
            let (piece, others) = rest.split_at(fastrand::usize(1..=rest.len().min(30)));
            rest = others;
            let mut chunk = format!("{:x}\r\n", piece.len()).into_bytes();
            chunk.extend(piece);
            chunk.extend(b"\r\n");
            stream.write_all(&chunk).await.expect("a socket");
            stream.flush().await.expect("a socket");
        }
        stream.write_all(b"0\r\n\r\n").await.expect("a socket");
        request
    });
    Server { url, request }
}

async fn line(stream: &mut TcpStream) -> String {
    let mut line = Vec::new();
    while !line.ends_with(b"\r\n") {
        line.push(stream.read_u8().await.expect("a byte"));
    }
    String::from_utf8(line).expect("text")
}

async fn request(stream: &mut TcpStream) -> Request {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        head.push_str(&line(stream).await);
    }
    let mut request = Request {
        head,
        body: Vec::new(),
    };
    if request.header("transfer-encoding") == Some("chunked") {
        loop {
            let length = line(stream).await;
            let length = usize::from_str_radix(length.trim(), 16).expect("a length");
            let mut chunk = vec![0; length + 2];
            stream.read_exact(&mut chunk).await.expect("a chunk");
            if length == 0 {
                break;
            }
            request.body.extend(&chunk[..length]);
        }
    } else if let Some(length) = request.header("content-length") {
        request.body = vec![0; length.parse().expect("a length")];
        stream.read_exact(&mut request.body).await.expect("a body");
    }
    request
}

fn client(url: &str) -> Client {
    Client::new(&SERVICE, RestJson1, config(url))
}

fn config(url: &str) -> Config {
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(url)
        .credentials_provider(credentials())
        // It would end the streams of these tests.
        .stalled_stream_protection(
            StalledStreamProtectionConfig::enabled()
                .grace_period(Duration::from_millis(1))
                .build(),
        )
        .build()
}

fn credentials() -> Credentials {
    Credentials::new("access", "secret", None, None, "test")
}

#[tokio::test]
async fn the_events_of_a_response_arrive() {
    let sent: Vec<Message> = {
        let events: Vec<_> = kinds().into_iter().map(|(event, ..)| Ok(event)).collect();
        let sent = sent(EventStreamSender::from(stream::iter(events))).await;
        sent.into_iter().map(|it| it.expect("a message")).collect()
    };
    let head = "200 OK\r\nx-session: s1\r\nx-amzn-requestid: r1\r\n";
    let server = server(head, frames(&sent)).await;
    let client = client(&server.url);
    let watch: WatchFluentBuilder = FluentBuilder::new(client.handle().clone());
    let mut output = watch.topic("news").send().await.expect("an output");
    assert_eq!(output.session(), Some("s1"));
    assert_eq!(
        smithy_operation::generated::RequestId::request_id(&output),
        Some("r1")
    );
    for (event, ..) in kinds() {
        assert_eq!(output.events.recv().await.expect("an event"), Some(event));
    }
    assert_eq!(output.events.recv().await.expect("the end"), None);
    let request = server.request.await.expect("a request");
    assert_eq!(request.body, br#"{"Topic":"news"}"#);
}

#[tokio::test]
async fn a_refused_request_has_no_events() {
    let head = "400 Bad\r\nx-amzn-errortype: Refused\r\n";
    let server = server(head, br#"{"message":"no"}"#.to_vec()).await;
    let client = client(&server.url);
    let converse: ConverseFluentBuilder = FluentBuilder::new(client.handle().clone());
    let said = EventStreamSender::from(stream::empty());
    let error = converse.said(said).send().await.expect_err("refused");
    let error = error.into_service_error();
    assert!(error.is_refused(), "{error:?}");
}

/// Each frame is signed with the signature before it; the reference is `aws-sigv4`.
#[tokio::test]
async fn the_events_of_a_request_are_signed() {
    let server = server("200 OK\r\n", Vec::new()).await;
    let client = client(&server.url);
    let publish: PublishFluentBuilder = FluentBuilder::new(client.handle().clone());
    let failed = Failed::builder().message("no").reason("why").build();
    let events = vec![
        Ok(Events::Text(TextEvent::builder().payload("hello").build())),
        Ok(Events::Nothing(Nothing::builder().build())),
        Err(EventsError::Failed(failed)),
    ];
    let sender = EventStreamSender::from(stream::iter(events));
    publish
        .topic("news")
        .events(sender)
        .send()
        .await
        .expect("an output");
    let request = server.request.await.expect("a request");
    assert!(
        request.head.starts_with("POST /publish/news HTTP/1.1"),
        "{}",
        request.head
    );
    let content_type = request.header("content-type");
    assert_eq!(content_type, Some("application/vnd.amazon.eventstream"));
    assert_eq!(request.header("content-length"), None);

    let authorization = request.header("authorization").expect("a signature");
    let (_, signature) = authorization
        .rsplit_once("Signature=")
        .expect("a signature");
    let mut last = signature.trim().to_owned();
    let mut body = Bytes::from(request.body);
    let mut inner = Vec::new();
    while !body.is_empty() {
        let length = u32::from_be_bytes(*body.first_chunk().expect("a length")) as usize;
        let signed = read_message_from(body.split_to(length)).expect("a frame");
        let date = signed.headers()[1].value().as_timestamp().expect("a date");
        let identity = credentials().into();
        let params = SigningParams::builder()
            .identity(&identity)
            .region("us-east-1")
            .name("example")
            .time(SystemTime::try_from(date).expect("a time"))
            .settings(())
            .build()
            .expect("parameters");
        let expected = match signed.payload().is_empty() {
            true => sign_empty_message(&last, &params),
            false => {
                let message = read_message_from(signed.payload().clone()).expect("a frame");
                inner.push(message.clone());
                sign_message(&message, &last, &params)
            }
        };
        let (expected, signature) = expected.expect("a signature").into_parts();
        assert_eq!(signed, expected);
        last = signature;
        if signed.payload().is_empty() {
            assert!(body.is_empty(), "the empty message is the last");
        }
    }
    let names: Vec<_> = inner
        .iter()
        .map(|message| {
            let value = |at: usize| {
                message.headers()[at]
                    .value()
                    .as_string()
                    .expect("text")
                    .as_str()
            };
            (value(0), value(1))
        })
        .collect();
    let expected = [
        ("event", "text"),
        ("event", "nothing"),
        ("exception", "failed"),
    ];
    assert_eq!(names, expected);
    assert_eq!(inner[2].payload(), r#"{"message":"no"}"#);
}

#[tokio::test]
async fn an_input_without_its_stream_is_not_sent() {
    let client = client("http://127.0.0.1:1");
    let publish: PublishFluentBuilder = FluentBuilder::new(client.handle().clone());
    let error = publish.topic("news").send().await.expect_err("no stream");
    assert!(
        matches!(error, SdkError::ConstructionFailure(_)),
        "{error:?}"
    );
    let text = error.into_service_error().to_string();
    assert!(
        text.contains("`Events` is missing: set it with `.events(...)`"),
        "{text}"
    );
}

/// The body has been sent, so a second attempt would lack it.
#[tokio::test]
async fn a_request_with_events_is_sent_once() {
    let server = server("503 Busy\r\n", Vec::new()).await;
    let client = client(&server.url);
    let publish: PublishFluentBuilder = FluentBuilder::new(client.handle().clone());
    let event = Ok(Events::Nothing(Nothing::builder().build()));
    let sender = EventStreamSender::once(event);
    let error = publish.topic("news").events(sender).send().await;
    // A second request would wait for ever, or be refused.
    assert!(matches!(error, Err(SdkError::ServiceError(_))), "{error:?}");
}

#[tokio::test]
async fn an_error_that_cannot_be_sent_ends_the_request() {
    let sender = EventStreamSender::<Events, _>::once(Err(EventsError::unhandled("no microphone")));
    let sent = sent(sender).await;
    assert!(
        matches!(&sent[..], [Err(error)] if error.contains("no microphone")),
        "{sent:?}"
    );
    let refused = SaidError::Refused(Refused::builder().build());
    assert!(refused.is_refused());
}

/// Without HTTP bindings, the first event contains the members other than the stream.
#[tokio::test]
async fn initial_events_hold_the_other_members() {
    use fixture_event_streams_rpc::operation::converse::builders::ConverseFluentBuilder;
    use fixture_event_streams_rpc::types::{Noise, Said, Words};

    let words = event("words", Vec::new(), r#"{"text":"hi"}"#);
    let initial = event("initial-response", Vec::new(), r#"{"Session":"s1"}"#);
    for (messages, session) in [
        (vec![initial, words.clone()], Some("s1")),
        // It may be left out.
        (vec![words], None),
    ] {
        let server = server("200 OK\r\nx-amzn-requestid: r1\r\n", frames(&messages)).await;
        let service = &fixture_event_streams_rpc::SERVICE;
        let client = Client::new(service, AwsJson1_1, config(&server.url));
        let converse: ConverseFluentBuilder = FluentBuilder::new(client.handle().clone());
        let said = EventStreamSender::once(Ok(Said::Noise(Noise::builder().build())));
        let output = converse.topic("news").said(said).send().await;
        let mut output = output.expect("an output");
        assert_eq!(output.session(), session);
        let id = smithy_operation::generated::RequestId::request_id(&output);
        assert_eq!(id, Some("r1"));
        let heard = Said::Words(Words::builder().text("hi").build());
        assert_eq!(output.heard.recv().await.expect("an event"), Some(heard));
        assert_eq!(output.heard.recv().await.expect("the end"), None);

        let request = server.request.await.expect("a request");
        assert!(
            request
                .header("x-amz-target")
                .is_some_and(|it| it.ends_with(".Converse"))
        );
        let mut body = Bytes::from(request.body);
        let mut sent = Vec::new();
        while !body.is_empty() {
            let length = u32::from_be_bytes(*body.first_chunk().expect("a length")) as usize;
            let signed = read_message_from(body.split_to(length)).expect("a frame");
            if !signed.payload().is_empty() {
                sent.push(read_message_from(signed.payload().clone()).expect("a frame"));
            }
        }
        let [initial, noise] = sent.as_slice() else {
            panic!("{sent:?}");
        };
        let expected = event(
            "initial-request",
            vec![text(":content-type", "application/json")],
            r#"{"Topic":"news"}"#,
        );
        assert_eq!(initial, &expected);
        assert_eq!(noise, &event("noise", Vec::new(), ""));
    }
}
