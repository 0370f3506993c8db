//! Tags of pipelines, configurations and pools.

use super::{configurations, pipelines, pools};
use crate::document::Doc;
use crate::operations::Answer;
use crate::operations::common::tags;
use crate::refusal::{Kind, Refusal};
use crate::store::Tx;

/// Makes sure that the resource of a request exists.
fn check(tx: &Tx<'_>, input: &Doc) -> Result<(), Refusal> {
    let arn = input.str("ResourceARN");
    let exists = pipelines::of_arn(tx, arn)?.is_some()
        || configurations::of_arn(tx, arn)?.is_some()
        || pools::of_arn(tx, arn)?.is_some();
    match exists {
        true => Ok(()),
        false => Err(Refusal::not_found("resource", arn)),
    }
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(tx, input)?;
    tags::list(tx, input)
}

/// Tags a resource. The operation has no error for limits, so too many tags are a bad request.
pub(super) fn tag(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(tx, input)?;
    tags::tag(tx, input).map_err(|refusal| match refusal.kind {
        Kind::ResourceLimitExceeded => Refusal::bad_request(refusal.message),
        _ => refusal,
    })
}

pub(super) fn untag(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    check(tx, input)?;
    tags::untag(tx, input)
}
