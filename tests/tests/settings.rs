//! Configurations with which no request can be sent: each returns a one-line error that names the setting.

mod common;

use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::config_bag::Layer;
use aws_smithy_types::endpoint::Endpoint;
use aws_types::region::SigningRegion;
use chime_sdk::config::endpoint::{EndpointFuture, Params, ResolveEndpoint};
use chime_sdk::config::retry::RetryConfig;
use chime_sdk::config::timeout::TimeoutConfig;
use chime_sdk::config::{Builder, Credentials, Region};
use chime_sdk::operation::create_room::CreateRoomError;
use chime_sdk::{Client, Config};
use common::{Sent, answered_by, response};
use std::error::Error;
use std::fmt::Write;
use std::time::{Duration, UNIX_EPOCH};

/// A value that no error may show: a sensitive member of every request in this file.
const SECRET: &str = "s3cr3t";

/// Returns the result of a call with this configuration: the request, or the error in one line.
async fn call(change: impl FnOnce(Builder) -> Builder) -> Result<http::Request<Vec<u8>>, String> {
    let (client, sent) = answered_by(|_| response(201, &[], "{}"), change);
    call_by(&client, &sent).await
}

async fn call_by(client: &Client, sent: &Sent) -> Result<http::Request<Vec<u8>>, String> {
    let result = client
        .create_room()
        .account_id("a")
        .name(SECRET)
        .send()
        .await;
    let mut requests = sent.take();
    match result {
        Ok(_) => {
            assert_eq!(requests.len(), 1);
            Ok(requests.remove(0))
        }
        Err(error) => {
            assert!(requests.is_empty(), "{requests:?}");
            let mut shown = format!("{error} {error:?}");
            let mut cause = error.source();
            while let Some(error) = cause {
                write!(shown, " {error} {error:?}").expect("memory");
                cause = error.source();
            }
            let error: CreateRoomError = error.into_service_error();
            write!(shown, "{error} {error:?}").expect("memory");
            assert!(!shown.contains(SECRET), "{shown}");
            let text = error.to_string();
            assert!(!text.contains(['\n', '\r']), "{text}");
            let text = text.strip_prefix("CreateRoom failed: ");
            Err(text.expect("the operation").to_owned())
        }
    }
}

async fn refused(change: impl FnOnce(Builder) -> Builder) -> String {
    call(change).await.expect_err("a bad configuration")
}

#[tokio::test]
async fn an_endpoint_url_has_a_scheme_and_a_host_and_little_else() {
    const BEFORE: &str = "failed to construct request: the endpoint URL ";
    for (url, expected) in [
        (
            "localhost:8080",
            "\"localhost:8080\" has no scheme: add `http://` or `https://` before the host",
        ),
        (
            "",
            "is empty: unset it, or use one such as `https://example.com`",
        ),
        ("http://", "\"http://\" has no host: add one after `://`"),
        (
            "ftp://host",
            "\"ftp://host\" has a scheme that is neither `http` nor `https`",
        ),
        (
            "http://host:99999/x",
            "\"http://host:99999/x\" has a port that is not a number from 1 to 65535",
        ),
        (
            "http://host/x?y=s3cr3t",
            "\"http://host/x\" has a query: remove the `?` and what follows it",
        ),
        (
            "http://host#s3cr3t",
            "\"http://host\" has a fragment: remove the `#` and what follows it",
        ),
        (
            "https://user:s3cr3t@host",
            "contains `@`: a user name or password cannot be sent with signed requests; remove it, and write an `@` in \
             the path as `%40`",
        ),
    ] {
        assert_eq!(
            refused(|config| config.endpoint_url(url)).await,
            format!("{BEFORE}{expected}")
        );
        // Settings that the endpoint rules do not use are also checked.
        let text = refused(|config| config.endpoint_url(url).endpoint_resolver(Fixed(good))).await;
        assert_eq!(text, format!("{BEFORE}{expected}"));
        // As configuration of a single call.
        let (client, sent) = answered_by(|_| response(201, &[], "{}"), |config| config);
        let error = client
            .create_room()
            .account_id("a")
            .name(SECRET)
            .customize()
            .config_override(Config::builder().endpoint_url(url))
            .send()
            .await
            .expect_err("a bad configuration");
        assert!(error.into_service_error().to_string().ends_with(expected));
        // The next call is not affected.
        call_by(&client, &sent).await.expect("a good configuration");
        assert!(Params::builder().endpoint(url).build().is_err());
    }
}

#[tokio::test]
async fn a_path_beyond_ascii_is_percent_encoded_and_signed_as_sent() {
    let sent = call(|config| config.endpoint_url("HTTPS://example.com/café/"))
        .await
        .expect("a good configuration");
    assert_eq!(sent.uri(), "https://example.com/caf%C3%A9/accounts/a/rooms");
    // An interceptor may set an unencoded URI, which is then signed as it is.
    let (client, sent) = answered_by(|_| response(200, &[], "{}"), |config| config);
    let sending = client
        .list_accounts()
        .customize()
        .mutate_request(|request| {
            request
                .set_uri("https://example.com//caf\u{e9}/./%zz?\u{fc}=a b".replace(' ', "+"))
                .expect("a URI");
        });
    sending.send().await.expect("a response");
    let request = sent.take().remove(0);
    assert!(request.headers().contains_key("authorization"));
}

#[tokio::test]
async fn what_is_empty_in_the_shared_configuration_counts_as_unset() {
    let (client, sent) = answered_by(|_| response(201, &[], "{}"), |config| config);
    let shared = |region: &'static str, url: &str| {
        let config = aws_types::SdkConfig::builder()
            .region(Region::from_static(region))
            .endpoint_url(url)
            .credentials_provider(chime_sdk::config::SharedCredentialsProvider::new(
                Credentials::new("AKID", "secret", None, None, "tests"),
            ))
            .http_client(client.config().http_client().expect("a client"))
            .build();
        Client::new(&config)
    };
    let request = call_by(&shared("us-east-1", ""), &sent).await;
    let request = request.expect("a good configuration");
    assert_eq!(request.uri().host(), Some("chime.us-east-1.amazonaws.com"));
    let client = shared("", "");
    assert_eq!(client.config().region(), None);
    assert_eq!(
        call_by(&client, &sent).await.expect_err("no region"),
        "dispatch failure: other: Invalid Configuration: Missing Region: set `region` in the configuration, `AWS_REGION` in the \
             environment or `region` in the profile"
    );
}

#[tokio::test]
async fn a_region_is_a_host_label() {
    for (region, shown) in [
        ("", "\"\""),
        ("us east 1", "\"us east 1\""),
        ("us-east-1\r\nx: y", "\"us-east-1\\r\\nx: y\""),
        ("us-east-1/", "\"us-east-1/\""),
        ("-us", "\"-us\""),
        ("\u{fc}s", "\"\u{fc}s\""),
    ] {
        let rule = format!(
            "region {shown} cannot be part of a host name: it must consist of letters, digits and hyphens"
        );
        let text = refused(|config| config.region(Region::new(region))).await;
        assert_eq!(text, format!("failed to construct request: the {rule}"));
        // The region in the signature may differ.
        let mut layer = Layer::new("test");
        layer.store_put(SigningRegion::from(Region::new(region)));
        let plugin = StaticRuntimePlugin::new().with_config(layer.freeze());
        let text = refused(|config| {
            config
                .endpoint_url("http://localhost")
                .runtime_plugin(plugin)
        })
        .await;
        assert_eq!(
            text,
            format!("dispatch failure: user error: the signing {rule}")
        );
    }
}

#[tokio::test]
async fn credentials_can_be_sent_in_headers() {
    for bad in [
        "s3cr3t\n",
        "s3cr3t\r\nx: y",
        "\ts3cr3t",
        "s3\0cr3t",
        "s3cr3t\u{7f}",
        "s3cr3té",
        " s3cr3t",
    ] {
        for (part, credentials) in [
            (
                "access key ID",
                Credentials::new(bad, "b", None, None, "tests"),
            ),
            (
                "secret access key",
                Credentials::new("a", bad, None, None, "tests"),
            ),
            (
                "session token",
                Credentials::new("a", "b", Some(bad.to_owned()), None, "tests"),
            ),
        ] {
            let expected = format!(
                "dispatch failure: user error: the {part} of the credentials contains a line break, leading or trailing \
                 whitespace or another character that is not valid in an HTTP header: check the source of the credentials"
            );
            assert_eq!(
                refused(|config| config.credentials_provider(credentials)).await,
                expected
            );
        }
    }
}

/// A custom endpoint resolver.
#[derive(Debug)]
struct Fixed(fn() -> Endpoint);

impl ResolveEndpoint for Fixed {
    fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::ready(Ok((self.0)()))
    }
}

fn good() -> Endpoint {
    Endpoint::builder().url("http://localhost").build()
}

#[tokio::test]
async fn what_an_endpoint_resolver_gives_is_checked() {
    type Make = fn() -> Endpoint;
    let cases: [(Make, &str); 4] = [
        (
            || Endpoint::builder().url("localhost:8080").build(),
            "the endpoint URL \"localhost:8080\" has no scheme: add `http://` or `https://` before the host",
        ),
        (
            || Endpoint::builder().url("http://a b").build(),
            "the endpoint URL \"http://a b\" has a host that is neither an ASCII host name, an IPv4 address nor an \
             IPv6 address in brackets",
        ),
        (
            || {
                Endpoint::builder()
                    .url("http://a")
                    .header("x\n", "y")
                    .build()
            },
            "the header \"x\\n\" of the endpoint has a name or a value that is not valid in HTTP",
        ),
        (
            || {
                Endpoint::builder()
                    .url("http://a")
                    .header("x", "s3cr3t\n")
                    .build()
            },
            "the header \"x\" of the endpoint has a name or a value that is not valid in HTTP",
        ),
    ];
    for (endpoint, expected) in cases {
        assert_eq!(
            refused(|config| config.endpoint_resolver(Fixed(endpoint))).await,
            format!("dispatch failure: other: {expected}")
        );
    }
    let sent = call(|config| config.endpoint_resolver(Fixed(good))).await;
    assert_eq!(sent.expect("a good one").uri().host(), Some("localhost"));
}

#[tokio::test]
async fn odd_numbers_do_not_panic() {
    let day = Duration::from_secs(86_400);
    for time in [UNIX_EPOCH - day, UNIX_EPOCH + day * 3_000_000] {
        let text = refused(|config| config.time_source(StaticTimeSource::new(time))).await;
        assert!(text.contains("the time source returns a time"), "{text}");
    }
    for time in [UNIX_EPOCH, UNIX_EPOCH + day * 2_900_000] {
        let sent = call(|config| config.time_source(StaticTimeSource::new(time))).await;
        sent.expect("a time that can be written");
    }
    for retry in [
        RetryConfig::standard().with_max_attempts(0),
        RetryConfig::standard().with_max_attempts(u32::MAX),
        RetryConfig::adaptive().with_max_attempts(0),
        RetryConfig::standard().with_initial_backoff(Duration::MAX),
        RetryConfig::standard()
            .with_max_backoff(Duration::MAX)
            .with_max_attempts(u32::MAX),
    ] {
        let for_one = Config::builder().retry_config(retry.clone());
        call(|config| config.retry_config(retry))
            .await
            .expect("a response");
        let (client, _) = answered_by(|_| response(200, &[], "{}"), |config| config);
        let call = client.list_accounts().customize().config_override(for_one);
        call.send().await.expect("a response");
    }
    let longest = TimeoutConfig::builder()
        .connect_timeout(Duration::MAX)
        .read_timeout(Duration::MAX)
        .operation_timeout(Duration::MAX)
        .operation_attempt_timeout(Duration::MAX)
        .build();
    call(|config| config.timeout_config(longest))
        .await
        .expect("a response");
    let shortest = TimeoutConfig::builder()
        .operation_timeout(Duration::ZERO)
        .build();
    let (client, _) = answered_by(
        |_| response(200, &[], "{}"),
        |config| config.timeout_config(shortest),
    );
    let _ = client.list_accounts().send().await;
}
