//! Chime SDK meetings: meetings and attendees.

use super::Handlers;
use crate::store::Table;

pub(super) const OPERATIONS: Handlers = &[];

pub(super) const TABLES: &[&Table] = &[];
