//! The inventory of phone numbers.
//!
//! What the time changes is computed when a number is read: it is acquired when its order has been processed, and a
//! deleted one waits for seven days in the deletion queue, from which it can be restored.

use super::orders::{self, PROCESSING};
use super::pool::{self, Line};
use super::users::{self, USERS};
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::pages;
use crate::refusal::{ItemError, Refusal};
use crate::store::{Scan, Table, Tx};

pub(super) const NUMBERS: Table = Table {
    name: "chime_phone_numbers",
    key: &["E164PhoneNumber"],
    indexes: &[],
};

/// How long a number stays in the deletion queue: seven days.
const QUEUE_TIME: i64 = 7 * 24 * 60 * 60 * 1000;

/// Returns a new number, whose order is processed.
pub(super) fn new(tx: &Tx<'_>, number: &str, line: Line, product: &str) -> Doc {
    // Only local numbers in the US have messages.
    let messages = line.country == pool::US && line.kind == pool::LOCAL;
    object! {
        "PhoneNumberId": number.replace('+', "%2B"),
        "E164PhoneNumber": number,
        "Country": line.country,
        "Type": line.kind,
        "ProductType": product,
        "Capabilities": object! {
            "InboundCall": true,
            "OutboundCall": true,
            "InboundSMS": messages,
            "OutboundSMS": messages,
            "InboundMMS": messages,
            "OutboundMMS": messages,
        },
        "Associations": Vec::<Doc>::new(),
        "CreatedTimestamp": tx.now(),
        "UpdatedTimestamp": tx.now(),
        "AcquiredTimestamp": tx.now() + PROCESSING,
    }
}

/// Returns a number as it is now; `None` if it has left the deletion queue.
fn show(tx: &Tx<'_>, mut number: Doc) -> Option<Doc> {
    let is_past = |time: Option<i64>| time.is_none_or(|time| tx.now() >= time);
    let deleted = number.int("DeletionTimestamp");
    let status = if let Some(deleted) = deleted {
        (tx.now() - deleted < QUEUE_TIME).then_some("DeleteInProgress")?
    } else if !number.list("Associations").is_empty() {
        "Assigned"
    } else if is_past(number.int("AcquiredTimestamp")) {
        "Unassigned"
    } else {
        "AcquireInProgress"
    };
    let name_status = if number.str("CallingName").is_empty() {
        "Unassigned"
    } else if is_past(number.int("CallingNameReadyTimestamp")) {
        "UpdateSucceeded"
    } else {
        "UpdateInProgress"
    };
    number.set("Status", status);
    number.set("CallingNameStatus", name_status);
    Some(number)
}

/// Returns the number of an ID, or in E.164 format, if it is in the inventory or in the deletion queue.
pub(super) fn lookup(tx: &Tx<'_>, id: &str) -> Result<Option<Doc>, Refusal> {
    let number = tx.get(&NUMBERS, pool::normalized(id).as_str())?;
    Ok(number.and_then(|number| show(tx, number)))
}

fn find(tx: &Tx<'_>, id: &str) -> Answer {
    lookup(tx, id)?.ok_or_else(|| Refusal::not_found("phone number", id))
}

fn put(tx: &mut Tx<'_>, mut number: Doc) -> Answer {
    number.set("UpdatedTimestamp", tx.now());
    tx.put(&NUMBERS, &number)?;
    show(tx, number).ok_or_else(|| Refusal::failure("a phone number has left the deletion queue"))
}

pub(super) fn get(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"PhoneNumber": find(tx, input.str("PhoneNumberId"))?})
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let association = match (input.opt_str("FilterName"), input.opt_str("FilterValue")) {
        (Some(name), Some(value)) => Some((name, value)),
        (None, None) => None,
        _ => {
            return Err(Refusal::bad_request(
                "FilterName and FilterValue are given together",
            ));
        }
    };
    let is = |number: &Doc, name: &str| {
        let wanted = input.opt_str(name);
        wanted.is_none_or(|wanted| number.str(name) == wanted)
    };
    let scan = Scan::of(&NUMBERS, ());
    pages::page(tx, input, &scan, 50, "PhoneNumbers", |tx, number| {
        let number = show(tx, number);
        Ok(number.filter(|number| {
            let has = |(name, value): (&str, &str)| {
                let mut associations = number.docs("Associations").into_iter();
                associations.any(|it| it.str("Name") == name && it.str("Value") == value)
            };
            is(number, "Status") && is(number, "ProductType") && association.is_none_or(has)
        }))
    })
}

/// Changes the product type or the calling name of a number.
fn change(tx: &mut Tx<'_>, item: &Doc) -> Answer {
    let id = item.str("PhoneNumberId");
    let mut number = find(tx, id)?;
    if !matches!(number.str("Status"), "Unassigned" | "Assigned") {
        return Err(Refusal::bad_request(format!(
            "phone number {id} cannot be updated: its status is {}",
            number.str("Status")
        )));
    }
    match (item.opt_str("ProductType"), item.opt_str("CallingName")) {
        (Some(product), None) => {
            if product != number.str("ProductType") && number.str("Status") == "Assigned" {
                return Err(Refusal::bad_request(format!(
                    "phone number {id} is assigned, so its product type cannot be updated"
                )));
            }
            if let Some(line) = pool::line(number.str("E164PhoneNumber")) {
                orders::check_product(line, product)?;
            }
            number.set("ProductType", product);
        }
        (None, Some(name)) => {
            if number.str("CallingNameStatus") == "UpdateInProgress" {
                return Err(Refusal::conflict(format!(
                    "the calling name of phone number {id} is being updated"
                )));
            }
            number.set("CallingName", name);
            number.set("CallingNameReadyTimestamp", tx.now() + PROCESSING);
        }
        _ => {
            return Err(Refusal::bad_request(
                "either ProductType or CallingName is updated",
            ));
        }
    }
    put(tx, number)
}

pub(super) fn update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"PhoneNumber": change(tx, input)?})
}

/// Does the same to each number of a batch, and lists the failures.
fn batch(tx: &mut Tx<'_>, items: &[Doc], work: impl Fn(&mut Tx<'_>, &Doc) -> Answer) -> Answer {
    let mut errors = Vec::new();
    for item in items {
        let id = item.str("PhoneNumberId");
        let error = match tx.item_fault(id) {
            Some(error) => error,
            None => match work(tx, item) {
                Ok(_) => continue,
                Err(refusal) => ItemError::from(refusal),
            },
        };
        errors.push(error.entry("PhoneNumberId", id));
    }
    Ok(object! {"PhoneNumberErrors": errors})
}

pub(super) fn batch_update(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    batch(tx, &input.docs("UpdatePhoneNumberRequestItems"), change)
}

/// Moves a number to the deletion queue.
fn enqueue(tx: &mut Tx<'_>, item: &Doc) -> Answer {
    let id = item.str("PhoneNumberId");
    let mut number = find(tx, id)?;
    match number.str("Status") {
        "Unassigned" => {}
        "Assigned" => {
            return Err(Refusal::number_is_assigned(format!(
                "phone number {id} is assigned to a user"
            )));
        }
        status => {
            return Err(Refusal::bad_request(format!(
                "phone number {id} cannot be deleted: its status is {status}"
            )));
        }
    }
    number.set("DeletionTimestamp", tx.now());
    put(tx, number)
}

pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    enqueue(tx, input)?;
    Ok(Doc::default())
}

pub(super) fn batch_delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let ids = input.strs("PhoneNumberIds").into_iter();
    let items: Vec<Doc> = ids.map(|id| object! {"PhoneNumberId": id}).collect();
    batch(tx, &items, enqueue)
}

pub(super) fn restore(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let id = input.str("PhoneNumberId");
    let mut number = find(tx, id)?;
    if number.remove("DeletionTimestamp").is_none() {
        return Err(Refusal::bad_request(format!(
            "phone number {id} is not in the deletion queue"
        )));
    }
    Ok(object! {"PhoneNumber": put(tx, number)?})
}

pub(super) fn associate(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut user = users::find(tx, input)?;
    let mut number = find(tx, input.str("E164PhoneNumber"))?;
    if number.str("ProductType") != pool::BUSINESS {
        return Err(Refusal::bad_request(format!(
            "only numbers of the product type {} are associated with users",
            pool::BUSINESS
        )));
    }
    if number.str("Status") != "Unassigned" {
        return Err(Refusal::bad_request(format!(
            "the phone number cannot be associated: its status is {}",
            number.str("Status")
        )));
    }
    if user.has("PrimaryProvisionedNumber") {
        return Err(Refusal::bad_request(format!(
            "user {} has a phone number",
            user.str("UserId")
        )));
    }
    let association = |name: &str| {
        object! {
            "Name": name,
            "Value": input.str(name),
            "AssociatedTimestamp": tx.now(),
        }
    };
    number.set(
        "Associations",
        vec![association("AccountId"), association("UserId")],
    );
    user.set(
        "PrimaryProvisionedNumber",
        number.get("E164PhoneNumber").cloned(),
    );
    tx.put(&USERS, &user)?;
    put(tx, number)?;
    Ok(Doc::default())
}

pub(super) fn disassociate(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut user = users::find(tx, input)?;
    let Some(number) = user.opt_str("PrimaryProvisionedNumber") else {
        return Err(Refusal::not_found(
            "the phone number of user",
            input.str("UserId"),
        ));
    };
    let mut number = find(tx, number)?;
    number.set("Associations", Vec::<Doc>::new());
    user.remove("PrimaryProvisionedNumber");
    tx.put(&USERS, &user)?;
    put(tx, number)?;
    Ok(Doc::default())
}
