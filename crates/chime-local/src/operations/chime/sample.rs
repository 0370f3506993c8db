//! Sample data, added without requests.

use super::accounts::{self, ACCOUNTS};
use super::messages;
use super::rooms::{self, ROOMS};
use super::users::{self, USERS};
use crate::document::object;
use crate::operations::common::STATE;
use crate::refusal::Refusal;
use crate::store::Tx;

/// An account with a room, users, and messages in the room and in a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The account, of type Enterprise.
    pub account_id: String,
    /// The room in the account, without members.
    pub room_id: String,
    /// The users of the account.
    pub user_ids: Vec<String>,
    /// The message in the room. Chime's API redacts messages, but cannot send them.
    pub room_message_id: String,
    /// A conversation in the account.
    pub conversation_id: String,
    /// The message in the conversation.
    pub conversation_message_id: String,
}

/// The row that counts samples and their users.
const NAME: &str = "samples";

/// Returns an ID in the usual form that is the same in each run.
fn id(kind: u16, number: i64) -> String {
    format!("00000000-0000-4000-8{kind:03}-{number:012}")
}

/// Adds an account with a room, users and messages. Their IDs are the same in each run.
pub(crate) fn populate(tx: &mut Tx<'_>, users: usize) -> Result<Sample, Refusal> {
    let state = tx.get(&STATE, NAME)?.unwrap_or_default();
    let count = |name| state.int(name).unwrap_or_default();
    let number = count("Samples") + 1;
    let first = count("Users") + 1;
    let account = accounts::new(tx, &id(1, number), &format!("Sample account {number}"));
    let account_id = account.str("AccountId").to_owned();
    let room_id = id(2, number);
    let room = rooms::new(tx, &account_id, &room_id, &format!("Sample room {number}"));
    tx.put(&ACCOUNTS, &account)?;
    tx.put(&ROOMS, &room)?;
    let (room_message_id, conversation_id, conversation_message_id) =
        (id(3, number), id(4, number), id(5, number));
    for (place, message_id) in [
        (messages::in_room(&room_id), &room_message_id),
        (
            messages::in_conversation(&conversation_id),
            &conversation_message_id,
        ),
    ] {
        let message = messages::new(tx, &account_id, &place, message_id, "A sample message");
        tx.put(&messages::MESSAGES, &message)?;
    }
    let mut user_ids = Vec::new();
    for number in (first..).take(users) {
        let user_id = id(0, number);
        let (email, name) = (
            format!("user-{number}@sample.invalid"),
            format!("User {number}"),
        );
        let user = users::new(tx, &account, &user_id, &email, Some(&name));
        tx.put(&USERS, &user)?;
        user_ids.push(user_id);
    }
    let state = object! {
        "Name": NAME,
        "Samples": number,
        "Users": first + i64::try_from(users).unwrap_or(i64::MAX) - 1,
    };
    tx.put(&STATE, &state)?;
    Ok(Sample {
        account_id,
        room_id,
        user_ids,
        room_message_id,
        conversation_id,
        conversation_message_id,
    })
}
