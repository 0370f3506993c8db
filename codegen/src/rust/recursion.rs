//! How types contain each other: which members must be boxed, since a type cannot contain itself, and
//! how deep types nest.

use crate::model::{Kind, Model};
use crate::select::Selection;
use crate::shape_id::ShapeId;
use std::collections::{BTreeMap, BTreeSet};

/// The members that close a cycle of structures and unions. Lists and maps have their items on the
/// heap, so cycles through them need no box.
pub(crate) fn boxed_members<'m>(
    model: &'m Model,
    selection: &Selection<'m>,
) -> BTreeSet<(&'m ShapeId, &'m str)> {
    let mut walk = Walk {
        model,
        state: BTreeMap::new(),
        boxed: BTreeSet::new(),
    };
    for id in &selection.closure {
        walk.visit(id);
    }
    walk.boxed
}

/// How deep rustc has to look to learn whether the deepest type can be sent between threads.
///
/// It looks through every type on a path: an `Option` and a structure, or the internals of a `Vec` or a
/// `HashMap`. A path ends where it reaches a type for the second time.
pub(crate) fn nesting(model: &Model, selection: &Selection<'_>) -> usize {
    let mut depths: BTreeMap<&ShapeId, usize> = BTreeMap::new();
    for id in &selection.closure {
        // An explicit stack, so that no model is too deep. Each entry is a shape and the index of the
        // member to look at next.
        let mut stack: Vec<(&ShapeId, usize)> = vec![(id, 0)];
        while let Some((id, next)) = stack.pop() {
            let Some(shape) = model.get(id) else {
                continue;
            };
            if next == 0 {
                if depths.contains_key(&shape.id) {
                    continue;
                }
                depths.insert(&shape.id, 0);
            } else {
                let target = &shape.members[next - 1].target;
                let below = depths.get(target).copied().unwrap_or_default();
                let depth = depths.entry(&shape.id).or_default();
                *depth = (*depth).max(below);
            }
            match shape.members.get(next) {
                Some(member) => {
                    stack.push((&shape.id, next + 1));
                    if !depths.contains_key(&member.target) {
                        stack.push((&member.target, 0));
                    }
                }
                None => {
                    let own = match shape.kind {
                        Kind::Structure | Kind::Union => 2,
                        Kind::List => 4,
                        Kind::Map => 6,
                        _ => 1,
                    };
                    *depths.entry(&shape.id).or_default() += own;
                }
            }
        }
    }
    depths.into_values().max().unwrap_or_default()
}

#[derive(PartialEq)]
enum State {
    Open,
    Done,
}

struct Walk<'m> {
    model: &'m Model,
    state: BTreeMap<&'m ShapeId, State>,
    boxed: BTreeSet<(&'m ShapeId, &'m str)>,
}

impl<'m> Walk<'m> {
    /// A depth-first search with an explicit stack, so that no model is too deep.
    fn visit(&mut self, start: &'m ShapeId) {
        let mut stack: Vec<(&'m ShapeId, usize)> = vec![(start, 0)];
        while let Some((id, next)) = stack.pop() {
            let Some(shape) = self.model.get(id) else {
                continue;
            };
            if next == 0 {
                if self.state.contains_key(id) {
                    continue;
                }
                self.state.insert(&shape.id, State::Open);
            }
            if !matches!(shape.kind, Kind::Structure | Kind::Union) {
                self.state.insert(&shape.id, State::Done);
                continue;
            }
            let Some(member) = shape.members.get(next) else {
                self.state.insert(&shape.id, State::Done);
                continue;
            };
            stack.push((id, next + 1));
            match self.state.get(&member.target) {
                Some(State::Open) => {
                    self.boxed.insert((&shape.id, &member.name));
                }
                Some(State::Done) => {}
                None => stack.push((&member.target, 0)),
            }
        }
    }
}
