//! Parts of `docs/errors.md`.

use chime_local::{Chime, Fail, Faults};
use chime_sdk::Client;
use chime_sdk::config::retry::RetryConfig;

#[tokio::test]
async fn methods() {
    let chime = Chime::new();
    let config = super::config(&chime).to_builder();
    let client = Client::from_conf(config.retry_config(RetryConfig::disabled()).build());
    chime
        .set_faults(Faults {
            fail: vec![Fail::new("ThrottledClientException", 1.0)],
            ..Faults::default()
        })
        .expect("faults");
    let (account_id, room_id) = ("a", "r");
    let mut slower = false;
    // ANCHOR: methods
    use chime_sdk::operation::get_room::GetRoomInput;
    use chime_sdk::prelude::*;

    if let Err(error) = client.send(GetRoomInput::new(account_id, room_id)).await {
        eprintln!("{}", error.summary());
        if error.is_throttling() {
            slower = true;
        }
    }
    // ANCHOR_END: methods
    assert!(slower);
}

// ANCHOR: call_error
use chime_sdk::error::CallError; // the same type in all client crates

async fn greet(
    meetings: &chime_sdk_meetings::Client,
    messaging: &chime_sdk_messaging::Client,
) -> Result<(), CallError> {
    let meeting = meetings
        .create_meeting()
        .media_region("us-east-1")
        .external_meeting_id("weekly")
        .send()
        .await?;
    messaging
        .send_channel_message()
        .content(format!("{meeting:?}"))
        .send()
        .await?;
    Ok(())
}
// ANCHOR_END: call_error

#[tokio::test]
async fn one_error_for_two_services() {
    let config = super::config(&Chime::new());
    let meetings = chime_sdk_meetings::Client::from_conf(config.clone());
    let messaging = chime_sdk_messaging::Client::from_conf(config);
    let error = greet(&meetings, &messaging)
        .await
        .expect_err("no channel is named");
    assert_eq!(error.operation(), Some("SendChannelMessage"));
}

#[tokio::test]
async fn a_particular_error() {
    let client = Client::from_conf(super::config(&Chime::new()));
    let request = client.get_room().account_id("a").room_id("r");
    let error = CallError::from(request.send().await.expect_err("no such account"));
    let mut found = false;
    // ANCHOR: downcast
    use chime_sdk::types::error::NotFoundException;

    if let Some(missing) = error.downcast_ref::<NotFoundException>() {
        println!("{missing}");
        found = true;
    }
    // ANCHOR_END: downcast
    assert!(found);
}
