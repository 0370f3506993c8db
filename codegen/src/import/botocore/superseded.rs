//! Deprecated operations whose requests are those of another operation.
//!
//! Amazon S3's model has a few. Its Smithy form does not: of two operations with the same method and
//! URI, a server cannot know which one is meant.

use super::{Converter, flag};
use crate::source::json::{Entry, Node};
use std::collections::BTreeSet;

impl<'a> Converter<'a> {
    /// The operations that are left out, which are noted.
    pub(super) fn superseded(&self, notes: &mut Vec<String>) -> BTreeSet<&'a str> {
        let operations = self.entries("operations");
        let mut superseded = BTreeSet::new();
        if !self.wires.have_http_bindings() {
            return superseded;
        }
        for entry in operations.iter().filter(|it| flag(&it.value, "deprecated")) {
            let is_other = |other: &&Entry| {
                !flag(&other.value, "deprecated") && request(&other.value) == request(&entry.value)
            };
            if let Some(other) = operations.iter().find(is_other) {
                notes.push(format!(
                    "{} is left out: it is deprecated, and {} has the same method and URI",
                    entry.key, other.key
                ));
                superseded.insert(entry.key.as_str());
            }
        }
        superseded
    }

    /// Removes the shapes that only operations reach that are left out.
    pub(super) fn drop_unreached(&mut self, superseded: &BTreeSet<&str>) {
        if superseded.is_empty() {
            return;
        }
        let operations = self.entries("operations").iter();
        let (dropped, kept): (Vec<_>, Vec<_>) =
            operations.partition(|entry| superseded.contains(entry.key.as_str()));
        let (dropped, kept) = (self.reached(&dropped), self.reached(&kept));
        for name in dropped.difference(&kept) {
            let id = self.shape_id(name);
            self.shapes.remove(&id);
        }
    }

    /// The names of the shapes that operations reach.
    fn reached(&self, operations: &[&'a Entry]) -> BTreeSet<&'a str> {
        let mut open = Vec::new();
        for operation in operations {
            let errors = operation.value.get("errors").and_then(Node::as_array);
            let sides = ["input", "output"].map(|side| operation.value.get(side));
            let references = sides.into_iter().flatten();
            open.extend(references.chain(errors.unwrap_or_default()));
        }
        let mut reached = BTreeSet::new();
        while let Some(reference) = open.pop() {
            let Some(name) = reference.get("shape").and_then(Node::as_str) else {
                continue;
            };
            let Some(shape) = self.find(name).filter(|_| reached.insert(name)) else {
                continue;
            };
            let members = shape.get("members").and_then(Node::as_object);
            open.extend(
                members
                    .unwrap_or_default()
                    .iter()
                    .map(|member| &member.value),
            );
            open.extend(
                ["member", "key", "value"]
                    .map(|part| shape.get(part))
                    .into_iter()
                    .flatten(),
            );
        }
        reached
    }
}

/// The method and the URI of an operation.
fn request(operation: &Node) -> [Option<&str>; 2] {
    ["method", "requestUri"].map(|key| operation.get("http")?.get(key)?.as_str())
}
