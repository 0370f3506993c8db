//! What programs can observe of calls: spans of `tracing`, and the function that is called once a call.

use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use chime_sdk::config::retry::RetryConfig;
use chime_sdk::config::{Credentials, Region, on_call};
use chime_sdk::{Client, Config};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

/// A client whose requests get these responses: status, code of the error.
fn client(
    responses: &'static [(u16, &str)],
    configure: impl FnOnce(chime_sdk::config::Builder) -> chime_sdk::config::Builder,
) -> Client {
    let sent = AtomicUsize::new(0);
    let http_client = infallible_client_fn(move |_| {
        let number = sent.fetch_add(1, Ordering::Relaxed);
        let (status, code) = responses[number];
        http::Response::builder()
            .status(status)
            .header("x-amzn-requestid", format!("id-{}", number + 1))
            .header("x-amzn-errortype", code)
            .body(SdkBody::from(r#"{"Room": {}}"#))
            .expect("a response")
    });
    let config = Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "tests"))
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
        .http_client(http_client);
    Client::from_conf(configure(config).build())
}

async fn get_room(client: &Client) -> bool {
    let call = client.get_room().account_id("account").room_id("room");
    call.send().await.is_ok()
}

#[derive(Debug, Default, Clone, PartialEq)]
struct Seen {
    name: &'static str,
    parent: Option<&'static str>,
    fields: BTreeMap<&'static str, String>,
    is_closed: bool,
}

/// The message of an event, and the span that it is in.
type InSpan = (String, Option<&'static str>);

/// Keeps the spans and events of the client.
#[derive(Clone, Default)]
struct Spans {
    spans: Arc<Mutex<BTreeMap<u64, Seen>>>,
    /// The messages of events, with the span that each is in.
    events: Arc<Mutex<Vec<InSpan>>>,
}

struct Fields<'a>(&'a mut BTreeMap<&'static str, String>);

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Spans {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let span = context.span(id).expect("a span");
        if span.metadata().target() != "smithy_client" {
            return;
        }
        let mut seen = Seen {
            name: span.name(),
            parent: span.parent().map(|parent| parent.name()),
            ..Seen::default()
        };
        attributes.record(&mut Fields(&mut seen.fields));
        self.spans
            .lock()
            .expect("a lock")
            .insert(id.into_u64(), seen);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        if let Some(seen) = self.spans.lock().expect("a lock").get_mut(&id.into_u64()) {
            values.record(&mut Fields(&mut seen.fields));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if event.metadata().target() != "smithy_client" {
            return;
        }
        let mut fields = BTreeMap::new();
        event.record(&mut Fields(&mut fields));
        let span = context.event_span(event).map(|span| span.name());
        let message = fields.remove("message").unwrap_or_default();
        self.events.lock().expect("a lock").push((message, span));
    }

    fn on_close(&self, id: Id, _: Context<'_, S>) {
        if let Some(seen) = self.spans.lock().expect("a lock").get_mut(&id.into_u64()) {
            seen.is_closed = true;
        }
    }
}

fn span(name: &'static str, parent: Option<&'static str>, fields: &[(&'static str, &str)]) -> Seen {
    Seen {
        name,
        parent,
        fields: fields
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect(),
        is_closed: true,
    }
}

/// tracing decides once whether anybody listens to an event, so no call without a subscriber may run beside one with.
static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

#[tokio::test]
async fn a_call_is_a_span_with_a_child_for_each_attempt() {
    let _guard = ONE_AT_A_TIME.lock().await;
    let spans = Spans::default();
    let subscriber = tracing_subscriber::registry().with(spans.clone());
    let default = tracing::subscriber::set_default(subscriber);
    let client = client(
        &[(500, "Failure"), (503, "Unavailable"), (200, "")],
        |config| config,
    );
    assert!(get_room(&client).await);
    drop(default);

    let seen: Vec<Seen> = spans
        .spans
        .lock()
        .expect("a lock")
        .values()
        .cloned()
        .collect();
    let failed = |number: u32, status: &str, error: &str| {
        let id = format!("id-{number}");
        let number = number.to_string();
        span(
            "attempt",
            Some("invoke"),
            &[
                ("attempt", number.as_str()),
                ("aws.request_id", id.as_str()),
                ("error.type", error),
                ("http.response.status_code", status),
                ("otel.status_code", "ERROR"),
            ],
        )
    };
    let expected = [
        span(
            "invoke",
            None,
            &[
                ("attempts", "3"),
                ("aws.request_id", "id-3"),
                ("cloud.region", "us-east-1"),
                ("http.response.status_code", "200"),
                ("otel.kind", "client"),
                ("otel.name", "Chime.GetRoom"),
                ("rpc.method", "GetRoom"),
                ("rpc.service", "Chime"),
                ("rpc.system", "aws-api"),
            ],
        ),
        failed(1, "500", "Failure"),
        failed(2, "503", "Unavailable"),
        span(
            "attempt",
            Some("invoke"),
            &[
                ("attempt", "3"),
                ("aws.request_id", "id-3"),
                ("http.response.status_code", "200"),
            ],
        ),
    ];
    assert_eq!(seen.len(), expected.len(), "{seen:#?}");
    for expected in expected {
        assert!(
            seen.contains(&expected),
            "{expected:#?} is not in {seen:#?}"
        );
    }
    let events = spans.events.lock().expect("a lock").clone();
    let attempt = ("attempt ended".to_owned(), Some("attempt"));
    let call = ("call ended".to_owned(), Some("invoke"));
    assert_eq!(events, [attempt.clone(), attempt.clone(), attempt, call]);
}

#[tokio::test]
async fn on_call_sees_each_call_once() {
    let _guard = ONE_AT_A_TIME.lock().await;
    type Row = (String, u32, Option<u16>, Option<String>, Option<String>);
    let rows: Arc<Mutex<Vec<Row>>> = Arc::default();
    let responses = &[
        (500, "Failure"),
        (200, ""),
        (404, "NotFoundException"),
        (400, "NobodyKnows"),
    ];
    let seen = rows.clone();
    let client = client(responses, |config| {
        config.interceptor(on_call(move |call| {
            assert_eq!(call.service(), "Chime");
            assert!(call.duration() < Duration::from_secs(60));
            seen.lock().expect("a lock").push((
                call.operation().to_owned(),
                call.attempts(),
                call.http_status(),
                call.request_id().map(str::to_owned),
                call.error().map(str::to_owned),
            ));
        }))
    });
    assert!(get_room(&client).await);
    assert!(!get_room(&client).await);
    assert!(!get_room(&client).await);
    // It fails before a request is made.
    assert!(client.get_room().send().await.is_err());
    let row = |attempts, status, id: Option<&str>, error: Option<&str>| {
        let text = |text: Option<&str>| text.map(str::to_owned);
        (
            "GetRoom".to_owned(),
            attempts,
            status,
            text(id),
            text(error),
        )
    };
    assert_eq!(
        *rows.lock().expect("a lock"),
        [
            row(2, Some(200), Some("id-2"), None),
            row(1, Some(404), Some("id-3"), Some("NotFoundException")),
            row(1, Some(400), Some("id-4"), Some("NobodyKnows")),
            row(0, None, None, Some("other")),
        ]
    );
}
