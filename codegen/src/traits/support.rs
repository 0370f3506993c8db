//! Unsupported features that the traits of a shape need.

use super::Support;
use crate::diagnostic::{Diagnostic, Location};
use crate::model::Shape;
use crate::source::json::Place;
use std::collections::BTreeSet;

/// What is missing. Several uses of the same thing are reported once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What<'m> {
    /// A feature, such as "endpoint discovery".
    Feature(&'static str),
    /// A trait that is in no table.
    Trait(&'m str),
    /// An authentication scheme that is in no table.
    AuthScheme(&'m str),
}

/// One use of something that the generator does not support.
#[derive(Debug, Clone)]
pub(crate) struct Lack<'m> {
    pub(crate) what: What<'m>,
    /// The trait that needs it.
    pub(crate) asked_by: &'m str,
    pub(crate) place: &'m Place,
    /// The shape or member.
    pub(crate) on: String,
}

impl Lack<'_> {
    pub(crate) fn location(&self) -> Location {
        self.place.location()
    }

    /// The diagnostic for this use, with the given help.
    pub(crate) fn diagnostic(&self, help: &str) -> Diagnostic {
        let (rule, message) = match &self.what {
            What::Feature(feature) => (
                "unsupported-trait",
                format!(
                    "the trait `{}` requires {feature}, which the generator does not support yet",
                    self.asked_by
                ),
            ),
            What::Trait(id) => (
                "unknown-trait",
                format!("the generator does not know the trait `{id}`"),
            ),
            What::AuthScheme(id) => (
                "unknown-trait",
                format!("the generator does not know the authentication scheme `{id}`"),
            ),
        };
        Diagnostic::new(rule, message, help)
            .at(self.location())
            .on(self.on.clone())
    }
}

/// The unsupported features that the traits of a shape and of its members need.
pub(crate) fn lacks<'m>(shape: &'m Shape, ignored: &BTreeSet<String>) -> Vec<Lack<'m>> {
    let on_shape = shape.traits.iter().map(|parsed| (parsed, None));
    let on_members = shape.members.iter().flat_map(|member| {
        let traits = member.traits.iter();
        traits.map(move |parsed| (parsed, Some(member)))
    });
    on_shape
        .chain(on_members)
        .filter(|(parsed, _)| !ignored.contains(&parsed.id))
        .filter_map(|(parsed, member)| {
            let what = match parsed.declared.map(|declared| declared.support) {
                None => What::Trait(&parsed.id),
                Some(Support::Unsupported(what)) => What::Feature(what),
                Some(_) => return None,
            };
            Some(Lack {
                what,
                asked_by: &parsed.id,
                place: &parsed.applied.place,
                on: member.map_or_else(
                    || shape.id.as_str().to_owned(),
                    |member| shape.member_id(member),
                ),
            })
        })
        .collect()
}
