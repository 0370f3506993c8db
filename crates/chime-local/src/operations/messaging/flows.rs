//! Channel flows, and the channels that they are associated with.

use super::access;
use super::channels::{BY_FLOW, CHANNELS};
use crate::document::{Doc, object};
use crate::operations::common::expiry::is_expired;
use crate::operations::common::tags;
use crate::operations::{Answer, identity};
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Scan, Table, Tx};

pub(super) const FLOWS: Table = Table {
    name: "messaging_channel_flows",
    key: &["AppInstanceArn", "ChannelFlowArn"],
    indexes: &[],
};

/// The most channel flows of an app instance.
const MOST: usize = 100;

pub(super) fn find(tx: &Tx<'_>, arn: &str) -> Answer {
    tx.find(&FLOWS, (identity::instance_of(arn)?, arn), "channel flow")
}

/// Processors of a flow have names and places of their own in it.
fn check_processors(input: &Doc) -> Result<(), Refusal> {
    let processors = input.docs("Processors");
    for (i, one) in processors.iter().enumerate() {
        for other in &processors[..i] {
            for member in ["Name", "ExecutionOrder"] {
                if one.get(member) == other.get(member) {
                    return Err(Refusal::bad_request(format!(
                        "two processors have the same {member}"
                    )));
                }
            }
        }
    }
    Ok(())
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let instance = input.str("AppInstanceArn");
    identity::check_instance(tx, instance)?;
    check_processors(input)?;
    if tx.count(&Scan::of(&FLOWS, instance), MOST)? == MOST {
        return Err(Refusal::limit(format!(
            "{instance} has {MOST} channel flows already"
        )));
    }
    let arn = format!("{instance}/channel-flow/{}", tx.new_id());
    let flow = object! {
        "AppInstanceArn": instance,
        "ChannelFlowArn": &arn,
        "Name": input.str("Name"),
        "Processors": input.docs("Processors"),
        "CreatedTimestamp": tx.now(),
        "LastUpdatedTimestamp": tx.now(),
    };
    tx.put(&FLOWS, &flow)?;
    tags::set(tx, &arn, input)?;
    Ok(object! {"ChannelFlowArn": arn})
}

pub(super) fn describe(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"ChannelFlow": find(tx, input.str("ChannelFlowArn"))?})
}

pub(super) fn update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut flow = find(tx, input.str("ChannelFlowArn"))?;
    check_processors(input)?;
    flow.copy(input, &["Name", "Processors"]);
    flow.set("LastUpdatedTimestamp", tx.now());
    tx.put(&FLOWS, &flow)?;
    Ok(flow.pick(&["ChannelFlowArn"]))
}

/// Deletes a flow that no channel has.
pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let arn = input.str("ChannelFlowArn");
    find(tx, arn)?;
    for channel in tx.all(&Scan::by(&CHANNELS, BY_FLOW, arn))? {
        if !is_expired(tx.now(), &channel) {
            return Err(Refusal::conflict(format!(
                "{arn} is associated with {}",
                channel.str("ChannelArn")
            )));
        }
    }
    tags::clear(tx, arn)?;
    tx.remove(&FLOWS, (identity::instance_of(arn)?, arn))?;
    Ok(Doc::default())
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let instance = input.str("AppInstanceArn");
    identity::check_instance(tx, instance)?;
    let scan = Scan::of(&FLOWS, instance);
    pages::page(tx, input, &scan, 50, "ChannelFlows", |_, flow| {
        Ok(Some(flow))
    })
}

pub(super) fn list_channels(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let arn = input.str("ChannelFlowArn");
    find(tx, arn)?;
    let scan = Scan::by(&CHANNELS, BY_FLOW, arn);
    pages::page(tx, input, &scan, 50, "Channels", |tx, channel| {
        Ok((!is_expired(tx.now(), &channel)).then_some(channel))
    })
}

pub(super) fn associate(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.manage("associate channel flows")?;
    let flow = find(tx, input.str("ChannelFlowArn"))?;
    let mut channel = visit.channel;
    if flow.str("AppInstanceArn") != channel.str("AppInstanceArn") {
        return Err(Refusal::bad_request(
            "the channel flow belongs to another app instance",
        ));
    }
    if let Some(other) = channel.opt_str("ChannelFlowArn")
        && other != flow.str("ChannelFlowArn")
    {
        return Err(Refusal::conflict(format!(
            "the channel has the flow {other}"
        )));
    }
    channel.copy(&flow, &["ChannelFlowArn"]);
    tx.put(&CHANNELS, &channel)?;
    Ok(Doc::default())
}

pub(super) fn disassociate(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.manage("disassociate channel flows")?;
    let flow = input.str("ChannelFlowArn");
    let mut channel = visit.channel;
    if channel.opt_str("ChannelFlowArn") != Some(flow) {
        return Err(Refusal::not_found("the channel's flow", flow));
    }
    channel.remove("ChannelFlowArn");
    tx.put(&CHANNELS, &channel)?;
    Ok(Doc::default())
}
