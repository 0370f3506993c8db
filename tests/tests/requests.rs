//! Requests on the wire: contents, signatures, retries, and customization of single calls.

mod common;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use chime_sdk::Config;
use chime_sdk::config::retry::RetryConfig;
use chime_sdk::config::{AppName, Region};
use chime_sdk::types::{MembershipItem, RoomMembershipRole};
use common::{answered_by, response};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

fn header<'r>(request: &'r http::Request<Vec<u8>>, name: &str) -> Option<&'r str> {
    request.headers().get(name)?.to_str().ok()
}

#[tokio::test]
async fn a_batch_is_sent_as_the_model_says() {
    let (client, sent) = answered_by(|_| response(201, &[], "{}"), |config| config);
    client
        .batch_create_room_membership()
        .account_id("a b/c")
        .room_id("r")
        .membership_item_list(
            MembershipItem::builder()
                .member_id("m1")
                .role(RoomMembershipRole::Administrator)
                .build(),
        )
        .membership_item_list(MembershipItem::builder().member_id("m2").build())
        .send()
        .await
        .expect("a response");
    let [request] = &sent.take()[..] else {
        panic!("one request");
    };
    assert_eq!(request.method(), "POST");
    assert_eq!(
        request.uri(),
        "https://chime.us-east-1.amazonaws.com/accounts/a%20b%2Fc/rooms/r/memberships?operation=batch-create"
    );
    assert_eq!(header(request, "content-type"), Some("application/json"));
    let body: serde_json::Value = serde_json::from_slice(request.body()).expect("JSON");
    assert_eq!(
        body,
        serde_json::json!({"MembershipItemList": [
            {"MemberId": "m1", "Role": "Administrator"}, {"MemberId": "m2"}
        ]})
    );
    let length = request.body().len().to_string();
    assert_eq!(header(request, "content-length"), Some(&*length));
    let authorization = header(request, "authorization").expect("a signature");
    assert!(
        authorization.contains("Credential=AKID/"),
        "{authorization}"
    );
    assert!(
        authorization.contains("/us-east-1/chime/aws4_request"),
        "{authorization}"
    );
    assert!(header(request, "amz-sdk-invocation-id").is_some());
    assert_eq!(header(request, "amz-sdk-request"), Some("attempt=1; max=3"));
    let agent = header(request, "x-amz-user-agent")
        .or(header(request, "user-agent"))
        .unwrap();
    assert!(agent.contains("api/chime/"), "{agent}");
}

#[tokio::test]
async fn the_user_agent_tells_what_each_call_uses() {
    // Cached values of one call must not appear in another.
    let (shared, sent) = answered_by(|_| response(200, &[], "{}"), |config| config);
    for variant in [0, 1, 0, 2, 0, 3, 3, 1] {
        let (fresh, other) = answered_by(|_| response(200, &[], "{}"), |config| config);
        for client in [&shared, &fresh] {
            let call = client.list_rooms().account_id("a");
            let app = AppName::new("an-app").expect("a name");
            let adaptive = RetryConfig::adaptive();
            match variant {
                1 => drop(call.into_paginator().send().next().await.expect("a page")),
                2 => {
                    let named = Config::builder().app_name(app);
                    let call = call.customize().config_override(named);
                    call.send().await.expect("a response");
                }
                3 => {
                    let retried = Config::builder().retry_config(adaptive);
                    let call = call.customize().config_override(retried);
                    call.send().await.expect("a response");
                }
                _ => drop(call.send().await.expect("a response")),
            }
        }
        let (ours, theirs) = (sent.take().remove(0), other.take().remove(0));
        let agent = header(&ours, "user-agent");
        assert!(agent.is_some_and(|agent| agent.starts_with("aws-sdk-rust/")));
        assert_eq!(agent, header(&ours, "x-amz-user-agent"));
        assert_eq!(agent, header(&theirs, "user-agent"), "variant {variant}");
        let named = agent.is_some_and(|agent| agent.ends_with("app/an-app"));
        assert_eq!(named, variant == 2, "{agent:?}");
    }
}

#[tokio::test]
async fn requests_without_a_body_have_none() {
    let (client, sent) = answered_by(|_| response(200, &[], "{}"), |config| config);
    client
        .list_rooms()
        .account_id("a")
        .max_results(5)
        .next_token("x&y=z")
        .send()
        .await
        .expect("a response");
    let [request] = &sent.take()[..] else {
        panic!("one request");
    };
    assert_eq!(
        request.uri().path_and_query().unwrap(),
        "/accounts/a/rooms?max-results=5&next-token=x%26y%3Dz"
    );
    assert!(request.body().is_empty());
    assert_eq!(header(request, "content-type"), None);
}

#[tokio::test]
async fn every_region_of_the_partition_has_the_one_endpoint() {
    for (region, host, signed) in [
        ("us-east-1", "chime.us-east-1.amazonaws.com", "us-east-1"),
        ("eu-central-1", "chime.us-east-1.amazonaws.com", "us-east-1"),
        (
            "cn-north-1",
            "chime.cn-north-1.amazonaws.com.cn",
            "cn-north-1",
        ),
    ] {
        let (client, sent) = answered_by(
            |_| response(200, &[], "{}"),
            |config| config.region(Region::new(region)),
        );
        client.list_accounts().send().await.expect("a response");
        let requests = sent.take();
        assert_eq!(requests[0].uri().host(), Some(host), "{region}");
        let authorization = header(&requests[0], "authorization").unwrap();
        assert!(
            authorization.contains(&format!("/{signed}/chime/")),
            "{authorization}"
        );
    }
}

#[tokio::test]
async fn passing_failures_are_tried_again() {
    for (status, headers, tries) in [
        (
            503,
            &[("x-amzn-errortype", "ServiceUnavailableException")][..],
            3,
        ),
        (500, &[("x-amzn-errortype", "ServiceFailureException")], 3),
        // Chime's own code for throttling is not in any common list, but its status is.
        (429, &[("x-amzn-errortype", "ThrottledClientException")], 3),
        (400, &[("x-amzn-errortype", "ThrottlingException")], 3),
        (404, &[("x-amzn-errortype", "NotFoundException")], 1),
        (400, &[("x-amzn-errortype", "BadRequestException")], 1),
        (403, &[("x-amzn-errortype", "ForbiddenException")], 1),
    ] {
        let retry = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
        let (client, sent) = answered_by(
            move |_| response(status, headers, "{}"),
            |config| {
                config
                    .retry_config(retry)
                    .retry_partition(fresh_partition())
            },
        );
        client
            .get_room()
            .account_id("a")
            .room_id("r")
            .send()
            .await
            .expect_err("refused");
        assert_eq!(sent.take().len(), tries, "{status} {headers:?}");
    }
}

/// Retry quotas are shared by name within a process; the client of each test has its own.
fn fresh_partition() -> chime_sdk::config::retry::RetryPartition {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    chime_sdk::config::retry::RetryPartition::new(format!(
        "test-{}",
        NEXT.fetch_add(1, Ordering::Relaxed)
    ))
}

#[tokio::test]
async fn a_request_token_is_the_same_in_every_try() {
    let retry = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    let (client, sent) = answered_by(
        |_| response(503, &[], ""),
        |config| {
            config
                .retry_config(retry)
                .retry_partition(fresh_partition())
        },
    );
    client
        .create_room()
        .account_id("a")
        .name("n")
        .send()
        .await
        .expect_err("refused");
    let tokens: Vec<String> = sent
        .take()
        .iter()
        .map(|request| {
            let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
            body["ClientRequestToken"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(tokens.len(), 3);
    assert!(tokens.iter().all(|token| *token == tokens[0]), "{tokens:?}");
}

/// Adds a header.
#[derive(Debug)]
struct Mark(&'static str);

#[dyn_dispatch_hint]
impl Intercept for Mark {
    fn name(&self) -> &'static str {
        "Mark"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        context.request_mut().headers_mut().append("x-mark", self.0);
        Ok(())
    }
}

#[tokio::test]
async fn single_calls_can_be_changed() {
    let (client, sent) = answered_by(
        |_| response(200, &[], "{}"),
        |config| config.interceptor(Mark("client")),
    );
    client
        .get_room()
        .account_id("a")
        .room_id("r")
        .customize()
        .interceptor(Mark("call"))
        .mutate_request(|request| {
            request.headers_mut().insert("x-mutated", "yes");
        })
        .config_override(
            Config::builder()
                .endpoint_url("https://elsewhere.example")
                .region(Region::from_static("eu-west-1"))
                .interceptor(Mark("override")),
        )
        .send()
        .await
        .expect("a response");
    let requests = sent.take();
    let marks: Vec<_> = requests[0]
        .headers()
        .get_all("x-mark")
        .iter()
        .map(|v| v.to_str().unwrap())
        .collect();
    assert_eq!(marks, ["client", "override", "call"]);
    assert_eq!(header(&requests[0], "x-mutated"), Some("yes"));
    assert_eq!(requests[0].uri().host(), Some("elsewhere.example"));
    let authorization = header(&requests[0], "authorization").unwrap();
    assert!(
        authorization.contains("/eu-west-1/chime/"),
        "{authorization}"
    );
    // The next call is not affected.
    client
        .get_room()
        .account_id("a")
        .room_id("r")
        .send()
        .await
        .expect("a response");
    let requests = sent.take();
    assert_eq!(
        requests[0].uri().host(),
        Some("chime.us-east-1.amazonaws.com")
    );
    assert_eq!(requests[0].headers().get_all("x-mark").iter().count(), 1);
}

#[tokio::test]
async fn the_shared_configuration_is_taken_over() {
    let (inner, _) = answered_by(|_| response(200, &[], "{}"), |config| config);
    let shared = aws_types::SdkConfig::builder()
        .region(Region::from_static("eu-west-1"))
        .endpoint_url("http://127.0.0.1:1")
        .http_client(inner.config().http_client().expect("a client"))
        .build();
    let client = chime_sdk::Client::new(&shared);
    assert_eq!(
        client.config().region().map(|region| region.as_ref()),
        Some("eu-west-1")
    );
}

#[test]
fn sensitive_values_stay_out_of_debug_output() {
    let input = chime_sdk::operation::create_room::CreateRoomInput::builder()
        .account_id("a")
        .name("very secret")
        .client_request_token("token");
    let text = format!("{input:?} {:?}", input.clone().build().unwrap());
    assert!(!text.contains("very secret"), "{text}");
    assert!(text.contains("account_id: Some(\"a\")"), "{text}");
    assert!(
        text.contains("name: *** Sensitive Data Redacted ***"),
        "{text}"
    );
}

#[test]
fn enums_keep_values_that_the_model_does_not_know() {
    use chime_sdk::types::ErrorCode;
    let code = ErrorCode::from("OutOfCheese");
    assert_eq!(code.as_str(), "OutOfCheese");
    assert_eq!(code.to_string(), "OutOfCheese");
    assert!(ErrorCode::try_parse("OutOfCheese").is_err());
    assert_eq!("NotFound".parse::<ErrorCode>(), Ok(ErrorCode::NotFound));
    assert_eq!(ErrorCode::values().len(), 15);
}
