//! Chime SDK messaging: channels, memberships and messages.

mod access;
mod bans;
mod channels;
mod flows;
mod lists;
mod memberships;
mod messages;
mod moderators;
mod places;
mod settings;

use super::Handlers;
use super::common::{hidden, tags};
use crate::refusal::Refusal;
use crate::store::{Scan, Table, Tx};

pub(super) const OPERATIONS: Handlers = &[
    ("AssociateChannelFlow", flows::associate),
    ("BatchCreateChannelMembership", memberships::batch_create),
    hidden!("ChannelFlowCallback", messages::callback),
    hidden!("CreateChannel", channels::create),
    hidden!("CreateChannelBan", bans::create),
    hidden!("CreateChannelFlow", flows::create),
    ("CreateChannelMembership", memberships::create),
    hidden!("CreateChannelModerator", moderators::create),
    hidden!("DeleteChannel", channels::delete),
    hidden!("DeleteChannelBan", bans::delete),
    hidden!("DeleteChannelFlow", flows::delete),
    hidden!("DeleteChannelMembership", memberships::delete),
    hidden!("DeleteChannelMessage", messages::delete),
    hidden!("DeleteChannelModerator", moderators::delete),
    hidden!(
        "DeleteMessagingStreamingConfigurations",
        settings::delete_streaming
    ),
    hidden!("DescribeChannel", channels::describe),
    ("DescribeChannelBan", bans::describe),
    hidden!("DescribeChannelFlow", flows::describe),
    ("DescribeChannelMembership", memberships::describe),
    hidden!(
        "DescribeChannelMembershipForAppInstanceUser",
        lists::membership_of_user
    ),
    hidden!(
        "DescribeChannelModeratedByAppInstanceUser",
        lists::moderated_by_user
    ),
    ("DescribeChannelModerator", moderators::describe),
    ("DisassociateChannelFlow", flows::disassociate),
    hidden!(
        "GetChannelMembershipPreferences",
        memberships::get_preferences
    ),
    ("GetChannelMessage", messages::get),
    hidden!("GetChannelMessageStatus", messages::get_status),
    ("GetMessagingSessionEndpoint", settings::session_endpoint),
    (
        "GetMessagingStreamingConfigurations",
        settings::get_streaming,
    ),
    hidden!("ListChannelBans", bans::list),
    hidden!("ListChannelFlows", flows::list),
    hidden!("ListChannelMemberships", memberships::list),
    hidden!(
        "ListChannelMembershipsForAppInstanceUser",
        lists::memberships_of_user
    ),
    hidden!("ListChannelMessages", messages::list),
    hidden!("ListChannelModerators", moderators::list),
    hidden!("ListChannels", lists::channels),
    hidden!(
        "ListChannelsAssociatedWithChannelFlow",
        flows::list_channels
    ),
    hidden!(
        "ListChannelsModeratedByAppInstanceUser",
        lists::all_moderated_by_user
    ),
    hidden!("ListSubChannels", places::list),
    hidden!("ListTagsForResource", settings::list_tags),
    hidden!("PutChannelExpirationSettings", channels::put_expiration),
    hidden!(
        "PutChannelMembershipPreferences",
        memberships::put_preferences
    ),
    (
        "PutMessagingStreamingConfigurations",
        settings::put_streaming,
    ),
    hidden!("RedactChannelMessage", messages::redact),
    hidden!("SearchChannels", lists::search),
    hidden!("SendChannelMessage", messages::send),
    hidden!("TagResource", settings::tag),
    hidden!("UntagResource", settings::untag),
    hidden!("UpdateChannel", channels::update),
    hidden!("UpdateChannelFlow", flows::update),
    hidden!("UpdateChannelMessage", messages::update),
    hidden!("UpdateChannelReadMarker", memberships::update_read_marker),
];

pub(super) const TABLES: &[&Table] = &[
    &channels::CHANNELS,
    &places::PLACES,
    &memberships::MEMBERSHIPS,
    &moderators::MODERATORS,
    &bans::BANS,
    &messages::MESSAGES,
    &flows::FLOWS,
    &settings::STREAMING,
];

/// Removes everything that belongs to an app instance, which is deleted.
pub(super) fn forget_instance(tx: &mut Tx<'_>, instance: &str) -> Result<(), Refusal> {
    for channel in tx.all(&Scan::of(&channels::CHANNELS, instance))? {
        channels::remove(tx, &channel)?;
    }
    for flow in tx.all(&Scan::of(&flows::FLOWS, instance))? {
        tags::clear(tx, flow.str("ChannelFlowArn"))?;
    }
    tx.remove_all(&Scan::of(&flows::FLOWS, instance))?;
    tx.remove(&settings::STREAMING, instance)?;
    Ok(())
}

/// Removes the memberships, roles and bans of a user or bot, which is deleted.
pub(super) fn forget_identity(tx: &mut Tx<'_>, arn: &str) -> Result<(), Refusal> {
    let scan = Scan::by(&memberships::MEMBERSHIPS, memberships::BY_MEMBER, arn);
    // Removing a membership may move others, but never one of the same member.
    for membership in tx.all(&scan)? {
        memberships::remove(tx, &membership)?;
    }
    for (table, index) in [
        (&moderators::MODERATORS, moderators::BY_MODERATOR),
        (&bans::BANS, bans::BY_MEMBER),
    ] {
        tx.remove_all(&Scan::by(table, index, arn))?;
    }
    Ok(())
}

/// The rows of a channel other than the channel itself.
const PARTS: [&Table; 5] = [
    &places::PLACES,
    &memberships::MEMBERSHIPS,
    &moderators::MODERATORS,
    &bans::BANS,
    &messages::MESSAGES,
];
