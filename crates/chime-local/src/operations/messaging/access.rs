//! Who makes a request, and what they may do in a channel.
//!
//! Each request names the user or bot that makes it in the header `x-amz-chime-bearer`. What it may do depends on its
//! roles: admin of the app instance, moderator of the channel, member, or none of them.

use super::{bans, channels, memberships, moderators};
use crate::document::Doc;
use crate::operations::identity;
use crate::refusal::Refusal;
use crate::store::Tx;

/// Returns the identity of the bearer of a request, which must belong to an app instance.
pub(super) fn bearer(tx: &Tx<'_>, input: &Doc, instance: &str) -> Result<Doc, Refusal> {
    let arn = input.str("ChimeBearer");
    let forbidden = || {
        Refusal::forbidden(format!(
            "x-amz-chime-bearer: {arn} is no user or bot of {instance}"
        ))
    };
    match identity::instance_of(arn)? == instance {
        true => identity::identity(tx, arn).map_err(|_| forbidden()),
        false => Err(forbidden()),
    }
}

/// A request in a channel.
pub(super) struct Visit {
    pub(super) channel: Doc,
    /// The identity of who makes the request.
    pub(super) bearer: Doc,
    pub(super) is_admin: bool,
    pub(super) is_moderator: bool,
    /// The memberships of who makes the request: several only for moderators of elastic channels.
    pub(super) memberships: Vec<Doc>,
}

/// Finds the channel of a request, and the roles of who makes it.
///
/// # Errors
///
/// If the channel does not exist, the bearer does not belong to its app instance, or the bearer is banned, the
/// request is refused.
pub(super) fn enter(tx: &Tx<'_>, input: &Doc) -> Result<Visit, Refusal> {
    let channel = channels::find(tx, input.str("ChannelArn"))?;
    let bearer = bearer(tx, input, channel.str("AppInstanceArn"))?;
    let (arn, channel_arn) = (bearer.str("Arn"), channel.str("ChannelArn"));
    let is_admin = identity::is_admin(tx, arn)?;
    if !is_admin && bans::is_banned(tx, channel_arn, arn)? {
        return Err(Refusal::forbidden(format!(
            "{arn} is banned from {channel_arn}"
        )));
    }
    Ok(Visit {
        is_admin,
        is_moderator: moderators::is_moderator(tx, channel_arn, arn)?,
        memberships: memberships::all_of(tx, channel_arn, arn)?,
        bearer,
        channel,
    })
}

impl Visit {
    pub(super) fn arn(&self) -> &str {
        self.channel.str("ChannelArn")
    }

    pub(super) fn who(&self) -> &str {
        self.bearer.str("Arn")
    }

    pub(super) fn is_elastic(&self) -> bool {
        self.channel.has("ElasticChannelConfiguration")
    }

    pub(super) fn manages(&self) -> bool {
        self.is_admin || self.is_moderator
    }

    pub(super) fn is_member(&self) -> bool {
        !self.memberships.is_empty()
    }

    fn forbidden(&self, what: &str) -> Refusal {
        Refusal::forbidden(format!("{} may not {what} in {}", self.who(), self.arn()))
    }

    /// Allows admins and moderators.
    pub(super) fn manage(&self, what: &str) -> Result<(), Refusal> {
        match self.manages() {
            true => Ok(()),
            false => Err(self.forbidden(what)),
        }
    }

    /// Allows who is able to see the channel: everyone if it is public.
    pub(super) fn see(&self) -> Result<(), Refusal> {
        let is_public = self.channel.str("Privacy") == "PUBLIC";
        match is_public || self.manages() || self.is_member() {
            true => Ok(()),
            false => Err(self.forbidden("see what is")),
        }
    }

    /// Allows members. Admins and moderators must become members first.
    pub(super) fn take_part(&self, what: &str) -> Result<(), Refusal> {
        match self.is_member() {
            true => Ok(()),
            false => Err(self.forbidden(&format!("{what}, being no member,"))),
        }
    }

    /// Refuses what elastic channels do not have.
    pub(super) fn refuse_elastic(&self, what: &str) -> Result<(), Refusal> {
        match self.is_elastic() {
            true => Err(Refusal::bad_request(format!(
                "elastic channels have no {what}"
            ))),
            false => Ok(()),
        }
    }

    /// Returns the place of a request: the sub-channel that it names, or the one of who makes it. Channels that are
    /// not elastic have one place without a name.
    pub(super) fn place(&self, input: &Doc) -> Result<String, Refusal> {
        let named = input.opt_str("SubChannelId");
        if !self.is_elastic() {
            return match named {
                None => Ok(String::new()),
                Some(_) => Err(Refusal::bad_request(
                    "SubChannelId is given, but the channel is not elastic",
                )),
            };
        }
        let mut own = self.memberships.iter().map(|it| it.str("Place"));
        match named {
            Some(id) if self.manages() || own.any(|own| own == id) => Ok(id.to_owned()),
            Some(id) => Err(self.forbidden(&format!("enter sub-channel {id}"))),
            None => own.next().map(str::to_owned).ok_or_else(|| {
                Refusal::bad_request("SubChannelId is required for those who are in no sub-channel")
            }),
        }
    }
}
