//! What services need beyond their protocol.

mod common;

use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use common::response;
use fixture_customizations::config::{Builder, Credentials, Region, ServiceSettings};
use fixture_customizations::{Client, Config};
use smithy_client::config::SdkConfig;
use smithy_operation::error::DisplayErrorContext;
use std::sync::{Arc, Mutex};

type Sent = Arc<Mutex<Vec<http::Request<Vec<u8>>>>>;

type Answer = (u16, &'static [(&'static str, &'static str)], &'static str);

fn with(config: Builder, answers: Vec<Answer>) -> (Client, Sent) {
    let sent = Sent::default();
    let log = sent.clone();
    let answers = Mutex::new(answers.into_iter());
    let http_client = infallible_client_fn(move |request: http::Request<SdkBody>| {
        let request = request.map(|body| body.bytes().unwrap_or_default().to_vec());
        log.lock().expect("not poisoned").push(request);
        let answer = answers.lock().expect("not poisoned").next();
        let (status, headers, body) = answer.unwrap_or((200, &[], ""));
        response(status, headers, body).map(SdkBody::from)
    });
    let config = config
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "tests"))
        .http_client(http_client);
    (Client::from_conf(config.build()), sent)
}

fn client(answers: Vec<Answer>) -> (Client, Sent) {
    with(Config::builder(), answers)
}

fn uri(sent: &Sent) -> String {
    let request = sent.lock().expect("not poisoned").pop();
    request.expect("a request").uri().to_string()
}

#[tokio::test]
async fn ids_lose_their_prefix_and_accounts_have_a_default() {
    for (account, id, path) in [
        (None, "/thing/T1", "/-/things/T1"),
        (Some(""), "thing/T1", "/-/things/T1"),
        (Some("1"), "T1", "/1/things/T1"),
    ] {
        let (client, sent) = client(Vec::new());
        let call = client.get_thing().set_account(account.map(str::to_owned));
        let call = call.id(id).parent("/thing/T0");
        call.send().await.expect("a thing");
        let uri = uri(&sent);
        let expected = format!("https://entry.us-east-1.example{path}?parent=T0");
        assert_eq!(uri, expected);
    }
}

#[tokio::test]
async fn every_request_has_the_headers_of_the_service() {
    let (client, sent) = client(Vec::new());
    client.copy_thing().send().await.expect("a copy");
    let request = sent.lock().expect("not poisoned").pop().expect("one");
    assert_eq!(request.headers()["x-example-version"], "2026");
    let signed = request.headers()["authorization"].to_str().expect("text");
    assert!(signed.contains(";x-example-version"), "{signed}");
}

#[tokio::test]
async fn a_response_without_a_body_has_a_code() {
    let (client, _) = client(vec![(404, &[], ""), (403, &[], "")]);
    let error = client.head_thing().key("k").send().await.expect_err("404");
    let error = error.into_service_error();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.meta().code(), Some("NotFound"));
    let error = client.head_thing().key("k").send().await.expect_err("403");
    let error = error.into_service_error();
    assert_eq!(error.meta().code(), None, "{error}");
}

#[tokio::test]
async fn a_successful_response_may_be_an_error() {
    let error = "<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code><Message>try again</Message>\
                 </Error>";
    let copy = "<CopyResult><ETag>\"1\"</ETag></CopyResult>";
    let errors = "<ErrorReport><ETag>\"1\"</ETag></ErrorReport>";
    let (client, sent) = client(vec![(200, &[], error), (200, &[], copy)]);
    // The code is worth a retry.
    let copied = client.copy_thing().send().await.expect("a copy");
    assert_eq!(copied.result().and_then(|it| it.e_tag()), Some("\"1\""));
    assert_eq!(sent.lock().expect("not poisoned").len(), 2);
    let (client, _) = self::client(vec![
        (200, &[], "<Error><Code>AccessDenied</Code></Error>"),
        (200, &[], errors),
    ]);
    let error = client.copy_thing().send().await.expect_err("an error");
    let error = error.into_service_error();
    assert_eq!(error.meta().code(), Some("AccessDenied"), "{error}");
    let copied = client.copy_thing().send().await.expect("a report");
    assert_eq!(copied.result().and_then(|it| it.e_tag()), Some("\"1\""));
}

#[tokio::test]
async fn a_path_may_contain_segments_of_dots() {
    for (key, path) in [("../a", "/keys/../a"), ("a/./b", "/keys/a/./b")] {
        let (client, sent) = client(Vec::new());
        client.head_thing().key(key).send().await.expect("a thing");
        assert_eq!(uri(&sent), format!("https://entry.us-east-1.example{path}"));
    }
}

#[tokio::test]
async fn a_path_does_not_repeat_what_the_endpoint_has() {
    let (client, sent) = client(Vec::new());
    client
        .list_things()
        .bucket("b")
        .send()
        .await
        .expect("things");
    assert_eq!(uri(&sent), "https://b.example/?list");
    let error = client.list_things().bucket("").send().await;
    let error = DisplayErrorContext(error.expect_err("another path")).to_string();
    assert!(error.contains("the member `Bucket` is empty"), "{error}");
}

#[tokio::test]
async fn a_header_need_not_be_a_date() {
    let date = "Thu, 01 Jan 1970 00:00:10 GMT";
    let (client, _) = client(vec![
        (200, &[("expires", "Thu, 01 Jan 1970 00:00:10 GMT")], ""),
        (200, &[("expires", "never")], ""),
        (200, &[], ""),
    ]);
    for (seconds, text) in [(Some(10), Some(date)), (None, Some("never")), (None, None)] {
        let thing = client.get_thing().id("1").send().await;
        let thing = thing.unwrap_or_else(|error| panic!("{}", DisplayErrorContext(error)));
        assert_eq!(thing.expires().map(|time| time.secs()), seconds);
        assert_eq!(thing.expires_text(), text);
    }
}

#[tokio::test]
async fn a_request_has_the_hashes_of_its_body() {
    let (client, sent) = client(Vec::new());
    let body = ByteStream::from_static(b"hello world");
    client.put_thing().body(body).send().await.expect("put");
    let request = sent.lock().expect("not poisoned").pop().expect("one");
    let hash = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
    assert_eq!(request.headers()["x-amz-sha256-tree-hash"], hash);
    assert_eq!(request.headers()["x-amz-content-sha256"], hash);
}

#[tokio::test]
async fn a_call_may_name_its_endpoint() {
    for url in ["https://mine.example/path", "https://mine.example/path/"] {
        let (client, sent) = client(Vec::new());
        let predicted = client.predict().endpoint(url).send().await;
        predicted.expect("predicted");
        assert_eq!(uri(&sent), "https://mine.example/path/");
    }
    let (client, _) = client(Vec::new());
    let error = client.predict().endpoint("mine.example").send().await;
    let error = DisplayErrorContext(error.expect_err("no URL")).to_string();
    assert!(error.contains("has no scheme"), "{error}");
}

#[derive(Debug)]
struct Environment(&'static str);

impl LoadServiceConfig for Environment {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let is_meant = key.env() == "EXAMPLE_SHOUT" && key.profile() == "example_shout";
        is_meant.then(|| self.0.to_owned())
    }
}

#[tokio::test]
async fn the_environment_has_settings() {
    let (loud, quiet) = (
        "https://loud.example/copy",
        "https://entry.us-east-1.example/copy",
    );
    for (value, own, expected) in [
        ("true", None, loud),
        ("TRUE", None, loud),
        ("false", None, quiet),
        ("loudly", None, quiet),
        ("true", Some(false), quiet),
        ("false", Some(true), loud),
    ] {
        let shared = SdkConfig::builder()
            .service_config(Environment(value))
            .build();
        let mut config = Builder::from(&shared);
        if let Some(own) = own {
            config = config.shout(own);
        }
        let (client, sent) = with(config, Vec::new());
        client.copy_thing().send().await.expect("a copy");
        assert_eq!(uri(&sent).to_lowercase(), expected, "{value} {own:?}");
    }
}
