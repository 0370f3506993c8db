//! Bots of app instances.

use super::{admins, instance_of, instances};
use crate::document::{Doc, object};
use crate::operations::common::tags;
use crate::operations::{Answer, messaging};
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Scan, Table, Tx};

pub(super) const BOTS: Table = Table {
    name: "identity_bots",
    key: &["AppInstanceArn", "AppInstanceBotArn"],
    indexes: &[],
};

/// Returns a bot.
pub(super) fn find(tx: &Tx<'_>, arn: &str) -> Answer {
    tx.find(&BOTS, (instance_of(arn)?, arn), "app instance bot")
}

/// `InvokedBy` replaces `RespondsTo`, so a bot has one of them at most.
fn check_configuration(input: &Doc) -> Result<(), Refusal> {
    let lex = input.doc("Configuration").doc("Lex");
    match lex.has("InvokedBy") && lex.has("RespondsTo") {
        true => Err(Refusal::bad_request(
            "Configuration.Lex has both InvokedBy and RespondsTo; set one of them",
        )),
        false => Ok(()),
    }
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let instance = input.str("AppInstanceArn");
    instances::check(tx, instance)?;
    check_configuration(input)?;
    let arn = format!("{instance}/bot/{}", tx.new_id());
    let bot = object! {
        "AppInstanceArn": instance,
        "AppInstanceBotArn": &arn,
        "Name": input.get("Name"),
        "Metadata": input.get("Metadata"),
        "Configuration": input.doc("Configuration"),
        "CreatedTimestamp": tx.now(),
        "LastUpdatedTimestamp": tx.now(),
    };
    tx.put(&BOTS, &bot)?;
    tags::set(tx, &arn, input)?;
    Ok(object! {"AppInstanceBotArn": arn})
}

pub(super) fn describe(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"AppInstanceBot": find(tx, input.str("AppInstanceBotArn"))?})
}

pub(super) fn update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut bot = find(tx, input.str("AppInstanceBotArn"))?;
    check_configuration(input)?;
    bot.copy(input, &["Name", "Metadata", "Configuration"]);
    bot.set("LastUpdatedTimestamp", tx.now());
    tx.put(&BOTS, &bot)?;
    Ok(bot.pick(&["AppInstanceBotArn"]))
}

pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let arn = input.str("AppInstanceBotArn");
    let instance = instance_of(arn)?;
    find(tx, arn)?;
    messaging::forget_identity(tx, arn)?;
    admins::forget(tx, instance, arn)?;
    tags::clear(tx, arn)?;
    tx.remove(&BOTS, (instance, arn))?;
    Ok(Doc::default())
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let instance = input.str("AppInstanceArn");
    instances::check(tx, instance)?;
    let scan = Scan::of(&BOTS, instance);
    let page = pages::page(tx, input, &scan, 50, "AppInstanceBots", |_, bot| {
        Ok(Some(bot))
    })?;
    Ok(page.with(object! {"AppInstanceArn": instance}))
}
