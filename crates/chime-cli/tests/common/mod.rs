//! Runs a local Chime in the test's process, and `chime rooms add-members` against it.
// Each test binary uses only a part of this module.
#![allow(dead_code)]

use chime_local::{Chime, Faults, Sample, Server};
use chime_sdk::Client;
use chime_sdk::config::{Builder, Credentials, Region};
use rcgen::CertifiedKey;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// A listening Chime, and a folder for files.
pub(crate) struct Local {
    runtime: Runtime,
    server: Server,
    folder: TempDir,
}

impl Local {
    pub(crate) fn start() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let server = runtime
            .block_on(Server::start_with(Chime::new(), address))
            .expect("a server");
        Self {
            runtime,
            server,
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    /// Returns the URL of the server.
    pub(crate) fn address(&self) -> SocketAddr {
        self.server.address()
    }

    pub(crate) fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    pub(crate) fn chime(&self) -> &Chime {
        self.server.chime()
    }

    pub(crate) fn faults(&self, faults: Faults) {
        self.chime().set_faults(faults).expect("faults");
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("a file")
    }

    /// Writes a file, and returns its path as a string.
    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.path(name), text).expect("written");
        self.text(name)
    }

    /// Returns the path of a file as a string.
    pub(crate) fn text(&self, name: &str) -> String {
        self.path(name).to_str().expect("UTF-8").to_owned()
    }

    /// Creates a room without members, and a CSV file of users.
    pub(crate) fn room(&self, users: usize) -> Room<'_> {
        let sample = self.chime().populate(users);
        let mut csv = "MemberId,Role\n".to_owned();
        for id in &sample.user_ids {
            csv += &format!("{id},Member\n");
        }
        let csv = self.write(&format!("{}.csv", sample.account_id), &csv);
        Room {
            local: self,
            sample,
            csv,
        }
    }
}

/// A room to add members to.
pub(crate) struct Room<'a> {
    local: &'a Local,
    pub(crate) sample: Sample,
    pub(crate) csv: String,
}

impl Room<'_> {
    /// Returns the command that adds the members in a file, with additional flags.
    pub(crate) fn add(&self, csv: &str, flags: &[&str]) -> Command {
        self.add_at(&self.local.server.url(), csv, flags)
    }

    /// The same with another URL.
    pub(crate) fn add_at(&self, url: &str, csv: &str, flags: &[&str]) -> Command {
        let mut command = chime(&["rooms", "add-members", "--csv", csv]);
        command
            .args(["--endpoint-url", url])
            .args(["--account-id", &self.sample.account_id])
            .args(["--room-id", &self.sample.room_id])
            .args(flags);
        command
    }

    /// Returns the members of the room, sorted.
    pub(crate) fn members(&self) -> Vec<String> {
        let chime = self.local.chime();
        let config = Builder::new()
            .behavior_version_latest()
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("a", "b", None, None, "test"))
            .endpoint_url("http://localhost")
            .http_client(chime.http_client())
            .build();
        let mut pages = Client::from_conf(config)
            .list_room_memberships()
            .account_id(&self.sample.account_id)
            .room_id(&self.sample.room_id)
            .into_paginator()
            .page_size(99)
            .send();
        let mut members = Vec::new();
        self.local.block_on(async {
            while let Some(page) = pages.next().await {
                let page = page.expect("a page");
                let all = page.room_memberships().iter();
                let ids = all.filter_map(|it| it.member()?.member_id());
                members.extend(ids.map(str::to_owned));
            }
        });
        members.sort();
        members
    }
}

/// Adds TLS in front of a server, which then has the name `localhost` or `chime.test`. Returns the URL, and
/// the certificate in PEM format.
pub(crate) async fn with_tls(server: SocketAddr) -> (String, String) {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["localhost", "chime.test"].map(str::to_owned))
            .expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("a key that fits");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                // Clients that do not trust the certificate abort the handshake.
                if let Ok(mut client) = acceptor.accept(stream).await {
                    let mut chime = TcpStream::connect(server).await.expect("the server");
                    let _ = tokio::io::copy_bidirectional(&mut client, &mut chime).await;
                }
            });
        }
    });
    (format!("https://localhost:{port}"), cert.pem())
}

/// Returns the command in an environment without AWS settings and proxies.
pub(crate) fn chime(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chime"));
    for (name, _) in std::env::vars_os() {
        let upper = name.to_string_lossy().to_ascii_uppercase();
        if upper.starts_with("AWS_") || upper.ends_with("_PROXY") || upper == "REQUEST_METHOD" {
            command.env_remove(name);
        }
    }
    command
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_CONFIG_FILE", Path::new("no-such-file"))
        .env("AWS_SHARED_CREDENTIALS_FILE", Path::new("no-such-file"))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The output of a command.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

impl Said {
    /// Returns a number in the summary.
    #[track_caller]
    pub(crate) fn count(&self, name: &str) -> usize {
        let line = self.out.lines().find_map(|line| line.strip_prefix(name));
        let line = line.unwrap_or_else(|| panic!("no {name}: {self:?}"));
        let number = line.split([' ', ',']).find(|word| !word.is_empty());
        number.and_then(|it| it.parse().ok()).expect("a number")
    }
}

/// Runs a command to completion.
pub(crate) fn run(command: &mut Command) -> Said {
    command.output().expect("chime runs").into()
}

/// Runs a command with a string as stdin.
pub(crate) fn run_with(command: &mut Command, input: &str) -> Said {
    let mut child = command.stdin(Stdio::piped()).spawn().expect("chime runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input.as_bytes()).expect("read");
    drop(stdin);
    child.wait_with_output().expect("it ends").into()
}
