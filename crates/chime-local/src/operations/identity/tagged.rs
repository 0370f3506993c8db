//! Tags of app instances, users and bots.

use super::{identity, instances};
use crate::arn;
use crate::document::Doc;
use crate::operations::Answer;
use crate::operations::common::tags;
use crate::refusal::Refusal;
use crate::store::Tx;

/// Makes sure that the resource of a request exists.
fn check(tx: &Tx<'_>, input: &Doc) -> Result<(), Refusal> {
    let arn = input.str("ResourceARN");
    if arn::app_instance(arn) == Some(arn) {
        return instances::check(tx, arn);
    }
    identity(tx, arn).map(drop)
}

pub(super) fn tag(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(tx, input)?;
    tags::tag(tx, input)
}

pub(super) fn untag(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(tx, input)?;
    tags::untag(tx, input)
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(tx, input)?;
    tags::list(tx, input)
}
