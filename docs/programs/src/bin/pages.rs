//! Lists rooms page by page, and all at once.

use chime_local::Server;
use chime_sdk::config::{Credentials, Region};
use chime_sdk::{Client, Config};

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
        chime
            .create_room()
            .account_id(account)
            .name(name)
            .send()
            .await?;
    }

    // The next page is requested when the program asks for it.
    let list = chime.list_rooms().account_id(account);
    let mut pages = list.clone().into_paginator().page_size(10).send();
    while let Some(page) = pages.next().await {
        println!("a page of {} rooms", page?.rooms().len());
    }

    // All pages, or the first error.
    let pages = list.into_paginator().send();
    let pages = pages.collect::<Result<Vec<_>, _>>().await?;
    let rooms = pages.iter().flat_map(|page| page.rooms());
    println!("{} rooms in total", rooms.count());

    server.stop().await;
    Ok(())
}
