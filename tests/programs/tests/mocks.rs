//! Programs that are tested with aws-smithy-mocks.

use aws_sdk_chime::Client;
use aws_sdk_chime::operation::batch_create_room_membership::BatchCreateRoomMembershipOutput;
use aws_sdk_chime::operation::get_room::{GetRoomError, GetRoomOutput};
use aws_sdk_chime::operation::list_rooms::ListRoomsOutput;
use aws_sdk_chime::types::error::NotFoundException;
use aws_sdk_chime::types::{MemberError, MembershipItem, Room};
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;

async fn name_of(client: &Client, room: &str) -> Result<Option<String>, GetRoomError> {
    let result = client.get_room().account_id("a").room_id(room).send().await;
    match result {
        Ok(output) => Ok(output.room.and_then(|room| room.name)),
        Err(error) => match error.into_service_error() {
            GetRoomError::NotFoundException(_) => Ok(None),
            other => Err(other),
        },
    }
}

#[tokio::test]
async fn outputs_and_errors_by_request() {
    let lab = mock!(Client::get_room)
        .match_requests(|input| input.room_id() == Some("lab"))
        .then_output(|| {
            GetRoomOutput::builder()
                .room(Room::builder().name("Lab").build())
                .build()
        });
    let none = mock!(Client::get_room)
        .match_requests(|input| input.room_id() == Some("none"))
        .then_error(|| GetRoomError::NotFoundException(NotFoundException::builder().build()));
    let client = mock_client!(aws_sdk_chime, RuleMode::MatchAny, [&lab, &none]);
    assert_eq!(
        name_of(&client, "lab").await.unwrap().as_deref(),
        Some("Lab")
    );
    assert_eq!(name_of(&client, "none").await.unwrap(), None);
    assert_eq!(
        name_of(&client, "lab").await.unwrap().as_deref(),
        Some("Lab")
    );
    assert_eq!((lab.num_calls(), none.num_calls()), (2, 1));
}

#[tokio::test]
async fn answers_as_http_and_in_sequence() {
    let flaky = mock!(Client::get_room)
        .sequence()
        .http_status(503, None)
        .times(2)
        .output(|| {
            GetRoomOutput::builder()
                .room(Room::builder().name("Lab").build())
                .build()
        })
        .build();
    let client = mock_client!(aws_sdk_chime, RuleMode::Sequential, [&flaky], |config| {
        config.retry_config(
            aws_sdk_chime::config::retry::RetryConfig::standard()
                .with_initial_backoff(std::time::Duration::ZERO),
        )
    });
    assert_eq!(
        name_of(&client, "lab").await.unwrap().as_deref(),
        Some("Lab")
    );
    assert_eq!(flaky.num_calls(), 3);

    let raw = mock!(Client::get_room).then_http_response(|| {
        HttpResponse::new(
            StatusCode::try_from(200).unwrap(),
            SdkBody::from(r#"{"Room": {"Name": "Raw"}}"#),
        )
    });
    let client = mock_client!(aws_sdk_chime, [&raw]);
    assert_eq!(
        name_of(&client, "any").await.unwrap().as_deref(),
        Some("Raw")
    );
}

#[tokio::test]
async fn a_batch_computed_from_its_request() {
    let batch = mock!(Client::batch_create_room_membership).then_compute_output(|input| {
        let refused = input
            .membership_item_list()
            .iter()
            .filter(|item| item.member_id().is_some_and(|id| id.starts_with('x')))
            .map(|item| {
                MemberError::builder()
                    .set_member_id(item.member_id.clone())
                    .build()
            })
            .collect();
        BatchCreateRoomMembershipOutput::builder()
            .set_errors(Some(refused))
            .build()
    });
    let client = mock_client!(aws_sdk_chime, [&batch]);
    let output = client
        .batch_create_room_membership()
        .account_id("a")
        .room_id("r")
        .membership_item_list(MembershipItem::builder().member_id("m1").build())
        .membership_item_list(MembershipItem::builder().member_id("x2").build())
        .send()
        .await
        .unwrap();
    assert_eq!(output.errors().len(), 1);
    assert_eq!(output.errors()[0].member_id(), Some("x2"));
}

#[tokio::test]
async fn pages() {
    let first = mock!(Client::list_rooms)
        .match_requests(|input| input.next_token().is_none())
        .then_output(|| {
            ListRoomsOutput::builder()
                .rooms(Room::builder().room_id("1").build())
                .next_token("t")
                .build()
        });
    let second = mock!(Client::list_rooms)
        .match_requests(|input| input.next_token() == Some("t"))
        .then_output(|| {
            ListRoomsOutput::builder()
                .rooms(Room::builder().room_id("2").build())
                .build()
        });
    let client = mock_client!(aws_sdk_chime, RuleMode::MatchAny, [&first, &second]);
    let pages: Result<Vec<_>, _> = client
        .list_rooms()
        .account_id("a")
        .into_paginator()
        .send()
        .collect()
        .await;
    assert_eq!(pages.unwrap().len(), 2);
}
