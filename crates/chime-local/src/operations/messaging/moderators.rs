//! Moderators of channels.

use super::{access, bans};
use crate::document::{Doc, object};
use crate::operations::{Answer, identity};
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Index, Scan, Table, Tx};

pub(super) const MODERATORS: Table = Table {
    name: "messaging_moderators",
    key: &["ChannelArn", "ModeratorArn"],
    indexes: &[Index {
        name: BY_MODERATOR,
        columns: &["ModeratorArn"],
    }],
};

pub(super) const BY_MODERATOR: &str = "messaging_moderators_by_moderator";

/// The most moderators of a channel.
const MOST: usize = 1000;

pub(super) fn is_moderator(tx: &Tx<'_>, channel: &str, arn: &str) -> Result<bool, Refusal> {
    tx.has(&MODERATORS, (channel, arn))
}

/// Makes a user or bot a moderator, and returns its identity.
pub(super) fn add(tx: &mut Tx<'_>, channel: &Doc, by: &Doc, moderator: &str) -> Answer {
    let arn = channel.str("ChannelArn");
    if identity::instance_of(moderator)? != channel.str("AppInstanceArn") {
        return Err(Refusal::bad_request(format!(
            "{moderator} does not belong to the channel's app instance"
        )));
    }
    let who = identity::identity(tx, moderator)?;
    bans::refuse_banned(tx, arn, moderator)?;
    if is_moderator(tx, arn, moderator)? {
        return Err(Refusal::conflict(format!(
            "{moderator} is a moderator already"
        )));
    }
    if tx.count(&Scan::of(&MODERATORS, arn), MOST)? == MOST {
        return Err(Refusal::limit(format!(
            "{arn} has {MOST} moderators already"
        )));
    }
    let row = object! {
        "ChannelArn": arn,
        "ModeratorArn": moderator,
        "CreatedBy": by,
        "CreatedTimestamp": tx.now(),
    };
    tx.put(&MODERATORS, &row)?;
    Ok(who)
}

/// Returns a moderator with its name.
fn show(tx: &Tx<'_>, row: Doc) -> Doc {
    let moderator = identity::identity_or_arn(tx, row.str("ModeratorArn"));
    row.with(object! {"Moderator": moderator})
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.manage("add moderators")?;
    let moderator = input.str("ChannelModeratorArn");
    let moderator = add(tx, &visit.channel, &visit.bearer, moderator)?;
    Ok(object! {"ChannelArn": visit.arn(), "ChannelModerator": moderator})
}

pub(super) fn describe(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.manage("describe moderators")?;
    let key = (visit.arn(), input.str("ChannelModeratorArn"));
    let row = tx.find(&MODERATORS, key, "moderator")?;
    Ok(object! {"ChannelModerator": show(tx, row)})
}

pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.manage("remove moderators")?;
    let key = (visit.arn(), input.str("ChannelModeratorArn"));
    tx.require(&MODERATORS, key, "moderator")?;
    tx.remove(&MODERATORS, key)?;
    Ok(Doc::default())
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.manage("list moderators")?;
    let scan = Scan::of(&MODERATORS, visit.arn());
    let page = pages::page(tx, input, &scan, 50, "ChannelModerators", |tx, row| {
        Ok(Some(show(tx, row)))
    })?;
    Ok(page.with(object! {"ChannelArn": visit.arn()}))
}
