//! Every authentication scheme, and the choice between them.

use aws_smithy_http_client::test_util::{CaptureRequestReceiver, capture_request};
use aws_smithy_types::Document;
use aws_smithy_types::endpoint::Endpoint;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use fixture_auth_schemes::operation::{
    basic::Basic, basic::BasicFluentBuilder, either::EitherFluentBuilder, key::KeyFluentBuilder,
    none_value::NoneValueFluentBuilder, optional::OptionalFluentBuilder,
    regional::RegionalFluentBuilder, signed::SignedFluentBuilder, upload::UploadFluentBuilder,
};
use smithy_client::Client;
use smithy_client::config::{Builder, Config, Credentials, Login, Region, SdkConfig, Token};
use smithy_client::endpoint::{EndpointFuture, Params, ResolveEndpoint};
use smithy_operation::error::{SdkError, causes};
use smithy_operation::{FluentBuilder, Operation, ServiceDescriptor};
use std::io;
use std::sync::{Arc, Mutex};

const SECRETS: [&str; 4] = ["bearer-secret", "basic-secret", "key-secret", "aws-secret"];

fn client(
    service: &'static ServiceDescriptor,
    change: impl FnOnce(Builder) -> Builder,
) -> (Client, CaptureRequestReceiver) {
    let (http_client, sent) = capture_request(None);
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .endpoint_url("https://service.example")
        .http_client(http_client);
    (
        Client::new(
            service,
            smithy_client::protocol::RestJson1,
            change(config).build(),
        ),
        sent,
    )
}

fn token() -> Token {
    Token::new("bearer-secret", None)
}

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "aws-secret", None, None, "test")
}

/// The request of a call.
type Sent = http::Request<aws_smithy_types::body::SdkBody>;

async fn call<B: FluentBuilder>(change: impl FnOnce(Builder) -> Builder) -> Result<Sent, String> {
    let (client, sent) = client(&fixture_auth_schemes::SERVICE, change);
    let call = B::new(client.handle().clone()).into_call();
    match call.send().await {
        Ok(_) => {
            let request = sent.expect_request();
            Ok(request.try_into_http1x().expect("a valid request"))
        }
        Err(error) => Err(messages(&error)),
    }
}

fn messages<
    E: std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
>(
    error: &SdkError<E, R>,
) -> String {
    let messages: Vec<_> = causes(error).map(ToString::to_string).collect();
    messages.join(": ")
}

#[track_caller]
fn authorization(sent: &Sent) -> Option<&str> {
    let value = sent.headers().get("authorization")?;
    Some(value.to_str().expect("ASCII"))
}

#[tokio::test]
async fn each_scheme_has_its_header() {
    let sent = call::<EitherFluentBuilder>(|it| it.bearer_token(token())).await;
    let sent = sent.expect("sent");
    assert_eq!(authorization(&sent), Some("Bearer bearer-secret"));

    let login = Login::new("Aladdin", "open sesame", None);
    let sent = call::<BasicFluentBuilder>(|it| it.basic_auth_login(login)).await;
    let sent = sent.expect("sent");
    assert_eq!(
        authorization(&sent),
        Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    );

    let key = Token::new("key-secret", None);
    let sent = call::<KeyFluentBuilder>(|it| it.api_key(key)).await;
    let sent = sent.expect("sent");
    assert_eq!(sent.headers()["x-api-key"], "Key key-secret");
    assert_eq!(authorization(&sent), None);

    let sent = call::<RegionalFluentBuilder>(|it| it.credentials_provider(credentials())).await;
    let sent = sent.expect("sent");
    let value = authorization(&sent).expect("signed");
    assert!(
        value.starts_with("AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/"),
        "{value}"
    );
    assert_eq!(sent.headers()["x-amz-region-set"], "us-east-1");

    let sent = call::<NoneValueFluentBuilder>(|it| it.credentials_provider(credentials())).await;
    assert_eq!(authorization(&sent.expect("sent")), None);
}

#[tokio::test]
async fn an_api_key_in_the_query_is_encoded() {
    use fixture_auth_order::operation::get::GetFluentBuilder;

    let (client, sent) = client(&fixture_auth_order::SERVICE, |it| {
        it.api_key(Token::new("a&b/ü", None))
    });
    let call = GetFluentBuilder::new(client.handle().clone());
    call.send().await.expect("sent");
    let uri = sent.expect_request().uri().to_owned();
    assert_eq!(
        uri,
        "https://service.example/things?api%20key=a%26b%2F%C3%BC"
    );
}

#[tokio::test]
async fn the_first_scheme_with_an_identity_is_used() {
    let both = |it: Builder| it.bearer_token(token()).credentials_provider(credentials());
    let sent = call::<EitherFluentBuilder>(both).await.expect("sent");
    assert_eq!(authorization(&sent), Some("Bearer bearer-secret"));

    let sent = call::<EitherFluentBuilder>(|it| it.credentials_provider(credentials())).await;
    let sent = sent.expect("sent");
    let value = authorization(&sent).expect("signed");
    assert!(value.starts_with("AWS4-HMAC-SHA256 "), "{value}");

    let preferring =
        |it: Builder| both(it).auth_scheme_preference(["sigv4".into(), "httpBasicAuth".into()]);
    let sent = call::<EitherFluentBuilder>(preferring).await.expect("sent");
    let value = authorization(&sent).expect("signed");
    assert!(value.starts_with("AWS4-HMAC-SHA256 "), "{value}");
}

/// Resolves to one endpoint, which lists authentication schemes.
#[derive(Debug)]
struct Listing(Vec<(&'static str, Vec<(&'static str, Document)>)>);

impl ResolveEndpoint for Listing {
    fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
        let schemes = self.0.iter().map(|(name, properties)| {
            let properties = properties.iter();
            let properties = properties.map(|(key, value)| ((*key).to_owned(), value.clone()));
            let name = ("name".to_owned(), Document::from(*name));
            Document::Object(properties.chain([name]).collect())
        });
        EndpointFuture::ready(Ok(Endpoint::builder()
            .url("https://service.example")
            .property("authSchemes", schemes.collect::<Vec<_>>())
            .build()))
    }
}

#[tokio::test]
async fn the_endpoint_chooses_and_configures_signatures() {
    let call = async |endpoint: Listing| {
        let sent = call::<SignedFluentBuilder>(|it| {
            it.credentials_provider(credentials())
                .endpoint_resolver(endpoint)
        });
        sent.await.expect("sent")
    };
    // The operation prefers SigV4a.
    let sent = call(Listing(vec![(
        "sigv4",
        vec![
            ("signingName", "other".into()),
            ("signingRegion", "eu-west-1".into()),
        ],
    )]));
    let sent = sent.await;
    let value = authorization(&sent).expect("signed");
    assert!(value.starts_with("AWS4-HMAC-SHA256 "), "{value}");
    assert!(value.contains("/eu-west-1/other/aws4_request,"), "{value}");

    let sent = call(Listing(vec![
        (
            "sigv4a",
            vec![
                ("signingName", "other".into()),
                ("signingRegionSet", vec![Document::from("*")].into()),
                ("disableDoubleEncoding", true.into()),
            ],
        ),
        ("sigv4", Vec::new()),
    ]));
    let sent = sent.await;
    assert_eq!(sent.headers()["x-amz-region-set"], "*");
    let value = authorization(&sent).expect("signed");
    assert!(value.contains("/other/aws4_request,"), "{value}");
}

#[tokio::test]
async fn s3_needs_the_hash_of_the_body() {
    static S3: ServiceDescriptor = ServiceDescriptor {
        sdk_id: "S3",
        user_agent: "s3",
        signing_name: "s3",
        crate_version: "0.0.0",
        shape_name: "Service",
        version: "2026-11-25",
        xml_namespace: None,
        query_codes: None,
        auth: &[smithy_operation::AuthScheme::Sigv4],
        auth_of: &[],
        retries: &[],
        customizations: smithy_operation::Customizations::NONE,
        resolve_endpoint: None,
    };
    let (client, sent) = client(&S3, |it| it.credentials_provider(credentials()));
    let call = EitherFluentBuilder::new(client.handle().clone());
    call.send().await.expect("sent");
    let request = sent.expect_request();
    assert_eq!(
        request.headers().get("x-amz-content-sha256"),
        Some("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    );
}

#[tokio::test]
async fn optional_authentication_needs_no_identity() {
    let sent = call::<OptionalFluentBuilder>(|it| it).await.expect("sent");
    assert_eq!(authorization(&sent), None);
    let sent = call::<OptionalFluentBuilder>(|it| it.bearer_token(token())).await;
    let sent = sent.expect("sent");
    assert_eq!(authorization(&sent), Some("Bearer bearer-secret"));
}

#[tokio::test]
async fn an_unsigned_payload_is_announced() {
    let sent = call::<UploadFluentBuilder>(|it| it.credentials_provider(credentials())).await;
    let sent = sent.expect("sent");
    assert_eq!(sent.headers()["x-amz-content-sha256"], "UNSIGNED-PAYLOAD");
    let value = authorization(&sent).expect("signed");
    assert!(value.contains("x-amz-content-sha256"), "{value}");
}

#[tokio::test]
async fn a_missing_identity_is_named() {
    for (message, expected) in [
        (
            call::<EitherFluentBuilder>(|it| it).await,
            "the request cannot be authenticated: set `token_provider` or `credentials_provider`",
        ),
        (
            call::<BasicFluentBuilder>(|it| it.bearer_token(token())).await,
            "the request cannot be authenticated: set `basic_auth_login`",
        ),
        (
            call::<KeyFluentBuilder>(|it| it.credentials_provider(credentials())).await,
            "the request cannot be authenticated: set `api_key`",
        ),
        (
            call::<UploadFluentBuilder>(|it| it.bearer_token(token())).await,
            "no credentials are set",
        ),
    ] {
        let message = message.expect_err("no identity");
        assert!(message.contains(expected), "{message}");
    }
}

/// Settings of a service in the environment.
#[derive(Debug)]
struct Environment;

impl LoadServiceConfig for Environment {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let name = format!("{}_{}", key.env(), key.service_id().to_uppercase());
        (name == "AWS_BEARER_TOKEN_EXAMPLE").then(|| "from-environment".to_owned())
    }
}

#[tokio::test]
async fn the_environment_has_a_token_of_the_service() {
    use fixture_auth_order::operation::get::GetFluentBuilder;

    let shared = SdkConfig::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(smithy_client::config::SharedCredentialsProvider::new(
            credentials(),
        ))
        .service_config(Environment)
        .build();
    let sent = async |change: fn(Builder) -> Builder| {
        let (http_client, sent) = capture_request(None);
        let builder = Builder::from(&shared)
            .endpoint_url("https://service.example")
            .http_client(http_client);
        let client = Client::new(
            &fixture_auth_order::SERVICE,
            smithy_client::protocol::RestJson1,
            change(builder).build(),
        );
        let call = GetFluentBuilder::new(client.handle().clone());
        call.send().await.expect("sent");
        let request = sent.expect_request();
        request.headers().get("authorization").map(str::to_owned)
    };
    // It comes before credentials, which the model prefers.
    let value = sent(|it| it).await;
    assert_eq!(value.as_deref(), Some("Bearer from-environment"));
    let value = sent(|it| it.auth_scheme_preference(["sigv4".into()])).await;
    assert!(value.is_some_and(|value| value.starts_with("AWS4-HMAC-SHA256 ")));
    let value = sent(|it| {
        it.bearer_token(token())
            .auth_scheme_preference(["httpBearerAuth".into()])
    });
    assert_eq!(value.await.as_deref(), Some("Bearer bearer-secret"));
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("not poisoned").extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn secrets_are_not_shown() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let all = |it: Builder| {
        it.bearer_token(token())
            .basic_auth_login(Login::new("user", "basic-secret", None))
            .credentials_provider(credentials())
            // The key of a header is not known to be secret to the smithy-rs runtime, which logs it.
            .api_key(Token::new("key-secret", None))
    };
    call::<EitherFluentBuilder>(all).await.expect("sent");
    call::<BasicFluentBuilder>(all).await.expect("sent");
    call::<RegionalFluentBuilder>(all).await.expect("sent");
    let bad = |it: Builder| {
        it.bearer_token(Token::new("bearer-secret\n", None))
            .api_key(Token::new("key-secret\n", None))
            .basic_auth_login(Login::new("user", "basic-secret\n", None))
    };
    let mut shown = String::new();
    shown.push_str(
        &call::<EitherFluentBuilder>(bad)
            .await
            .expect_err("a line break"),
    );
    shown.push_str(
        &call::<KeyFluentBuilder>(bad)
            .await
            .expect_err("a line break"),
    );
    let (client, _) = client(&fixture_auth_schemes::SERVICE, all);
    shown.push_str(&format!("{client:?} {:?}", client.config()));
    drop(guard);
    let logged = log.0.lock().expect("not poisoned");
    shown.push_str(&String::from_utf8_lossy(&logged));
    assert!(shown.contains("AKIDEXAMPLE"), "something is logged");
    for secret in SECRETS {
        if let Some(at) = shown.find(secret) {
            panic!("{secret}: {}", &shown[at.saturating_sub(300)..at + 50]);
        }
    }
}

#[test]
fn the_descriptor_of_a_service_lists_schemes() {
    let ids = |operation| {
        let schemes = fixture_auth_schemes::SERVICE.auth_schemes(operation);
        schemes.iter().map(|scheme| scheme.id()).collect::<Vec<_>>()
    };
    assert_eq!(ids("Either"), ["httpBearerAuth", "sigv4"]);
    assert_eq!(ids(Basic::NAME), ["httpBasicAuth"]);
    assert_eq!(ids("Optional"), ["httpBearerAuth", "sigv4", "noAuth"]);
    assert_eq!(ids("Unsigned"), ["noAuth"]);
}
