//! Rooms and their members.

use super::accounts::Account;
use super::members::Members;
use super::{Kept, Store, new_id, nothing, now, object, text};
use crate::refusal::{ItemError, Refusal};
use aws_smithy_types::Document;

const ROLES: &[&str] = &["Administrator", "Member"];

/// The maximum number of members in a batch: the limit in Chime's model.
const BATCH: usize = 50;

/// The creator of all rooms and memberships, because requests do not identify a user.
const CREATOR: &str = "local";

/// A room.
#[derive(Debug)]
pub(super) struct Room {
    id: String,
    name: String,
    created: Document,
    updated: Document,
    memberships: Kept<Membership>,
}

/// A member of a room.
#[derive(Debug)]
struct Membership {
    member: Document,
    role: String,
    updated: Document,
}

impl Room {
    pub(super) fn new(id: String, name: String) -> Self {
        Self {
            id,
            name,
            created: now(),
            updated: now(),
            memberships: Kept::default(),
        }
    }

    fn show(&self, account: &str) -> Document {
        object([
            ("RoomId", text(&self.id)),
            ("Name", text(&self.name)),
            ("AccountId", text(account)),
            ("CreatedBy", text(CREATOR)),
            ("CreatedTimestamp", Some(self.created.clone())),
            ("UpdatedTimestamp", Some(self.updated.clone())),
        ])
    }
}

impl Membership {
    fn show(&self, room: &str) -> Document {
        object([
            ("RoomId", text(room)),
            ("Member", Some(self.member.clone())),
            ("Role", text(&self.role)),
            ("InvitedBy", text(CREATOR)),
            ("UpdatedTimestamp", Some(self.updated.clone())),
        ])
    }
}

/// Returns the room in the request.
fn find<'a>(account: &'a mut Account, input: &Members) -> Result<&'a mut Room, Refusal> {
    let id = input.required_text("RoomId")?;
    account
        .rooms
        .get_mut(id)
        .ok_or_else(|| Refusal::not_found("room", id))
}

pub(super) fn create(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let name = input.required_text("Name")?.to_owned();
    let account_id = store.account(input)?.id.clone();
    // A request with a token that was used before gets the same response.
    let key = input
        .text("ClientRequestToken")
        .map(|token| ("CreateRoom", account_id.clone(), token.to_owned()));
    if let Some(answered) = key.as_ref().and_then(|key| store.answered.get(key)) {
        return Ok(answered.clone());
    }
    let account = store.account(input)?;
    let room = Room::new(new_id(), name);
    let shown = object([("Room", Some(room.show(&account_id)))]);
    account.rooms.insert(room.id.clone(), room);
    if let Some(key) = key {
        store.answered.insert(key, shown.clone());
    }
    Ok(shown)
}

pub(super) fn get(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let account = store.account(input)?;
    let account_id = account.id.clone();
    let room = find(account, input)?;
    Ok(object([("Room", Some(room.show(&account_id)))]))
}

pub(super) fn update(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let account = store.account(input)?;
    let account_id = account.id.clone();
    let room = find(account, input)?;
    if input.value("Name").is_some() {
        input.required_text("Name")?.clone_into(&mut room.name);
    }
    room.updated = now();
    Ok(object([("Room", Some(room.show(&account_id)))]))
}

pub(super) fn delete(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let account = store.account(input)?;
    let id = find(account, input)?.id.clone();
    account.rooms.remove(&id);
    Ok(nothing())
}

pub(super) fn list(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let member = input.text("MemberId");
    let account = store.account(input)?;
    super::pages::page(
        &account.rooms,
        input,
        99,
        "Rooms",
        |room| member.is_none_or(|member| room.memberships.contains(member)),
        |room| room.show(&account.id),
    )
}

/// Returns the fields of a membership that describe a user or bot of the account.
fn member(account: &Account, id: &str) -> Result<Document, Refusal> {
    let (kind, email, name) = if let Some(user) = account.users.get(id) {
        ("User", user.email.clone(), user.name.clone())
    } else if let Some(bot) = account.bots.get(id) {
        ("Bot", bot.email(), Some(bot.name.clone()))
    } else {
        return Err(Refusal::not_found("member", id));
    };
    Ok(object([
        ("MemberId", text(id)),
        ("MemberType", text(kind)),
        ("Email", text(email)),
        ("FullName", name.and_then(text)),
        ("AccountId", text(&account.id)),
    ]))
}

/// Adds a member, and returns the membership.
fn add(account: &mut Account, input: &Members, item: &Members) -> Result<Document, Refusal> {
    let id = item.required_text("MemberId")?;
    let role = item.one_of("Role", ROLES)?.unwrap_or("Member");
    let member = member(account, id)?;
    let room = find(account, input)?;
    if room.memberships.contains(id) {
        return Err(Refusal::conflict(format!(
            "member {id} is already in the room"
        )));
    }
    let membership = Membership {
        member,
        role: role.to_owned(),
        updated: now(),
    };
    let shown = membership.show(&room.id);
    room.memberships.insert(id.to_owned(), membership);
    Ok(shown)
}

pub(super) fn create_membership(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let account = store.account(input)?;
    find(account, input)?;
    let shown = add(account, input, input)?;
    Ok(object([("RoomMembership", Some(shown))]))
}

pub(super) fn batch_create_membership(
    store: &mut Store,
    input: &Members,
) -> Result<Document, Refusal> {
    let items = input.structures("MembershipItemList", BATCH)?;
    let mut faults = store.item_faults.take();
    let account = store.account(input)?;
    find(account, input)?;
    let errors = items.iter().filter_map(|item| {
        let id = item.text("MemberId").unwrap_or_default();
        let error = super::batches::fault(&mut faults, id)
            .or_else(|| add(account, input, item).err().map(ItemError::from))?;
        Some(super::batches::item_error(
            "MemberId",
            item.cloned("MemberId"),
            error,
        ))
    });
    let errors = errors.collect();
    Ok(object([("Errors", Some(Document::Array(errors)))]))
}

/// Returns the membership in the request.
fn find_membership<'a>(
    account: &'a mut Account,
    input: &Members,
) -> Result<(String, &'a mut Membership), Refusal> {
    let id = input.required_text("MemberId")?;
    let room = find(account, input)?;
    let room_id = room.id.clone();
    let membership = room
        .memberships
        .get_mut(id)
        .ok_or_else(|| Refusal::not_found("the room's member", id))?;
    Ok((room_id, membership))
}

pub(super) fn update_membership(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let role = input.one_of("Role", ROLES)?;
    let (room, membership) = find_membership(store.account(input)?, input)?;
    if let Some(role) = role {
        role.clone_into(&mut membership.role);
    }
    membership.updated = now();
    Ok(object([("RoomMembership", Some(membership.show(&room)))]))
}

pub(super) fn delete_membership(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let account = store.account(input)?;
    find_membership(account, input)?;
    let id = input.required_text("MemberId")?;
    find(account, input)?.memberships.remove(id);
    Ok(nothing())
}

pub(super) fn list_memberships(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let account = store.account(input)?;
    let room = find(account, input)?;
    super::pages::page(
        &room.memberships,
        input,
        99,
        "RoomMemberships",
        |_| true,
        |membership| membership.show(&room.id),
    )
}

/// Chime's API cannot send messages, so a local room has no messages to redact.
pub(super) fn redact_message(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    find(store.account(input)?, input)?;
    let id = input.required_text("MessageId")?;
    Err(Refusal::not_found("message", id))
}
