//! Calls operations by their names.

use chime_local::Server;
use chime_sdk::config::{Credentials, Region};
use chime_sdk::dynamic::{Document, object};
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

    // The operations whose names begin with `CreateRoom`.
    for operation in Client::operations() {
        if operation.name.starts_with("CreateRoom") {
            println!("{}: {}", operation.name, operation.shape().docs.summary());
        }
    }

    // Inputs and outputs are documents, whose members have their names in the model.
    for name in ["First", "Second"] {
        let input = object([("Name", name.into())]);
        chime.call("CreateAccount", input).await?;
    }
    let listed = chime.call("ListAccounts", object([])).all_pages().await?;
    let accounts = listed.as_object().and_then(|it| it.get("Accounts"));
    let accounts = accounts.and_then(Document::as_array).map_or(0, Vec::len);
    println!("accounts: {accounts}");

    // Nothing is sent if the input is wrong.
    let input = object([("Nmae", "Third".into())]);
    if let Err(error) = chime.call("CreateAccount", input).await {
        println!("{error}");
    }

    server.stop().await;
    Ok(())
}
