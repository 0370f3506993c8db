//! Helpers for the tests of this crate.
#![allow(dead_code, reason = "no test uses all of them")]

use chime_local::{Chime, Faults, Sample, Server};
use chime_sdk::config::retry::RetryConfig;
use chime_sdk::config::timeout::TimeoutConfig;
use chime_sdk::config::{Builder, Credentials, Region};
use chime_sdk::error::SdkError;
use chime_sdk::operation::batch_create_room_membership::BatchCreateRoomMembershipError;
use chime_sdk::types::{MembershipItem, RoomMembershipRole};
use chime_sdk::{Client, Config};
use std::collections::BTreeSet;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) fn config() -> Builder {
    Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "tests"))
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::disabled())
}

/// Creates a client without retries or sockets.
pub(crate) fn in_process(chime: &Chime) -> Client {
    let config = config()
        .endpoint_url("http://chime.invalid")
        .http_client(chime.http_client());
    Client::from_conf(config.build())
}

/// Creates a client without retries, over a socket.
pub(crate) fn over_socket(server: &Server) -> Client {
    Client::from_conf(config().endpoint_url(server.url()).build())
}

pub(crate) fn adding() -> Faults {
    Faults {
        only: vec!["BatchCreateRoomMembership".to_owned()],
        ..Faults::default()
    }
}

/// A Chime with an account, a room and users, and a client for it.
pub(crate) struct World {
    pub(crate) chime: Chime,
    pub(crate) client: Client,
    pub(crate) sample: Sample,
    /// Keeps the server alive, if there is one.
    pub(crate) server: Option<Server>,
}

impl World {
    pub(crate) fn in_process(users: usize) -> Self {
        let chime = Chime::new();
        Self {
            client: in_process(&chime),
            sample: chime.populate(users),
            chime,
            server: None,
        }
    }

    pub(crate) async fn over_socket(users: usize) -> Self {
        let server = Server::start(0).await.expect("a free port");
        let chime = server.chime().clone();
        Self {
            client: over_socket(&server),
            sample: chime.populate(users),
            chime,
            server: Some(server),
        }
    }

    /// Returns one with and one without a socket.
    pub(crate) async fn both(users: usize) -> [Self; 2] {
        [Self::in_process(users), Self::over_socket(users).await]
    }

    pub(crate) fn set(&self, faults: Faults) {
        self.chime.set_faults(faults).expect("good faults");
    }

    /// Adds all users to the room. Returns the IDs and codes of those that were refused, or the error of the
    /// request.
    pub(crate) async fn add_all(
        &self,
    ) -> Result<Vec<(String, String)>, SdkError<BatchCreateRoomMembershipError>> {
        let items = self.sample.user_ids.iter().map(|id| {
            MembershipItem::builder()
                .member_id(id)
                .role(RoomMembershipRole::Member)
                .build()
        });
        let output = self
            .client
            .batch_create_room_membership()
            .account_id(&self.sample.account_id)
            .room_id(&self.sample.room_id)
            .set_membership_item_list(Some(items.collect()))
            .send()
            .await?;
        Ok(output
            .errors()
            .iter()
            .map(|error| {
                let id = error.member_id().unwrap_or_default().to_owned();
                let code = error.error_code().expect("a code").as_str().to_owned();
                (id, code)
            })
            .collect())
    }

    /// Returns the members of the room.
    pub(crate) async fn members(&self) -> BTreeSet<String> {
        let output = self
            .client
            .list_room_memberships()
            .account_id(&self.sample.account_id)
            .room_id(&self.sample.room_id)
            .max_results(99)
            .send()
            .await
            .expect("a list");
        output
            .room_memberships()
            .iter()
            .filter_map(|membership| membership.member()?.member_id().map(str::to_owned))
            .collect()
    }

    pub(crate) fn everyone(&self) -> BTreeSet<String> {
        self.sample.user_ids.iter().cloned().collect()
    }
}

/// Sends bytes, and returns everything that is received until the connection ends.
pub(crate) async fn exchange(server: &Server, request: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(server.address()).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

/// Sends a request on its own connection, and returns the status and the whole response. `Host` is the server's address
/// unless it is among the headers.
pub(crate) async fn send(
    server: &Server,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> (u16, String) {
    let mut request = format!(
        "{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    if !headers.iter().any(|(name, _)| *name == "Host") {
        request += &format!("Host: {}\r\n", server.address());
    }
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    let answer = exchange(server, &format!("{request}\r\n{body}"))
        .await
        .expect("a response");
    let status = answer.split(' ').nth(1).and_then(|it| it.parse().ok());
    (status.expect("a status"), answer)
}

/// Sends a request on its own connection, and returns the status, headers and body of the response.
pub(crate) async fn ask(
    server: &Server,
    method: &str,
    path: &str,
    body: &str,
) -> (u16, String, String) {
    let (status, answer) = send(server, method, path, &[("Host", "x")], body).await;
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .expect("an end of the headers");
    (status, head.to_owned(), body.to_owned())
}
