//! Reads a list as a stream, leaves it, and resumes it from a token.

use chime_local::Server;
use chime_sdk::config::{Credentials, Region};
use chime_sdk::{Client, Config};
use futures_util::TryStreamExt;

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
    for number in 1..=25 {
        let name = format!("Room {number}");
        let request = chime.create_room().account_id(account).name(name);
        request.send().await?;
    }

    // A paginator is a stream of pages.
    let list = chime.list_rooms().account_id(account);
    let mut pages = list.clone().into_paginator().page_size(10);
    if let Some(page) = pages.try_next().await? {
        println!("a page of {} rooms", page.rooms().len());
    }

    // The token of the next page. Another process may continue with it.
    let token = pages.next_token().cloned();

    // The items of the rest are a stream, too.
    let rest = list.into_paginator().starting_token(token).items();
    let names = rest.map_ok(|room| room.name.unwrap_or_default());
    let names: Vec<String> = names.try_collect().await?;
    if let [first, .., last] = names.as_slice() {
        println!("{} more, from {first} to {last}", names.len());
    }

    server.stop().await;
    Ok(())
}
