//! Requests that are repeated with the same token.

use crate::auth::sha256_hex;
use crate::document::{Doc, object};
use crate::model::{Operation, Place};
use crate::operations::{Answer, Handler};
use crate::refusal::Refusal;
use crate::store::{Index, Scan, Table, Tx};
use serde_json::Value;

pub(crate) const TOKENS: Table = Table {
    name: "request_tokens",
    key: &["Operation", "Scope", "Token"],
    indexes: &[Index {
        name: BY_TIME,
        columns: &["CreatedTimestamp"],
    }],
};

const BY_TIME: &str = "request_tokens_by_time";

/// How long a token is remembered.
const LIFETIME: i64 = 24 * 60 * 60 * 1000;

/// Handles a request. If its operation has a token and a request with the same one was handled before, the output
/// is that of the earlier request.
///
/// # Errors
///
/// If the earlier request was another one, returns a `ConflictException`.
pub(crate) fn once(
    tx: &mut Tx<'_>,
    operation: &'static Operation,
    handler: Handler,
    input: &Doc,
) -> Answer {
    let member = operation.token.as_deref();
    let Some((member, token)) = member.and_then(|name| Some((name, input.opt_str(name)?))) else {
        return handler(tx, input);
    };
    let name = format!("{}:{}", operation.service().name, operation.name);
    let labels = operation
        .input_members()
        .iter()
        .filter(|member| member.place == Place::Label)
        .map(|label| input.str(&label.name));
    let scope = labels.collect::<Vec<_>>().join("/");
    let mut request = input.clone();
    request.remove(member);
    let request = sha256_hex(Value::Object(request.0).to_string().as_bytes());
    if let Some(known) = tx.get(&TOKENS, (&name, &scope, token))?
        && tx.now() - known.int("CreatedTimestamp").unwrap_or_default() < LIFETIME
    {
        return match known.str("Request") == request {
            true => Ok(known.doc("Output")),
            false => Err(Refusal::conflict(format!(
                "{member} {token} was used for another request"
            ))),
        };
    }
    let output = handler(tx, input)?;
    let row = object! {
        "Operation": &name,
        "Scope": &scope,
        "Token": token,
        // The hash detects a different request without storing secrets.
        "Request": request,
        "Output": &output,
        "CreatedTimestamp": tx.now(),
    };
    tx.put(&TOKENS, &row)?;
    forget(tx)?;
    Ok(output)
}

/// Removes tokens that are not remembered any more: two for each that is added, so they do not pile up.
fn forget(tx: &mut Tx<'_>) -> Result<(), Refusal> {
    for row in tx.rows(&Scan::by(&TOKENS, BY_TIME, ()), None, 2)? {
        if tx.now() - row.int("CreatedTimestamp").unwrap_or_default() >= LIFETIME {
            let key = (row.str("Operation"), row.str("Scope"), row.str("Token"));
            tx.remove(&TOKENS, key)?;
        }
    }
    Ok(())
}
