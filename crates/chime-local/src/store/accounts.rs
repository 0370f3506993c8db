//! Accounts and their settings.

use super::bots::Bot;
use super::members::Members;
use super::rooms::Room;
use super::users::User;
use super::{Kept, Store, new_id, nothing, now, object, text};
use crate::refusal::Refusal;
use aws_smithy_types::Document;
use std::collections::HashMap;

/// The AWS account that the local Chime belongs to.
const AWS_ACCOUNT: &str = "000000000000";

pub(super) const LICENSES: &[&str] = &["Basic", "Plus", "Pro", "ProTrial"];

/// An account and its content.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) id: String,
    name: String,
    created: Document,
    pub(super) license: String,
    groups: Vec<String>,
    remote_control_disabled: bool,
    dial_out: bool,
    retention: Option<Document>,
    pub(super) users: Kept<User>,
    pub(super) bots: Kept<Bot>,
    pub(super) rooms: Kept<Room>,
}

impl Account {
    pub(super) fn new(id: String, name: String) -> Self {
        Self {
            id,
            name,
            created: now(),
            license: "Pro".to_owned(),
            groups: Vec::new(),
            remote_control_disabled: false,
            dial_out: false,
            retention: None,
            users: Kept::default(),
            bots: Kept::default(),
            rooms: Kept::default(),
        }
    }

    fn show(&self) -> Document {
        let groups = self
            .groups
            .iter()
            .map(|name| object([("GroupName", text(name))]))
            .collect();
        object([
            ("AwsAccountId", text(AWS_ACCOUNT)),
            ("AccountId", text(&self.id)),
            ("Name", text(&self.name)),
            ("AccountType", text("EnterpriseLWA")),
            ("CreatedTimestamp", Some(self.created.clone())),
            ("DefaultLicense", text(&self.license)),
            (
                "SupportedLicenses",
                Some(Document::Array(
                    ["Basic", "Pro"].map(Document::from).to_vec(),
                )),
            ),
            ("AccountStatus", text("Active")),
            ("SigninDelegateGroups", Some(Document::Array(groups))),
        ])
    }
}

fn answer(account: &Account) -> Document {
    object([("Account", Some(account.show()))])
}

fn name(input: &Members) -> Result<&str, Refusal> {
    let name = input.required_text("Name")?;
    if name.chars().count() > 100 {
        return Err(Refusal::bad_request("Name must not exceed 100 characters"));
    }
    Ok(name)
}

pub(super) fn create(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let account = Account::new(new_id(), name(input)?.to_owned());
    let shown = answer(&account);
    store.accounts.insert(account.id.clone(), account);
    Ok(shown)
}

pub(super) fn get(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    Ok(answer(store.account(input)?))
}

pub(super) fn update(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let license = input.one_of("DefaultLicense", LICENSES)?;
    let new_name = match input.value("Name") {
        Some(_) => Some(name(input)?),
        None => None,
    };
    let account = store.account(input)?;
    if let Some(name) = new_name {
        name.clone_into(&mut account.name);
    }
    if let Some(license) = license {
        license.clone_into(&mut account.license);
    }
    Ok(answer(account))
}

pub(super) fn delete(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let account = store.account(input)?;
    if !account.users.is_empty() {
        return Err(Refusal::unprocessable(format!(
            "account {} still has users",
            account.id
        )));
    }
    let id = account.id.clone();
    store.accounts.remove(&id);
    Ok(nothing())
}

pub(super) fn list(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let (name, email) = (input.text("Name"), input.text("UserEmail"));
    super::pages::page(
        &store.accounts,
        input,
        200,
        "Accounts",
        |account| {
            name.is_none_or(|name| account.name.starts_with(name))
                && email.is_none_or(|email| account.users.iter().any(|user| user.email == email))
        },
        Account::show,
    )
}

pub(super) fn get_settings(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let account = store.account(input)?;
    let settings = object([
        (
            "DisableRemoteControl",
            Some(Document::Bool(account.remote_control_disabled)),
        ),
        ("EnableDialOut", Some(Document::Bool(account.dial_out))),
    ]);
    Ok(object([("AccountSettings", Some(settings))]))
}

pub(super) fn update_settings(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let settings = Members::from(input.cloned("AccountSettings").unwrap_or_else(nothing));
    let account = store.account(input)?;
    if let Some(disabled) = settings.boolean("DisableRemoteControl") {
        account.remote_control_disabled = disabled;
    }
    if let Some(enabled) = settings.boolean("EnableDialOut") {
        account.dial_out = enabled;
    }
    Ok(nothing())
}

pub(super) fn associate_groups(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let groups = input.structures("SigninDelegateGroups", usize::MAX)?;
    let names: Vec<&str> = groups
        .iter()
        .map(|group| group.required_text("GroupName"))
        .collect::<Result<_, _>>()?;
    let account = store.account(input)?;
    for name in names {
        if !account.groups.iter().any(|known| known == name) {
            account.groups.push(name.to_owned());
        }
    }
    Ok(nothing())
}

pub(super) fn disassociate_groups(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let names = input.texts("GroupNames", usize::MAX)?;
    let account = store.account(input)?;
    account
        .groups
        .retain(|known| !names.contains(&known.as_str()));
    Ok(nothing())
}

pub(super) fn get_retention(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let account = store.account(input)?;
    Ok(object([("RetentionSettings", account.retention.clone())]))
}

pub(super) fn put_retention(store: &mut Store, input: &Members) -> Result<Document, Refusal> {
    let settings = input
        .cloned("RetentionSettings")
        .unwrap_or_else(|| Document::Object(HashMap::new()));
    let account = store.account(input)?;
    account.retention = Some(settings.clone());
    Ok(object([
        ("RetentionSettings", Some(settings)),
        ("InitiateDeletionTimestamp", Some(now())),
    ]))
}
