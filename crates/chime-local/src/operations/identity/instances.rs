//! App instances and their retention settings.

use super::{admins, bots, endpoints, users};
use crate::document::{Doc, object};
use crate::operations::common::tags;
use crate::operations::{Answer, messaging};
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Scan, Table, Tx};

pub(super) const INSTANCES: Table = Table {
    name: "identity_app_instances",
    key: &["AppInstanceArn"],
    indexes: &[],
};

/// The most app instances of an AWS account.
const MOST: usize = 100;

pub(super) fn find(tx: &Tx<'_>, arn: &str) -> Answer {
    tx.find(&INSTANCES, arn, "app instance")
}

/// Makes sure that an app instance exists.
pub(in crate::operations) fn check(tx: &Tx<'_>, arn: &str) -> Result<(), Refusal> {
    tx.require(&INSTANCES, arn, "app instance")
}

/// Returns for how many days an app instance keeps messages, if it does not keep them forever.
pub(in crate::operations) fn retention_days(
    tx: &Tx<'_>,
    arn: &str,
) -> Result<Option<i64>, Refusal> {
    let settings = find(tx, arn)?.doc("AppInstanceRetentionSettings");
    Ok(settings
        .doc("ChannelRetentionSettings")
        .int("RetentionDays"))
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    if tx.count(&Scan::of(&INSTANCES, ()), MOST)? == MOST {
        return Err(Refusal::limit(format!(
            "the account has {MOST} app instances already"
        )));
    }
    let arn = tx.arn(&format!("app-instance/{}", tx.new_id()));
    let instance = object! {
        "AppInstanceArn": &arn,
        "Name": input.str("Name"),
        "Metadata": input.get("Metadata"),
        "CreatedTimestamp": tx.now(),
        "LastUpdatedTimestamp": tx.now(),
    };
    tx.put(&INSTANCES, &instance)?;
    tags::set(tx, &arn, input)?;
    Ok(object! {"AppInstanceArn": arn})
}

pub(super) fn describe(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"AppInstance": find(tx, input.str("AppInstanceArn"))?})
}

pub(super) fn update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut instance = find(tx, input.str("AppInstanceArn"))?;
    instance.copy(input, &["Name", "Metadata"]);
    instance.set("LastUpdatedTimestamp", tx.now());
    tx.put(&INSTANCES, &instance)?;
    Ok(instance.pick(&["AppInstanceArn"]))
}

/// Deletes an app instance with everything that belongs to it.
pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let arn = input.str("AppInstanceArn");
    check(tx, arn)?;
    messaging::forget_instance(tx, arn)?;
    for table in [&users::USERS, &bots::BOTS] {
        for row in tx.all(&Scan::of(table, arn))? {
            for arn in ["AppInstanceUserArn", "AppInstanceBotArn"] {
                if let Some(arn) = row.opt_str(arn) {
                    tags::clear(tx, arn)?;
                    tx.remove_all(&Scan::of(&endpoints::ENDPOINTS, arn))?;
                }
            }
        }
        tx.remove_all(&Scan::of(table, arn))?;
    }
    tx.remove_all(&Scan::of(&admins::ADMINS, arn))?;
    tags::clear(tx, arn)?;
    tx.remove(&INSTANCES, arn)?;
    Ok(Doc::default())
}

/// Lists the app instances of the request's region.
pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let region = tx.arn("app-instance/");
    let scan = Scan::of(&INSTANCES, ());
    pages::page(tx, input, &scan, 50, "AppInstances", |_, instance| {
        let is_here = instance.str("AppInstanceArn").starts_with(&region);
        Ok(is_here.then_some(instance))
    })
}

const RETENTION: &[&str] = &["AppInstanceRetentionSettings", "InitiateDeletionTimestamp"];

pub(super) fn get_retention(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(find(tx, input.str("AppInstanceArn"))?.pick(RETENTION))
}

pub(super) fn put_retention(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut instance = find(tx, input.str("AppInstanceArn"))?;
    let settings = input.doc("AppInstanceRetentionSettings");
    let days = settings
        .doc("ChannelRetentionSettings")
        .int("RetentionDays");
    instance.set("AppInstanceRetentionSettings", settings);
    instance.set("InitiateDeletionTimestamp", days.map(|_| tx.now()));
    tx.put(&INSTANCES, &instance)?;
    Ok(instance.pick(RETENTION))
}
