//! Channels.

use super::{PARTS, access, memberships, moderators};
use crate::document::{Doc, object};
use crate::operations::common::expiry::is_expired;
use crate::operations::common::tags;
use crate::operations::{Answer, identity};
use crate::refusal::Refusal;
use crate::store::{Index, Scan, Table, Tx};

pub(super) const CHANNELS: Table = Table {
    name: "messaging_channels",
    key: &["AppInstanceArn", "ChannelArn"],
    indexes: &[Index {
        name: BY_FLOW,
        columns: &["ChannelFlowArn"],
    }],
};

pub(super) const BY_FLOW: &str = "messaging_channels_by_flow";

/// Returns a channel.
pub(super) fn find(tx: &Tx<'_>, arn: &str) -> Answer {
    let channel = tx.find(&CHANNELS, (identity::instance_of(arn)?, arn), "channel")?;
    match is_expired(tx.now(), &channel) {
        true => Err(Refusal::not_found("channel", arn)),
        false => Ok(channel),
    }
}

/// Returns a channel if it exists, for lists.
pub(super) fn get(tx: &Tx<'_>, arn: &str) -> Result<Option<Doc>, Refusal> {
    let channel = tx.get(&CHANNELS, (identity::instance_of(arn)?, arn))?;
    Ok(channel.filter(|channel| !is_expired(tx.now(), channel)))
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let instance = input.str("AppInstanceArn");
    identity::check_instance(tx, instance)?;
    let creator = access::bearer(tx, input, instance)?;
    let id = input
        .opt_str("ChannelId")
        .map_or_else(|| tx.new_id(), str::to_owned);
    let arn = format!("{instance}/channel/{id}");
    if let Some(known) = tx.get(&CHANNELS, (instance, &*arn))? {
        if !is_expired(tx.now(), &known) {
            return Err(Refusal::conflict(format!("channel {arn} exists already")));
        }
        remove(tx, &known)?;
    }
    let channel = object! {
        "AppInstanceArn": instance,
        "ChannelArn": &arn,
        "Name": input.str("Name"),
        "Mode": input.opt_str("Mode").unwrap_or("UNRESTRICTED"),
        "Privacy": input.opt_str("Privacy").unwrap_or("PRIVATE"),
        "Metadata": input.get("Metadata"),
        "ElasticChannelConfiguration": input.get("ElasticChannelConfiguration"),
        "ExpirationSettings": input.get("ExpirationSettings"),
        "CreatedBy": &creator,
        "CreatedTimestamp": tx.now(),
        "LastUpdatedTimestamp": tx.now(),
    };
    tx.put(&CHANNELS, &channel)?;
    tags::set(tx, &arn, input)?;
    // Who creates a channel moderates it, and is in it unless it is elastic.
    let who = creator.str("Arn");
    let mut moderating = vec![who];
    moderating.extend(
        input
            .strs("ModeratorArns")
            .into_iter()
            .filter(|arn| *arn != who),
    );
    for moderator in moderating {
        moderators::add(tx, &channel, &creator, moderator)?;
    }
    let mut joining = input.strs("MemberArns");
    if !channel.has("ElasticChannelConfiguration") {
        joining.retain(|arn| *arn != who);
        joining.insert(0, who);
    }
    for member in joining {
        memberships::add(tx, &channel, &creator, member, "DEFAULT", None)?;
    }
    Ok(object! {"ChannelArn": arn})
}

pub(super) fn describe(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.see()?;
    Ok(object! {"Channel": visit.channel})
}

pub(super) fn update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.manage("update the channel")?;
    let mut channel = visit.channel;
    channel.copy(input, &["Name", "Mode", "Metadata"]);
    channel.set("LastUpdatedTimestamp", tx.now());
    tx.put(&CHANNELS, &channel)?;
    Ok(channel.pick(&["ChannelArn"]))
}

/// Sets the expiration settings of a channel, or removes them if the request has none. A request without bearer is
/// one of the developer.
pub(super) fn put_expiration(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut channel = match input.has("ChimeBearer") {
        true => {
            let visit = access::enter(tx, input)?;
            visit.manage("set the expiration")?;
            visit.channel
        }
        false => find(tx, input.str("ChannelArn"))?,
    };
    channel.set("ExpirationSettings", input.get("ExpirationSettings"));
    channel.set("LastUpdatedTimestamp", tx.now());
    tx.put(&CHANNELS, &channel)?;
    Ok(channel.pick(&["ChannelArn", "ExpirationSettings"]))
}

pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.manage("delete the channel")?;
    remove(tx, &visit.channel)?;
    Ok(Doc::default())
}

/// Removes a channel with everything in it.
pub(super) fn remove(tx: &mut Tx<'_>, channel: &Doc) -> Result<(), Refusal> {
    let arn = channel.str("ChannelArn");
    for table in PARTS {
        tx.remove_all(&Scan::of(table, arn))?;
    }
    tags::clear(tx, arn)?;
    tx.remove(&CHANNELS, (channel.str("AppInstanceArn"), arn))?;
    Ok(())
}
