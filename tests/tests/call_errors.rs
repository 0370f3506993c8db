//! What every error of a call can report, and the type that all of them convert into.

mod common;

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use chime_sdk::config::retry::RetryConfig;
use chime_sdk::config::timeout::TimeoutConfig;
use chime_sdk::error::{CallError, ConnectorError, SdkError};
use chime_sdk::operation::get_room::{GetRoomError, GetRoomInput};
use chime_sdk::prelude::*;
use chime_sdk::types::error::NotFoundException;
// Both preludes, and a trait of theirs by its name: the methods stay unambiguous.
#[allow(unused_imports)]
use chime_sdk::error::ProvideErrorMetadata as _;
#[allow(unused_imports)]
use chime_sdk_meetings::prelude::*;
use common::{answered_by, client, response};
use smithy_operation::error::ErrorKind;
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const ID: (&str, &str) = ("x-amzn-requestid", "id-1");
const THROTTLED: &str = r#"{"Code": "Throttled", "Message": "slow down"}"#;

async fn get_room(
    status: u16,
    headers: &'static [(&str, &str)],
    body: &'static str,
) -> SdkError<GetRoomError> {
    let (client, _) = answered_by(
        move |_| response(status, headers, body),
        |config| config.retry_config(RetryConfig::disabled()),
    );
    let result = client.send(GetRoomInput::new("a", "r")).await;
    result.expect_err("no success")
}

#[tokio::test]
async fn what_a_call_returns_has_all_methods() {
    let headers = &[
        ID,
        ("x-amzn-errortype", "ThrottledClientException"),
        ("x-amz-retry-after", "1500"),
    ];
    let error = get_room(429, headers, THROTTLED).await;
    assert_eq!(error.code(), Some("ThrottledClientException"));
    assert_eq!(error.message(), Some("slow down"));
    assert_eq!(error.request_id(), Some("id-1"));
    assert_eq!(error.http_status(), Some(429));
    assert_eq!(error.operation(), Some("GetRoom"));
    assert_eq!(error.service(), Some("Chime"));
    assert_eq!(error.retry_after(), Some(Duration::from_millis(1500)));
    assert!(error.is_retryable() && error.is_throttling() && !error.is_timeout());
    assert_eq!(
        error.summary().to_string(),
        "GetRoom failed: ThrottledClientException: slow down (request ID: id-1)"
    );

    // The error of the operation and that of the service have the status of the model.
    let error = error.into_service_error();
    assert_eq!(error.http_status(), Some(429));
    assert!(error.is_throttling());
    assert_eq!(error.operation(), Some("GetRoom"));
    let error = chime_sdk::Error::from(error);
    assert_eq!(error.http_status(), Some(429));
    assert!(error.is_throttling());
    assert_eq!(
        error.summary().to_string(),
        "ThrottledClientException: slow down (request ID: id-1)"
    );
}

#[tokio::test]
async fn a_summary_is_what_the_errors_of_operation_and_service_show() {
    let unreadable = get_room(200, &[ID], "{").await;
    assert_eq!(unreadable.http_status(), Some(200));
    let strange = &[ID, ("x-amzn-errortype", "Strange")];
    let unknown = get_room(503, strange, r#"{"Message": "m"}"#).await;
    assert_eq!(unknown.http_status(), Some(503));
    let construction: SdkError<GetRoomError> = SdkError::construction_failure("no room");
    let refused = SdkError::dispatch_failure(ConnectorError::io("refused".into()));
    let late = SdkError::timeout_error("late");
    let mut shown = Vec::new();
    for error in [unreadable, unknown, construction, refused, late] {
        let summary = error.summary().to_string();
        let is_retryable = error.is_retryable();
        let status = error.http_status();
        let operation = error.into_service_error();
        assert_eq!(operation.to_string(), summary);
        assert_eq!(operation.summary().to_string(), summary);
        shown.push((summary, status, is_retryable));
    }
    let unreadable = &shown[0].0;
    assert!(unreadable.starts_with("GetRoom failed: "), "{unreadable}");
    assert!(unreadable.ends_with("(request ID: id-1)"), "{unreadable}");
    let strange = "GetRoom failed: Strange: m (request ID: id-1)";
    assert_eq!(shown[1].0, strange);
    assert_eq!(
        shown[2].0,
        "GetRoom failed: failed to construct request: no room"
    );
    assert_eq!(
        shown[3].0,
        "GetRoom failed: dispatch failure: io error: refused"
    );
    assert_eq!(shown[4].0, "GetRoom failed: request has timed out: late");
    let retryable: Vec<bool> = shown.iter().map(|(_, _, it)| *it).collect();
    assert_eq!(retryable, [false, true, false, true, true]);
}

#[tokio::test]
async fn the_error_of_the_service_keeps_what_is_known_of_other_failures() {
    let unknown = get_room(503, &[ID], r#"{"Code": "Strange"}"#).await;
    let unknown = chime_sdk::Error::from(unknown);
    assert_eq!(unknown.http_status(), Some(503));
    assert!(unknown.is_retryable() && !unknown.is_throttling());
    let throttled = get_room(429, &[ID], r#"{"Code": "Strange"}"#).await;
    let throttled = chime_sdk::Error::from(throttled);
    assert!(throttled.is_throttling());
    let late: SdkError<GetRoomError> = SdkError::timeout_error("late");
    let late = chime_sdk::Error::from(late);
    assert!(late.is_retryable() && late.is_timeout());
    assert_eq!(late.http_status(), None);
    assert_eq!(late.operation(), Some("GetRoom"));
}

/// Calls both services.
async fn both(
    chime: chime_sdk::Client,
    meetings: chime_sdk_meetings::Client,
) -> Result<(), CallError> {
    chime.send(GetRoomInput::new("a", "r")).await?;
    let meeting = meetings.create_meeting().media_region("us-east-1");
    meeting
        .client_request_token("t")
        .external_meeting_id("m")
        .send()
        .await
        // The service's own error converts as well as what a call returns.
        .map_err(chime_sdk_meetings::Error::from)?;
    chime_sdk_meetings::types::Tag::builder().key("k").build()?;
    Ok(())
}

fn meetings(status: u16, body: &'static str) -> chime_sdk_meetings::Client {
    use chime_sdk_meetings::config::{Credentials, Region};
    let http_client = aws_smithy_http_client::test_util::infallible_client_fn(move |_| {
        http::Response::builder()
            .status(status)
            .header("x-amzn-errortype", "ServiceUnavailableException")
            .body(body)
            .expect("a response")
    });
    let config = chime_sdk_meetings::Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "tests"))
        .retry_config(RetryConfig::disabled())
        .http_client(http_client);
    chime_sdk_meetings::Client::from_conf(config.build())
}

#[tokio::test]
async fn one_question_mark_serves_two_services() {
    let chime = |status, kind: &'static str| {
        let (client, _) = answered_by(
            move |_| {
                response(
                    status,
                    &[ID, ("x-amzn-errortype", kind)],
                    r#"{"Message": "m"}"#,
                )
            },
            |config| config,
        );
        client
    };
    let error = both(chime(404, "NotFoundException"), meetings(200, "{}"));
    let error = error.await.expect_err("no room");
    assert_eq!(
        error.to_string(),
        "GetRoom failed: NotFoundException: m (request ID: id-1)"
    );
    assert_eq!(
        (error.service(), error.operation(), error.http_status()),
        (Some("Chime"), Some("GetRoom"), Some(404))
    );
    assert_eq!(error.code(), Some("NotFoundException"));
    assert_eq!(error.message(), Some("m"));
    assert_eq!(error.request_id(), Some("id-1"));
    assert!(!error.is_retryable());
    assert!(error.downcast_ref::<NotFoundException>().is_some());
    assert!(error.downcast_ref::<GetRoomError>().is_some());
    let source = error.source().expect("a source");
    assert!(source.is::<SdkError<GetRoomError>>());
    assert!(error.into_source().is::<SdkError<GetRoomError>>());

    let error = both(chime(200, ""), meetings(503, r#"{"Message": "later"}"#));
    let error = error.await.expect_err("no meeting");
    assert_eq!(error.to_string(), "ServiceUnavailableException: later");
    assert_eq!(error.service(), Some("Chime SDK Meetings"));
    assert_eq!(error.http_status(), Some(503));
    assert!(error.is_retryable());
    let shape = chime_sdk_meetings::types::error::ServiceUnavailableException::builder;
    let shape = shape().build();
    assert_eq!(shape.message(), None);
    assert!(
        error
            .downcast_ref::<chime_sdk_meetings::types::error::ServiceUnavailableException>()
            .is_some()
    );

    let error = both(chime(200, ""), meetings(200, "{}"))
        .await
        .expect_err("no value");
    assert_eq!(
        error.to_string(),
        "value was missing: it is required by Tag"
    );
    assert_eq!(error.service(), None);
    assert!(!error.is_retryable());
}

#[test]
fn the_common_error_crosses_threads() {
    fn crosses<T: Send + Sync + 'static>() {}
    crosses::<CallError>();
    assert_eq!(size_of::<CallError>(), 2 * size_of::<usize>());
}

/// A connector that always fails in the same way, or never answers.
#[derive(Debug, Clone)]
struct Failing {
    calls: Arc<AtomicUsize>,
    error: Option<fn() -> ConnectorError>,
}

impl HttpConnector for Failing {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        self.calls.fetch_add(1, Ordering::Relaxed);
        match self.error {
            Some(error) => HttpConnectorFuture::ready(Err(error())),
            None => HttpConnectorFuture::new(std::future::pending()),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_retryable_failure_is_one_that_the_client_retries() {
    let twice = RetryConfig::standard().with_max_attempts(2);
    let mut retried = Vec::new();
    for (status, kind) in [
        (400, "BadRequestException"),
        (400, "Throttling"),
        (400, "RequestTimeout"),
        (403, "SignatureDoesNotMatch"),
        (404, "NotFoundException"),
        (409, "Strange"),
        (429, "Strange"),
        (429, "ThrottledClientException"),
        (500, "ServiceFailureException"),
        (500, "Strange"),
        (501, "Strange"),
        (502, "Strange"),
        (503, "ServiceUnavailableException"),
        (504, "Strange"),
    ] {
        let (client, sent) = answered_by(
            move |_| response(status, &[("x-amzn-errortype", kind)], "{}"),
            |config| {
                config
                    .retry_config(twice.clone())
                    .sleep_impl(aws_smithy_async::rt::sleep::TokioSleep::new())
            },
        );
        let error = client.send(GetRoomInput::new("a", "r")).await;
        let error = error.expect_err("a refusal");
        let attempts = sent.take().len();
        assert_eq!(error.is_retryable(), attempts == 2, "{status} {kind}");
        retried.push((error.is_retryable(), error.is_throttling()));
    }
    assert_eq!(retried.iter().filter(|it| it.0).count(), 9, "{retried:?}");
    assert_eq!(retried.iter().filter(|it| it.1).count(), 3, "{retried:?}");

    type Failure = Option<fn() -> ConnectorError>;
    let failures: [(Failure, bool); 6] = [
        (Some(|| ConnectorError::io("io".into())), true),
        (Some(|| ConnectorError::timeout("late".into())), true),
        (Some(|| ConnectorError::user("user".into())), false),
        (Some(|| ConnectorError::other("other".into(), None)), false),
        (
            Some(|| ConnectorError::other("other".into(), Some(ErrorKind::ServerError))),
            true,
        ),
        (None, true),
    ];
    for (number, (error, is_retryable)) in failures.into_iter().enumerate() {
        let calls = Arc::new(AtomicUsize::new(0));
        let connector = Failing {
            calls: calls.clone(),
            error,
        };
        let http_client = http_client_fn(move |_, _| SharedHttpConnector::new(connector.clone()));
        let timeouts = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(1));
        let client = client("http://localhost", |config| {
            config
                .http_client(http_client)
                .retry_config(twice.clone())
                .timeout_config(timeouts.build())
                .sleep_impl(aws_smithy_async::rt::sleep::TokioSleep::new())
        });
        let error = client.send(GetRoomInput::new("a", "r")).await;
        let error = error.expect_err("a failure");
        assert_eq!(error.is_retryable(), is_retryable, "{number}: {error:?}");
        let attempts = calls.load(Ordering::Relaxed);
        assert_eq!(attempts == 2, is_retryable, "{number}: {attempts} attempts");
        assert_eq!(
            error.is_timeout(),
            matches!(number, 1 | 5),
            "{number}: {error:?}"
        );
    }
}
