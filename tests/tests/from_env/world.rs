//! The services and the machine that a program gets credentials from, and Chime, on one port.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};

/// What the child prints before its result.
pub(super) const RESULT: &str = "RESULT ";

/// The services and the machine that a program gets credentials from, and Chime, on one port.
pub(super) struct World {
    url: String,
    log: Arc<Mutex<Vec<String>>>,
    pub(super) home: tempfile::TempDir,
}

/// What a child did.
pub(super) struct Outcome {
    pub(super) result: String,
    /// The requests that it sent.
    pub(super) sent: Vec<String>,
    pub(super) standard_error: String,
}

impl World {
    pub(super) fn new() -> Self {
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
    pub(super) fn run(&self, variables: &[(&str, &str)]) -> Outcome {
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
pub(super) const UNSET: &str = "(unset)";

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
    // The key and the region in the scope of the signature.
    let signer = || {
        let signed = header("authorization").unwrap_or_default();
        let scope = signed.split("Credential=").nth(1).unwrap_or_default();
        let mut parts = scope.split('/').map(str::to_owned);
        let key = parts.next().unwrap_or_default();
        (key, parts.nth(1).unwrap_or_default())
    };
    let ok = |what: &str, answer: String| (what.to_owned(), 200, answer);
    match target {
        "GET /accounts/account/rooms/room" => {
            let (key, region) = signer();
            let what = format!("GetRoom by {key} in {region}");
            match &*key {
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
            let what = format!("AssumeRole by {} as external", signer().0);
            (what, 200, assumed("AssumeRole", "ASSUMED"))
        }
        _ if body.contains("Action=AssumeRole&") => ok("AssumeRole", assumed("AssumeRole", "ASSUMED")),
        _ => (format!("unknown: {target}"), 404, String::new()),
    }
}
