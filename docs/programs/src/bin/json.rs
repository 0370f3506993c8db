//! Reads members from TOML, adds them to a room, and prints the response as JSON.

use chime_local::{Chime, Server};
use chime_sdk::config::{Credentials, Region};
use chime_sdk::operation::batch_create_room_membership::{
    BatchCreateRoomMembershipInput, BatchCreateRoomMembershipOutput,
};
use chime_sdk::types::MembershipItem;
use chime_sdk::{Client, Config};
use serde::Deserialize;

/// A type of this program, with a type of the service in it.
#[derive(Deserialize)]
struct Team {
    members: Vec<MembershipItem>,
}

const TEAM: &str = r#"
[[members]]
MemberId = "00000000-0000-4000-8000-000000000001"
Role = "Administrator"

[[members]]
MemberId = "nobody"
Role = "Member"
"#;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let local = Chime::new();
    let sample = local.populate(1);
    let server = Server::start_with(local, ([127, 0, 0, 1], 0).into()).await?;
    let config = Config::builder()
        .endpoint_url(server.url())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("any", "any", None, None, "guide"))
        .build();
    let chime = Client::from_conf(config);

    let team: Team = toml::from_str(TEAM)?;
    let input =
        BatchCreateRoomMembershipInput::new(sample.account_id, sample.room_id, team.members);
    let output = chime.send(input).await?;

    let json = serde_json::to_string_pretty(&output)?;
    println!("{json}");

    // What was written can be read again.
    let read: BatchCreateRoomMembershipOutput = serde_json::from_str(&json)?;
    assert_eq!(read.errors(), output.errors());

    server.stop().await;
    Ok(())
}
