//! What several services have in common.

pub(crate) mod tags;
pub(crate) mod tokens;

use crate::store::Table;

pub(super) const TABLES: &[&Table] = &[&tags::TAGS, &tokens::TOKENS, &STATE];

/// What the local Chime itself remembers.
pub(crate) const STATE: Table = Table {
    name: "local_state",
    key: &["Name"],
    indexes: &[],
};
