//! Endpoints of users, to which push notifications are sent.

use super::users;
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Scan, Table, Tx};

pub(super) const ENDPOINTS: Table = Table {
    name: "identity_endpoints",
    key: &["AppInstanceUserArn", "EndpointId"],
    indexes: &[],
};

/// The most endpoints of a user.
const MOST: usize = 10;

/// Returns the endpoint of a request.
fn find(tx: &Tx<'_>, input: &Doc) -> Answer {
    let user = input.str("AppInstanceUserArn");
    users::find(tx, user)?;
    tx.find(&ENDPOINTS, (user, input.str("EndpointId")), "endpoint")
}

pub(super) fn register(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let user = input.str("AppInstanceUserArn");
    users::find(tx, user)?;
    let attributes = input.doc("EndpointAttributes");
    if input.str("Type") == "GCM" && attributes.has("VoipDeviceToken") {
        return Err(Refusal::bad_request(
            "VoipDeviceToken is for endpoints of the types APNS and APNS_SANDBOX",
        ));
    }
    if tx.count(&Scan::of(&ENDPOINTS, user), MOST)? == MOST {
        return Err(Refusal::limit(format!(
            "{user} has {MOST} endpoints already"
        )));
    }
    let id = tx.new_id();
    let endpoint = object! {
        "AppInstanceUserArn": user,
        "EndpointId": &id,
        "Name": input.get("Name"),
        "Type": input.str("Type"),
        "ResourceArn": input.str("ResourceArn"),
        "EndpointAttributes": attributes,
        "AllowMessages": input.opt_str("AllowMessages").unwrap_or("ALL"),
        "EndpointState": object! {"Status": "ACTIVE"},
        "CreatedTimestamp": tx.now(),
        "LastUpdatedTimestamp": tx.now(),
    };
    tx.put(&ENDPOINTS, &endpoint)?;
    Ok(object! {"AppInstanceUserArn": user, "EndpointId": id})
}

pub(super) fn describe(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"AppInstanceUserEndpoint": find(tx, input)?})
}

pub(super) fn update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut endpoint = find(tx, input)?;
    endpoint.copy(input, &["Name", "AllowMessages"]);
    endpoint.set("LastUpdatedTimestamp", tx.now());
    tx.put(&ENDPOINTS, &endpoint)?;
    Ok(endpoint.pick(&["AppInstanceUserArn", "EndpointId"]))
}

pub(super) fn deregister(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    find(tx, input)?;
    let key = (input.str("AppInstanceUserArn"), input.str("EndpointId"));
    tx.remove(&ENDPOINTS, key)?;
    Ok(Doc::default())
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let user = input.str("AppInstanceUserArn");
    users::find(tx, user)?;
    let scan = Scan::of(&ENDPOINTS, user);
    pages::page(
        tx,
        input,
        &scan,
        50,
        "AppInstanceUserEndpoints",
        |_, endpoint| Ok(Some(endpoint)),
    )
}
