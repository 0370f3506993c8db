//! `chime serve --data`, killed at any moment: what it acknowledged is there when it starts again.
//!
//! `CHIME_KILLS=300 cargo test -p chime-sdk-cli --test serve_killed` kills it that often.

use chime_sdk::config::retry::RetryConfig;
use chime_sdk::config::timeout::TimeoutConfig;
use chime_sdk::config::{Credentials, Region};
use chime_sdk::{Client, Config};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The requests in flight.
const TASKS: usize = 8;

struct Serving {
    process: Child,
    url: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn serve(data: &Path) -> Serving {
    let mut process = Command::new(env!("CARGO_BIN_EXE_chime"))
        .args(["serve", "--port", "0", "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chime");
    let mut url = String::new();
    let out = process.stdout.take().expect("a pipe");
    BufReader::new(out).read_line(&mut url).expect("a line");
    assert!(
        url.starts_with("http://"),
        "the data file does not open: {url:?}"
    );
    Serving {
        process,
        url: url.trim_end().to_owned(),
    }
}

fn client(url: &str) -> Client {
    let config = Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "tests"))
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::disabled())
        .endpoint_url(url);
    Client::from_conf(config.build())
}

/// The names of the accounts by ID, and those that were asked for and not acknowledged.
#[derive(Debug, Default)]
struct Acknowledged {
    names: BTreeMap<String, String>,
    open: BTreeMap<String, String>,
}

/// Creates, renames and reads accounts until a request fails.
async fn load(client: Client, task: usize, round: usize, acknowledged: Arc<Mutex<Acknowledged>>) {
    for number in 0.. {
        let name = format!("round {round} task {task} number {number}");
        let Ok(created) = client.create_account().name(&name).send().await else {
            return;
        };
        let id = created
            .account()
            .expect("an account")
            .account_id()
            .to_owned();
        acknowledged
            .lock()
            .expect("a lock")
            .names
            .insert(id.clone(), name.clone());
        if client.get_account().account_id(&id).send().await.is_err() {
            return;
        }
        let renamed = format!("{name}, renamed");
        acknowledged
            .lock()
            .expect("a lock")
            .open
            .insert(id.clone(), renamed.clone());
        let update = client.update_account().account_id(&id).name(&renamed);
        if update.send().await.is_err() {
            return;
        }
        let mut acknowledged = acknowledged.lock().expect("a lock");
        acknowledged.open.remove(&id);
        acknowledged.names.insert(id, renamed);
    }
}

async fn stored(client: &Client) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let mut pages = client
        .list_accounts()
        .max_results(200)
        .into_paginator()
        .send();
    while let Some(page) = pages.next().await {
        for account in page.expect("a page").accounts() {
            names.insert(account.account_id().to_owned(), account.name().to_owned());
        }
    }
    names
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_write_is_lost() {
    let kills = std::env::var("CHIME_KILLS").ok();
    let kills: usize = kills.map_or(3, |kills| kills.parse().expect("a number"));
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("chime.db");
    let acknowledged = Arc::new(Mutex::new(Acknowledged::default()));
    let mut server = serve(&data);
    let mut checked = 0;
    for round in 0..kills {
        let client = client(&server.url);
        let tasks: Vec<_> = (0..TASKS)
            .map(|task| tokio::spawn(load(client.clone(), task, round, Arc::clone(&acknowledged))))
            .collect();
        tokio::time::sleep(Duration::from_millis(fastrand::u64(5..150))).await;
        server.process.kill().expect("the process is killed");
        for task in tasks {
            task.await.expect("no panic");
        }
        drop(server);
        server = serve(&data);
        let stored = stored(&self::client(&server.url)).await;
        let acknowledged = acknowledged.lock().expect("a lock");
        for (id, name) in &acknowledged.names {
            let found = stored.get(id).expect("an acknowledged account is lost");
            // A rename that was not acknowledged may have taken effect.
            let is_open = acknowledged.open.get(id) == Some(found);
            assert!(found == name || is_open, "{found} is not {name}");
        }
        checked = acknowledged.names.len();
    }
    println!("{kills} kills, {checked} acknowledged accounts, none lost");
    assert!(checked > 0);
}
