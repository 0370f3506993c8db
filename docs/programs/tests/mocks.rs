//! Tests a function against outputs and errors that the test makes up.

use aws_smithy_mocks::{RuleMode, mock, mock_client};
use chime_sdk::Client;
use chime_sdk::operation::get_room::{GetRoomError, GetRoomOutput};
use chime_sdk::types::Room;
use chime_sdk::types::error::NotFoundException;

/// The function under test: whether a room exists.
async fn exists(chime: &Client, account: &str, room: &str) -> Result<bool, chime_sdk::Error> {
    let request = chime.get_room().account_id(account).room_id(room);
    match request.send().await {
        Ok(output) => Ok(output.room().is_some()),
        Err(error) => match error.into_service_error() {
            GetRoomError::NotFoundException(_) => Ok(false),
            error => Err(error.into()),
        },
    }
}

#[tokio::test]
async fn a_room_that_is_there_and_one_that_is_not() {
    let lab = mock!(Client::get_room)
        .match_requests(|input| input.room_id() == Some("lab"))
        .then_output(|| {
            let room = Room::builder().name("Lab").build();
            GetRoomOutput::builder().room(room).build()
        });
    let none = mock!(Client::get_room)
        .then_error(|| GetRoomError::NotFoundException(NotFoundException::builder().build()));
    let chime = mock_client!(chime_sdk, RuleMode::MatchAny, [&lab, &none]);

    assert!(exists(&chime, "a", "lab").await.expect("an answer"));
    assert!(!exists(&chime, "a", "attic").await.expect("an answer"));
    assert_eq!((lab.num_calls(), none.num_calls()), (1, 1));
}

// With the time paused, waits between retries take no time.
#[tokio::test(start_paused = true)]
async fn a_failure_that_is_not_an_answer() {
    let broken = mock!(Client::get_room)
        .sequence()
        .http_status(500, None)
        .times(3)
        .build();
    let chime = mock_client!(chime_sdk, [&broken]);

    let error = exists(&chime, "a", "lab").await.expect_err("no answer");
    assert!(
        error.to_string().starts_with("GetRoom failed: HTTP 500"),
        "{error}"
    );
}
