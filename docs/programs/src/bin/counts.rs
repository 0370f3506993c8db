//! Counts calls by operation and outcome.

use chime_local::Server;
use chime_sdk::config::{Credentials, Region, on_call};
use chime_sdk::{Client, Config};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let counts = Arc::new(Mutex::new(BTreeMap::<String, u32>::new()));

    // The function is called when a call is over.
    let shared = Arc::clone(&counts);
    let count = on_call(move |call| {
        let outcome = call.error().unwrap_or("ok");
        let key = format!("{} {outcome}", call.operation());
        let mut counts = shared.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry(key).or_default() += 1;
    });

    let server = Server::start(0).await?;
    let config = Config::builder()
        .endpoint_url(server.url())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("any", "any", None, None, "guide"))
        .interceptor(count)
        .build();
    let chime = Client::from_conf(config);

    for name in ["First", "Second", "Third"] {
        chime.create_account().name(name).send().await?;
    }
    let missing = chime.get_account().account_id("no-such-account").send();
    assert!(missing.await.is_err());
    // The member is missing, so there was no attempt.
    assert!(chime.get_account().send().await.is_err());

    for (key, count) in &*counts.lock().unwrap_or_else(PoisonError::into_inner) {
        println!("{key}: {count}");
    }
    server.stop().await;
    Ok(())
}
