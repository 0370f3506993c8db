//! Bots of an account.

use super::accounts;
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Scan, Table, Tx};

pub(super) const BOTS: Table = Table {
    name: "chime_bots",
    key: &["AccountId", "BotId"],
    indexes: &[],
};

/// Returns the bot of a request.
fn find(tx: &Tx<'_>, input: &Doc) -> Answer {
    accounts::check(tx, input)?;
    tx.find(&BOTS, (input.str("AccountId"), input.str("BotId")), "bot")
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    accounts::check(tx, input)?;
    if input.str("DisplayName").trim().is_empty() {
        return Err(Refusal::bad_request("DisplayName must not be blank"));
    }
    let id = tx.new_id();
    let domain = input.opt_str("Domain").unwrap_or("bot.local.invalid");
    let bot = object! {
        "AccountId": input.str("AccountId"),
        "BotId": &id,
        "UserId": &id,
        "DisplayName": input.str("DisplayName"),
        "BotType": "ChatBot",
        "Disabled": false,
        "CreatedTimestamp": tx.now(),
        "UpdatedTimestamp": tx.now(),
        // The address for mentioning the bot.
        "BotEmail": format!("{id}-chimebot@{domain}"),
        "SecurityToken": tx.letters(36),
    };
    tx.put(&BOTS, &bot)?;
    Ok(object! {"Bot": bot})
}

pub(super) fn get(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"Bot": find(tx, input)?})
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    accounts::check(tx, input)?;
    let scan = Scan::of(&BOTS, input.str("AccountId"));
    pages::page(tx, input, &scan, 50, "Bots", |_, bot| Ok(Some(bot)))
}

pub(super) fn update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut bot = find(tx, input)?;
    bot.copy(input, &["Disabled"]);
    bot.set("UpdatedTimestamp", tx.now());
    tx.put(&BOTS, &bot)?;
    Ok(object! {"Bot": bot})
}

pub(super) fn regenerate_token(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut bot = find(tx, input)?;
    bot.set("SecurityToken", tx.letters(36));
    bot.set("UpdatedTimestamp", tx.now());
    tx.put(&BOTS, &bot)?;
    Ok(object! {"Bot": bot})
}

pub(super) fn put_events(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut bot = find(tx, input)?;
    let events = input.pick(&["BotId", "OutboundEventsHTTPSEndpoint", "LambdaFunctionArn"]);
    bot.set("EventsConfiguration", events);
    tx.put(&BOTS, &bot)?;
    Ok(bot.pick(&["EventsConfiguration"]))
}

pub(super) fn get_events(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let bot = find(tx, input)?;
    match bot.has("EventsConfiguration") {
        true => Ok(bot.pick(&["EventsConfiguration"])),
        false => Err(Refusal::not_found(
            "the events configuration of bot",
            input.str("BotId"),
        )),
    }
}

pub(super) fn delete_events(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut bot = find(tx, input)?;
    bot.remove("EventsConfiguration");
    tx.put(&BOTS, &bot)?;
    Ok(Doc::default())
}
