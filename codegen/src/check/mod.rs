//! Rules that go beyond the value of one trait. What the checks resolve is passed on to later stages.

mod batch;
mod checksums;
mod discovery;
mod endpoint;
mod events;
mod pagination;
mod recursion;
mod shapes;
mod waiters;

pub(crate) use batch::BatchPlan;
pub(crate) use checksums::ChecksumPlan;
pub(crate) use discovery::{DiscoveryPlan, required as discovery_required};
pub(crate) use endpoint::{EndpointPlan, endpoint, params as endpoint_params};
pub(crate) use pagination::{MemberPath, Pages};
pub(crate) use shapes::enum_value;
pub(crate) use waiters::{Match, Test, WaiterPlan};

use crate::diagnostic::{Diagnostic, Problems, listed};
use crate::model::{Kind, Member, Model, Shape};
use crate::protocol::Protocol;
use crate::select::Selection;
use crate::shape_id::ShapeId;
use crate::source::json::Place;
use crate::traits::Trait;
use crate::traits::auth::{self, Auth};
use crate::traits::behaviour::Paginated;
use crate::traits::customizations::Incomplete;
use crate::traits::service::AwsService;
use std::collections::BTreeMap;

/// The traits of operations, with the shapes and members that they name resolved.
#[derive(Debug, Default)]
pub(crate) struct Plans<'m> {
    pub(crate) batches: BTreeMap<&'m ShapeId, BatchPlan<'m>>,
    pub(crate) pages: BTreeMap<&'m ShapeId, Pages<'m>>,
    pub(crate) checksums: BTreeMap<&'m ShapeId, ChecksumPlan<'m>>,
    pub(crate) waiters: BTreeMap<&'m ShapeId, Vec<WaiterPlan<'m>>>,
    /// How endpoints are discovered, if an operation requires it.
    pub(crate) discovery: Option<DiscoveryPlan<'m>>,
}

/// Checks the shapes of a model in which no service is selected.
pub(crate) fn check_model(model: &Model, problems: &mut Problems) {
    check_shapes(model, None, |_| true, problems);
}

/// Checks what is selected and also what no operation reaches, since that is part of the model too.
pub(crate) fn check_selection<'m>(
    model: &'m Model,
    selection: &Selection<'m>,
    protocol: &dyn Protocol,
    problems: &mut Problems,
) -> Plans<'m> {
    let in_scope = |shape: &Shape| selection.in_scope(&shape.id);
    let service = selection.service_shape;
    for shape in model.shapes.values().filter(|shape| in_scope(shape)) {
        protocol.check_shape(model, shape, problems);
    }
    protocol.check_selection(model, selection, problems);
    events::check_places(model, selection, protocol, problems);
    check_service(service, protocol, problems);
    for shape in selection.operations.iter().copied().chain([service]) {
        check_auth(service, shape, problems);
    }
    let mut plans = check_shapes(model, Some(service), in_scope, problems);
    plans.discovery = discovery::plan(model, selection, problems);
    warn_of_incomplete(selection, problems);
    plans
}

fn check_shapes<'m>(
    model: &'m Model,
    service: Option<&Shape>,
    in_scope: impl Fn(&Shape) -> bool,
    problems: &mut Problems,
) -> Plans<'m> {
    let mut plans = Plans::default();
    let paginated: Option<&Paginated> = service.and_then(|service| service.traits.get());
    recursion::check(model, &in_scope, problems);
    for shape in model.shapes.values().filter(|shape| in_scope(shape)) {
        shapes::check_shape(model, shape, problems);
        events::check_shape(model, shape, problems);
        if let Kind::Operation(operation) = &shape.kind {
            events::check_operation(model, operation, problems);
            if let Some(pages) = pagination::pages(model, paginated, shape, operation, problems) {
                plans.pages.insert(&shape.id, pages);
            }
            if let Some(plan) = batch::plan(model, shape, operation, problems) {
                plans.batches.insert(&shape.id, plan);
            }
            if let Some(plan) = checksums::plan(model, shape, operation, problems) {
                plans.checksums.insert(&shape.id, plan);
            }
            let waiters = waiters::plans(model, shape, operation, problems);
            plans.waiters.insert(&shape.id, waiters);
        }
    }
    plans
}

fn check_service(service: &Shape, protocol: &dyn Protocol, problems: &mut Problems) {
    // A service of somebody else has none.
    let is_of_aws = protocol.id().starts_with("aws.");
    if is_of_aws && !service.traits.has::<AwsService>() {
        problems.push(report(
            service,
            "service-trait",
            "the service has no SDK ID",
            "give it the trait `aws.api#service` with an `sdkId`",
        ));
    }
}

/// Warns of operations that do less than callers may expect, once for each thing that they do not do.
fn warn_of_incomplete(selection: &Selection<'_>, problems: &mut Problems) {
    let mut found: BTreeMap<&str, Vec<&Shape>> = BTreeMap::new();
    for shape in &selection.operations {
        if let Some(Incomplete(what)) = shape.traits.get() {
            found.entry(what).or_default().push(shape);
        }
    }
    for (what, shapes) in found {
        let names: Vec<&str> = shapes.iter().map(|shape| shape.id.name()).collect();
        let place = shapes
            .iter()
            .find_map(|shape| shape.traits.place::<Incomplete>());
        problems.push(
            Diagnostic::warning(
                "incomplete",
                format!("{} {what}", listed(&names)),
                format!(
                    "to accept it without a warning, drop the trait `{}` by a correction in sdk.toml",
                    Incomplete::ID
                ),
            )
            .at(place.map(Place::location))
            .on(selection.service_shape.id.as_str()),
        );
    }
}

/// Checks that the trait `auth` names schemes of the service.
fn check_auth(service: &Shape, shape: &Shape, problems: &mut Problems) {
    let Some(auth) = shape.traits.get::<Auth>() else {
        return;
    };
    for scheme in &auth.schemes {
        let id = &scheme.value;
        if !auth::may_use(&service.traits, id) {
            problems.push(
                Diagnostic::new(
                    "auth",
                    format!(
                        "`smithy.api#auth` names `{id}`, a trait that the service does not have"
                    ),
                    format!(
                        "add the trait to the service `{}`, or remove it from the list",
                        service.id
                    ),
                )
                .at(scheme.place.location())
                .on(shape.id.as_str()),
            );
        }
    }
}

/// A problem of a shape.
pub(crate) fn report(
    shape: &Shape,
    rule: &'static str,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Diagnostic {
    Diagnostic::new(rule, message, help)
        .at(shape.place.location())
        .on(shape.id.as_str())
}

/// A problem of a member.
pub(crate) fn report_member(
    shape: &Shape,
    member: &Member,
    rule: &'static str,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Diagnostic {
    Diagnostic::new(rule, message, help)
        .at(member.place.location())
        .on(shape.member_id(member))
}
