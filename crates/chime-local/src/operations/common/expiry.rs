//! Resources that expire some days after they were created or used.

use crate::document::Doc;

/// A day in milliseconds.
pub(crate) const DAY: i64 = 24 * 60 * 60 * 1000;

/// Returns whether a resource has expired, according to its `ExpirationSettings`. AWS deletes expired resources in
/// the background; here they do not exist any more.
pub(crate) fn is_expired(now: i64, resource: &Doc) -> bool {
    let settings = resource.doc("ExpirationSettings");
    let Some(days) = settings.int("ExpirationDays") else {
        return false;
    };
    let created = resource.int("CreatedTimestamp");
    let start = match settings.str("ExpirationCriterion") {
        "LAST_MESSAGE_TIMESTAMP" => resource.int("LastMessageTimestamp").or(created),
        _ => created,
    };
    now.saturating_sub(start.unwrap_or(now)) >= days.saturating_mul(DAY)
}
