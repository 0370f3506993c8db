//! `chime serve --data`, killed at any moment: what it acknowledged is there when it starts again.
//!
//! `CHIME_KILLS=300 cargo test -p chime-sdk-cli --test serve_killed` kills it that often.

use chime_sdk::Config;
use chime_sdk::config::retry::RetryConfig;
use chime_sdk::config::timeout::TimeoutConfig;
use chime_sdk::config::{Credentials, Region};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The requests in flight, a third of them for each kind of thing.
const TASKS: usize = 9;

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

/// The clients of the services with requests that write.
#[derive(Clone)]
struct Clients {
    chime: chime_sdk::Client,
    identity: chime_sdk_identity::Client,
    messaging: chime_sdk_messaging::Client,
}

impl Clients {
    fn new(url: &str) -> Self {
        let config = Config::builder()
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "tests"))
            .retry_config(RetryConfig::disabled())
            .timeout_config(TimeoutConfig::disabled())
            .endpoint_url(url)
            .build();
        Self {
            chime: chime_sdk::Client::from_conf(config.clone()),
            identity: chime_sdk_identity::Client::from_conf(config.clone()),
            messaging: chime_sdk_messaging::Client::from_conf(config),
        }
    }
}

/// Where users and messages are created.
#[derive(Debug, Clone)]
struct Place {
    instance: String,
    user: String,
    channel: String,
}

impl Place {
    async fn create(clients: &Clients) -> Self {
        let instance = clients.identity.create_app_instance().name("shop").send();
        let instance = instance.await.expect("an app instance");
        let instance = instance.app_instance_arn().expect("an ARN").to_owned();
        let user = create_user(clients, &instance, "root", "Root").await;
        let user = user.expect("a user");
        let channel = clients
            .messaging
            .create_channel()
            .app_instance_arn(&instance)
            .name("Ops")
            .chime_bearer(&user)
            .send()
            .await
            .expect("a channel");
        let channel = channel.channel_arn().expect("an ARN").to_owned();
        Self {
            instance,
            user,
            channel,
        }
    }
}

async fn create_user(clients: &Clients, instance: &str, id: &str, name: &str) -> Option<String> {
    let user = clients
        .identity
        .create_app_instance_user()
        .app_instance_arn(instance)
        .app_instance_user_id(id)
        .name(name);
    let created = user.send().await.ok()?;
    Some(created.app_instance_user_arn().expect("an ARN").to_owned())
}

/// What requests create, read and change.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Account,
    User,
    Message,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Account, Self::User, Self::Message];

    /// Creates one with a text, and returns its ID; `None` if the request fails, as do the others.
    async fn create(self, clients: &Clients, place: &Place, text: &str) -> Option<String> {
        match self {
            Self::Account => {
                let created = clients
                    .chime
                    .create_account()
                    .name(text)
                    .send()
                    .await
                    .ok()?;
                Some(
                    created
                        .account()
                        .expect("an account")
                        .account_id()
                        .to_owned(),
                )
            }
            Self::User => {
                let id = text.replace(' ', "-");
                create_user(clients, &place.instance, &id, text).await
            }
            Self::Message => {
                let message = clients
                    .messaging
                    .send_channel_message()
                    .channel_arn(&place.channel)
                    .chime_bearer(&place.user)
                    .content(text)
                    .persistence("PERSISTENT".into())
                    .r#type("STANDARD".into());
                let sent = message.send().await.ok()?;
                Some(sent.message_id().expect("an ID").to_owned())
            }
        }
    }

    async fn read(self, clients: &Clients, place: &Place, id: &str) -> Option<()> {
        match self {
            Self::Account => {
                let account = clients.chime.get_account().account_id(id);
                account.send().await.ok().map(drop)
            }
            Self::User => {
                let user = clients.identity.describe_app_instance_user();
                let user = user.app_instance_user_arn(id);
                user.send().await.ok().map(drop)
            }
            Self::Message => {
                let message = clients.messaging.get_channel_message();
                let message = message.channel_arn(&place.channel).message_id(id);
                let message = message.chime_bearer(&place.user);
                message.send().await.ok().map(drop)
            }
        }
    }

    async fn change(self, clients: &Clients, place: &Place, id: &str, text: &str) -> Option<()> {
        match self {
            Self::Account => {
                let account = clients.chime.update_account().account_id(id).name(text);
                account.send().await.ok().map(drop)
            }
            Self::User => {
                let user = clients.identity.update_app_instance_user();
                let user = user.app_instance_user_arn(id).name(text).metadata("m");
                user.send().await.ok().map(drop)
            }
            Self::Message => {
                let message = clients.messaging.update_channel_message();
                let message = message.channel_arn(&place.channel).message_id(id);
                let message = message.chime_bearer(&place.user).content(text);
                message.send().await.ok().map(drop)
            }
        }
    }

    /// Returns the texts of all by ID.
    async fn stored(self, clients: &Clients, place: &Place) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        match self {
            Self::Account => {
                let list = clients.chime.list_accounts().max_results(200);
                let mut pages = list.into_paginator().send();
                while let Some(page) = pages.next().await {
                    for it in page.expect("a page").accounts() {
                        texts.insert(it.account_id().to_owned(), it.name().to_owned());
                    }
                }
            }
            Self::User => {
                let list = clients.identity.list_app_instance_users();
                let list = list.app_instance_arn(&place.instance).max_results(50);
                let mut pages = list.into_paginator().send();
                while let Some(page) = pages.next().await {
                    for it in page.expect("a page").app_instance_users() {
                        let id = it.app_instance_user_arn().expect("an ARN");
                        texts.insert(id.to_owned(), it.name().expect("a name").to_owned());
                    }
                }
            }
            Self::Message => {
                let list = clients.messaging.list_channel_messages();
                let list = list.channel_arn(&place.channel).max_results(50);
                let mut pages = list.chime_bearer(&place.user).into_paginator().send();
                while let Some(page) = pages.next().await {
                    for it in page.expect("a page").channel_messages() {
                        let id = it.message_id().expect("an ID");
                        texts.insert(id.to_owned(), it.content().expect("a text").to_owned());
                    }
                }
            }
        }
        texts
    }
}

/// The texts by ID of what was created, and those that were asked for and not acknowledged.
#[derive(Debug, Default)]
struct Acknowledged {
    texts: BTreeMap<String, String>,
    open: BTreeMap<String, String>,
}

impl Acknowledged {
    /// Checks that everything is stored, and returns how much that is.
    fn check(&self, stored: &BTreeMap<String, String>, kind: Kind) -> usize {
        for (id, text) in &self.texts {
            let found = stored.get(id);
            let found = found.unwrap_or_else(|| panic!("the acknowledged {kind:?} {id} is lost"));
            // A change that was not acknowledged may have taken effect.
            let is_open = self.open.get(id) == Some(found);
            assert!(
                found == text || is_open,
                "{kind:?} {id}: {found} is not {text}"
            );
        }
        self.texts.len()
    }
}

/// Creates, reads and changes things of a kind until a request fails.
async fn load(
    kind: Kind,
    clients: Clients,
    place: Place,
    name: String,
    acknowledged: Arc<Mutex<Acknowledged>>,
) -> Option<()> {
    let locked = || acknowledged.lock().expect("a lock");
    for number in 0.. {
        let text = format!("{name} number {number}");
        let id = kind.create(&clients, &place, &text).await?;
        locked().texts.insert(id.clone(), text.clone());
        kind.read(&clients, &place, &id).await?;
        let changed = format!("{text} changed");
        locked().open.insert(id.clone(), changed.clone());
        kind.change(&clients, &place, &id, &changed).await?;
        locked().open.remove(&id);
        locked().texts.insert(id, changed);
    }
    None
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_write_is_lost() {
    let kills = std::env::var("CHIME_KILLS").ok();
    let kills: usize = kills.map_or(3, |kills| kills.parse().expect("a number"));
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("chime.db");
    let acknowledged = Kind::ALL.map(|_| Arc::new(Mutex::new(Acknowledged::default())));
    let mut server = serve(&data);
    let mut clients = Clients::new(&server.url);
    let place = Place::create(&clients).await;
    let mut checked = [0; Kind::ALL.len()];
    for round in 0..kills {
        let tasks: Vec<_> = (0..TASKS)
            .map(|task| {
                let (kind, acknowledged) = (Kind::ALL[task % 3], &acknowledged[task % 3]);
                let name = format!("round {round} task {task}");
                let (clients, place) = (clients.clone(), place.clone());
                tokio::spawn(load(kind, clients, place, name, Arc::clone(acknowledged)))
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(fastrand::u64(5..150))).await;
        server.process.kill().expect("the process is killed");
        for task in tasks {
            task.await.expect("no panic");
        }
        drop(server);
        server = serve(&data);
        clients = Clients::new(&server.url);
        for (i, kind) in Kind::ALL.into_iter().enumerate() {
            let stored = kind.stored(&clients, &place).await;
            let acknowledged = acknowledged[i].lock().expect("a lock");
            checked[i] = acknowledged.check(&stored, kind);
        }
    }
    let [accounts, users, messages] = checked;
    println!(
        "{kills} kills, {accounts} acknowledged accounts, {users} users and {messages} messages, none lost"
    );
    assert!(checked.iter().all(|checked| *checked > 0), "{checked:?}");
}

/// After a signal to end, the file has everything, and not only together with SQLite's log.
#[cfg(unix)]
#[tokio::test]
async fn a_file_can_be_copied_alone_after_the_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("chime.db");
    let mut serving = serve(&file);
    let clients = Clients::new(&serving.url);
    let created = clients.chime.create_account().name("kept").send().await;
    created.expect("an account");
    let id = serving.process.id().to_string();
    let signalled = Command::new("kill").args(["-TERM", &id]).status();
    assert!(signalled.expect("kill").success());
    assert!(serving.process.wait().expect("it ends").success());

    let copy = folder.path().join("copy.db");
    std::fs::copy(&file, &copy).expect("a copy");
    let serving = serve(&copy);
    let clients = Clients::new(&serving.url);
    let listed = clients.chime.list_accounts().send().await;
    let listed = listed.expect("accounts");
    let names: Vec<_> = listed.accounts().iter().map(|it| it.name()).collect();
    assert_eq!(names, ["kept"]);
}
