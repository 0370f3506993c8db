//! Bans from channels.

use super::{access, memberships, moderators};
use crate::document::{Doc, object};
use crate::operations::{Answer, identity};
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Index, Scan, Table, Tx};

pub(super) const BANS: Table = Table {
    name: "messaging_bans",
    key: &["ChannelArn", "MemberArn"],
    indexes: &[Index {
        name: BY_MEMBER,
        columns: &["MemberArn"],
    }],
};

pub(super) const BY_MEMBER: &str = "messaging_bans_by_member";

pub(super) fn is_banned(tx: &Tx<'_>, channel: &str, arn: &str) -> Result<bool, Refusal> {
    tx.has(&BANS, (channel, arn))
}

/// Refuses to give a banned user or bot a part in a channel.
pub(super) fn refuse_banned(tx: &Tx<'_>, channel: &str, arn: &str) -> Result<(), Refusal> {
    match is_banned(tx, channel, arn)? {
        true => Err(Refusal::forbidden(format!(
            "{arn} is banned from {channel}"
        ))),
        false => Ok(()),
    }
}

/// Returns a ban with the name of who is banned.
fn show(tx: &Tx<'_>, row: Doc) -> Doc {
    let member = identity::identity_or_arn(tx, row.str("MemberArn"));
    row.with(object! {"Member": member})
}

/// Bans a user or bot, which leaves the channel if it is in it.
pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.manage("ban members")?;
    let (channel, arn) = (visit.arn(), input.str("MemberArn"));
    if identity::instance_of(arn)? != visit.channel.str("AppInstanceArn") {
        return Err(Refusal::bad_request(format!(
            "{arn} does not belong to the channel's app instance"
        )));
    }
    let member = identity::identity(tx, arn)?;
    if identity::is_admin(tx, arn)? || moderators::is_moderator(tx, channel, arn)? {
        return Err(Refusal::forbidden(format!(
            "{arn} is an admin or moderator, and cannot be banned"
        )));
    }
    if is_banned(tx, channel, arn)? {
        return Err(Refusal::conflict(format!("{arn} is banned already")));
    }
    let ban = object! {
        "ChannelArn": channel,
        "MemberArn": arn,
        "CreatedBy": &visit.bearer,
        "CreatedTimestamp": tx.now(),
    };
    tx.put(&BANS, &ban)?;
    for membership in memberships::all_of(tx, channel, arn)? {
        memberships::remove(tx, &membership)?;
    }
    Ok(object! {"ChannelArn": channel, "Member": member})
}

pub(super) fn describe(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.manage("describe bans")?;
    let ban = tx.find(&BANS, (visit.arn(), input.str("MemberArn")), "the ban of")?;
    Ok(object! {"ChannelBan": show(tx, ban)})
}

pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.manage("lift bans")?;
    let key = (visit.arn(), input.str("MemberArn"));
    tx.require(&BANS, key, "the ban of")?;
    tx.remove(&BANS, key)?;
    Ok(Doc::default())
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.manage("list bans")?;
    let scan = Scan::of(&BANS, visit.arn());
    let page = pages::page(tx, input, &scan, 50, "ChannelBans", |tx, ban| {
        Ok(Some(show(tx, ban)))
    })?;
    Ok(page.with(object! {"ChannelArn": visit.arn()}))
}
