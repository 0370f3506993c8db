//! Parts of `docs/configuration.md` and `docs/blocking.md`. The environment of a test has no credentials, so what
//! reads it is compiled only.
#![allow(dead_code, reason = "it is compiled, not run")]

use chime_local::Chime;

async fn from_env() {
    // ANCHOR: from_env
    let chime = chime_sdk::Client::from_env().await;
    // ANCHOR_END: from_env
    drop(chime);
}

async fn changed_on_the_way() {
    // ANCHOR: changed
    // For this client alone.
    let config = chime_sdk::Config::from_env().await;
    let config = config.to_builder().endpoint_url("http://localhost:8080");
    let chime = chime_sdk::Client::from_conf(config.build());

    // For the clients of several services.
    let shared = chime_sdk::config::from_env().profile_name("staging");
    let shared = shared.load().await;
    let staged = chime_sdk::Client::new(&shared);
    let meetings = chime_sdk_meetings::Client::new(&shared);
    // ANCHOR_END: changed
    drop((chime, staged, meetings));
}

async fn aws_config_by_hand() {
    // ANCHOR: aws_config
    use aws_config::BehaviorVersion;
    use chime_sdk::config::default_http_client;

    let config = aws_config::defaults(BehaviorVersion::latest())
        .http_client(default_http_client())
        .load()
        .await;
    // ANCHOR_END: aws_config
    drop(config);
}

fn blocking_aws_config() -> Result<(), Box<dyn std::error::Error>> {
    // ANCHOR: block_on
    use aws_config::BehaviorVersion;
    use chime_sdk::blocking::{Client, block_on};

    let config = block_on(aws_config::load_defaults(BehaviorVersion::latest()))?;
    let client = Client::new(&config);
    // ANCHOR_END: block_on
    drop(client);
    Ok(())
}

#[tokio::test]
async fn a_presigned_request() -> Result<(), Box<dyn std::error::Error>> {
    let client = chime_sdk::Client::from_conf(super::config(&Chime::new()));
    // ANCHOR: presigned
    use chime_sdk::presigning::PresigningConfig;
    use std::time::Duration;

    let config = PresigningConfig::expires_in(Duration::from_secs(900))?;
    let request = client.get_room().account_id("a").room_id("r");
    let request = request.presigned(config).await?;
    println!("{} {}", request.method(), request.uri());
    // ANCHOR_END: presigned
    assert!(request.uri().contains("X-Amz-Signature="));
    Ok(())
}
