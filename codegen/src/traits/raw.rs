//! Traits as they are applied, before they are parsed.

use super::Trait;
use crate::source::json::{Node, Place};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A trait as it is applied.
#[derive(Debug, Clone)]
pub(crate) struct Applied {
    pub(crate) place: Place,
    pub(crate) value: Rc<Node>,
}

/// The traits of a shape or member before the model is assembled.
#[derive(Debug, Clone, Default)]
pub(crate) struct RawTraits {
    by_id: BTreeMap<String, Applied>,
}

impl RawTraits {
    pub(crate) fn has<T: Trait>(&self) -> bool {
        self.by_id.contains_key(T::ID)
    }

    /// Parses a trait that assembly itself needs.
    pub(crate) fn parse<T: Trait>(&self) -> Option<T> {
        T::parse(&self.by_id.get(T::ID)?.value)
    }

    /// Removes a trait and parses it.
    pub(crate) fn take<T: Trait>(&mut self) -> Option<T> {
        T::parse(&self.by_id.remove(T::ID)?.value)
    }

    /// Applies a trait.
    pub(crate) fn set<T: Trait>(&mut self, applied: Applied) {
        self.insert(T::ID.to_owned(), applied);
    }

    /// The trait with an ID from the model.
    pub(crate) fn get(&self, id: &str) -> Option<&Applied> {
        self.by_id.get(id)
    }

    pub(crate) fn insert(&mut self, id: String, applied: Applied) {
        self.by_id.insert(id, applied);
    }

    /// Removes a trait. Returns whether it was applied.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        self.by_id.remove(id).is_some()
    }

    /// Adds the traits of another shape, whose values replace existing ones.
    pub(crate) fn override_with(&mut self, other: &Self) {
        for (id, applied) in other.iter() {
            self.insert(id.to_owned(), applied.clone());
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Applied)> {
        self.by_id
            .iter()
            .map(|(id, applied)| (id.as_str(), applied))
    }

    pub(super) fn into_iter(self) -> impl Iterator<Item = (String, Applied)> {
        self.by_id.into_iter()
    }
}
