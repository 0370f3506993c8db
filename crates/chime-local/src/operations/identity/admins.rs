//! Admins of app instances: users and bots that were promoted.

use super::{identity, identity_or_arn, instance_of, instances};
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Scan, Table, Tx};

pub(super) const ADMINS: Table = Table {
    name: "identity_admins",
    key: &["AppInstanceArn", "AppInstanceAdminArn"],
    indexes: &[],
};

/// The most admins of an app instance.
const MOST: usize = 100;

/// Returns whether a user or bot is an admin of its app instance.
pub(in crate::operations) fn is_admin(tx: &Tx<'_>, arn: &str) -> Result<bool, Refusal> {
    tx.has(&ADMINS, (instance_of(arn)?, arn))
}

/// Removes the role of a user or bot, which is deleted.
pub(super) fn forget(tx: &mut Tx<'_>, instance: &str, arn: &str) -> Result<(), Refusal> {
    tx.remove(&ADMINS, (instance, arn))?;
    Ok(())
}

/// Returns the admin of a request, with its name.
fn find(tx: &Tx<'_>, input: &Doc) -> Answer {
    let arn = input.str("AppInstanceAdminArn");
    instances::check(tx, input.str("AppInstanceArn"))?;
    let admin = tx.find(
        &ADMINS,
        (input.str("AppInstanceArn"), arn),
        "app instance admin",
    )?;
    Ok(admin.with(object! {"Admin": identity_or_arn(tx, arn)}))
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let (instance, arn) = (
        input.str("AppInstanceArn"),
        input.str("AppInstanceAdminArn"),
    );
    instances::check(tx, instance)?;
    if instance_of(arn)? != instance {
        return Err(Refusal::bad_request(format!(
            "{arn} does not belong to {instance}"
        )));
    }
    let admin = identity(tx, arn)?;
    if tx.has(&ADMINS, (instance, arn))? {
        return Err(Refusal::conflict(format!("{arn} is an admin already")));
    }
    if tx.count(&Scan::of(&ADMINS, instance), MOST)? == MOST {
        return Err(Refusal::limit(format!(
            "{instance} has {MOST} admins already"
        )));
    }
    let row = object! {
        "AppInstanceArn": instance,
        "AppInstanceAdminArn": arn,
        "CreatedTimestamp": tx.now(),
    };
    tx.put(&ADMINS, &row)?;
    Ok(object! {"AppInstanceAdmin": admin, "AppInstanceArn": instance})
}

pub(super) fn describe(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"AppInstanceAdmin": find(tx, input)?})
}

pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    find(tx, input)?;
    let instance = input.str("AppInstanceArn");
    forget(tx, instance, input.str("AppInstanceAdminArn"))?;
    Ok(Doc::default())
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let instance = input.str("AppInstanceArn");
    instances::check(tx, instance)?;
    let scan = Scan::of(&ADMINS, instance);
    let page = pages::page(tx, input, &scan, 50, "AppInstanceAdmins", |tx, row| {
        let admin = identity_or_arn(tx, row.str("AppInstanceAdminArn"));
        Ok(Some(object! {"Admin": admin}))
    })?;
    Ok(page.with(object! {"AppInstanceArn": instance}))
}
