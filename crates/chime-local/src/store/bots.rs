//! Bots of an account.

use super::members::Members;
use super::{Store, new_id, nothing, now, object, text};
use crate::refusal::Refusal;
use aws_smithy_types::Document;

/// A bot.
#[derive(Debug)]
pub(super) struct Bot {
    pub(super) id: String,
    pub(super) name: String,
    domain: Option<String>,
    disabled: bool,
    created: Document,
    updated: Document,
    token: String,
    events: Option<Document>,
}

impl Bot {
    /// The address for mentioning the bot.
    pub(super) fn email(&self) -> String {
        let domain = self.domain.as_deref().unwrap_or("bot.local.invalid");
        format!("{}-chimebot@{domain}", self.id)
    }

    fn show(&self) -> Document {
        object([
            ("BotId", text(&self.id)),
            ("UserId", text(&self.id)),
            ("DisplayName", text(&self.name)),
            ("BotType", text("ChatBot")),
            ("Disabled", Some(Document::Bool(self.disabled))),
            ("CreatedTimestamp", Some(self.created.clone())),
            ("UpdatedTimestamp", Some(self.updated.clone())),
            ("BotEmail", text(self.email())),
            ("SecurityToken", text(&self.token)),
        ])
    }
}

fn find<'s>(store: &'s mut Store, input: &Members) -> Result<&'s mut Bot, Refusal> {
    let account = store.account(input)?;
    let id = input.required_text("BotId")?;
    account
        .bots
        .get_mut(id)
        .ok_or_else(|| Refusal::not_found("bot", id))
}

fn answer(bot: &Bot) -> Document {
    object([("Bot", Some(bot.show()))])
}

pub(super) fn create(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let name = input.required_text("DisplayName")?.to_owned();
    let account = store.account(input)?;
    let bot = Bot {
        id: new_id(),
        name,
        domain: input.text("Domain").map(str::to_owned),
        disabled: false,
        created: now(),
        updated: now(),
        token: new_id(),
        events: None,
    };
    let shown = answer(&bot);
    account.bots.insert(bot.id.clone(), bot);
    Ok(shown)
}

pub(super) fn get(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    Ok(answer(find(store, input)?))
}

pub(super) fn list(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let account = store.account(input)?;
    super::pages::page(&account.bots, input, 99, "Bots", |_| true, Bot::show)
}

pub(super) fn update(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let bot = find(store, input)?;
    if let Some(disabled) = input.boolean("Disabled") {
        bot.disabled = disabled;
    }
    bot.updated = now();
    Ok(answer(bot))
}

pub(super) fn regenerate_token(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let bot = find(store, input)?;
    bot.token = new_id();
    bot.updated = now();
    Ok(answer(bot))
}

pub(super) fn put_events(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let bot = find(store, input)?;
    let events = object([
        ("BotId", text(&bot.id)),
        (
            "OutboundEventsHTTPSEndpoint",
            input.cloned("OutboundEventsHTTPSEndpoint"),
        ),
        ("LambdaFunctionArn", input.cloned("LambdaFunctionArn")),
    ]);
    bot.events = Some(events.clone());
    Ok(object([("EventsConfiguration", Some(events))]))
}

pub(super) fn get_events(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let bot = find(store, input)?;
    match &bot.events {
        Some(events) => Ok(object([("EventsConfiguration", Some(events.clone()))])),
        None => Err(Refusal::not_found(
            "the events configuration of bot",
            &bot.id,
        )),
    }
}

pub(super) fn delete_events(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    find(store, input)?.events = None;
    Ok(nothing())
}
