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

#[test]
fn unsigned_requests_get_the_errors_of_aws() {
    let (chime, _) = guarded();
    let good = "AWS4-HMAC-SHA256 Credential=test/20261124/us-east-1/chime/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";
    for (authorization, date, expected) in [
        ("", "", "MissingAuthenticationTokenException"),
        ("Basic abc", "", "IncompleteSignatureException"),
        (
            "AWS4-HMAC-SHA256",
            "20261124T000000Z",
            "IncompleteSignatureException",
        ),
        (good, "", "IncompleteSignatureException"),
        (good, "yesterday", "InvalidSignatureException"),
        (good, "20261124Tx00000Z", "IncompleteSignatureException"),
        (good, "20261124T000000Z", "InvalidSignatureException"),
        (
            &good.replace("test/", ""),
            "20261124T000000Z",
            "IncompleteSignatureException",
        ),
        (
            &good.replace("/chime/", "/s3/"),
            "20261124T000000Z",
            "InvalidSignatureException",
        ),
        (
            &good.replace("test", "x"),
            "20261124T000000Z",
            "UnrecognizedClientException",
        ),
    ] {
        for path in ["/accounts", "/nowhere"] {
            let mut request = Request::builder().uri(path).header("host", "x");
            if !authorization.is_empty() {
                request = request.header("authorization", authorization);
            }
            if !date.is_empty() {
                request = request.header("x-amz-date", date);
            }
            let response = chime.answer(&request.body(Bytes::new()).expect("a request"));
            let code = response
                .headers()
                .get("x-amzn-errortype")
                .expect("an error");
            assert_eq!(code, expected, "{authorization} {date}");
            assert_eq!(response.status(), 403);
        }
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
