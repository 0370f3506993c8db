//! Lists that are returned in pages.

use crate::document::{Doc, object};
use crate::refusal::Refusal;
use crate::store::{Cursor, Scan, Tx};
use std::hash::{DefaultHasher, Hash, Hasher};

/// How long a token can be used.
const LIFETIME: i64 = 24 * 60 * 60 * 1000;

/// Returns a page of the rows of a scan, as `{"NAME": [...], "NextToken": ...}`.
///
/// The size of a page is the member `MaxResults`, whose range the model has, or `usual`. `show` returns a row as it
/// is listed, or `None` for one that is not listed.
///
/// A token refers to the last row of the previous page, so it remains valid when rows are added or removed. It is
/// valid for a day, and only for a request with the same members.
pub(crate) fn page(
    tx: &Tx<'_>,
    input: &Doc,
    scan: &Scan<'_>,
    usual: i64,
    name: &str,
    mut show: impl FnMut(&Tx<'_>, Doc) -> Result<Option<Doc>, Refusal>,
) -> Result<Doc, Refusal> {
    let size = input.int("MaxResults").unwrap_or(usual);
    let size = usize::try_from(size).unwrap_or_default().max(1);
    let query = fingerprint(&[scan.table().name, name], input);
    let after = match input.opt_str("NextToken") {
        Some(token) => Some(Token::read(token, query, tx.now())?.cursor),
        None => None,
    };
    let mut items: Vec<Doc> = Vec::new();
    let mut last = None;
    let mut more = false;
    tx.each(scan, after, |tx, row| {
        let cursor = scan.cursor(&row)?;
        let Some(shown) = show(tx, row)? else {
            return Ok(true);
        };
        more = items.len() == size;
        if !more {
            items.push(shown);
            last = Some(cursor);
        }
        Ok(!more)
    })?;
    let token = last.filter(|_| more).map(|cursor| {
        let token = Token {
            issued: tx.now(),
            query,
            cursor,
        };
        token.write()
    });
    let mut page = object! {"NextToken": token};
    page.set(name, items);
    Ok(page)
}

/// Returns a page of values that are computed in the same order each time, like [`page`].
pub(crate) fn page_of(
    tx: &Tx<'_>,
    input: &Doc,
    values: impl Iterator<Item = String>,
    usual: i64,
    name: &str,
) -> Result<Doc, Refusal> {
    let size = input.int("MaxResults").unwrap_or(usual);
    let size = usize::try_from(size).unwrap_or_default().max(1);
    let query = fingerprint(&[name], input);
    let after = match input.opt_str("NextToken") {
        Some(token) => Some(Token::read(token, query, tx.now())?.cursor.0),
        None => None,
    };
    let mut values = values.peekable();
    if let Some(after) = after {
        values
            .by_ref()
            .find(|value| value.as_bytes() == after.as_slice());
    }
    let items: Vec<String> = values.by_ref().take(size).collect();
    let last = items.last().filter(|_| values.peek().is_some());
    let token = last.map(|last| {
        let token = Token {
            issued: tx.now(),
            query,
            cursor: Cursor(last.clone().into_bytes()),
        };
        token.write()
    });
    let mut page = object! {"NextToken": token};
    page.set(name, items);
    Ok(page)
}

/// Returns a number for the members of a query other than those that go from page to page.
fn fingerprint(place: &[&str], input: &Doc) -> u64 {
    let mut hasher = DefaultHasher::new();
    place.hash(&mut hasher);
    let members = input.0.iter();
    for (name, value) in members.filter(|(name, _)| *name != "NextToken" && *name != "MaxResults") {
        (name, value.to_string()).hash(&mut hasher);
    }
    hasher.finish()
}

/// Where a page starts, when the token was issued, and for which query.
struct Token {
    issued: i64,
    query: u64,
    cursor: Cursor,
}

impl Token {
    fn write(&self) -> String {
        let mut bytes = self.issued.to_be_bytes().to_vec();
        bytes.extend(self.query.to_be_bytes());
        bytes.extend(&self.cursor.0);
        bytes.extend(checksum(&bytes).to_be_bytes());
        aws_smithy_types::base64::encode(bytes)
    }

    fn read(text: &str, query: u64, now: i64) -> Result<Self, Refusal> {
        let token = Self::parse(text)
            .filter(|token| token.query == query)
            .ok_or_else(|| Refusal::bad_request("NextToken does not belong to this list"))?;
        match now.saturating_sub(token.issued) {
            age if age > LIFETIME => Err(Refusal::bad_request("NextToken has expired")),
            _ => Ok(token),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let bytes = aws_smithy_types::base64::decode(text).ok()?;
        let (content, sum) = bytes.split_last_chunk::<8>()?;
        if u64::from_be_bytes(*sum) != checksum(content) {
            return None;
        }
        let (issued, rest) = content.split_first_chunk::<8>()?;
        let (query, cursor) = rest.split_first_chunk::<8>()?;
        Some(Self {
            issued: i64::from_be_bytes(*issued),
            query: u64::from_be_bytes(*query),
            cursor: Cursor(cursor.to_vec()),
        })
    }
}

/// Tokens are opaque to clients, and what is not a token must not be read as one.
fn checksum(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    ("page", bytes).hash(&mut hasher);
    hasher.finish()
}
