//! Creates an account in a local Chime and lists the accounts.

use chime_local::Server;
use chime_sdk::config::{Credentials, Region};
use chime_sdk::{Client, Config};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A Chime in this process. It needs no AWS account and checks no signatures.
    let server = Server::start(0).await?;
    let config = Config::builder()
        .endpoint_url(server.url())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("any", "any", None, None, "guide"))
        .build();
    let chime = Client::from_conf(config);

    let created = chime.create_account().name("Example").send().await?;
    let account = created.account().ok_or("the response has no account")?;
    println!("created {}", account.name());

    let listed = chime.list_accounts().send().await?;
    println!("accounts: {}", listed.accounts().len());

    server.stop().await;
    Ok(())
}
