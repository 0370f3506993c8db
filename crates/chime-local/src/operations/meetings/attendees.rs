//! Attendees of meetings.

use super::{capabilities, meeting};
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::pages;
use crate::refusal::{ItemError, Refusal};
use crate::store::{Index, Scan, Table, Tx};
use std::collections::HashSet;

pub(super) const ATTENDEES: Table = Table {
    name: "meetings_attendees",
    key: &["MeetingId", "AttendeeId"],
    indexes: &[Index {
        name: BY_USER,
        columns: &["MeetingId", "UserKey"],
    }],
};

/// Finds attendees by their external user ID, whose case does not matter.
const BY_USER: &str = "meetings_attendees_by_user";

/// Adds an attendee to a meeting. An external user ID that the meeting has already stands for its attendee.
fn add(tx: &mut Tx<'_>, meeting: &Doc, item: &Doc) -> Answer {
    let user = item.str("ExternalUserId");
    meeting::check_external("ExternalUserId", user)?;
    let features = meeting.doc("MeetingFeatures");
    let given = item.opt_doc("Capabilities");
    if let Some(given) = &given {
        capabilities::check(&features, given)?;
    }
    let (id, key) = (meeting.str("MeetingId"), user.to_lowercase());
    if let Some(known) = tx.first(&Scan::by(&ATTENDEES, BY_USER, (id, &key)))? {
        return Ok(known);
    }
    let most = features.doc("Attendee").int("MaxCount");
    let most = usize::try_from(most.unwrap_or(meeting::USUAL_ATTENDEES)).unwrap_or_default();
    if tx.count(&Scan::of(&ATTENDEES, id), most)? >= most {
        return Err(Refusal::limit(format!(
            "the meeting {id} has {most} attendees, which is its limit"
        )));
    }
    let attendee_id = tx.new_id();
    let token = format!("{attendee_id}:{}", tx.letters(36));
    let attendee = object! {
        "MeetingId": id,
        "AttendeeId": attendee_id,
        "ExternalUserId": user,
        "UserKey": key,
        "JoinToken": aws_smithy_types::base64::encode(token),
        "Capabilities": given.unwrap_or_else(|| capabilities::usual(&features)),
    };
    tx.put(&ATTENDEES, &attendee)?;
    Ok(attendee)
}

/// Adds the attendees of a batch, and returns those that were added and the errors of the others.
pub(super) fn add_all(tx: &mut Tx<'_>, meeting: &Doc, input: &Doc) -> Answer {
    let mut attendees = Vec::new();
    let mut errors = Vec::new();
    for item in input.docs("Attendees") {
        let user = item.str("ExternalUserId");
        let added = match tx.item_fault(user) {
            Some(error) => Err(error),
            None => add(tx, meeting, &item).map_err(ItemError::from),
        };
        match added {
            Ok(attendee) => attendees.push(attendee),
            Err(error) => errors.push(error.entry("ExternalUserId", user)),
        }
    }
    Ok(object! {"Attendees": attendees, "Errors": errors})
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let meeting = meeting::find(tx, input)?;
    Ok(object! {"Attendee": add(tx, &meeting, input)?})
}

pub(super) fn batch_create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let meeting = meeting::find(tx, input)?;
    add_all(tx, &meeting, input)
}

/// Returns the attendee of a request.
fn find(tx: &Tx<'_>, input: &Doc) -> Answer {
    meeting::check(tx, input)?;
    let key = (input.str("MeetingId"), input.str("AttendeeId"));
    tx.find(&ATTENDEES, key, "attendee")
}

pub(super) fn get(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"Attendee": find(tx, input)?})
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    meeting::check(tx, input)?;
    let scan = Scan::of(&ATTENDEES, input.str("MeetingId"));
    pages::page(tx, input, &scan, 100, "Attendees", |_, attendee| {
        Ok(Some(attendee))
    })
}

pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let attendee = find(tx, input)?;
    let key = (attendee.str("MeetingId"), attendee.str("AttendeeId"));
    tx.remove(&ATTENDEES, key)?;
    Ok(Doc::default())
}

pub(super) fn update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let meeting = meeting::find(tx, input)?;
    let mut attendee = find(tx, input)?;
    let given = input.doc("Capabilities");
    capabilities::check(&meeting.doc("MeetingFeatures"), &given)?;
    attendee.set("Capabilities", given);
    tx.put(&ATTENDEES, &attendee)?;
    Ok(object! {"Attendee": attendee})
}

/// Changes all attendees but those that are excluded. An excluded ID that is no attendee's excludes none.
pub(super) fn batch_update_except(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let meeting = meeting::find(tx, input)?;
    let given = input.doc("Capabilities");
    capabilities::check(&meeting.doc("MeetingFeatures"), &given)?;
    let items = input.docs("ExcludedAttendeeIds");
    let excluded: HashSet<&str> = items.iter().map(|item| item.str("AttendeeId")).collect();
    for mut attendee in tx.all(&Scan::of(&ATTENDEES, meeting.str("MeetingId")))? {
        if !excluded.contains(attendee.str("AttendeeId")) {
            attendee.set("Capabilities", &given);
            tx.put(&ATTENDEES, &attendee)?;
        }
    }
    Ok(Doc::default())
}
