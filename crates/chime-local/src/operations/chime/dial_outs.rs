//! Calls out of meetings. No call is placed; who would be called from which number is kept.
//!
//! The meeting is not looked up, because Chime's API has no operation that creates one.

use super::numbers;
use super::pool;
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::refusal::Refusal;
use crate::store::{Table, Tx};

pub(super) const DIAL_OUTS: Table = Table {
    name: "chime_dial_outs",
    key: &["MeetingId", "TransactionId"],
    indexes: &[],
};

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let from = pool::normalized(input.str("FromPhoneNumber"));
    let number = numbers::lookup(tx, &from)?;
    let is_own = |number: &Doc| matches!(number.str("Status"), "Unassigned" | "Assigned");
    if !number.is_some_and(|number| is_own(&number)) {
        return Err(Refusal::forbidden(
            "FromPhoneNumber is not a number of the AWS account",
        ));
    }
    // The token lets its holder join the meeting, so it is not kept.
    let call = object! {
        "MeetingId": input.str("MeetingId"),
        "TransactionId": tx.new_id(),
        "FromPhoneNumber": from,
        "ToPhoneNumber": pool::normalized(input.str("ToPhoneNumber")),
        "CreatedTimestamp": tx.now(),
    };
    tx.put(&DIAL_OUTS, &call)?;
    Ok(call)
}
