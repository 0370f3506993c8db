//! No secret appears in an error, in its sources, or in a log at any level: every operation, with every
//! sensitive member set, in every kind of failure.

mod common;

use aws_smithy_http_client::test_util::{NeverClient, infallible_client_fn};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextRef,
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use chime_api::OPERATIONS;
use chime_sdk::config::endpoint::{Endpoint, EndpointFuture, Params, ResolveEndpoint};
use chime_sdk::config::retry::{RetryConfig, RetryPartition};
use chime_sdk::config::timeout::TimeoutConfig;
use chime_sdk::config::{Builder, Credentials, ProvideCredentials, Region};
use chime_sdk::{Client, Config};
use common::model::{Model, call, each_operation};
use serde_json::{Value, json};
use smithy_operation::{Operation, Overrides};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tracing_subscriber::filter::LevelFilter;

/// The content of sensitive members of inputs and outputs, and the secret parts of credentials.
const INPUT: &str = "s3nsitiveInput";
const OUTPUT: &str = "s3nsitiveOutput";
const KEY: &str = "s3cretAccessKey";
const TOKEN: &str = "s3ssionToken";
/// A string that appears in `Authorization` headers and nowhere else.
const SIGNATURE: &str = "Signature=";
const PASSWORD: &str = "p4ssword";

/// The log of the program.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("a lock").extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Searches for secrets, and counts the places that were searched.
struct Search {
    log: Log,
    model: Model,
    errors: BTreeMap<&'static str, usize>,
    logged: usize,
    findings: Vec<String>,
}

impl Search {
    fn look(&mut self, text: &str, what: &str) {
        for secret in [INPUT, OUTPUT, KEY, TOKEN, SIGNATURE, PASSWORD] {
            for (at, _) in text.match_indices(secret) {
                let start = text[..at].rfind('\n').map_or(0, |start| start + 1);
                let line = text[start..].lines().next().unwrap_or_default();
                let line: String = line.chars().take(600).collect();
                let around: String = text[..at]
                    .chars()
                    .rev()
                    .take(100)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect();
                self.findings
                    .push(format!("{what}: {secret} after `{around}` in `{line}`"));
            }
        }
    }

    /// Calls an operation, and searches the error or the output, and the log.
    async fn call<O: Operation>(
        &mut self,
        kind: &'static str,
        client: &Client,
        input: &Value,
        overrides: Overrides,
    ) {
        let result = call::<O>(client, input, overrides).await;
        let what = format!("{} by {kind}", O::NAME);
        let mut shown = String::new();
        match result {
            Ok(output) => write!(shown, "{output:?}").expect("memory"),
            Err(error) => {
                *self.errors.entry(kind).or_default() += 1;
                show(&error, &mut shown);
                // The raw response is available to callers.
                show(&error.into_service_error(), &mut shown);
            }
        }
        write!(shown, "{client:?}{:?}", client.config()).expect("memory");
        self.look(&shown, &what);
        let log = std::mem::take(&mut *self.log.0.lock().expect("a lock"));
        self.logged += log.len();
        self.look(&String::from_utf8_lossy(&log), &format!("{what}, log"));
    }
}

/// Appends everything that an error shows: `Display` and `Debug` of it and of its sources.
fn show(error: &dyn Error, shown: &mut String) {
    let mut next = Some(error);
    while let Some(error) = next {
        write!(shown, "{error}\n{error:?}\n{error:#?}\n").expect("memory");
        next = error.source();
    }
}

fn credentials() -> Credentials {
    Credentials::new("AKID", KEY, Some(TOKEN.to_owned()), None, "tests")
}

fn minimal() -> Builder {
    Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(credentials())
        .retry_config(RetryConfig::disabled())
}

fn client(config: Builder) -> Client {
    Client::from_conf(config.build())
}

/// Creates a client with an in-process HTTP client.
fn answering(status: u16, headers: &[(&str, &str)], body: Vec<u8>) -> Client {
    client(minimal().http_client(answers(status, headers, body)))
}

fn answers(
    status: u16,
    headers: &[(&str, &str)],
    body: Vec<u8>,
) -> impl chime_sdk::config::HttpClient + 'static {
    let headers: Vec<(String, String)> = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    infallible_client_fn(move |request: http::Request<SdkBody>| {
        let mut builder = http::Response::builder()
            .status(status)
            .header("x-amzn-requestid", "id-1");
        for (name, value) in &headers {
            let value = match &**value {
                // A proxy may repeat parts of the request.
                "{uri}" => request.uri().to_string(),
                value => value.to_owned(),
            };
            builder = builder.header(name, value);
        }
        let mut body = body.clone();
        if let Some(at) = body.windows(6).position(|it| it == b"{body}") {
            let repeated = request.body().bytes().unwrap_or_default();
            let uri = request.uri().to_string();
            body.splice(at..at + 6, [repeated, b" ", uri.as_bytes()].concat());
        }
        builder.body(SdkBody::from(body)).expect("a response")
    })
}

/// A server on a socket that sends these bytes in response to every request, and then closes the connection.
async fn server(answer: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let url = format!("http://{}", listener.local_addr().expect("a socket"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(&answer).await;
            });
        }
    });
    url
}

#[derive(Debug)]
struct OwnEndpoint(Option<&'static str>);

impl ResolveEndpoint for OwnEndpoint {
    fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::ready(match self.0 {
            Some(url) => Ok(Endpoint::builder().url(url).build()),
            None => Err("there is no endpoint".into()),
        })
    }
}

#[derive(Debug)]
struct NoCredentials;

impl ProvideCredentials for NoCredentials {
    fn provide_credentials<'a>(
        &'a self,
    ) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let error =
            aws_credential_types::provider::error::CredentialsError::provider_error("refused");
        aws_credential_types::provider::future::ProvideCredentials::ready(Err(error))
    }
}

/// Fails at this hook.
#[derive(Debug)]
struct Failing(&'static str);

impl Failing {
    const PLACES: [&str; 7] = [
        "before execution",
        "before serialization",
        "after serialization",
        "before signing",
        "before transmit",
        "after transmit",
        "after deserialization",
    ];

    fn at(&self, place: &str) -> Result<(), BoxError> {
        match self.0 == place {
            true => Err(format!("an interceptor failed {place}").into()),
            false => Ok(()),
        }
    }
}

#[dyn_dispatch_hint]
impl Intercept for Failing {
    fn name(&self) -> &'static str {
        "Failing"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.at("before execution")
    }

    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.at("before serialization")
    }

    fn read_after_serialization(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.at("after serialization")
    }

    fn modify_before_signing(
        &self,
        _: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.at("before signing")
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.at("before transmit")
    }

    fn read_after_transmit(
        &self,
        _: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.at("after transmit")
    }

    fn read_after_deserialization(
        &self,
        _: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.at("after deserialization")
    }

    fn read_after_execution(
        &self,
        _: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // A second error, in addition to one at another hook.
        self.at("before signing")
    }
}

async fn check<O: Operation>(search: &mut Search) {
    let input = search.model.input(O::NAME, INPUT);
    let output = search.model.output(O::NAME, OUTPUT).to_string();
    let none = Overrides::default;
    let ok = || answers(200, &[], output.clone().into_bytes());

    // Successful calls, in process and over a socket.
    let good = client(minimal().http_client(ok()));
    search.call::<O>("success", &good, &input, none()).await;
    let length = output.len();
    let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    let url = server([head.as_bytes(), output.as_bytes()].concat()).await;
    let over_socket = client(minimal().endpoint_url(url));
    search
        .call::<O>("success over a socket", &over_socket, &input, none())
        .await;

    // Requests that cannot be constructed.
    for label in search.model.labels(O::NAME) {
        for bad in ["", ".."] {
            let mut input = input.clone();
            input[&label] = json!(bad);
            search.call::<O>("a bad label", &good, &input, none()).await;
        }
        let mut input = input.clone();
        input[&label] = Value::Null;
        search
            .call::<O>("a missing label", &good, &input, none())
            .await;
    }
    for region in ["", "us east"] {
        let config = minimal().http_client(ok()).region(Region::new(region));
        search
            .call::<O>("a bad region", &client(config), &input, none())
            .await;
    }

    // Endpoints.
    for url in [
        "localhost:8080",
        "",
        "http://",
        "http://host:99999",
        "http://a b",
    ] {
        let config = minimal().http_client(ok()).endpoint_url(url);
        search
            .call::<O>("a bad endpoint URL", &client(config), &input, none())
            .await;
        if !url.is_empty() {
            let config = minimal()
                .http_client(ok())
                .endpoint_resolver(OwnEndpoint(Some(url)));
            search
                .call::<O>("a bad endpoint", &client(config), &input, none())
                .await;
        }
    }
    let config = minimal()
        .http_client(ok())
        .endpoint_resolver(OwnEndpoint(None));
    search
        .call::<O>("no endpoint", &client(config), &input, none())
        .await;

    // Credentials.
    let config = minimal()
        .http_client(ok())
        .credentials_provider(NoCredentials);
    search
        .call::<O>("no credentials", &client(config), &input, none())
        .await;
    for (key, token) in [
        (KEY, format!("{TOKEN}\n")),
        ("s3cretAccessKey\r", TOKEN.to_owned()),
    ] {
        let bad = Credentials::new("AKID", key, Some(token), None, "tests");
        let config = minimal().http_client(ok()).credentials_provider(bad);
        search
            .call::<O>("bad credentials", &client(config), &input, none())
            .await;
    }

    // Connections.
    let config = minimal().endpoint_url("http://127.0.0.1:1");
    search
        .call::<O>("no connection", &client(config), &input, none())
        .await;
    for timeouts in [
        TimeoutConfig::builder().operation_timeout(Duration::from_millis(1)),
        TimeoutConfig::builder().operation_attempt_timeout(Duration::from_millis(1)),
    ] {
        let config = minimal()
            .http_client(NeverClient::new())
            .timeout_config(timeouts.build());
        search
            .call::<O>("a timeout", &client(config), &input, none())
            .await;
    }
    let cut_off = [
        format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n",
            output.len() + 9
        )
        .as_bytes(),
        output.as_bytes(),
    ]
    .concat();
    let no_http = format!("{OUTPUT} is not HTTP\r\n\r\n").into_bytes();
    for (kind, answer) in [
        ("a body cut off", cut_off),
        ("no HTTP", no_http),
        ("a connection that ends", Vec::new()),
    ] {
        let config = minimal().endpoint_url(server(answer).await);
        search
            .call::<O>(kind, &client(config), &input, none())
            .await;
    }

    // Successful responses that cannot be read.
    let mut cut_off = output.clone();
    cut_off.truncate(cut_off.floor_char_boundary(output.len().saturating_sub(2)));
    let wrong_types = output.replace("true", "[]").replace("\"x\"", "5");
    let not_json = format!("<p>{output}");
    let repeated = "<p>{body}".to_owned();
    for body in [cut_off, wrong_types, not_json, repeated] {
        let broken = answering(200, &[], body.clone().into_bytes());
        search
            .call::<O>("a broken response", &broken, &input, none())
            .await;
        let encoded = answering(200, &[("content-encoding", "gzip")], body.into_bytes());
        search
            .call::<O>("an encoded response", &encoded, &input, none())
            .await;
    }

    // Error responses.
    let errors: Vec<(String, u16)> = search
        .model
        .errors(O::NAME)
        .into_iter()
        .map(|(name, status)| (name.to_owned(), status))
        .collect();
    for (name, status) in &errors {
        let headers = [("x-amzn-errortype", &**name)];
        let body = r#"{"Code": "BadRequest", "Message": "no"}"#;
        let refusing = answering(*status, &headers, body.into());
        search
            .call::<O>("a modelled error", &refusing, &input, none())
            .await;
        for body in [
            r#"{"Message": "no {body}"#,
            r#"{"Message": [{body}]}"#,
            "<p>{body}",
        ] {
            let refusing = answering(*status, &headers, body.into());
            search
                .call::<O>(
                    "a modelled error that cannot be read",
                    &refusing,
                    &input,
                    none(),
                )
                .await;
        }
    }
    let body = r#"{"message": "short and stout"}"#;
    let refusing = answering(418, &[("x-amzn-errortype", "TeapotException")], body.into());
    search
        .call::<O>("an unknown error", &refusing, &input, none())
        .await;
    for body in ["<html>{body}</html>", "{body}", "", r#"{"a": "{body}"#] {
        let refusing = answering(500, &[], body.into());
        search
            .call::<O>("an error that cannot be read", &refusing, &input, none())
            .await;
    }
    let moved = answering(301, &[("location", "{uri}")], "moved to {body}".into());
    search.call::<O>("a redirect", &moved, &input, none()).await;
    let retry = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    let config = minimal()
        .retry_config(retry)
        .retry_partition(RetryPartition::new(O::NAME))
        .http_client(answers(503, &[], "<p>{body}".into()));
    search
        .call::<O>("retries", &client(config), &input, none())
        .await;

    // Interceptors.
    for place in Failing::PLACES {
        let overrides = Overrides {
            interceptors: vec![SharedInterceptor::new(Failing(place))],
            ..Overrides::default()
        };
        search
            .call::<O>("an interceptor", &good, &input, overrides)
            .await;
    }
}

#[tokio::test]
async fn no_secret_is_shown() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    let mut search = Search {
        log,
        model: Model::read(),
        errors: BTreeMap::new(),
        logged: 0,
        findings: Vec::new(),
    };
    // The user name and password in an endpoint URL are also secret.
    let config = minimal().endpoint_url(format!("https://user:{PASSWORD}@host"));
    let config = config.build();
    let error = Client::from_conf(config).list_accounts().send().await;
    let mut shown = String::new();
    show(&error.expect_err("no such URL"), &mut shown);
    search.look(&shown, "a password");

    each_operation!(check(&mut search));

    let Search {
        errors,
        logged,
        findings,
        ..
    } = search;
    println!("{logged} bytes of log, and errors: {errors:?}");
    // Every kind of failure occurred with every operation, except those without labels or without members in
    // their response.
    for kind in [
        "a bad region",
        "a bad endpoint URL",
        "a bad endpoint",
        "no endpoint",
        "no credentials",
        "bad credentials",
        "no connection",
        "a timeout",
        "a body cut off",
        "no HTTP",
        "a connection that ends",
        "a modelled error",
        "a modelled error that cannot be read",
        "an unknown error",
        "an error that cannot be read",
        "a redirect",
        "retries",
        "an interceptor",
    ] {
        let count = errors.get(kind).copied().unwrap_or_default();
        assert!(count >= OPERATIONS.len(), "{kind}: {count}");
    }
    for kind in [
        "a bad label",
        "a missing label",
        "a broken response",
        "an encoded response",
    ] {
        assert!(errors.contains_key(kind), "{kind}");
    }
    assert!(logged > 10_000_000, "{logged}");
    for finding in findings.iter().take(20) {
        println!("{finding}");
    }
    assert_eq!(findings.len(), 0, "secrets were shown");
}
