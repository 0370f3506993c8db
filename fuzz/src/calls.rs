//! Calls of a client: its configuration, the signatures of its requests, and its responses.

mod capture;
mod signature;

use crate::parts::Message;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use capture::{Answer, Capture};
use chime_api::OPERATIONS;
use chime_sdk::Client;
use chime_sdk::config::{Builder, Credentials, Region, retry::RetryConfig};
use chime_sdk::error::DisplayErrorContext;
use smithy_operation::{CalledOperation, OperationDescriptor};
use std::cell::OnceCell;

thread_local! {
    static RUNTIME: tokio::runtime::Runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    /// A client whose response is set before each call.
    static CLIENT: OnceCell<(Client, Capture)> = const { OnceCell::new() };
}

const KEY: &str = "AKIDEXAMPLE";
const SECRET: &str = "the-secret-of-the-fuzzers";

fn config(capture: &Capture) -> Builder {
    chime_sdk::Config::builder()
        .behavior_version_latest()
        .http_client(capture.clone())
        .retry_config(RetryConfig::disabled())
}

/// Makes calls with a single client.
fn with_client(call: impl AsyncFnOnce(&Client, &Capture)) {
    CLIENT.with(|client| {
        let (client, capture) = client.get_or_init(|| {
            let capture = Capture::default();
            let config = config(&capture)
                .region(Region::from_static("us-east-1"))
                .credentials_provider(Credentials::new(KEY, SECRET, None, None, "fuzz"));
            (Client::from_conf(config.build()), capture)
        });
        RUNTIME.with(|runtime| runtime.block_on(call(client, capture)));
    });
}

/// Lines: endpoint URL, region, account, room, access key, session token. The call results in a signed
/// request of the operation, or in an error without secrets.
pub(crate) fn configuration(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    // A line break in a value is written as `
    // `.
    let mut lines = text
        .split('\n')
        .map(|line| line.replace("\\n", "\n").replace("\\r", "\r"));
    let mut line = || lines.next();
    let (url, region) = (line(), line());
    let (account, room) = (line().unwrap_or_default(), line().unwrap_or_default());
    let key = line().filter(|key| !key.is_empty());
    let key = key.unwrap_or_else(|| KEY.to_owned());
    let token = line().filter(|token| !token.is_empty());

    let capture = Capture::default();
    let mut builder = config(&capture).credentials_provider(Credentials::new(
        key.clone(),
        SECRET,
        token.clone(),
        None,
        "fuzz",
    ));
    builder.set_endpoint_url(url.clone());
    builder.set_region(region.clone().map(Region::new));
    let client = Client::from_conf(builder.build());
    let call = client.get_room().account_id(&account).room_id(&room);
    let seen = signature::Seen::default();
    let call = call.customize().interceptor(seen.clone()).send();
    let mut result = None;
    RUNTIME.with(|runtime| result = Some(runtime.block_on(call)));
    if let Some(request) = capture.sent() {
        let path = request.path();
        let places: Vec<&str> = path.rsplitn(4, '/').collect();
        // A label must not be interpreted as a path segment.
        let is_label = |text: &str| !["", ".", ".."].contains(&text);
        let is_room = matches!(places.as_slice(), [room, "rooms", account, before]
            if before.ends_with("/accounts") && is_label(room) && is_label(account));
        assert!(is_room, "another operation's path: {path}");
        // The endpoint rules may choose a region other than the one that is set.
        let scope = request.authorization();
        let scope = scope.split_once(&*key).map_or("", |(_, scope)| scope);
        let signing_region = scope.split('/').nth(2).unwrap_or_default();
        let before = seen.take().expect("it was signed");
        let expected = signature::expected(
            &before,
            &request,
            &key,
            SECRET,
            token.as_deref(),
            signing_region,
        );
        assert_eq!(Ok(request.authorization()), expected, "{}", request.uri);
    }
    if let Some(Err(error)) = result {
        let mut shown = format!("{}\n{error:?}\n", DisplayErrorContext(&error));
        shown += &error.into_service_error().to_string();
        assert!(!shown.contains(SECRET), "the secret is shown: {shown}");
        let token = token.unwrap_or_default();
        // Short strings may occur by chance.
        let others = [
            url.unwrap_or_default(),
            account,
            room,
            region.unwrap_or_default(),
        ];
        // `Debug` escapes them.
        let occurs =
            |other: &String| other.contains(&token) || format!("{other:?}").contains(&token);
        let by_chance = token.len() < 8 || others.iter().any(occurs);
        assert!(
            by_chance || !shown.contains(&token),
            "the session token is shown: {shown}"
        );
    }
}

/// A method and a URI, headers and a body, which an interceptor sets before the request is signed. The
/// signature must equal that of `aws-sigv4`.
pub(crate) fn signing(data: &[u8]) {
    let message = Message::read(data);
    let first = String::from_utf8_lossy(message.first).into_owned();
    let (method, uri) = first.split_once(' ').unwrap_or(("GET", &first));
    let (method, uri) = (method.to_owned(), uri.to_owned());
    let headers: Vec<(String, String)> = message
        .headers
        .iter()
        .map(|(name, value)| {
            let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
            (text(name), text(value))
        })
        .collect();
    let body = message.body.to_vec();
    with_client(async |client, capture| {
        capture.answer(Answer::default());
        let call = client
            .list_accounts()
            .customize()
            .mutate_request(move |request| {
                let uri = format!("https://service.chime.aws.amazon.com{uri}");
                if request.set_uri(uri).is_err() || request.set_method(&method).is_err() {
                    return;
                }
                for (name, value) in &headers {
                    // Only valid header values: the runtime panics on others.
                    let is_header = http::HeaderName::from_bytes(name.as_bytes()).is_ok()
                        && http::HeaderValue::from_str(value).is_ok();
                    if is_header {
                        let _ = request
                            .headers_mut()
                            .try_append(name.clone(), value.clone());
                    }
                }
                *request.body_mut() = SdkBody::from(body.clone());
            });
        let seen = signature::Seen::default();
        let _ = call.interceptor(seen.clone()).send().await;
        if let (Some(before), Some(sent)) = (seen.take(), capture.sent()) {
            let expected = signature::expected(&before, &sent, KEY, SECRET, None, "us-east-1");
            assert_eq!(Ok(sent.authorization()), expected, "{}", sent.uri);
        }
    });
}

/// Two bytes for the operation and the status, then headers and a body. The operation reads an output or an
/// error from it, and both can be shown.
pub(crate) fn response(data: &[u8]) {
    let [operation, number, rest @ ..] = data else {
        return;
    };
    let operation = OPERATIONS[usize::from(*operation) % OPERATIONS.len()];
    // Usually a realistic status: 200 to 599.
    let status = [200, 200, 201, 204, 301, 400, 403, 404, 429, 500, 503];
    let status = status[usize::from(*number) % status.len()];
    let mut with_line = b"\n".to_vec();
    with_line.extend_from_slice(rest);
    let message = Message::read(&with_line);
    let answer = Answer {
        status,
        headers: message
            .headers
            .iter()
            .filter_map(|(name, value)| {
                let name = http::HeaderName::from_bytes(name).ok()?;
                let value = http::HeaderValue::from_bytes(value).ok()?;
                Some((name, value))
            })
            .collect(),
        body: message.body.to_vec(),
    };
    with_client(async |client, capture| {
        capture.answer(answer);
        let call = client.list_accounts().customize();
        let result = call.interceptor(ReadAs(operation)).send().await;
        match result {
            Ok(output) => drop(format!("{output:?}")),
            Err(error) => {
                drop(format!("{error:?} {}", DisplayErrorContext(&error)));
                let text = error.into_service_error().to_string();
                assert!(!text.is_empty());
            }
        }
    });
}

/// Reads a response as that of another operation, whose input is then not needed.
#[derive(Debug)]
struct ReadAs(&'static OperationDescriptor);

#[dyn_dispatch_hint]
impl Intercept for ReadAs {
    fn name(&self) -> &'static str {
        "ReadAs"
    }

    fn modify_before_deserialization(
        &self,
        _: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        config
            .interceptor_state()
            .store_put(CalledOperation(self.0));
        Ok(())
    }
}
