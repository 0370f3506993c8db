//! Requests that are repeated with the same token.

use crate::document::{Doc, object};
use crate::model::{Operation, Place};
use crate::operations::{Answer, Handler};
use crate::refusal::Refusal;
use crate::store::{Table, Tx};

pub(crate) const TOKENS: Table = Table {
    name: "request_tokens",
    key: &["Operation", "Scope", "Token"],
    indexes: &[],
};

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
    if let Some(known) = tx.get(&TOKENS, (&name, &scope, token))?
        && tx.now() - known.int("CreatedTimestamp").unwrap_or_default() < LIFETIME
    {
        return match known.doc("Request") == request {
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
        "Request": request,
        "Output": &output,
        "CreatedTimestamp": tx.now(),
    };
    tx.put(&TOKENS, &row)?;
    Ok(output)
}
