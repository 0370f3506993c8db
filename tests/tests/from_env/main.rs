//! `Client::from_env()`: every source of credentials works with the HTTP client of the crate, and no environment
//! makes it panic.
//!
//! The environment belongs to a process, so each case runs this test program again, with `child` as its only
//! test and an environment of its own.

mod world;

use aws_credential_types::provider::token::ProvideToken;
use chime_sdk::Client;
use std::error::Error;
use std::fs;
use world::{RESULT, UNSET, World};

#[test]
#[ignore = "the other tests run it, in a process of its own"]
fn child() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let result = runtime.block_on(async {
        if std::env::var_os("CHILD_GETS_TOKEN").is_some() {
            return token().await;
        }
        let client = Client::from_env().await;
        let call = client.get_room().account_id("account").room_id("room");
        match call.send().await {
            Ok(_) => "ok".to_owned(),
            Err(error) => error.into_service_error().to_string(),
        }
    });
    println!("\n{RESULT}{result}");
}

/// Returns the token for services that take it instead of a signature.
async fn token() -> String {
    let shared = chime_sdk::config::from_env().load().await;
    match shared.token_provider() {
        None => "no provider".to_owned(),
        Some(provider) => match provider.provide_token().await {
            Ok(token) => token.token().to_owned(),
            Err(error) => error
                .source()
                .map_or_else(|| error.to_string(), ToString::to_string),
        },
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
fn a_session_has_a_token_for_services_that_take_one() {
    let world = World::new();
    let cases: &[(&str, &str, &[&str])] = &[
        ("session-without-role", "new", &["CreateToken"]),
        ("session", "new", &[]),
        ("role-of-session", "new", &[]),
        (
            "past",
            "the token has expired, and it cannot be renewed: sign in with `aws sso login --profile past`",
            &[],
        ),
        ("legacy", "no provider", &[]),
        ("keys", "no provider", &[]),
    ];
    for (profile, token, sent) in cases {
        let outcome = world.run(&[("AWS_PROFILE", profile), ("CHILD_GETS_TOKEN", "1")]);
        assert_eq!(outcome.result, *token, "{profile}");
        assert_eq!(outcome.sent, *sent, "{profile}");
    }
}

#[test]
fn a_sign_in_that_is_over_says_what_to_do() {
    let world = World::new();
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "nobody-signed-on",
            "no one is signed in to nobody: sign in with `aws sso login --profile nobody-signed-on`",
            &[],
        ),
        (
            "past",
            "the token has expired, and it cannot be renewed: sign in with `aws sso login --profile past`",
            &[],
        ),
        (
            "late",
            "the token has expired, and the registration that renews it has expired, too: sign in with \
             `aws sso login --profile late`",
            &[],
        ),
        (
            "closed",
            "IAM Identity Center no longer accepts the token: sign in with `aws sso login --profile closed`",
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
