//! Operations whose calls go to an endpoint that another operation returns.

mod common;

use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use common::response;
use fixture_endpoint_discovery::config::retry::RetryConfig;
use fixture_endpoint_discovery::config::{Builder, Credentials, Region, SdkConfig};
use fixture_endpoint_discovery::{Client, Config};
use smithy_operation::error::DisplayErrorContext;
use std::sync::{Arc, Mutex};

/// The operations called so far, each with the host.
type Calls = Arc<Mutex<Vec<(String, String)>>>;

fn client(
    endpoints: &'static str,
    refusal: Option<&'static str>,
    change: impl FnOnce(Builder) -> Builder,
) -> (Client, Calls) {
    let calls = Calls::default();
    let log = calls.clone();
    let http_client = infallible_client_fn(move |request: http::Request<SdkBody>| {
        let target = request.headers()["x-amz-target"].to_str().expect("text");
        let operation = target.rsplit('.').next().expect("a name").to_owned();
        let host = request.uri().host().expect("a host").to_owned();
        let answer = match (operation.as_str(), refusal) {
            ("DescribeEndpoints", _) => response(200, &[], endpoints),
            ("ReadItem", Some(refusal)) => response(400, &[], refusal),
            _ => response(200, &[], "{}"),
        };
        log.lock().expect("not poisoned").push((operation, host));
        answer.map(SdkBody::from)
    });
    let config = Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "tests"))
        .http_client(http_client);
    (Client::from_conf(change(config).build()), calls)
}

fn made(calls: &Calls) -> Vec<(String, String)> {
    std::mem::take(&mut *calls.lock().expect("not poisoned"))
}

fn call(operation: &str, host: &str) -> (String, String) {
    (operation.to_owned(), host.to_owned())
}

const CELL: &str = r#"{"Endpoints":[{"Address":"cell1.example","CachePeriodInMinutes":10}]}"#;
const ENTRY: &str = "entry.us-east-1.example";

#[tokio::test]
async fn the_endpoint_is_discovered_once() {
    let (client, calls) = client(CELL, None, |config| config);
    for _ in 0..2 {
        client.read_item().send().await.expect("an item");
    }
    let expected = [
        call("DescribeEndpoints", ENTRY),
        call("ReadItem", "cell1.example"),
        call("ReadItem", "cell1.example"),
    ];
    assert_eq!(made(&calls), expected);
}

#[tokio::test]
async fn optional_discovery_is_off() {
    let (client, calls) = client(CELL, None, |config| config);
    client.list_items().send().await.expect("items");
    assert_eq!(made(&calls), [call("ListItems", ENTRY)]);
}

#[tokio::test]
async fn a_configured_endpoint_is_used_as_it_is() {
    let (client, calls) = client(CELL, None, |config| {
        config.endpoint_url("https://mine.example")
    });
    client.read_item().send().await.expect("an item");
    assert_eq!(made(&calls), [call("ReadItem", "mine.example")]);
}

#[tokio::test]
async fn optional_discovery_is_for_those_who_want_it() {
    let (client, calls) = client(CELL, None, |config| config.enable_endpoint_discovery(true));
    for table in ["a", "a", "b"] {
        client
            .list_items()
            .table(table)
            .send()
            .await
            .expect("items");
    }
    // Each table may have an endpoint of its own.
    let expected = [
        call("DescribeEndpoints", ENTRY),
        call("ListItems", "cell1.example"),
        call("ListItems", "cell1.example"),
        call("DescribeEndpoints", ENTRY),
        call("ListItems", "cell1.example"),
    ];
    assert_eq!(made(&calls), expected);
}

#[tokio::test]
async fn the_environment_enables_optional_discovery() {
    #[derive(Debug)]
    struct Environment;

    impl LoadServiceConfig for Environment {
        fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
            let is_meant = key.env() == "AWS_ENABLE_ENDPOINT_DISCOVERY"
                && key.profile() == "endpoint_discovery_enabled";
            is_meant.then(|| "true".to_owned())
        }
    }

    let shared = SdkConfig::builder().service_config(Environment).build();
    for (own, count) in [(None, 2), (Some(false), 1)] {
        let (client, calls) = client(CELL, None, |config| {
            let http_client = config.clone().build().http_client();
            let mut config = Builder::from(&shared)
                .region(Region::from_static("us-east-1"))
                .credentials_provider(Credentials::new("AKID", "secret", None, None, "tests"));
            config
                .set_http_client(http_client)
                .set_enable_endpoint_discovery(own);
            config
        });
        client.list_items().send().await.expect("items");
        assert_eq!(made(&calls).len(), count);
    }
}

const REFUSAL: &str = r#"{"__type":"InvalidEndpointException"}"#;

#[tokio::test]
async fn an_endpoint_that_is_no_longer_valid_is_forgotten() {
    let (client, calls) = client(CELL, Some(REFUSAL), |config| {
        config.retry_config(RetryConfig::disabled())
    });
    for _ in 0..2 {
        client.read_item().send().await.expect_err("a refusal");
    }
    let discoveries = made(&calls);
    let discoveries = discoveries
        .iter()
        .filter(|(name, _)| name == "DescribeEndpoints");
    assert_eq!(discoveries.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_endpoint_is_no_longer_valid_discovers_another() {
    let (client, calls) = client(CELL, Some(REFUSAL), |config| {
        config.retry_config(RetryConfig::standard().with_max_attempts(2))
    });
    let error = client.read_item().send().await.expect_err("a refusal");
    assert!(error.into_service_error().is_invalid_endpoint_exception());
    let expected = [
        call("DescribeEndpoints", ENTRY),
        call("ReadItem", "cell1.example"),
        call("DescribeEndpoints", ENTRY),
        call("ReadItem", "cell1.example"),
    ];
    assert_eq!(made(&calls), expected);
}

#[tokio::test]
async fn other_credentials_discover_their_own_endpoint() {
    let (client, calls) = client(CELL, None, |config| config);
    client.read_item().send().await.expect("an item");
    let other = Credentials::new("OTHER", "secret", None, None, "tests");
    let overrides = Config::builder().credentials_provider(other);
    let call = client.read_item().customize().config_override(overrides);
    call.send().await.expect("an item");
    let discoveries = made(&calls);
    let discoveries = discoveries
        .iter()
        .filter(|(name, _)| name == "DescribeEndpoints");
    assert_eq!(discoveries.count(), 2);
}

#[tokio::test]
async fn no_request_is_sent_without_an_endpoint() {
    for none in [
        r#"{"Endpoints":[]}"#,
        r#"{"Endpoints":[{"Address":"","CachePeriodInMinutes":10}]}"#,
        "{}",
    ] {
        let (client, calls) = client(none, None, |config| config);
        let error = client.read_item().send().await.expect_err("no endpoint");
        let error = DisplayErrorContext(error).to_string();
        assert!(
            error.contains("`DescribeEndpoints` returned none"),
            "{error}"
        );
        assert_eq!(made(&calls), [call("DescribeEndpoints", ENTRY)]);
    }
}
