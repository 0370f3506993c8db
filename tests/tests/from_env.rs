//! `Client::from_env()`: every source of credentials works with the HTTP client of the crate, and no environment
//! makes it panic.
//!
//! The environment belongs to a process, so each case runs this test program again, with `child` as its only
//! test and an environment of its own.

use chime_sdk::Client;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};

/// What the child prints before its result.
const RESULT: &str = "RESULT ";

#[test]
#[ignore = "the other tests run it, in a process of its own"]
fn child() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let result = runtime.block_on(async {
        let client = Client::from_env().await;
        let call = client.get_room().account_id("account").room_id("room");
        match call.send().await {
            Ok(_) => "ok".to_owned(),
            Err(error) => error.into_service_error().to_string(),
        }
    });
    println!("\n{RESULT}{result}");
}

/// The services and the machine that a program gets credentials from, and Chime, on one port.
struct World {
    url: String,
    log: Arc<Mutex<Vec<String>>>,
    home: tempfile::TempDir,
}

/// What a child did.
struct Outcome {
    result: String,
    /// The requests that it sent.
    sent: Vec<String>,
    standard_error: String,
}

impl World {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let log = Arc::new(Mutex::new(Vec::new()));
        let requests = log.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let requests = requests.clone();
                std::thread::spawn(move || serve(stream, &requests));
            }
        });
        let home = tempfile::tempdir().expect("a folder");
        let world = Self { url, log, home };
        world.write_home();
        world
    }

    fn write_home(&self) {
        let home = self.home.path();
        fs::create_dir_all(home.join(".aws/sso/cache")).expect("a folder");
        let write = |path: &str, text: &str| {
            let text = text.replace("HOME", &home.display().to_string());
            fs::write(home.join(path), text).expect("a file");
        };
        write(".aws/config", CONFIG);
        write("web-token", "web-token");
        write(
            "process.sh",
            r#"echo '{"Version": 1, "AccessKeyId": "PROCESS", "SecretAccessKey": "secret"}'"#,
        );
        // The names are the SHA-1 of the start URL or the session. All tokens but the first have expired.
        write(
            ".aws/sso/cache/44f131d851233caf8935977bab57d47642050afc.json",
            r#"{"accessToken": "legacy", "expiresAt": "2099-01-01T00:00:00Z"}"#,
        );
        write(
            ".aws/sso/cache/fcbdc4c271c889825d8338d2d8f10b6e5e95c171.json",
            r#"{"accessToken": "old", "expiresAt": "2020-01-01T00:00:00Z", "refreshToken": "refresh",
                "clientId": "id", "clientSecret": "secret", "registrationExpiresAt": "2099-01-01T00:00:00Z",
                "startUrl": "https://session.example/start"}"#,
        );
        // `past`, `late` and `closed`.
        write(
            ".aws/sso/cache/dc52f279269d00ddcc22b2e6bb47a812c140dfdc.json",
            r#"{"accessToken": "old", "expiresAt": "2020-01-01T00:00:00UTC"}"#,
        );
        write(
            ".aws/sso/cache/5d6200f8cf98af475edcac2c97f966ad156ed51f.json",
            r#"{"accessToken": "old", "expiresAt": "2020-01-01T00:00:00Z", "refreshToken": "refresh",
                "clientId": "id", "clientSecret": "secret", "registrationExpiresAt": "2020-01-01T00:00:00Z"}"#,
        );
        write(
            ".aws/sso/cache/ea88fbaa99b73225752e2ef67593f775848160ad.json",
            r#"{"accessToken": "closed", "expiresAt": "2099-01-01T00:00:00Z"}"#,
        );
    }

    /// Runs a child with these variables. `URL` and `HOME` in them are those of the world.
    fn run(&self, variables: &[(&str, &str)]) -> Outcome {
        let home = self.home.path().display().to_string();
        let mut environment = BTreeMap::from([
            ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
            ("AWS_ENDPOINT_URL_CHIME", self.url.clone()),
            ("AWS_ENDPOINT_URL_SSO", self.url.clone()),
            ("AWS_ENDPOINT_URL_SSO_OIDC", self.url.clone()),
            ("AWS_ENDPOINT_URL_STS", self.url.clone()),
            ("AWS_REGION", "eu-central-1".to_owned()),
            ("HOME", home.clone()),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
        ]);
        for (name, value) in variables {
            let value = value.replace("URL", &self.url).replace("HOME", &home);
            environment.insert(name, value);
        }
        environment.retain(|_, value| value != UNSET);
        let output = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "child", "--ignored", "--nocapture"])
            .env_clear()
            .envs(environment)
            .output()
            .expect("a child");
        let text = String::from_utf8_lossy(&output.stdout);
        let standard_error = String::from_utf8_lossy(&output.stderr).into_owned();
        let result = text.lines().find_map(|line| line.strip_prefix(RESULT));
        let result = result.unwrap_or_else(|| panic!("no result: {text}{standard_error}"));
        Outcome {
            result: result.to_owned(),
            sent: std::mem::take(&mut *self.log.lock().expect("a lock")),
            standard_error,
        }
    }
}

/// Removes a variable that children have by default.
const UNSET: &str = "(unset)";

const CONFIG: &str = "
[profile keys]
aws_access_key_id = KEYS
aws_secret_access_key = secret
region = us-west-2

[profile process]
credential_process = sh HOME/process.sh

[profile role]
role_arn = arn:aws:iam::123456789012:role/role
source_profile = keys

[profile token]
role_arn = arn:aws:iam::123456789012:role/token
web_identity_token_file = HOME/web-token

[profile container]
role_arn = arn:aws:iam::123456789012:role/role
credential_source = EcsContainer

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

[profile role-of-session]
role_arn = arn:aws:iam::123456789012:role/role
source_profile = session
external_id = external

[profile session-without-role]
sso_session = session

[profile nobody-signed-on]
sso_session = nobody
sso_account_id = 123456789012
sso_role_name = nobody

[sso-session nobody]
sso_start_url = https://session.example/start
sso_region = us-east-1

[profile past]
sso_session = past
sso_account_id = 123456789012
sso_role_name = past

[sso-session past]
sso_start_url = https://session.example/start
sso_region = us-east-1

[profile late]
sso_session = late
sso_account_id = 123456789012
sso_role_name = late

[sso-session late]
sso_start_url = https://session.example/start
sso_region = us-east-1

[profile closed]
sso_session = closed
sso_account_id = 123456789012
sso_role_name = closed

[sso-session closed]
sso_start_url = https://session.example/start
sso_region = us-east-1

[profile half-a-role]
sso_session = session
sso_account_id = 123456789012

[profile one-attempt]
aws_access_key_id = KEYS
aws_secret_access_key = secret
max_attempts = 1

[profile bad-retries]
aws_access_key_id = KEYS
aws_secret_access_key = secret
retry_mode = eager
";

/// Answers one request.
fn serve(stream: TcpStream, log: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(&stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        match reader.read_line(&mut line) {
            Ok(read) if read > 0 && !line.trim().is_empty() => lines.push(line.trim().to_owned()),
            Ok(read) if read > 0 => break,
            _ => return,
        }
    }
    let header = |name: &str| {
        let mut pairs = lines.iter().filter_map(|line| line.split_once(": "));
        pairs
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.to_owned())
    };
    let length = header("content-length").and_then(|length| length.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    let body = String::from_utf8_lossy(&body);
    let target = lines[0].rsplit_once(' ').map_or("", |(target, _)| target);
    let (what, status, answer) = answer(target, &body, header);
    log.lock().expect("a lock").push(what);
    let _ = write!(
        &stream,
        "HTTP/1.1 {status} x\r\nx-aws-ec2-metadata-token-ttl-seconds: 600\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{answer}",
        answer.len()
    );
}

/// What a request is for, and its response.
fn answer(
    target: &str,
    body: &str,
    header: impl Fn(&str) -> Option<String>,
) -> (String, u16, String) {
    let keys = |key: &str| {
        format!(
            r#"{{"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": "{key}", "SecretAccessKey": "secret",
                "Token": "token", "LastUpdated": "2020-01-01T00:00:00Z", "Expiration": "2099-01-01T00:00:00Z"}}"#
        )
    };
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
    let ok = |what: &str, answer: String| (what.to_owned(), 200, answer);
    match target {
        "GET /accounts/account/rooms/room" => {
            let signed = header("authorization").unwrap_or_default();
            let scope = signed.split("Credential=").nth(1).unwrap_or_default();
            let mut parts = scope.split('/');
            let (key, region) = (parts.next().unwrap_or_default(), parts.nth(1));
            let what = format!("GetRoom by {key} in {}", region.unwrap_or_default());
            match key {
                "FAILS" => (what, 500, "{}".to_owned()),
                _ => (what, 200, r#"{"Room": {}}"#.to_owned()),
            }
        }
        "GET /container" => match header("authorization").as_deref() {
            Some("container-token") => ok("container", keys("CONTAINER")),
            _ => ("container without its token".to_owned(), 403, "{}".to_owned()),
        },
        "PUT /latest/api/token" => ok("IMDS token", "imds-token".to_owned()),
        "GET /latest/meta-data/placement/region" => ok("IMDS region", "ap-south-1".to_owned()),
        "GET /latest/meta-data/iam/security-credentials/" => ok("IMDS role", "role".to_owned()),
        "GET /latest/meta-data/iam/security-credentials/role" => ok("IMDS keys", keys("MACHINE")),
        "POST /token" => ok(
            "CreateToken",
            r#"{"accessToken": "new", "expiresIn": 3600, "tokenType": "Bearer"}"#.to_owned(),
        ),
        _ if target.starts_with("GET /federation/credentials?") => match header("x-amz-sso_bearer_token").as_deref() {
            Some("legacy" | "new") => ok(
            "GetRoleCredentials",
            r#"{"roleCredentials": {"accessKeyId": "SIGNED-ON", "secretAccessKey": "secret", "sessionToken": "token",
                "expiration": 4070908800000}}"#
                .to_owned(),
            ),
            _ => ("GetRoleCredentials without its token".to_owned(), 401, r#"{"__type": "UnauthorizedException"}"#.to_owned()),
        },
        _ if body.contains("Action=AssumeRoleWithWebIdentity") => ok(
            "AssumeRoleWithWebIdentity",
            assumed("AssumeRoleWithWebIdentity", "IDENTIFIED"),
        ),
        _ if body.contains("Action=AssumeRole&") && body.contains("ExternalId=external") => {
            let signed = header("authorization").unwrap_or_default();
            let key = signed.split("Credential=").nth(1).and_then(|it| it.split('/').next());
            let what = format!("AssumeRole by {} as external", key.unwrap_or_default());
            (what, 200, assumed("AssumeRole", "ASSUMED"))
        }
        _ if body.contains("Action=AssumeRole&") => ok("AssumeRole", assumed("AssumeRole", "ASSUMED")),
        _ => (format!("unknown: {target}"), 404, String::new()),
    }
}

#[test]
fn every_source_of_credentials_works() {
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);
    let cases: &[Case<'_>] = &[
        (
            &[
                ("AWS_ACCESS_KEY_ID", "VARIABLES"),
                ("AWS_SECRET_ACCESS_KEY", "secret"),
            ],
            &["GetRoom by VARIABLES in eu-central-1"],
        ),
        (
            &[("AWS_PROFILE", "keys")],
            &["GetRoom by KEYS in eu-central-1"],
        ),
        (
            &[("AWS_PROFILE", "keys"), ("AWS_REGION", UNSET)],
            &["GetRoom by KEYS in us-west-2"],
        ),
        // An empty variable counts as unset.
        (
            &[
                ("AWS_PROFILE", "keys"),
                ("AWS_REGION", ""),
                ("AWS_MAX_ATTEMPTS", ""),
                ("AWS_RETRY_MODE", ""),
            ],
            &["GetRoom by KEYS in us-west-2"],
        ),
        (
            &[
                ("AWS_PROFILE", "keys"),
                ("AWS_REGION", ""),
                ("AWS_DEFAULT_REGION", "us-east-2"),
            ],
            &["GetRoom by KEYS in us-east-2"],
        ),
        (
            &[("AWS_PROFILE", "process")],
            &["GetRoom by PROCESS in eu-central-1"],
        ),
        (
            &[("AWS_PROFILE", "role")],
            &["AssumeRole", "GetRoom by ASSUMED in eu-central-1"],
        ),
        // The endpoint of STS counts, and not the empty one of all services.
        (
            &[("AWS_PROFILE", "role"), ("AWS_ENDPOINT_URL", "")],
            &["AssumeRole", "GetRoom by ASSUMED in eu-central-1"],
        ),
        (
            &[("AWS_PROFILE", "token")],
            &[
                "AssumeRoleWithWebIdentity",
                "GetRoom by IDENTIFIED in eu-central-1",
            ],
        ),
        (
            &[
                ("AWS_WEB_IDENTITY_TOKEN_FILE", "HOME/web-token"),
                ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/token"),
            ],
            &[
                "AssumeRoleWithWebIdentity",
                "GetRoom by IDENTIFIED in eu-central-1",
            ],
        ),
        (
            &[("AWS_PROFILE", "legacy")],
            &["GetRoleCredentials", "GetRoom by SIGNED-ON in eu-central-1"],
        ),
        (
            &[("AWS_PROFILE", "session")],
            &[
                "CreateToken",
                "GetRoleCredentials",
                "GetRoom by SIGNED-ON in eu-central-1",
            ],
        ),
        // The token is in the cache now.
        (
            &[("AWS_PROFILE", "role-of-session")],
            &[
                "GetRoleCredentials",
                "AssumeRole by SIGNED-ON as external",
                "GetRoom by ASSUMED in eu-central-1",
            ],
        ),
        // An empty variable counts as unset, so that the endpoint of all services counts.
        (
            &[
                ("AWS_PROFILE", "legacy"),
                ("AWS_ENDPOINT_URL_SSO", ""),
                ("AWS_ENDPOINT_URL", "URL"),
            ],
            &["GetRoleCredentials", "GetRoom by SIGNED-ON in eu-central-1"],
        ),
        // Keys in the environment come first.
        (
            &[
                ("AWS_PROFILE", "session"),
                ("AWS_ACCESS_KEY_ID", "VARIABLES"),
                ("AWS_SECRET_ACCESS_KEY", "secret"),
            ],
            &["GetRoom by VARIABLES in eu-central-1"],
        ),
        (
            &[
                ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "URL/container"),
                ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "container-token"),
            ],
            &["container", "GetRoom by CONTAINER in eu-central-1"],
        ),
        (
            &[
                ("AWS_EC2_METADATA_DISABLED", UNSET),
                ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "URL"),
                ("AWS_REGION", UNSET),
            ],
            &[
                "IMDS token",
                "IMDS region",
                "IMDS token",
                "IMDS role",
                "IMDS keys",
                "GetRoom by MACHINE in ap-south-1",
            ],
        ),
    ];
    let world = World::new();
    for (variables, sent) in cases {
        let outcome = world.run(variables);
        assert_eq!(
            outcome.result, "ok",
            "{variables:?}: {}",
            outcome.standard_error
        );
        assert_eq!(outcome.sent, *sent, "{variables:?}");
    }
    // The file of the token that was renewed has the new one, and what it had.
    let cached = world.home.path().join(".aws/sso/cache");
    let session = "fcbdc4c271c889825d8338d2d8f10b6e5e95c171.json";
    let text = fs::read_to_string(cached.join(session)).expect("a token");
    let token: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(token["accessToken"], "new");
    assert_eq!(token["refreshToken"], "refresh");
    assert_eq!(token["startUrl"], "https://session.example/start");
    assert_ne!(token["expiresAt"], "2020-01-01T00:00:00Z");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let metadata = fs::metadata(cached.join(session)).expect("a file");
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    }
    let left = fs::read_dir(cached).expect("a folder").flatten();
    let left = left.filter(|entry| entry.path().extension().is_none_or(|it| it != "json"));
    assert_eq!(left.count(), 0);
}

#[test]
fn a_sign_on_that_is_over_says_what_to_do() {
    let world = World::new();
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "nobody-signed-on",
            "nobody is signed on at nobody: sign on with `aws sso login --profile nobody-signed-on`",
            &[],
        ),
        (
            "past",
            "the token has expired, and it cannot be renewed: sign on with `aws sso login --profile past`",
            &[],
        ),
        (
            "late",
            "the token has expired, and the registration that renews it has expired, too: sign on with \
             `aws sso login --profile late`",
            &[],
        ),
        (
            "closed",
            "IAM Identity Center does not accept the token any more: sign on with `aws sso login --profile closed`",
            &["GetRoleCredentials without its token"],
        ),
        (
            "session-without-role",
            "the profile `session-without-role` has no `sso_account_id` and `sso_role_name`",
            &[],
        ),
        ("half-a-role", "sso_role_name", &[]),
    ];
    for (profile, named, sent) in cases {
        let outcome = world.run(&[("AWS_PROFILE", profile)]);
        assert!(
            outcome.result.contains(named),
            "{profile}: {}",
            outcome.result
        );
        assert_eq!(outcome.sent, *sent, "{profile}");
    }
}

#[test]
fn retries_are_those_of_the_environment() {
    let world = World::new();
    let keys = [
        ("AWS_ACCESS_KEY_ID", "FAILS"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
    ];
    let cases: &[(&[(&str, &str)], usize)] = &[
        (&[], 3),
        (&[("AWS_MAX_ATTEMPTS", "2")], 2),
        (&[("AWS_PROFILE", "one-attempt")], 1),
        // The default of the AWS CLI, which aws-config does not know.
        (
            &[("AWS_RETRY_MODE", "legacy"), ("AWS_MAX_ATTEMPTS", "2")],
            2,
        ),
        (
            &[
                ("AWS_RETRY_MODE", " Legacy "),
                ("AWS_PROFILE", "one-attempt"),
            ],
            1,
        ),
    ];
    for (variables, attempts) in cases {
        let variables: Vec<_> = keys.iter().chain(*variables).copied().collect();
        let outcome = world.run(&variables);
        assert_ne!(outcome.result, "ok", "{variables:?}");
        assert_eq!(
            outcome.sent.len(),
            *attempts,
            "{variables:?}: {}",
            outcome.result
        );
    }
}

#[test]
fn what_is_missing_or_wrong_is_named() {
    let world = World::new();
    let keys = [
        ("AWS_ACCESS_KEY_ID", "VARIABLES"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
    ];
    // Without an endpoint of its own, the endpoint depends on the region.
    let outcome = world.run(&[
        keys[0],
        keys[1],
        ("AWS_REGION", UNSET),
        ("AWS_ENDPOINT_URL_CHIME", UNSET),
    ]);
    assert_eq!(
        outcome.result,
        "GetRoom failed: dispatch failure: other: Invalid Configuration: Missing Region: set `region` in the \
         configuration, `AWS_REGION` in the environment or `region` in the profile"
    );
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[], "AWS_ACCESS_KEY_ID"),
        (
            &[keys[0], keys[1], ("AWS_MAX_ATTEMPTS", "0")],
            "`AWS_MAX_ATTEMPTS` in the environment is \"0\": it must be",
        ),
        (
            &[keys[0], keys[1], ("AWS_MAX_ATTEMPTS", "many")],
            "`AWS_MAX_ATTEMPTS`",
        ),
        (
            &[keys[0], keys[1], ("AWS_RETRY_MODE", "eager")],
            "`AWS_RETRY_MODE`",
        ),
        (
            &[("AWS_PROFILE", "bad-retries")],
            "`retry_mode` of the profile `bad-retries` is \"eager\"",
        ),
        (&[("AWS_PROFILE", "nobody")], "nobody"),
        (
            &[("AWS_CONTAINER_CREDENTIALS_FULL_URI", "127.0.0.1:1")],
            "`AWS_CONTAINER_CREDENTIALS_FULL_URI`",
        ),
        (
            &[
                ("AWS_PROFILE", "container"),
                ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "localhost"),
            ],
            "`AWS_CONTAINER_CREDENTIALS_FULL_URI`",
        ),
        (
            &[
                ("AWS_PROFILE", "role"),
                ("AWS_ENDPOINT_URL", ""),
                ("AWS_ENDPOINT_URL_STS", UNSET),
            ],
            "`AWS_ENDPOINT_URL` in the environment is empty",
        ),
        (
            &[("AWS_PROFILE", "token"), ("AWS_ENDPOINT_URL_STS", "")],
            "`AWS_ENDPOINT_URL_STS`",
        ),
        (
            &[
                ("AWS_PROFILE", "role-of-session"),
                ("AWS_ENDPOINT_URL_STS", ""),
            ],
            "`AWS_ENDPOINT_URL_STS`",
        ),
        (
            &[
                ("AWS_WEB_IDENTITY_TOKEN_FILE", "/nowhere"),
                ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/role"),
                ("AWS_ENDPOINT_URL_STS", ""),
            ],
            "`AWS_ENDPOINT_URL_STS`",
        ),
    ];
    for (variables, named) in cases {
        let outcome = world.run(variables);
        assert!(
            outcome.result.contains(named),
            "{variables:?}: {}",
            outcome.result
        );
        assert_eq!(outcome.sent, [""; 0], "{variables:?}");
        let panicked = outcome.standard_error.contains("panicked");
        assert!(!panicked, "{variables:?}: {}", outcome.standard_error);
    }
}

#[test]
fn no_environment_makes_it_panic() {
    let names = [
        "AWS_ACCESS_KEY_ID",
        "AWS_ACCOUNT_ID_ENDPOINT_MODE",
        "AWS_CONFIG_FILE",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_DEFAULT_REGION",
        "AWS_DISABLE_REQUEST_COMPRESSION",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_CHIME",
        "AWS_ENDPOINT_URL_SSO",
        "AWS_ENDPOINT_URL_STS",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "AWS_MAX_ATTEMPTS",
        "AWS_NEW_RETRIES_2026",
        "AWS_PROFILE",
        "AWS_REGION",
        "AWS_REQUEST_CHECKSUM_CALCULATION",
        "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
        "AWS_RETRY_MODE",
        "AWS_ROLE_ARN",
        "AWS_ROLE_SESSION_NAME",
        "AWS_SDK_UA_APP_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_USE_DUALSTACK_ENDPOINT",
        "AWS_USE_FIPS_ENDPOINT",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "HTTP_PROXY",
        "NO_PROXY",
    ];
    let values = [
        "", "x", "/", "//", "?", "*", "-1", "0", "http://", "[::1", "a\nb", "\u{fc}", "~", "role",
    ];
    let world = &World::new();
    // A case for each value, in which all variables have it, and a few random ones.
    let mut cases: Vec<Vec<(&str, &str)>> = Vec::new();
    for value in values {
        cases.push(names.iter().map(|name| (*name, value)).collect());
    }
    let mut random = fastrand::Rng::with_seed(13);
    for _ in 0..40 {
        let mut case = vec![("AWS_EC2_METADATA_DISABLED", "true")];
        for name in names {
            if random.u8(..4) == 0 {
                case.push((name, values[random.usize(..values.len())]));
            }
        }
        cases.push(case);
    }
    // Some wait for an address that does not answer.
    for cases in cases.chunks(18) {
        std::thread::scope(|scope| {
            for case in cases {
                scope.spawn(move || {
                    let outcome = world.run(case);
                    let panicked = outcome.standard_error.contains("panicked");
                    assert!(!panicked, "{case:?}: {}", outcome.standard_error);
                });
            }
        });
    }
}
