//! Calls that block the thread: the same results as with a runtime, wherever they are made.

use chime_local::{Chime, Faults, Server};
use chime_sdk::blocking::Client;
use chime_sdk::config::{Credentials, Region};
use chime_sdk::error::ProvideErrorMetadata;
use chime_sdk::mock::MockClient;
use chime_sdk::operation::get_room::{GetRoom, GetRoomInput, GetRoomOutput};
use chime_sdk::presigning::PresigningConfig;
use chime_sdk::types::MembershipItem;
use chime_sdk::{Config, config};
use std::time::Duration;

fn configured(change: impl FnOnce(config::Builder) -> config::Builder) -> Client {
    let builder = Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "tests"));
    Client::from_conf(change(builder).build())
}

/// A server on a runtime of its own, and its URL.
fn server() -> (tokio::runtime::Runtime, Server) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let server = runtime.block_on(Server::start(0)).expect("a free port");
    (runtime, server)
}

/// Creates an account with this many rooms.
fn account(client: &Client, rooms: usize) -> String {
    let created = client
        .create_account()
        .name("Tests")
        .send()
        .expect("an account");
    let account = created
        .account()
        .expect("an account")
        .account_id()
        .to_owned();
    for number in 0..rooms {
        let room = client
            .create_room()
            .account_id(&account)
            .name(format!("room{number}"));
        room.send().expect("a room");
    }
    account
}

#[test]
fn calls_over_sockets_without_a_runtime() {
    let (_runtime, server) = server();
    let client = configured(|config| config.endpoint_url(server.url()));
    let account = account(&client, 5);

    let list = || {
        client
            .list_rooms()
            .account_id(&account)
            .into_paginator()
            .page_size(2)
    };
    let pages: Result<Vec<_>, _> = list().send().collect();
    let pages = pages.expect("pages");
    assert_eq!(pages.len(), 3);
    let rooms: Vec<_> = pages.iter().flat_map(|page| page.rooms()).collect();
    assert_eq!(rooms.len(), 5);

    let room = rooms[0].room_id().expect("an ID");
    let read = client
        .get_room()
        .account_id(&account)
        .room_id(room)
        .send()
        .expect("the room");
    assert_eq!(read.room().and_then(|room| room.name()), Some("room0"));

    let gone = client
        .get_room()
        .account_id(&account)
        .room_id("gone")
        .send();
    let error = gone.expect_err("no such room").into_service_error();
    assert!(error.is_not_found_exception());
    assert!(
        error
            .to_string()
            .starts_with("GetRoom failed: NotFoundException: room gone"),
        "{error}"
    );

    let missing: Result<Vec<_>, _> = client
        .list_rooms()
        .account_id("gone")
        .into_paginator()
        .send()
        .collect();
    let error = missing.expect_err("no such account");
    assert_eq!(error.code(), Some("NotFoundException"));
    let mut pages = client
        .list_rooms()
        .account_id("gone")
        .into_paginator()
        .send();
    assert!(pages.next().is_some_and(|page| page.is_err()));
    assert!(pages.next().is_none());
}

#[test]
fn retries_and_their_waits_work() {
    let (_runtime, server) = server();
    let client = configured(|config| config.endpoint_url(server.url()));
    let faults = Faults {
        rate: Some(4.0),
        burst: Some(1),
        retry_after_ms: Some(300),
        ..Faults::default()
    };
    server.chime().set_faults(faults).expect("faults");
    let account = account(&client, 3);
    assert!(!account.is_empty());
    assert!(server.chime().counts().throttled > 0);
}

#[test]
fn batches_are_iterators() {
    let (_runtime, server) = server();
    let client = configured(|config| config.endpoint_url(server.url()));
    let account = account(&client, 1);
    let rooms = client
        .list_rooms()
        .account_id(&account)
        .send()
        .expect("rooms");
    let room = rooms.rooms()[0].room_id().expect("an ID");
    let users: Vec<String> = (0..60)
        .map(|number| {
            let user = client
                .create_user()
                .account_id(&account)
                .username(format!("u{number}"))
                .email(format!("u{number}@example.com"));
            let user = user.send().expect("a user");
            user.user().expect("a user").user_id().to_owned()
        })
        .collect();
    let ids = users.iter().map(String::as_str).chain(["no-such-user"]);
    let members: Vec<_> = ids
        .map(|id| MembershipItem::builder().member_id(id).build())
        .collect();
    let add = || {
        client
            .batch_create_room_membership()
            .account_id(&account)
            .room_id(room)
    };
    let run = add().send_all(members.clone());
    let handle = run.handle();
    let outcomes: Vec<_> = run.collect();
    assert_eq!(outcomes.len(), 61);
    let report = handle.report();
    assert_eq!((report.counts.done, report.counts.refused), (60, 1));
    assert_eq!(report.failures().next().map(|(index, ..)| index), Some(60));
    let report = add().send_all(members).report();
    assert_eq!((report.counts.done, report.counts.refused), (60, 1));
}

/// Creates an account and returns whether it could be read.
fn round_trip(client: &Client) -> bool {
    let account = account(client, 0);
    let read = client
        .get_account()
        .account_id(&account)
        .send()
        .expect("the account");
    read.account()
        .is_some_and(|read| read.account_id() == account)
}

#[test]
fn calls_work_inside_of_runtimes() {
    let (_runtime, server) = server();
    let client = configured(|config| config.endpoint_url(server.url()));
    let runtimes = [
        tokio::runtime::Builder::new_current_thread().build(),
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build(),
    ];
    for runtime in runtimes.map(|runtime| runtime.expect("a runtime")) {
        let (one, two, three) = (client.clone(), client.clone(), client.clone());
        let worked = runtime.block_on(async move {
            let here = round_trip(&one);
            let in_task = tokio::spawn(async move { (0..200).all(|_| round_trip(&two)) });
            let apart = tokio::task::spawn_blocking(move || round_trip(&three));
            [Ok(here), in_task.await, apart.await]
        });
        for worked in worked {
            assert!(worked.expect("no panic"));
        }
    }
    // The client and its connections outlive the runtimes.
    assert!(round_trip(&client));
    drop(client);
}

#[test]
fn threads_share_a_client() {
    let (_runtime, server) = server();
    let client = configured(|config| config.endpoint_url(server.url()));
    std::thread::scope(|scope| {
        let calls: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| round_trip(&client)))
            .collect();
        for call in calls {
            assert!(call.join().expect("no panic"));
        }
    });
}

#[test]
fn timeouts_end_calls() {
    let chime = Chime::new();
    let faults = Faults {
        latency_ms: 60_000,
        ..Faults::default()
    };
    chime.set_faults(faults).expect("faults");
    let timeout = config::timeout::TimeoutConfig::builder()
        .operation_timeout(Duration::from_millis(50))
        .build();
    let client = configured(|config| {
        config
            .http_client(chime.http_client())
            .timeout_config(timeout)
    });
    let error = client
        .create_account()
        .name("Tests")
        .send()
        .expect_err("a timeout");
    assert!(
        matches!(error, chime_sdk::error::SdkError::TimeoutError(_)),
        "{error:?}"
    );
}

#[test]
fn a_local_chime_without_sockets_and_a_customized_call() {
    let chime = Chime::new();
    let client = configured(|config| config.http_client(chime.http_client()));
    let (tell, told) = std::sync::mpsc::channel();
    let created = client
        .create_account()
        .name("Tests")
        .customize()
        .mutate_request(move |request| {
            request.headers_mut().insert("x-own", "1");
            tell.send(request.method().to_owned())
                .expect("somebody listens");
        })
        .send()
        .expect("an account");
    assert!(created.account().is_some());
    assert_eq!(told.recv().as_deref(), Ok("POST"));
}

#[test]
fn presigning_blocks_too() {
    let client = configured(|config| config);
    let config = PresigningConfig::expires_in(Duration::from_secs(60)).expect("valid");
    let call = || client.get_room().account_id("a").room_id("r");
    let signed = call().presigned(config.clone()).expect("a request");
    assert!(signed.uri().contains("X-Amz-Signature="));
    let signed = call().customize().presigned(config).expect("a request");
    assert!(signed.uri().contains("X-Amz-Signature="));
}

#[test]
fn a_mock_client_can_block() {
    let mock = MockClient::new();
    mock.on::<GetRoom>()
        .returns(GetRoomOutput::builder().build());
    let client = Client::from(mock.client());
    let call = client.get_room().account_id("a").room_id("r");
    assert_eq!(call.as_input().get_room_id().as_deref(), Some("r"));
    assert_eq!(call.get_account_id().as_deref(), Some("a"));
    call.send().expect("an answer");
    let input = GetRoomInput::new("a", "r");
    client.send(input).expect("an answer");
    assert_eq!(mock.calls::<GetRoom>().len(), 2);
    assert_eq!(client.config().signing_name(), "chime");
}

#[test]
fn errors_of_the_configuration_are_errors() {
    let client = Client::from_conf(Config::builder().build());
    let error = client.list_accounts().send().expect_err("no Region");
    assert!(
        error
            .into_service_error()
            .to_string()
            .starts_with("ListAccounts failed: ")
    );
}

#[test]
fn items_of_pages_are_an_iterator() {
    use fixture_taken_client_names::blocking::Client;
    use fixture_taken_client_names::mock::MockClient;
    use fixture_taken_client_names::operation::paginator::{Paginator, PaginatorOutput};

    let mock = MockClient::new();
    let page = |items: [&str; 2]| {
        PaginatorOutput::builder().set_items(Some(items.map(str::to_owned).to_vec()))
    };
    mock.on::<Paginator>()
        .once()
        .returns(page(["1", "2"]).next("n").build());
    mock.on::<Paginator>()
        .once()
        .returns(page(["3", "4"]).build());
    let client = <Client as From<_>>::from(mock.client());
    let items = client
        .paginator()
        .into_paginator()
        .stop_on_duplicate_token(false)
        .items()
        .send();
    let items: Vec<String> = items.map(|item| item.expect("an item")).collect();
    assert_eq!(items, ["1", "2", "3", "4"]);
    client.blocking().send().expect_err("no answer");
}

#[test]
#[allow(deprecated, reason = "a deprecated waiter works as well")]
fn waiters_block() {
    use fixture_waiters::blocking::{Client, Waiters};
    use fixture_waiters::mock::MockClient;
    use fixture_waiters::operation::get_thing::{GetThing, GetThingError, GetThingOutput};
    use fixture_waiters::types::error::NotFound;

    let mock = MockClient::new();
    mock.on::<GetThing>()
        .times(2)
        .returns(GetThingOutput::builder().state("PENDING".into()).build());
    mock.on::<GetThing>()
        .returns(GetThingOutput::builder().state("READY".into()).build());
    let client = Client::from(mock.client());
    let waiter = client.wait_until_thing_ready().id("t");
    assert_eq!(waiter.as_input().get_id().as_deref(), Some("t"));
    waiter.wait(Duration::from_secs(3600)).expect("ready");
    assert_eq!(mock.calls::<GetThing>().len(), 3);

    let mock = MockClient::new();
    mock.on::<GetThing>()
        .fails(GetThingError::NotFound(NotFound::builder().build()));
    let client = Client::from(mock.client());
    client
        .wait_until_thing_gone()
        .id("t")
        .wait(Duration::from_secs(60))
        .expect("gone");
}
