//! Parts of `docs/local-chime.md`.

// ANCHOR: in_tests
#[tokio::test]
async fn an_account_is_created() -> Result<(), chime_sdk::Error> {
    use chime_sdk::config::{Credentials, Region};

    let chime = chime_local::Chime::new();
    let config = chime_sdk::Config::builder()
        .http_client(chime.http_client())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("any", "any", None, None, "test"));
    let client = chime_sdk::Client::from_conf(config.build());

    client.create_account().name("Example").send().await?;

    assert_eq!(chime.counts().of("CreateAccount"), 1);
    Ok(())
}
// ANCHOR_END: in_tests
