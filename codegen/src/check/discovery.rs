//! Endpoint discovery: the operation that returns endpoints, for the operations that require one.

use super::report;
use crate::diagnostic::Problems;
use crate::model::{Kind, Model, Shape};
use crate::select::Selection;
use crate::traits::endpoint::{ClientDiscoveredEndpoint, ClientEndpointDiscovery};
use crate::traits::shapes::Required;

/// How clients find endpoints.
#[derive(Debug)]
pub(crate) struct DiscoveryPlan<'m> {
    /// The operation that returns them.
    pub(crate) operation: &'m Shape,
    /// The error that means that an endpoint is no longer valid.
    pub(crate) error: Option<&'m Shape>,
}

/// Whether calls of the operation must go to a discovered endpoint; `None` if they never do.
pub(crate) fn required(operation: &Shape) -> Option<bool> {
    let discovered: Option<&ClientDiscoveredEndpoint> = operation.traits.get();
    Some(discovered?.required)
}

fn requires(operation: &Shape) -> bool {
    required(operation) == Some(true)
}

/// Resolves the discovery of a service, if a selected operation can use it. Reports what is wrong with it if one
/// requires it.
pub(super) fn plan<'m>(
    model: &'m Model,
    selection: &Selection<'m>,
    problems: &mut Problems,
) -> Option<DiscoveryPlan<'m>> {
    let operations = &selection.operations;
    let service = selection.service_shape;
    let Some(requiring) = operations.iter().copied().find(|shape| requires(shape)) else {
        return optional(model, selection);
    };
    let mut bad = |shape: &Shape, message: String, help: &str| {
        problems.push(report(shape, "endpoint-discovery", message, help));
        None
    };
    let Some(discovery) = service.traits.get::<ClientEndpointDiscovery>() else {
        return bad(
            requiring,
            "the operation requires a discovered endpoint, and the service does not say how to find one".to_owned(),
            "give the service the trait `aws.api#clientEndpointDiscovery`",
        );
    };
    let name = &discovery.operation;
    let Some(operation) = operations
        .iter()
        .copied()
        .find(|shape| shape.id.as_str() == name)
    else {
        return bad(
            requiring,
            format!(
                "the operation requires an endpoint that `{name}` returns, which is not selected"
            ),
            "add that operation to `operations` in sdk.toml",
        );
    };
    if !has_form(model, operation) {
        return bad(
            operation,
            "the operation cannot return endpoints to clients".to_owned(),
            "require no member of its input, and give its output a list `Endpoints` of structures with a string `Address`",
        );
    }
    if requires(operation) {
        return bad(
            operation,
            "the operation that returns endpoints requires a discovered endpoint".to_owned(),
            "remove its trait `aws.api#clientDiscoveredEndpoint`",
        );
    }
    Some(DiscoveryPlan {
        operation,
        error: error(selection, discovery),
    })
}

/// The discovery of a service that no operation requires; `None` if it cannot be used.
fn optional<'m>(model: &'m Model, selection: &Selection<'m>) -> Option<DiscoveryPlan<'m>> {
    let mut operations = selection.operations.iter().copied();
    operations.clone().find(|shape| required(shape).is_some())?;
    let discovery: &ClientEndpointDiscovery = selection.service_shape.traits.get()?;
    let operation = operations.find(|shape| shape.id.as_str() == discovery.operation)?;
    let is_usable = has_form(model, operation) && required(operation).is_none();
    is_usable.then(|| DiscoveryPlan {
        operation,
        error: error(selection, discovery),
    })
}

/// The error that means that an endpoint is no longer valid.
fn error<'m>(selection: &Selection<'m>, discovery: &ClientEndpointDiscovery) -> Option<&'m Shape> {
    let name = discovery.error.as_ref()?;
    let mut errors = selection.errors.values().copied();
    errors.find(|shape| shape.id.as_str() == name)
}

/// Whether the operation takes nothing and returns addresses.
fn has_form(model: &Model, shape: &Shape) -> bool {
    let Kind::Operation(operation) = &shape.kind else {
        return false;
    };
    let input = model.structure(operation.input.as_ref());
    let mut members = input.into_iter().flat_map(|input| &input.members);
    let address = || {
        let output = model.structure(operation.output.as_ref())?;
        let list = model.target(output.member("Endpoints")?)?;
        model.target(list.member("member")?)?.member("Address")
    };
    !members.any(|member| member.traits.has::<Required>()) && address().is_some()
}
