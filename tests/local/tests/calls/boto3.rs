//! The calls of the tables by boto3, which `boto3_calls.py` runs.
//!
//! The tests need a Python with boto3 in `CHIME_TEST_PYTHON`; `.ci/run` installs one.

use crate::check::{Clients, all_operations, clock};
use crate::common::Service;
use chime_local::{Chime, Server};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// A process that makes calls with boto3.
struct Boto3 {
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    _process: Child,
}

impl Boto3 {
    fn start(python: OsString, url: &str) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/calls/boto3_calls.py");
        let mut process = Command::new(python)
            .arg(script)
            .arg(url)
            .env("NO_PROXY", "127.0.0.1")
            .env_remove("AWS_PROFILE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("CHIME_TEST_PYTHON is a Python");
        Self {
            input: process.stdin.take().expect("a pipe"),
            output: BufReader::new(process.stdout.take().expect("a pipe")).lines(),
            _process: process,
        }
    }

    /// Sends a line, and returns the line that answers it.
    async fn ask(&mut self, question: &Value) -> Value {
        let line = format!("{question}\n");
        let sent = self.input.write_all(line.as_bytes()).await;
        sent.expect("boto3_calls.py reads");
        let line = self
            .output
            .next_line()
            .await
            .expect("boto3_calls.py writes");
        serde_json::from_str(&line.expect("an answer")).expect("JSON")
    }
}

impl Clients for Boto3 {
    async fn operations(&mut self, service: Service) -> BTreeSet<String> {
        let mut answer = self.ask(&json!({"service": service.name()})).await;
        serde_json::from_value(answer["operations"].take()).expect("names")
    }

    async fn call(
        &mut self,
        service: Service,
        operation: &str,
        input: Value,
    ) -> Result<Value, (Option<String>, String)> {
        let call = json!({"service": service.name(), "operation": operation, "input": input});
        let mut answer = self.ask(&call).await;
        match answer["message"].as_str() {
            None => Ok(answer["output"].take()),
            Some(message) => Err((
                answer["code"].as_str().map(str::to_owned),
                message.to_owned(),
            )),
        }
    }
}

async fn calls(service: Service) {
    let Some(python) = std::env::var_os("CHIME_TEST_PYTHON") else {
        println!(
            "{} is skipped, as CHIME_TEST_PYTHON is not set",
            service.name()
        );
        return;
    };
    let clock = clock();
    let chime = Chime::builder().clock(clock.clone());
    let chime = chime.build().expect("a Chime");
    chime.populate(2);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let server = Server::start_with(chime, address).await;
    let server = server.expect("a free port");
    let mut clients = Boto3::start(python, &server.url());
    all_operations(service, &mut clients, &clock, "by boto3").await;
}

#[tokio::test]
async fn chime() {
    calls(Service::Chime).await;
}

#[tokio::test]
async fn identity() {
    calls(Service::Identity).await;
}

#[tokio::test]
async fn messaging() {
    calls(Service::Messaging).await;
}

#[tokio::test]
async fn meetings() {
    calls(Service::Meetings).await;
}

#[tokio::test]
async fn media_pipelines() {
    calls(Service::MediaPipelines).await;
}
