//! Random requests, endpoints and options.

use aws_runtime::auth::{HttpSignatureType, SigningOptions};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::Document;
use aws_smithy_types::body::SdkBody;
use fastrand::Rng;
use std::collections::HashMap;
use std::time::Duration;

pub(super) fn one_of<T: Copy>(rng: &mut Rng, choices: &[T]) -> T {
    choices[rng.usize(..choices.len())]
}

/// A string of arbitrary characters, or of characters with a meaning in URIs.
fn string(rng: &mut Rng) -> String {
    const MARKS: &[u8] = b"!\"$%&'()*+,-.:;=@[\\]^_`{|}~/?#";
    (0..rng.usize(1..8))
        .map(|_| match rng.u8(..6) {
            0 => rng.char(..),
            1 => rng.char('\u{a0}'..'\u{500}'),
            2 | 3 => char::from(one_of(rng, MARKS)),
            _ => rng.alphanumeric(),
        })
        .collect()
}

fn path(rng: &mut Rng) -> String {
    const SEGMENTS: [&str; 18] = [
        "accounts",
        "a-b_c~d.e",
        "%20",
        "%C3%A9",
        "a%2Fb",
        "a:b",
        "",
        ".",
        "..",
        "...",
        ".hidden",
        "a+b",
        "x=y",
        "%c3%a9",
        "%",
        "%2e%2E",
        "caf\u{e9}",
        "\u{65e5}\u{672c}",
    ];
    let common = if rng.bool() { 6 } else { SEGMENTS.len() };
    let segments: Vec<_> = (0..rng.usize(..5))
        .map(|_| match rng.u8(..8) {
            0 => string(rng),
            _ => SEGMENTS[rng.usize(..common)].to_owned(),
        })
        .collect();
    match segments.is_empty() && rng.bool() {
        true => String::new(),
        false => format!("/{}", segments.join("/")),
    }
}

fn query(rng: &mut Rng) -> String {
    const PAIRS: [&str; 20] = [
        "max-results=10",
        "next-token=a%2Fb%3D%3D",
        "a=",
        "a=1",
        "a=%26",
        "user-email=x%40y",
        "b=~",
        "operation=associate",
        "a",
        "a=b=c",
        "x=%2f",
        "y=a+b",
        "%41=b",
        "z=%C3%A9",
        "=",
        "",
        "a=%",
        "a=%ff",
        "\u{fc}=\u{df}",
        "a=b#c",
    ];
    let common = if rng.bool() { 8 } else { PAIRS.len() };
    let pairs: Vec<_> = (0..rng.usize(..4))
        .map(|_| match rng.u8(..8) {
            0 => string(rng),
            _ => PAIRS[rng.usize(..common)].to_owned(),
        })
        .collect();
    match pairs.is_empty() && rng.bool() {
        true => String::new(),
        false => format!("?{}", pairs.join("&")),
    }
}

pub(super) fn request(rng: &mut Rng) -> HttpRequest {
    let body = match rng.u8(..8) {
        0..4 => SdkBody::empty(),
        4..7 => SdkBody::from("x".repeat(rng.usize(..200))),
        // A body of unknown length and content.
        _ => SdkBody::retryable(|| SdkBody::from("").map_preserve_contents(|body| body)),
    };
    let mut request = HttpRequest::new(body);
    request
        .set_method(one_of(rng, &["GET", "POST", "PUT", "DELETE"]))
        .expect("a method");
    let origin = one_of(
        rng,
        &[
            "https://service.chime.aws.amazon.com",
            "https://service.chime.aws.amazon.com:443",
            "http://127.0.0.1:8000",
            "http://localhost:80",
            "http://[::1]:8000",
            "https://localhost:80",
            "http://user@localhost",
            "HTTP://LocalHost",
        ],
    );
    // Not every string can be sent.
    while request
        .set_uri(format!("{origin}{}{}", path(rng), query(rng)))
        .is_err()
    {}
    const HEADERS: [(&str, &str); 14] = [
        ("content-type", "application/json"),
        ("content-length", "12"),
        ("x-amz-meta", "  a  b   c "),
        ("x-amz-meta", "second"),
        ("x-amz-meta", ""),
        ("x-amz-meta", "\ta \t b\t"),
        ("x-amz-meta", "\"a  b\", c"),
        ("x-amz-meta-", "   "),
        ("user-agent", "aws-sdk-rust/1"),
        ("x-amzn-trace-id", "Root=1"),
        ("authorization", "old"),
        ("x-amz-date", "old"),
        ("host", "elsewhere:1234"),
        ("x-amz-security-token", "old"),
    ];
    for _ in 0..rng.usize(..5) {
        match rng.u8(..16) {
            // May be refused because of non-ASCII characters, as long as both signers agree.
            0 => {
                let name = one_of(rng, &["x-amz-meta", "user-agent"]);
                let _ = request.headers_mut().try_append(name, string(rng));
            }
            _ => {
                let (name, value) = one_of(rng, &HEADERS);
                request.headers_mut().append(name, value);
            }
        }
    }
    request
}

pub(super) fn endpoint(rng: &mut Rng) -> Document {
    let mut properties = HashMap::new();
    if rng.u8(..4) == 0 {
        properties.insert("signingName".to_owned(), Document::from("chime-other"));
    }
    if rng.u8(..4) == 0 {
        properties.insert("signingRegion".to_owned(), Document::from("eu-west-1"));
    }
    if rng.u8(..16) == 0 {
        properties.insert(
            "disableDoubleEncoding".to_owned(),
            Document::from(rng.bool()),
        );
    }
    if rng.u8(..16) == 0 {
        properties.insert(
            "disableNormalizePath".to_owned(),
            Document::from(rng.bool()),
        );
    }
    if rng.u8(..32) == 0 {
        properties.insert("signingRegion".to_owned(), Document::from(true));
    }
    Document::Object(properties)
}

pub(super) fn options(rng: &mut Rng) -> SigningOptions {
    let mut options = SigningOptions::default();
    match rng.u8(..16) {
        0 => options.double_uri_encode = false,
        1 => options.content_sha256_header = true,
        2 => options.omit_session_token = true,
        3 => {
            options.signature_type = HttpSignatureType::HttpRequestQueryParams;
            options.expires_in = Some(Duration::from_secs(60));
        }
        _ => {}
    }
    options
}
