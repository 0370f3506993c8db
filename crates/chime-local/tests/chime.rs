//! What time changes in Chime's phone numbers, and what no operation reads back.

mod common;

use chime_local::{Chime, Clock};
use chime_sdk::Client;
use chime_sdk::types::{PhoneNumberOrder, PhoneNumberProductType, PhoneNumberStatus};
use common::in_process;
use std::time::{Duration, UNIX_EPOCH};

const SECOND: Duration = Duration::from_secs(1);
const INSTANT: Duration = Duration::from_millis(1);
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

fn start() -> (Chime, Clock, Client) {
    let clock = Clock::manual(UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    let chime = Chime::builder()
        .clock(clock.clone())
        .build()
        .expect("a Chime");
    let client = in_process(&chime);
    (chime, clock, client)
}

async fn order(client: &Client, numbers: &[&str]) -> PhoneNumberOrder {
    let numbers = numbers.iter().map(|number| (*number).to_owned());
    let ordered = client
        .create_phone_number_order()
        .product_type(PhoneNumberProductType::VoiceConnector)
        .set_e164_phone_numbers(Some(numbers.collect()))
        .send()
        .await
        .expect("an order");
    ordered.phone_number_order.expect("an order")
}

async fn order_status(client: &Client, order: &PhoneNumberOrder) -> (String, Vec<String>) {
    let got = client
        .get_phone_number_order()
        .phone_number_order_id(order.phone_number_order_id().expect("an ID"))
        .send()
        .await
        .expect("an order");
    let order = got.phone_number_order.expect("an order");
    let numbers = order.ordered_phone_numbers().iter();
    let statuses = numbers.map(|it| it.status().expect("a status").to_string());
    let statuses = statuses.collect();
    (order.status().expect("a status").to_string(), statuses)
}

/// Returns the status of a number; `None` if there is no such number.
async fn number_status(client: &Client, number: &str) -> Option<PhoneNumberStatus> {
    let got = client.get_phone_number().phone_number_id(number).send();
    match got.await {
        Ok(got) => got.phone_number?.status,
        Err(error) => {
            assert!(error.into_service_error().is_not_found_exception());
            None
        }
    }
}

#[tokio::test]
async fn orders_are_processed_for_a_second() {
    let (_chime, clock, client) = start();
    let (first, second) = ("+12065550100", "+12065550101");
    let good = order(&client, &[first]).await;
    let partial = order(&client, &[first, second]).await;
    let bad = order(&client, &[first, "+4930123456"]).await;
    clock.advance(SECOND - INSTANT);
    for (order, count) in [(&good, 1), (&partial, 2), (&bad, 2)] {
        let (status, numbers) = order_status(&client, order).await;
        assert_eq!(status, "Processing");
        assert_eq!(numbers, vec!["Processing"; count]);
    }
    let status = number_status(&client, first).await;
    assert_eq!(status, Some(PhoneNumberStatus::AcquireInProgress));
    let early = client.delete_phone_number().phone_number_id(first).send();
    assert!(
        early
            .await
            .expect_err("it is not acquired yet")
            .into_service_error()
            .is_bad_request_exception()
    );
    clock.advance(INSTANT);
    for (order, status, numbers) in [
        (&good, "Successful", &["Acquired"][..]),
        (&partial, "Partial", &["Failed", "Acquired"]),
        (&bad, "Failed", &["Failed", "Failed"]),
    ] {
        let (now, of_numbers) = order_status(&client, order).await;
        assert_eq!((now.as_str(), of_numbers.len()), (status, numbers.len()));
        assert_eq!(of_numbers, numbers);
    }
    let status = number_status(&client, second).await;
    assert_eq!(status, Some(PhoneNumberStatus::Unassigned));
}

#[tokio::test]
async fn deleted_numbers_can_be_restored_for_a_week() {
    let (_chime, clock, client) = start();
    let number = "+12065550100";
    order(&client, &[number]).await;
    clock.advance(SECOND);
    let delete = async || {
        let deleted = client.delete_phone_number().phone_number_id(number).send();
        deleted.await.expect("a number to delete");
    };
    let restore = async || {
        let restored = client.restore_phone_number().phone_number_id(number).send();
        restored.await.map_err(|error| error.into_service_error())
    };
    delete().await;
    clock.advance(WEEK - INSTANT);
    let status = number_status(&client, number).await;
    assert_eq!(status, Some(PhoneNumberStatus::DeleteInProgress));
    restore().await.expect("a number to restore");
    delete().await;
    clock.advance(WEEK);
    assert_eq!(number_status(&client, number).await, None);
    let listed = client.list_phone_numbers().send().await.expect("a list");
    assert!(listed.phone_numbers().is_empty());
    let late = restore().await.expect_err("a week has passed");
    assert!(late.is_not_found_exception());
    // It is for sale again.
    order(&client, &[number]).await;
    clock.advance(SECOND);
    let status = number_status(&client, number).await;
    assert_eq!(status, Some(PhoneNumberStatus::Unassigned));
}

#[tokio::test]
async fn the_default_calling_name_is_updated_once_a_week() {
    let (_chime, clock, client) = start();
    let update = async |name: &str| {
        let update = client.update_phone_number_settings().calling_name(name);
        update
            .send()
            .await
            .map_err(|error| error.into_service_error())
    };
    update("First").await.expect("the first update");
    clock.advance(WEEK - INSTANT);
    let early = update("Second").await.expect_err("not yet");
    assert!(early.is_bad_request_exception());
    clock.advance(INSTANT);
    update("Second").await.expect("the second update");
    let settings = client.get_phone_number_settings().send().await;
    assert_eq!(settings.expect("settings").calling_name(), Some("Second"));
}

#[tokio::test]
async fn redacted_messages_have_no_content() {
    let (chime, _clock, client) = start();
    let sample = chime.populate(0);
    let folder = tempfile::tempdir().expect("a folder");
    let lines = folder.path().join("lines");
    let contents = || {
        let file = std::fs::File::create(&lines).expect("a file");
        chime.export(file).expect("an export");
        let text = std::fs::read_to_string(&lines).expect("lines");
        let redacted = text.matches(r#""Redacted":true"#).count();
        (text.matches("A sample message").count(), redacted)
    };
    assert_eq!(contents(), (2, 0));
    client
        .redact_room_message()
        .account_id(&sample.account_id)
        .room_id(&sample.room_id)
        .message_id(&sample.room_message_id)
        .send()
        .await
        .expect("a message");
    assert_eq!(contents(), (1, 1));
    client
        .redact_conversation_message()
        .account_id(&sample.account_id)
        .conversation_id(&sample.conversation_id)
        .message_id(&sample.conversation_message_id)
        .send()
        .await
        .expect("a message");
    assert_eq!(contents(), (0, 2));
    // The messages of a room are deleted with it.
    client
        .delete_room()
        .account_id(&sample.account_id)
        .room_id(&sample.room_id)
        .send()
        .await
        .expect("a room");
    assert_eq!(contents(), (0, 1));
}
