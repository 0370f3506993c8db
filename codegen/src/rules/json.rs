//! Rules of JSON bodies.

use super::{http, report_member};
use crate::diagnostic::Diagnostic;
use crate::model::{Kind, Member, Model, Shape};
use crate::select::Selection;
use crate::shape_id::ShapeId;
use std::collections::{BTreeMap, BTreeSet};

/// No two members of a structure or union have one name in JSON.
pub(crate) fn check_names(
    model: &Model,
    selection: &Selection<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    let shapes = || selection.closure.iter().filter_map(|id| model.get(id));
    let nested: BTreeSet<&ShapeId> = shapes()
        .flat_map(|shape| &shape.members)
        .map(|member| &member.target)
        .collect();
    for shape in shapes() {
        if !matches!(shape.kind, Kind::Structure | Kind::Union) {
            continue;
        }
        // HTTP bindings only count at the top of a message.
        let in_body = |member: &&Member| nested.contains(&shape.id) || !http::is_bound(member);
        check_shape(shape, shape.members.iter().filter(in_body), problems);
    }
}

fn check_shape<'m>(
    shape: &Shape,
    members: impl Iterator<Item = &'m Member>,
    problems: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<&str, &Member> = BTreeMap::new();
    for member in members {
        let name = member
            .traits
            .text("smithy.api#jsonName")
            .unwrap_or(&member.name);
        if let Some(first) = seen.insert(name, member) {
            problems.push(report_member(
                shape,
                member,
                "json-name",
                format!(
                    "the member is called `{name}` in JSON, as is `{}` at {}",
                    first.name,
                    first.place.location()
                ),
                "give one of the two another `smithy.api#jsonName`",
            ));
        }
    }
}
