//! Data that outlives the process, snapshots and exports.

mod common;

use chime_local::{Chime, Clock};
use common::in_process;
use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

fn open(path: &Path) -> Chime {
    let builder = Chime::builder().data(path);
    builder.build().expect("a data file")
}

async fn account_names(chime: &Chime) -> Vec<String> {
    let mut pages = in_process(chime)
        .list_accounts()
        .max_results(2)
        .into_paginator()
        .send();
    let mut names = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.expect("a page");
        names.extend(
            page.accounts()
                .iter()
                .map(|account| account.name().to_owned()),
        );
    }
    names
}

async fn create(chime: &Chime, name: &str) {
    let created = in_process(chime).create_account().name(name).send().await;
    created.expect("an account");
}

#[tokio::test]
async fn a_file_keeps_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("chime.db");
    let chime = open(&path);
    for name in ["a", "b", "c"] {
        create(&chime, name).await;
    }
    let sample = chime.populate(3);
    let client = in_process(&chime);
    client
        .create_room_membership()
        .account_id(&sample.account_id)
        .room_id(&sample.room_id)
        .member_id(&sample.user_ids[1])
        .send()
        .await
        .expect("a member");
    // A request that is refused leaves nothing behind.
    let refused = client
        .delete_account()
        .account_id(&sample.account_id)
        .send()
        .await;
    assert!(refused.is_err());
    drop((chime, client));

    let chime = open(&path);
    assert_eq!(
        account_names(&chime).await,
        ["Sample account 1", "a", "b", "c"]
    );
    let members = in_process(&chime)
        .list_room_memberships()
        .account_id(&sample.account_id)
        .room_id(&sample.room_id)
        .send()
        .await
        .expect("a list");
    let [member] = members.room_memberships() else {
        panic!("{members:?}");
    };
    assert_eq!(
        member.member().and_then(|it| it.member_id()),
        Some(&*sample.user_ids[1])
    );
    let next = chime.populate(1);
    assert_eq!(next.user_ids, ["00000000-0000-4000-8000-000000000004"]);
}

#[tokio::test]
async fn snapshots_go_back() {
    let folder = tempfile::tempdir().expect("a folder");
    for chime in [Chime::new(), open(&folder.path().join("chime.db"))] {
        create(&chime, "before").await;
        let snapshot = chime.snapshot().expect("a snapshot");
        create(&chime, "after").await;
        assert_eq!(account_names(&chime).await, ["before", "after"]);
        chime.restore(&snapshot).expect("the data of before");
        assert_eq!(account_names(&chime).await, ["before"]);
        create(&chime, "other").await;
        assert_eq!(account_names(&chime).await, ["before", "other"]);
        // A snapshot of one Chime fits another.
        let copy = Chime::new();
        copy.restore(&snapshot).expect("the data of before");
        assert_eq!(account_names(&copy).await, ["before"]);
    }
}

#[tokio::test]
async fn exports_are_imported() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = folder.path().join("lines");
    let memory = Chime::new();
    memory.populate(300);
    create(&memory, "one\nwith \"quotes\"").await;
    let file = fs::File::create(&lines).expect("a file");
    let count = memory.export(file).expect("an export");
    assert_eq!(count, 306);
    let text = fs::read_to_string(&lines).expect("lines");
    assert_eq!(text.lines().next(), Some(r#"{"local-chime":1}"#));
    assert_eq!(text.lines().count(), 307);

    let copy = open(&folder.path().join("chime.db"));
    let import = |text: String| copy.import(std::io::Cursor::new(text));
    assert_eq!(import(text.clone()).expect("an import"), 306);
    let again = folder.path().join("again");
    copy.export(fs::File::create(&again).expect("a file"))
        .expect("an export");
    assert!(
        fs::read_to_string(again).expect("lines") == text,
        "another text"
    );
    assert_eq!(account_names(&copy).await, account_names(&memory).await);

    for (text, expected) in [
        (String::new(), "there are no lines"),
        ("{}".to_owned(), "line 1: is not {\"local-chime\":1}"),
        (
            text.replacen("\"table\":", "\"tabel\":", 1),
            "line 2: has no table and row",
        ),
        (
            text.replacen("chime_accounts", "accounts", 1),
            "line 2: there is no table accounts",
        ),
        (
            text.replacen("\"AccountId\"", "\"Id\"", 1),
            "line 2: a row of chime_accounts has no AccountId",
        ),
        (text[..text.len() - 9].to_owned(), "line 307: EOF"),
    ] {
        let error = import(text).expect_err(expected).to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

/// With a seed and a clock of the test's own, two runs do the same.
#[tokio::test]
async fn runs_can_be_repeated() {
    let run = async || {
        let clock = Clock::manual(UNIX_EPOCH + Duration::from_secs(1_800_000_000));
        let chime = Chime::builder()
            .clock(clock.clone())
            .seed(7)
            .build()
            .expect("a Chime");
        create(&chime, "a").await;
        clock.advance(Duration::from_secs(60));
        create(&chime, "b").await;
        let accounts = in_process(&chime)
            .list_accounts()
            .send()
            .await
            .expect("a list");
        format!("{:?}", accounts.accounts())
    };
    let first = run().await;
    assert!(first.contains("2027-01-15T08:01:00Z"), "{first}");
    assert_eq!(first, run().await);
}

#[tokio::test]
async fn tokens_of_pages_expire_and_belong_to_their_query() {
    let clock = Clock::manual(UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    let chime = Chime::builder()
        .clock(clock.clone())
        .build()
        .expect("a Chime");
    for name in ["aa", "ab", "ac", "b"] {
        create(&chime, name).await;
    }
    let client = in_process(&chime);
    let list = async |name: &str, size: i32, token: Option<String>| {
        let list = client
            .list_accounts()
            .name(name)
            .max_results(size)
            .set_next_token(token);
        list.send()
            .await
            .map_err(|error| error.into_service_error().to_string())
    };
    let first = list("a", 1, None).await.expect("a page");
    let token = first.next_token().map(str::to_owned);
    // Another size is fine.
    let rest = list("a", 5, token.clone()).await.expect("a page");
    assert_eq!(rest.accounts().len(), 2);
    assert_eq!(rest.next_token(), None);
    let other = list("b", 1, token.clone())
        .await
        .expect_err("another query");
    assert!(
        other.contains("NextToken does not belong to this list"),
        "{other}"
    );
    clock.advance(Duration::from_secs(24 * 60 * 60));
    list("a", 1, token.clone()).await.expect("a page");
    clock.advance(Duration::from_millis(1));
    let late = list("a", 1, token).await.expect_err("too late");
    assert!(late.contains("NextToken has expired"), "{late}");
}

/// A repeated request gets the same answer, and another one with its token is refused, for a day.
#[tokio::test]
async fn request_tokens_are_used_once() {
    let clock = Clock::manual(UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    let chime = Chime::builder()
        .clock(clock.clone())
        .build()
        .expect("a Chime");
    let account = chime.populate(0).account_id;
    let client = in_process(&chime);
    let create = async |name: &str| {
        let room = client
            .create_room()
            .account_id(&account)
            .name(name)
            .client_request_token("a-token");
        room.send().await.map(|created| {
            created
                .room()
                .and_then(|it| it.room_id().map(str::to_owned))
        })
    };
    let first = create("a").await.expect("a room");
    assert_eq!(create("a").await.expect("the same room"), first);
    let error = create("b").await.expect_err("another request");
    assert_eq!(
        error.raw_response().map(|raw| raw.status().as_u16()),
        Some(409)
    );
    clock.advance(Duration::from_secs(24 * 60 * 60));
    assert_ne!(create("b").await.expect("another room"), first);
}

/// What was called can be asserted, without the secrets in it.
#[tokio::test]
async fn requests_are_logged_without_secrets() {
    let chime = Chime::new();
    let account = chime.populate(0).account_id;
    let client = in_process(&chime);
    let user = client
        .create_user()
        .account_id(&account)
        .username("Ada")
        .email("ada@example.com");
    user.send().await.expect("a user");
    let missing = client
        .get_room()
        .account_id(&account)
        .room_id("nowhere")
        .send()
        .await;
    assert!(missing.is_err());
    let requests = chime.requests();
    let [created, missing] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert_eq!(
        (created.operation, created.service, created.status),
        (Some("CreateUser"), Some("chime"), Some(201))
    );
    assert_eq!(created.request["Email"], "(hidden)");
    assert_eq!(created.response["User"]["LicenseType"], "Pro");
    assert!(!format!("{requests:?}").contains("ada@example.com"));
    assert_eq!(missing.error.as_deref(), Some("NotFoundException"));
    assert_eq!(chime.requests_after(1).len(), 1);
    chime.keep_requests(0);
    assert!(chime.requests().is_empty());
}
