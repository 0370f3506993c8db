//! What several services have in common.

pub(crate) mod expiry;
pub(crate) mod tags;
pub(crate) mod tokens;

use super::Answer;
use crate::refusal::Kind;
use crate::store::Table;

pub(super) const TABLES: &[&Table] = &[&tags::TAGS, &tokens::TOKENS, &STATE];

/// What the local Chime itself remembers.
pub(crate) const STATE: Table = Table {
    name: "local_state",
    key: &["Name"],
    indexes: &[],
};

/// Returns an answer of an operation whose errors have no `NotFoundException`: what does not exist is forbidden, as
/// AWS has it.
pub(crate) fn hide(answer: Answer) -> Answer {
    answer.map_err(|mut refusal| {
        if refusal.kind == Kind::NotFound {
            refusal.kind = Kind::Forbidden;
        }
        refusal
    })
}

/// Registers an operation whose errors have no `NotFoundException`.
macro_rules! hidden {
    ($name:literal, $handler:path) => {
        ($name, |tx, input| {
            $crate::operations::common::hide($handler(tx, input))
        })
    };
}
pub(crate) use hidden;
