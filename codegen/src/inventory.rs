//! What a model offers and what of it is generated: what `cargo xtask operations` prints.

use crate::diagnostic::{Diagnostics, Severity};
use crate::model::{Kind, Model, Shape};
use crate::{Source, load, select, settings};
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
    /// What it uses beyond a plain request and answer: `paginated`, `idempotency token` and so on.
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
    let mut problems = Vec::new();
    let settings = settings::read(settings.name, settings.text, &mut problems);
    let model = load(sources, &mut problems);
    let selection = settings
        .as_ref()
        .and_then(|settings| Some((settings, select(&model, settings, &mut problems)?)));
    problems.retain(|problem| problem.severity == Severity::Error);
    let Some((settings, selection)) = selection.filter(|_| problems.is_empty()) else {
        return Err(Diagnostics::new(problems));
    };
    let selected: BTreeSet<&str> = selection
        .operations
        .iter()
        .map(|shape| shape.id.as_str())
        .collect();
    let mut operations: Vec<OperationSummary> = model
        .operations_of(selection.service)
        .into_iter()
        .map(|shape| summary(&model, shape, selected.contains(shape.id.as_str())))
        .collect();
    operations.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Inventory {
        service: selection.service_shape.id.as_str().to_owned(),
        crate_name: settings.crate_name.clone(),
        operations,
    })
}

fn summary(model: &Model, shape: &Shape, generated: bool) -> OperationSummary {
    let http = shape
        .traits
        .get("smithy.api#http")
        .map(|applied| &applied.value);
    let text = |key: &str| http.and_then(|http| http.get(key)?.as_str()).unwrap_or("?");
    let mut uses = Vec::new();
    for (id, name) in [
        ("smithy.api#paginated", "paginated"),
        (crate::batch::ID, "batch"),
        ("smithy.api#endpoint", "host prefix"),
        ("smithy.api#optionalAuth", "optional auth"),
    ] {
        if shape.traits.has(id) {
            uses.push(name);
        }
    }
    let mut errors = Vec::new();
    let mut reached = BTreeSet::new();
    if let Kind::Operation(operation) = &shape.kind {
        errors.extend(
            operation
                .errors
                .iter()
                .map(|target| target.id.name().to_owned()),
        );
        let mut open: Vec<_> = operation
            .input
            .iter()
            .chain(&operation.output)
            .chain(&operation.errors)
            .map(|target| &target.id)
            .collect();
        while let Some(id) = open.pop() {
            let Some(found) = model.get(id).filter(|found| !found.id.is_prelude()) else {
                continue;
            };
            if reached.insert(&found.id) {
                open.extend(found.members.iter().map(|member| &member.target));
            }
        }
        for member in reached
            .iter()
            .filter_map(|id| model.get(id))
            .flat_map(|found| &found.members)
        {
            for (id, name) in [
                ("smithy.api#httpHeader", "headers"),
                ("smithy.api#httpPayload", "payload"),
                ("smithy.api#httpPrefixHeaders", "prefix headers"),
                ("smithy.api#httpQuery", "query"),
                ("smithy.api#httpQueryParams", "query map"),
                ("smithy.api#idempotencyToken", "idempotency token"),
            ] {
                if member.traits.has(id) && !uses.contains(&name) {
                    uses.push(name);
                }
            }
            let streams = model
                .target(member)
                .is_some_and(|target| target.traits.has("smithy.api#streaming"));
            if streams && !uses.contains(&"stream") {
                uses.push("stream");
            }
        }
    }
    uses.sort_unstable();
    OperationSummary {
        name: shape.id.name().to_owned(),
        generated,
        http: format!("{} {}", text("method"), text("uri")),
        uses,
        errors,
        shapes: reached.len(),
    }
}
