//! Takes the operations that are asked for, and the closure of shapes that they need.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::{Kind, Model, Service, Shape};
use crate::settings::{Operations, Settings};
use crate::shape_id::ShapeId;
use crate::traits;
use std::collections::{BTreeMap, BTreeSet};

/// What is to be generated.
#[derive(Debug)]
pub(crate) struct Selection<'m> {
    pub(crate) service_shape: &'m Shape,
    pub(crate) service: &'m Service,
    /// Sorted by ID.
    pub(crate) operations: Vec<&'m Shape>,
    /// Every data shape that the operations reach, prelude shapes included.
    pub(crate) closure: BTreeSet<&'m ShapeId>,
}

/// Selects by the settings; `None` if there is no service to select from.
pub(crate) fn select<'m>(
    model: &'m Model,
    settings: &Settings,
    problems: &mut Vec<Diagnostic>,
) -> Option<Selection<'m>> {
    let (service_shape, service) = service(model, settings, problems)?;
    let all = model.operations_of(service);
    let by_name: BTreeMap<&str, &Shape> =
        all.iter().map(|shape| (shape.id.name(), *shape)).collect();
    let mut unknown = |name: &str, at: &Location| {
        problems.push(
            Diagnostic::new(
                "unknown-operation",
                format!("the service has no operation `{name}`"),
                similar(name, by_name.keys().copied()),
            )
            .at(at.clone())
            .on(service_shape.id.as_str()),
        );
    };
    let mut chosen: BTreeMap<&ShapeId, &Shape> = match &settings.operations {
        Operations::All => all.iter().map(|shape| (&shape.id, *shape)).collect(),
        Operations::These(names) => {
            let mut chosen = BTreeMap::new();
            for (name, at) in names {
                match by_name.get(name.as_str()) {
                    Some(shape) => {
                        chosen.insert(&shape.id, *shape);
                    }
                    None => unknown(name, at),
                }
            }
            chosen
        }
    };
    for (name, at) in &settings.except {
        match by_name.get(name.as_str()) {
            Some(shape) => {
                chosen.remove(&shape.id);
            }
            None => unknown(name, at),
        }
    }
    let operations: Vec<&Shape> = chosen.into_values().collect();
    let closure = closure(model, service, &operations);
    for shape in operations.iter().copied().chain([service_shape]) {
        traits::check_support(shape, "", &settings.ignore_traits, problems);
    }
    for shape in closure.iter().filter_map(|id| model.get(id)) {
        let before = problems.len();
        traits::check_support(shape, "", &settings.ignore_traits, problems);
        if problems.len() > before {
            // Worth the walk only where there is something to say.
            problems.truncate(before);
            let needed_by = needed_by(model, &operations, &shape.id);
            traits::check_support(shape, &needed_by, &settings.ignore_traits, problems);
        }
    }
    Some(Selection {
        service_shape,
        service,
        operations,
        closure,
    })
}

fn service<'m>(
    model: &'m Model,
    settings: &Settings,
    problems: &mut Vec<Diagnostic>,
) -> Option<(&'m Shape, &'m Service)> {
    let services: Vec<_> = model.services().collect();
    if let Some((id, at)) = &settings.service {
        let found = services.iter().find(|(shape, _)| shape.id == *id);
        if found.is_none() {
            problems.push(
                Diagnostic::new(
                    "unknown-service",
                    format!("there is no service `{id}`"),
                    similar(
                        id.as_str(),
                        services.iter().map(|(shape, _)| shape.id.as_str()),
                    ),
                )
                .at(at.clone()),
            );
        }
        return found.copied();
    }
    match services.as_slice() {
        [one] => Some(*one),
        // A file that could not be read may have held it.
        [] if !problems.is_empty() => None,
        [] => {
            problems.push(Diagnostic::new(
                "no-service",
                "the model defines no service",
                "give the generator the file that holds the service shape",
            ));
            None
        }
        [_, second, ..] => {
            problems.push(
                Diagnostic::new(
                    "several-services",
                    format!("the model defines {} services", services.len()),
                    "say in sdk.toml which one is meant: service = \"namespace#Service\"",
                )
                .at(second.0.place.location())
                .on(second.0.id.as_str()),
            );
            None
        }
    }
}

/// Everything that the operations reach through input, output, errors and members.
fn closure<'m>(
    model: &'m Model,
    service: &Service,
    operations: &[&'m Shape],
) -> BTreeSet<&'m ShapeId> {
    let mut open: Vec<&ShapeId> = Vec::new();
    open.extend(
        service
            .errors
            .iter()
            .filter_map(|target| Some(&model.get(&target.id)?.id)),
    );
    for shape in operations {
        if let Kind::Operation(operation) = &shape.kind {
            let targets = operation
                .input
                .iter()
                .chain(&operation.output)
                .chain(&operation.errors);
            open.extend(targets.map(|target| &target.id));
        }
    }
    let mut closure = BTreeSet::new();
    while let Some(id) = open.pop() {
        let Some(shape) = model.get(id) else {
            continue;
        };
        let has_data_members = !matches!(shape.kind, Kind::Enum | Kind::IntEnum);
        if closure.insert(&shape.id) && has_data_members {
            open.extend(shape.members.iter().map(|member| &member.target));
        }
    }
    closure
}

/// Which operations need a shape, for people who may want to leave them out.
fn needed_by(model: &Model, operations: &[&Shape], id: &ShapeId) -> String {
    let empty = Service {
        version: String::new(),
        operations: Vec::new(),
        resources: Vec::new(),
        errors: Vec::new(),
        rename: Vec::new(),
    };
    let names: Vec<&str> = operations
        .iter()
        .filter(|operation| closure(model, &empty, &[**operation]).contains(id))
        .map(|operation| operation.id.name())
        .collect();
    format!(" ({})", names.join(", "))
}

/// Advice for a name that is not there: the nearest ones that are.
fn similar<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let lower = name.to_lowercase();
    let mut near: Vec<(usize, &str)> = known
        .map(|candidate| {
            (
                strsim::levenshtein(&lower, &candidate.to_lowercase()),
                candidate,
            )
        })
        .collect();
    near.sort_unstable();
    match near.first() {
        None => "there is none at all".to_owned(),
        Some((distance, best)) if *distance <= name.len().div_ceil(3) => {
            format!("did you mean `{best}`?")
        }
        Some(_) => "`cargo xtask operations` lists the names".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested() {
        let known = ["GetRoom", "ListRooms", "CreateRoomMembership"];
        assert_eq!(
            similar("GetRooms", known.into_iter()),
            "did you mean `GetRoom`?"
        );
        assert_eq!(
            similar("createroommembership", known.into_iter()),
            "did you mean `CreateRoomMembership`?"
        );
        assert!(similar("Frobnicate", known.into_iter()).contains("cargo xtask operations"));
    }
}
