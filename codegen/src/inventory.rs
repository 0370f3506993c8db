//! The operations of a model and which of them are generated, for `cargo xtask operations`.

use crate::diagnostic::{Diagnostics, Problems};
use crate::model::{Kind, Member, Model, Shape};
use crate::protocol::Protocol;
use crate::traits::auth::OptionalAuth;
use crate::traits::behaviour::{Batch, IdempotencyToken, Paginated};
use crate::traits::events::is_event_stream;
use crate::traits::http::{Binding, Endpoint};
use crate::traits::shapes::Streaming;
use crate::{Selected, Source, load, select, settings};
use std::collections::BTreeSet;

/// The operations of a model.
#[derive(Debug)]
pub struct Inventory {
    /// The service's shape ID.
    pub service: String,
    /// The name of the crate that is generated.
    pub crate_name: String,
    /// Sorted by name.
    pub operations: Vec<OperationSummary>,
}

/// One operation.
#[derive(Debug)]
pub struct OperationSummary {
    /// Its name in the model.
    pub name: String,
    /// Whether the settings select it.
    pub generated: bool,
    /// Its method and URI.
    pub http: String,
    /// What it uses beyond a plain request and response, such as `paginated` or `idempotency token`.
    pub uses: Vec<&'static str>,
    /// The names of its errors.
    pub errors: Vec<String>,
    /// How many shapes it reaches.
    pub shapes: usize,
}

/// Lists the operations of a model.
///
/// # Errors
///
/// If the model or the settings have problems.
pub fn inventory(sources: &[Source<'_>], settings: Source<'_>) -> Result<Inventory, Diagnostics> {
    let mut problems = Problems::default();
    let settings = settings::read(settings.name, settings.text, &mut problems);
    let model = load(sources, settings.as_ref(), &mut problems);
    let selected = settings
        .as_ref()
        .and_then(|settings| Some((settings, select(&model, settings, &mut problems)?)));
    let (errors, _) = problems.into_parts();
    let Some((settings, selected)) = selected.filter(|_| errors.is_empty()) else {
        return Err(errors);
    };
    let Selected {
        selection,
        protocol,
        ..
    } = selected;
    let generated: BTreeSet<&str> = selection
        .operations
        .iter()
        .map(|shape| shape.id.as_str())
        .collect();
    let mut operations: Vec<OperationSummary> = model
        .operations_of(selection.service)
        .into_iter()
        .map(|shape| {
            summary(
                &model,
                protocol,
                shape,
                generated.contains(shape.id.as_str()),
            )
        })
        .collect();
    operations.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Inventory {
        service: selection.service_shape.id.as_str().to_owned(),
        crate_name: settings.crate_name.clone(),
        operations,
    })
}

fn summary(
    model: &Model,
    protocol: &dyn Protocol,
    shape: &Shape,
    generated: bool,
) -> OperationSummary {
    let reached: Vec<&Shape> = select::closure(model, &[], &[shape])
        .into_iter()
        .filter_map(|id| model.get(id))
        .filter(|reached| !reached.id.is_prelude())
        .collect();
    let members = reached.iter().flat_map(|reached| &reached.members);
    let uses = uses_of_operation(shape)
        .into_iter()
        .chain(members.flat_map(|member| uses_of_member(model, protocol, member)));
    let uses: BTreeSet<&'static str> = uses.collect();
    let errors = match &shape.kind {
        Kind::Operation(operation) => operation.errors.as_slice(),
        _ => &[],
    };
    let request = protocol.request_line(shape);
    OperationSummary {
        name: shape.id.name().to_owned(),
        generated,
        http: request.map_or_else(
            || "? ?".to_owned(),
            |request| format!("{} {}", request.method, request.uri),
        ),
        uses: uses.into_iter().collect(),
        errors: errors
            .iter()
            .map(|target| target.id.name().to_owned())
            .collect(),
        shapes: reached.len(),
    }
}

fn uses_of_operation(shape: &Shape) -> Vec<&'static str> {
    let traits = &shape.traits;
    [
        (traits.has::<Paginated>(), "paginated"),
        (traits.has::<Batch>(), "batch"),
        (traits.has::<Endpoint>(), "host prefix"),
        (traits.has::<OptionalAuth>(), "optional auth"),
    ]
    .into_iter()
    .filter_map(|(used, name)| used.then_some(name))
    .collect()
}

fn uses_of_member(model: &Model, protocol: &dyn Protocol, member: &Member) -> Vec<&'static str> {
    let binding = match protocol.binding(&member.traits) {
        Some(Binding::Header(_)) => Some("headers"),
        Some(Binding::Payload) => Some("payload"),
        Some(Binding::PrefixHeaders(_)) => Some("prefix headers"),
        Some(Binding::Query(_)) => Some("query"),
        Some(Binding::QueryParams) => Some("query map"),
        Some(Binding::Label | Binding::ResponseCode) | None => None,
    };
    let is_token = member.traits.has::<IdempotencyToken>();
    let target = model.target(member);
    let streams = target.filter(|target| target.traits.has::<Streaming>());
    let stream = streams.map(|target| match is_event_stream(target) {
        true => "event stream",
        false => "stream",
    });
    binding
        .into_iter()
        .chain(is_token.then_some("idempotency token"))
        .chain(stream)
        .collect()
}
