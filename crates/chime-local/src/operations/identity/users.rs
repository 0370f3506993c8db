//! Users of app instances.

use super::{admins, endpoints, instance_of, instances};
use crate::document::{Doc, object};
use crate::operations::common::expiry::is_expired;
use crate::operations::common::tags;
use crate::operations::{Answer, messaging};
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Scan, Table, Tx};

pub(super) const USERS: Table = Table {
    name: "identity_users",
    key: &["AppInstanceArn", "AppInstanceUserArn"],
    indexes: &[],
};

/// Returns a user.
pub(super) fn find(tx: &Tx<'_>, arn: &str) -> Answer {
    let user = tx.find(&USERS, (instance_of(arn)?, arn), "app instance user")?;
    match is_expired(tx.now(), &user) {
        true => Err(Refusal::not_found("app instance user", arn)),
        false => Ok(user),
    }
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let instance = input.str("AppInstanceArn");
    instances::check(tx, instance)?;
    let arn = format!("{instance}/user/{}", input.str("AppInstanceUserId"));
    if let Some(known) = tx.get(&USERS, (instance, &*arn))? {
        if !is_expired(tx.now(), &known) {
            return Err(Refusal::conflict(format!("user {arn} exists already")));
        }
        remove(tx, instance, &arn)?;
    }
    let user = object! {
        "AppInstanceArn": instance,
        "AppInstanceUserArn": &arn,
        "Name": input.str("Name"),
        "Metadata": input.get("Metadata"),
        "ExpirationSettings": input.get("ExpirationSettings"),
        "CreatedTimestamp": tx.now(),
        "LastUpdatedTimestamp": tx.now(),
    };
    tx.put(&USERS, &user)?;
    tags::set(tx, &arn, input)?;
    Ok(object! {"AppInstanceUserArn": arn})
}

pub(super) fn describe(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"AppInstanceUser": find(tx, input.str("AppInstanceUserArn"))?})
}

pub(super) fn update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut user = find(tx, input.str("AppInstanceUserArn"))?;
    user.copy(input, &["Name", "Metadata"]);
    user.set("LastUpdatedTimestamp", tx.now());
    tx.put(&USERS, &user)?;
    Ok(user.pick(&["AppInstanceUserArn"]))
}

pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let arn = input.str("AppInstanceUserArn");
    find(tx, arn)?;
    remove(tx, instance_of(arn)?, arn)?;
    Ok(Doc::default())
}

/// Removes a user with its roles, memberships and endpoints. Its messages remain.
fn remove(tx: &mut Tx<'_>, instance: &str, arn: &str) -> Result<(), Refusal> {
    messaging::forget_identity(tx, arn)?;
    admins::forget(tx, instance, arn)?;
    tx.remove_all(&Scan::of(&endpoints::ENDPOINTS, arn))?;
    tags::clear(tx, arn)?;
    tx.remove(&USERS, (instance, arn))?;
    Ok(())
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let instance = input.str("AppInstanceArn");
    instances::check(tx, instance)?;
    let scan = Scan::of(&USERS, instance);
    let page = pages::page(tx, input, &scan, 50, "AppInstanceUsers", |tx, user| {
        Ok((!is_expired(tx.now(), &user)).then_some(user))
    })?;
    Ok(page.with(object! {"AppInstanceArn": instance}))
}

/// Sets the expiration settings of a user, or removes them if the request has none.
pub(super) fn put_expiration(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut user = find(tx, input.str("AppInstanceUserArn"))?;
    user.set("ExpirationSettings", input.get("ExpirationSettings"));
    user.set("LastUpdatedTimestamp", tx.now());
    tx.put(&USERS, &user)?;
    Ok(user.pick(&["AppInstanceUserArn", "ExpirationSettings"]))
}
