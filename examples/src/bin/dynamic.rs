//! Calls operations by their names, with documents, against a local Chime.
//!
//! ```console
//! $ cargo run -p chime-examples --bin dynamic
//! ```

use chime_local::Chime;
use chime_sdk::Client;
use chime_sdk::config::{Builder, Credentials, Region};
use chime_sdk::dynamic::{Document, DynamicError, object};

#[tokio::main]
async fn main() -> Result<(), DynamicError> {
    let config = Builder::new()
        .behavior_version_latest()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("id", "secret", None, None, "example"))
        .endpoint_url("http://localhost")
        .http_client(Chime::new().http_client());
    let client = Client::from_conf(config.build());

    // What operations on accounts there are, and what they need.
    for operation in Client::operations() {
        if operation.name.ends_with("Account") {
            let shape = operation.shape();
            println!("{}: {}", operation.name, shape.docs.summary());
            for member in shape.input.members.iter().filter(|it| it.required) {
                println!("    {} ({})", member.name, member.shape());
            }
        }
    }

    for name in ["First", "Second", "Third"] {
        client
            .call("CreateAccount", object([("Name", name.into())]))
            .await?;
    }
    let pages = object([("MaxResults", Document::from(2))]);
    let all = client.call("ListAccounts", pages).all_pages().await?;
    let accounts = member(&all, "Accounts").and_then(Document::as_array);
    for account in accounts.into_iter().flatten() {
        let text = |name| member(account, name).and_then(Document::as_string);
        println!(
            "{:?}, created at {:?}",
            text("Name"),
            text("CreatedTimestamp")
        );
    }

    // Nothing is sent: the error names what is wrong.
    let wrong = object([("AccountID", Document::from(17))]);
    if let Err(error) = client.call("GetAccount", wrong).await {
        println!("{error}");
    }
    Ok(())
}

fn member<'d>(document: &'d Document, name: &str) -> Option<&'d Document> {
    document.as_object()?.get(name)
}
