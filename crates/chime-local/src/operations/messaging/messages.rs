//! Messages of channels, and what channel flows make of them.
//!
//! Nothing runs the processors of a flow: a message in a channel with a flow waits until `ChannelFlowCallback` was
//! called once for each processor.

use super::access::{self, Visit};
use super::{channels, flows};
use crate::document::{Doc, object};
use crate::operations::common::expiry::DAY;
use crate::operations::{Answer, identity};
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Scan, Table, Tx};

/// IDs of messages increase, so messages are in the order in which they were sent.
pub(super) const MESSAGES: Table = Table {
    name: "messaging_messages",
    key: &["ChannelArn", "Place", "MessageId"],
    indexes: &[],
};

/// The most bytes of a message.
const MOST: usize = 4096;

/// The most bytes of a control message.
const MOST_OF_CONTROL: usize = 30;

/// What a sender or a channel flow changes in a message.
const CONTENT: &[&str] = &["Content", "ContentType", "Metadata", "MessageAttributes"];

fn check_content(kind: &str, message: &Doc) -> Result<(), Refusal> {
    let most = if kind == "CONTROL" {
        MOST_OF_CONTROL
    } else {
        MOST
    };
    if message.str("Content").len() > most {
        return Err(Refusal::bad_request(format!(
            "Content of {kind} messages has at most {most} bytes"
        )));
    }
    if kind == "CONTROL" && message.opt_str("Metadata").is_some_and(|it| !it.is_empty()) {
        return Err(Refusal::bad_request("CONTROL messages have no Metadata"));
    }
    Ok(())
}

fn status(value: &str) -> Doc {
    object! {"Value": value}
}

fn is_pending(message: &Doc) -> bool {
    message.doc("Status").str("Value") == "PENDING"
}

/// Returns how many processors a message of a channel waits for.
fn processors(tx: &Tx<'_>, channel: &Doc, kind: &str) -> Result<Option<i64>, Refusal> {
    let Some(flow) = channel
        .opt_str("ChannelFlowArn")
        .filter(|_| kind != "CONTROL")
    else {
        return Ok(None);
    };
    let count = flows::find(tx, flow)?.list("Processors").len();
    Ok(i64::try_from(count).ok())
}

pub(super) fn send(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.take_part("send messages")?;
    let place = visit.place(input)?;
    let kind = input.str("Type");
    check_content(kind, input)?;
    for target in input.docs("Target") {
        let arn = target.str("MemberArn");
        if super::memberships::all_of(tx, visit.arn(), arn)?.is_empty() {
            return Err(Refusal::bad_request(format!(
                "the target {arn} is no member of the channel"
            )));
        }
    }
    let awaited = processors(tx, &visit.channel, kind)?;
    let state = status(if awaited.is_some() { "PENDING" } else { "SENT" });
    let id = tx.new_id();
    let message = object! {
        "ChannelArn": visit.arn(),
        "Place": &place,
        "SubChannelId": visit.is_elastic().then_some(&place),
        "MessageId": &id,
        "Type": kind,
        "Persistence": input.str("Persistence"),
        "Target": input.get("Target"),
        "Sender": &visit.bearer,
        "Status": &state,
        "Awaited": awaited,
        "CreatedTimestamp": tx.now(),
        "LastUpdatedTimestamp": tx.now(),
    };
    let message = message.with(input.pick(CONTENT));
    if awaited.is_some() {
        tx.put(&MESSAGES, &message)?;
    } else {
        deliver(tx, &message)?;
    }
    Ok(message.pick(ANSWER))
}

/// What the answers about a message that was sent or changed have.
const ANSWER: &[&str] = &["ChannelArn", "MessageId", "SubChannelId", "Status"];

/// Keeps a message that was sent, if it is to be kept.
fn deliver(tx: &mut Tx<'_>, message: &Doc) -> Result<(), Refusal> {
    if message.str("Persistence") != "PERSISTENT" {
        tx.remove(&MESSAGES, key(message))?;
        return Ok(());
    }
    tx.put(&MESSAGES, message)?;
    if message.str("Type") == "STANDARD"
        && let Some(mut channel) = channels::get(tx, message.str("ChannelArn"))?
    {
        channel.set("LastMessageTimestamp", tx.now());
        tx.put(&channels::CHANNELS, &channel)?;
    }
    Ok(())
}

fn key(message: &Doc) -> (&str, &str, &str) {
    (
        message.str("ChannelArn"),
        message.str("Place"),
        message.str("MessageId"),
    )
}

/// What someone sees of the messages of a channel.
struct View<'v> {
    who: &'v str,
    /// Messages from before this time are not retained.
    since: i64,
}

impl<'v> View<'v> {
    fn new(tx: &Tx<'_>, visit: &'v Visit) -> Result<Self, Refusal> {
        let days = identity::retention_days(tx, visit.channel.str("AppInstanceArn"))?;
        let since = days.map_or(i64::MIN, |days| tx.now() - days.saturating_mul(DAY));
        Ok(Self {
            who: visit.who(),
            since,
        })
    }

    fn is_sender(&self, message: &Doc) -> bool {
        message.doc("Sender").str("Arn") == self.who
    }

    /// A message with a target is seen by its sender and its target, a pending one by its sender.
    fn sees(&self, message: &Doc) -> bool {
        let targets = message.docs("Target");
        let is_for_all = targets.is_empty() && !is_pending(message);
        let is_target = || targets.iter().any(|it| it.str("MemberArn") == self.who);
        let is_retained = message.int("CreatedTimestamp").unwrap_or_default() >= self.since;
        let is_shown =
            is_for_all || self.is_sender(message) || (!is_pending(message) && is_target());
        is_retained && is_shown
    }
}

/// Returns the message of a request, if who makes the request sees it.
fn find(tx: &Tx<'_>, visit: &Visit, input: &Doc) -> Answer {
    let id = input.str("MessageId");
    let place = visit.place(input)?;
    let message = tx.find(&MESSAGES, (visit.arn(), &*place, id), "message")?;
    match View::new(tx, visit)?.sees(&message) {
        true => Ok(message),
        false => Err(Refusal::not_found("message", id)),
    }
}

fn check_sender(visit: &Visit, message: &Doc, what: &str) -> Result<(), Refusal> {
    match message.doc("Sender").str("Arn") == visit.who() {
        true => Ok(()),
        false => Err(Refusal::forbidden(format!(
            "only the sender of a message may {what}"
        ))),
    }
}

pub(super) fn get(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.see()?;
    Ok(object! {"ChannelMessage": find(tx, &visit, input)?})
}

pub(super) fn get_status(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    let message = find(tx, &visit, input)?;
    check_sender(&visit, &message, "get its status")?;
    Ok(message.pick(&["Status"]))
}

/// Edits a message. In a channel with a flow, the edit waits as a new message does, and the message remains as it
/// was until then.
pub(super) fn update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    let mut message = find(tx, &visit, input)?;
    check_sender(&visit, &message, "edit it")?;
    if message.bool("Redacted") == Some(true) {
        return Err(Refusal::conflict("the message was redacted"));
    }
    if is_pending(&message) || message.has("Edit") {
        return Err(Refusal::conflict("the message is being processed"));
    }
    let kind = message.str("Type");
    check_content(kind, input)?;
    let changes = input.pick(CONTENT);
    let awaited = processors(tx, &visit.channel, kind)?;
    if awaited.is_some() {
        message.set("Awaited", awaited);
        message.set("Edit", changes);
    } else {
        edit(tx, &mut message, &changes);
    }
    tx.put(&MESSAGES, &message)?;
    let state = status(if awaited.is_some() { "PENDING" } else { "SENT" });
    Ok(message.with(object! {"Status": state}).pick(ANSWER))
}

fn edit(tx: &Tx<'_>, message: &mut Doc, changes: &Doc) {
    message.copy(changes, CONTENT);
    message.set("LastEditedTimestamp", tx.now());
    message.set("LastUpdatedTimestamp", tx.now());
}

/// Removes the content of a message, which remains without it.
pub(super) fn redact(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    let mut message = find(tx, &visit, input)?;
    if !visit.manages() {
        check_sender(
            &visit,
            &message,
            "redact it, and those who manage the channel",
        )?;
    }
    if is_pending(&message) {
        return Err(Refusal::conflict("the message is being processed"));
    }
    for member in CONTENT.iter().chain(&["Edit", "Awaited"]) {
        message.remove(member);
    }
    message.set("Redacted", true);
    message.set("LastUpdatedTimestamp", tx.now());
    tx.put(&MESSAGES, &message)?;
    Ok(message.pick(&["ChannelArn", "MessageId", "SubChannelId"]))
}

/// Deletes a message, which only admins do. They need not see it.
pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    if !visit.is_admin {
        return Err(Refusal::forbidden(
            "only admins of the app instance delete messages",
        ));
    }
    let place = visit.place(input)?;
    let key = (visit.arn(), &*place, input.str("MessageId"));
    tx.require(&MESSAGES, key, "message")?;
    tx.remove(&MESSAGES, key)?;
    Ok(Doc::default())
}

/// Lists messages by the time of their creation, the latest first unless the request asks for the opposite.
pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.see()?;
    let place = visit.place(input)?;
    let view = View::new(tx, &visit)?;
    let after = input.int("NotBefore").unwrap_or(i64::MIN);
    let before = input.int("NotAfter").unwrap_or(i64::MAX);
    if after > before {
        return Err(Refusal::bad_request("NotBefore is later than NotAfter"));
    }
    let mut scan = Scan::of(&MESSAGES, (visit.arn(), &*place));
    if input.opt_str("SortOrder") != Some("ASCENDING") {
        scan = scan.backwards();
    }
    let page = pages::page(tx, input, &scan, 50, "ChannelMessages", |_, message| {
        let created = message.int("CreatedTimestamp").unwrap_or_default();
        let is_listed = (after..=before).contains(&created) && view.sees(&message);
        Ok(is_listed.then_some(message))
    })?;
    Ok(page.with(object! {
        "ChannelArn": visit.arn(),
        "SubChannelId": visit.is_elastic().then_some(&place),
    }))
}

/// Takes the answer of a processor to a message or an edit that waits. `DeleteResource` denies it.
pub(super) fn callback(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let channel = channels::find(tx, input.str("ChannelArn"))?;
    let (arn, changes) = (channel.str("ChannelArn"), input.doc("ChannelMessage"));
    let place = changes.opt_str("SubChannelId").unwrap_or_default();
    let key = (arn, place, changes.str("MessageId"));
    let mut message = tx.find(&MESSAGES, key, "message")?;
    let Some(awaited) = message.int("Awaited") else {
        return Err(Refusal::conflict("the message waits for no processor"));
    };
    check_content(message.str("Type"), &changes)?;
    let answer = object! {"ChannelArn": arn, "CallbackId": input.str("CallbackId")};
    let waiting = message.opt_doc("Edit");
    if input.bool("DeleteResource") == Some(true) {
        if waiting.is_some() {
            message.remove("Edit");
            message.remove("Awaited");
            tx.put(&MESSAGES, &message)?;
        } else {
            tx.remove(&MESSAGES, key)?;
        }
        return Ok(answer);
    }
    message.set("Awaited", Some(awaited - 1).filter(|left| *left > 0));
    let is_done = !message.has("Awaited");
    match waiting {
        Some(mut changed) => {
            changed.copy(&changes, CONTENT);
            message.set("Edit", (!is_done).then_some(&changed));
            if is_done {
                edit(tx, &mut message, &changed);
            }
            tx.put(&MESSAGES, &message)?;
        }
        None => {
            message.copy(&changes, CONTENT);
            if is_done {
                message.set("Status", status("SENT"));
                message.set("LastUpdatedTimestamp", tx.now());
                deliver(tx, &message)?;
            } else {
                tx.put(&MESSAGES, &message)?;
            }
        }
    }
    Ok(answer)
}
