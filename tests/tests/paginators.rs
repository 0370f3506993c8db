//! Paginated lists.

mod common;

use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use chime_sdk::error::{ProvideErrorMetadata, SdkError};
use common::{World, answered_by, response};
use fixture_pagination::operation::list_entries::{
    ListEntriesOutput, builders::ListEntriesFluentBuilder,
};
use fixture_pagination::operation::list_items::{
    ListItemsOutput, builders::ListItemsFluentBuilder,
};
use fixture_pagination::operation::list_nested::{
    ListNestedOutput, builders::ListNestedFluentBuilder,
};
use fixture_pagination::operation::list_one_list::{
    ListOneListOutput, builders::ListOneListFluentBuilder,
};
use fixture_pagination::types::{Item, Next, Result as PageResult};
use futures_util::stream::{FusedStream, StreamExt, TryStreamExt};
use smithy_operation::{
    BoxFuture, FluentBuilder, Handle, OperationDescriptor, Overrides, Runtime, SendResult,
};
use std::collections::VecDeque;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

/// Starts a local Chime with five rooms, `room0` to `room4`.
async fn five_rooms() -> World {
    let world = World::start().await;
    for number in 0..5 {
        world.room(&format!("room{number}")).await;
    }
    world
}

#[tokio::test]
async fn a_paginator_asks_for_one_page_after_the_other() {
    let world = five_rooms().await;
    let mut pages = world
        .client
        .list_rooms()
        .account_id(&world.account)
        .into_paginator()
        .page_size(2)
        .send();
    let mut names = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.expect("a page");
        let of_page = page.rooms().iter().map(|room| room.name().unwrap());
        names.push(of_page.map(str::to_owned).collect::<Vec<_>>().join(" "));
    }
    assert_eq!(names, ["room0 room1", "room2 room3", "room4"]);
}

#[tokio::test]
async fn a_paginator_starts_from_the_builders_token() {
    let world = five_rooms().await;
    let list = || world.client.list_rooms().account_id(&world.account);
    let first = list().max_results(3).send().await.expect("a page");
    let rest = list()
        .next_token(first.next_token().expect("a page after"))
        .into_paginator()
        .send()
        .collect::<Result<Vec<_>, _>>()
        .await
        .expect("all pages");
    let names: Vec<_> = rest
        .iter()
        .flat_map(|page| page.rooms())
        .map(|room| room.name().unwrap())
        .collect();
    assert_eq!(names, ["room3", "room4"]);
}

#[tokio::test]
async fn pages_are_asked_for_only_when_they_are_wanted() {
    let (client, sent) = answered_by(
        |request| {
            let next = request.uri().query().unwrap_or_default().len();
            response(
                200,
                &[],
                &format!(r#"{{"Rooms": [], "NextToken": "{next}"}}"#),
            )
        },
        |config| config,
    );
    let mut pages = client.list_rooms().account_id("a").into_paginator().send();
    assert!(
        sent.take().is_empty(),
        "nothing is sent before a page is polled for"
    );
    pages.next().await.expect("a page").expect("no error");
    assert_eq!(sent.take().len(), 1);
    pages.next().await.expect("a page").expect("no error");
    let second = sent.take();
    assert_eq!(second.len(), 1);
    assert_eq!(second[0].uri().query(), Some("next-token=0"));
}

#[tokio::test]
async fn a_token_that_repeats_ends_the_list_with_an_error() {
    let forever =
        |_: &http::Request<Vec<u8>>| response(200, &[], r#"{"Rooms": [], "NextToken": "same"}"#);
    let (client, sent) = answered_by(forever, |config| config);
    let mut pages = client.list_rooms().account_id("a").into_paginator().send();
    assert!(pages.next().await.expect("a first page").is_ok());
    assert!(pages.next().await.expect("a second page").is_ok());
    let error = pages.next().await.expect("an error").expect_err("an error");
    assert!(matches!(error, SdkError::ConstructionFailure(_)));
    assert_eq!(
        error.into_service_error().to_string(),
        "ListRooms failed: failed to construct request: the service returned the token that was sent, so the list \
         would never end: this is a bug in the service"
    );
    assert!(pages.next().await.is_none());
    assert_eq!(sent.take().len(), 2);

    let mut pages = client
        .list_rooms()
        .account_id("a")
        .into_paginator()
        .stop_on_duplicate_token(false)
        .send();
    for _ in 0..5 {
        assert!(pages.next().await.expect("a page").is_ok());
    }
}

#[tokio::test]
async fn every_paginated_operation_of_chime_ends_with_an_error_when_its_token_repeats() {
    let paginated: Vec<_> = chime_api::OPERATIONS
        .iter()
        .filter(|operation| {
            let members = operation.schema.input().members();
            members
                .iter()
                .any(|member| member.member_name() == Some("NextToken"))
        })
        .map(|operation| operation.name)
        .collect();
    let mut tried = Vec::new();
    macro_rules! stops {
        ($($name:literal: $call:expr,)*) => {$(
            let (client, sent) = answered_by(
                |_| response(200, &[], r#"{"NextToken": "same"}"#),
                |config| config,
            );
            let call: fn(&chime_sdk::Client) -> _ = $call;
            let pages = call(&client).into_paginator().send().collect::<Vec<_>>().await;
            assert_eq!(pages.len(), 3, $name);
            assert!(pages[0].is_ok() && pages[1].is_ok(), $name);
            let error = pages.into_iter().nth(2).unwrap().unwrap_err();
            assert!(matches!(error, SdkError::ConstructionFailure(_)), $name);
            let text = error.into_service_error().to_string();
            assert!(text.starts_with($name) && text.contains("the token that was sent"), "{text}");
            assert_eq!(sent.take().len(), 2, $name);
            tried.push($name);
        )*};
    }
    stops! {
        "ListAccounts": |client| client.list_accounts(),
        "ListBots": |client| client.list_bots().account_id("a"),
        "ListPhoneNumberOrders": |client| client.list_phone_number_orders(),
        "ListPhoneNumbers": |client| client.list_phone_numbers(),
        "ListRoomMemberships": |client| client.list_room_memberships().account_id("a").room_id("r"),
        "ListRooms": |client| client.list_rooms().account_id("a"),
        "ListUsers": |client| client.list_users().account_id("a"),
        "SearchAvailablePhoneNumbers": |client| client.search_available_phone_numbers(),
    }
    assert_eq!(tried, paginated);
}

#[tokio::test]
async fn an_empty_token_is_the_end() {
    let (client, sent) = answered_by(
        |_| response(200, &[], r#"{"Rooms": [{"Name": "lab"}], "NextToken": ""}"#),
        |config| config,
    );
    let pages = client.list_rooms().account_id("a").into_paginator().send();
    let pages = pages.collect::<Result<Vec<_>, _>>().await.expect("a page");
    assert_eq!(pages.len(), 1);
    assert_eq!(sent.take().len(), 1);
}

#[tokio::test]
async fn an_error_ends_the_list() {
    let world = World::start().await;
    let mut pages = world
        .client
        .list_rooms()
        .account_id("no-such-account")
        .into_paginator()
        .send();
    let error = pages.next().await.expect("an error").expect_err("an error");
    assert_eq!(error.code(), Some("NotFoundException"));
    assert!(pages.next().await.is_none());
}

/// A runtime that returns the given outputs one after the other, and records the inputs.
#[derive(Debug, Clone, Default)]
struct Answers {
    outputs: Arc<Mutex<VecDeque<Output>>>,
    inputs: Arc<Mutex<Vec<String>>>,
}

impl Answers {
    fn of<T: Debug + Send + Sync + 'static>(outputs: impl IntoIterator<Item = T>) -> Self {
        let outputs = outputs.into_iter().map(Output::erase).collect();
        Self {
            outputs: Arc::new(Mutex::new(outputs)),
            inputs: Arc::default(),
        }
    }
}

impl Runtime for Answers {
    fn invoke(
        &self,
        _operation: &'static OperationDescriptor,
        input: Input,
        _overrides: Overrides,
    ) -> BoxFuture<SendResult<Output, Error>> {
        self.inputs
            .lock()
            .expect("not poisoned")
            .push(format!("{input:?}"));
        let output = self.outputs.lock().expect("not poisoned").pop_front();
        let output = output
            .ok_or_else(|| smithy_operation::error::SdkError::construction_failure("no more"));
        Box::pin(async { output })
    }
}

#[tokio::test]
async fn items_come_from_every_page() {
    let item = |id: &str| Item::builder().id(id).build();
    let page = |items: Vec<Item>, token: Option<&str>| {
        ListItemsOutput::builder()
            .set_items(Some(items))
            .set_token(token.map(str::to_owned))
            .build()
            .expect("an output")
    };
    let answers = Answers::of([
        page(vec![item("a"), item("b")], Some("2")),
        // A page may be empty without being the last.
        page(vec![], Some("3")),
        page(vec![item("c")], None),
    ]);
    let items = ListItemsFluentBuilder::new(Handle::new(answers.clone()))
        .into_paginator()
        .items()
        .send()
        .collect::<Result<Vec<_>, _>>()
        .await
        .expect("all items");
    assert_eq!(items, [item("a"), item("b"), item("c")]);
    assert_eq!(answers.inputs.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn items_that_were_got_come_before_the_error() {
    let names = |names: [Option<&str>; 2]| {
        let names = names.map(|name| name.map(str::to_owned)).to_vec();
        let next = Next::builder().token("more").build().expect("a token");
        let result = PageResult::builder()
            .next(next)
            .set_names(Some(names))
            .build();
        ListNestedOutput::builder().result(result).build()
    };
    let answers = Answers::of([names([Some("a"), None])]);
    let mut items = ListNestedFluentBuilder::new(Handle::new(answers.clone()))
        .into_paginator()
        .page_size(7)
        .items()
        .send();
    assert_eq!(items.next().await.unwrap().unwrap().as_deref(), Some("a"));
    assert_eq!(items.next().await.unwrap().unwrap(), None);
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(
        error.into_service_error().to_string(),
        "ListNested failed: failed to construct request: no more"
    );
    assert!(items.next().await.is_none());
    let inputs = answers.inputs.lock().unwrap();
    assert!(inputs[0].contains("size: Some(7)"), "{}", inputs[0]);
    assert!(
        inputs[1].contains(r#"token: Some("more")"#),
        "{}",
        inputs[1]
    );
}

#[tokio::test]
async fn entries_of_a_map_are_items_too() {
    let item = Item::builder().id("a").build();
    let output = ListEntriesOutput::builder()
        .entries("key", item.clone())
        .build();
    let items = ListEntriesFluentBuilder::new(Handle::new(Answers::of([output])))
        .into_paginator()
        .items()
        .send()
        .collect::<Result<Vec<_>, _>>()
        .await
        .expect("all items");
    assert_eq!(items, [("key".to_owned(), item)]);
}

#[tokio::test]
async fn a_paginator_is_a_stream_of_pages() {
    let world = five_rooms().await;
    let list = world.client.list_rooms().account_id(&world.account);
    let pages = list.into_paginator().page_size(2);
    let sizes: Vec<usize> = pages
        .map_ok(|page| page.rooms().len())
        .try_collect()
        .await
        .expect("all pages");
    assert_eq!(sizes, [2, 2, 1]);
}

#[tokio::test]
async fn a_list_can_be_resumed_where_it_was_left() {
    let world = five_rooms().await;
    let list = || {
        let list = world.client.list_rooms().account_id(&world.account);
        list.into_paginator().page_size(2)
    };
    let mut pages = list();
    assert_eq!(pages.next_token(), None);
    StreamExt::next(&mut pages)
        .await
        .expect("a page")
        .expect("no error");
    let token = pages.next_token().cloned();
    assert!(token.is_some() && !pages.is_terminated());
    let rest = list().starting_token(token);
    assert!(rest.next_token().is_some());
    let rest: Vec<_> = rest.items().try_collect().await.expect("all items");
    let names: Vec<_> = rest.iter().filter_map(|room| room.name()).collect();
    assert_eq!(names, ["room2", "room3", "room4"]);

    let mut pages = list();
    while let Some(page) = StreamExt::next(&mut pages).await {
        page.expect("no error");
    }
    assert_eq!(pages.next_token(), None);
    assert!(pages.is_terminated());
    assert!(StreamExt::next(&mut pages).await.is_none());
}

#[tokio::test]
async fn items_resume_with_the_page_of_the_next_item() {
    let world = five_rooms().await;
    let list = || {
        let list = world.client.list_rooms().account_id(&world.account);
        list.into_paginator().page_size(2)
    };
    let mut items = list().items();
    let mut tokens = Vec::new();
    while let Some(room) = StreamExt::next(&mut items).await {
        let room = room.expect("no error");
        let token = items.next_token().cloned();
        tokens.push((room.name().unwrap_or_default().to_owned(), token));
    }
    assert!(items.is_terminated());
    for (taken, (name, token)) in tokens.iter().enumerate() {
        let Some(token) = token else {
            // The first item of the first page, or the last item.
            assert!(taken == 0 || taken == 4, "{name}");
            continue;
        };
        let rest = list().starting_token(token.clone()).items();
        let rest: Vec<_> = rest.try_collect().await.expect("all items");
        let first = rest[0].name().unwrap_or_default();
        // Whole pages come again: the item itself if its page has more.
        let expected = ["", "room2", "room2", "room4", ""][taken];
        assert_eq!(first, expected, "{name}");
    }
}

#[tokio::test]
async fn after_an_error_the_token_is_that_of_the_failed_page() {
    let (client, sent) = answered_by(
        |request| match request.uri().query() {
            None => response(200, &[], r#"{"Rooms": [], "NextToken": "2"}"#),
            Some(_) => response(400, &[], "{}"),
        },
        |config| config,
    );
    let mut pages = client.list_rooms().account_id("a").into_paginator();
    assert!(StreamExt::next(&mut pages).await.expect("a page").is_ok());
    assert!(
        StreamExt::next(&mut pages)
            .await
            .expect("an error")
            .is_err()
    );
    assert!(StreamExt::next(&mut pages).await.is_none());
    assert!(pages.is_terminated());
    assert_eq!(pages.next_token().map(String::as_str), Some("2"));
    assert_eq!(sent.take().len(), 2);
}

#[tokio::test]
async fn the_only_list_of_an_output_has_the_items_if_the_model_names_none() {
    let item = Item::builder().id("a").build();
    let output = ListOneListOutput::builder()
        .found(item.clone())
        .entries("key", item.clone())
        .build();
    let items = ListOneListFluentBuilder::new(Handle::new(Answers::of([output])))
        .into_paginator()
        .items()
        .send()
        .collect::<Result<Vec<_>, _>>()
        .await
        .expect("all items");
    assert_eq!(items, [item]);
}
