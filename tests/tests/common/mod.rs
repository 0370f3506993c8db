//! Helpers for the tests of this crate.
#![allow(dead_code, reason = "no test uses all of them")]

pub(crate) mod model;

use aws_smithy_async::time::TimeSource;
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use chime_local::Server;
use chime_sdk::config::{Builder, Credentials, Region};
use chime_sdk::{Client, Config};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::Instant;

/// Creates a client for an endpoint.
pub(crate) fn client(endpoint: &str, change: impl FnOnce(Builder) -> Builder) -> Client {
    let builder = Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "tests"))
        .endpoint_url(endpoint);
    Client::from_conf(change(builder).build())
}

/// A clock that follows the test's runtime, so it pauses and jumps with it.
#[derive(Debug)]
pub(crate) struct Clock(Instant);

impl Clock {
    pub(crate) fn new() -> Self {
        Self(Instant::now())
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_700_000_000) + self.0.elapsed()
    }
}

/// The requests that were sent: method, path and query, headers, body.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sent(Arc<Mutex<Vec<http::Request<Vec<u8>>>>>);

impl Sent {
    pub(crate) fn take(&self) -> Vec<http::Request<Vec<u8>>> {
        std::mem::take(&mut self.0.lock().expect("not poisoned"))
    }
}

/// Creates a client whose responses a function determines.
pub(crate) fn answered_by(
    answer: impl Fn(&http::Request<Vec<u8>>) -> http::Response<Vec<u8>> + Send + Sync + 'static,
    change: impl FnOnce(Builder) -> Builder,
) -> (Client, Sent) {
    let sent = Sent::default();
    let log = sent.clone();
    let http_client = infallible_client_fn(move |request: http::Request<SdkBody>| {
        let request = request.map(|body| body.bytes().unwrap_or_default().to_vec());
        let response = answer(&request).map(SdkBody::from);
        log.0.lock().expect("not poisoned").push(request);
        response
    });
    let builder = Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "tests"))
        .http_client(http_client);
    (Client::from_conf(change(builder).build()), sent)
}

/// Returns a response.
pub(crate) fn response(
    status: u16,
    headers: &[(&str, &str)],
    body: &str,
) -> http::Response<Vec<u8>> {
    let mut builder = http::Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body.as_bytes().to_vec()).expect("a response")
}

/// A local Chime with an account.
pub(crate) struct World {
    pub(crate) server: Server,
    pub(crate) client: Client,
    pub(crate) account: String,
}

impl World {
    pub(crate) async fn start() -> Self {
        let server = Server::start(0).await.expect("a free port");
        let client = client(&server.url(), |config| config);
        let created = client
            .create_account()
            .name("Tests")
            .send()
            .await
            .expect("an account");
        let account = created
            .account()
            .expect("an account")
            .account_id()
            .to_owned();
        Self {
            server,
            client,
            account,
        }
    }

    pub(crate) async fn user(&self, name: &str) -> String {
        let created = self
            .client
            .create_user()
            .account_id(&self.account)
            .username(name)
            .email(format!("{name}@example.com"))
            .send()
            .await
            .expect("a user");
        created.user().expect("a user").user_id().to_owned()
    }

    pub(crate) async fn bot(&self, name: &str) -> String {
        let created = self
            .client
            .create_bot()
            .account_id(&self.account)
            .display_name(name)
            .send()
            .await;
        let created = created.expect("a bot");
        created
            .bot()
            .and_then(|bot| bot.bot_id())
            .expect("an ID")
            .to_owned()
    }

    pub(crate) async fn room(&self, name: &str) -> String {
        let created = self
            .client
            .create_room()
            .account_id(&self.account)
            .name(name)
            .send()
            .await;
        let created = created.expect("a room");
        created
            .room()
            .and_then(|room| room.room_id())
            .expect("an ID")
            .to_owned()
    }
}
