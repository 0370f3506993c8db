//! Lists of channels: all of an app instance, those of a user, and those that a search finds.

use super::access;
use super::channels::{self, CHANNELS};
use super::memberships::{self, MEMBERSHIPS};
use super::moderators::{self, MODERATORS};
use crate::document::{Doc, object};
use crate::operations::common::expiry::is_expired;
use crate::operations::{Answer, identity};
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Scan, Tx};
use std::collections::BTreeSet;

/// Lists the public channels of an app instance, or the private ones for admins.
pub(super) fn channels(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let instance = input.str("AppInstanceArn");
    identity::check_instance(tx, instance)?;
    let bearer = access::bearer(tx, input, instance)?;
    let privacy = input.opt_str("Privacy").unwrap_or("PUBLIC");
    if privacy == "PRIVATE" && !identity::is_admin(tx, bearer.str("Arn"))? {
        return Err(Refusal::forbidden("only admins list private channels"));
    }
    let scan = Scan::of(&CHANNELS, instance);
    pages::page(tx, input, &scan, 50, "Channels", |tx, channel| {
        let is_listed = channel.str("Privacy") == privacy && !is_expired(tx.now(), &channel);
        Ok(is_listed.then_some(channel))
    })
}

/// Returns the user of a request: who makes it, or any other if that is an admin.
fn user<'i>(tx: &Tx<'_>, input: &'i Doc) -> Result<&'i str, Refusal> {
    let bearer = input.str("ChimeBearer");
    let user = input.opt_str("AppInstanceUserArn").unwrap_or(bearer);
    access::bearer(tx, input, identity::instance_of(user)?)?;
    if user != bearer {
        if !identity::is_admin(tx, bearer)? {
            return Err(Refusal::forbidden(
                "only admins ask for the channels of other users",
            ));
        }
        identity::identity(tx, user)?;
    }
    Ok(user)
}

/// Returns a membership with its channel.
fn with_channel(channel: Doc, membership: &Doc) -> Doc {
    let summary = membership.pick(&["Type", "ReadMarkerTimestamp", "SubChannelId"]);
    object! {"ChannelSummary": channel, "AppInstanceUserMembershipSummary": summary}
}

pub(super) fn memberships_of_user(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let user = user(tx, input)?;
    let scan = Scan::by(&MEMBERSHIPS, memberships::BY_MEMBER, user);
    pages::page(
        tx,
        input,
        &scan,
        50,
        "ChannelMemberships",
        |tx, membership| {
            let channel = channels::get(tx, membership.str("ChannelArn"))?;
            Ok(channel.map(|channel| with_channel(channel, &membership)))
        },
    )
}

pub(super) fn membership_of_user(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let user = user(tx, input)?;
    let channel = channels::find(tx, input.str("ChannelArn"))?;
    let of_user = memberships::all_of(tx, channel.str("ChannelArn"), user)?;
    match of_user.first() {
        Some(membership) => Ok(object! {"ChannelMembership": with_channel(channel, membership)}),
        None => Err(Refusal::not_found("member", user)),
    }
}

pub(super) fn all_moderated_by_user(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let user = user(tx, input)?;
    let scan = Scan::by(&MODERATORS, moderators::BY_MODERATOR, user);
    pages::page(tx, input, &scan, 50, "Channels", |tx, moderator| {
        let channel = channels::get(tx, moderator.str("ChannelArn"))?;
        Ok(channel.map(|channel| object! {"ChannelSummary": channel}))
    })
}

pub(super) fn moderated_by_user(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let user = user(tx, input)?;
    let channel = channels::find(tx, input.str("ChannelArn"))?;
    match moderators::is_moderator(tx, channel.str("ChannelArn"), user)? {
        true => Ok(object! {"Channel": object! {"ChannelSummary": channel}}),
        false => Err(Refusal::not_found("moderator", user)),
    }
}

/// Returns whether a channel has all the members that a search names, and no others if it says so.
fn matches(tx: &Tx<'_>, channel: &str, fields: &[Doc]) -> Result<bool, Refusal> {
    for field in fields {
        let members: BTreeSet<&str> = field.strs("Values").into_iter().collect();
        for member in &members {
            if memberships::all_of(tx, channel, member)?.is_empty() {
                return Ok(false);
            }
        }
        if field.str("Operator") == "EQUALS" {
            let mut all = BTreeSet::new();
            tx.each(&Scan::of(&MEMBERSHIPS, channel), None, |_, row| {
                all.insert(row.str("MemberArn").to_owned());
                Ok(all.len() <= members.len())
            })?;
            if all.len() != members.len() {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Searches channels by their members: those of who makes the request, or all for admins and for developers, whose
/// requests have no bearer.
pub(super) fn search(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let fields = input.docs("Fields");
    let values = fields.first().map(|field| field.strs("Values"));
    let Some(first) = values.and_then(|values| values.first().copied()) else {
        return Err(Refusal::bad_request("a search needs a value"));
    };
    let mut within = None;
    if let Some(bearer) = input.opt_str("ChimeBearer") {
        access::bearer(tx, input, identity::instance_of(bearer)?)?;
        if !identity::is_admin(tx, bearer)? {
            within = Some(bearer);
        }
    }
    let instance = input
        .opt_str("ChimeBearer")
        .map(identity::instance_of)
        .transpose()?;
    let scan = Scan::by(&MEMBERSHIPS, memberships::BY_MEMBER, first);
    pages::page(tx, input, &scan, 50, "Channels", |tx, membership| {
        let arn = membership.str("ChannelArn");
        let own = memberships::all_of(tx, arn, first)?;
        // A moderator has several memberships in an elastic channel, which is listed once.
        let is_first = own
            .first()
            .is_some_and(|it| it.get("Place") == membership.get("Place"));
        let is_seen = match within {
            Some(bearer) => !memberships::all_of(tx, arn, bearer)?.is_empty(),
            None => true,
        };
        let is_here = instance.is_none_or(|instance| identity::instance_of(arn) == Ok(instance));
        match is_first && is_seen && is_here && matches(tx, arn, &fields)? {
            true => channels::get(tx, arn),
            false => Ok(None),
        }
    })
}
