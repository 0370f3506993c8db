//! Names of members in bodies, for the protocols that have them.

use crate::check::report_member;
use crate::diagnostic::Problems;
use crate::model::{Kind, Member, Model, Shape};
use crate::select::Selection;
use crate::traits::Trait;
use crate::traits::http::Binding;
use crate::traits::json::JsonName;
use crate::traits::xml::{XmlAttribute, XmlName};
use std::collections::BTreeMap;

/// A format of bodies.
pub(super) struct Format {
    name: &'static str,
    rule: &'static str,
    /// The trait that renames a member.
    renaming: &'static str,
    /// The name of a member, and whether it is the name of an attribute.
    name_of: fn(&Member) -> (&str, bool),
}

pub(super) const JSON: Format = Format {
    name: "JSON",
    rule: "json-name",
    renaming: JsonName::ID,
    name_of: |member| match member.traits.get() {
        Some(JsonName(name)) => (name, false),
        None => (&member.name, false),
    },
};

/// An attribute and an element may have the same name.
pub(super) const XML: Format = Format {
    name: "XML",
    rule: "xml-name",
    renaming: XmlName::ID,
    name_of: |member| {
        let is_attribute = member.traits.has::<XmlAttribute>();
        match member.traits.get() {
            Some(XmlName(name)) => (name, is_attribute),
            None => (&member.name, is_attribute),
        }
    },
};

impl Format {
    /// Checks that no two members of a structure or union have the same name.
    pub(super) fn check_names(
        &self,
        model: &Model,
        selection: &Selection<'_>,
        problems: &mut Problems,
    ) {
        for shape in selection.closure.iter().filter_map(|id| model.get(id)) {
            if !matches!(shape.kind, Kind::Structure | Kind::Union) {
                continue;
            }
            // HTTP bindings apply only at the top of a message.
            let nested = selection.nested.contains(&shape.id);
            let in_body = |member: &&Member| nested || Binding::all(&member.traits).is_empty();
            self.check_shape(shape, shape.members.iter().filter(in_body), problems);
        }
    }

    fn check_shape<'m>(
        &self,
        shape: &Shape,
        members: impl Iterator<Item = &'m Member>,
        problems: &mut Problems,
    ) {
        let mut seen: BTreeMap<(&str, bool), &Member> = BTreeMap::new();
        for member in members {
            let named = (self.name_of)(member);
            if let Some(first) = seen.insert(named, member) {
                problems.push(report_member(
                    shape,
                    member,
                    self.rule,
                    format!(
                        "the member has the same {} name `{}` as `{}` at {}",
                        self.name,
                        named.0,
                        first.name,
                        first.place.location()
                    ),
                    format!("change the `{}` of one of the two", self.renaming),
                ));
            }
        }
    }
}
