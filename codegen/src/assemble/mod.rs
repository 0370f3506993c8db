//! Brings raw files together into one model: `apply` and mixins resolved, every target there.

use crate::diagnostic::Diagnostic;
use crate::json::{Entry, Node, Place, Value};
use crate::model::{
    Applied, Kind, Member, Model, Operation, Resource, Service, Shape, Target, Traits,
};
use crate::read::{RawBody, RawFile, RawMember, RawShape, RawTarget, Simple};
use crate::shape_id::ShapeId;
use std::collections::{BTreeMap, BTreeSet};

/// Assembles the files, of which the first is the prelude.
pub(crate) fn assemble(files: Vec<RawFile>, problems: &mut Vec<Diagnostic>) -> Model {
    let mut assembler = Assembler {
        problems,
        shapes: BTreeMap::new(),
        mixins: BTreeMap::new(),
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
    assembler.mix_in();
    for (id, place, member, traits) in applied {
        assembler.apply(&id, &place, member.as_deref(), traits);
    }
    assembler.smithy_1_defaults();
    assembler.string_enums();
    assembler.check_targets();
    Model {
        shapes: assembler.shapes,
    }
}

struct Assembler<'a> {
    problems: &'a mut Vec<Diagnostic>,
    shapes: BTreeMap<ShapeId, Shape>,
    mixins: BTreeMap<ShapeId, Vec<RawTarget>>,
    /// Members of structures in files of Smithy 1 that are not boxed.
    smithy_1_members: Vec<(ShapeId, String)>,
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
                    "remove one of the two, or give one another name",
                )
                .at(place.location())
                .on(id.as_str()),
            );
            return;
        }
        let mut traits = Traits::default();
        add_traits(&mut traits, raw_traits, id.as_str(), self.problems);
        let mut raw_members = Vec::new();
        let kind = match body {
            // Applied later, when all shapes are there.
            RawBody::Apply { .. } => return,
            RawBody::Simple(simple) => Kind::Simple(simple),
            RawBody::Enum(members) => {
                raw_members = members;
                Kind::Enum
            }
            RawBody::IntEnum(members) => {
                raw_members = members;
                Kind::IntEnum
            }
            RawBody::List(member) | RawBody::Set(member) => {
                raw_members.push(member);
                Kind::List
            }
            RawBody::Map { key, value } => {
                raw_members.extend([key, value]);
                Kind::Map
            }
            RawBody::Structure(members) => {
                raw_members = members;
                Kind::Structure
            }
            RawBody::Union(members) => {
                raw_members = members;
                Kind::Union
            }
            RawBody::Operation(raw) => Kind::Operation(Operation {
                input: raw.input.map(target),
                output: raw.output.map(target),
                errors: targets(raw.errors),
            }),
            RawBody::Resource(raw) => Kind::Resource(Resource {
                operations: targets(raw.operations),
                resources: targets(raw.resources),
                properties: targets(raw.properties),
            }),
            RawBody::Service(raw) => Kind::Service(Service {
                version: raw.version,
                operations: targets(raw.operations),
                resources: targets(raw.resources),
                errors: targets(raw.errors),
                rename: raw
                    .rename
                    .into_iter()
                    .map(|(id, name)| (target(id), name))
                    .collect(),
            }),
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
        let mut traits = Traits::default();
        add_traits(&mut traits, raw_traits, &id.member(&name), self.problems);
        if smithy_1 && !traits.has("smithy.api#box") && !traits.has("smithy.api#default") {
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

    /// Copies the members and traits of mixins into the shapes that use them.
    fn mix_in(&mut self) {
        let mut done = BTreeSet::new();
        for id in self.mixins.keys().cloned().collect::<Vec<_>>() {
            self.mix_into(&id, &mut Vec::new(), &mut done);
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
        let mut members: BTreeMap<String, Member> = BTreeMap::new();
        let mut traits = Traits::default();
        for mixin in mixins {
            if path.contains(&mixin.id) {
                self.problems.push(
                    Diagnostic::new(
                        "mixin-cycle",
                        format!("`{}` is mixed into itself", mixin.id),
                        "take one of the mixins out of the circle",
                    )
                    .at(mixin.place.location())
                    .on(id.as_str()),
                );
                continue;
            }
            self.mix_into(&mixin.id, path, done);
            self.take_mixin(id, &mixin, &mut members, &mut traits);
        }
        path.pop();
        done.insert(id.clone());
        if let Some(shape) = self.shapes.get_mut(id) {
            for (id, own) in shape.traits.iter() {
                traits.insert(id.to_owned(), own.clone());
            }
            shape.traits = traits;
            for own in std::mem::take(&mut shape.members) {
                // A member that is written again may add traits to the mixin's.
                let mut own = own;
                if let Some(mixed) = members.remove(&own.name) {
                    let mut all = mixed.traits;
                    for (id, applied) in own.traits.iter() {
                        all.insert(id.to_owned(), applied.clone());
                    }
                    own.traits = all;
                }
                members.insert(own.name.clone(), own);
            }
            shape.members = members.into_values().collect();
        }
    }

    fn take_mixin(
        &mut self,
        id: &ShapeId,
        mixin: &RawTarget,
        members: &mut BTreeMap<String, Member>,
        traits: &mut Traits,
    ) {
        let Some(source) = self.shapes.get(&mixin.id) else {
            self.problems
                .push(unknown_target(&mixin.id, &mixin.place, id.as_str()));
            return;
        };
        if !source.traits.has("smithy.api#mixin") {
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
                    "mix only shapes of the same type",
                )
                .at(mixin.place.location())
                .on(id.as_str()),
            );
            return;
        }
        let local: BTreeSet<&str> = source
            .traits
            .get("smithy.api#mixin")
            .and_then(|mixin| mixin.value.get("localTraits"))
            .and_then(Node::as_array)
            .unwrap_or_default()
            .iter()
            .filter_map(Node::as_str)
            .collect();
        for (id, applied) in source.traits.iter() {
            if id != "smithy.api#mixin" && !local.contains(id) {
                traits.insert(id.to_owned(), applied.clone());
            }
        }
        for member in &source.members {
            members.insert(member.name.clone(), member.clone());
        }
    }

    fn apply(&mut self, id: &ShapeId, place: &Place, member: Option<&str>, raw: Vec<Entry>) {
        let Some(shape) = self.shapes.get_mut(id) else {
            self.problems.push(unknown_target(id, place, id.as_str()));
            return;
        };
        let Some(name) = member else {
            add_traits(&mut shape.traits, raw, id.as_str(), self.problems);
            return;
        };
        let full = id.member(name);
        match shape.members.iter_mut().find(|member| member.name == name) {
            Some(member) => add_traits(&mut member.traits, raw, &full, self.problems),
            None => self.problems.push(
                Diagnostic::new(
                    "unknown-member",
                    format!("`{id}` has no member `{name}`"),
                    "correct the member's name, or remove the statement",
                )
                .at(place.location())
                .on(full),
            ),
        }
    }

    /// Smithy 1 gives members that target a number or boolean a default without saying so, unless
    /// the shape is boxed, as the prelude's `Integer` and its like are.
    fn smithy_1_defaults(&mut self) {
        for (id, name) in std::mem::take(&mut self.smithy_1_members) {
            let Some(member) = self.shapes.get(&id).and_then(|shape| shape.member(&name)) else {
                continue;
            };
            let Some(target) = self.shapes.get(&member.target) else {
                continue;
            };
            let boxed = target.traits.has("smithy.api#box")
                || (target.id.is_prelude() && !target.id.name().starts_with("Primitive"));
            let value = match target.kind {
                _ if boxed => continue,
                Kind::Simple(Simple::Boolean) => Value::Bool(false),
                Kind::Simple(
                    Simple::Byte
                    | Simple::Short
                    | Simple::Integer
                    | Simple::Long
                    | Simple::Float
                    | Simple::Double,
                ) => Value::Number("0".to_owned()),
                _ => continue,
            };
            let place = member.target_place.clone();
            let applied = Applied {
                value: Node {
                    value,
                    place: place.clone(),
                },
                place,
            };
            let shape = self.shapes.get_mut(&id);
            let member = shape.and_then(|shape| shape.members.iter_mut().find(|m| m.name == name));
            if let Some(member) = member {
                member
                    .traits
                    .insert("smithy.api#default".to_owned(), applied);
            }
        }
    }

    /// Makes enums of strings with Smithy 1's `enum` trait.
    fn string_enums(&mut self) {
        for shape in self.shapes.values_mut() {
            if shape.kind != Kind::Simple(Simple::String) {
                continue;
            }
            let Some(applied) = shape.traits.remove("smithy.api#enum") else {
                continue;
            };
            let id = shape.id.clone();
            let mut members: Vec<Member> = Vec::new();
            for item in applied.value.as_array().unwrap_or_default() {
                let Some(value) = item.get("value").filter(|value| value.as_str().is_some()) else {
                    self.problems.push(
                        Diagnostic::new(
                            "trait-value",
                            "an item of the trait `smithy.api#enum` has no `value`",
                            "write {\"value\": \"TEXT\", \"name\": \"NAME\"}",
                        )
                        .at(item.place.location())
                        .on(id.as_str()),
                    );
                    continue;
                };
                let text = value.as_str().unwrap_or_default();
                let name = item
                    .get("name")
                    .and_then(Node::as_str)
                    .map_or_else(|| name_of_value(text), str::to_owned);
                let mut traits = Traits::default();
                traits.insert(
                    "smithy.api#enumValue".to_owned(),
                    Applied {
                        place: value.place.clone(),
                        value: value.clone(),
                    },
                );
                if let Some(documentation) = item.get("documentation") {
                    traits.insert(
                        "smithy.api#documentation".to_owned(),
                        Applied {
                            place: documentation.place.clone(),
                            value: documentation.clone(),
                        },
                    );
                }
                members.push(Member {
                    name,
                    place: item.place.clone(),
                    target: ShapeId::parse("smithy.api#Unit").unwrap_or_else(|| id.clone()),
                    target_place: item.place.clone(),
                    traits,
                });
            }
            members.sort_by(|a, b| a.name.cmp(&b.name));
            shape.kind = Kind::Enum;
            shape.members = members;
        }
    }

    fn check_targets(&mut self) {
        let mut missing = Vec::new();
        for shape in self.shapes.values() {
            let mut check = |id: &ShapeId,
                             place: &Place,
                             on: &str,
                             fits: &dyn Fn(&Shape) -> bool,
                             what: &str| {
                match self.shapes.get(id) {
                    None => missing.push(unknown_target(id, place, on)),
                    Some(found) if !fits(found) => missing.push(
                        Diagnostic::new(
                            "wrong-target",
                            format!(
                                "`{id}` is {}, but {what} is needed here",
                                found.kind.described()
                            ),
                            format!("target {what}"),
                        )
                        .at(place.location())
                        .on(on),
                    ),
                    Some(_) => {}
                }
            };
            for member in &shape.members {
                let on = shape.id.member(&member.name);
                if shape.kind == Kind::Map && member.name == "key" {
                    let fits =
                        |s: &Shape| matches!(s.kind, Kind::Simple(Simple::String) | Kind::Enum);
                    check(
                        &member.target,
                        &member.target_place,
                        &on,
                        &fits,
                        "a string or an enum",
                    );
                } else {
                    check(
                        &member.target,
                        &member.target_place,
                        &on,
                        &|s| s.kind.is_data(),
                        "a data shape",
                    );
                }
            }
            let on = shape.id.as_str();
            let is_structure = |s: &Shape| s.kind == Kind::Structure;
            let is_error =
                |s: &Shape| s.kind == Kind::Structure && s.traits.has("smithy.api#error");
            let is_operation = |s: &Shape| matches!(s.kind, Kind::Operation(_));
            let is_resource = |s: &Shape| matches!(s.kind, Kind::Resource(_));
            match &shape.kind {
                Kind::Operation(operation) => {
                    for target in operation.input.iter().chain(&operation.output) {
                        check(&target.id, &target.place, on, &is_structure, "a structure");
                    }
                    for target in &operation.errors {
                        check(
                            &target.id,
                            &target.place,
                            on,
                            &is_error,
                            "a structure with the trait `smithy.api#error`",
                        );
                    }
                }
                Kind::Service(service) => {
                    for target in &service.operations {
                        check(&target.id, &target.place, on, &is_operation, "an operation");
                    }
                    for target in &service.resources {
                        check(&target.id, &target.place, on, &is_resource, "a resource");
                    }
                    for target in &service.errors {
                        check(
                            &target.id,
                            &target.place,
                            on,
                            &is_error,
                            "a structure with the trait `smithy.api#error`",
                        );
                    }
                    for (target, _) in &service.rename {
                        check(
                            &target.id,
                            &target.place,
                            on,
                            &|s| s.kind.is_data(),
                            "a data shape",
                        );
                    }
                }
                Kind::Resource(resource) => {
                    for target in &resource.operations {
                        check(&target.id, &target.place, on, &is_operation, "an operation");
                    }
                    for target in &resource.resources {
                        check(&target.id, &target.place, on, &is_resource, "a resource");
                    }
                    for target in &resource.properties {
                        check(
                            &target.id,
                            &target.place,
                            on,
                            &|s| s.kind.is_data(),
                            "a data shape",
                        );
                    }
                }
                _ => {}
            }
        }
        self.problems.append(&mut missing);
    }
}

/// A name for an enum value that has none: its text, in the form of an identifier.
pub(crate) fn name_of_value(value: &str) -> String {
    let mut name: String = value
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert_str(0, "N_");
    }
    name
}

fn unknown_target(id: &ShapeId, place: &Place, on: &str) -> Diagnostic {
    Diagnostic::new(
        "unknown-target",
        format!("there is no shape `{id}`"),
        "define it in one of the model's files, or correct the reference",
    )
    .at(place.location())
    .on(on)
}

fn add_traits(traits: &mut Traits, raw: Vec<Entry>, on: &str, problems: &mut Vec<Diagnostic>) {
    for entry in raw {
        let applied = Applied {
            place: entry.key_place,
            value: entry.value,
        };
        let Some(first) = traits.get(&entry.key) else {
            traits.insert(entry.key, applied);
            continue;
        };
        if first.value.to_plain() == applied.value.to_plain() {
            continue;
        }
        if let (Value::Array(a), Value::Array(b)) = (&first.value.value, &applied.value.value) {
            // Smithy joins arrays; sorting keeps the order of files out of it.
            let mut joined: Vec<Node> = a.iter().chain(b).cloned().collect();
            joined.sort_by_key(|node| node.to_plain().to_string());
            let joined = Applied {
                place: first.place.clone(),
                value: Node {
                    value: Value::Array(joined),
                    place: first.value.place.clone(),
                },
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
