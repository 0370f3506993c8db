//! Checksums of requests and responses, compressed requests, and streams whose length must be known.

mod common;

use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use common::response;
use fixture_checksums::config::{
    Builder, Credentials, Region, RequestChecksumCalculation, ResponseChecksumValidation,
};
use fixture_checksums::types::{Algorithm, Mode};
use fixture_checksums::{Client, Config};
use http_body_util::{BodyExt, StreamBody};
use smithy_client::config::SdkConfig;
use smithy_operation::error::DisplayErrorContext;
use smithy_operation::presigning::PresigningConfig;
use std::io::Read;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The last request: its headers as text, and its body.
type Sent = Arc<Mutex<Option<(http::HeaderMap, Vec<u8>)>>>;

fn client(
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    change: impl FnOnce(Builder) -> Builder,
) -> (Client, Sent) {
    let sent = Sent::default();
    let log = sent.clone();
    let http_client = infallible_client_fn(move |request: http::Request<SdkBody>| {
        let (head, body_sent) = request.into_parts();
        let bytes = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().build();
            let runtime = runtime.expect("a runtime");
            let body = runtime.block_on(BodyExt::collect(body_sent));
            body.expect("a body").to_bytes().to_vec()
        });
        let bytes = bytes.join().expect("no panic");
        *log.lock().expect("not poisoned") = Some((head.headers, bytes));
        response(200, headers, body).map(SdkBody::from)
    });
    let config = Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "tests"))
        .endpoint_url("https://service.example")
        .http_client(http_client);
    (Client::from_conf(change(config).build()), sent)
}

fn take(sent: &Sent) -> (http::HeaderMap, Vec<u8>) {
    let sent = sent.lock().expect("not poisoned").take();
    sent.expect("a request")
}

fn header<'h>(headers: &'h http::HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).map(|value| value.to_str().expect("text"))
}

/// A stream of pieces that is not in memory, with or without a length.
fn stream(pieces: &'static [&'static str], length: Option<u64>) -> ByteStream {
    struct Sized(StreamBody<futures_util::stream::Iter<Frames>>, Option<u64>);
    type Frames = std::vec::IntoIter<Result<http_body::Frame<bytes::Bytes>, std::io::Error>>;

    impl http_body::Body for Sized {
        type Data = bytes::Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            mut self: std::pin::Pin<&mut Self>,
            context: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<bytes::Bytes>, std::io::Error>>>
        {
            std::pin::Pin::new(&mut self.0).poll_frame(context)
        }

        fn size_hint(&self) -> http_body::SizeHint {
            self.1
                .map_or_else(Default::default, http_body::SizeHint::with_exact)
        }
    }

    let body = SdkBody::retryable(move || {
        let frames: Vec<_> = pieces
            .iter()
            .map(|piece| {
                Ok(http_body::Frame::data(bytes::Bytes::from_static(
                    piece.as_bytes(),
                )))
            })
            .collect();
        let frames = StreamBody::new(futures_util::stream::iter(frames));
        SdkBody::from_body_1_x(Sized(frames, length))
    });
    ByteStream::new(body)
}

#[tokio::test]
async fn a_request_has_the_checksum_of_its_body() {
    let (client, sent) = client(&[], "", |config| config);
    // Computed by zlib and hashlib of Python: the body is {"Name":"hello"}.
    for (algorithm, name, expected) in [
        (None, "crc32", "y0ffYg=="),
        (Some(Algorithm::Crc32), "crc32", "y0ffYg=="),
        (
            Some(Algorithm::Sha1),
            "sha1",
            "WLDJus8DNgZp4iWsGPKL+8ywAgA=",
        ),
    ] {
        let call = client.put_thing().name("hello");
        let result = call.set_checksum_algorithm(algorithm.clone()).send().await;
        result.unwrap_or_else(|error| panic!("{}", DisplayErrorContext(error)));
        let (headers, body) = take(&sent);
        assert_eq!(body, br#"{"Name":"hello"}"#);
        let value = header(&headers, &format!("x-amz-checksum-{name}"));
        assert_eq!(value, Some(expected), "{algorithm:?}");
        let named = header(&headers, "x-amz-sdk-checksum-algorithm");
        assert_eq!(named, Some(name.to_uppercase().as_str()));
        let signed = header(&headers, "authorization").expect("signed");
        assert!(
            signed.contains(&format!("x-amz-checksum-{name}")),
            "{signed}"
        );
    }
    let own = client.put_thing().checksum_crc32("own").send().await;
    assert!(own.is_ok(), "{own:?}");
    let (headers, _) = take(&sent);
    assert_eq!(header(&headers, "x-amz-checksum-crc32"), Some("own"));
    assert_eq!(header(&headers, "x-amz-sdk-checksum-algorithm"), None);
    let unknown = client.put_thing().checksum_algorithm(Algorithm::Md5);
    let error = unknown.send().await.expect_err("not supported");
    let error = DisplayErrorContext(error).to_string();
    assert!(
        error.contains("`MD5` is not supported: use one of CRC64NVME"),
        "{error}"
    );
}

#[tokio::test]
async fn a_checksum_that_is_not_required_can_be_switched_off() {
    let when = RequestChecksumCalculation::WhenRequired;
    let shared = SdkConfig::builder()
        .request_checksum_calculation(when)
        .build();
    assert_eq!(
        Config::new(&shared).request_checksum_calculation(),
        Some(&when)
    );
    let (client, sent) = client(&[], "", |config| config.request_checksum_calculation(when));
    let put = client.put_stream().body(ByteStream::from_static(b"hello"));
    put.send().await.expect("sent");
    let (headers, _) = take(&sent);
    assert_eq!(header(&headers, "x-amz-checksum-crc32"), None);
    client.put_thing().send().await.expect("sent");
    let (headers, _) = take(&sent);
    assert!(header(&headers, "x-amz-checksum-crc32").is_some());
}

#[tokio::test]
async fn a_stream_is_followed_by_its_checksum() {
    let (client, sent) = client(&[], "", |config| config);
    // In memory, it is a header.
    let put = client.put_stream().body(ByteStream::from_static(b"hello"));
    put.send().await.expect("sent");
    let (headers, body) = take(&sent);
    assert_eq!(header(&headers, "x-amz-checksum-crc32"), Some("NhCmhg=="));
    assert_eq!(body, b"hello");
    let put = client.put_stream().body(stream(&["hel", "lo"], Some(5)));
    put.send().await.expect("sent");
    let (headers, body) = take(&sent);
    let body = String::from_utf8(body).expect("text");
    assert_eq!(
        body,
        "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n"
    );
    for (name, value) in [
        ("content-encoding", "aws-chunked"),
        ("content-length", &body.len().to_string()),
        ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
        ("x-amz-decoded-content-length", "5"),
        ("x-amz-sdk-checksum-algorithm", "CRC32"),
        ("x-amz-trailer", "x-amz-checksum-crc32"),
    ] {
        assert_eq!(header(&headers, name), Some(value), "{name}");
    }
    assert_eq!(header(&headers, "x-amz-checksum-crc32"), None);
    let put = client.put_stream().body(stream(&["hel", "lo"], None));
    let error = DisplayErrorContext(put.send().await.expect_err("no length")).to_string();
    assert!(error.contains("needs the stream's length"), "{error}");
}

#[tokio::test]
async fn a_response_is_checked() {
    const BODY: &str = r#"{"Name":"hello"}"#;
    for (headers, is_right) in [
        (&[("x-amz-checksum-crc32", "y0ffYg==")][..], true),
        (&[("x-amz-checksum-crc32", "AAAAAA==")], false),
        (
            &[("x-amz-checksum-sha1", "WLDJus8DNgZp4iWsGPKL+8ywAgA=")],
            true,
        ),
        (&[("x-amz-checksum-sha1", "y0ffYg==")], false),
        // Of several parts, or of an algorithm that is not known.
        (&[("x-amz-checksum-crc32", "AAAAAA==-2")], true),
        (&[("x-amz-checksum-xxhash64", "AAAAAA==")], true),
        (&[], true),
    ] {
        let (client, sent) = self::client(headers, BODY, |config| config);
        let got = client.get_thing().send().await;
        assert_eq!(got.is_ok(), is_right, "{headers:?}: {got:?}");
        if let Err(error) = got {
            let error = DisplayErrorContext(error).to_string();
            assert!(
                error.contains("the body of the response is corrupt"),
                "{error}"
            );
        }
        let (sent, _) = take(&sent);
        assert_eq!(header(&sent, "x-amz-checksum-mode"), Some("ENABLED"));
        let got = client.get_stream().send().await.expect("headers");
        let mut pieces = got.body;
        let mut last = None;
        while let Some(piece) = pieces.next().await {
            last = Some(piece);
        }
        assert_eq!(
            last.is_some_and(|last| last.is_ok()),
            is_right,
            "{headers:?}"
        );
    }
}

#[tokio::test]
async fn checking_responses_can_be_switched_off() {
    let when = ResponseChecksumValidation::WhenRequired;
    let wrong = &[("x-amz-checksum-crc32", "AAAAAA==")];
    let (client, sent) = client(wrong, "{}", |config| {
        config.response_checksum_validation(when)
    });
    client.get_thing().send().await.expect("not checked");
    let (headers, _) = take(&sent);
    assert_eq!(header(&headers, "x-amz-checksum-mode"), None);
    let asked = client.get_thing().checksum_mode(Mode::Enabled);
    assert!(asked.send().await.is_err());
}

#[tokio::test]
async fn a_digest_is_added() {
    let (client, sent) = client(&[], "", |config| config);
    client
        .put_digest()
        .name("hello")
        .send()
        .await
        .expect("sent");
    let (headers, _) = take(&sent);
    assert_eq!(
        header(&headers, "content-md5"),
        Some("4lsRBjI0FoOt8SVKVDHkWw==")
    );
}

fn unzipped(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut decoder = flate2::read::MultiGzDecoder::new(bytes);
    decoder.read_to_string(&mut text).expect("gzip");
    text
}

#[tokio::test]
async fn long_bodies_are_compressed() {
    let (client, sent) = client(&[], "", |config| config);
    client
        .put_metrics()
        .name("short")
        .send()
        .await
        .expect("sent");
    let (headers, body) = take(&sent);
    assert_eq!(header(&headers, "content-encoding"), None);
    assert_eq!(body, br#"{"Name":"short"}"#);
    let long = "x".repeat(20_000);
    client.put_metrics().name(&long).send().await.expect("sent");
    let (headers, body) = take(&sent);
    assert_eq!(header(&headers, "content-encoding"), Some("gzip"));
    let length = body.len().to_string();
    assert_eq!(header(&headers, "content-length"), Some(length.as_str()));
    assert_eq!(unzipped(&body), format!(r#"{{"Name":"{long}"}}"#));
    let put = client.put_logs().body(stream(&["hel", "lo"], Some(5)));
    put.send().await.expect("sent");
    let (headers, body) = take(&sent);
    assert_eq!(header(&headers, "content-encoding"), Some("gzip"));
    assert_eq!(header(&headers, "content-length"), None);
    assert_eq!(unzipped(&body), "hello");
}

#[tokio::test]
async fn compression_follows_the_settings() {
    let shared = SdkConfig::builder()
        .disable_request_compression(true)
        .request_min_compression_size_bytes(4)
        .build();
    let config = Config::new(&shared);
    assert_eq!(config.disable_request_compression(), Some(true));
    assert_eq!(config.request_min_compression_size_bytes(), Some(4));
    for (disabled, minimum, is_compressed) in
        [(true, 4, false), (false, 4, true), (false, 99, false)]
    {
        let (client, sent) = client(&[], "", |config| {
            config
                .disable_request_compression(disabled)
                .request_min_compression_size_bytes(minimum)
        });
        client
            .put_metrics()
            .name("hello")
            .send()
            .await
            .expect("sent");
        let (headers, _) = take(&sent);
        assert_eq!(
            header(&headers, "content-encoding").is_some(),
            is_compressed
        );
    }
    let (client, _) = client(&[], "", |config| {
        config.request_min_compression_size_bytes(u32::MAX)
    });
    assert!(client.put_metrics().send().await.is_err());
}

#[tokio::test]
async fn a_stream_without_a_length_is_refused_where_one_is_required() {
    let (client, sent) = client(&[], "", |config| config);
    let put = client.put_sized().body(stream(&["hel", "lo"], Some(5)));
    put.send().await.expect("sent");
    assert_eq!(header(&take(&sent).0, "content-length"), Some("5"));
    let put = client.put_sized().body(stream(&["hel", "lo"], None));
    let error = DisplayErrorContext(put.send().await.expect_err("no length")).to_string();
    assert!(
        error.contains("requires the length of the request's stream"),
        "{error}"
    );
}

/// Whoever sends a presigned request has another body, and only its URI.
#[tokio::test]
async fn a_presigned_request_has_no_checksum_that_nobody_asked_for() {
    let (client, _) = client(&[], "", |config| {
        config
            .request_checksum_calculation(RequestChecksumCalculation::WhenSupported)
            .response_checksum_validation(ResponseChecksumValidation::WhenSupported)
    });
    let config = || PresigningConfig::expires_in(Duration::from_secs(60)).expect("a minute");
    let put = client.put_stream().body(ByteStream::from_static(b"hello"));
    let put = put.presigned(config()).await.expect("a request");
    let get = client
        .get_stream()
        .presigned(config())
        .await
        .expect("a request");
    // The service requires one, but only whoever sends the request knows the body.
    let thing = client.put_thing().presigned(config()).await;
    let digest = client.put_digest().presigned(config()).await;
    let required = [thing.expect("a request"), digest.expect("a request")];
    for request in [put, get].iter().chain(&required) {
        let uri = request.uri().to_lowercase();
        assert!(!uri.contains("checksum"), "{uri}");
        let mut headers = request.headers().map(|(name, _)| name);
        assert!(
            !headers.any(|name| name.contains("checksum") || name == "content-md5"),
            "{request:?}"
        );
    }
    let put = client.put_stream().body(ByteStream::from_static(b"hello"));
    let put = put.checksum_algorithm(Algorithm::Sha1).presigned(config());
    let thing = client.put_thing().checksum_algorithm(Algorithm::Sha1);
    let thing = thing.presigned(config()).await;
    for chosen in [put.await.expect("a request"), thing.expect("a request")] {
        let mut headers = chosen.headers().map(|(name, _)| name);
        assert!(
            headers.any(|name| name == "x-amz-checksum-sha1"),
            "{chosen:?}"
        );
    }
}
