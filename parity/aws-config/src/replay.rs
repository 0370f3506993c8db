//! Calls the services through an HTTP client that answers from memory.

use aws_config::BehaviorVersion;
use aws_credential_types::provider::ProvideCredentials;
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::display::DisplayErrorContext;
use std::error::Error;
use std::sync::{Arc, Mutex};

/// Each profile with the access key that it gets, or a part of the error, and the calls that it takes.
const PROFILES: &[(&str, Result<&str, &str>, &[&str])] = &[
    ("role", Ok("ASSUMED"), &["AssumeRole"]),
    (
        "refused",
        Err("AccessDenied: not this role"),
        &["AssumeRole"],
    ),
    ("token", Ok("IDENTIFIED"), &["AssumeRoleWithWebIdentity"]),
    ("legacy", Ok("SIGNED-ON"), &["GetRoleCredentials"]),
    (
        "session",
        Ok("SIGNED-ON"),
        &["CreateToken", "GetRoleCredentials"],
    ),
];

const REFUSED: &str = "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>\
     <Code>AccessDenied</Code><Message>not this role</Message></Error><RequestId>id</RequestId></ErrorResponse>";

/// The operation that a request is for, and the status and the body of its response.
fn answer(request: &http::Request<SdkBody>) -> (&'static str, u16, String) {
    let body = String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned();
    let assumed = |operation: &str, key: &str| {
        format!(
            "<{operation}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{operation}Result>\
             <AssumedRoleUser><AssumedRoleId>id</AssumedRoleId>\
             <Arn>arn:aws:sts::123456789012:assumed-role/role/name</Arn></AssumedRoleUser>\
             <Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>\
             <SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>\
             </{operation}Result></{operation}Response>"
        )
    };
    match request.uri().path() {
        "/token" => (
            "CreateToken",
            200,
            r#"{"accessToken":"new","expiresIn":3600,"tokenType":"Bearer"}"#.to_owned(),
        ),
        "/federation/credentials" => (
            "GetRoleCredentials",
            200,
            r#"{"roleCredentials":{"accessKeyId":"SIGNED-ON","secretAccessKey":"secret","sessionToken":"token",
                "expiration":4070908800000}}"#
                .to_owned(),
        ),
        _ if body.contains("Action=AssumeRoleWithWebIdentity") => (
            "AssumeRoleWithWebIdentity",
            200,
            assumed("AssumeRoleWithWebIdentity", "IDENTIFIED"),
        ),
        _ if body.contains("Action=AssumeRole&") && body.contains("role%2Frefused") => {
            ("AssumeRole", 403, REFUSED.to_owned())
        }
        _ if body.contains("Action=AssumeRole&") => {
            ("AssumeRole", 200, assumed("AssumeRole", "ASSUMED"))
        }
        _ => ("an unknown operation", 400, String::new()),
    }
}

pub(crate) async fn run() -> Result<(), Box<dyn Error>> {
    for (profile, expected, calls) in PROFILES {
        let made = Arc::new(Mutex::new(Vec::new()));
        let log = made.clone();
        let http_client = infallible_client_fn(move |request: http::Request<SdkBody>| {
            let (operation, status, body) = answer(&request);
            log.lock().expect("not poisoned").push(operation);
            let mut response = http::Response::new(SdkBody::from(body));
            *response.status_mut() = status.try_into().expect("a status");
            response
        });
        let config = aws_config::defaults(BehaviorVersion::latest())
            .region("us-east-1")
            .profile_name(*profile)
            .http_client(http_client)
            .load()
            .await;
        let provider = config
            .credentials_provider()
            .ok_or("no credentials provider")?;
        let credentials = provider.provide_credentials().await;
        let got = match &credentials {
            Ok(credentials) => credentials.access_key_id().to_owned(),
            Err(error) => DisplayErrorContext(error).to_string(),
        };
        let is_expected = match (expected, &credentials) {
            (Ok(key), Ok(_)) => got == *key,
            (Err(part), Err(_)) => got.contains(part),
            _ => false,
        };
        let made = made.lock().expect("not poisoned").join(", ");
        if !is_expected || made != calls.join(", ") {
            return Err(format!("{profile}: {got} after {made}").into());
        }
        let shown = expected.unwrap_or_else(|part| part);
        println!("{profile}: {shown} by {made}");
    }
    Ok(())
}
