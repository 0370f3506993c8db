//! Every operation of every service, called with boto3. The tables in `calls/` say what is called and what the answers
//! are; `calls/boto3_calls.py` makes the calls.
//!
//! The tests need a Python with boto3 in `CHIME_TEST_PYTHON`; `.ci/run` installs one.

use chime_local::Server;
use std::path::Path;
use std::process::Command;

/// Makes the calls of a table with boto3's client of a service, against a Chime of its own with sample data.
async fn calls(service: &str, table: &str) {
    let Some(python) = std::env::var_os("CHIME_TEST_PYTHON") else {
        println!("{service} is skipped, as CHIME_TEST_PYTHON is not set");
        return;
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/calls");
    let table = folder.join(table);
    if !table.exists() {
        println!(
            "{service} is skipped, as {} does not exist",
            table.display()
        );
        return;
    }
    let server = Server::start(0).await.expect("a free port");
    server.chime().populate(2);
    let mut command = Command::new(python);
    command
        .arg(folder.join("boto3_calls.py"))
        .args([&server.url(), service])
        .arg(table)
        .env("NO_PROXY", "127.0.0.1")
        .env_remove("AWS_PROFILE");
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("the task does not panic")
        .expect("CHIME_TEST_PYTHON is a Python");
    let printed = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}{errors}");
    print!("{printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn chime() {
    calls("chime", "chime.toml").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn identity() {
    calls("chime-sdk-identity", "identity.toml").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn messaging() {
    calls("chime-sdk-messaging", "messaging.toml").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn meetings() {
    calls("chime-sdk-meetings", "meetings.toml").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn media_pipelines() {
    calls("chime-sdk-media-pipelines", "media_pipelines.toml").await;
}
