//! Calls moto's server through clients of eight services, which speak five protocols. The argument is the
//! server's URL.

use dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType,
    ScalarAttributeType,
};
use std::error::Error;

type Outcome = Result<(), Box<dyn Error>>;

/// The configuration of every client.
macro_rules! config {
    ($service:ident, $url:expr) => {
        $service::Config::builder()
            .behavior_version($service::config::BehaviorVersion::latest())
            .region($service::config::Region::new("us-east-1"))
            .endpoint_url($url)
            .credentials_provider($service::config::Credentials::new(
                "access-key",
                "secret-key",
                None,
                None,
                "moto",
            ))
            .build()
    };
}

mod s3;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let url = std::env::args().nth(1).ok_or("usage: moto URL")?;
    sts(&url).await?;
    dynamodb(&url).await?;
    sqs(&url).await?;
    route53(&url).await?;
    ec2(&url).await?;
    glacier(&url).await?;
    apigateway(&url).await?;
    s3::run(&url).await
}

/// awsQuery.
async fn sts(url: &str) -> Outcome {
    let client = sts::Client::from_conf(config!(sts, url));
    let identity = client.get_caller_identity().send().await?;
    let assumed = client
        .assume_role()
        .role_arn("arn:aws:iam::123456789012:role/reader")
        .role_session_name("session")
        .send()
        .await?;
    let credentials = assumed.credentials().ok_or("no credentials")?;
    println!(
        "sts: account {}, key {}...",
        identity.account().ok_or("no account")?,
        &credentials.access_key_id()[..4]
    );
    Ok(())
}

fn string(value: &str) -> AttributeValue {
    AttributeValue::builder().s(value).build()
}

fn number(value: &str) -> AttributeValue {
    AttributeValue::builder().n(value).build()
}

/// awsJson1_0.
async fn dynamodb(url: &str) -> Outcome {
    let client = dynamodb::Client::from_conf(config!(dynamodb, url));
    let id = AttributeDefinition::builder()
        .attribute_name("id")
        .attribute_type(ScalarAttributeType::S)
        .build()?;
    let key = KeySchemaElement::builder()
        .attribute_name("id")
        .key_type(KeyType::Hash)
        .build()?;
    client
        .create_table()
        .table_name("rooms")
        .attribute_definitions(id)
        .key_schema(key)
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await?;
    for id in ["a", "b"] {
        client
            .put_item()
            .table_name("rooms")
            .item("id", string(id))
            .item("seats", number("12"))
            .send()
            .await?;
    }
    let read = client
        .get_item()
        .table_name("rooms")
        .key("id", string("a"))
        .send()
        .await?;
    let item = read.item().ok_or("the item is not there")?;
    assert_eq!(item["seats"], number("12"));
    let missing = client.delete_table().table_name("none").send().await;
    let error = missing.expect_err("no such table").into_service_error();
    assert!(error.is_resource_not_found_exception(), "{error}");
    client.delete_table().table_name("rooms").send().await?;
    println!("dynamodb: wrote, read and deleted");
    Ok(())
}

/// awsJson1_0 with the errors of awsQuery.
async fn sqs(url: &str) -> Outcome {
    let client = sqs::Client::from_conf(config!(sqs, url));
    let created = client.create_queue().queue_name("rooms").send().await?;
    let queue = created.queue_url().ok_or("no URL")?;
    client
        .send_message()
        .queue_url(queue)
        .message_body("hello")
        .send()
        .await?;
    let received = client.receive_message().queue_url(queue).send().await?;
    let message = received.messages().first().ok_or("no message")?;
    assert_eq!(message.body(), Some("hello"));
    client
        .delete_message()
        .queue_url(queue)
        .receipt_handle(message.receipt_handle().ok_or("no handle")?)
        .send()
        .await?;
    client.delete_queue().queue_url(queue).send().await?;
    let gone = client.get_queue_url().queue_name("rooms").send().await;
    let error = gone.expect_err("no such queue").into_service_error();
    assert!(error.is_queue_does_not_exist(), "{error}");
    println!("sqs: sent, received and deleted");
    Ok(())
}

/// restXml.
async fn route53(url: &str) -> Outcome {
    let client = route53::Client::from_conf(config!(route53, url));
    let created = client
        .create_hosted_zone()
        .name("example.com")
        .caller_reference("1")
        .send()
        .await?;
    let zone = created.hosted_zone().ok_or("no zone")?;
    let zones = client.list_hosted_zones().send().await?;
    assert_eq!(zones.hosted_zones().len(), 1);
    assert_eq!(zones.hosted_zones()[0].name(), "example.com.");
    // The prefix of the ID does not belong into paths.
    let id = zone.id();
    assert!(id.starts_with("/hostedzone/"), "{id}");
    client.delete_hosted_zone().id(id).send().await?;
    let gone = client.get_hosted_zone().id(id).send().await;
    let error = gone.expect_err("no such zone").into_service_error();
    assert!(error.is_no_such_hosted_zone(), "{error}");
    println!("route53: created, listed and deleted");
    Ok(())
}

/// ec2Query.
async fn ec2(url: &str) -> Outcome {
    let client = ec2::Client::from_conf(config!(ec2, url));
    let created = client.create_vpc().cidr_block("10.0.0.0/16").send().await?;
    let vpc = created.vpc().and_then(|vpc| vpc.vpc_id()).ok_or("no ID")?;
    let found = client.describe_vpcs().vpc_ids(vpc).send().await?;
    assert_eq!(found.vpcs()[0].cidr_block(), Some("10.0.0.0/16"));
    client.delete_vpc().vpc_id(vpc).send().await?;
    let gone = client.describe_vpcs().vpc_ids(vpc).send().await;
    let error = gone.expect_err("no such VPC").into_service_error();
    assert_eq!(
        error.meta().code(),
        Some("InvalidVpcID.NotFound"),
        "{error}"
    );
    println!("ec2: created, found and deleted");
    Ok(())
}

/// restJson1, with headers that the service requires beyond its model.
async fn glacier(url: &str) -> Outcome {
    let client = glacier::Client::from_conf(config!(glacier, url));
    client.create_vault().vault_name("vault").send().await?;
    let archive = glacier::primitives::ByteStream::from_static(b"hello world");
    let uploaded = client
        .upload_archive()
        .vault_name("vault")
        .body(archive)
        .send()
        .await?;
    assert!(uploaded.archive_id().is_some_and(|id| !id.is_empty()));
    let vaults = client.list_vaults().send().await?;
    assert_eq!(vaults.vault_list()[0].vault_name(), Some("vault"));
    client.delete_vault().vault_name("vault").send().await?;
    println!("glacier: created, uploaded, listed and deleted");
    Ok(())
}

/// restJson1, which the service speaks only if it is asked to.
async fn apigateway(url: &str) -> Outcome {
    let client = apigateway::Client::from_conf(config!(apigateway, url));
    let created = client.create_rest_api().name("rooms").send().await?;
    let apis = client.get_rest_apis().send().await?;
    assert_eq!(apis.items()[0].name(), Some("rooms"));
    let id = created.id().ok_or("no ID")?;
    client.delete_rest_api().rest_api_id(id).send().await?;
    println!("apigateway: created, listed and deleted");
    Ok(())
}
