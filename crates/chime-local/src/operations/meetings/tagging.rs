//! Tags of meetings.

use super::meeting;
use crate::document::Doc;
use crate::operations::Answer;
use crate::operations::common::tags;
use crate::refusal::{Kind, Refusal};
use crate::store::Tx;

/// Makes sure that the resource of a request exists.
fn check(tx: &Tx<'_>, input: &Doc) -> Result<(), Refusal> {
    let arn = input.str("ResourceARN");
    match meeting::of_arn(tx, arn)? {
        Some(_) => Ok(()),
        None => Err(Refusal {
            kind: Kind::Named("ResourceNotFoundException"),
            message: format!("resource {arn} does not exist"),
        }),
    }
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(tx, input)?;
    tags::list(tx, input)
}

pub(super) fn tag(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(tx, input)?;
    tags::tag(tx, input).map_err(|refusal| match refusal.kind {
        Kind::ResourceLimitExceeded => Refusal {
            kind: Kind::Named("TooManyTagsException"),
            ..refusal
        },
        _ => refusal,
    })
}

pub(super) fn untag(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(tx, input)?;
    tags::untag(tx, input)
}
