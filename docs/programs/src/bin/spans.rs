//! Prints the spans of a call that succeeds with its second attempt.

use chime_local::{Chime, Fail, Faults, Server};
use chime_sdk::config::{Credentials, Region};
use chime_sdk::{Client, Config};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tracing_subscriber::fmt()
        .with_env_filter("smithy_client=debug")
        .with_ansi(false)
        .without_time()
        .init();

    // A service that fails half of all requests.
    let local = Chime::new();
    local.set_faults(Faults {
        fail: vec![Fail::new("ServiceUnavailableException", 0.5)],
        ..Faults::default()
    })?;
    let server = Server::start_with(local, ([127, 0, 0, 1], 0).into()).await?;
    let config = Config::builder()
        .endpoint_url(server.url())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("any", "any", None, None, "guide"))
        .build();
    let chime = Client::from_conf(config);

    chime.list_accounts().send().await?;

    server.stop().await;
    Ok(())
}
