//! Members of channels, with their preferences and read markers.

use super::access::{self, Visit};
use super::{bans, channels, moderators, places};
use crate::document::{Doc, object};
use crate::operations::{Answer, identity};
use crate::pages;
use crate::refusal::{ItemError, Refusal};
use crate::store::{Index, Scan, Table, Tx};

pub(super) const MEMBERSHIPS: Table = Table {
    name: "messaging_memberships",
    key: &["ChannelArn", "Place", "MemberArn"],
    indexes: &[
        Index {
            name: BY_MEMBER,
            columns: &["MemberArn", "ChannelArn"],
        },
        Index {
            name: BY_TYPE,
            columns: &["ChannelArn", "Place", "Type"],
        },
    ],
};

pub(super) const BY_MEMBER: &str = "messaging_memberships_by_member";

const BY_TYPE: &str = "messaging_memberships_by_type";

/// Returns the memberships of a user or bot in a channel: several only for moderators of elastic channels.
pub(super) fn all_of(tx: &Tx<'_>, channel: &str, arn: &str) -> Result<Vec<Doc>, Refusal> {
    tx.all(&Scan::by(&MEMBERSHIPS, BY_MEMBER, (arn, channel)))
}

/// Adds a member to a channel, and returns the membership with the member.
pub(super) fn add(
    tx: &mut Tx<'_>,
    channel: &Doc,
    by: &Doc,
    member: &str,
    kind: &str,
    sub_channel: Option<&str>,
) -> Answer {
    let arn = channel.str("ChannelArn");
    if identity::instance_of(member)? != channel.str("AppInstanceArn") {
        return Err(Refusal::bad_request(format!(
            "{member} does not belong to the channel's app instance"
        )));
    }
    let who = identity::identity(tx, member)?;
    bans::refuse_banned(tx, arn, member)?;
    let is_elastic = channel.has("ElasticChannelConfiguration");
    if is_elastic && kind == "HIDDEN" {
        return Err(Refusal::bad_request(
            "elastic channels have no hidden members",
        ));
    }
    if sub_channel.is_some() {
        if !is_elastic {
            return Err(Refusal::bad_request(
                "SubChannelId is given, but the channel is not elastic",
            ));
        }
        if !moderators::is_moderator(tx, arn, member)? && !identity::is_admin(tx, member)? {
            return Err(Refusal::bad_request(
                "SubChannelId is only for moderators; other members get a sub-channel",
            ));
        }
    }
    let known = all_of(tx, arn, member)?;
    let is_there = |it: &Doc| sub_channel.is_none_or(|id| it.str("Place") == id);
    if known.iter().any(is_there) {
        return Err(Refusal::conflict(format!("{member} is a member already")));
    }
    let place = places::take(tx, channel, sub_channel)?;
    let membership = object! {
        "ChannelArn": arn,
        "Place": &place,
        "SubChannelId": is_elastic.then_some(&place),
        "MemberArn": member,
        "Type": kind,
        "InvitedBy": by,
        "CreatedTimestamp": tx.now(),
        "LastUpdatedTimestamp": tx.now(),
    };
    tx.put(&MEMBERSHIPS, &membership)?;
    Ok(membership.with(object! {"Member": who}))
}

/// Removes a member from a channel.
pub(super) fn remove(tx: &mut Tx<'_>, membership: &Doc) -> Result<(), Refusal> {
    let (arn, place) = (membership.str("ChannelArn"), membership.str("Place"));
    tx.remove(&MEMBERSHIPS, (arn, place, membership.str("MemberArn")))?;
    match channels::get(tx, arn)? {
        Some(channel) => places::leave(tx, &channel, place),
        None => Ok(()),
    }
}

/// Returns a membership with the name of the member.
fn show(tx: &Tx<'_>, membership: Doc) -> Doc {
    let member = identity::identity_or_arn(tx, membership.str("MemberArn"));
    membership.with(object! {"Member": member})
}

/// Admins and moderators add and remove members. In an unrestricted channel, members do so too, and everyone who
/// sees the channel joins it.
fn check_change(visit: &Visit, what: &str) -> Result<(), Refusal> {
    match visit.channel.str("Mode") {
        "UNRESTRICTED" => visit.see(),
        _ => visit.manage(what),
    }
}

/// Checks a request to add members of a type.
fn check_addition(visit: &Visit, kind: &str) -> Result<(), Refusal> {
    check_change(visit, "add members")?;
    match kind {
        "HIDDEN" => visit.manage("add hidden members"),
        _ => Ok(()),
    }
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    let kind = input.str("Type");
    check_addition(&visit, kind)?;
    let (member, place) = (input.str("MemberArn"), input.opt_str("SubChannelId"));
    add(tx, &visit.channel, &visit.bearer, member, kind, place)
}

pub(super) fn batch_create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    let kind = input.opt_str("Type").unwrap_or("DEFAULT");
    check_addition(&visit, kind)?;
    let place = input.opt_str("SubChannelId");
    let (mut members, mut errors) = (Vec::new(), Vec::new());
    for arn in input.strs("MemberArns") {
        let added = match tx.item_fault(arn) {
            Some(error) => Err(error),
            None => {
                add(tx, &visit.channel, &visit.bearer, arn, kind, place).map_err(ItemError::from)
            }
        };
        match added {
            Ok(membership) => members.push(membership.doc("Member")),
            Err(error) => errors.push(error.entry("MemberArn", arn)),
        }
    }
    let memberships = object! {
        "ChannelArn": visit.arn(),
        "InvitedBy": &visit.bearer,
        "Type": kind,
        "Members": members,
        "SubChannelId": place,
    };
    Ok(object! {"BatchChannelMemberships": memberships, "Errors": errors})
}

/// Returns the membership that a request names.
fn named(tx: &Tx<'_>, visit: &Visit, input: &Doc) -> Answer {
    let arn = input.str("MemberArn");
    let place = input.opt_str("SubChannelId");
    let mut all = all_of(tx, visit.arn(), arn)?.into_iter();
    all.find(|it| place.is_none_or(|place| it.str("Place") == place))
        .ok_or_else(|| Refusal::not_found("member", arn))
}

pub(super) fn describe(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.see()?;
    let membership = named(tx, &visit, input)?;
    Ok(object! {"ChannelMembership": show(tx, membership)})
}

pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    let membership = named(tx, &visit, input)?;
    // Everyone leaves as they like.
    if visit.who() != input.str("MemberArn") {
        check_change(&visit, "remove members")?;
        if !visit.manages() {
            visit.take_part("remove members")?;
        }
    }
    remove(tx, &membership)?;
    Ok(Doc::default())
}

/// Lists members of one type. Only those who manage the channel see hidden ones.
pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.see()?;
    let kind = input.opt_str("Type").unwrap_or("DEFAULT");
    if kind == "HIDDEN" {
        visit.manage("list hidden members")?;
    }
    let place = visit.place(input)?;
    let scan = Scan::by(&MEMBERSHIPS, BY_TYPE, (visit.arn(), &*place, kind));
    let page = pages::page(tx, input, &scan, 50, "ChannelMemberships", |tx, row| {
        Ok(Some(show(tx, row)))
    })?;
    Ok(page.with(object! {"ChannelArn": visit.arn()}))
}

/// Returns the membership of a request about preferences, which must be that of who makes it.
fn own(tx: &Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.refuse_elastic("membership preferences")?;
    if visit.who() != input.str("MemberArn") {
        return Err(Refusal::forbidden(
            "preferences are only for the member whose they are",
        ));
    }
    Ok(show(tx, named(tx, &visit, input)?))
}

const PREFERENCES: &[&str] = &["ChannelArn", "Member", "Preferences"];

pub(super) fn get_preferences(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let usual = object! {"PushNotifications": object! {"AllowNotifications": "ALL"}};
    let membership = own(tx, input)?;
    let usual = object! {"Preferences": usual};
    Ok(usual.with(membership.pick(PREFERENCES)))
}

pub(super) fn put_preferences(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let preferences = input.doc("Preferences");
    if let Some(push) = preferences.opt_doc("PushNotifications")
        && (push.str("AllowNotifications") == "FILTERED") != push.has("FilterRule")
    {
        return Err(Refusal::bad_request(
            "FilterRule goes with AllowNotifications FILTERED, and only with it",
        ));
    }
    let mut membership = own(tx, input)?;
    membership.set("Preferences", preferences);
    membership.set("LastUpdatedTimestamp", tx.now());
    let answer = membership.pick(PREFERENCES);
    membership.remove("Member");
    tx.put(&MEMBERSHIPS, &membership)?;
    Ok(answer)
}

pub(super) fn update_read_marker(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.refuse_elastic("read markers")?;
    visit.take_part("set a read marker")?;
    for mut membership in visit.memberships.clone() {
        membership.set("ReadMarkerTimestamp", tx.now());
        tx.put(&MEMBERSHIPS, &membership)?;
    }
    Ok(object! {"ChannelArn": visit.arn()})
}
