//! Chime SDK identity: app instances, their users, bots and admins.

mod admins;
mod bots;
mod endpoints;
mod instances;
mod tagged;
mod users;

use super::Handlers;
use super::common::hidden;
use crate::arn;
use crate::document::{Doc, object};
use crate::refusal::Refusal;
use crate::store::{Table, Tx};
pub(super) use admins::is_admin;
pub(super) use instances::{check as check_instance, retention_days};

pub(super) const OPERATIONS: Handlers = &[
    ("CreateAppInstance", instances::create),
    hidden!("CreateAppInstanceAdmin", admins::create),
    hidden!("CreateAppInstanceBot", bots::create),
    hidden!("CreateAppInstanceUser", users::create),
    hidden!("DeleteAppInstance", instances::delete),
    hidden!("DeleteAppInstanceAdmin", admins::delete),
    hidden!("DeleteAppInstanceBot", bots::delete),
    hidden!("DeleteAppInstanceUser", users::delete),
    hidden!("DeregisterAppInstanceUserEndpoint", endpoints::deregister),
    hidden!("DescribeAppInstance", instances::describe),
    hidden!("DescribeAppInstanceAdmin", admins::describe),
    ("DescribeAppInstanceBot", bots::describe),
    hidden!("DescribeAppInstanceUser", users::describe),
    hidden!("DescribeAppInstanceUserEndpoint", endpoints::describe),
    hidden!("GetAppInstanceRetentionSettings", instances::get_retention),
    hidden!("ListAppInstanceAdmins", admins::list),
    hidden!("ListAppInstanceBots", bots::list),
    hidden!("ListAppInstanceUserEndpoints", endpoints::list),
    hidden!("ListAppInstanceUsers", users::list),
    hidden!("ListAppInstances", instances::list),
    hidden!("ListTagsForResource", tagged::list),
    hidden!("PutAppInstanceRetentionSettings", instances::put_retention),
    hidden!(
        "PutAppInstanceUserExpirationSettings",
        users::put_expiration
    ),
    hidden!("RegisterAppInstanceUserEndpoint", endpoints::register),
    hidden!("TagResource", tagged::tag),
    hidden!("UntagResource", tagged::untag),
    hidden!("UpdateAppInstance", instances::update),
    hidden!("UpdateAppInstanceBot", bots::update),
    hidden!("UpdateAppInstanceUser", users::update),
    hidden!("UpdateAppInstanceUserEndpoint", endpoints::update),
];

pub(super) const TABLES: &[&Table] = &[
    &instances::INSTANCES,
    &users::USERS,
    &bots::BOTS,
    &admins::ADMINS,
    &endpoints::ENDPOINTS,
];

/// Returns the ARN of the app instance in the ARN of a resource.
pub(super) fn instance_of(arn: &str) -> Result<&str, Refusal> {
    arn::app_instance(arn)
        .ok_or_else(|| Refusal::bad_request(format!("{arn} belongs to no app instance")))
}

/// Returns a user or bot as messages and memberships show it: an `Identity`.
pub(super) fn identity(tx: &Tx<'_>, arn: &str) -> Result<Doc, Refusal> {
    let row = match arn::id_of(arn, "bot") {
        Some(_) => bots::find(tx, arn)?,
        None => users::find(tx, arn)?,
    };
    Ok(object! {"Arn": arn, "Name": row.get("Name")})
}

/// Returns the identity of a user or bot that may have been deleted since.
pub(super) fn identity_or_arn(tx: &Tx<'_>, arn: &str) -> Doc {
    identity(tx, arn).unwrap_or_else(|_| object! {"Arn": arn})
}
