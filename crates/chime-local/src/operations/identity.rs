//! Chime SDK identity: app instances, their users, bots and admins.

use super::Handlers;
use crate::store::Table;

pub(super) const OPERATIONS: Handlers = &[];

pub(super) const TABLES: &[&Table] = &[];
