//! Canonical requests, which signatures are computed over.

use super::{AUTHORIZATION, DATE, TOKEN};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use sha2::{Digest, Sha256};
use smithy_operation::endpoint::uri_encode;
use std::borrow::Cow;
use std::time::SystemTime;
use time::OffsetDateTime;

/// Headers that are not signed because proxies and HTTP clients change them.
const UNSIGNED: [&str; 4] = [
    AUTHORIZATION,
    "transfer-encoding",
    "user-agent",
    "x-amzn-trace-id",
];

/// The hash of an empty body.
const NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Writes lower-case hexadecimal digits into a buffer, which has two bytes for each of the hash.
pub(crate) fn hex<'a>(hash: &[u8], digits: &'a mut [u8]) -> &'a str {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for (pair, byte) in digits.chunks_exact_mut(2).zip(hash) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    std::str::from_utf8(digits).unwrap_or_default()
}

/// A time such as `20261124T140500Z`.
pub(super) struct DateTime {
    digits: [u8; 16],
    time: SystemTime,
}

impl DateTime {
    /// Returns `None` outside the years 1970 to 9999.
    pub(super) fn of(system_time: SystemTime) -> Option<Self> {
        // Times before 1970 are out of range.
        let since = system_time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        let seconds = i64::try_from(since.as_secs()).ok()?;
        let time = OffsetDateTime::from_unix_timestamp(seconds).ok()?;
        let year = u32::try_from(time.year())
            .ok()
            .filter(|year| *year < 10_000)?;
        let (month, day) = (u32::from(u8::from(time.month())), u32::from(time.day()));
        let (hour, minute, second) = time.to_hms();
        let day = [year / 100, year % 100, month, day];
        let hour = [hour, minute, second].map(u32::from);
        let mut digits = *b"00000000T000000Z";
        let (before, after) = digits.split_at_mut(9);
        for (pair, number) in before.chunks_exact_mut(2).zip(day) {
            write_pair(pair, number);
        }
        for (pair, number) in after.chunks_exact_mut(2).zip(hour) {
            write_pair(pair, number);
        }
        Some(Self {
            digits,
            time: system_time,
        })
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.digits).unwrap_or_default()
    }

    pub(super) fn time(&self) -> SystemTime {
        self.time
    }

    pub(super) fn day(&self) -> &[u8; 8] {
        self.digits.first_chunk().unwrap_or(&[0; 8])
    }
}

fn write_pair(pair: &mut [u8], number: u32) {
    pair[0] = b'0' + (number / 10) as u8;
    pair[1] = b'0' + (number % 10) as u8;
}

/// A canonical request.
pub(super) struct Canonical {
    pub(super) text: String,
    /// The position of the list of signed headers.
    signed: std::ops::Range<usize>,
}

impl Canonical {
    /// Returns `None` if the request is outside the common case.
    pub(super) fn of(request: &HttpRequest, date: &str, token: Option<&str>) -> Option<Self> {
        let target = Target::of(request.uri())?;
        let body = request.body().bytes()?;

        let own = request.headers();
        let mut headers = Vec::with_capacity(own.len() + 3);
        // An insertion sort, because there are few. It is stable, so headers with the same name stay in
        // order.
        let mut add = |name, value| {
            let at = headers.partition_point(|(other, _)| *other <= name);
            headers.insert(at, (name, value));
        };
        for (name, value) in own.iter() {
            if !value.is_ascii() {
                return None;
            }
            let is_replaced = name == DATE || name == TOKEN && token.is_some();
            if !is_replaced && !UNSIGNED.contains(&name) {
                add(name, value);
            }
        }
        add(DATE, date);
        if let Some(token) = token {
            add(TOKEN, token);
        }
        if !own.contains_key("host") {
            add("host", target.host);
        }

        let mut text = String::with_capacity(1024);
        text.push_str(request.method());
        text.push('\n');
        target.write_path(&mut text);
        text.push('\n');
        target.write_query(&mut text);
        // A repeated header is written on one line.
        let mut last = "";
        for (name, value) in &headers {
            if *name == last {
                text.push(',');
            } else {
                text.push('\n');
                text.push_str(name);
                text.push(':');
                last = name;
            }
            push_value(&mut text, value);
        }
        text.push_str("\n\n");
        let start = text.len();
        last = "";
        for (name, _) in &headers {
            if *name != last {
                if !last.is_empty() {
                    text.push(';');
                }
                text.push_str(name);
                last = name;
            }
        }
        let signed = start..text.len();
        text.push('\n');
        match body {
            [] => text.push_str(NOTHING),
            body => text.push_str(hex(&Sha256::digest(body), &mut [0; 64])),
        }
        Some(Self { text, signed })
    }

    pub(super) fn signed_headers(&self) -> &str {
        &self.text[self.signed.clone()]
    }
}

/// Writes the value of a header, trimmed, with runs of spaces collapsed into one.
fn push_value(text: &mut String, value: &str) {
    let value = value.trim_matches(' ');
    if has_pair(value, b"  ") {
        let words = value.split(' ').filter(|word| !word.is_empty());
        for (index, word) in words.enumerate() {
            if index > 0 {
                text.push(' ');
            }
            text.push_str(word);
        }
    } else {
        text.push_str(value);
    }
}

/// The parts of a URI that are signed.
struct Target<'a> {
    host: &'a str,
    path: &'a str,
    query: &'a str,
}

impl<'a> Target<'a> {
    /// Returns `None` if the URI is outside the common case.
    fn of(uri: &'a str) -> Option<Self> {
        let (rest, default) = match uri.strip_prefix("https://") {
            Some(rest) => (rest, ":443"),
            None => (uri.strip_prefix("http://")?, ":80"),
        };
        // A fragment is not sent.
        let rest = rest.split_once('#').map_or(rest, |(sent, _)| sent);
        let (authority, rest) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        if authority.is_empty() || authority.contains('@') {
            return None;
        }
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        Some(Self {
            host: authority.strip_suffix(default).unwrap_or(authority),
            path: if path.is_empty() { "/" } else { path },
            query,
        })
    }

    /// Encoded characters are encoded again.
    fn write_path(&self, text: &mut String) {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        // Empty segments and dot segments are not signed.
        let path = match has_pair(self.path, b"/.") || has_pair(self.path, b"//") {
            true => Cow::Owned(normalize(self.path)),
            false => Cow::Borrowed(self.path),
        };
        let mut rest = &*path;
        while let Some(at) = rest.find(|it| !is_plain(it)) {
            let (plain, from) = rest.split_at(at);
            text.push_str(plain);
            let length = from.chars().next().map_or(0, char::len_utf8);
            let (encoded, after) = from.split_at(length);
            for byte in encoded.bytes() {
                text.push('%');
                text.push(DIGITS[usize::from(byte >> 4)].into());
                text.push(DIGITS[usize::from(byte & 15)].into());
            }
            rest = after;
        }
        text.push_str(rest);
    }

    /// Sorts by name, then by value.
    fn write_query(&self, text: &mut String) {
        if self.query.is_empty() {
            return;
        }
        if !self.query.bytes().all(is_canonical) || !has_good_pairs(self.query) {
            return self.write_other_query(text);
        }
        if !self.query.contains('&') {
            return text.push_str(self.query);
        }
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for pair in self.query.split('&').filter_map(|it| it.split_once('=')) {
            let at = pairs.partition_point(|other| *other <= pair);
            pairs.insert(at, pair);
        }
        write_pairs(text, pairs.into_iter());
    }

    /// Canonicalizes a query with another encoding.
    #[cold]
    fn write_other_query(&self, text: &mut String) {
        let pairs = form_urlencoded::parse(self.query.as_bytes());
        let mut pairs: Vec<_> = pairs
            .map(|(name, value)| (uri_encode(&name), uri_encode(&value)))
            .collect();
        pairs.sort();
        write_pairs(text, pairs.iter().map(|(name, value)| (&**name, &**value)));
    }
}

fn write_pairs<'a>(text: &mut String, pairs: impl Iterator<Item = (&'a str, &'a str)>) {
    for (index, (name, value)) in pairs.enumerate() {
        if index > 0 {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        text.push_str(value);
    }
}

/// Resolves dot segments in a path and removes empty ones.
fn normalize(path: &str) -> String {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    let mut text = String::with_capacity(path.len());
    for segment in segments {
        text.push('/');
        text.push_str(segment);
    }
    if text.is_empty() || ["/", "/.", "/.."].iter().any(|end| path.ends_with(end)) {
        text.push('/');
    }
    text
}

/// Returns whether a string contains these two bytes in a row.
fn has_pair(text: &str, pair: &[u8; 2]) -> bool {
    text.as_bytes().windows(2).any(|it| it == pair)
}

/// Returns whether a character in a path is signed without encoding.
fn is_plain(char: char) -> bool {
    char == '/' || char.is_ascii() && is_unreserved(char as u8)
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

fn is_canonical(byte: u8) -> bool {
    is_unreserved(byte) || matches!(byte, b'%' | b'=' | b'&')
}

/// Returns whether a query consists only of names and values in canonical encoding.
fn has_good_pairs(query: &str) -> bool {
    let is_pair = |pair: &str| match pair.split_once('=') {
        Some((name, value)) => !name.is_empty() && !value.contains('='),
        None => false,
    };
    let is_escape = |rest: &str| {
        let digits = rest.as_bytes().first_chunk::<2>();
        digits.is_some_and(|digits| {
            let are_digits = digits
                .iter()
                .all(|it| it.is_ascii_digit() || (b'A'..=b'F').contains(it));
            let byte = rest.get(..2).and_then(|it| u8::from_str_radix(it, 16).ok());
            are_digits && byte.is_some_and(|byte| byte.is_ascii() && !is_unreserved(byte))
        })
    };
    query.is_empty() || query.split('&').all(is_pair) && query.split('%').skip(1).all(is_escape)
}
