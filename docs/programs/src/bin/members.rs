//! Adds 200 members to a room and reports who was not added.

use chime_local::{Chime, Faults, Refuse, Server};
use chime_sdk::batch::ItemStatus;
use chime_sdk::config::{Credentials, Region};
use chime_sdk::types::{MembershipItem, RoomMembershipRole};
use chime_sdk::{Client, Config};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // An account with 200 users and an empty room. The service will not accept every user.
    let local = Chime::new();
    let sample = local.populate(200);
    local.set_faults(Faults {
        refuse: vec![
            Refuse::new("*77", "Forbidden"),
            Refuse::new("*5", "Throttled").times(1),
        ],
        ..Faults::default()
    })?;
    let server = Server::start_with(local, ([127, 0, 0, 1], 0).into()).await?;
    let config = Config::builder()
        .endpoint_url(server.url())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("any", "any", None, None, "guide"))
        .build();
    let chime = Client::from_conf(config);

    // One request takes 50 members. `send_all` takes any number.
    let members = sample.user_ids.into_iter().map(|user| {
        MembershipItem::builder()
            .member_id(user)
            .role(RoomMembershipRole::Member)
            .build()
    });
    let mut run = chime
        .batch_create_room_membership()
        .account_id(&sample.account_id)
        .room_id(&sample.room_id)
        .send_all(members);

    // An outcome for each member, as soon as it is known.
    let handle = run.handle();
    while let Some(outcome) = run.next().await {
        if let ItemStatus::Refused { code, .. } = &outcome.status {
            let member = outcome.item.member_id().unwrap_or("?");
            println!("refused {member}: {}", code.as_deref().unwrap_or("no code"));
        }
    }
    let report = handle.report();
    println!("added {} of {}", report.counts.done, report.counts.items);
    println!("{} for another run", report.remaining().count());

    server.stop().await;
    Ok(())
}
