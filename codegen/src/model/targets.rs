//! Checks that all shapes that others refer to exist and have the right kind.

use super::assemble::unknown_target;
use super::{Kind, Model, Shape, Simple, Target};
use crate::diagnostic::{Diagnostic, Problems};
use crate::shape_id::ShapeId;
use crate::source::json::Place;
use crate::traits::shapes::Fault;

/// The kind of shape that a reference may target.
#[derive(Clone, Copy)]
struct Needed {
    what: &'static str,
    fits: fn(&Shape) -> bool,
}

const KEY: Needed = Needed {
    what: "a string or an enum",
    fits: |shape| matches!(shape.kind, Kind::Simple(Simple::String) | Kind::Enum),
};
const DATA: Needed = Needed {
    what: "a data shape",
    fits: |shape| shape.kind.is_data(),
};
const STRUCTURE: Needed = Needed {
    what: "a structure",
    fits: |shape| shape.kind == Kind::Structure,
};
const ERROR: Needed = Needed {
    what: "a structure with the trait `smithy.api#error`",
    fits: |shape| shape.kind == Kind::Structure && shape.traits.has::<Fault>(),
};
const OPERATION: Needed = Needed {
    what: "an operation",
    fits: |shape| matches!(shape.kind, Kind::Operation(_)),
};
const RESOURCE: Needed = Needed {
    what: "a resource",
    fits: |shape| matches!(shape.kind, Kind::Resource(_)),
};

/// Reports references to shapes that do not exist or have the wrong kind.
pub(crate) fn check_targets(model: &Model, problems: &mut Problems) {
    let mut check = Check { model, problems };
    for shape in model.shapes.values() {
        check.members(shape);
        check.shape(shape);
    }
}

struct Check<'a> {
    model: &'a Model,
    problems: &'a mut Problems,
}

impl Check<'_> {
    fn members(&mut self, shape: &Shape) {
        for member in &shape.members {
            let needed = match shape.kind {
                Kind::Map if member.name == "key" => KEY,
                _ => DATA,
            };
            let on = || shape.member_id(member);
            self.target(&member.target, &member.target_place, on, needed);
        }
    }

    fn shape(&mut self, shape: &Shape) {
        match &shape.kind {
            Kind::Operation(operation) => {
                self.targets(shape, operation.input.iter(), STRUCTURE);
                self.targets(shape, operation.output.iter(), STRUCTURE);
                self.targets(shape, operation.errors.iter(), ERROR);
            }
            Kind::Service(service) => {
                self.targets(shape, service.operations.iter(), OPERATION);
                self.targets(shape, service.resources.iter(), RESOURCE);
                self.targets(shape, service.errors.iter(), ERROR);
                self.targets(shape, service.rename.iter().map(|(target, _)| target), DATA);
            }
            Kind::Resource(resource) => {
                self.targets(shape, resource.operations.iter(), OPERATION);
                self.targets(shape, resource.resources.iter(), RESOURCE);
                self.targets(shape, resource.properties.iter(), DATA);
            }
            _ => {}
        }
    }

    fn targets<'t>(
        &mut self,
        shape: &Shape,
        targets: impl Iterator<Item = &'t Target>,
        needed: Needed,
    ) {
        for target in targets {
            let on = || shape.id.as_str().to_owned();
            self.target(&target.id, &target.place, on, needed);
        }
    }

    fn target(&mut self, id: &ShapeId, place: &Place, on: impl Fn() -> String, needed: Needed) {
        match self.model.get(id) {
            None => self.problems.push(unknown_target(id, place, &on())),
            Some(found) if !(needed.fits)(found) => self.problems.push(
                Diagnostic::new(
                    "wrong-target",
                    format!(
                        "`{id}` is {}, but {} is expected here",
                        found.kind.described(),
                        needed.what
                    ),
                    format!("target {}", needed.what),
                )
                .at(place.location())
                .on(on()),
            ),
            Some(_) => {}
        }
    }
}
