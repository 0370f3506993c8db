//! Paginated lists.

use aws_sdk_chime::Client;
use aws_sdk_chime::config::{Config, Credentials, Region};
use aws_sdk_chime::operation::list_rooms::ListRoomsOutput;
use aws_sdk_chime::operation::list_rooms::paginator::ListRoomsPaginator;
use aws_sdk_chime::types::Account;
use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_types::body::SdkBody;

fn pages(bodies: &[&str]) -> StaticReplayClient {
    StaticReplayClient::new(
        bodies
            .iter()
            .map(|body| {
                ReplayEvent::new(
                    http::Request::builder().body(SdkBody::empty()).unwrap(),
                    http::Response::builder()
                        .status(200)
                        .body(SdkBody::from(*body))
                        .unwrap(),
                )
            })
            .collect(),
    )
}

fn client(http: &StaticReplayClient) -> Client {
    Client::from_conf(
        Config::builder()
            .behavior_version_latest()
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::for_tests())
            .http_client(http.clone())
            .build(),
    )
}

fn queries(http: &StaticReplayClient) -> Vec<String> {
    http.actual_requests()
        .map(|request| {
            let (_, query) = request.uri().split_once('?').unwrap_or_default();
            let mut parts: Vec<_> = query.split('&').filter(|part| !part.is_empty()).collect();
            parts.sort_unstable();
            parts.join("&")
        })
        .collect()
}

#[tokio::test]
async fn all_pages() {
    let http = pages(&[
        r#"{"Rooms": [{"RoomId": "1"}, {"RoomId": "2"}], "NextToken": "a b"}"#,
        r#"{"Rooms": [{"RoomId": "3"}]}"#,
    ]);
    let paginator: ListRoomsPaginator = client(&http)
        .list_rooms()
        .account_id("a")
        .into_paginator()
        .page_size(2);
    let pages: Result<Vec<ListRoomsOutput>, _> = paginator.send().collect().await;
    let ids: Vec<_> = pages
        .unwrap()
        .iter()
        .flat_map(|page| page.rooms())
        .filter_map(|room| room.room_id())
        .map(str::to_owned)
        .collect();
    assert_eq!(ids, ["1", "2", "3"]);
    assert_eq!(
        queries(&http),
        ["max-results=2", "max-results=2&next-token=a%20b"]
    );
}

#[tokio::test]
async fn all_accounts_one_by_one() {
    let http = pages(&[
        r#"{"Accounts": [{"AwsAccountId": "1", "AccountId": "a", "Name": "A"}], "NextToken": "t"}"#,
        r#"{"Accounts": [{"AwsAccountId": "1", "AccountId": "b", "Name": "B"}], "NextToken": ""}"#,
    ]);
    let mut stream = client(&http)
        .list_accounts()
        .name("x")
        .into_paginator()
        .send();
    let mut found: Vec<Account> = Vec::new();
    while let Some(page) = stream.try_next().await.unwrap() {
        found.extend(page.accounts.unwrap_or_default());
    }
    let names: Vec<_> = found.iter().map(Account::name).collect();
    assert_eq!(names, ["A", "B"]);
    assert_eq!(queries(&http), ["name=x", "name=x&next-token=t"]);
}

#[tokio::test]
async fn lists_of_texts() {
    let http = pages(&[
        r#"{"E164PhoneNumbers": ["+1", "+2"], "NextToken": "t"}"#,
        r#"{"E164PhoneNumbers": ["+3"]}"#,
    ]);
    let mut numbers = Vec::new();
    let mut stream = client(&http)
        .search_available_phone_numbers()
        .area_code("206")
        .into_paginator()
        .send();
    while let Some(page) = stream.next().await {
        numbers.extend_from_slice(page.unwrap().e164_phone_numbers());
    }
    assert_eq!(numbers, ["+1", "+2", "+3"]);
}

#[tokio::test]
async fn a_token_that_repeats_ends_the_list() {
    let body = r#"{"Bots": [], "NextToken": "same"}"#;
    let http = pages(&[body; 5]);
    let mut stream = client(&http)
        .list_bots()
        .account_id("a")
        .into_paginator()
        .send();
    // chime-sdk returns an error; aws-sdk-chime ends the list as if it were complete.
    let mut good = 0;
    while let Some(page) = stream.next().await {
        good += usize::from(page.is_ok());
    }
    assert_eq!(good, 2);

    let http = pages(&[body, body, r#"{"Bots": []}"#]);
    let pages: Result<Vec<_>, _> = client(&http)
        .list_bots()
        .account_id("a")
        .into_paginator()
        .stop_on_duplicate_token(false)
        .send()
        .collect()
        .await;
    assert_eq!(pages.unwrap().len(), 3);
}
