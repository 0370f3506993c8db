//! The data of the local Chime, and the operations on it.
//!
//! Handlers accept and return documents rather than generated types. The set of operations in the generated
//! crate is configurable, and this crate must compile with any of them.

mod accounts;
mod batches;
mod bots;
mod members;
mod pages;
mod rooms;
mod sample;
mod users;

use crate::faults::ItemFaults;
use crate::refusal::Refusal;
use accounts::Account;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{DateTime, Document};
pub(crate) use batches::ids as batch_ids;
pub(crate) use members::Members;
pub use sample::Sample;
use std::collections::{BTreeMap, HashMap};
use std::time::{SystemTime, UNIX_EPOCH};

/// All data.
#[derive(Debug, Default)]
pub(crate) struct Store {
    accounts: Kept<Account>,
    /// Responses to requests with a client request token, by operation, account and token.
    answered: HashMap<(&'static str, String, String), Document>,
    /// What refuses items of the current batch.
    item_faults: Option<ItemFaults>,
    /// The number of samples, and the number of users in them.
    sampled: u64,
    sampled_users: u64,
}

/// Handles the requests of an operation.
pub(crate) type Handler = fn(&mut Store, &Members) -> Result<Document, Refusal>;

/// Returns the handler of the operation, if the local Chime implements it.
pub(crate) fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "AssociateSigninDelegateGroupsWithAccount" => accounts::associate_groups,
        "BatchCreateRoomMembership" => rooms::batch_create_membership,
        "BatchSuspendUser" => users::batch_suspend,
        "BatchUnsuspendUser" => users::batch_unsuspend,
        "BatchUpdateUser" => users::batch_update,
        "CreateAccount" => accounts::create,
        "CreateBot" => bots::create,
        "CreateRoom" => rooms::create,
        "CreateRoomMembership" => rooms::create_membership,
        "CreateUser" => users::create,
        "DeleteAccount" => accounts::delete,
        "DeleteEventsConfiguration" => bots::delete_events,
        "DeleteRoom" => rooms::delete,
        "DeleteRoomMembership" => rooms::delete_membership,
        "DisassociateSigninDelegateGroupsFromAccount" => accounts::disassociate_groups,
        "GetAccount" => accounts::get,
        "GetAccountSettings" => accounts::get_settings,
        "GetBot" => bots::get,
        "GetEventsConfiguration" => bots::get_events,
        "GetRetentionSettings" => accounts::get_retention,
        "GetRoom" => rooms::get,
        "GetUser" => users::get,
        "GetUserSettings" => users::get_settings,
        "InviteUsers" => users::invite,
        "ListAccounts" => accounts::list,
        "ListBots" => bots::list,
        "ListRoomMemberships" => rooms::list_memberships,
        "ListRooms" => rooms::list,
        "ListUsers" => users::list,
        "LogoutUser" => users::log_out,
        "PutEventsConfiguration" => bots::put_events,
        "PutRetentionSettings" => accounts::put_retention,
        "RedactRoomMessage" => rooms::redact_message,
        "RegenerateSecurityToken" => bots::regenerate_token,
        "ResetPersonalPIN" => users::reset_pin,
        "UpdateAccount" => accounts::update,
        "UpdateAccountSettings" => accounts::update_settings,
        "UpdateBot" => bots::update,
        "UpdateRoom" => rooms::update,
        "UpdateRoomMembership" => rooms::update_membership,
        "UpdateUser" => users::update,
        "UpdateUserSettings" => users::update_settings,
        _ => return None,
    })
}

impl Store {
    /// Handles a request, with the faults that refuse items of its batch.
    pub(crate) fn carry_out(
        &mut self,
        handler: Handler,
        input: &Members,
        item_faults: Option<ItemFaults>,
    ) -> Result<Document, Refusal> {
        self.item_faults = item_faults;
        handler(self, input)
    }

    /// Returns the account in the request.
    fn account(&mut self, input: &Members) -> Result<&mut Account, Refusal> {
        let id = input.required_text("AccountId")?;
        self.accounts
            .get_mut(id)
            .ok_or_else(|| Refusal::not_found("account", id))
    }
}

/// Entries by ID, in order of insertion.
#[derive(Debug)]
struct Kept<T> {
    order: BTreeMap<u64, String>,
    by_id: HashMap<String, (u64, T)>,
    next: u64,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self {
            order: BTreeMap::new(),
            by_id: HashMap::new(),
            next: 1,
        }
    }
}

impl<T> Kept<T> {
    fn insert(&mut self, id: String, thing: T) {
        self.order.insert(self.next, id.clone());
        self.by_id.insert(id, (self.next, thing));
        self.next += 1;
    }

    fn get(&self, id: &str) -> Option<&T> {
        self.by_id.get(id).map(|(_, thing)| thing)
    }

    fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        self.by_id.get_mut(id).map(|(_, thing)| thing)
    }

    fn remove(&mut self, id: &str) -> Option<T> {
        let (place, thing) = self.by_id.remove(id)?;
        self.order.remove(&place);
        Some(thing)
    }

    fn contains(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Returns the entries after a position, each with its position.
    fn after(&self, place: u64) -> impl Iterator<Item = (u64, &T)> {
        self.order
            .range(place + 1..)
            .filter_map(|(place, id)| Some((*place, self.get(id)?)))
    }

    fn iter(&self) -> impl Iterator<Item = &T> {
        self.after(0).map(|(_, thing)| thing)
    }
}

/// Returns a new ID.
pub(crate) fn new_id() -> String {
    uuid::Builder::from_random_bytes(fastrand::u128(..).to_ne_bytes())
        .into_uuid()
        .to_string()
}

/// Returns the current time, in whole milliseconds like Chime's timestamps.
fn now() -> Document {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    time(since.as_millis() as i64)
}

/// Returns a time for a document, as a string: a number would be a float, which is not exact.
fn time(milliseconds: i64) -> Document {
    let time = DateTime::from_millis(milliseconds).fmt(Format::DateTime);
    // Only years beyond 9999 cannot be formatted.
    time.map_or(Document::Null, Document::String)
}

/// Returns an object without the members that have no value.
fn object<const N: usize>(members: [(&str, Option<Document>); N]) -> Document {
    Document::Object(
        members
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect(),
    )
}

/// Returns a string as the value of a member.
fn text(value: impl Into<String>) -> Option<Document> {
    Some(Document::String(value.into()))
}

/// Returns a response without members.
fn nothing() -> Document {
    Document::Object(HashMap::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::write_output;

    /// Timestamps keep their milliseconds.
    #[test]
    fn times_are_whole_milliseconds() {
        let mut operations = chime_api::OPERATIONS.iter();
        let operation = operations.find(|it| it.name == "GetAccount");
        let operation = operation.expect("the model has it");
        for millisecond in 0..1000 {
            let created = (
                "CreatedTimestamp",
                Some(time(1_795_623_719_000 + millisecond)),
            );
            let output = object([("Account", Some(object([created])))]);
            let body = write_output(operation, &output).expect("a response");
            let body = String::from_utf8(body).expect("UTF-8");
            // Trailing zeros are omitted.
            let fraction = match millisecond {
                0 => String::new(),
                _ => format!(".{millisecond:03}")
                    .trim_end_matches('0')
                    .to_owned(),
            };
            let expected = format!("\"CreatedTimestamp\":\"2026-11-25T16:21:59{fraction}Z\"");
            assert!(body.contains(&expected), "{body}");
        }
    }
}
