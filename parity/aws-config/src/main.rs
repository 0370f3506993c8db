//! Gets credentials from each of aws-config's providers that call a service, without a network.
//!
//! `cargo xtask aws-config` builds this program with generated STS, SSO and SSO-OIDC crates in the place of the
//! aws-sdk crates, and runs it with an empty home folder. With the argument `server`, it assumes the roles with the
//! server that `AWS_ENDPOINT_URL` names.

use aws_config::BehaviorVersion;
use aws_credential_types::provider::ProvideCredentials;
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use std::error::Error;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

const CONFIG: &str = "
[profile keys]
aws_access_key_id = AKID
aws_secret_access_key = secret

[profile role]
role_arn = arn:aws:iam::123456789012:role/role
source_profile = keys

[profile token]
role_arn = arn:aws:iam::123456789012:role/token
web_identity_token_file = WEB_TOKEN

[profile legacy]
sso_start_url = https://legacy.example/start
sso_region = us-east-1
sso_account_id = 123456789012
sso_role_name = legacy

[profile session]
sso_session = session
sso_account_id = 123456789012
sso_role_name = session

[sso-session session]
sso_start_url = https://session.example/start
sso_region = us-east-1
";

/// The files below the home folder. Tokens are named after the SHA-1 of their start URL or session.
const FILES: &[(&str, &str)] = &[
    (".aws/web-token", "web-token"),
    (
        ".aws/sso/cache/44f131d851233caf8935977bab57d47642050afc.json",
        r#"{"accessToken":"legacy","expiresAt":"2099-01-01T00:00:00Z"}"#,
    ),
    // It has expired, so that it is refreshed.
    (
        ".aws/sso/cache/fcbdc4c271c889825d8338d2d8f10b6e5e95c171.json",
        r#"{"accessToken":"old","expiresAt":"2020-01-01T00:00:00Z","refreshToken":"refresh","clientId":"id",
            "clientSecret":"secret","registrationExpiresAt":"2099-01-01T00:00:00Z"}"#,
    ),
];

/// Each profile with the access key it gets and the calls it takes.
const PROFILES: &[(&str, &str, &[&str])] = &[
    ("role", "ASSUMED", &["AssumeRole"]),
    ("token", "IDENTIFIED", &["AssumeRoleWithWebIdentity"]),
    ("legacy", "SIGNED-ON", &["GetRoleCredentials"]),
    ("session", "SIGNED-ON", &["CreateToken", "GetRoleCredentials"]),
];

/// The operation that a request is for, and its response.
fn answer(request: &http::Request<SdkBody>) -> (&'static str, String) {
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
            r#"{"accessToken":"new","expiresIn":3600,"tokenType":"Bearer"}"#.to_owned(),
        ),
        "/federation/credentials" => (
            "GetRoleCredentials",
            r#"{"roleCredentials":{"accessKeyId":"SIGNED-ON","secretAccessKey":"secret","sessionToken":"token",
                "expiration":4070908800000}}"#
                .to_owned(),
        ),
        _ if body.contains("Action=AssumeRoleWithWebIdentity") => (
            "AssumeRoleWithWebIdentity",
            assumed("AssumeRoleWithWebIdentity", "IDENTIFIED"),
        ),
        _ if body.contains("Action=AssumeRole&") => {
            ("AssumeRole", assumed("AssumeRole", "ASSUMED"))
        }
        _ => ("an unknown operation", String::new()),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let home = PathBuf::from(std::env::var_os("HOME").ok_or("HOME is not set")?);
    std::fs::create_dir_all(home.join(".aws/sso/cache"))?;
    let token = home.join(".aws/web-token").display().to_string();
    std::fs::write(home.join(".aws/config"), CONFIG.replace("WEB_TOKEN", &token))?;
    for (path, text) in FILES {
        std::fs::write(home.join(path), text)?;
    }
    match std::env::args().nth(1).as_deref() {
        None => without_network().await,
        Some("server") => with_server().await,
        Some(other) => Err(format!("unknown argument `{other}`").into()),
    }
}

/// Assumes the roles with a server, through aws-config's own HTTP client.
async fn with_server() -> Result<(), Box<dyn Error>> {
    for profile in ["role", "token"] {
        let config = aws_config::defaults(BehaviorVersion::latest())
            .region("us-east-1")
            .profile_name(profile)
            .load()
            .await;
        let provider = config.credentials_provider().ok_or("no credentials provider")?;
        let credentials = provider.provide_credentials().await?;
        // Only temporary credentials have a session token and expire.
        if credentials.session_token().is_none() || credentials.expiry().is_none() {
            return Err(format!("{profile}: the credentials are not temporary").into());
        }
        println!("{profile}: {} from the server", credentials.access_key_id());
    }
    Ok(())
}

/// Gets the credentials of every profile from an HTTP client that answers from memory.
async fn without_network() -> Result<(), Box<dyn Error>> {
    for (profile, key, calls) in PROFILES {
        let made = Arc::new(Mutex::new(Vec::new()));
        let log = made.clone();
        let http_client = infallible_client_fn(move |request: http::Request<SdkBody>| {
            let (operation, body) = answer(&request);
            log.lock().expect("not poisoned").push(operation);
            http::Response::new(SdkBody::from(body))
        });
        let config = aws_config::defaults(BehaviorVersion::latest())
            .region("us-east-1")
            .profile_name(*profile)
            .http_client(http_client)
            .load()
            .await;
        let provider = config.credentials_provider().ok_or("no credentials provider")?;
        let credentials = provider.provide_credentials().await?;
        let made = made.lock().expect("not poisoned").clone();
        if credentials.access_key_id() != *key || made != *calls {
            return Err(format!("{profile}: {} after {made:?}", credentials.access_key_id()).into());
        }
        println!("{profile}: {} by {}", credentials.access_key_id(), made.join(", "));
    }
    Ok(())
}
