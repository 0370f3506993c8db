//! The rules of a good model that go beyond one trait's value.

mod http;
mod recursion;
mod values;

use crate::diagnostic::Diagnostic;
use crate::model::{Kind, Member, Model, Shape};
use crate::read::Simple;
use crate::select::Selection;

/// Checks the whole model.
pub(crate) fn check_model(model: &Model, problems: &mut Vec<Diagnostic>) {
    recursion::check(model, problems);
    for shape in model.shapes.values() {
        values::check_shape(model, shape, problems);
        http::check_bindings(model, shape, problems);
        if let Kind::Operation(operation) = &shape.kind {
            http::check_operation(model, shape, operation, problems);
            check_pagination(model, shape, problems);
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
    http::check_conflicts(selection, problems);
    if !selection
        .service_shape
        .traits
        .has("aws.protocols#restJson1")
    {
        problems.push(report(
            selection.service_shape,
            "protocol",
            "the service does not speak a protocol that the generator knows",
            "the service needs the trait `aws.protocols#restJson1`",
        ));
    }
    if !selection.service_shape.traits.has("aws.api#service") {
        problems.push(report(
            selection.service_shape,
            "service-trait",
            "the service has no SDK ID",
            "give it the trait `aws.api#service` with an `sdkId`",
        ));
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
    for id in &selection.closure {
        let Some(shape) = model.get(id) else {
            continue;
        };
        if shape.kind == Kind::Union && shape.traits.has("smithy.api#streaming") {
            problems.push(report(
                shape,
                "unsupported-trait",
                "a streaming union is an event stream, which the generator cannot do yet",
                "leave the operations that need it out of sdk.toml",
            ));
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
fn check_pagination(model: &Model, shape: &Shape, problems: &mut Vec<Diagnostic>) {
    let Some(paginated) = shape.traits.get("smithy.api#paginated") else {
        return;
    };
    let Kind::Operation(operation) = &shape.kind else {
        return;
    };
    let of_service = |key: &str| {
        model
            .services()
            .find_map(|(service, _)| service.traits.get("smithy.api#paginated")?.value.get(key))
    };
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
            ("pageSize", Some(kind)) => matches!(
                kind,
                Kind::Simple(Simple::Byte | Simple::Short | Simple::Integer | Simple::Long)
            ),
            (_, Some(kind)) => matches!(
                kind,
                Kind::Simple(Simple::String) | Kind::Enum | Kind::Map | Kind::Structure
            ),
        };
        if found && !fits {
            let needed = match key {
                "pageSize" => "a whole number",
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
