//! Finds the members that must be boxed, since a type cannot hold itself.

use crate::model::{Kind, Model};
use crate::select::Selection;
use crate::shape_id::ShapeId;
use std::collections::{BTreeMap, BTreeSet};

/// The members that close a circle of structures and unions. Lists and maps hold their items on
/// the heap, so circles through them need no box.
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
    /// Walks in depth, with a stack of its own, so that no model is too deep.
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
