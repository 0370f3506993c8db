//! Adds members to a room and lists them, without `async`.

use chime_local::{Chime, Server};
use chime_sdk::Config;
use chime_sdk::blocking::{Client, block_on};
use chime_sdk::config::{Credentials, Region};
use chime_sdk::types::{MembershipItem, RoomMembershipRole};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // `block_on` runs any future, such as that of the server.
    let local = Chime::new();
    let sample = local.populate(120);
    let server = block_on(Server::start_with(local, ([127, 0, 0, 1], 0).into()))??;
    let config = Config::builder()
        .endpoint_url(server.url())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("any", "any", None, None, "guide"))
        .build();
    let chime = Client::from_conf(config);

    // `send()` returns the result.
    let request = chime.get_room().account_id(&sample.account_id);
    let output = request.room_id(&sample.room_id).send()?;
    println!("{}", output.room().and_then(|it| it.name()).unwrap_or("?"));

    // A batch run is an iterator over outcomes.
    let members = sample.user_ids.into_iter().map(|user| {
        MembershipItem::builder()
            .member_id(user)
            .role(RoomMembershipRole::Member)
            .build()
    });
    let run = chime
        .batch_create_room_membership()
        .account_id(&sample.account_id)
        .room_id(&sample.room_id)
        .send_all(members);
    println!("added {}", run.report().counts.done);

    // A paginator is an iterator over pages.
    let pages = chime
        .list_room_memberships()
        .account_id(&sample.account_id)
        .room_id(&sample.room_id)
        .into_paginator()
        .page_size(50)
        .send();
    for page in pages {
        println!("a page of {}", page?.room_memberships().len());
    }

    block_on(server.stop())?;
    Ok(())
}
