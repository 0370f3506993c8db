//! Helpers for the tests of this crate.
#![allow(dead_code, reason = "no test uses all of them")]

pub(crate) mod formats;
pub(crate) mod model;
pub(crate) mod random;
