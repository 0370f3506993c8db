//! Adds a thousand members to a room of a local Chime with faults, and prints the outcome of each.

use chime_local::{Chime, Faults, Refuse, Server};
use chime_sdk::batch::{BatchConfig, ItemStatus};
use chime_sdk::config::{Credentials, Region};
use chime_sdk::types::{MembershipItem, RoomMembershipRole};
use chime_sdk::{Client, Config};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let chime = Chime::new();
    let sample = chime.populate(1000);
    chime.set_faults(Faults {
        // Two batches per second are accepted, and one response in ten is lost.
        rate: Some(2.0),
        reset_after: 0.1,
        refuse: vec![
            // Some are always refused, and some on the first try.
            Refuse::new("*77", "Forbidden"),
            Refuse::new("*5", "ServiceFailure").times(1),
        ],
        only: vec!["BatchCreateRoomMembership".to_owned()],
        ..Faults::default()
    })?;
    let server = Server::start_with(chime, ([127, 0, 0, 1], 0).into()).await?;
    let client = Client::from_conf(
        Config::builder()
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "example"))
            .endpoint_url(server.url())
            .build(),
    );

    let members = sample.user_ids.into_iter().map(|id| {
        MembershipItem::builder()
            .member_id(id)
            .role(RoomMembershipRole::Member)
            .build()
    });
    let mut run = client
        .batch_create_room_membership()
        .account_id(&sample.account_id)
        .room_id(&sample.room_id)
        .send_all(members)
        .config(BatchConfig::new().concurrency(4));
    let handle = run.handle();
    while let Some(outcome) = run.next().await {
        if let ItemStatus::Refused { code, message, .. } = &outcome.status {
            println!(
                "{}: {} ({})",
                outcome.item.member_id().unwrap_or("?"),
                code.as_deref().unwrap_or("no code"),
                message.as_deref().unwrap_or("no message"),
            );
        }
    }
    let report = handle.report();
    println!("{:#?}", report.counts);
    println!("{} are worth another run", report.remaining().count());
    server.stop().await;
    Ok(())
}
