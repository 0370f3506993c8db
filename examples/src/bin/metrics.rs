//! Metrics: counts calls by operation and outcome, prints a histogram of their durations, and names slow calls.

use chime_local::Server;
use chime_sdk::config::{Credentials, FinishedCall, Region, on_call};
use chime_sdk::{Client, Config};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The limits of the histogram's buckets, in milliseconds.
const BUCKETS: [u64; 4] = [1, 5, 25, 100];

/// From which duration a call is slow.
const SLOW: Duration = Duration::from_millis(100);

#[derive(Debug, Default)]
struct Metrics {
    /// By operation and outcome.
    counts: BTreeMap<(String, String), u64>,
    durations: [u64; BUCKETS.len() + 1],
}

impl Metrics {
    fn add(&mut self, call: &FinishedCall<'_>) {
        let outcome = call.error().unwrap_or("ok");
        let key = (call.operation().to_owned(), outcome.to_owned());
        *self.counts.entry(key).or_default() += 1;
        let milliseconds = call.duration().as_millis();
        let bucket = BUCKETS
            .iter()
            .position(|limit| milliseconds < u128::from(*limit));
        self.durations[bucket.unwrap_or(BUCKETS.len())] += 1;
        if call.duration() >= SLOW {
            println!(
                "slow: {} took {:?} in {} attempts (request ID: {})",
                call.operation(),
                call.duration(),
                call.attempts(),
                call.request_id().unwrap_or("none"),
            );
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = Server::start(0).await?;
    let metrics: Arc<Mutex<Metrics>> = Arc::default();
    let of_calls = metrics.clone();
    let config = Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("local", "local", None, None, "example"))
        .endpoint_url(server.url())
        .interceptor(on_call(move |call| {
            let metrics = of_calls.lock();
            metrics.unwrap_or_else(PoisonError::into_inner).add(call);
        }))
        .build();
    let chime = Client::from_conf(config);

    for number in 1..=20 {
        chime
            .create_account()
            .name(format!("Account {number}"))
            .send()
            .await?;
    }
    // There is no such account.
    let missing = chime
        .get_account()
        .account_id("00000000-0000-4000-8000-000000000000");
    if let Err(error) = missing.send().await {
        println!("{}", error.into_service_error());
    }
    server.stop().await;

    let metrics = metrics.lock().unwrap_or_else(PoisonError::into_inner);
    for ((operation, outcome), count) in &metrics.counts {
        println!("{operation:<16} {outcome:<20} {count:>4}");
    }
    for (bucket, count) in metrics.durations.iter().enumerate() {
        match BUCKETS.get(bucket) {
            Some(limit) => println!("< {limit:>3} ms {count:>4}"),
            None => println!("  longer {count:>4}"),
        }
    }
    Ok(())
}
