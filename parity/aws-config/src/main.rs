//! Gets credentials from the providers of aws-config that call a service.
//!
//! `cargo xtask aws-config` builds this program with generated STS, SSO and SSO-OIDC crates in the place of the
//! aws-sdk crates, and runs it with an empty home folder: with the argument `server` to assume roles with the server
//! that the environment names, and with the feature `replay` to call all of the services without a network.

#[cfg(feature = "replay")]
mod replay;

use aws_config::BehaviorVersion;
use aws_credential_types::provider::ProvideCredentials;
use std::error::Error;
use std::path::PathBuf;

const CONFIG: &str = "
[profile keys]
aws_access_key_id = AKID
aws_secret_access_key = secret

[profile role]
role_arn = arn:aws:iam::123456789012:role/role
source_profile = keys

[profile refused]
role_arn = arn:aws:iam::123456789012:role/refused
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

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let home = PathBuf::from(std::env::var_os("HOME").ok_or("HOME is not set")?);
    std::fs::create_dir_all(home.join(".aws/sso/cache"))?;
    let token = home.join(".aws/web-token").display().to_string();
    std::fs::write(
        home.join(".aws/config"),
        CONFIG.replace("WEB_TOKEN", &token),
    )?;
    for (path, text) in FILES {
        std::fs::write(home.join(path), text)?;
    }
    match std::env::args().nth(1).as_deref() {
        #[cfg(feature = "replay")]
        Some("replay") => replay::run().await,
        Some("server") => with_server().await,
        other => Err(format!("unknown argument {other:?}").into()),
    }
}

/// Assumes the roles with a server, through aws-config's own HTTP client. The last one is in the environment instead
/// of a profile.
async fn with_server() -> Result<(), Box<dyn Error>> {
    for profile in [Some("role"), Some("token"), None] {
        let mut loader = aws_config::defaults(BehaviorVersion::latest()).region("us-east-1");
        if let Some(profile) = profile {
            loader = loader.profile_name(profile);
        }
        let config = loader.load().await;
        let shown = profile.unwrap_or("environment");
        let provider = config
            .credentials_provider()
            .ok_or("no credentials provider")?;
        let credentials = provider.provide_credentials().await?;
        // Only temporary credentials have a session token and expire.
        if credentials.session_token().is_none() || credentials.expiry().is_none() {
            return Err(format!("{shown}: the credentials are not temporary").into());
        }
        println!("{shown}: {} from the server", credentials.access_key_id());
    }
    Ok(())
}
