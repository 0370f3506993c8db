//! Presigned requests, compared with those of botocore (`generate_presigned_url` at this time).

use aws_smithy_http_client::test_util::capture_request;
use chime_sdk::config::{Credentials, Region};
use chime_sdk::presigning::{PresignedRequest, PresigningConfig, PresigningConfigError};
use chime_sdk::{Client, Config};
use smithy_operation::{FluentBuilder, ServiceDescriptor};
use std::collections::BTreeSet;
use std::time::{Duration, UNIX_EPOCH};

fn config(seconds: u64) -> PresigningConfig {
    PresigningConfig::builder()
        // 2026-11-24T14:05:00Z
        .start_time(UNIX_EPOCH + Duration::from_secs(1_795_529_100))
        .expires_in(Duration::from_secs(seconds))
        .build()
        .expect("valid")
}

fn builder(token: Option<&str>) -> chime_sdk::config::Builder {
    let token = token.map(str::to_owned);
    let (http_client, _) = capture_request(None);
    Config::builder()
        .region(Region::new("us-east-1"))
        .http_client(http_client)
        .credentials_provider(Credentials::new(
            "AKIDEXAMPLE",
            "secret",
            token,
            None,
            "test",
        ))
}

#[track_caller]
fn check(request: &PresignedRequest, method: &str, url: &str) {
    let parts = |uri: &str| {
        let (path, query) = uri.split_once('?').expect("a query");
        let query: BTreeSet<String> = query.split('&').map(str::to_owned).collect();
        (path.to_owned(), query)
    };
    assert_eq!(request.method(), method);
    assert_eq!(parts(request.uri()), parts(url));
    assert_eq!(request.headers().next(), None);
    assert_eq!(request.body(), None);
}

#[tokio::test]
async fn chimes_requests_are_those_of_botocore() {
    const SCOPE: &str = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20261124%2F\
        us-east-1%2Fchime%2Faws4_request&X-Amz-Date=20261124T140500Z&X-Amz-Expires=900&\
        X-Amz-SignedHeaders=host";
    for (token, room, accounts, deletion) in [
        (
            "",
            "c454cc4c702377f8d876ed7612aa3f9b2fb08978bed49331497f155ffb715d20",
            "7f69ab89886b1e7b6ae23c69734ebb881ab53787ac680ad4dd32c4f8b6024cf2",
            "c4995ed42b6832f957aab0bce992cc8d7db354a4b45b2f69b6570c3057fa501a",
        ),
        (
            "to/ken==",
            "5f5014997995eb8a944cf90f4e8edd831846c951771950c2de701808cdf58e15",
            "32936a0527b6db9b45b087c820b4f9b800a2e32d0d614640a725e1d41b50bc64",
            "00f2a3c0f0c08956815a7b32fb9436001ecc4b4ff76982fdec6b974414869a32",
        ),
    ] {
        let client = Client::from_conf(builder(Some(token).filter(|it| !it.is_empty())).build());
        let url = |path: &str, signature: &str| {
            let token = match token {
                "" => String::new(),
                _ => "&X-Amz-Security-Token=to%2Fken%3D%3D".to_owned(),
            };
            format!(
                "https://chime.us-east-1.amazonaws.com{path}{SCOPE}{token}&X-Amz-Signature={signature}"
            )
        };

        let call = client.get_room().account_id("a b").room_id("r/1");
        let request = call.presigned(config(900)).await.expect("presigned");
        check(&request, "GET", &url("/accounts/a%20b/rooms/r%2F1?", room));

        let call = client.list_accounts().name("Ann & Söhne").max_results(5);
        let request = call.presigned(config(900)).await.expect("presigned");
        let path = "/accounts?name=Ann%20%26%20S%C3%B6hne&max-results=5&";
        check(&request, "GET", &url(path, accounts));

        let call = client.delete_room().account_id("a").room_id("r");
        let call = call.customize().presigned(config(900));
        let request = call.await.expect("presigned");
        check(&request, "DELETE", &url("/accounts/a/rooms/r?", deletion));
        assert!(!format!("{request:?}").contains("Signature"), "{request:?}");
    }
}

/// Presigns a request that a call is changed to.
async fn presign(
    service: &'static ServiceDescriptor,
    change: fn(&mut aws_smithy_runtime_api::client::orchestrator::HttpRequest),
) -> PresignedRequest {
    use fixture_uri_trailing_slash::operation::root::RootFluentBuilder;

    let config_of_client = builder(None)
        .endpoint_url("https://service.example")
        .build();
    let client = smithy_client::Client::new(
        service,
        smithy_client::protocol::RestJson1,
        config_of_client,
    );
    let call = RootFluentBuilder::new(client.handle().clone()).customize();
    let call = call.mutate_request(change).presigned(config(60));
    call.await.expect("presigned")
}

/// A service that has only these names of its own.
const fn service(sdk_id: &'static str, signing_name: &'static str) -> ServiceDescriptor {
    ServiceDescriptor {
        sdk_id,
        user_agent: signing_name,
        signing_name,
        crate_version: "0.0.0",
        shape_name: "Service",
        version: "2026-11-25",
        xml_namespace: None,
        query_codes: None,
        auth: &[smithy_operation::AuthScheme::Sigv4],
        auth_of: &[],
        retries: &[],
        customizations: smithy_operation::Customizations::NONE,
        resolve_endpoint: None,
    }
}

#[tokio::test]
async fn a_form_becomes_the_query() {
    static STS: ServiceDescriptor = service("STS", "sts");

    let request = presign(&STS, |request| {
        let uri = "https://sts.us-east-1.amazonaws.com/";
        request.set_uri(uri).expect("a valid URI");
        request.set_method("POST").expect("a valid method");
        let form = "application/x-www-form-urlencoded";
        request.headers_mut().insert("content-type", form);
        *request.body_mut() = "Action=GetCallerIdentity&Version=2011-06-15".into();
    });
    check(
        &request.await,
        "GET",
        "https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15&\
         X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20261124%2Fus-east-1%2Fsts%2Faws4_request&\
         X-Amz-Date=20261124T140500Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&\
         X-Amz-Signature=714fc45a58bb44e672d97038bdd5c0698554bd7c7a4a17ec7bd2d8a22a0523b6",
    );
}

#[tokio::test]
async fn s3_signs_paths_as_they_are_and_no_body() {
    static S3: ServiceDescriptor = service("S3", "s3");

    let request = presign(&S3, |request| {
        let uri = "https://s3.amazonaws.com/b/a//b/../c%20d";
        request.set_uri(uri).expect("a valid URI");
        request.set_method("GET").expect("a valid method");
    });
    check(
        &request.await,
        "GET",
        "https://s3.amazonaws.com/b/a//b/../c%20d?X-Amz-Algorithm=AWS4-HMAC-SHA256&\
         X-Amz-Credential=AKIDEXAMPLE%2F20261124%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20261124T140500Z&\
         X-Amz-Expires=60&X-Amz-SignedHeaders=host&\
         X-Amz-Signature=62f4b5c960860c5f4e7e484230469f6f1d53d2aee2592ed0bfe52896290940e2",
    );
}

#[tokio::test]
async fn a_body_is_signed_and_returned() {
    let client = Client::from_conf(builder(None).build());
    let call = client
        .create_room()
        .account_id("a")
        .name("b")
        .client_request_token("c");
    let request = call.presigned(config(60)).await.expect("presigned");
    assert_eq!(request.method(), "POST");
    let headers: Vec<_> = request.headers().collect();
    assert_eq!(headers, [("content-type", "application/json")]);
    let body = request.body().expect("a body").to_vec();
    assert_eq!(body, br#"{"ClientRequestToken":"c","Name":"b"}"#);
    assert!(
        request
            .uri()
            .contains("X-Amz-SignedHeaders=content-type%3Bhost&")
    );
    let request = request.into_http_1x_request(body);
    assert_eq!(request.uri().path(), "/accounts/a/rooms");
}

#[tokio::test]
async fn what_cannot_be_presigned_is_an_error() {
    let config_of_client = Config::builder().region(Region::new("us-east-1")).build();
    let client = Client::from_conf(config_of_client);
    let call = client.get_room().account_id("a").room_id("b");
    let error = call
        .presigned(config(60))
        .await
        .expect_err("no credentials");
    let error = format!("{error:?}");
    assert!(error.contains("no credentials are set"), "{error}");

    let call = client.get_room().account_id("a").presigned(config(60));
    let error = call.await.expect_err("a member is missing");
    let error = format!("{error:?}");
    assert!(error.contains("room_id"), "{error}");

    static OPEN: ServiceDescriptor = ServiceDescriptor {
        auth: &[smithy_operation::AuthScheme::None],
        ..service("Open", "open")
    };
    use fixture_uri_trailing_slash::operation::root::RootFluentBuilder;
    let config_of_client = builder(None)
        .endpoint_url("https://service.example")
        .build();
    let client =
        smithy_client::Client::new(&OPEN, smithy_client::protocol::RestJson1, config_of_client);
    let call = RootFluentBuilder::new(client.handle().clone());
    let error = call.presigned(config(60)).await.expect_err("not signed");
    let error = format!("{error:?}");
    assert!(error.contains("it is not signed with SigV4"), "{error}");
}

#[test]
fn a_week_is_the_limit() {
    let week = Duration::from_secs(604_800);
    assert!(PresigningConfig::expires_in(week).is_ok());
    let longer = PresigningConfig::expires_in(week + Duration::from_secs(1));
    assert_eq!(longer, Err(PresigningConfigError::TooLong));
    let missing = PresigningConfig::builder().build();
    assert_eq!(missing, Err(PresigningConfigError::Missing));
}
