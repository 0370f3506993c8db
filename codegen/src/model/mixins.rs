//! Copies the members, traits and properties of mixins into the shapes that use them.

use super::assemble::{Assembler, Member, Shape, unknown_target};
use super::{Kind, Target};
use crate::diagnostic::{Diagnostic, Problems};
use crate::shape_id::ShapeId;
use crate::source::raw::RawTarget;
use crate::traits::shapes::Mixin;
use crate::traits::{RawTraits, Trait};
use std::collections::{BTreeMap, BTreeSet};

impl Assembler<'_> {
    pub(super) fn mix_in(&mut self) {
        let mut done = BTreeSet::new();
        for id in self.mixins.keys().cloned().collect::<Vec<_>>() {
            self.mix_into(&id, &mut Vec::new(), &mut done);
        }
        // The remaining ones belong to members that no mixin has.
        for (id, members) in std::mem::take(&mut self.inherited) {
            for (name, (place, _)) in members {
                self.problems.push(
                    Diagnostic::new(
                        "unknown-member",
                        format!("`{id}` has no member `{name}`"),
                        "correct the member's name, or remove the statement",
                    )
                    .at(place.location())
                    .on(id.member(&name)),
                );
            }
        }
    }

    fn mix_into(&mut self, id: &ShapeId, path: &mut Vec<ShapeId>, done: &mut BTreeSet<ShapeId>) {
        let Some(mixins) = self.mixins.get(id).cloned() else {
            return;
        };
        if done.contains(id) {
            return;
        }
        path.push(id.clone());
        let mut mixed = Mixed::default();
        for mixin in mixins {
            if path.contains(&mixin.id) {
                self.problems.push(
                    Diagnostic::new(
                        "mixin-cycle",
                        format!("`{}` is mixed into itself", mixin.id),
                        "remove one of the mixins from the cycle",
                    )
                    .at(mixin.place.location())
                    .on(id.as_str()),
                );
                continue;
            }
            self.mix_into(&mixin.id, path, done);
            self.take_mixin(id, &mixin, &mut mixed);
        }
        path.pop();
        done.insert(id.clone());
        self.complete(id, mixed);
    }

    /// Adds the members and traits of one mixin. Later mixins override traits of earlier ones.
    fn take_mixin(&mut self, id: &ShapeId, mixin: &RawTarget, mixed: &mut Mixed) {
        let Some(source) = self.shapes.get(&mixin.id) else {
            self.problems
                .push(unknown_target(&mixin.id, &mixin.place, id.as_str()));
            return;
        };
        if !source.traits.has::<Mixin>() {
            self.problems.push(
                Diagnostic::new(
                    "not-a-mixin",
                    format!("`{}` is used as a mixin but is not one", mixin.id),
                    "give it the trait `smithy.api#mixin`",
                )
                .at(mixin.place.location())
                .on(id.as_str()),
            );
            return;
        }
        let own_kind = self.shapes.get(id).map(|shape| shape.kind.name());
        if own_kind.is_some_and(|kind| kind != source.kind.name()) {
            self.problems.push(
                Diagnostic::new(
                    "mixin-type",
                    format!(
                        "{} cannot be mixed into this shape",
                        source.kind.described()
                    ),
                    "mix in only shapes of the same type",
                )
                .at(mixin.place.location())
                .on(id.as_str()),
            );
            return;
        }
        let mixin = source.traits.parse::<Mixin>();
        let local = mixin.map(|mixin| mixin.local_traits).unwrap_or_default();
        for (id, applied) in source.traits.iter() {
            if id != Mixin::ID && local.iter().all(|local| local != id) {
                mixed.traits.insert(id.to_owned(), applied.clone());
            }
        }
        for member in &source.members {
            mixed.member(id, member.clone(), self.problems);
        }
        mixed.kinds.push(source.kind.clone());
    }

    /// Merges a shape's own members and traits with those of its mixins, which they override.
    fn complete(&mut self, id: &ShapeId, mut mixed: Mixed) {
        let Some(shape) = self.shapes.get_mut(id) else {
            return;
        };
        mixed.traits.override_with(&shape.traits);
        shape.traits = std::mem::take(&mut mixed.traits);
        for own in std::mem::take(&mut shape.members) {
            mixed.member(id, own, self.problems);
        }
        if let Some(applied) = self.inherited.get_mut(id) {
            applied.retain(|name, (_, traits)| match mixed.members.get_mut(name) {
                Some(member) => {
                    member.traits.override_with(traits);
                    false
                }
                None => true,
            });
        }
        shape.members = mixed.members.into_values().collect();
        for kind in &mixed.kinds {
            inherit(&mut shape.kind, kind);
        }
        check_parts(shape, self.problems);
    }
}

/// The members and traits of a shape's mixins, merged.
#[derive(Default)]
struct Mixed {
    members: BTreeMap<String, Member>,
    traits: RawTraits,
    kinds: Vec<Kind>,
}

impl Mixed {
    /// Adds a member. An existing member keeps its traits and gets those of the new one, which has to
    /// target the same shape.
    fn member(&mut self, id: &ShapeId, member: Member, problems: &mut Problems) {
        let Some(mut first) = self.members.remove(&member.name) else {
            self.members.insert(member.name.clone(), member);
            return;
        };
        if first.target != member.target {
            problems.push(
                Diagnostic::new(
                    "mixin-member",
                    format!(
                        "the member `{}` targets `{}` here and `{}` at {}",
                        member.name,
                        member.target,
                        first.target,
                        first.target_place.location()
                    ),
                    "target the same shape in both, or rename one of the members",
                )
                .at(member.target_place.location())
                .on(id.member(&member.name)),
            );
        }
        first.traits.override_with(&member.traits);
        let joined = Member {
            traits: first.traits,
            ..member
        };
        self.members.insert(joined.name.clone(), joined);
    }
}

/// Adds the properties of a mixin that are neither members nor traits.
fn inherit(kind: &mut Kind, mixin: &Kind) {
    match (kind, mixin) {
        (Kind::Operation(own), Kind::Operation(mixin)) => {
            own.input = own.input.take().or_else(|| mixin.input.clone());
            own.output = own.output.take().or_else(|| mixin.output.clone());
            join(&mut own.errors, &mixin.errors);
        }
        (Kind::Resource(own), Kind::Resource(mixin)) => {
            join(&mut own.operations, &mixin.operations);
            join(&mut own.resources, &mixin.resources);
            join(&mut own.properties, &mixin.properties);
        }
        (Kind::Service(own), Kind::Service(mixin)) => {
            if own.version.is_empty() {
                own.version.clone_from(&mixin.version);
            }
            join(&mut own.operations, &mixin.operations);
            join(&mut own.resources, &mixin.resources);
            join(&mut own.errors, &mixin.errors);
            for (target, name) in &mixin.rename {
                if own.rename.iter().all(|(other, _)| other != target) {
                    own.rename.push((target.clone(), name.clone()));
                }
            }
        }
        _ => {}
    }
}

fn join(own: &mut Vec<Target>, mixin: &[Target]) {
    own.extend_from_slice(mixin);
    own.sort_by(|a, b| a.id.cmp(&b.id));
    own.dedup();
}

/// Checks that each list and map has its parts, of its own or from a mixin.
fn check_parts(shape: &Shape, problems: &mut Problems) {
    let needed: &[&str] = match shape.kind {
        Kind::List => &["member"],
        Kind::Map => &["key", "value"],
        _ => &[],
    };
    for name in needed.iter().filter(|name| shape.member(name).is_none()) {
        problems.push(
            Diagnostic::new(
                "ast-form",
                format!("neither the shape nor any of its mixins has `{name}`"),
                format!("add \"{name}\": {{\"target\": \"namespace#Shape\"}}"),
            )
            .at(shape.place.location())
            .on(shape.id.as_str()),
        );
    }
}
