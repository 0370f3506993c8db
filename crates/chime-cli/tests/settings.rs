//! Invalid settings in the environment, the profile and the command line.

mod common;

use common::{Local, Said, chime, run};
use std::net::TcpListener;
use std::process::Command;

/// Returns the command in an environment with credentials and a region, but without a server.
fn add(local: &Local) -> Command {
    let csv = local.write("members.csv", "MemberId\nm\n");
    let mut command = chime(&["rooms", "add-members", "--account-id=a", "--room-id=r"]);
    command
        .args(["--csv", &csv, "--max-tries=1"])
        .env("AWS_ACCESS_KEY_ID", "AKID")
        .env("AWS_SECRET_ACCESS_KEY", "s3cret")
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
        .env("AWS_ENDPOINT_URL_CHIME", "http://127.0.0.1:1")
        .env("CHIME_LOG", "off");
    command
}

#[track_caller]
fn is_one_line(said: &Said, expected: &str) {
    assert_eq!(said.code, Some(2), "{said:?}");
    assert_eq!(said.out, "", "{said:?}");
    assert_eq!(said.err.lines().count(), 1, "{said:?}");
    let text = said.err.strip_prefix("error: ").expect("an error");
    assert!(text.contains(expected), "{text}");
    assert!(!text.contains("s3cret"), "{text}");
}

#[test]
fn a_setting_that_cannot_be_used_is_one_line_and_exit_code_2() {
    let local = Local::start();
    for (name, value, expected) in [
        (
            "AWS_MAX_ATTEMPTS",
            "0",
            "`AWS_MAX_ATTEMPTS` in the environment is \"0\": it must be a whole number from 1",
        ),
        ("AWS_MAX_ATTEMPTS", "many", "`AWS_MAX_ATTEMPTS`"),
        ("AWS_MAX_ATTEMPTS", "-1", "`AWS_MAX_ATTEMPTS`"),
        ("AWS_MAX_ATTEMPTS", "4294967296", "`AWS_MAX_ATTEMPTS`"),
        (
            "AWS_RETRY_MODE",
            "eager",
            "`AWS_RETRY_MODE` in the environment is \"eager\": it must be `standard`, `adaptive` or `legacy`",
        ),
        (
            "AWS_ENDPOINT_URL",
            "localhost:8080",
            "the endpoint URL \"localhost:8080\" has no scheme",
        ),
        (
            "AWS_ENDPOINT_URL_CHIME",
            "http://user:s3cret@host",
            "the endpoint URL contains `@`",
        ),
        (
            "AWS_ENDPOINT_URL",
            "http://host?s3cret",
            "the endpoint URL \"http://host\" has a query",
        ),
        (
            "AWS_REGION",
            "us east",
            "the region \"us east\" cannot be part of a host name",
        ),
        (
            "AWS_REGION",
            "us\neast",
            "the region \"us\\neast\" cannot be part of a host name",
        ),
        ("AWS_REGION", "", "no region is set"),
        (
            "AWS_ACCESS_KEY_ID",
            "AK\nID",
            "the access key ID of the credentials contains a line break",
        ),
        (
            "AWS_SECRET_ACCESS_KEY",
            "s3cret\r\n\r\nx",
            "the secret access key of the credentials contains a line break",
        ),
        (
            "AWS_SESSION_TOKEN",
            "s3\ncret",
            "the session token of the credentials contains a line break",
        ),
    ] {
        let mut command = add(&local);
        if name == "AWS_ENDPOINT_URL" {
            command.env_remove("AWS_ENDPOINT_URL_CHIME");
        }
        let said = run(command.env(name, value));
        is_one_line(&said, expected);
    }
    let said = run(add(&local).env("AWS_EXECUTION_ENV", "a\nb"));
    is_one_line(
        &said,
        "the environment variable `AWS_EXECUTION_ENV` contains a line break",
    );
    for (line, expected) in [
        (
            "max_attempts = 0",
            "`max_attempts` of the profile `default` is \"0\": it must be",
        ),
        (
            "retry_mode = eager",
            "`retry_mode` of the profile `default`",
        ),
        (
            "endpoint_url = example.com",
            "the endpoint URL \"example.com\" has no scheme",
        ),
        (
            "region = -",
            "the region \"-\" cannot be part of a host name",
        ),
    ] {
        let config = local.write(
            "config",
            &format!("[default]\nregion = us-east-1\n{line}\n"),
        );
        let mut command = add(&local);
        // An empty variable counts as unset.
        command
            .env("AWS_CONFIG_FILE", config)
            .env_remove("AWS_ENDPOINT_URL")
            .env_remove("AWS_ENDPOINT_URL_CHIME")
            .env("AWS_REGION", "");
        is_one_line(&run(&mut command), expected);
    }
    for (flag, expected) in [
        (
            "--endpoint-url=http://host:99999",
            "the endpoint URL \"http://host:99999\" has a port",
        ),
        (
            "--region=us_east",
            "the region \"us_east\" cannot be part of a host name",
        ),
    ] {
        is_one_line(&run(add(&local).arg(flag)), expected);
    }
}

#[test]
fn a_variable_that_is_empty_counts_as_unset() {
    let local = Local::start();
    for (name, value) in [
        ("AWS_ENDPOINT_URL_CHIME", ""),
        ("AWS_MAX_ATTEMPTS", ""),
        ("AWS_RETRY_MODE", ""),
        // The default of the AWS CLI.
        ("AWS_RETRY_MODE", "legacy"),
    ] {
        let said = run(add(&local).env(name, value));
        assert_eq!((said.code, said.count("added")), (Some(1), 0), "{said:?}");
        assert!(said.out.contains("no connection could be made"), "{said:?}");
    }
}

#[test]
fn no_setting_makes_it_panic() {
    const NAMES: [&str; 30] = [
        "AWS_ACCESS_KEY_ID",
        "AWS_ACCOUNT_ID",
        "AWS_ACCOUNT_ID_ENDPOINT_MODE",
        "AWS_AUTH_SCHEME_PREFERENCE",
        "AWS_CONFIG_FILE",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_DISABLE_CLOCK_SKEW_CORRECTION",
        "AWS_DISABLE_REQUEST_COMPRESSION",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_CHIME",
        "AWS_EXECUTION_ENV",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "AWS_MAX_ATTEMPTS",
        "AWS_PROFILE",
        "AWS_REGION",
        "AWS_REQUEST_CHECKSUM_CALCULATION",
        "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
        "AWS_RETRY_MODE",
        "AWS_ROLE_ARN",
        "AWS_SDK_UA_APP_ID",
        "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_SIGV4A_SIGNING_REGION_SET",
        "AWS_USE_DUALSTACK_ENDPOINT",
        "AWS_USE_FIPS_ENDPOINT",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "_X_AMZN_TRACE_ID",
    ];
    const VALUES: [&str; 5] = ["", "0", "a\nb", "\u{e9} x", "http://[::1"];
    let local = Local::start();
    std::thread::scope(|scope| {
        for names in NAMES.chunks(NAMES.len() / 4 + 1) {
            let local = &local;
            scope.spawn(move || {
                for name in names {
                    for value in VALUES {
                        let mut command = add(local);
                        command
                            .env(name, value)
                            .env("AWS_LAMBDA_FUNCTION_NAME", "f");
                        if name.starts_with("AWS_CONTAINER") {
                            command.env_remove("AWS_ACCESS_KEY_ID");
                            if *name == "AWS_CONTAINER_AUTHORIZATION_TOKEN" {
                                command.env(
                                    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                                    "http://127.0.0.1:1",
                                );
                            }
                        }
                        let said = run(&mut command);
                        let what = format!("{name}={value:?}: {said:?}");
                        assert!(matches!(said.code, Some(1 | 2)), "{what}");
                        assert!(!said.err.contains("panicked"), "{what}");
                    }
                }
            });
        }
    });
}

#[test]
fn a_server_that_never_answers_ends_in_an_error() {
    let local = Local::start();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
    let url = format!("http://{}", listener.local_addr().expect("a socket"));
    let said = run(add(&local).args(["--endpoint-url", &url, "--timeout", "0.2"]));
    assert_eq!(said.code, Some(1), "{said:?}");
    assert_eq!(
        said.count("unknown") + said.count("not sent"),
        1,
        "{said:?}"
    );
    assert!(
        said.out.contains("timed out") || said.out.contains("timeout"),
        "{said:?}"
    );
    for bad in ["0", "-1", "x", "inf", "NaN", "1e-30"] {
        let said = run(add(&local).arg(format!("--timeout={bad}")));
        assert_eq!(said.code, Some(2), "{bad}: {said:?}");
    }
}
