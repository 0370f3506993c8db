//! Assembles raw files into one model, with `apply` and mixins resolved.

use super::{Kind, Operation, Resource, Service, Target};
use crate::diagnostic::{Diagnostic, Problems};
use crate::shape_id::ShapeId;
use crate::source::json::{Entry, Node, Place, Value};
use crate::source::raw::{
    RawBody, RawFile, RawMember, RawOperation, RawResource, RawService, RawShape, RawTarget,
};
use crate::traits::shapes::{Boxed, DefaultValue};
use crate::traits::{Applied, RawTraits};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A shape whose traits are not parsed yet.
pub(super) type Shape = super::Shape<RawTraits>;
pub(super) type Member = super::Member<RawTraits>;
type Model = super::Model<RawTraits>;

/// Assembles the files, of which the first is the prelude.
pub(crate) fn assemble(files: Vec<RawFile>, problems: &mut Problems) -> Model {
    let mut assembler = Assembler {
        problems,
        shapes: BTreeMap::new(),
        mixins: BTreeMap::new(),
        inherited: BTreeMap::new(),
        smithy_1_members: Vec::new(),
    };
    let mut applied = Vec::new();
    for file in files {
        for raw in file.shapes {
            match raw.body {
                RawBody::Apply { ref member } => {
                    applied.push((raw.id, raw.place, member.clone(), raw.traits))
                }
                _ => assembler.shape(raw, file.smithy_1),
            }
        }
    }
    // Before mixins, so that traits applied to a mixin reach every shape that uses it.
    for (id, place, member, traits) in applied {
        assembler.apply(&id, &place, member, traits);
    }
    assembler.mix_in();
    assembler.smithy_1_defaults();
    assembler.string_enums();
    Model {
        shapes: assembler.shapes,
    }
}

pub(super) struct Assembler<'a> {
    pub(super) problems: &'a mut Problems,
    pub(super) shapes: BTreeMap<ShapeId, Shape>,
    pub(super) mixins: BTreeMap<ShapeId, Vec<RawTarget>>,
    /// Traits applied to members that must come from a mixin, with the place of the statement.
    pub(super) inherited: BTreeMap<ShapeId, BTreeMap<String, (Place, RawTraits)>>,
    /// Members of structures in files of Smithy 1 that are not boxed.
    pub(super) smithy_1_members: Vec<(ShapeId, String)>,
}

fn target(raw: RawTarget) -> Target {
    Target {
        id: raw.id,
        place: raw.place,
    }
}

fn targets(raw: Vec<RawTarget>) -> Vec<Target> {
    let mut targets: Vec<Target> = raw.into_iter().map(target).collect();
    targets.sort_by(|a, b| a.id.cmp(&b.id));
    targets.dedup_by(|a, b| a.id == b.id);
    targets
}

/// The kind of a shape and its members; `None` for a statement that applies traits.
fn kind(body: RawBody) -> Option<(Kind, Vec<RawMember>)> {
    Some(match body {
        RawBody::Apply { .. } => return None,
        RawBody::Simple(simple) => (Kind::Simple(simple), Vec::new()),
        RawBody::Enum(members) => (Kind::Enum, members),
        RawBody::IntEnum(members) => (Kind::IntEnum, members),
        RawBody::List(member) | RawBody::Set(member) => (Kind::List, member.into_iter().collect()),
        RawBody::Map { key, value } => (Kind::Map, key.into_iter().chain(value).collect()),
        RawBody::Structure(members) => (Kind::Structure, members),
        RawBody::Union(members) => (Kind::Union, members),
        RawBody::Operation(raw) => (Kind::Operation(operation(raw)), Vec::new()),
        RawBody::Resource(raw) => (Kind::Resource(resource(raw)), Vec::new()),
        RawBody::Service(raw) => (Kind::Service(service(raw)), Vec::new()),
    })
}

fn operation(raw: RawOperation) -> Operation {
    let RawOperation {
        input,
        output,
        errors,
    } = raw;
    Operation {
        input: input.map(target),
        output: output.map(target),
        errors: targets(errors),
    }
}

fn resource(raw: RawResource) -> Resource {
    let RawResource {
        operations,
        resources,
        properties,
    } = raw;
    Resource {
        operations: targets(operations),
        resources: targets(resources),
        properties: targets(properties),
    }
}

fn service(raw: RawService) -> Service {
    let RawService {
        version,
        operations,
        resources,
        errors,
        rename,
    } = raw;
    let rename = rename.into_iter();
    Service {
        version,
        operations: targets(operations),
        resources: targets(resources),
        errors: targets(errors),
        rename: rename.map(|(id, name)| (target(id), name)).collect(),
    }
}

impl Assembler<'_> {
    fn shape(&mut self, raw: RawShape, smithy_1: bool) {
        let RawShape {
            id,
            place,
            body,
            traits: raw_traits,
            mixins,
        } = raw;
        if let Some(first) = self.shapes.get(&id) {
            self.problems.push(
                Diagnostic::new(
                    "duplicate-shape",
                    format!(
                        "`{id}` is defined twice, first at {}",
                        first.place.location()
                    ),
                    "remove one of the two, or rename one",
                )
                .at(place.location())
                .on(id.as_str()),
            );
            return;
        }
        let mut traits = RawTraits::default();
        add_traits(&mut traits, raw_traits, id.as_str(), self.problems);
        let Some((kind, raw_members)) = kind(body) else {
            return;
        };
        let mut members: Vec<Member> = raw_members
            .into_iter()
            .map(|raw| self.member(&id, raw, smithy_1 && kind == Kind::Structure))
            .collect();
        members.sort_by(|a, b| a.name.cmp(&b.name));
        if !mixins.is_empty() {
            self.mixins.insert(id.clone(), mixins);
        }
        self.shapes.insert(
            id.clone(),
            Shape {
                id,
                place,
                kind,
                traits,
                members,
            },
        );
    }

    fn member(&mut self, id: &ShapeId, raw: RawMember, smithy_1: bool) -> Member {
        let RawMember {
            name,
            place,
            target,
            traits: raw_traits,
        } = raw;
        let mut traits = RawTraits::default();
        add_traits(&mut traits, raw_traits, &id.member(&name), self.problems);
        if smithy_1 && !traits.has::<Boxed>() && !traits.has::<DefaultValue>() {
            self.smithy_1_members.push((id.clone(), name.clone()));
        }
        Member {
            name,
            place,
            target: target.id,
            target_place: target.place,
            traits,
        }
    }

    fn apply(&mut self, id: &ShapeId, place: &Place, member: Option<String>, raw: Vec<Entry>) {
        let Some(shape) = self.shapes.get_mut(id) else {
            self.problems.push(unknown_target(id, place, id.as_str()));
            return;
        };
        let Some(name) = member else {
            add_traits(&mut shape.traits, raw, id.as_str(), self.problems);
            return;
        };
        let full = id.member(&name);
        match shape.members.iter_mut().find(|member| member.name == name) {
            Some(member) => add_traits(&mut member.traits, raw, &full, self.problems),
            None => {
                let (_, traits) = self
                    .inherited
                    .entry(id.clone())
                    .or_default()
                    .entry(name)
                    .or_insert_with(|| (place.clone(), RawTraits::default()));
                add_traits(traits, raw, &full, self.problems);
            }
        }
    }
}

pub(super) fn unknown_target(id: &ShapeId, place: &Place, on: &str) -> Diagnostic {
    Diagnostic::new(
        "unknown-target",
        format!("there is no shape `{id}`"),
        "define it in one of the model's files, or correct the reference",
    )
    .at(place.location())
    .on(on)
}

fn add_traits(traits: &mut RawTraits, raw: Vec<Entry>, on: &str, problems: &mut Problems) {
    for entry in raw {
        let applied = Applied {
            place: entry.key_place,
            value: Rc::new(entry.value),
        };
        let Some(first) = traits.get(&entry.key) else {
            traits.insert(entry.key, applied);
            continue;
        };
        if first.value.to_plain() == applied.value.to_plain() {
            continue;
        }
        if let (Value::Array(a), Value::Array(b)) = (&first.value.value, &applied.value.value) {
            // Smithy joins arrays. They are sorted so that the order of files does not matter.
            let mut joined: Vec<Node> = a.iter().chain(b).cloned().collect();
            joined.sort_by_key(|node| node.to_plain().to_string());
            let joined = Applied {
                place: first.place.clone(),
                value: Rc::new(Node {
                    value: Value::Array(joined),
                    place: first.value.place.clone(),
                }),
            };
            traits.insert(entry.key, joined);
            continue;
        }
        problems.push(
            Diagnostic::new(
                "conflicting-trait",
                format!(
                    "the trait `{}` is applied twice with different values, first at {}",
                    entry.key,
                    first.place.location()
                ),
                "keep one of the two",
            )
            .at(applied.place.location())
            .on(on),
        );
    }
}
