//! Parts of `docs/testing.md`.

use chime_sdk::Client;
use chime_sdk::types::Room;

/// The program that is tested: creates a room and reads it.
async fn program(client: &Client) {
    let create = client.create_room().account_id("a").name("lobby");
    let created = create.send().await.expect("a room");
    let id = created.room().and_then(Room::room_id).unwrap_or_default();
    let read = client.get_room().account_id("a").room_id(id).send().await;
    assert!(read.is_ok());
}

mod with_a_mock_client {
    use super::program;

    // ANCHOR: mock_client
    use chime_sdk::mock::MockClient;
    use chime_sdk::operation::create_room::{CreateRoom, CreateRoomOutput};
    use chime_sdk::operation::get_room::{GetRoom, GetRoomOutput};
    use chime_sdk::types::Room;

    #[tokio::test]
    async fn a_room_is_created_and_read() {
        let room = Room::builder().room_id("r-1").name("lobby").build();
        let mock = MockClient::new();
        let created = CreateRoomOutput::builder().room(room.clone()).build();
        mock.on::<CreateRoom>().once().returns(created);
        let read = GetRoomOutput::builder().room(room).build();
        mock.on::<GetRoom>().returns(read);

        program(&mock.client()).await;

        assert_eq!(mock.calls::<CreateRoom>()[0].name(), Some("lobby"));
        assert_eq!(mock.called(), ["CreateRoom", "GetRoom"]);
        mock.verify().expect("all answers were used");
    }
    // ANCHOR_END: mock_client
}

mod with_an_error {
    use super::Client;

    #[tokio::test]
    async fn the_code_of_an_error() {
        use chime_sdk::error::CallError;
        use chime_sdk::prelude::*;

        // ANCHOR: mock_error
        use chime_sdk::error::ErrorMetadata;
        use chime_sdk::mock::MockClient;
        use chime_sdk::operation::get_room::{GetRoom, GetRoomError};
        use chime_sdk::types::error::NotFoundException;

        let mock = MockClient::new();
        let meta = ErrorMetadata::builder().code("NotFoundException").build();
        let missing = NotFoundException::builder().meta(meta).build();
        mock.on::<GetRoom>()
            .once()
            .fails(GetRoomError::NotFoundException(missing));
        // ANCHOR_END: mock_error
        let unnamed = NotFoundException::builder().build();
        mock.on::<GetRoom>()
            .fails(GetRoomError::NotFoundException(unnamed));
        let client: Client = mock.client();
        let call = || client.get_room().account_id("a").room_id("r").send();

        let error = call().await.expect_err("an error").into_service_error();
        assert_eq!(error.code(), Some("NotFoundException"));
        let error = call().await.expect_err("an error");
        assert_eq!(error.as_service_error().and_then(|it| it.code()), None);
        assert_eq!(CallError::from(error).code(), Some("NotFoundException"));
    }
}

mod with_a_trait {
    // ANCHOR: api
    use chime_sdk::mock::{Api, ApiFuture};
    use chime_sdk::operation::get_room::{GetRoom, GetRoomInput, GetRoomOutput};

    struct Fake;

    impl Api for Fake {
        fn get_room(&self, _input: GetRoomInput) -> ApiFuture<'_, GetRoom> {
            Box::pin(async { Ok(GetRoomOutput::builder().build()) })
        }
    }
    // ANCHOR_END: api

    #[tokio::test]
    async fn only_one_operation_is_there() {
        let chime: &dyn Api = &Fake;
        let input = || GetRoomInput::new("a", "r");
        assert!(chime.get_room(input()).await.is_ok());
        let input = chime_sdk::operation::list_accounts::ListAccountsInput::default();
        assert!(chime.list_accounts(input).await.is_err());
    }
}

// With the time paused, the wait before the second request takes no time.
#[tokio::test(start_paused = true)]
async fn aws_smithy_mocks() -> Result<(), chime_sdk::Error> {
    // ANCHOR: smithy_mocks
    use aws_smithy_mocks::{RuleMode, mock, mock_client};
    use chime_sdk::Client;
    use chime_sdk::operation::list_accounts::ListAccountsOutput;

    let rule = mock!(Client::list_accounts)
        .sequence()
        .http_status(503, None)
        .output(|| ListAccountsOutput::builder().build())
        .build();
    let client = mock_client!(chime_sdk, RuleMode::Sequential, &[&rule]);
    client.list_accounts().send().await?; // two requests
    // ANCHOR_END: smithy_mocks
    assert_eq!(rule.num_calls(), 2);
    Ok(())
}

#[tokio::test]
async fn a_local_chime_in_the_process() -> Result<(), chime_sdk::Error> {
    // ANCHOR: local
    use chime_local::Chime;
    use chime_sdk::config::{Credentials, Region};
    use chime_sdk::{Client, Config};

    let chime = Chime::new();
    let config = Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
        .http_client(chime.http_client())
        .build();
    let client = Client::from_conf(config);
    // ANCHOR_END: local
    client.create_account().name("Example").send().await?;
    Ok(())
}
