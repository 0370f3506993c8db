//! Requests and responses: fluent builders, inputs, outputs, types and enums.

use aws_sdk_chime::Client;
use aws_sdk_chime::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_chime::operation::RequestId;
use aws_sdk_chime::operation::batch_create_room_membership::{
    BatchCreateRoomMembershipInput, BatchCreateRoomMembershipOutput,
};
use aws_sdk_chime::operation::get_room::GetRoom;
use aws_sdk_chime::operation::get_room::builders::GetRoomFluentBuilder;
use aws_sdk_chime::primitives::{DateTime, DateTimeFormat};
use aws_sdk_chime::types::builders::MembershipItemBuilder;
use aws_sdk_chime::types::{
    ErrorCode, MemberError, MembershipItem, PhoneNumberProductType, Room, RoomMembershipRole,
    TelephonySettings, UserSettings,
};
use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient, capture_request};
use aws_smithy_types::body::SdkBody;

fn answer(status: u16, body: &str) -> ReplayEvent {
    ReplayEvent::new(
        http::Request::builder().body(SdkBody::empty()).unwrap(),
        http::Response::builder()
            .status(status)
            .header("x-amzn-requestid", "request-1")
            .body(SdkBody::from(body))
            .unwrap(),
    )
}

fn client(http: &StaticReplayClient) -> Client {
    Client::from_conf(
        Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
            .http_client(http.clone())
            .build(),
    )
}

#[tokio::test]
async fn a_batch_with_refusals() {
    let http = StaticReplayClient::new(vec![answer(
        201,
        r#"{"Errors": [
            {"MemberId": "b", "ErrorCode": "NotFound", "ErrorMessage": "no such user"},
            {"MemberId": "c", "ErrorCode": "SomethingNew"}
        ]}"#,
    )]);
    let items: Vec<MembershipItem> = ["a", "b", "c"]
        .into_iter()
        .map(|id| {
            MembershipItem::builder()
                .member_id(id)
                .role(RoomMembershipRole::Administrator)
                .build()
        })
        .collect();
    let output: BatchCreateRoomMembershipOutput = client(&http)
        .batch_create_room_membership()
        .account_id("account")
        .room_id("room/1")
        .set_membership_item_list(Some(items[..2].to_vec()))
        .membership_item_list(items[2].clone())
        .send()
        .await
        .unwrap();
    assert_eq!(output.request_id(), Some("request-1"));
    let errors: &[MemberError] = output.errors();
    assert_eq!(errors.len(), 2);
    assert_eq!(errors[0].member_id(), Some("b"));
    assert_eq!(errors[0].error_code(), Some(&ErrorCode::NotFound));
    assert_eq!(errors[0].error_message(), Some("no such user"));
    match errors[1].error_code() {
        Some(ErrorCode::NotFound | ErrorCode::Conflict) => panic!("neither of them"),
        Some(other) => assert_eq!(other.as_str(), "SomethingNew"),
        None => panic!("there is a code"),
    }
    assert_eq!(output.errors.as_ref().map(Vec::len), Some(2));

    let sent = http.actual_requests().next().unwrap();
    assert_eq!(sent.method(), "POST");
    assert_eq!(
        sent.uri(),
        "https://chime.us-east-1.amazonaws.com/accounts/account/rooms/room%2F1/memberships?operation=batch-create"
    );
    assert_eq!(
        std::str::from_utf8(sent.body().bytes().unwrap()).unwrap(),
        concat!(
            r#"{"MembershipItemList":[{"MemberId":"a","Role":"Administrator"},"#,
            r#"{"MemberId":"b","Role":"Administrator"},{"MemberId":"c","Role":"Administrator"}]}"#
        )
    );
    assert!(
        sent.headers()
            .get("authorization")
            .unwrap()
            .contains("us-east-1/chime/aws4_request")
    );
}

#[tokio::test]
async fn builders_show_what_they_hold() {
    let (http, _request) = capture_request(None);
    let config = Config::builder()
        .behavior_version_latest()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .http_client(http)
        .build();
    let client = Client::from_conf(config);
    let fluent: GetRoomFluentBuilder = client
        .get_room()
        .account_id("a")
        .set_room_id(Some("r".into()));
    assert_eq!(fluent.get_account_id().as_deref(), Some("a"));
    assert_eq!(fluent.get_room_id(), &Some("r".to_owned()));
    let again = fluent.clone();
    let input = again.as_input().clone().build().unwrap();
    assert_eq!(
        (input.account_id(), input.room_id()),
        (Some("a"), Some("r"))
    );
    assert_eq!(format!("{:?}", GetRoom::new()), "GetRoom");

    let item: MembershipItemBuilder = MembershipItem::builder().member_id("m");
    assert_eq!(item.get_member_id().as_deref(), Some("m"));
    assert_eq!(item.get_role(), &None);
    let input = BatchCreateRoomMembershipInput::builder()
        .account_id("a")
        .membership_item_list(item.build())
        .build()
        .unwrap();
    assert_eq!(input.membership_item_list().len(), 1);
    assert_eq!(input.room_id, None);

    let error = TelephonySettings::builder().sms(true).build().unwrap_err();
    assert!(error.to_string().contains("inbound_calling"), "{error}");
    let settings = UserSettings::builder()
        .telephony(
            TelephonySettings::builder()
                .inbound_calling(true)
                .outbound_calling(false)
                .sms(true)
                .build()
                .unwrap(),
        )
        .build();
    assert!(
        settings
            .telephony()
            .is_some_and(|telephony| telephony.inbound_calling())
    );
}

#[tokio::test]
async fn an_input_is_sent_with_a_client() {
    let http = StaticReplayClient::new(vec![answer(
        200,
        r#"{"Room": {"RoomId": "r", "Name": "lab", "CreatedTimestamp": "2024-02-29T12:30:00.5Z"}}"#,
    )]);
    let client = client(&http);
    let output = aws_sdk_chime::operation::get_room::GetRoomInput::builder()
        .account_id("a")
        .room_id("r")
        .send_with(&client)
        .await
        .unwrap();
    let room: &Room = output.room().unwrap();
    assert_eq!(room.name(), Some("lab"));
    let created: &DateTime = room.created_timestamp().unwrap();
    assert_eq!(
        created.fmt(DateTimeFormat::DateTime).unwrap(),
        "2024-02-29T12:30:00.5Z"
    );
    // Names are sensitive.
    assert!(!format!("{output:?}").contains("lab"));
}

#[test]
fn enums_keep_what_they_do_not_know() {
    assert_eq!(
        RoomMembershipRole::from("Member"),
        RoomMembershipRole::Member
    );
    assert_eq!(RoomMembershipRole::values(), &["Administrator", "Member"]);
    assert_eq!(
        "Owner".parse::<RoomMembershipRole>().unwrap().as_str(),
        "Owner"
    );
    let error = RoomMembershipRole::try_parse("Owner").unwrap_err();
    assert_eq!(error.to_string(), "unknown enum variant: 'Owner'");
    assert_eq!(
        PhoneNumberProductType::VoiceConnector.as_ref(),
        "VoiceConnector"
    );
    assert_eq!(
        format!("{}", PhoneNumberProductType::BusinessCalling),
        "BusinessCalling"
    );
}

#[test]
fn clients_and_calls_may_cross_threads() {
    fn crosses<T: Send>(value: T) -> T {
        value
    }
    fn is_shared<T: Send + Sync + Clone + std::fmt::Debug + 'static>() {}
    is_shared::<Client>();
    is_shared::<Config>();
    is_shared::<Room>();
    let (http, _request) = capture_request(None);
    let client = Client::from_conf(
        Config::builder()
            .behavior_version_latest()
            .http_client(http)
            .build(),
    );
    drop(crosses(client.list_accounts().send()));
    drop(crosses(client.get_room().customize().send()));
    drop(crosses(client.list_rooms().into_paginator().send()));
    assert!(!aws_sdk_chime::meta::PKG_VERSION.is_empty());
}
