//! Paginated lists.

use super::members::Members;
use super::{Kept, object, text};
use crate::refusal::Refusal;
use aws_smithy_types::Document;

/// The default number of entries per page.
const USUAL: i64 = 50;

/// Returns a page of the entries that pass the filter, as `{"NAME": [...], "NextToken": ...}`.
///
/// A token refers to the last entry of the previous page, so it remains valid when entries are added or
/// removed.
pub(super) fn page<T>(
    kept: &Kept<T>,
    input: &Members,
    most: i64,
    name: &str,
    passes: impl Fn(&T) -> bool,
    show: impl Fn(&T) -> Document,
) -> Result<Document, Refusal> {
    let size = input.integer("MaxResults").unwrap_or(USUAL);
    if !(1..=most).contains(&size) {
        return Err(Refusal::bad_request(format!(
            "MaxResults is {size}; it must be from 1 to {most}"
        )));
    }
    let after = match input.text("NextToken") {
        None => 0,
        Some(token) => place(token)
            .ok_or_else(|| Refusal::bad_request("NextToken does not belong to this list"))?,
    };
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let mut found = kept.after(after).filter(|(_, thing)| passes(thing));
    let mut items = Vec::new();
    let mut last = after;
    for (place, thing) in found.by_ref().take(size) {
        last = place;
        items.push(show(thing));
    }
    let more = found.next().is_some();
    Ok(object([
        (name, Some(Document::Array(items))),
        ("NextToken", more.then(|| token(last)).and_then(text)),
    ]))
}

/// Tokens are opaque to clients; a prefix distinguishes them from arbitrary strings.
const PREFIX: &str = "page-";

fn token(place: u64) -> String {
    format!("{PREFIX}{place:x}")
}

fn place(token: &str) -> Option<u64> {
    u64::from_str_radix(token.strip_prefix(PREFIX)?, 16).ok()
}
