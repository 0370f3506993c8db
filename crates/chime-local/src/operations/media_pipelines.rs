//! Chime SDK media pipelines, as resources with states but without media.

use super::Handlers;
use crate::store::Table;

pub(super) const OPERATIONS: Handlers = &[];

pub(super) const TABLES: &[&Table] = &[];
