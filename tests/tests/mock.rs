//! Mock clients: what they answer, what they record, and how they fail.

use chime_sdk::batch::{BatchConfig, ItemStatus};
use chime_sdk::error::{CallError, ErrorExt, ErrorMetadata, ProvideErrorMetadata, SdkError};
use chime_sdk::mock::{Api, ApiFuture, MockClient};
use chime_sdk::operation::batch_create_room_membership::{
    BatchCreateRoomMembership, BatchCreateRoomMembershipError, BatchCreateRoomMembershipOutput,
};
use chime_sdk::operation::create_room::{CreateRoom, CreateRoomError, CreateRoomOutput};
use chime_sdk::operation::get_room::{GetRoom, GetRoomError, GetRoomInput, GetRoomOutput};
use chime_sdk::operation::list_accounts::ListAccountsInput;
use chime_sdk::operation::list_rooms::{ListRooms, ListRoomsOutput};
use chime_sdk::presigning::PresigningConfig;
use chime_sdk::types::error::{
    ForbiddenException, NotFoundException, ServiceFailureException, ThrottledClientException,
};
use chime_sdk::types::{MemberError, MembershipItem, Room};
use chime_sdk::{Client, Config};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The program under test: it creates a room and reads it.
async fn open_room(chime: &Client, name: &str) -> Result<String, chime_sdk::Error> {
    let created = chime
        .create_room()
        .account_id("a")
        .name(name)
        .send()
        .await?;
    let id = created.room().and_then(|room| room.room_id());
    let read = chime
        .get_room()
        .account_id("a")
        .set_room_id(id.map(str::to_owned));
    let read = read.send().await?;
    Ok(read
        .room()
        .and_then(|room| room.name())
        .unwrap_or_default()
        .to_owned())
}

fn room(id: &str) -> Room {
    Room::builder()
        .room_id(id)
        .name(format!("name of {id}"))
        .build()
}

fn read(id: &str) -> GetRoomOutput {
    GetRoomOutput::builder().room(room(id)).build()
}

fn not_found() -> GetRoomError {
    let meta = ErrorMetadata::builder()
        .code("NotFoundException")
        .message("no such room")
        .build();
    let error = NotFoundException::builder()
        .message("no such room")
        .meta(meta)
        .build();
    GetRoomError::NotFoundException(error)
}

fn get(
    client: &Client,
    id: &str,
) -> chime_sdk::operation::get_room::builders::GetRoomFluentBuilder {
    client.get_room().account_id("a").room_id(id)
}

#[tokio::test]
async fn a_program_that_calls_two_operations() {
    let mock = MockClient::new();
    mock.on::<CreateRoom>()
        .once()
        .returns(CreateRoomOutput::builder().room(room("r-1")).build());
    mock.on::<GetRoom>()
        .returns(GetRoomOutput::builder().room(room("r-1")).build());

    let name = open_room(&mock.client(), "lobby").await.expect("a room");

    assert_eq!(name, "name of r-1");
    assert_eq!(mock.calls::<CreateRoom>()[0].name(), Some("lobby"));
    assert_eq!(mock.calls::<GetRoom>()[0].room_id(), Some("r-1"));
    assert_eq!(mock.called(), ["CreateRoom", "GetRoom"]);
    mock.verify().expect("all is as expected");
}

#[tokio::test]
async fn answers_come_in_the_order_in_which_they_were_set_up() {
    let mock = MockClient::new();
    mock.on::<GetRoom>()
        .when(|input| input.room_id() == Some("gone"))
        .fails(not_found());
    mock.on::<GetRoom>().times(2).returns(read("first"));
    mock.on::<GetRoom>().once().fails(not_found());
    mock.on::<GetRoom>()
        .answers(|input| Ok(read(input.room_id().unwrap_or_default())));
    let client = mock.client();
    let mut got = Vec::new();
    for id in ["1", "gone", "2", "3", "4", "gone", "5"] {
        got.push(match get(&client, id).send().await {
            Ok(output) => output
                .room()
                .and_then(|room| room.room_id())
                .map(str::to_owned),
            Err(error) => error.message().map(str::to_owned),
        });
    }
    let expected = [
        "first",
        "no such room",
        "first",
        "no such room",
        "4",
        "no such room",
        "5",
    ];
    assert_eq!(got, expected.map(|text| Some(text.to_owned())));
    let expected = GetRoomInput::builder()
        .account_id("a")
        .room_id("gone")
        .build()
        .expect("complete");
    assert_eq!(mock.calls::<GetRoom>()[1], expected);
    mock.verify().expect("all is as expected");
}

#[tokio::test]
async fn errors_have_a_status_and_their_modelled_type() {
    let mock = MockClient::new();
    let throttled = ThrottledClientException::builder()
        .message("slow down")
        .build();
    let failure = ServiceFailureException::builder().build();
    mock.on::<GetRoom>().once().fails(not_found());
    mock.on::<GetRoom>().once().status(410).fails(not_found());
    mock.on::<GetRoom>()
        .once()
        .fails(GetRoomError::ThrottledClientException(throttled));
    mock.on::<GetRoom>()
        .once()
        .fails(GetRoomError::ServiceFailureException(failure));
    let other = ErrorMetadata::builder().code("Odd").message("what").build();
    mock.on::<GetRoom>()
        .times(2)
        .fails(GetRoomError::generic(other));
    let client = mock.client();
    for (status, text) in [
        (404, "GetRoom failed: NotFoundException: no such room"),
        (410, "GetRoom failed: NotFoundException: no such room"),
        (429, "GetRoom failed: ThrottledClientException: slow down"),
        (500, "GetRoom failed: ServiceFailureException"),
        (400, "GetRoom failed: Odd: what"),
        (400, "GetRoom failed: Odd: what"),
    ] {
        let error = get(&client, "r").send().await.expect_err("an error");
        let found = error
            .raw_response()
            .map(|response| response.status().as_u16());
        assert_eq!(found, Some(status), "{text}");
        let error = error.into_service_error();
        assert_eq!(error.is_not_found_exception(), text.contains("NotFound"));
        assert_eq!(error.to_string(), text);
    }
}

#[tokio::test]
async fn an_error_without_metadata_has_the_code_and_message_of_its_shape() {
    let error = NotFoundException::builder().message("no such room").build();
    let mock = MockClient::new();
    mock.on::<GetRoom>()
        .fails(GetRoomError::NotFoundException(error));

    let error = get(&mock.client(), "r").send().await.expect_err("an error");

    assert_eq!(
        error.summary().to_string(),
        "GetRoom failed: NotFoundException: no such room"
    );
    let error = CallError::from(error);
    assert_eq!(error.code(), Some("NotFoundException"));
    assert_eq!(error.message(), Some("no such room"));
}

#[tokio::test]
async fn failures_without_an_answer_of_the_service() {
    let mock = MockClient::new();
    mock.on::<GetRoom>().once().times_out();
    mock.on::<GetRoom>().once().cannot_connect();
    mock.on::<GetRoom>()
        .once()
        .fails_with_http(503, "<html>down</html>");
    mock.on::<GetRoom>().once().fails_with_http(42, "");
    mock.on::<GetRoom>()
        .once()
        .responds(|_| Err(SdkError::construction_failure("as I like")));
    mock.on::<GetRoom>().hangs();
    let client = mock.client();
    let next = async || get(&client, "r").send().await.expect_err("an error");

    assert!(matches!(next().await, SdkError::TimeoutError(_)));
    let error = next().await;
    assert!(
        matches!(&error, SdkError::DispatchFailure(failure) if failure.is_io()),
        "{error:?}"
    );
    let error = next().await;
    let response = error.raw_response().expect("a response");
    assert_eq!(response.status().as_u16(), 503);
    assert_eq!(response.body().bytes(), Some(&b"<html>down</html>"[..]));
    assert_eq!(error.code(), None);
    assert_eq!(
        error.into_service_error().to_string(),
        "GetRoom failed: HTTP 503 with a body that cannot be read: `<html>down</html>`"
    );
    assert_eq!(
        next().await.into_service_error().to_string(),
        "GetRoom failed: failed to construct request: the answer of the mock client has the status 42, which \
         HTTP does not have: use 100 to 999"
    );
    assert!(
        next()
            .await
            .into_service_error()
            .to_string()
            .ends_with("as I like")
    );
    let hanging = tokio::time::timeout(Duration::from_millis(20), next()).await;
    assert!(hanging.is_err());
}

#[tokio::test]
async fn a_call_that_is_not_expected_is_an_error_with_the_whole_story() {
    let mock = MockClient::new();
    let client = mock.client();
    let error = async |client: &Client| {
        let error = get(client, "r").send().await.expect_err("an error");
        error.into_service_error().to_string()
    };
    let start = "GetRoom failed: failed to construct request: the mock client has no answer for this call of \
                 GetRoom with GetRoomInput { account_id: Some(\"a\"), room_id: Some(\"r\") }: ";
    assert_eq!(
        error(&client).await,
        format!("{start}no answers are set up; add one with `mock.on::<GetRoom>()`")
    );
    mock.on::<CreateRoom>()
        .returns(CreateRoomOutput::builder().build());
    assert_eq!(
        error(&client).await,
        format!(
            "{start}answers are set up only for CreateRoom; add one with `mock.on::<GetRoom>()`"
        )
    );
    mock.on::<GetRoom>().once().returns(read("r"));
    mock.on::<GetRoom>()
        .when(|input| input.room_id() == Some("s"))
        .times(2)
        .returns(read("s"));
    mock.on::<GetRoom>().times(0).returns(read("t"));
    let line = line!() - 6;
    get(&client, "r").send().await.expect("an answer");
    let at = |line: u32| format!("that of {}:{line}:10", file!());
    assert_eq!(
        error(&client).await,
        format!(
            "{start}its answers are {}, which is used up after 1 call, and {}, whose condition the input does not \
             meet, and {}, which expects no call",
            at(line),
            at(line + 1),
            at(line + 5)
        )
    );
    let unmet = mock.verify().expect_err("unmet").to_string();
    let expected = format!(
        "the calls of the program are not as expected: the answer of {}:{}:10 expects 2 calls of GetRoom that meet \
         its condition, and got 0; the mock client has no answer for this call of GetRoom",
        file!(),
        line + 1
    );
    assert!(unmet.starts_with(&expected), "{unmet}");
    assert_eq!(unmet.matches("has no answer").count(), 3);
    // Sensitive members do not appear.
    mock.on::<CreateRoom>()
        .once()
        .returns(CreateRoomOutput::builder().build());
    let other = MockClient::new();
    let secret = other
        .client()
        .create_room()
        .account_id("a")
        .name("SECRET")
        .send()
        .await;
    let secret = secret.expect_err("an error");
    assert!(!format!("{secret:?} {secret} {other:?}").contains("SECRET"));
}

#[tokio::test]
async fn a_missing_member_is_an_error_as_always() {
    let mock = MockClient::new();
    mock.on::<GetRoom>().returns(read("r"));
    let error = mock
        .client()
        .get_room()
        .account_id("a")
        .send()
        .await
        .expect_err("an error");
    assert_eq!(
        error.into_service_error().to_string(),
        "GetRoom failed: failed to construct request: the required member `RoomId` is missing: set it with \
         `.room_id(...)`"
    );
    assert!(mock.calls::<GetRoom>().is_empty());
}

#[tokio::test]
async fn pages() {
    let mock = MockClient::new();
    let page = |id: &str| ListRoomsOutput::builder().rooms(room(id));
    mock.on::<ListRooms>()
        .when(|input| input.next_token().is_none())
        .returns(page("1").next_token("more").build());
    mock.on::<ListRooms>()
        .when(|input| input.next_token() == Some("more"))
        .returns(page("2").build());
    let client = mock.client();
    let pages = client
        .list_rooms()
        .account_id("a")
        .into_paginator()
        .page_size(1)
        .send();
    let pages = pages.collect::<Result<Vec<_>, _>>().await.expect("pages");
    let rooms = pages.iter().flat_map(|page| page.rooms());
    assert_eq!(
        rooms.filter_map(|room| room.room_id()).collect::<Vec<_>>(),
        ["1", "2"]
    );
    let sizes = mock.calls::<ListRooms>();
    assert_eq!(
        sizes
            .iter()
            .map(|call| call.max_results())
            .collect::<Vec<_>>(),
        [Some(1); 2]
    );
}

#[tokio::test]
async fn batch_runs_take_no_time() {
    let mock = MockClient::new();
    let throttled = ThrottledClientException::builder().build();
    mock.on::<BatchCreateRoomMembership>().times(3).fails(
        BatchCreateRoomMembershipError::ThrottledClientException(throttled),
    );
    mock.on::<BatchCreateRoomMembership>().answers(|input| {
        let refused = input
            .membership_item_list()
            .iter()
            .filter(|item| item.member_id() == Some("m-7"));
        let errors = refused.map(|_| {
            MemberError::builder()
                .member_id("m-7")
                .error_code("NotFound".into())
                .build()
        });
        Ok(BatchCreateRoomMembershipOutput::builder()
            .set_errors(Some(errors.collect()))
            .build())
    });
    let client = mock.client();
    let members = (0..120).map(|number| {
        MembershipItem::builder()
            .member_id(format!("m-{number}"))
            .build()
    });
    let start = Instant::now();
    let report = client
        .batch_create_room_membership()
        .account_id("a")
        .room_id("r")
        .send_all(members)
        .config(
            BatchConfig::new()
                .initial_backoff(Duration::from_secs(3600))
                .max_backoff(Duration::from_secs(7200)),
        )
        .report()
        .await;
    assert!(start.elapsed() < Duration::from_secs(60));
    assert_eq!((report.counts.done, report.counts.refused), (119, 1));
    assert_eq!(report.counts.throttled, 3);
    let (index, status, _) = report.failures().next().expect("a failure");
    assert_eq!(index, 7);
    assert!(matches!(status, ItemStatus::Refused { code: Some(code), .. } if code == "NotFound"));
}

#[tokio::test]
async fn a_batch_run_ends_at_a_call_that_is_not_expected() {
    let mock = MockClient::new();
    let members = (0..120).map(|number| {
        MembershipItem::builder()
            .member_id(format!("m-{number}"))
            .build()
    });
    let run = mock
        .client()
        .batch_create_room_membership()
        .account_id("a")
        .room_id("r")
        .send_all(members);
    let report = run.report().await;
    assert_eq!(report.counts.done, 0);
    let ended = report.ended().expect("a reason");
    assert!(ended.contains("the mock client has no answer"), "{ended}");
}

#[tokio::test]
async fn the_configuration_is_there() {
    let mock = MockClient::new();
    let client = mock.client();
    assert_eq!(
        client.config().region().map(AsRef::as_ref),
        Some("us-east-1")
    );
    assert_eq!(client.config().signing_name(), "chime");
    let own = Config::builder()
        .region(chime_sdk::config::Region::new("eu-west-1"))
        .build();
    let client = mock.client_with(own);
    assert_eq!(
        client.config().region().map(AsRef::as_ref),
        Some("eu-west-1")
    );
    drop(client.config().to_builder().build());
}

#[tokio::test]
async fn presigned_requests_are_marked() {
    let mock = MockClient::new();
    let client = mock.client();
    let config = PresigningConfig::expires_in(Duration::from_secs(60)).expect("valid");
    let signed = get(&client, "r")
        .presigned(config.clone())
        .await
        .expect("a request");
    assert_eq!(signed.method(), "GET");
    assert_eq!(
        signed.uri(),
        "https://mock.invalid/GetRoom?X-Amz-Expires=60&X-Amz-Signature=mock"
    );
    let error = client
        .get_room()
        .presigned(config)
        .await
        .expect_err("an error");
    assert!(
        error
            .into_service_error()
            .to_string()
            .contains("`AccountId` is missing")
    );
}

#[tokio::test]
async fn customization_changes_nothing() {
    let mock = MockClient::new();
    mock.on::<GetRoom>().returns(read("r"));
    let client = mock.client();
    let call = get(&client, "r")
        .customize()
        .mutate_request(|_| unreachable!("there is no request"));
    call.send().await.expect("an answer");
}

/// A program that knows the service as a trait.
async fn name_of(chime: &dyn Api, id: &str) -> Result<String, SdkError<GetRoomError>> {
    let input = GetRoomInput::builder().account_id("a").room_id(id).build();
    let output = chime
        .get_room(input.map_err(SdkError::construction_failure)?)
        .await?;
    Ok(output
        .room()
        .and_then(|room| room.name())
        .unwrap_or_default()
        .to_owned())
}

/// An implementation of one operation.
#[derive(Default)]
struct Fake {
    calls: AtomicUsize,
}

impl Api for Fake {
    fn get_room(&self, input: GetRoomInput) -> ApiFuture<'_, GetRoom> {
        Box::pin(async move {
            self.calls.fetch_add(1, Ordering::SeqCst);
            Ok(read(input.room_id().unwrap_or_default()))
        })
    }
}

#[tokio::test]
async fn a_fake_implements_what_it_needs() {
    let fake = Fake::default();
    assert_eq!(name_of(&fake, "x").await.expect("a name"), "name of x");
    assert_eq!(fake.calls.load(Ordering::SeqCst), 1);
    let input = ListAccountsInput::builder().build().expect("complete");
    let error = fake.list_accounts(input).await.expect_err("an error");
    assert_eq!(
        error.into_service_error().to_string(),
        "ListAccounts failed: failed to construct request: the implementation of `Api` does not have ListAccounts: \
         implement the method of the trait"
    );
}

#[tokio::test]
async fn a_client_is_an_implementation() {
    let mock = MockClient::new();
    mock.on::<GetRoom>().once().returns(read("y"));
    mock.on::<GetRoom>().fails(not_found());
    let client = mock.client();
    assert_eq!(name_of(&client, "y").await.expect("a name"), "name of y");
    let error = name_of(&client, "y").await.expect_err("an error");
    assert_eq!(error.message(), Some("no such room"));
}

#[tokio::test]
async fn clones_of_errors_say_the_same() {
    let forbidden = ForbiddenException::builder().message("no").build();
    for error in [
        CreateRoomError::ForbiddenException(forbidden),
        CreateRoomError::generic(ErrorMetadata::builder().code("A").message("b").build()),
        CreateRoomError::unhandled("just text"),
        CreateRoomError::unhandled(std::io::Error::other("an error")),
    ] {
        let copy = error.clone();
        assert_eq!(copy.to_string(), error.to_string());
        assert_eq!(copy.code(), error.code());
        assert_eq!(copy.message(), error.message());
    }
}

#[tokio::test]
async fn waiters_take_no_time() {
    use fixture_waiters::client::Waiters as _;
    use fixture_waiters::operation::get_thing::{GetThing, GetThingOutput};

    let mock = fixture_waiters::mock::MockClient::new();
    mock.on::<GetThing>()
        .times(30)
        .returns(GetThingOutput::builder().state("PENDING".into()).build());
    mock.on::<GetThing>()
        .returns(GetThingOutput::builder().state("READY".into()).build());
    let start = Instant::now();
    let hour = Duration::from_secs(3600);
    let ready = mock
        .client()
        .wait_until_thing_ready()
        .id("t")
        .wait(hour)
        .await;
    ready.expect("ready");
    assert_eq!(mock.calls::<GetThing>().len(), 31);

    let mock = fixture_waiters::mock::MockClient::new();
    mock.on::<GetThing>()
        .returns(GetThingOutput::builder().state("PENDING".into()).build());
    let never = mock
        .client()
        .wait_until_thing_ready()
        .id("t")
        .wait(hour)
        .await;
    let error = never.expect_err("time is over");
    assert!(error.to_string().contains("max wait"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[tokio::test]
async fn operations_may_have_the_names_of_what_is_ours() {
    use fixture_taken_client_names::mock::{Api, MockClient};
    use fixture_taken_client_names::operation::mock_client::{
        MockClient as Operation, MockClientOutput,
    };

    let mock = MockClient::new();
    mock.on::<Operation>()
        .when(|input| input.send_value() == Some("s"))
        .returns(MockClientOutput::builder().items("i").build());
    let client = mock.client();
    let output = client
        .mock_client()
        .send_value("s")
        .send()
        .await
        .expect("an answer");
    assert_eq!(output.items(), ["i"]);
    let input = mock.calls::<Operation>();
    Api::mock_client(&client, Clone::clone(&*input[0]))
        .await
        .expect("an answer");
    assert_eq!(mock.called(), ["MockClient", "MockClient"]);
}
