//! Rooms and their members.

use super::{accounts, bots, messages, users};
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::pages;
use crate::refusal::{ItemError, Refusal};
use crate::store::{Index, Scan, Table, Tx};

pub(super) const ROOMS: Table = Table {
    name: "chime_rooms",
    key: &["AccountId", "RoomId"],
    indexes: &[],
};

/// Members are in the order in which they were added, which is their position.
pub(super) const MEMBERSHIPS: Table = Table {
    name: "chime_room_memberships",
    key: &["AccountId", "RoomId", "Position"],
    indexes: &[Index {
        name: BY_MEMBER,
        columns: &["AccountId", "MemberId", "RoomId"],
    }],
};

const BY_MEMBER: &str = "chime_room_memberships_by_member";

/// The creator of all rooms and memberships, because requests do not identify a user.
const CREATOR: &str = "local";

/// Returns the room of a request.
fn find(tx: &Tx<'_>, input: &Doc) -> Answer {
    accounts::check(tx, input)?;
    tx.find(
        &ROOMS,
        (input.str("AccountId"), input.str("RoomId")),
        "room",
    )
}

/// Makes sure that the room of a request exists.
pub(super) fn check(tx: &Tx<'_>, input: &Doc) -> Result<(), Refusal> {
    accounts::check(tx, input)?;
    tx.require(
        &ROOMS,
        (input.str("AccountId"), input.str("RoomId")),
        "room",
    )
}

/// Returns a new room.
pub(super) fn new(tx: &Tx<'_>, account: &str, id: &str, name: &str) -> Doc {
    object! {
        "AccountId": account,
        "RoomId": id,
        "Name": name,
        "CreatedBy": CREATOR,
        "CreatedTimestamp": tx.now(),
        "UpdatedTimestamp": tx.now(),
    }
}

fn check_name(input: &Doc) -> Result<(), Refusal> {
    match input.opt_str("Name") {
        Some(name) if name.trim().is_empty() => Err(Refusal::bad_request("Name must not be blank")),
        _ => Ok(()),
    }
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check_name(input)?;
    accounts::check(tx, input)?;
    let room = new(tx, input.str("AccountId"), &tx.new_id(), input.str("Name"));
    tx.put(&ROOMS, &room)?;
    Ok(object! {"Room": room})
}

pub(super) fn get(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"Room": find(tx, input)?})
}

pub(super) fn update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check_name(input)?;
    let mut room = find(tx, input)?;
    room.copy(input, &["Name"]);
    room.set("UpdatedTimestamp", tx.now());
    tx.put(&ROOMS, &room)?;
    Ok(object! {"Room": room})
}

pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(tx, input)?;
    let key = (input.str("AccountId"), input.str("RoomId"));
    tx.remove_all(&Scan::of(&MEMBERSHIPS, key))?;
    messages::remove_of_room(tx, key.0, key.1)?;
    tx.remove(&ROOMS, key)?;
    Ok(Doc::default())
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    accounts::check(tx, input)?;
    let account = input.str("AccountId");
    let Some(member) = input.opt_str("MemberId") else {
        let scan = Scan::of(&ROOMS, account);
        return pages::page(tx, input, &scan, 50, "Rooms", |_, room| Ok(Some(room)));
    };
    let scan = Scan::by(&MEMBERSHIPS, BY_MEMBER, (account, member));
    pages::page(tx, input, &scan, 50, "Rooms", |tx, membership| {
        tx.get(&ROOMS, (account, membership.str("RoomId")))
    })
}

/// Returns a user or bot of the account as a member.
fn member(tx: &Tx<'_>, account: &str, id: &str) -> Answer {
    let (kind, email, name) = if let Some(user) = tx.get(&users::USERS, (account, id))? {
        (
            "User",
            user.opt_str("PrimaryEmail").map(str::to_owned),
            user.opt_str("DisplayName").map(str::to_owned),
        )
    } else if let Some(bot) = tx.get(&bots::BOTS, (account, id))? {
        (
            "Bot",
            bot.opt_str("BotEmail").map(str::to_owned),
            bot.opt_str("DisplayName").map(str::to_owned),
        )
    } else {
        return Err(Refusal::not_found("member", id));
    };
    Ok(object! {
        "MemberId": id,
        "MemberType": kind,
        "Email": email,
        "FullName": name,
        "AccountId": account,
    })
}

/// Makes sure that a member exists, without reading it.
fn check_member(tx: &Tx<'_>, account: &str, id: &str) -> Result<(), Refusal> {
    match tx.has(&users::USERS, (account, id))? || tx.has(&bots::BOTS, (account, id))? {
        true => Ok(()),
        false => Err(Refusal::not_found("member", id)),
    }
}

/// Returns a membership with its member.
fn show(tx: &Tx<'_>, membership: Doc) -> Answer {
    let member = member(tx, membership.str("AccountId"), membership.str("MemberId"))?;
    Ok(membership.with(object! {"Member": member}))
}

/// Returns what finds the membership of a member in a room.
fn of_member<'a>(room: &'a Doc, member: &'a str) -> Scan<'a> {
    let key = (room.str("AccountId"), member, room.str("RoomId"));
    Scan::by(&MEMBERSHIPS, BY_MEMBER, key)
}

/// Adds a member to a room, and returns the membership.
fn add(tx: &mut Tx<'_>, room: &Doc, item: &Doc) -> Answer {
    let Some(id) = item.opt_str("MemberId") else {
        return Err(Refusal::bad_request("MemberId is required"));
    };
    let (account, room_id) = (room.str("AccountId"), room.str("RoomId"));
    check_member(tx, account, id)?;
    if tx.count(&of_member(room, id), 1)? > 0 {
        return Err(Refusal::conflict(format!(
            "member {id} is already in the room"
        )));
    }
    let position = tx.next_position(&Scan::of(&MEMBERSHIPS, (account, room_id)), "Position")?;
    let membership = object! {
        "AccountId": account,
        "RoomId": room_id,
        "Position": position,
        "MemberId": id,
        "Role": item.opt_str("Role").unwrap_or("Member"),
        "InvitedBy": CREATOR,
        "UpdatedTimestamp": tx.now(),
    };
    tx.put(&MEMBERSHIPS, &membership)?;
    Ok(membership)
}

pub(super) fn create_membership(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let room = find(tx, input)?;
    let membership = add(tx, &room, input)?;
    Ok(object! {"RoomMembership": show(tx, membership)?})
}

pub(super) fn batch_create_membership(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let room = find(tx, input)?;
    let mut errors = Vec::new();
    for item in input.docs("MembershipItemList") {
        let error = match tx.item_fault(item.str("MemberId")) {
            Some(error) => error,
            None => match add(tx, &room, &item) {
                Ok(_) => continue,
                Err(refusal) => ItemError::from(refusal),
            },
        };
        errors.push(error.entry("MemberId", item.get("MemberId")));
    }
    Ok(object! {"Errors": errors})
}

/// Returns the membership of a request.
fn membership(tx: &Tx<'_>, input: &Doc) -> Answer {
    let room = find(tx, input)?;
    let id = input.str("MemberId");
    let found = tx.first(&of_member(&room, id))?;
    found.ok_or_else(|| Refusal::not_found("member", id))
}

pub(super) fn update_membership(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut membership = membership(tx, input)?;
    membership.copy(input, &["Role"]);
    membership.set("UpdatedTimestamp", tx.now());
    tx.put(&MEMBERSHIPS, &membership)?;
    Ok(object! {"RoomMembership": show(tx, membership)?})
}

pub(super) fn delete_membership(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let membership = membership(tx, input)?;
    let position = membership.int("Position").unwrap_or_default();
    let key = (
        membership.str("AccountId"),
        membership.str("RoomId"),
        position,
    );
    tx.remove(&MEMBERSHIPS, key)?;
    Ok(Doc::default())
}

pub(super) fn list_memberships(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(tx, input)?;
    let scan = Scan::of(&MEMBERSHIPS, (input.str("AccountId"), input.str("RoomId")));
    pages::page(tx, input, &scan, 50, "RoomMemberships", |tx, membership| {
        show(tx, membership).map(Some)
    })
}
