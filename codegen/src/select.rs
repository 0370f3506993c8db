//! Selects the operations that the settings ask for, and the closure of shapes that they need.

use crate::Skipped;
use crate::auth;
use crate::diagnostic::{self, Diagnostic, Location, Problems};
use crate::ir::AuthScheme;
use crate::model::{Kind, Model, Service, Shape, Target};
use crate::settings::{Operations, Settings};
use crate::shape_id::ShapeId;
use crate::traits::events::is_event_stream;
use crate::traits::shapes;
use crate::traits::{Lack, What, lacks};
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
    /// Structures, unions and enums that members target: all except those that are only an input, output
    /// or error.
    pub(crate) nested: BTreeSet<&'m ShapeId>,
    /// Inputs and outputs.
    pub(crate) tops: BTreeSet<&'m ShapeId>,
    /// The errors that the operations and their event streams can answer with.
    pub(crate) errors: BTreeMap<&'m ShapeId, &'m Shape>,
    /// The authentication schemes of the service, which most operations share.
    pub(crate) auth: Vec<AuthScheme>,
    /// The authentication schemes of each operation, the preferred one first.
    pub(crate) auth_of: BTreeMap<&'m ShapeId, Vec<AuthScheme>>,
    /// Operations that are left out because they need unsupported features.
    pub(crate) skipped: Vec<Skipped>,
    /// Shapes that only unselected operations reach. Problems in them do not matter.
    out_of_scope: BTreeSet<&'m ShapeId>,
}

impl Selection<'_> {
    /// Whether the shape has to obey the rules. This includes shapes that no operation reaches: the
    /// mistake may be that nothing refers to them.
    pub(crate) fn in_scope(&self, id: &ShapeId) -> bool {
        !self.out_of_scope.contains(id)
    }
}

/// Selects operations by the settings.
pub(crate) fn select<'m>(
    model: &'m Model,
    (service_shape, service): (&'m Shape, &'m Service),
    settings: &Settings,
    problems: &mut Problems,
) -> Selection<'m> {
    let all = model.operations_of(service);
    let mut operations = chosen(&all, service_shape, settings, problems);
    let faults = faults(model, service_shape, service, &operations, settings);
    let mut skipped = Vec::new();
    let (of_operations, of_service): (Vec<_>, Vec<_>) = faults
        .into_iter()
        .partition(|fault| !fault.operations.is_empty());
    let mut left = operations.clone();
    left.retain(|shape| {
        of_operations
            .iter()
            .all(|fault| !fault.operations.contains(&shape.id))
    });
    if settings.skip_unsupported && !left.is_empty() {
        for shape in &operations {
            let reasons: Vec<Diagnostic> = of_operations
                .iter()
                .filter(|fault| fault.operations.contains(&shape.id))
                .map(|fault| fault.lack.diagnostic(""))
                .collect();
            if !reasons.is_empty() {
                skipped.push(Skipped {
                    operation: shape.id.name().to_owned(),
                    reasons,
                });
            }
        }
        operations = left;
    } else {
        problems.extend(of_operations.iter().map(|fault| fault.report(&operations)));
    }
    problems.extend(of_service.iter().map(|fault| fault.report(&operations)));
    let closure = closure(model, &service.errors, &operations);
    let mut out_of_scope: BTreeSet<&ShapeId> = self::closure(model, &service.errors, &all);
    out_of_scope.extend(all.iter().map(|shape| &shape.id));
    for (_, other) in model
        .services()
        .filter(|(shape, _)| shape.id != service_shape.id)
    {
        let operations = model.operations_of(other);
        out_of_scope.extend(self::closure(model, &other.errors, &operations));
        out_of_scope.extend(operations.iter().map(|shape| &shape.id));
    }
    out_of_scope
        .retain(|id| !closure.contains(id) && operations.iter().all(|shape| shape.id != **id));
    let ignored = &settings.ignore_traits;
    let auth_of = |shape: &'m Shape| {
        let schemes = auth::of_operation(service_shape, shape, ignored);
        (&shape.id, schemes.unwrap_or_default())
    };
    Selection {
        service_shape,
        service,
        nested: nested(model, &closure),
        tops: tops(&operations),
        errors: errors(model, service, &operations, &closure),
        auth: auth::of_service(service_shape, ignored),
        auth_of: operations.iter().copied().map(auth_of).collect(),
        operations,
        closure,
        skipped,
        out_of_scope,
    }
}

/// The operations that the settings select, sorted by ID.
fn chosen<'m>(
    all: &[&'m Shape],
    service_shape: &Shape,
    settings: &Settings,
    problems: &mut Problems,
) -> Vec<&'m Shape> {
    let before = problems.len();
    let by_name: BTreeMap<&str, &'m Shape> =
        all.iter().map(|shape| (shape.id.name(), *shape)).collect();
    let mut find = |name: &str, at: &Location| {
        let found = by_name.get(name).copied();
        if found.is_none() {
            problems.push(
                Diagnostic::new(
                    "unknown-operation",
                    format!("the service has no operation `{name}`"),
                    similar(name, by_name.keys().copied()),
                )
                .at(at.clone())
                .on(service_shape.id.as_str()),
            );
        }
        found
    };
    let mut chosen: BTreeMap<&ShapeId, &Shape> = match &settings.operations {
        Operations::All => all.iter().map(|shape| (&shape.id, *shape)).collect(),
        Operations::These(names) => names
            .iter()
            .filter_map(|(name, at)| find(name, at))
            .map(|shape| (&shape.id, shape))
            .collect(),
    };
    for (name, at) in &settings.except {
        if let Some(shape) = find(name, at) {
            chosen.remove(&shape.id);
        }
    }
    if chosen.is_empty() && problems.len() == before {
        problems.push(if all.is_empty() {
            Diagnostic::new(
                "no-operation",
                "the service has no operations",
                "select a service that has operations",
            )
            .at(service_shape.place.location())
            .on(service_shape.id.as_str())
        } else {
            Diagnostic::new(
                "no-operation",
                "no operation is selected",
                "set `operations` to \"all\" or to a list of names, and do not list all of them under `except`",
            )
            .at(settings.operations_at.clone())
        });
    }
    chosen.into_values().collect()
}

/// An unsupported feature and who needs it.
struct Fault<'m> {
    /// The first use in the files.
    lack: Lack<'m>,
    places: usize,
    /// The traits that need it.
    asked_by: BTreeSet<&'m str>,
    /// Empty if the service needs it.
    operations: BTreeSet<&'m ShapeId>,
}

/// How many operations a message lists.
const LISTED: usize = 8;

impl Fault<'_> {
    fn report(&self, selected: &[&Shape]) -> Diagnostic {
        let names: Vec<&str> = self.operations.iter().map(|id| id.name()).collect();
        let without = match names.as_slice() {
            [] => None,
            _ if names.len() == selected.len() => {
                Some("select other operations in sdk.toml: every selected one needs it".to_owned())
            }
            [one] => Some(format!(
                "leave out {one}, which needs it: list it under `except` in sdk.toml, or set \
                 `skip-unsupported = true` there"
            )),
            _ => {
                let needing = match names.len() {
                    few if few <= LISTED => diagnostic::listed(&names),
                    many => format!(
                        "the {many} operations that need it ({} and so on)",
                        names[..LISTED].join(", ")
                    ),
                };
                Some(format!(
                    "leave out {needing}: list them under `except` in sdk.toml, or set \
                     `skip-unsupported = true` there"
                ))
            }
        };
        let traits: Vec<String> = self.asked_by.iter().map(|id| format!("`{id}`")).collect();
        let traits: Vec<&str> = traits.iter().map(String::as_str).collect();
        let traits = diagnostic::listed(&traits);
        let ignore = match self.lack.what {
            What::Feature(_) => Some(format!(
                "if the service works without it, list {traits} under `ignore-traits`"
            )),
            What::Trait(_) | What::AuthScheme(_) => Some(format!(
                "if it changes nothing on the wire, list {traits} under `ignore-traits`"
            )),
        };
        let help: Vec<String> = without.into_iter().chain(ignore).collect();
        let help = help.join("; ");
        let mut diagnostic = self.lack.diagnostic(&help);
        if self.places > 1 {
            diagnostic
                .message
                .push_str(&format!(" ({} places)", self.places));
        }
        diagnostic
    }
}

/// All unsupported features that these operations need.
fn faults<'m>(
    model: &'m Model,
    service_shape: &'m Shape,
    service: &'m Service,
    operations: &[&'m Shape],
    settings: &Settings,
) -> Vec<Fault<'m>> {
    let ignored = &settings.ignore_traits;
    let lacking: BTreeMap<&ShapeId, Vec<Lack<'m>>> = closure(model, &service.errors, operations)
        .into_iter()
        .filter_map(|id| Some((id, lacks(model.get(id)?, ignored))))
        .filter(|(_, lacks)| !lacks.is_empty())
        .collect();
    let mut uses: BTreeMap<What<'m>, Vec<(Lack<'m>, Option<&'m ShapeId>)>> = BTreeMap::new();
    let mut note = |lack: Lack<'m>, operation: Option<&'m ShapeId>| {
        uses.entry(lack.what.clone())
            .or_default()
            .push((lack, operation));
    };
    for lack in lacks(service_shape, ignored) {
        note(lack, None);
    }
    for shape in operations {
        let operation = Some(&shape.id);
        for lack in lacks(shape, ignored) {
            note(lack, operation);
        }
        if let Err(lack) = auth::of_operation(service_shape, shape, ignored) {
            note(lack, operation);
        }
        if lacking.is_empty() {
            continue;
        }
        for id in closure(model, &service.errors, &[*shape]) {
            for lack in lacking.get(id).into_iter().flatten() {
                note(lack.clone(), operation);
            }
        }
    }
    uses.into_values()
        .filter_map(|uses| {
            let places: BTreeSet<_> = uses.iter().map(|(lack, _)| lack.location()).collect();
            let asked_by = uses.iter().map(|(lack, _)| lack.asked_by).collect();
            let of_service = uses.iter().any(|(_, operation)| operation.is_none());
            let operations = match of_service {
                true => BTreeSet::new(),
                false => uses
                    .iter()
                    .filter_map(|(_, operation)| *operation)
                    .collect(),
            };
            let (lack, _) = uses.into_iter().min_by_key(|(lack, _)| lack.location())?;
            Some(Fault {
                lack,
                places: places.len(),
                asked_by,
                operations,
            })
        })
        .collect()
}

/// The service to generate; `None`, with a problem reported, if it is unclear which.
pub(crate) fn service<'m>(
    model: &'m Model,
    settings: &Settings,
    problems: &mut Problems,
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
        // It may be in a file that could not be read.
        [] if !problems.is_empty() => None,
        [] => {
            problems.push(Diagnostic::new(
                "no-service",
                "the model defines no service",
                "add the file that contains the service shape",
            ));
            None
        }
        [_, second, ..] => {
            problems.push(
                Diagnostic::new(
                    "several-services",
                    format!("the model defines {} services", services.len()),
                    "select one in sdk.toml: service = \"namespace#Service\"",
                )
                .at(second.0.place.location())
                .on(second.0.id.as_str()),
            );
            None
        }
    }
}

/// All shapes that the operations reach through input, output, errors and members.
pub(crate) fn closure<'m>(
    model: &'m Model,
    errors_of_all: &[Target],
    operations: &[&'m Shape],
) -> BTreeSet<&'m ShapeId> {
    let mut open: Vec<&ShapeId> = Vec::new();
    open.extend(
        errors_of_all
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

fn nested<'m>(model: &'m Model, closure: &BTreeSet<&'m ShapeId>) -> BTreeSet<&'m ShapeId> {
    let is_named = |shape: &&Shape| {
        let named = matches!(
            shape.kind,
            Kind::Structure | Kind::Union | Kind::Enum | Kind::IntEnum
        );
        named && !shape.id.is_prelude()
    };
    closure
        .iter()
        .filter_map(|id| model.get(id))
        .filter(|shape| !matches!(shape.kind, Kind::Enum | Kind::IntEnum))
        .flat_map(|shape| {
            // The errors of an event stream are no values of its events.
            let is_value = move |target: &&Shape| {
                !is_event_stream(shape) || !target.traits.has::<shapes::Fault>()
            };
            let targets = shape.members.iter();
            targets
                .filter_map(|member| model.target(member))
                .filter(is_value)
        })
        .filter(is_named)
        .map(|shape| &shape.id)
        .collect()
}

fn tops<'m>(operations: &[&'m Shape]) -> BTreeSet<&'m ShapeId> {
    let targets = operations.iter().flat_map(|shape| match &shape.kind {
        Kind::Operation(operation) => operation.input.iter().chain(&operation.output),
        _ => None.iter().chain(&None),
    });
    targets.map(|target| &target.id).collect()
}

fn errors<'m>(
    model: &'m Model,
    service: &Service,
    operations: &[&'m Shape],
    closure: &BTreeSet<&'m ShapeId>,
) -> BTreeMap<&'m ShapeId, &'m Shape> {
    let of_operations = operations.iter().flat_map(|shape| match &shape.kind {
        Kind::Operation(operation) => operation.errors.as_slice(),
        _ => &[],
    });
    let of_streams = closure
        .iter()
        .filter_map(|id| model.get(id))
        .filter(|shape| is_event_stream(shape))
        .flat_map(|stream| &stream.members)
        .filter_map(|member| model.target(member))
        .filter(|shape| shape.traits.has::<shapes::Fault>());
    of_operations
        .chain(&service.errors)
        .filter_map(|target| model.get(&target.id))
        .chain(of_streams)
        .map(|shape| (&shape.id, shape))
        .collect()
}

/// A hint for an unknown name: the most similar one that exists.
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
        None => "there are none".to_owned(),
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
