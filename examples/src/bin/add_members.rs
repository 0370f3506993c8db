//! Adds members to a room, and prints who was added and who was not.
//!
//! It starts a local Chime and runs against it. `cargo xtask demo` runs it. For the real service, only
//! `client()` has to change.

use chime_local::Server;
use chime_sdk::config::{BehaviorVersion, Credentials, Region};
use chime_sdk::types::{Member, MembershipItem, RoomMembership, RoomMembershipRole};
use chime_sdk::{Client, Config};
use std::error::Error;

/// The error of any step of the program.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> std::process::ExitCode {
    match run().await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            // The error of a call shows only its kind; its source shows the cause.
            let cause = error.source().map(|cause| format!(": {cause}"));
            eprintln!("error: {error}{}", cause.unwrap_or_default());
            std::process::ExitCode::FAILURE
        }
    }
}

/// Creates a client for the local Chime. For the real service, with region and credentials from the
/// environment:
///
/// ```ignore
/// Client::new(&aws_config::load_defaults(BehaviorVersion::latest()).await)
/// ```
fn client(endpoint: String) -> Client {
    Client::from_conf(
        Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("local", "local", None, None, "example"))
            .endpoint_url(endpoint)
            .build(),
    )
}

async fn run() -> Result<()> {
    let server = Server::start(0).await?;
    println!("A local Chime listens on {}.\n", server.url());
    let chime = client(server.url());

    let account_id = create_account(&chime).await?;
    let ada = create_user(&chime, &account_id, "ada").await?;
    let grace = create_user(&chime, &account_id, "grace").await?;
    let bot = create_bot(&chime, &account_id).await?;
    let room_id = create_room(&chime, &account_id).await?;

    // Grace is already in the room, and the last ID does not exist.
    chime
        .create_room_membership()
        .account_id(&account_id)
        .room_id(&room_id)
        .member_id(&grace)
        .role(RoomMembershipRole::Member)
        .send()
        .await?;
    let batch = [
        (ada.as_str(), RoomMembershipRole::Administrator),
        (bot.as_str(), RoomMembershipRole::Member),
        (grace.as_str(), RoomMembershipRole::Administrator),
        (
            "00000000-0000-4000-8000-000000000000",
            RoomMembershipRole::Member,
        ),
    ];
    let items = batch
        .iter()
        .map(|(id, role)| {
            MembershipItem::builder()
                .member_id(*id)
                .role(role.clone())
                .build()
        })
        .collect();
    let answer = chime
        .batch_create_room_membership()
        .account_id(&account_id)
        .room_id(&room_id)
        .set_membership_item_list(Some(items))
        .send()
        .await?;

    let refused = answer.errors();
    println!("BatchCreateRoomMembership: {} requested", batch.len());
    println!("  added:");
    for (id, role) in &batch {
        if refused.iter().all(|error| error.member_id() != Some(id)) {
            println!("    {id}  {role}");
        }
    }
    println!("  not added:");
    for error in refused {
        println!(
            "    {}  {}: {}",
            error.member_id().unwrap_or("?"),
            error.error_code().map_or("?", |code| code.as_str()),
            error.error_message().unwrap_or("?")
        );
    }

    println!("\nThe members of the room:");
    for membership in members(&chime, &account_id, &room_id).await? {
        show(&membership);
    }

    // A request that is refused as a whole returns an error.
    let error = chime
        .get_room()
        .account_id(&account_id)
        .room_id("no-such-room")
        .send()
        .await
        .err();
    if let Some(error) = error {
        let error = error.into_service_error();
        println!("\nA refused request:\n    {error}");
    }
    server.stop().await;
    Ok(())
}

fn show(membership: &RoomMembership) {
    let member: Option<&Member> = membership.member();
    println!(
        "    {}  {:<13}  {:<4}  {}",
        member.and_then(Member::member_id).unwrap_or("?"),
        membership.role().map_or("?", |role| role.as_str()),
        member
            .and_then(Member::member_type)
            .map_or("?", |kind| kind.as_str()),
        member.and_then(Member::full_name).unwrap_or("?"),
    );
}

/// Returns all members of the room, page by page.
async fn members(chime: &Client, account: &str, room: &str) -> Result<Vec<RoomMembership>> {
    let mut pages = chime
        .list_room_memberships()
        .account_id(account)
        .room_id(room)
        .into_paginator()
        .send();
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        found.extend_from_slice(page?.room_memberships());
    }
    Ok(found)
}

async fn create_account(chime: &Client) -> Result<String> {
    let created = chime.create_account().name("Example").send().await?;
    let account = created
        .account()
        .ok_or("the response contains no account")?;
    println!("account  {}", account.account_id());
    Ok(account.account_id().to_owned())
}

async fn create_user(chime: &Client, account: &str, name: &str) -> Result<String> {
    let created = chime
        .create_user()
        .account_id(account)
        .username(name)
        .email(format!("{name}@example.com"))
        .send()
        .await?;
    let user = created.user().ok_or("the response contains no user")?;
    println!("user     {}  {name}", user.user_id());
    Ok(user.user_id().to_owned())
}

async fn create_bot(chime: &Client, account: &str) -> Result<String> {
    let created = chime
        .create_bot()
        .account_id(account)
        .display_name("helper")
        .send()
        .await?;
    let bot = created.bot().and_then(|bot| bot.bot_id());
    let bot = bot.ok_or("the response contains no bot")?;
    println!("bot      {bot}  helper");
    Ok(bot.to_owned())
}

async fn create_room(chime: &Client, account: &str) -> Result<String> {
    let created = chime
        .create_room()
        .account_id(account)
        .name("Example room")
        .send()
        .await?;
    let room = created.room().and_then(|room| room.room_id());
    let room = room.ok_or("the response contains no room")?;
    println!("room     {room}\n");
    Ok(room.to_owned())
}
