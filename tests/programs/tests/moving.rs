//! A program that was written for `aws-sdk-chime`, and a test of it.

use aws_sdk_chime::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_chime::error::SdkError;
use aws_sdk_chime::operation::list_rooms::ListRoomsError;
use aws_sdk_chime::{Client, Config};
use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_types::body::SdkBody;

/// Returns the names of all rooms of an account.
async fn room_names(
    client: &Client,
    account: &str,
) -> Result<Vec<String>, SdkError<ListRoomsError>> {
    let mut pages = client
        .list_rooms()
        .account_id(account)
        .into_paginator()
        .send();
    let mut names = Vec::new();
    while let Some(page) = pages.next().await {
        let rooms = page?.rooms.unwrap_or_default();
        names.extend(rooms.into_iter().filter_map(|room| room.name));
    }
    Ok(names)
}

#[tokio::test]
async fn the_names_of_two_pages() {
    let answer = |uri: &str, body: &str| {
        let request = http::Request::builder().uri(uri).body(SdkBody::empty());
        let response = http::Response::builder().body(SdkBody::from(body));
        ReplayEvent::new(request.expect("a request"), response.expect("a response"))
    };
    let rooms = "https://chime.us-east-1.amazonaws.com/accounts/a/rooms";
    let http_client = StaticReplayClient::new(vec![
        answer(rooms, r#"{"Rooms": [{"Name": "Lab"}], "NextToken": "2"}"#),
        answer(
            &format!("{rooms}?next-token=2"),
            r#"{"Rooms": [{"Name": "Attic"}]}"#,
        ),
    ]);
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .http_client(http_client.clone())
        .build();

    let names = room_names(&Client::from_conf(config), "a")
        .await
        .expect("names");
    assert_eq!(names, ["Lab", "Attic"]);
    http_client.assert_requests_match(&[]);
}
