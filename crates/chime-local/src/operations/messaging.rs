//! Chime SDK messaging: channels, memberships and messages.

use super::Handlers;
use crate::store::Table;

pub(super) const OPERATIONS: Handlers = &[];

pub(super) const TABLES: &[&Table] = &[];
