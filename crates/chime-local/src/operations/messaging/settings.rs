//! Settings of app instances for messaging, the endpoint of sessions, and tags.

use super::{channels, flows};
use crate::arn;
use crate::document::{Doc, object};
use crate::operations::common::tags;
use crate::operations::{Answer, identity};
use crate::refusal::Refusal;
use crate::store::{Table, Tx};

pub(super) const STREAMING: Table = Table {
    name: "messaging_streaming",
    key: &["AppInstanceArn"],
    indexes: &[],
};

/// How the names of streams for messages start.
const STREAM: &str = "stream/chime-messaging-";

pub(super) fn put_streaming(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let instance = input.str("AppInstanceArn");
    identity::check_instance(tx, instance)?;
    let configurations = input.docs("StreamingConfigurations");
    for (i, configuration) in configurations.iter().enumerate() {
        let (kind, stream) = (
            configuration.str("DataType"),
            configuration.str("ResourceArn"),
        );
        if !arn::resource(stream).is_some_and(|it| it.starts_with(STREAM)) {
            return Err(Refusal::bad_request(format!(
                "{stream} is no Kinesis data stream whose name starts with chime-messaging-"
            )));
        }
        if configurations[..i]
            .iter()
            .any(|other| other.str("DataType") == kind)
        {
            return Err(Refusal::bad_request(format!("two streams are for {kind}")));
        }
    }
    let row = object! {"AppInstanceArn": instance, "StreamingConfigurations": configurations};
    tx.put(&STREAMING, &row)?;
    Ok(row.pick(&["StreamingConfigurations"]))
}

pub(super) fn get_streaming(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let instance = input.str("AppInstanceArn");
    identity::check_instance(tx, instance)?;
    let row = tx.find(&STREAMING, instance, "the streaming configuration of")?;
    Ok(row.pick(&["StreamingConfigurations"]))
}

pub(super) fn delete_streaming(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let instance = input.str("AppInstanceArn");
    identity::check_instance(tx, instance)?;
    tx.remove(&STREAMING, instance)?;
    Ok(Doc::default())
}

/// Names a host that no one can connect to, because the local Chime has no sessions.
pub(super) fn session_endpoint(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let network = match input.opt_str("NetworkType") {
        Some("DUAL_STACK") => "dual-stack.",
        _ => "",
    };
    let url = format!("session.{network}messaging.{}.chime.invalid", tx.region());
    Ok(object! {"Endpoint": object! {"Url": url}})
}

/// Makes sure that the channel or channel flow of a request exists.
fn check(tx: &Tx<'_>, input: &Doc) -> Result<(), Refusal> {
    let arn = input.str("ResourceARN");
    match arn::id_of(arn, "channel-flow") {
        Some(_) => flows::find(tx, arn).map(drop),
        None => channels::find(tx, arn).map(drop),
    }
}

pub(super) fn tag(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(tx, input)?;
    tags::tag(tx, input)
}

pub(super) fn untag(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(tx, input)?;
    tags::untag(tx, input)
}

pub(super) fn list_tags(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(tx, input)?;
    tags::list(tx, input)
}
