//! Accounts and their settings.

use super::{bots, messages, rooms, users};
use crate::arn::AWS_ACCOUNT;
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Scan, Table, Tx};

pub(super) const ACCOUNTS: Table = Table {
    name: "chime_accounts",
    key: &["AccountId"],
    indexes: &[],
};

/// Returns the account of a request.
pub(super) fn find(tx: &Tx<'_>, input: &Doc) -> Answer {
    tx.find(&ACCOUNTS, input.str("AccountId"), "account")
}

/// Makes sure that the account of a request exists.
pub(super) fn check(tx: &Tx<'_>, input: &Doc) -> Result<(), Refusal> {
    tx.require(&ACCOUNTS, input.str("AccountId"), "account")
}

/// Returns a new account.
pub(super) fn new(tx: &Tx<'_>, id: &str, name: &str) -> Doc {
    object! {
        "AccountId": id,
        "AwsAccountId": AWS_ACCOUNT,
        "Name": name,
        "AccountType": "EnterpriseLWA",
        "CreatedTimestamp": tx.now(),
        "DefaultLicense": "Pro",
        "SupportedLicenses": vec!["Basic", "Pro"],
        "AccountStatus": "Active",
        "SigninDelegateGroups": Vec::<Doc>::new(),
    }
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let account = new(tx, &tx.new_id(), input.str("Name"));
    tx.put(&ACCOUNTS, &account)?;
    Ok(object! {"Account": account})
}

pub(super) fn get(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"Account": find(tx, input)?})
}

pub(super) fn update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut account = find(tx, input)?;
    account.copy(input, &["Name", "DefaultLicense"]);
    tx.put(&ACCOUNTS, &account)?;
    Ok(object! {"Account": account})
}

pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let id = input.str("AccountId");
    check(tx, input)?;
    if tx.count(&Scan::of(&users::USERS, id), 1)? > 0 {
        return Err(Refusal::unprocessable(format!(
            "account {id} still has users"
        )));
    }
    for table in [
        &bots::BOTS,
        &rooms::ROOMS,
        &rooms::MEMBERSHIPS,
        &messages::MESSAGES,
    ] {
        tx.remove_all(&Scan::of(table, id))?;
    }
    tx.remove(&ACCOUNTS, id)?;
    Ok(Doc::default())
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let (name, email) = (input.opt_str("Name"), input.opt_str("UserEmail"));
    pages::page(
        tx,
        input,
        &Scan::of(&ACCOUNTS, ()),
        50,
        "Accounts",
        |tx, account| {
            if !name.is_none_or(|name| account.str("Name").starts_with(name)) {
                return Ok(None);
            }
            if let Some(email) = email {
                let key = (account.str("AccountId"), email);
                if tx.count(&Scan::by(&users::USERS, users::BY_EMAIL, key), 1)? == 0 {
                    return Ok(None);
                }
            }
            Ok(Some(account))
        },
    )
}

pub(super) fn get_settings(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let account = find(tx, input)?;
    let usual = object! {"DisableRemoteControl": false, "EnableDialOut": false};
    Ok(object! {"AccountSettings": usual.with(account.doc("AccountSettings"))})
}

pub(super) fn update_settings(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut account = find(tx, input)?;
    let settings = account.doc("AccountSettings");
    account.set(
        "AccountSettings",
        settings.with(input.doc("AccountSettings")),
    );
    tx.put(&ACCOUNTS, &account)?;
    Ok(Doc::default())
}

pub(super) fn associate_groups(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut account = find(tx, input)?;
    let mut groups = account.docs("SigninDelegateGroups");
    for group in input.docs("SigninDelegateGroups") {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    account.set("SigninDelegateGroups", groups);
    tx.put(&ACCOUNTS, &account)?;
    Ok(Doc::default())
}

pub(super) fn disassociate_groups(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut account = find(tx, input)?;
    let names = input.strs("GroupNames");
    let mut groups = account.docs("SigninDelegateGroups");
    groups.retain(|group| !names.contains(&group.str("GroupName")));
    account.set("SigninDelegateGroups", groups);
    tx.put(&ACCOUNTS, &account)?;
    Ok(Doc::default())
}

const RETENTION: &[&str] = &["RetentionSettings", "InitiateDeletionTimestamp"];

pub(super) fn get_retention(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let account = find(tx, input)?;
    Ok(account.pick(RETENTION))
}

pub(super) fn put_retention(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut account = find(tx, input)?;
    account.set("RetentionSettings", input.doc("RetentionSettings"));
    account.set("InitiateDeletionTimestamp", tx.now());
    tx.put(&ACCOUNTS, &account)?;
    Ok(account.pick(RETENTION))
}
