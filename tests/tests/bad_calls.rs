//! Failed calls: each returns a typed error whose `Display` describes what happened.
//!
//! This applies to the errors of operations and services. `SdkError` itself is the type of all AWS SDKs.

mod common;

use chime_sdk::config::retry::RetryConfig;
use chime_sdk::config::timeout::TimeoutConfig;
use chime_sdk::error::{ProvideErrorMetadata, SdkError};
use chime_sdk::operation::RequestId;
use chime_sdk::operation::get_room::GetRoomError;
use chime_sdk::types::MembershipItem;
use common::{answered_by, response};
use std::time::Duration;

/// Calls GetRoom without retries, with this response.
async fn get_room(
    status: u16,
    headers: &'static [(&str, &str)],
    body: &'static str,
) -> SdkError<GetRoomError> {
    let (client, _) = answered_by(
        move |_| response(status, headers, body),
        |config| config.retry_config(RetryConfig::disabled()),
    );
    client
        .get_room()
        .account_id("a")
        .room_id("r")
        .send()
        .await
        .expect_err("no success")
}

/// Returns the `Display` of the service's error.
fn told(error: &SdkError<GetRoomError>) -> String {
    error.as_service_error().expect("a refusal").to_string()
}

const ID: (&str, &str) = ("x-amzn-requestid", "id-1");

#[tokio::test]
async fn a_missing_required_member_sends_nothing() {
    let (client, sent) = answered_by(|_| response(200, &[], "{}"), |config| config);
    let error = client
        .batch_create_room_membership()
        .account_id("a")
        .membership_item_list(MembershipItem::builder().member_id("m").build())
        .send()
        .await
        .expect_err("no room");
    assert!(
        matches!(error, SdkError::ConstructionFailure(_)),
        "{error:?}"
    );
    assert_eq!(
        error.into_service_error().to_string(),
        "BatchCreateRoomMembership failed: failed to construct request: the required member `RoomId` is missing: \
         set it with `.room_id(...)`"
    );
    assert!(sent.take().is_empty());
}

#[tokio::test]
async fn an_empty_path_label_sends_nothing() {
    let (client, sent) = answered_by(|_| response(200, &[], "{}"), |config| config);
    let error = client
        .get_room()
        .account_id("")
        .room_id("r")
        .send()
        .await
        .expect_err("an empty label");
    assert!(
        matches!(error, SdkError::ConstructionFailure(_)),
        "{error:?}"
    );
    assert_eq!(
        chime_sdk::Error::from(error).to_string(),
        "GetRoom failed: failed to construct request: the member `AccountId` is empty, but it is \
         part of the request's path"
    );
    assert!(sent.take().is_empty());
}

#[tokio::test]
async fn a_builder_of_a_type_names_what_it_lacks() {
    let error = chime_sdk::types::TelephonySettings::builder()
        .sms(true)
        .build()
        .expect_err("two are missing");
    let text = error.to_string();
    assert!(
        text.contains("inbound_calling") && text.contains("TelephonySettings"),
        "{text}"
    );
}

#[tokio::test]
async fn modelled_errors_are_typed() {
    let body = r#"{"Code": "NotFound", "Message": "no such room"}"#;
    for headers in [
        &[ID, ("x-amzn-errortype", "NotFoundException")][..],
        &[
            ID,
            ("x-amzn-errortype", "com.amazonaws.chime#NotFoundException"),
        ],
        &[
            ID,
            ("x-amzn-errortype", "NotFoundException:http://internal/"),
        ],
    ] {
        let error = get_room(404, headers, body).await;
        let error = error.into_service_error();
        assert_eq!(
            error.to_string(),
            "GetRoom failed: NotFoundException: no such room (request ID: id-1)"
        );
        let GetRoomError::NotFoundException(shape) = &error else {
            panic!("{error:?}");
        };
        assert_eq!(shape.message(), Some("no such room"));
        assert_eq!(shape.code().map(|code| code.as_str()), Some("NotFound"));
    }
    // The code may be in the body, and the message may be absent.
    let error = get_room(
        403,
        &[ID],
        r#"{"__type": "com.amazonaws.chime#ForbiddenException"}"#,
    )
    .await;
    let error = error.into_service_error();
    assert!(error.is_forbidden_exception());
    assert_eq!(
        error.to_string(),
        "GetRoom failed: ForbiddenException (request ID: id-1)"
    );
    // The service's error knows the shape, but not the operation.
    let error = chime_sdk::Error::from(error);
    assert!(matches!(error, chime_sdk::Error::ForbiddenException(_)));
    assert_eq!(error.to_string(), "ForbiddenException (request ID: id-1)");
    assert_eq!(error.request_id(), Some("id-1"));
}

#[tokio::test]
async fn an_unknown_code_is_kept() {
    let headers = &[ID, ("x-amzn-errortype", "TeapotException")];
    let error = get_room(418, headers, r#"{"message": "short and stout"}"#).await;
    assert_eq!(error.code(), Some("TeapotException"));
    assert_eq!(error.message(), Some("short and stout"));
    assert_eq!(error.request_id(), Some("id-1"));
    let service = error.as_service_error().unwrap();
    assert!(!service.is_not_found_exception());
    let text = "GetRoom failed: TeapotException: short and stout (request ID: id-1)";
    assert_eq!(service.to_string(), text);
    assert_eq!(chime_sdk::Error::from(error).to_string(), text);
}

#[tokio::test]
async fn answers_that_cannot_be_read_say_how_they_begin() {
    // An HTML page from a proxy.
    let html = "<html>\n<body>  <h1>503 Service Unavailable</h1></body></html>";
    let error = get_room(503, &[ID, ("content-type", "text/html")], html).await;
    let text = told(&error);
    assert!(
        text.starts_with("GetRoom failed: HTTP 503 with a body that cannot be read: "),
        "{text}"
    );
    assert!(text.contains("<h1>503 Service Unavailable</h1>"), "{text}");
    assert!(text.ends_with("(request ID: id-1)"), "{text}");
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 503);

    // An HTML page with a code in the header.
    let error = get_room(
        503,
        &[ID, ("x-amzn-errortype", "ServiceUnavailableException")],
        html,
    )
    .await;
    assert_eq!(error.code(), Some("ServiceUnavailableException"));
    let text = told(&error);
    assert!(
        text.starts_with("GetRoom failed: ServiceUnavailableException: HTTP 503 with a body that cannot be read: ")
            && text.contains("; the body is `<html> <body> <h1>503 Service Unavailable</h1></body></html>`"),
        "{text}"
    );

    // A successful status, with a body that is not JSON, is truncated, or has a type that differs from the
    // model. A room has a name, which is sensitive, so the body is not shown.
    for (body, kind) in [
        ("welcome", "type mismatch"),
        (r#"{"Room": {"RoomId": "r", "Na"#, "invalid input"),
        (r#"{"Room": {"RoomId": 5}}"#, "type mismatch"),
    ] {
        let error = get_room(200, &[ID], body).await;
        let length = body.len();
        let expected = format!(
            "GetRoom failed: HTTP 200 with a body that cannot be read: {kind}; the body of {length} bytes is not \
             shown, because it may contain sensitive values (request ID: id-1)"
        );
        assert_eq!(told(&error), expected);
        // The raw response is available to callers.
        let raw = error.raw_response().expect("a response");
        assert_eq!(raw.body().bytes(), Some(body.as_bytes()));
    }
    let (client, _) = answered_by(|_| response(200, &[ID], "welcome"), |config| config);
    let error = client.get_account().account_id("a").send().await;
    let text = error.expect_err("no JSON").into_service_error().to_string();
    assert!(
        text.starts_with(
            "GetAccount failed: HTTP 200 with a body that cannot be read: type mismatch: "
        ) && text.ends_with("; the body is `welcome` (request ID: id-1)"),
        "{text}"
    );

    // An empty error response.
    let error = get_room(500, &[ID], "").await;
    assert_eq!(
        told(&error),
        "GetRoom failed: HTTP 500 without an error code; the body is empty (request ID: id-1)"
    );
    // A truncated error response.
    let error = get_room(
        404,
        &[ID, ("x-amzn-errortype", "NotFoundException")],
        r#"{"Message": "no s"#,
    )
    .await;
    assert_eq!(error.code(), Some("NotFoundException"));
    let text = told(&error);
    assert!(
        text.starts_with(
            "GetRoom failed: NotFoundException: HTTP 404 with a body that cannot be read: "
        ) && text.ends_with(r#"; the body is `{"Message": "no s` (request ID: id-1)"#),
        "{text}"
    );
}

#[tokio::test]
async fn a_redirect_names_its_location() {
    let location = ("location", "https://elsewhere.example/rooms?token=1");
    for (status, body, shown) in [
        (301, "", "; the body is empty"),
        (
            307,
            "<html>moved</html>",
            "; the body is `<html>moved</html>`",
        ),
        (302, "{}", "; the body is `{}`"),
    ] {
        for code in [None, Some("PermanentRedirect")] {
            let mut headers = vec![ID, location];
            headers.extend(code.map(|code| ("x-amzn-errortype", code)));
            let error = get_room(status, headers.leak(), body).await;
            let code = code.map_or(String::new(), |code| format!("{code}: "));
            assert_eq!(
                told(&error),
                format!(
                    "GetRoom failed: {code}HTTP {status}, a redirect to `https://elsewhere.example/rooms`, which is not \
                     followed{shown} (request ID: id-1)"
                )
            );
        }
    }
    // A code in the model describes the error, as in the aws-sdk crates.
    let headers: &[_] = &[ID, location, ("x-amzn-errortype", "NotFoundException")];
    let error = get_room(301, headers.to_vec().leak(), "{}").await;
    assert!(error.into_service_error().is_not_found_exception());
    let error = get_room(304, &[ID], "").await;
    assert_eq!(
        told(&error),
        "GetRoom failed: HTTP 304 without an error code; the body is empty (request ID: id-1)"
    );
}

#[tokio::test]
async fn an_encoding_that_was_not_asked_for_is_named() {
    for (status, encoding) in [(200, "gzip"), (404, "gzip"), (200, "br"), (503, "deflate")] {
        let headers = vec![ID, ("content-encoding", encoding)].leak();
        let error = get_room(status, headers, "\u{1f}\u{8b}\u{8}\0").await;
        let text = told(&error);
        let start = format!(
            "GetRoom failed: HTTP {status} with a body that cannot be read; the body has the content encoding `{encoding}`, \
             which was not requested"
        );
        assert!(
            text.starts_with(&start) && text.ends_with("(request ID: id-1)"),
            "{text}"
        );
        assert!(!text.contains('\u{8b}'), "{text}");
    }
    // If it can be read anyway, it is.
    let error = get_room(
        404,
        &[
            ID,
            ("content-encoding", "identity"),
            ("x-amzn-errortype", "NotFoundException"),
        ],
        r#"{"Message": "no such room"}"#,
    )
    .await;
    assert!(told(&error).contains("NotFoundException: no such room"));
}

#[tokio::test]
async fn what_a_later_model_adds_is_kept_or_passed_over() {
    let body = r#"{"Room": {"RoomId": "r", "Shiny": {"new": [1, 2]}, "Name": null}, "More": 1}"#;
    let (client, _) = answered_by(move |_| response(200, &[ID], body), |config| config);
    let output = client
        .get_room()
        .account_id("a")
        .room_id("r")
        .send()
        .await
        .expect("readable");
    let room = output.room().expect("a room");
    assert_eq!((room.room_id(), room.name()), (Some("r"), None));

    let body = r#"{"Errors": [{"MemberId": "m", "ErrorCode": "OutOfCheese"}, null]}"#;
    let (client, _) = answered_by(move |_| response(201, &[ID], body), |config| config);
    let output = client
        .batch_create_room_membership()
        .account_id("a")
        .room_id("r")
        .set_membership_item_list(Some(vec![]))
        .send()
        .await
        .expect("readable");
    assert_eq!(
        output.errors()[0].error_code().unwrap().as_str(),
        "OutOfCheese"
    );

    // The service no longer sends a required member.
    let body = r#"{"Account": {"AccountId": "a"}}"#;
    let (client, _) = answered_by(move |_| response(200, &[ID], body), |config| config);
    let output = client
        .get_account()
        .account_id("a")
        .send()
        .await
        .expect("readable");
    assert_eq!(output.account().unwrap().name(), "");
}

#[tokio::test]
async fn a_timeout_names_the_operation() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let timeouts = TimeoutConfig::builder()
        .operation_timeout(Duration::from_millis(50))
        .build();
    let client = common::client(&url, |config| config.timeout_config(timeouts));
    let error = client
        .list_accounts()
        .send()
        .await
        .expect_err("nobody answers");
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
    let error = error.into_service_error();
    assert!(
        error
            .to_string()
            .starts_with("ListAccounts failed: request has timed out: "),
        "{error}"
    );
}

#[tokio::test]
async fn a_connection_that_breaks_is_a_dispatch_failure() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            drop(stream);
        }
    });
    let client = common::client(&url, |config| config.retry_config(RetryConfig::disabled()));
    let error = client
        .list_accounts()
        .send()
        .await
        .expect_err("the connection breaks");
    assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
    let error = error.into_service_error();
    assert!(
        error
            .to_string()
            .starts_with("ListAccounts failed: dispatch failure: io error: "),
        "{error}"
    );
}

#[tokio::test]
async fn what_is_missing_from_the_configuration_is_said() {
    let nothing = chime_sdk::Config::builder();
    let no_region = chime_sdk::Config::builder().credentials_provider(
        chime_sdk::config::Credentials::new("AKID", "secret", None, None, "tests"),
    );
    for (config, expected) in [
        (
            nothing,
            "ListAccounts failed: dispatch failure: other: no credentials are set: set a \
             `credentials_provider`, or load it with `from_env()` or aws-config",
        ),
        (
            no_region,
            "ListAccounts failed: dispatch failure: other: Invalid Configuration: Missing Region: set `region` in the configuration, `AWS_REGION` in the \
             environment or `region` in the profile",
        ),
    ] {
        let client = chime_sdk::Client::from_conf(config.build());
        let error = client.list_accounts().send().await.expect_err(expected);
        assert_eq!(error.into_service_error().to_string(), expected);
    }
}
