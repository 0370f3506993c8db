//! Converts a published model into the normalised form of `model/`: facts without sentences, sorted,
//! and independent of the form in which AWS published them.

mod botocore;
mod difference;
mod smithy;

pub use difference::difference;

use crate::diagnostic::{Diagnostic, Diagnostics, Problems};
use crate::source::json::{self, File};
use crate::{Source, partitions};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A published model: one file of Smithy JSON AST, or botocore's `service-2.json` with the files next
/// to it; or AWS's partition metadata.
#[derive(Debug, Clone, Copy)]
pub struct Published<'a> {
    /// The Smithy JSON AST, the `service-2.json` or the `partitions.json`.
    pub model: Source<'a>,
    /// botocore's `paginators-1.json`.
    pub paginators: Option<Source<'a>>,
    /// botocore's `waiters-2.json`.
    pub waiters: Option<Source<'a>>,
    /// botocore's `endpoint-rule-set-1.json`.
    pub endpoint_rules: Option<Source<'a>>,
    /// The name of the service's shape, which `service-2.json` does not have.
    pub service_shape: Option<&'a str>,
}

/// A normalised model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The files to write, by name.
    pub files: BTreeMap<&'static str, String>,
    /// The form: `Smithy JSON AST`, `botocore service-2.json` or `AWS's partitions`.
    pub form: &'static str,
    /// What the form does not contain, and what was done about it.
    pub notes: Vec<String>,
}

/// The file with the shapes.
pub const SHAPES_FILE: &str = "model.json";
/// The file with the endpoint rules.
pub const ENDPOINTS_FILE: &str = "endpoints.json";

/// Normalises a published model.
///
/// # Errors
///
/// If a file is not JSON, has neither form, or refers to shapes that do not exist.
pub fn import(published: &Published<'_>) -> Result<Imported, Diagnostics> {
    let mut problems = Problems::default();
    let mut notes = Vec::new();
    let mut parse =
        |source: Source<'_>| json::parse(&File::new(source.name, source.text), &mut problems);
    let model = parse(published.model);
    let paginators = published.paginators.and_then(&mut parse);
    let waiters = published.waiters.and_then(&mut parse);
    let endpoint_rules = published.endpoint_rules.and_then(&mut parse);
    let Some(model) = model.filter(|_| problems.is_empty()) else {
        return Err(problems.into_diagnostics());
    };
    if partitions::is_partitions(&model) {
        let text = partitions::normalise(&model, &mut problems);
        if !problems.is_empty() {
            return Err(problems.into_diagnostics());
        }
        return Ok(Imported {
            files: BTreeMap::from([(partitions::PARTITIONS_FILE, text)]),
            form: "AWS's partitions",
            notes,
        });
    }
    let (form, ast) = if model.get("smithy").is_some() {
        ("Smithy JSON AST", model.to_plain())
    } else if model.get("metadata").is_some() && model.get("operations").is_some() {
        let ast = botocore::to_smithy(
            &model,
            [
                paginators.as_ref(),
                waiters.as_ref(),
                endpoint_rules.as_ref(),
            ],
            published.service_shape,
            &mut notes,
            &mut problems,
        );
        ("botocore service-2.json", ast)
    } else {
        problems.push(
            Diagnostic::new(
                "import-form",
                "the file is neither a Smithy JSON AST nor a botocore service-2.json nor a partitions.json",
                "import one of AWS's published models",
            )
            .at(model.place.location()),
        );
        return Err(problems.into_diagnostics());
    };
    if !problems.is_empty() {
        return Err(problems.into_diagnostics());
    }
    let files = smithy::normalise(ast);
    check(published.model, form, &files)?;
    Ok(Imported { files, form, notes })
}

/// Checks that the result can be assembled. A Smithy file is checked as published, so that problems
/// point into it.
fn check(
    model: Source<'_>,
    form: &str,
    files: &BTreeMap<&'static str, String>,
) -> Result<(), Diagnostics> {
    let mut problems = Problems::default();
    if form.starts_with("Smithy") {
        crate::load(&[model], None, &mut problems);
    } else {
        let files = files.iter().map(|(name, text)| Source { name, text });
        crate::load(&files.collect::<Vec<_>>(), None, &mut problems);
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.into_diagnostics())
    }
}

/// A file of the normalised model.
fn file(shapes: BTreeMap<String, Value>) -> String {
    let shapes: Map<String, Value> = shapes.into_iter().collect();
    let mut text =
        serde_json::to_string_pretty(&sorted(json!({"smithy": "2.0", "shapes": shapes})))
            .unwrap_or_default();
    text.push('\n');
    text
}

/// The value with all keys sorted, whatever order the map type keeps.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let entries: BTreeMap<String, Value> = map.into_iter().collect();
            Value::Object(
                entries
                    .into_iter()
                    .map(|(key, value)| (key, sorted(value)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}
