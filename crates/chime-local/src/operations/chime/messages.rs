//! Messages in rooms and conversations. Chime's API redacts them, but cannot send them: they come from sample data or an
//! import.

use super::{accounts, rooms};
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::refusal::Refusal;
use crate::store::{Scan, Table, Tx};

/// A place is a room or a conversation, as `room/ID` or `conversation/ID`.
pub(super) const MESSAGES: Table = Table {
    name: "chime_messages",
    key: &["AccountId", "Place", "MessageId"],
    indexes: &[],
};

pub(super) fn in_room(id: &str) -> String {
    format!("room/{id}")
}

pub(super) fn in_conversation(id: &str) -> String {
    format!("conversation/{id}")
}

/// Returns a new message.
pub(super) fn new(tx: &Tx<'_>, account: &str, place: &str, id: &str, content: &str) -> Doc {
    object! {
        "AccountId": account,
        "Place": place,
        "MessageId": id,
        "Content": content,
        "CreatedTimestamp": tx.now(),
        "Redacted": false,
    }
}

/// Removes the messages of a room, which is deleted.
pub(super) fn remove_of_room(tx: &mut Tx<'_>, account: &str, room: &str) -> Result<(), Refusal> {
    let place = in_room(room);
    tx.remove_all(&Scan::of(&MESSAGES, (account, place.as_str())))
}

pub(super) fn redact_in_room(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    rooms::check(tx, input)?;
    redact(tx, input, &in_room(input.str("RoomId")))
}

pub(super) fn redact_in_conversation(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    accounts::check(tx, input)?;
    let id = input.str("ConversationId");
    let place = in_conversation(id);
    let scan = Scan::of(&MESSAGES, (input.str("AccountId"), place.as_str()));
    // A conversation is its messages.
    if tx.count(&scan, 1)? == 0 {
        return Err(Refusal::not_found("conversation", id));
    }
    redact(tx, input, &place)
}

/// Removes the content of a message for good. The message remains.
fn redact(tx: &mut Tx<'_>, input: &Doc, place: &str) -> Answer {
    let key = (input.str("AccountId"), place, input.str("MessageId"));
    let mut message = tx.find(&MESSAGES, key, "message")?;
    message.remove("Content");
    message.set("Redacted", true);
    message.set("UpdatedTimestamp", tx.now());
    tx.put(&MESSAGES, &message)?;
    Ok(Doc::default())
}
