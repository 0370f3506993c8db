//! The rules of a good model that go beyond one trait's value.

mod http;
mod json;
mod recursion;
mod values;

pub(crate) use values::enum_values;

use crate::diagnostic::Diagnostic;
use crate::model::{Kind, Member, Model, Shape};
use crate::read::Simple;
use crate::select::Selection;

/// Checks the shapes of the model that matter: all, or those in the scope of a selection.
pub(crate) fn check_model(
    model: &Model,
    selection: Option<&Selection<'_>>,
    problems: &mut Vec<Diagnostic>,
) {
    let in_scope = |shape: &&Shape| selection.is_none_or(|it| it.in_scope(&shape.id));
    let service = selection.map(|selection| selection.service_shape);
    recursion::check(model, in_scope, problems);
    for shape in model.shapes.values().filter(in_scope) {
        values::check_shape(model, shape, problems);
        http::check_bindings(model, shape, problems);
        if let Kind::Operation(operation) = &shape.kind {
            http::check_operation(model, shape, operation, problems);
            check_pagination(model, service, shape, problems);
            // What it says is read again when it is needed.
            let _ = crate::batch::read(model, shape, problems);
        }
    }
}

/// Checks what is to be generated: things that only matter for a client.
pub(crate) fn check_selection(
    model: &Model,
    selection: &Selection<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    let service = selection.service_shape;
    http::check_conflicts(selection, problems);
    json::check_names(model, selection, problems);
    if !service.traits.has("aws.api#service") {
        problems.push(report(
            service,
            "service-trait",
            "the service has no SDK ID",
            "give it the trait `aws.api#service` with an `sdkId`",
        ));
    }
    if let Some(diagram) = service.traits.get("smithy.rules#endpointBdd")
        && !service.traits.has("smithy.rules#endpointRuleSet")
    {
        problems.push(
            Diagnostic::new(
                "endpoint-rules",
                "the service has its endpoint rules as a decision diagram only, which the generator \
                 does not support yet",
                "use a model that also has the trait `smithy.rules#endpointRuleSet`, or remove the \
                 diagram and set an endpoint URL in the client's configuration",
            )
            .at(diagram.place.location())
            .on(service.id.as_str()),
        );
    }
    for shape in &selection.operations {
        if !shape.traits.has("smithy.api#http") {
            problems.push(report(
                shape,
                "http-missing",
                "the operation has no method and URI",
                "give it the trait `smithy.api#http`, which restJson1 needs",
            ));
        }
    }
    for shape in selection.operations.iter().copied().chain([service]) {
        check_auth(service, shape, problems);
    }
}

/// The trait `auth` names schemes that the service has.
fn check_auth(service: &Shape, shape: &Shape, problems: &mut Vec<Diagnostic>) {
    let schemes = shape
        .traits
        .get("smithy.api#auth")
        .and_then(|applied| applied.value.as_array());
    for node in schemes.unwrap_or_default() {
        let Some(id) = node.as_str() else {
            continue;
        };
        if id != "smithy.api#noAuth" && !service.traits.has(id) {
            problems.push(
                Diagnostic::new(
                    "auth",
                    format!(
                        "`smithy.api#auth` names `{id}`, a trait that the service does not have"
                    ),
                    format!(
                        "add the trait to the service `{}`, or take it out of the list",
                        service.id
                    ),
                )
                .at(node.place.location())
                .on(shape.id.as_str()),
            );
        }
    }
}

/// A problem of a shape.
fn report(
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
fn report_member(
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

/// Pagination names members of the operation's input and output.
fn check_pagination(
    model: &Model,
    service: Option<&Shape>,
    shape: &Shape,
    problems: &mut Vec<Diagnostic>,
) {
    let Some(paginated) = shape.traits.get("smithy.api#paginated") else {
        return;
    };
    let Kind::Operation(operation) = &shape.kind else {
        return;
    };
    let of_service = |key: &str| service?.traits.get("smithy.api#paginated")?.value.get(key);
    let input = operation
        .input
        .as_ref()
        .and_then(|target| model.get(&target.id));
    let output = operation
        .output
        .as_ref()
        .and_then(|target| model.get(&target.id));
    for (key, structure, side, needed) in [
        ("inputToken", input, "input", true),
        ("outputToken", output, "output", true),
        ("pageSize", input, "input", false),
        ("items", output, "output", false),
    ] {
        let Some(node) = paginated.value.get(key).or_else(|| of_service(key)) else {
            if needed {
                problems.push(
                    Diagnostic::new(
                        "pagination",
                        format!(
                            "the trait `smithy.api#paginated` has no `{key}`, nor has the service's"
                        ),
                        format!("name the member of the {side} that it is"),
                    )
                    .at(paginated.place.location())
                    .on(shape.id.as_str()),
                );
            }
            continue;
        };
        let path = node.as_str().unwrap_or_default();
        let mut here = structure;
        let found = path.split('.').all(|name| {
            let member = here.and_then(|shape| shape.member(name));
            here = member.and_then(|member| model.target(member));
            member.is_some()
        });
        let fits = match (key, here.map(|shape| &shape.kind)) {
            (_, None) => true,
            ("items", Some(kind)) => matches!(kind, Kind::List | Kind::Map),
            ("pageSize", Some(kind)) => match kind {
                Kind::Simple(simple) => !matches!(
                    simple,
                    Simple::Blob | Simple::Boolean | Simple::Document | Simple::Timestamp
                ),
                // A service may take the number as a string.
                Kind::Enum | Kind::IntEnum => true,
                _ => false,
            },
            (_, Some(kind)) => matches!(
                kind,
                Kind::Simple(Simple::String) | Kind::Enum | Kind::Map | Kind::Structure
            ),
        };
        if found && !fits {
            let needed = match key {
                "pageSize" => "a number",
                "items" => "a list or map",
                _ => "a string or map",
            };
            problems.push(
                Diagnostic::new(
                    "pagination",
                    format!("`{key}` names `{path}`, which is not {needed}"),
                    format!("name a member that is {needed}, or take the trait off"),
                )
                .at(node.place.location())
                .on(shape.id.as_str()),
            );
        }
        if !found {
            problems.push(
                Diagnostic::new(
                    "pagination",
                    format!("`{key}` names `{path}`, which the {side} does not have"),
                    format!("name a member of the {side}, with dots for members of members"),
                )
                .at(node.place.location())
                .on(shape.id.as_str()),
            );
        }
    }
}
