//! What a signature is computed over.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use bytes::Bytes;
use http::Request;
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The canonical form of a request.
pub(super) struct Signed {
    pub(super) canonical: String,
}

impl Signed {
    /// Returns the canonical form, or why the request cannot have a right signature.
    pub(super) fn of(
        request: &Request<Bytes>,
        headers: &[String],
        in_query: bool,
    ) -> Result<Self, String> {
        if !headers.iter().any(|name| name == "host") {
            return Err("'Host' must be a 'SignedHeader'.".to_owned());
        }
        let body = sha256_hex(request.body());
        if let Some(hash) = request.headers().get("x-amz-content-sha256")
            && hash.as_bytes() != body.as_bytes()
            && hash.as_bytes() != b"UNSIGNED-PAYLOAD"
        {
            return Err(
                "The value of 'x-amz-content-sha256' is not the hash of the body.".to_owned(),
            );
        }
        let mut canonical = format!("{}\n", request.method());
        // The path is encoded once more than it is sent.
        for (i, segment) in normal_path(request.uri().path()).iter().enumerate() {
            if i > 0 {
                canonical.push('/');
            }
            encode(&mut canonical, segment.as_bytes());
        }
        canonical.push('\n');
        canonical.push_str(&query(request.uri().query().unwrap_or_default(), in_query));
        canonical.push('\n');
        for name in headers {
            let values = request.headers().get_all(name.as_str()).iter();
            let values: Vec<String> = values
                .map(|value| {
                    let text = String::from_utf8_lossy(value.as_bytes());
                    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
                })
                .collect();
            if values.is_empty() {
                return Err(format!("The signed header '{name}' is not in the request."));
            }
            // Writing to a string does not fail.
            let _ = writeln!(canonical, "{name}:{}", values.join(","));
        }
        let _ = write!(canonical, "\n{}\n{body}", headers.join(";"));
        Ok(Self { canonical })
    }
}

/// Returns the segments of a path without `.`, `..` and repeated slashes, with an empty one before the first slash.
fn normal_path(path: &str) -> Vec<&str> {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    if segments.is_empty() || path.ends_with('/') {
        segments.push("");
    }
    segments.insert(0, "");
    segments
}

fn query(query: &str, without_signature: bool) -> String {
    let mut pairs: Vec<String> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .filter(|(name, _)| !(without_signature && *name == "X-Amz-Signature"))
        .map(|(name, value)| {
            let mut encoded = String::new();
            for (i, part) in [name, value].into_iter().enumerate() {
                if i > 0 {
                    encoded.push('=');
                }
                let bytes: Vec<u8> = percent_decode_str(part).collect();
                encode(&mut encoded, &bytes);
            }
            encoded
        })
        .collect();
    pairs.sort_by(|left, right| left.split('=').cmp(right.split('=')));
    pairs.join("&")
}

/// Appends bytes, of which all but unreserved characters are percent-encoded.
fn encode(out: &mut String, bytes: &[u8]) {
    for byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(*byte));
            }
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Returns the time of a date such as `20261124T140500Z`, in seconds since the epoch.
pub(super) fn seconds(date: &str) -> Option<i64> {
    if date.len() != 16 || !date.is_ascii() || &date[8..9] != "T" || !date.ends_with('Z') {
        return None;
    }
    let text = format!(
        "{}-{}-{}T{}:{}:{}Z",
        &date[..4],
        &date[4..6],
        &date[6..8],
        &date[9..11],
        &date[11..13],
        &date[13..15]
    );
    Some(DateTime::from_str(&text, Format::DateTime).ok()?.secs())
}

/// Returns the date of a time in seconds since the epoch.
pub(super) fn date(seconds: i64) -> String {
    let text = DateTime::from_secs(seconds)
        .fmt(Format::DateTime)
        .unwrap_or_default();
    text.replace(['-', ':'], "")
}
