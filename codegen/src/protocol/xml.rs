//! Rules of XML bodies, for the protocols that have them.

use crate::check::report_member;
use crate::diagnostic::Problems;
use crate::model::{Kind, Member, Model, Shape};
use crate::select::Selection;
use crate::traits::http::Binding;
use crate::traits::xml::{XmlAttribute, XmlName};
use std::collections::BTreeMap;

/// No two members of a structure or union have one name in XML. An attribute and an element may.
pub(super) fn check_names(model: &Model, selection: &Selection<'_>, problems: &mut Problems) {
    for shape in selection.closure.iter().filter_map(|id| model.get(id)) {
        if !matches!(shape.kind, Kind::Structure | Kind::Union) {
            continue;
        }
        // HTTP bindings only count at the top of a message.
        let nested = selection.nested.contains(&shape.id);
        let in_body = |member: &&Member| nested || Binding::all(&member.traits).is_empty();
        check_shape(shape, shape.members.iter().filter(in_body), problems);
    }
}

fn check_shape<'m>(
    shape: &Shape,
    members: impl Iterator<Item = &'m Member>,
    problems: &mut Problems,
) {
    let mut seen: BTreeMap<(&str, bool), &Member> = BTreeMap::new();
    for member in members {
        let name = match member.traits.get() {
            Some(XmlName(name)) => name,
            None => &member.name,
        };
        let is_attribute = member.traits.has::<XmlAttribute>();
        if let Some(first) = seen.insert((name, is_attribute), member) {
            problems.push(report_member(
                shape,
                member,
                "xml-name",
                format!(
                    "the member is called `{name}` in XML, as is `{}` at {}",
                    first.name,
                    first.place.location()
                ),
                "give one of the two another `smithy.api#xmlName`",
            ));
        }
    }
}
