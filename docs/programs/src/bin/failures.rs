//! Handles errors: one by its type, all others by passing them on.

use chime_local::Server;
use chime_sdk::config::{Credentials, Region};
use chime_sdk::operation::get_room::GetRoomError;
use chime_sdk::{Client, Config};

/// Returns the name of a room, or `None` if there is no such room.
async fn room_name(
    chime: &Client,
    account: &str,
    room: &str,
) -> Result<Option<String>, chime_sdk::Error> {
    let result = chime
        .get_room()
        .account_id(account)
        .room_id(room)
        .send()
        .await;
    match result {
        Ok(output) => Ok(output.room.and_then(|room| room.name)),
        Err(error) => match error.into_service_error() {
            GetRoomError::NotFoundException(_) => Ok(None),
            error => Err(error.into()),
        },
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = Server::start(0).await?;
    let config = Config::builder()
        .endpoint_url(server.url())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("any", "any", None, None, "guide"))
        .build();
    let chime = Client::from_conf(config);
    let created = chime.create_account().name("Example").send().await?;
    let account = created.account().ok_or("the response has no account")?;
    let account = account.account_id();

    // An error of the service that this program expects.
    let name = room_name(&chime, account, "no-such-room").await?;
    println!("the room's name is {name:?}");

    // The same error, printed: the operation, the code, the message and the request ID.
    let request = chime.get_room().account_id(account).room_id("no-such-room");
    if let Err(error) = request.send().await {
        println!("{}", error.into_service_error());
    }

    // A required member is missing, so nothing is sent.
    if let Err(error) = chime.get_room().account_id(account).send().await {
        println!("{}", chime_sdk::Error::from(error));
    }

    // Nobody listens any more.
    server.stop().await;
    if let Err(error) = room_name(&chime, account, "any").await {
        println!("{error}");
    }
    Ok(())
}
