//! Waiters: what ends waiting, and how long they wait.

#![allow(deprecated, reason = "deprecated waiters and members work as well")]

mod common;

use common::{Clock, Sent, answered_by, response};
use fixture_waiters::Client;
use fixture_waiters::client::Waiters;
use fixture_waiters::operation::get_thing::GetThingError;
use fixture_waiters::waiters::thing_ready::{ThingReadyFinalPoll, WaitUntilThingReadyError};
use smithy_client::waiters::error::WaiterError;
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::Instant;

/// A client that gets these responses one after the other, and the last one from then on.
fn client(responses: &'static [(u16, &'static str)]) -> (Client, Sent) {
    let next = Mutex::new(0);
    let (client, sent) = answered_by(
        move |_| {
            let mut next = next.lock().expect("not poisoned");
            let (status, body) = responses[(*next).min(responses.len() - 1)];
            *next += 1;
            response(status, &[], body)
        },
        |config| {
            let config = config.endpoint_url("https://service.example");
            config.time_source(Clock::new())
        },
    );
    (Client::from_conf(client.config().clone()), sent)
}

async fn ready(
    responses: &'static [(u16, &'static str)],
    max_wait: u64,
) -> (
    Result<ThingReadyFinalPoll, WaitUntilThingReadyError>,
    usize,
    Duration,
) {
    let (client, sent) = client(responses);
    let start = Instant::now();
    let waiter = client.wait_until_thing_ready().id("a b").limit(3);
    assert_eq!(waiter.get_limit(), &Some(3));
    let result = waiter.wait(Duration::from_secs(max_wait)).await;
    let sent = sent.take();
    for request in &sent {
        assert_eq!(request.uri().path(), "/things/a%20b");
        assert_eq!(request.uri().query(), Some("limit=3"));
        let agent = request.headers()["x-amz-user-agent"]
            .to_str()
            .expect("text");
        assert!(agent.contains(",B,"), "{agent}");
    }
    (result, sent.len(), start.elapsed())
}

const PENDING: (u16, &str) = (200, r#"{"State": "PENDING"}"#);
const READY: (u16, &str) = (200, r#"{"State": "READY"}"#);
const NOT_FOUND: (u16, &str) = (404, r#"{"__type": "NotFound", "message": "none"}"#);

#[tokio::test(start_paused = true)]
async fn waiting_ends_with_success() {
    let (result, calls, elapsed) = ready(&[PENDING, NOT_FOUND, READY], 300).await;
    let output = result.expect("success").into_result().expect("an output");
    assert_eq!(output.state().map(|state| state.as_str()), Some("READY"));
    assert_eq!(calls, 3);
    // 5 seconds, then 5 to 10 seconds.
    assert!((10..=15).contains(&elapsed.as_secs()), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn waiting_ends_with_failure() {
    let (result, calls, _) = ready(&[PENDING, (200, r#"{"State": "FAILED"}"#)], 300).await;
    let Err(WaiterError::FailureState(failure)) = result else {
        panic!("{result:?}");
    };
    assert!(failure.final_poll().as_result().is_ok());
    assert_eq!(calls, 2);
    let (result, ..) = ready(&[(500, r#"{"__type": "Broken"}"#)], 300).await;
    let Err(WaiterError::FailureState(failure)) = result else {
        panic!("{result:?}");
    };
    let error = failure.into_final_poll().into_result();
    assert!(error.is_err_and(|error| error.is_broken()));
}

#[tokio::test(start_paused = true)]
async fn waiting_ends_with_the_time() {
    let (result, calls, elapsed) = ready(&[PENDING], 60).await;
    let Err(WaiterError::ExceededMaxWait(exceeded)) = result else {
        panic!("{result:?}");
    };
    assert_eq!(exceeded.max_wait(), Duration::from_secs(60));
    assert_eq!(exceeded.poll_count() as usize, calls);
    assert!((60..=61).contains(&elapsed.as_secs()), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn an_error_that_no_acceptor_matches_ends_waiting() {
    let (result, calls, _) = ready(&[PENDING, (400, r#"{"__type": "Other"}"#)], 300).await;
    let Err(WaiterError::OperationFailed(failed)) = result else {
        panic!("{result:?}");
    };
    assert!(matches!(
        failed.error().as_service_error(),
        Some(GetThingError::Unhandled(_))
    ));
    assert_eq!(calls, 2);
}

#[tokio::test(start_paused = true)]
#[allow(deprecated, reason = "the model deprecates it")]
async fn errors_match_by_their_code() {
    let wait = Duration::from_secs(30);
    let (client, _) = self::client(&[READY, NOT_FOUND]);
    let gone = client.wait_until_thing_gone().id("a").wait(wait).await;
    assert!(gone.expect("success").as_result().is_err());
    let (client, _) = self::client(&[(409, r#"{"__type": "Code.Without.Shape"}"#)]);
    let gone = client.wait_until_thing_gone().id("a").wait(wait).await;
    assert!(
        matches!(gone, Err(WaiterError::FailureState(_))),
        "{gone:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn expressions_look_into_input_and_output() {
    let wait = Duration::from_secs(30);
    let (client, sent) = self::client(&[(200, r#"{"Id": "a"}"#), (200, r#"{"Id": "b"}"#)]);
    let waiter = client.wait_until_thing_is_that().id("b");
    assert!(waiter.wait(wait).await.is_ok());
    assert_eq!(sent.take().len(), 2);
    for (body, is_ready) in [
        (
            r#"{"Things": [{"State": "READY"}, {"State": "READY"}]}"#,
            Some(true),
        ),
        (r#"{"Things": []}"#, None),
        (r#"{"Things": [{"State": "READY"}, {"State": "x"}]}"#, None),
        (
            r#"{"ByName": {"a": {"State": "x"}, "b": {"State": "FAILED"}}}"#,
            Some(false),
        ),
        (
            r#"{"Things": [{"State": "x", "Limit": 1, "Parts": [{"State": "FAILED"}]}]}"#,
            Some(false),
        ),
        (
            r#"{"Things": [{"Limit": 2}, {"Limit": -1}], "ByName": {}}"#,
            Some(false),
        ),
    ] {
        let (client, _) = self::client(Box::leak(Box::new([(200, body)])));
        let result = client
            .wait_until_all_ready()
            .wait(Duration::from_secs(1))
            .await;
        let found = match &result {
            Ok(_) => Some(true),
            Err(WaiterError::FailureState(_)) => Some(false),
            Err(_) => None,
        };
        assert_eq!(found, is_ready, "{body}: {result:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_a_member_is_found_by_its_name() {
    let (client, _) = self::client(&[PENDING, READY]);
    let ready = client.wait_until_body_ready();
    assert!(ready.wait(Duration::from_secs(30)).await.is_ok());
}
