//! Orders of phone numbers.
//!
//! An order is processed for a second. Then the numbers that are for sale are acquired, and the others fail: the order is
//! successful, partial or failed. A number is reserved by the first order for it.

use super::numbers::{self, NUMBERS};
use super::pool::{self, Line};
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Scan, Table, Tx};

pub(super) const ORDERS: Table = Table {
    name: "chime_phone_number_orders",
    key: &["PhoneNumberOrderId"],
    indexes: &[],
};

/// How long an order is processed, in milliseconds.
pub(super) const PROCESSING: i64 = 1000;

/// Makes sure that numbers of a kind can have a type of product.
pub(super) fn check_product(line: Line, product: &str) -> Result<(), Refusal> {
    if line.country != pool::US && product != pool::DIAL_IN {
        return Err(Refusal::bad_request(format!(
            "numbers outside the US need the product type {}, not {product}",
            pool::DIAL_IN
        )));
    }
    if line.kind == pool::TOLL_FREE && product == pool::BUSINESS {
        return Err(Refusal::bad_request(format!(
            "toll-free numbers cannot have the product type {product}"
        )));
    }
    Ok(())
}

/// Returns an order as it is now.
fn show(tx: &Tx<'_>, order: Doc) -> Doc {
    let created = order.int("CreatedTimestamp").unwrap_or_default();
    let done = created + PROCESSING;
    let mut ordered = order.docs("OrderedPhoneNumbers");
    let (status, updated) = if tx.now() < done {
        for number in &mut ordered {
            number.set("Status", "Processing");
        }
        ("Processing", created)
    } else {
        let acquired = ordered.iter();
        let acquired = acquired.filter(|number| number.str("Status") == "Acquired");
        let status = match acquired.count() {
            0 => "Failed",
            count if count == ordered.len() => "Successful",
            _ => "Partial",
        };
        (status, done)
    };
    order.with(object! {
        "Status": status,
        "OrderedPhoneNumbers": ordered,
        "UpdatedTimestamp": updated,
    })
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let product = input.str("ProductType");
    let mut wanted: Vec<String> = Vec::new();
    for number in input.strs("E164PhoneNumbers") {
        let number = pool::normalized(number);
        if wanted.contains(&number) {
            return Err(Refusal::bad_request("a phone number is ordered twice"));
        }
        if let Some(line) = pool::line(&number) {
            check_product(line, product)?;
        }
        wanted.push(number);
    }
    if wanted.is_empty() {
        return Err(Refusal::bad_request("E164PhoneNumbers must not be empty"));
    }
    let mut ordered = Vec::new();
    for number in &wanted {
        let line = pool::line(number).filter(|_| pool::is_for_sale(number));
        let is_taken = numbers::lookup(tx, number)?.is_some();
        let status = match line {
            Some(line) if !is_taken => {
                tx.put(&NUMBERS, &numbers::new(tx, number, line, product))?;
                "Acquired"
            }
            _ => "Failed",
        };
        ordered.push(object! {"E164PhoneNumber": number, "Status": status});
    }
    let order = object! {
        "PhoneNumberOrderId": tx.new_id(),
        "ProductType": product,
        "OrderedPhoneNumbers": ordered,
        "CreatedTimestamp": tx.now(),
    };
    tx.put(&ORDERS, &order)?;
    Ok(object! {"PhoneNumberOrder": show(tx, order)})
}

pub(super) fn get(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let id = input.str("PhoneNumberOrderId");
    let order = tx.find(&ORDERS, id, "phone number order")?;
    Ok(object! {"PhoneNumberOrder": show(tx, order)})
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let scan = Scan::of(&ORDERS, ());
    pages::page(tx, input, &scan, 50, "PhoneNumberOrders", |tx, order| {
        Ok(Some(show(tx, order)))
    })
}
