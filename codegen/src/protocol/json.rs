//! Rules of JSON bodies, for the protocols that have them.

use crate::check::report_member;
use crate::diagnostic::Problems;
use crate::model::{Kind, Member, Model, Shape};
use crate::select::Selection;
use crate::traits::http::Binding;
use crate::traits::json::JsonName;
use std::collections::BTreeMap;

/// Checks that no two members of a structure or union have the same name in JSON.
pub(super) fn check_names(model: &Model, selection: &Selection<'_>, problems: &mut Problems) {
    let shapes = || selection.closure.iter().filter_map(|id| model.get(id));
    for shape in shapes() {
        if !matches!(shape.kind, Kind::Structure | Kind::Union) {
            continue;
        }
        // HTTP bindings apply only at the top of a message.
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
    let mut seen: BTreeMap<&str, &Member> = BTreeMap::new();
    for member in members {
        let name = match member.traits.get() {
            Some(JsonName(name)) => name,
            None => &member.name,
        };
        if let Some(first) = seen.insert(name, member) {
            problems.push(report_member(
                shape,
                member,
                "json-name",
                format!(
                    "the member has the same JSON name `{name}` as `{}` at {}",
                    first.name,
                    first.place.location()
                ),
                "change the `smithy.api#jsonName` of one of the two",
            ));
        }
    }
}
