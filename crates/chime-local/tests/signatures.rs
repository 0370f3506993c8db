//! Signatures that are checked, as chime-sdk and other programs send them.

mod common;

use bytes::Bytes;
use chime_local::{AccessKey, Chime, Clock};
use chime_sdk::Client;
use chime_sdk::config::Credentials;
use chime_sdk::error::ProvideErrorMetadata;
use chime_sdk::presigning::PresigningConfig;
use http::Request;
use std::time::{Duration, SystemTime};

fn guarded() -> (Chime, Clock) {
    let clock = Clock::manual(SystemTime::now());
    let chime = Chime::builder()
        .credentials(AccessKey::new("test", "secret"))
        .credentials(AccessKey::new("other", "key:with:colons"))
        .clock(clock.clone())
        .build()
        .expect("a Chime in memory");
    (chime, clock)
}

fn client(chime: &Chime, key: &str, secret: &str, token: Option<&str>) -> Client {
    let credentials = Credentials::new(key, secret, token.map(str::to_owned), None, "tests");
    let config = common::config()
        .credentials_provider(credentials)
        .endpoint_url("http://chime.invalid")
        .http_client(chime.http_client());
    Client::from_conf(config.build())
}

async fn code(client: &Client) -> Option<String> {
    let listed = client
        .list_accounts()
        .name("a name & more")
        .user_email("ada+é@example.com")
        .send()
        .await;
    match listed {
        Ok(_) => None,
        Err(error) => Some(error.code().expect("a code").to_owned()),
    }
}

#[tokio::test]
async fn only_right_signatures_are_accepted() {
    let (chime, clock) = guarded();
    for (key, secret, token, expected) in [
        ("test", "secret", None, None),
        ("other", "key:with:colons", None, None),
        ("test", "Secret", None, Some("InvalidSignatureException")),
        ("other", "secret", None, Some("InvalidSignatureException")),
        (
            "nobody",
            "secret",
            None,
            Some("UnrecognizedClientException"),
        ),
        (
            "test",
            "secret",
            Some("token"),
            Some("UnrecognizedClientException"),
        ),
    ] {
        let client = client(&chime, key, secret, token);
        assert_eq!(code(&client).await.as_deref(), expected, "{key} {secret}");
    }
    // A body and a path with characters that are encoded.
    let client = client(&chime, "test", "secret", None);
    let account = client
        .create_account()
        .name("é")
        .send()
        .await
        .expect("an account");
    let id = account
        .account()
        .expect("an account")
        .account_id()
        .to_owned();
    client
        .get_account()
        .account_id(&id)
        .send()
        .await
        .expect("the account");
    let missing = client.get_account().account_id("a b/é").send().await;
    let missing = missing.expect_err("no such account");
    assert_eq!(missing.code(), Some("NotFoundException"), "{missing:?}");

    // The clocks of the client and the server differ.
    clock.advance(Duration::from_secs(299));
    assert_eq!(code(&client).await, None);
    clock.advance(Duration::from_secs(20));
    assert_eq!(
        code(&client).await.as_deref(),
        Some("InvalidSignatureException")
    );
    let chime = Chime::builder()
        .credentials(AccessKey::new("test", "secret"))
        .clock(Clock::manual(SystemTime::now() - Duration::from_secs(3600)))
        .build()
        .expect("a Chime in memory");
    let early = self::client(&chime, "test", "secret", None)
        .list_accounts()
        .send()
        .await;
    let early = early.expect_err("too early");
    assert!(
        early
            .message()
            .expect("a message")
            .starts_with("Signature not yet current: ")
    );
}

#[tokio::test]
async fn presigned_requests_are_accepted_while_they_are_valid() {
    let (chime, clock) = guarded();
    let client = client(&chime, "test", "secret", None);
    let presigned = client
        .list_accounts()
        .name("a name & more")
        .presigned(PresigningConfig::expires_in(Duration::from_secs(900)).expect("a time"))
        .await
        .expect("a presigned request");
    let request = |uri: &str| {
        let mut request = Request::builder().method(presigned.method()).uri(uri);
        for (name, value) in presigned.headers() {
            request = request.header(name, value);
        }
        let request = match presigned.headers().any(|(name, _)| name == "host") {
            true => request,
            false => request.header("host", "chime.invalid"),
        };
        request.body(Bytes::new()).expect("a request")
    };
    let status = |uri: &str| {
        let response = chime.answer(&request(uri));
        let code = response.headers().get("x-amzn-errortype").cloned();
        (
            response.status().as_u16(),
            code.map(|code| code.to_str().expect("a name").to_owned()),
        )
    };
    let invalid = (403, Some("InvalidSignatureException".to_owned()));
    assert_eq!(status(presigned.uri()), (200, None));
    assert_eq!(status(&presigned.uri().replace("more", "less")), invalid);
    clock.advance(Duration::from_secs(899));
    assert_eq!(status(presigned.uri()), (200, None));
    clock.advance(Duration::from_secs(10));
    assert_eq!(status(presigned.uri()), invalid);
    // The signature does not appear in the log.
    for request in chime.requests() {
        assert!(
            request.path.contains("X-Amz-Signature=%28hidden%29"),
            "{}",
            request.path
        );
    }
}

/// Answers a request to a Chime whose time is 2026-11-24, 00:05, and returns the code and the message of the error.
fn refusal(path: &str, headers: &[(&str, &str)]) -> (String, String) {
    let clock = Clock::manual(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_478_700));
    let chime = Chime::builder()
        .credentials(AccessKey::new("test", "secret"))
        .clock(clock)
        .build()
        .expect("a Chime in memory");
    let mut request = Request::builder().uri(path).header("host", "x");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = chime.answer(&request.body(Bytes::new()).expect("a request"));
    assert_eq!(response.status(), 403, "{path} {headers:?}");
    let code = response.headers().get("x-amzn-errortype");
    let code = code.expect("an error").to_str().expect("a name");
    let body: serde_json::Value = serde_json::from_slice(response.body()).expect("JSON");
    let message = body["message"].as_str().expect("a message");
    (code.to_owned(), message.to_owned())
}

const MISSING: &str = "MissingAuthenticationTokenException";
const INCOMPLETE: &str = "IncompleteSignatureException";
const UNRECOGNIZED: &str = "UnrecognizedClientException";
const INVALID: &str = "InvalidSignatureException";

#[test]
fn signatures_in_headers_get_the_errors_of_aws() {
    let good = "AWS4-HMAC-SHA256 Credential=test/20261124/us-east-1/chime/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";
    let now = "20261124T000500Z";
    for (authorization, date, code, message) in [
        ("", "", MISSING, "Missing Authentication Token"),
        (
            "Basic abc",
            "",
            INCOMPLETE,
            "Unsupported AWS 'algorithm': 'Basic'.",
        ),
        (
            "AWS4-HMAC-SHA256",
            now,
            INCOMPLETE,
            "Authorization header requires 'Credential' parameter.",
        ),
        (
            good,
            "",
            INCOMPLETE,
            "Authorization header requires existence of a 'X-Amz-Date' header.",
        ),
        (
            good,
            "yesterday",
            INCOMPLETE,
            "Date must be in ISO-8601 'basic format'. Got 'yesterday'.",
        ),
        (
            good,
            "20261124Tx00000Z",
            INCOMPLETE,
            "Date must be in ISO-8601 'basic format'. Got '20261124Tx00000Z'.",
        ),
        (
            &good.replace("test/", ""),
            now,
            INCOMPLETE,
            "Credential must have exactly 5 slash-delimited elements",
        ),
        (
            &good.replace("test", "x"),
            now,
            UNRECOGNIZED,
            "The security token included in the request is invalid.",
        ),
        (
            good,
            "20261123T235959Z",
            INVALID,
            "Signature expired: 20261123T235959Z is now earlier than 20261124T000000Z (20261124T000500Z - 5 min.)",
        ),
        (
            good,
            "20261124T001001Z",
            INVALID,
            "Signature not yet current: 20261124T001001Z is still later than 20261124T001000Z (20261124T000500Z + 5 min.)",
        ),
        (
            &good.replace("20261124", "20261123"),
            now,
            INVALID,
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261123' != \
             '20261124', from '20261124T000500Z'.",
        ),
        (
            &good.replace("20261124", ""),
            now,
            INVALID,
            "Date in Credential scope does not match",
        ),
        (
            &good.replace("/chime/", "/s3/"),
            now,
            INVALID,
            "Credential should be scoped to correct service: 'chime'.",
        ),
        (
            &good.replace("aws4_request", "aws5_request"),
            now,
            INVALID,
            "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.",
        ),
        (
            &good.replace("host;", ""),
            now,
            INVALID,
            "'Host' must be a 'SignedHeader'.",
        ),
        (
            good,
            now,
            INVALID,
            "The request signature we calculated does not match the signature you provided.",
        ),
    ] {
        let mut headers = vec![("authorization", authorization), ("x-amz-date", date)];
        headers.retain(|(_, value)| !value.is_empty());
        // Who may not call the service learns nothing of what it has.
        for path in ["/accounts", "/nowhere"] {
            let (found, text) = refusal(path, &headers);
            assert_eq!(found, code, "{authorization} {date}: {text}");
            assert!(text.starts_with(message), "{text}");
        }
    }
    let token = [
        ("authorization", good),
        ("x-amz-date", now),
        ("x-amz-security-token", "t"),
    ];
    let (code, message) = refusal("/accounts", &token);
    assert_eq!(code, UNRECOGNIZED, "{message}");
}

#[test]
fn signatures_in_the_query_get_the_errors_of_aws() {
    let good = "/accounts?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2F20261124%2Fus-east-1%2Fchime%2Faws4_request\
                &X-Amz-Date=20261124T000400Z&X-Amz-Expires=90&X-Amz-SignedHeaders=host&X-Amz-Signature=00";
    for (from, to, code, message) in [
        (
            "AWS4-HMAC-SHA256",
            "AWS4",
            INCOMPLETE,
            "Unsupported AWS 'algorithm': 'AWS4'.",
        ),
        (
            "&X-Amz-Expires=90",
            "",
            INCOMPLETE,
            "The query requires the parameter 'X-Amz-Expires'.",
        ),
        (
            "=90",
            "=604801",
            INCOMPLETE,
            "X-Amz-Expires must be from 1 to 604800 seconds.",
        ),
        (
            "=90",
            "=0",
            INCOMPLETE,
            "X-Amz-Expires must be from 1 to 604800 seconds.",
        ),
        (
            "&X-Amz-Signature=00",
            "",
            INCOMPLETE,
            "The query requires the parameter 'X-Amz-Signature'.",
        ),
        (
            "=90",
            "=59",
            INVALID,
            "Signature expired: 20261124T000400Z is now earlier than 20261124T000401Z (20261124T000500Z - 59 s.)",
        ),
        (
            "T000400Z",
            "T001100Z",
            INVALID,
            "Signature not yet current: 20261124T001100Z is still later than 20261124T001000Z",
        ),
        (
            "&X-Amz-SignedHeaders",
            "&X-Amz-Security-Token=t&X-Amz-SignedHeaders",
            UNRECOGNIZED,
            "The security token included in the request is invalid.",
        ),
        ("=00", "=01", INVALID, "The request signature we calculated"),
    ] {
        let path = good.replace(from, to);
        assert_ne!(path, good);
        let (found, text) = refusal(&path, &[]);
        assert_eq!(found, code, "{path}: {text}");
        assert!(text.starts_with(message), "{text}");
    }
}

#[test]
fn keys_are_read_from_text() {
    assert_eq!("a:b:c".parse(), Ok(AccessKey::new("a", "b:c")));
    for text in ["", "a", "a:", ":b"] {
        assert!(text.parse::<AccessKey>().is_err());
    }
    assert!(!format!("{:?}", AccessKey::new("a", "geheim")).contains("geheim"));
}
