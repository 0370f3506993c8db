//! Batch operations with any number of items.

mod common;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use chime_sdk::Client;
use chime_sdk::batch::{BatchConfig, BatchReport, Duplicates, ItemStatus};
use chime_sdk::config::{Builder, StalledStreamProtectionConfig};
use chime_sdk::types::{MembershipItem, UpdatePhoneNumberRequestItem, UpdateUserRequestItem};
use common::{Clock, Sent, answered_by, response};
use serde_json::{Value, json};
use smithy_operation::FluentBuilder;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

fn timed(config: Builder) -> Builder {
    config.time_source(Clock::new())
}

fn item(id: &str) -> MembershipItem {
    MembershipItem::builder().member_id(id).build()
}

fn items(count: usize) -> impl Iterator<Item = MembershipItem> + Send + 'static {
    (0..count).map(|number| item(&format!("m{number}")))
}

/// Returns the members that a request adds.
fn asked(request: &http::Request<Vec<u8>>) -> Vec<String> {
    let body: Value = serde_json::from_slice(request.body()).expect("JSON");
    let items = body["MembershipItemList"].as_array().expect("items").iter();
    items
        .map(|item| item["MemberId"].as_str().expect("an ID").to_owned())
        .collect()
}

/// Returns a response that refuses members with codes.
fn refusing(refused: &[(&str, &str)]) -> http::Response<Vec<u8>> {
    let errors = refused.iter().map(|(id, code)| {
        json!({"MemberId": id, "ErrorCode": code, "ErrorMessage": format!("{id} is {code}")})
    });
    let body = json!({"Errors": errors.collect::<Vec<_>>()}).to_string();
    response(201, &[], &body)
}

/// Returns a client for adding members. A function of the members, and of how often each was requested
/// before, determines the response.
fn adding(
    answer: impl Fn(&[String], &dyn Fn(&str) -> usize) -> http::Response<Vec<u8>>
    + Send
    + Sync
    + 'static,
) -> (Client, Sent) {
    let seen: Mutex<BTreeMap<String, usize>> = Mutex::default();
    answered_by(
        move |request| {
            let ids = asked(request);
            let mut seen = seen.lock().expect("not poisoned");
            let before = seen.clone();
            for id in &ids {
                *seen.entry(id.clone()).or_default() += 1;
            }
            answer(&ids, &|id| before.get(id).copied().unwrap_or_default())
        },
        timed,
    )
}

async fn add(
    client: &Client,
    items: impl Iterator<Item = MembershipItem> + Send + 'static,
    config: BatchConfig,
) -> BatchReport<MembershipItem> {
    client
        .batch_create_room_membership()
        .account_id("a")
        .room_id("r")
        .send_all(items)
        .config(config)
        .report()
        .await
}

fn refused(code: &str, id: &str, tries: u32, retryable: bool) -> ItemStatus {
    ItemStatus::Refused {
        code: Some(code.to_owned()),
        message: Some(format!("{id} is {code}")),
        tries,
        retryable,
    }
}

#[tokio::test(start_paused = true)]
async fn items_are_cut_into_requests_of_the_models_limit() {
    let (client, sent) = adding(|_, _| refusing(&[]));
    let report = add(&client, items(125), BatchConfig::new()).await;
    assert!(report.is_complete());
    assert_eq!((report.counts.done, report.counts.requests), (125, 3));
    assert_eq!((report.counts.retries, report.ended()), (0, None));
    assert_eq!(report.remaining().count(), 0);
    let requests: Vec<Vec<String>> = sent.take().iter().map(asked).collect();
    let sizes: Vec<usize> = requests.iter().map(Vec::len).collect();
    assert_eq!(sizes, [50, 50, 25]);
    let all: Vec<String> = requests.concat();
    assert_eq!(all, (0..125).map(|n| format!("m{n}")).collect::<Vec<_>>());

    let report = add(&client, items(0), BatchConfig::new()).await;
    assert!(report.is_complete());
    assert_eq!(report.counts.requests, 0);
}

#[tokio::test(start_paused = true)]
async fn every_item_has_its_own_fate() {
    let (client, _) = adding(|ids, before| {
        let mut refused = Vec::new();
        for id in ids {
            match (id.as_str(), before(id)) {
                ("m3", _) => refused.push(("m3", "NotFound")),
                ("m5", 0 | 1) => refused.push(("m5", "Throttled")),
                ("m7", _) => refused.push(("m7", "ServiceFailure")),
                ("m9", _) => refused.push(("m9", "Conflict")),
                ("m11", _) => refused.push(("m11", "NewInALaterModel")),
                _ => {}
            }
        }
        refusing(&refused)
    });
    let report = add(&client, items(20), BatchConfig::new().max_tries(3)).await;
    let failures: Vec<_> = report
        .failures()
        .map(|(index, status, item)| (index, status.clone(), item.member_id().expect("an ID")))
        .collect();
    assert_eq!(
        failures,
        [
            (3, refused("NotFound", "m3", 1, false), "m3"),
            (7, refused("ServiceFailure", "m7", 3, true), "m7"),
            (11, refused("NewInALaterModel", "m11", 1, false), "m11"),
        ]
    );
    assert_eq!((report.counts.done, report.counts.refused), (17, 3));
    // m5 and m7 are each retried twice.
    assert_eq!(report.counts.retries, 4);
    assert!(report.counts.elapsed >= Duration::from_millis(300));
    let remaining: Vec<_> = report
        .remaining()
        .filter_map(MembershipItem::member_id)
        .collect();
    assert_eq!(remaining, ["m7"]);
    let fates: Vec<_> = report
        .entries()
        .map(|(index, status, _)| (index, status.clone()))
        .collect();
    assert_eq!(fates.len(), 20);
    assert_eq!(fates[5], (5, ItemStatus::Done));

    let config = BatchConfig::new().already_done_counts(false);
    let report = add(&client, items(10), config).await;
    let conflict = report
        .failures()
        .find(|(index, ..)| *index == 9)
        .expect("a conflict");
    assert_eq!(*conflict.1, refused("Conflict", "m9", 1, false));
}

#[tokio::test(start_paused = true)]
async fn a_throttled_request_is_no_try_and_slows_all() {
    let count = Mutex::new(0);
    let (client, _) = adding(move |_, _| {
        let mut count = count.lock().expect("not poisoned");
        *count += 1;
        match *count {
            1..=3 => response(
                429,
                &[
                    ("x-amzn-errortype", "ThrottledClientException"),
                    ("x-amz-retry-after", "1500"),
                ],
                "{}",
            ),
            _ => refusing(&[]),
        }
    });
    let start = Instant::now();
    let report = add(
        &client,
        items(100),
        BatchConfig::new().max_tries(1).concurrency(1),
    )
    .await;
    assert!(report.is_complete(), "{report:?}");
    assert_eq!((report.counts.throttled, report.counts.requests), (3, 5));
    // The service requested a wait of 1.5 seconds three times.
    assert!(
        start.elapsed() >= Duration::from_millis(4500),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_request_most_of_which_is_throttled_slows_all() {
    let slowly = |share: usize| async move {
        let (client, _) = adding(move |ids, before| {
            let mut refused: Vec<(&str, &str)> = ids
                .iter()
                .filter(|id| before(id) == 0)
                .map(|id| (id.as_str(), "Throttled"))
                .collect();
            refused.truncate(ids.len() * share / 100);
            refusing(&refused)
        });
        let start = Instant::now();
        let config = BatchConfig::new()
            .concurrency(1)
            .initial_backoff(Duration::ZERO);
        let report = add(&client, items(500), config).await;
        assert!(report.is_complete());
        start.elapsed()
    };
    assert_eq!(slowly(40).await, Duration::ZERO);
    assert!(slowly(60).await > Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn throttling_without_an_end_is_given_up() {
    let (client, _) = adding(|_, _| {
        response(
            429,
            &[("x-amzn-errortype", "ThrottledClientException")],
            "{}",
        )
    });
    let report = add(&client, items(3), BatchConfig::new().max_tries(2)).await;
    assert_eq!((report.counts.refused, report.counts.throttled), (3, 20));
    let (_, status, _) = report.failures().next().expect("refused");
    assert!(
        matches!(
            status,
            ItemStatus::Refused {
                retryable: true,
                tries: 0,
                ..
            }
        ),
        "{status:?}"
    );
    assert_eq!(report.remaining().count(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_will_be_refused_again_ends_the_run_or_not() {
    let forbid = |ids: &[String], _: &dyn Fn(&str) -> usize| match ids[0].as_str() {
        "m50" => response(403, &[("x-amzn-errortype", "ForbiddenException")], "{}"),
        _ => refusing(&[]),
    };
    let (client, sent) = adding(forbid);
    let report = add(&client, items(500), BatchConfig::new().concurrency(1)).await;
    assert_eq!(
        (
            report.counts.done,
            report.counts.refused,
            report.counts.not_sent
        ),
        (50, 50, 400)
    );
    let ended = report.ended().expect("it ended");
    assert!(
        ended.contains("BatchCreateRoomMembership failed: ForbiddenException"),
        "{ended}"
    );
    assert_eq!(sent.take().len(), 2);
    assert_eq!(report.remaining().count(), 400);
    assert!(!report.is_complete());

    let (client, _) = adding(forbid);
    let config = BatchConfig::new().concurrency(1).end_on_refusal(false);
    let report = add(&client, items(500), config).await;
    assert_eq!((report.counts.done, report.counts.refused), (450, 50));
    assert_eq!(report.ended(), None);
}

#[tokio::test(start_paused = true)]
async fn one_bad_item_does_not_spoil_the_others() {
    let (client, _) = adding(
        |ids, _| match ids.iter().any(|id| id == "m33" || id == "m34") {
            true => response(
                400,
                &[("x-amzn-errortype", "BadRequestException")],
                r#"{"Message": "what an ID"}"#,
            ),
            false => refusing(&[]),
        },
    );
    let report = add(&client, items(60), BatchConfig::new()).await;
    let failures: Vec<usize> = report.failures().map(|(index, ..)| index).collect();
    assert_eq!(failures, [33, 34]);
    let (_, status, _) = report.failures().next().expect("refused");
    let ItemStatus::Refused {
        code,
        message,
        tries,
        ..
    } = status
    else {
        panic!("{status:?}");
    };
    assert_eq!((code.as_deref(), *tries), (Some("BadRequestException"), 1));
    assert!(
        message
            .as_deref()
            .is_some_and(|message| message.contains("what an ID"))
    );
}

/// Returns a truncated response.
fn broken() -> http::Response<Vec<u8>> {
    response(200, &[], r#"{"Errors": [{"Mem"#)
}

#[tokio::test(start_paused = true)]
async fn adding_is_repeated_when_nobody_knows_whether_it_took_effect() {
    let (client, _) = adding(|ids, before| match before(&ids[0]) {
        0 => broken(),
        _ => {
            let again: Vec<_> = ids.iter().map(|id| (id.as_str(), "Conflict")).collect();
            refusing(&again)
        }
    });
    // Even if a conflict does not count as done: an earlier try added these members.
    let config = BatchConfig::new().already_done_counts(false);
    let report = add(&client, items(50), config).await;
    assert!(report.is_complete(), "{report:?}");

    let (client, _) = adding(|_, _| broken());
    let report = add(&client, items(50), BatchConfig::new().max_tries(3)).await;
    assert_eq!((report.counts.unknown, report.counts.requests), (50, 3));
    assert_eq!(report.remaining().count(), 50);
    let (_, status, _) = report.failures().next().expect("unknown");
    let ItemStatus::Unknown { why, tries } = status else {
        panic!("{status:?}");
    };
    assert!(
        why.contains("cannot be read") && *tries == 3,
        "{why} {tries}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_key_of_a_stray_failure_is_not_shown() {
    let (client, _) = adding(|_, _| refusing(&[("s3cr3t", "NotFound")]));
    let report = add(&client, items(2), BatchConfig::new().max_tries(1)).await;
    assert_eq!(report.counts.unknown, 2);
    assert!(!format!("{report:?}").contains("s3cr3t"), "{report:?}");
}

#[tokio::test(start_paused = true)]
async fn what_may_not_be_repeated_is_unknown_and_never_done() {
    let (client, sent) = answered_by(|_| broken(), timed);
    let report = client
        .batch_delete_phone_number()
        .send_all((0..120).map(|number| format!("+1{number}")))
        .report()
        .await;
    assert_eq!((report.counts.unknown, report.counts.done), (120, 0));
    assert_eq!(sent.take().len(), 3);
    assert_eq!(report.remaining().count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_away_took_nothing() {
    let (client, sent) = answered_by(
        |_| {
            response(
                503,
                &[("x-amzn-errortype", "ServiceUnavailableException")],
                "{}",
            )
        },
        timed,
    );
    let report = client
        .batch_delete_phone_number()
        .send_all(vec!["+1".to_owned()])
        .config(BatchConfig::new().max_tries(4))
        .report()
        .await;
    assert_eq!((report.counts.refused, report.counts.unknown), (1, 0));
    // In a run, the client does not retry.
    assert_eq!(sent.take().len(), 4);
    assert_eq!(report.remaining().count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_cannot_be_sent_ends_the_run() {
    let (client, sent) = adding(|_, _| refusing(&[]));
    let report = client
        .batch_create_room_membership()
        .account_id("a")
        .send_all(items(70))
        .report()
        .await;
    assert_eq!(report.counts.not_sent, 70);
    assert!(
        report
            .ended()
            .expect("it ended")
            .contains("`RoomId` is missing")
    );
    assert!(sent.take().is_empty());
}

#[tokio::test(start_paused = true)]
async fn duplicates() {
    let twice = || ["a", "b", "a", "c", "b", "a"].into_iter().map(item);
    let (client, sent) = adding(|ids, before| {
        let known: Vec<_> = ids.iter().filter(|id| before(id) > 0).collect();
        let known: Vec<_> = known.iter().map(|id| (id.as_str(), "Conflict")).collect();
        refusing(&known)
    });
    let report = add(&client, twice(), BatchConfig::new().concurrency(1)).await;
    assert_eq!(report.counts.done, 6);
    let requests: Vec<_> = sent.take().iter().map(asked).collect();
    assert_eq!(requests, [vec!["a", "b", "c"], vec!["a", "b"], vec!["a"]]);

    let config = || BatchConfig::new().concurrency(1);
    let report = add(&client, twice(), config().duplicates(Duplicates::Drop)).await;
    assert_eq!((report.counts.done, report.counts.duplicates), (3, 3));
    assert!(report.is_complete());
    let dropped: Vec<_> = report.failures().map(|(index, ..)| index).collect();
    assert_eq!(dropped, [2, 4, 5]);

    let report = add(&client, twice(), config().duplicates(Duplicates::Refuse)).await;
    assert_eq!((report.counts.done, report.counts.refused), (3, 3));
    assert_eq!(report.remaining().count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_ends_the_run() {
    let (client, _) = adding(|_, _| refusing(&[]));
    let config = BatchConfig::new()
        .concurrency(1)
        .max_requests_per_second(2.0)
        .deadline(Duration::from_millis(2600));
    let start = Instant::now();
    let report = add(&client, items(1000), config).await;
    // At 0, 0.5, 1, 1.5, 2 and 2.5 seconds.
    assert_eq!((report.counts.done, report.counts.not_sent), (300, 700));
    assert_eq!(report.ended(), Some("the deadline passed"));
    assert!(start.elapsed() < Duration::from_secs(3));
}

/// Responds to the first request at once, and never to the others.
#[derive(Debug, Clone, Default)]
struct FirstOnly(Arc<Mutex<bool>>);

impl HttpConnector for FirstOnly {
    fn call(&self, _request: HttpRequest) -> HttpConnectorFuture {
        let mut answered = self.0.lock().expect("not poisoned");
        if std::mem::replace(&mut *answered, true) {
            return HttpConnectorFuture::new(std::future::pending());
        }
        let status = 403.try_into().expect("a status");
        let mut response = HttpResponse::new(status, SdkBody::from("{}"));
        let headers = response.headers_mut();
        headers.insert("x-amzn-errortype", "ForbiddenException");
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl HttpClient for FirstOnly {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

#[tokio::test(start_paused = true)]
async fn a_deadline_holds_for_a_run_that_is_about_to_end() {
    let config = chime_sdk::Config::builder()
        .with_test_defaults_v2()
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .http_client(FirstOnly::default());
    let client = Client::from_conf(timed(config).build());
    let config = BatchConfig::new()
        .concurrency(2)
        .deadline(Duration::from_secs(60));
    let start = Instant::now();
    let report = add(&client, items(200), config).await;
    assert_eq!(start.elapsed().as_secs(), 60);
    let counts = report.counts;
    assert_eq!(
        (counts.refused, counts.unknown, counts.not_sent),
        (50, 50, 100)
    );
    assert!(
        report
            .ended()
            .is_some_and(|why| why.contains("ForbiddenException"))
    );
}

#[tokio::test(start_paused = true)]
async fn items_may_look_at_their_run() {
    let (client, _) = adding(|_, _| refusing(&[]));
    let seen: Arc<Mutex<Vec<usize>>> = Arc::default();
    let handle: Arc<Mutex<Option<chime_sdk::batch::BatchHandle<MembershipItem>>>> = Arc::default();
    let (log, look) = (seen.clone(), handle.clone());
    let run = client
        .batch_create_room_membership()
        .account_id("a")
        .room_id("r")
        .send_all(items(120).inspect(move |_| {
            if let Some(handle) = &*look.lock().expect("not poisoned") {
                log.lock().expect("not poisoned").push(handle.counts().done);
            }
        }))
        .config(BatchConfig::new().concurrency(1));
    *handle.lock().expect("not poisoned") = Some(run.handle());
    assert!(run.report().await.is_complete());
    let seen = seen.lock().expect("not poisoned");
    assert_eq!((seen.len(), seen[0], seen[119]), (120, 0, 50));
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_dropped_leaves_its_report() {
    let (client, sent) = adding(|_, _| refusing(&[]));
    let mut run = client
        .batch_create_room_membership()
        .account_id("a")
        .room_id("r")
        .send_all(items(1000))
        .config(
            BatchConfig::new()
                .concurrency(2)
                .max_requests_per_second(10.0),
        );
    let handle = run.handle();
    assert!(sent.take().is_empty());
    for _ in 0..60 {
        let outcome = run.next().await.expect("an outcome");
        assert_eq!(outcome.status, ItemStatus::Done);
    }
    assert_eq!(handle.counts().done, 100);
    drop(run);
    let report = handle.report();
    assert_eq!(report.ended(), Some("the run was dropped"));
    let counts = report.counts;
    assert_eq!(counts.done + counts.not_sent + counts.unknown, counts.items);
    assert_eq!(report.entries().count(), counts.items);
    assert!(!report.source_ended());
    assert_eq!(sent.take().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_sent_as_it_comes() {
    let (client, sent) = adding(|_, _| refusing(&[]));
    let (sender, mut receiver) = tokio::sync::mpsc::channel(1);
    let feeder = tokio::spawn(async move {
        for number in 0..130 {
            if number == 60 || number == 70 {
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
            sender
                .send(item(&format!("m{number}")))
                .await
                .expect("it listens");
        }
    });
    let stream = futures_util::stream::poll_fn(move |cx| receiver.poll_recv(cx));
    let mut run = client
        .batch_create_room_membership()
        .account_id("a")
        .room_id("r")
        .send_all(stream);
    let mut done = 0;
    while let Some(outcome) = run.next().await {
        assert_eq!(outcome.status, ItemStatus::Done);
        done += 1;
    }
    feeder.await.expect("it fed all");
    assert_eq!(done, 130);
    let sizes: Vec<_> = sent
        .take()
        .iter()
        .map(|request| asked(request).len())
        .collect();
    // Items that are ready do not wait for items that are not.
    assert_eq!(sizes, [50, 10, 10, 50, 10]);
}

#[tokio::test(start_paused = true)]
async fn a_second_try_does_not_wait_for_a_stream_that_has_nothing() {
    let (client, _) = adding(|ids, before| {
        let first = ids.iter().any(|id| id == "m3") && before("m3") == 0;
        refusing(if first { &[("m3", "Throttled")] } else { &[] })
    });
    let (sender, mut receiver) = tokio::sync::mpsc::channel(1);
    let feeder = tokio::spawn(async move {
        for number in 0..50 {
            let sent = sender.send(item(&format!("m{number}"))).await;
            sent.expect("it listens");
        }
        tokio::time::sleep(Duration::from_secs(3600)).await;
        sender.send(item("last")).await.expect("it listens");
    });
    let mut run = client
        .batch_create_room_membership()
        .account_id("a")
        .room_id("r")
        .send_all(futures_util::stream::poll_fn(move |cx| {
            receiver.poll_recv(cx)
        }));
    fn is_stream<T: Send + futures_util::Stream + Unpin>(_: &T) {}
    is_stream(&run);
    let start = Instant::now();
    for _ in 0..50 {
        let outcome = run.next().await.expect("an outcome");
        assert_eq!(outcome.status, ItemStatus::Done);
    }
    assert!(
        start.elapsed() < Duration::from_secs(1),
        "{:?}",
        start.elapsed()
    );
    assert!(run.next().await.is_some());
    assert!(start.elapsed() >= Duration::from_secs(3600));
    assert_eq!(run.next().await, None);
    feeder.await.expect("it fed all");
}

#[tokio::test]
async fn without_a_timer_a_run_goes_on_too() {
    let (client, _) = adding(|ids, before| {
        let first = ids.iter().any(|id| id == "m3") && before("m3") == 0;
        refusing(if first { &[("m3", "Throttled")] } else { &[] })
    });
    // A client with its own runtime, which forwards calls to the default one and has no timer.
    #[derive(Debug)]
    struct Timeless(Client);
    impl smithy_operation::Runtime for Timeless {
        fn invoke(
            &self,
            operation: &'static smithy_operation::OperationDescriptor,
            input: aws_smithy_runtime_api::client::interceptors::context::Input,
            overrides: smithy_operation::Overrides,
        ) -> smithy_operation::BoxFuture<
            smithy_operation::SendResult<
                aws_smithy_runtime_api::client::interceptors::context::Output,
                aws_smithy_runtime_api::client::interceptors::context::Error,
            >,
        > {
            let handle: &smithy_operation::Handle = self.0.as_ref();
            handle.invoke_erased(operation, input, overrides)
        }
    }
    let handle = smithy_operation::Handle::new(Timeless(client));
    let call = chime_api::operation::batch_create_room_membership::builders::BatchCreateRoomMembershipFluentBuilder::new(handle);
    let report = call
        .account_id("a")
        .room_id("r")
        .send_all(items(120))
        .config(BatchConfig::new().max_requests_per_second(100.0))
        .report()
        .await;
    assert!(report.is_complete(), "{report:?}");
}

#[tokio::test(start_paused = true)]
async fn a_run_takes_for_throttling_what_the_client_takes_for_it() {
    // Codes in AWS's common list, with a status that is also used for other errors.
    for code in ["SlowDown", "RequestLimitExceeded", "ThrottlingException"] {
        let (client, _) = adding(move |_, before| match before("m0") {
            0 => response(400, &[("x-amzn-errortype", code)], "{}"),
            _ => refusing(&[]),
        });
        let config = BatchConfig::new().max_tries(1);
        let report = add(&client, items(20), config).await;
        assert!(report.is_complete(), "{code}: {report:?}");
        let counts = report.counts;
        assert_eq!((counts.throttled, counts.requests), (1, 2), "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn all_batch_operations_have_it() {
    let failing: Arc<Mutex<Vec<(String, usize)>>> = Arc::default();
    let log = failing.clone();
    let (client, _) = answered_by(
        move |request| {
            let body: Value = serde_json::from_slice(request.body()).expect("JSON");
            let items = body
                .as_object()
                .expect("an object")
                .values()
                .find_map(Value::as_array);
            let items = items.expect("items");
            let path = request.uri().to_string();
            log.lock().expect("not poisoned").push((path, items.len()));
            let id = |item: &Value| match item {
                Value::String(id) => id.clone(),
                other => {
                    let id = other.get("PhoneNumberId").or(other.get("UserId"));
                    id.and_then(Value::as_str).expect("an ID").to_owned()
                }
            };
            let failed: Vec<_> = items.iter().map(id).filter(|id| id == "x1").collect();
            let failed: Vec<_> = failed
                .iter()
                .map(|id| json!({"UserId": id, "PhoneNumberId": id, "ErrorCode": "NotFound"}))
                .collect();
            let body = json!({"UserErrors": failed, "PhoneNumberErrors": failed});
            response(200, &[], &body.to_string())
        },
        timed,
    );
    let ids = |count: usize| (0..count).map(|number| format!("x{number}"));
    let user = |id| {
        UpdateUserRequestItem::builder()
            .user_id(id)
            .build()
            .expect("complete")
    };
    let number = |id| {
        let builder = UpdatePhoneNumberRequestItem::builder().phone_number_id(id);
        builder.build().expect("complete")
    };
    let suspended = client
        .batch_suspend_user()
        .account_id("a")
        .send_all(ids(60))
        .report();
    let unsuspended = client
        .batch_unsuspend_user()
        .account_id("a")
        .send_all(ids(60))
        .report();
    let updated = client
        .batch_update_user()
        .account_id("a")
        .send_all(ids(60).map(user))
        .report();
    let deleted = client
        .batch_delete_phone_number()
        .send_all(ids(60))
        .report();
    let changed = client
        .batch_update_phone_number()
        .send_all(ids(60).map(number))
        .report();
    for counts in [
        suspended.await.counts,
        unsuspended.await.counts,
        updated.await.counts,
        deleted.await.counts,
        changed.await.counts,
    ] {
        assert_eq!((counts.done, counts.refused), (59, 1));
    }
    let sizes: Vec<usize> = failing
        .lock()
        .expect("not poisoned")
        .iter()
        .map(|it| it.1)
        .collect();
    assert_eq!(sizes, [50, 10, 50, 10, 20, 20, 20, 50, 10, 50, 10]);
}

#[tokio::test]
async fn a_clock_that_stands_still_does_no_harm() {
    let (client, _) = answered_by(
        |_| response(201, &[], "{}"),
        |config| config.time_source(aws_smithy_async::time::StaticTimeSource::from_secs(5)),
    );
    let report = add(&client, items(500), BatchConfig::new()).await;
    assert_eq!(report.counts.done, 500);
}
