//! Recursion without end: such shapes have no finite value.

use super::report;
use crate::diagnostic::Problems;
use crate::model::{Kind, Model, Shape};
use crate::shape_id::ShapeId;
use crate::traits::shapes::Required;
use std::collections::BTreeSet;

pub(super) fn check(model: &Model, in_scope: impl Fn(&Shape) -> bool, problems: &mut Problems) {
    let finite = finite_shapes(model);
    for shape in model.shapes.values().filter(|shape| in_scope(shape)) {
        match shape.kind {
            // A list or map may contain itself only through a structure or union.
            Kind::List | Kind::Map if holds_itself(model, shape) => problems.push(report(
                shape,
                "endless-recursion",
                format!("the {} contains only itself", shape.kind.name()),
                "insert a structure or union with an optional member in between",
            )),
            Kind::Structure | Kind::Union if !finite.contains(&shape.id) => problems.push(report(
                shape,
                "endless-recursion",
                format!(
                    "every value of this {} contains another one, without end",
                    shape.kind.name()
                ),
                "make one of the members on the way optional by removing `smithy.api#required`",
            )),
            _ => {}
        }
    }
}

fn holds_itself(model: &Model, shape: &Shape) -> bool {
    let mut open = vec![shape];
    let mut seen = BTreeSet::new();
    while let Some(next) = open.pop() {
        for member in &next.members {
            let Some(target) = model.target(member) else {
                continue;
            };
            if target.id == shape.id {
                return true;
            }
            if matches!(target.kind, Kind::List | Kind::Map) && seen.insert(&target.id) {
                open.push(target);
            }
        }
    }
    false
}

/// The shapes that have a finite value. A structure needs one for each required member, a
/// union for any of its members; lists and maps can be empty.
fn finite_shapes(model: &Model) -> BTreeSet<&ShapeId> {
    let mut finite: BTreeSet<&ShapeId> = BTreeSet::new();
    loop {
        let before = finite.len();
        for shape in model.shapes.values() {
            if finite.contains(&shape.id) {
                continue;
            }
            let is_finite = |id: &ShapeId| finite.contains(id) || model.get(id).is_none();
            let ends = match shape.kind {
                Kind::Structure => shape
                    .members
                    .iter()
                    .all(|member| !member.traits.has::<Required>() || is_finite(&member.target)),
                Kind::Union => {
                    shape.members.is_empty()
                        || shape.members.iter().any(|member| is_finite(&member.target))
                }
                _ => true,
            };
            if ends {
                finite.insert(&shape.id);
            }
        }
        if finite.len() == before {
            return finite;
        }
    }
}
