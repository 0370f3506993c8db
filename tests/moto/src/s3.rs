//! Amazon S3: buckets and objects, with checksums, pages, waiters and a presigned request.

use crate::Outcome;
use s3::Client;
use s3::client::Waiters;
use s3::presigning::PresigningConfig;
use s3::primitives::ByteStream;
use s3::types::{BucketLocationConstraint, CreateBucketConfiguration};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const BUCKET: &str = "rooms";
const WAIT: Duration = Duration::from_secs(10);

pub(crate) async fn run(url: &str) -> Outcome {
    let client = Client::from_conf(config!(s3, url));
    buckets(&client).await?;
    objects(&client).await?;
    pages(&client).await?;
    presigned(&client).await?;
    clean_up(&client).await?;
    println!("s3: created, wrote, read, listed, copied, presigned and deleted");
    Ok(())
}

async fn buckets(client: &Client) -> Outcome {
    let missing = client.head_bucket().bucket(BUCKET).send().await;
    let error = missing.expect_err("no such bucket").into_service_error();
    assert_eq!(error.meta().code(), Some("NotFound"), "{error}");
    client
        .wait_until_bucket_not_exists()
        .bucket(BUCKET)
        .wait(WAIT)
        .await?;
    client.create_bucket().bucket(BUCKET).send().await?;
    client
        .wait_until_bucket_exists()
        .bucket(BUCKET)
        .wait(WAIT)
        .await?;
    let elsewhere = CreateBucketConfiguration::builder()
        .location_constraint(BucketLocationConstraint::EuWest1)
        .build();
    client
        .create_bucket()
        .bucket("elsewhere")
        .create_bucket_configuration(elsewhere)
        .send()
        .await?;
    let location = client
        .get_bucket_location()
        .bucket("elsewhere")
        .send()
        .await?;
    assert_eq!(
        location.location_constraint(),
        Some(&BucketLocationConstraint::EuWest1)
    );
    client.delete_bucket().bucket("elsewhere").send().await?;
    Ok(())
}

async fn objects(client: &Client) -> Outcome {
    for (key, text) in [("a/1", "one"), ("a/2", "two"), ("../odd key+&", "odd")] {
        let body = ByteStream::from_static(text.as_bytes());
        let put = client.put_object().bucket(BUCKET).key(key).body(body);
        let put = put.metadata("kind", "test").send().await?;
        assert!(put.checksum_crc32().is_some(), "{put:?}");
        let got = client.get_object().bucket(BUCKET).key(key).send().await?;
        assert_eq!(
            got.metadata()
                .and_then(|it| it.get("kind"))
                .map(String::as_str),
            Some("test")
        );
        assert_eq!(got.body.collect().await?.into_bytes(), text.as_bytes());
    }
    let copied = client
        .copy_object()
        .bucket(BUCKET)
        .key("b/1")
        .copy_source(format!("{BUCKET}/a/1"))
        .send()
        .await?;
    assert!(copied.copy_object_result().is_some(), "{copied:?}");
    let missing = client.get_object().bucket(BUCKET).key("none").send().await;
    let error = missing.expect_err("no such object").into_service_error();
    assert!(error.is_no_such_key(), "{error}");
    Ok(())
}

async fn pages(client: &Client) -> Outcome {
    let mut keys = Vec::new();
    let mut pages = client
        .list_objects_v2()
        .bucket(BUCKET)
        .into_paginator()
        .page_size(1)
        .send();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        count += 1;
        for object in page?.contents() {
            keys.extend(object.key().map(str::to_owned));
        }
    }
    assert_eq!(keys, ["../odd key+&", "a/1", "a/2", "b/1"]);
    assert!(count >= 4, "{count} pages");
    Ok(())
}

async fn presigned(client: &Client) -> Outcome {
    let config = PresigningConfig::expires_in(Duration::from_secs(60))?;
    let get = client.get_object().bucket(BUCKET).key("a/1");
    let request = get.presigned(config).await?;
    // Whoever has the URI needs nothing else.
    assert_eq!(request.headers().count(), 0, "{request:?}");
    let (host, path) = request
        .uri()
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once('/'))
        .ok_or("no path")?;
    let mut stream = TcpStream::connect(host).await?;
    let head = format!("GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    let mut response = String::new();
    stream.read_to_string(&mut response).await?;
    assert!(response.starts_with("HTTP/1.1 200"), "{response}");
    assert!(response.ends_with("one"), "{response}");
    Ok(())
}

async fn clean_up(client: &Client) -> Outcome {
    for key in ["a/1", "a/2", "b/1", "../odd key+&"] {
        client
            .delete_object()
            .bucket(BUCKET)
            .key(key)
            .send()
            .await?;
    }
    client
        .wait_until_object_not_exists()
        .bucket(BUCKET)
        .key("a/1")
        .wait(WAIT)
        .await?;
    client.delete_bucket().bucket(BUCKET).send().await?;
    Ok(())
}
