//! Inputs that are created from their required members, and sent as they are.

mod common;

use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use chime_sdk::operation::batch_create_room_membership::BatchCreateRoomMembershipInput;
use chime_sdk::operation::get_room::{GetRoomInput, GetRoomOutput};
use chime_sdk::operation::list_accounts::ListAccountsInput;
use chime_sdk::types::{MembershipItem, RoomMembershipRole};
use common::{World, answered_by, response};
use fixture_constructors::operation::idle::IdleInput;
use fixture_constructors::operation::put_stream::PutStreamInput;
use fixture_constructors::operation::put_thing::{PutThing, PutThingInput, PutThingOutput};
use fixture_constructors::operation::send;
use fixture_constructors::types::{Choice, Item, Kind, Tree};
use smithy_operation::{
    BoxFuture, Handle, InputShape, OperationDescriptor, Overrides, Runtime, SendInput, SendResult,
};
use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};

#[tokio::test]
async fn any_input_can_be_sent() {
    let world = World::start().await;
    let (user, room) = (world.user("mary").await, world.room("lab").await);
    let mut item = MembershipItem::builder().build();
    item.member_id = Some(user.clone());
    item.role = Some(RoomMembershipRole::Administrator);
    let input = BatchCreateRoomMembershipInput::new(&world.account, &room, [item]);
    let added = world.client.send(input).await.expect("an answer");
    assert_eq!(added.errors(), []);

    // Members that are not required can be set afterwards.
    let mut accounts = ListAccountsInput::new();
    accounts.name = Some("Tests".to_owned());
    assert_eq!(accounts.max_results, None);
    // The call can cross threads.
    let accounts = tokio::spawn(world.client.send(accounts))
        .await
        .expect("no panic");
    assert_eq!(accounts.expect("an answer").accounts().len(), 1);

    let gone = world
        .client
        .send(GetRoomInput::new(&world.account, "gone"))
        .await;
    let gone = gone.expect_err("no such room").into_service_error();
    assert!(gone.is_not_found_exception(), "{gone}");
}

#[tokio::test]
async fn an_input_sends_what_its_builder_sends() {
    let (client, sent) = answered_by(|_| response(201, &[], "{}"), |config| config);
    let item = MembershipItem::builder().member_id("m").build();
    let built = client
        .batch_create_room_membership()
        .account_id("a")
        .room_id("r")
        .membership_item_list(item.clone());
    built.send().await.expect("an answer");
    let input = BatchCreateRoomMembershipInput::new("a", "r", vec![item]);
    client.send(input).await.expect("an answer");
    let sent = sent.take();
    assert_eq!(sent[0].uri(), sent[1].uri());
    assert_eq!(sent[0].body(), sent[1].body());
    assert_eq!(
        sent[1].uri().path_and_query().expect("a path"),
        "/accounts/a/rooms/r/memberships?operation=batch-create"
    );
}

#[tokio::test]
async fn a_call_of_an_input_can_be_customized() {
    let (client, sent) = answered_by(|_| response(200, &[], "{}"), |config| config);
    client
        .send(GetRoomInput::new("a", "r"))
        .customize()
        .mutate_request(|request| {
            request.headers_mut().insert("x-own", "value");
        })
        .send()
        .await
        .expect("an answer");
    assert_eq!(sent.take()[0].headers()["x-own"], "value");
}

#[tokio::test]
async fn nothing_is_sent_before_a_call_is_awaited_and_none_is_sent_twice() {
    let (client, sent) = answered_by(|_| response(200, &[], "{}"), |config| config);
    let mut call = client.send(GetRoomInput::new("a", "r"));
    assert!(sent.take().is_empty());
    (&mut call).await.expect("an answer");
    assert_eq!(sent.take().len(), 1);
    // A future that has ended stays silent instead of panicking.
    let mut context = Context::from_waker(Waker::noop());
    assert!(pin!(&mut call).poll(&mut context).is_pending());
    let error = call.customize().send().await.expect_err("too late");
    assert_eq!(
        error.into_service_error().to_string(),
        "GetRoom failed: failed to construct request: the call was sent before it was customized"
    );
    assert!(sent.take().is_empty());
}

#[test]
fn constructors_take_labels_first_and_then_the_other_members_by_name() {
    let tree = Tree::new("leaf", "token");
    assert_eq!((tree.depth, &tree.child), (0, &None));
    let item = Item::builder().id("1").build().expect("an item");
    let input = PutThingInput::new(
        // Labels, in the order of the URI.
        "owner",
        Kind::Big,
        "a/b",
        Choice::Text("text".to_owned()),
        7,
        vec![item.clone()],
        [("key", "value")],
        ["one", "two"],
        [Some("x".to_owned()), None],
        tree.clone(),
        "type",
        HashMap::from([(Kind::Small, 0.5)]),
    );
    let built = PutThingInput::builder()
        .owner("owner")
        .kind(Kind::Big)
        .alias("a/b")
        .choice(Choice::Text("text".to_owned()))
        .count(7)
        .items(item)
        .labels("key", "value")
        .names("one")
        .names("two")
        .sparse(Some("x".to_owned()))
        .sparse(None)
        .tree(tree)
        .r#type("type")
        .weights(Kind::Small, 0.5)
        .build();
    assert_eq!(input, built.expect("an input"));
    assert_eq!(input.missing_required(), None);
    // The client makes one.
    assert_eq!(input.token, None);
}

#[test]
fn constructors_give_way_to_members_with_their_names() {
    let input = send::SendInput::with_required("new", "old");
    assert_eq!((input.new(), input.old()), (Some("new"), Some("old")));
    // It has neither name left, so only its builder creates it.
    let item = Item::builder()
        .id("1")
        .new("n")
        .with_required("w")
        .build()
        .expect("an item");
    assert_eq!((item.new(), item.with_required()), (Some("n"), Some("w")));
}

#[test]
fn an_input_without_required_members_is_the_default() {
    assert_eq!(IdleInput::new(), IdleInput::default());
    assert_eq!(ListAccountsInput::new(), ListAccountsInput::default());
}

#[tokio::test]
async fn a_required_stream_is_a_parameter() {
    let body = smithy_operation::generated::ByteStream::from_static(b"bytes");
    let input = PutStreamInput::new("about", body);
    assert_eq!(input.about(), Some("about"));
    let body = input.body.collect().await.expect("bytes");
    assert_eq!(body.to_vec(), b"bytes");
}

/// A runtime that keeps the inputs.
#[derive(Debug, Clone, Default)]
struct Keeps(Arc<Mutex<Vec<Input>>>);

impl Runtime for Keeps {
    fn invoke(
        &self,
        _operation: &'static OperationDescriptor,
        input: Input,
        _overrides: Overrides,
    ) -> BoxFuture<SendResult<Output, Error>> {
        self.0.lock().expect("not poisoned").push(input);
        // Another operation's output.
        Box::pin(async { Ok(Output::erase(GetRoomOutput::builder().build())) })
    }
}

#[tokio::test]
async fn a_foreign_output_is_an_error() {
    let runtime = Keeps::default();
    let input = PutThingInput::builder()
        .owner("o")
        .build()
        .expect("an input");
    let call = SendInput::<PutThing>::new(Handle::new(runtime.clone()), input.clone());
    assert!(format!("{call:?}").contains("PutThing"));
    let result: SendResult<PutThingOutput, _> = call.await;
    assert!(result.is_err());
    let kept = runtime
        .0
        .lock()
        .expect("not poisoned")
        .pop()
        .expect("an input");
    assert_eq!(kept.downcast::<PutThingInput>().expect("its input"), input);
}
