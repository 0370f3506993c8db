//! `cargo xtask regenerate`: every crate that is generated from `model/`.

use crate::files::{self, Changes, Model, shown};
use codegen::{Input, Manifest, PARTITIONS_FILE, Source, partitions_table};
use similar::TextDiff;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; show how the generated crates differ from what the model gives, and fail if
    /// they do.
    #[arg(long)]
    check: bool,
    /// The services to regenerate, by their folders in model/; all of them without.
    service: Vec<String>,
}

impl Arguments {
    /// Regenerates everything.
    pub(crate) fn all() -> Self {
        Self {
            check: false,
            service: Vec::new(),
        }
    }
}

/// How much of a difference is shown.
const SHOWN_LINES: usize = 200;

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let services: Vec<PathBuf> = if arguments.service.is_empty() {
        files::services()?
    } else {
        let model = files::root().join("model");
        arguments
            .service
            .iter()
            .map(|name| model.join(name))
            .collect()
    };
    // Nothing is written before everything is known to be well.
    let mut planned = Vec::new();
    let mut problems = Vec::new();
    let partitions = arguments.service.is_empty().then(plan_partitions);
    for plan in services
        .iter()
        .map(|service| plan(service))
        .chain(partitions)
    {
        match plan {
            Ok(plan) => planned.push(plan),
            Err(message) => problems.push(message),
        }
    }
    if !problems.is_empty() {
        return Err(problems.join("\n\n"));
    }
    if arguments.check {
        return check(&planned);
    }
    for plan in &planned {
        let changes = &plan.changes;
        changes.apply(&plan.folder)?;
        let (written, removed) = (
            changes.changed.len() + changes.added.len(),
            changes.removed.len(),
        );
        say!(
            "{}: {} files, {written} written, {removed} removed",
            shown(&plan.folder),
            plan.files
        );
    }
    Ok(())
}

struct Plan {
    folder: PathBuf,
    files: usize,
    changes: Changes,
}

/// The runtime's table of partitions.
fn plan_partitions() -> Result<Plan, String> {
    let path = files::root().join("model").join(PARTITIONS_FILE);
    let text = files::read(&path)?;
    let source = Source {
        name: &files::name(&path),
        text: &text,
    };
    let table = partitions_table(source, "cargo xtask regenerate").map_err(|it| count(&it))?;
    let folder = files::root().join("crates/smithy-operation/src/endpoint/partitions");
    let files = BTreeMap::from([("table.rs".to_owned(), table)]);
    Ok(Plan {
        changes: Changes::between(&folder, &files)?,
        files: files.len(),
        folder,
    })
}

fn plan(service: &Path) -> Result<Plan, String> {
    let model = Model::of_folder(service)?;
    let output = codegen::generate(&Input {
        model: &model.sources(),
        settings: model.settings(),
        command: "cargo xtask regenerate",
        manifest: Manifest::Workspace,
        skip_unsupported: false,
    })
    .map_err(|problems| count(&problems))?;
    report(&output);
    let folder = files::root().join("crates").join(&output.crate_name);
    Ok(Plan {
        changes: Changes::between(&folder, &output.files)?,
        files: output.files.len(),
        folder,
    })
}

/// Prints the warnings and the operations that were left out to stderr.
pub(crate) fn report(output: &codegen::Output) {
    for warning in output.warnings.iter() {
        eprintln!("{warning}\n");
    }
    for skipped in &output.skipped {
        for reason in &skipped.reasons {
            let place = reason
                .location
                .as_ref()
                .map_or_else(String::new, |location| format!(" ({location})"));
            eprintln!("skipped {}: {}{place}", skipped.operation, reason.message);
        }
    }
    if !output.skipped.is_empty() {
        eprintln!("{} operations were skipped", output.skipped.len());
    }
}

/// The problems and their number.
pub(crate) fn count(problems: &codegen::Diagnostics) -> String {
    let noun = if problems.len() == 1 {
        "problem"
    } else {
        "problems"
    };
    format!(
        "{problems}\n\n{} {noun}; nothing was written",
        problems.len()
    )
}

fn check(planned: &[Plan]) -> Result<(), String> {
    let mut report = String::new();
    for plan in planned.iter().filter(|plan| !plan.changes.is_empty()) {
        describe(plan, &mut report);
    }
    if report.is_empty() {
        for plan in planned {
            say!("{}: {} files, up to date", shown(&plan.folder), plan.files);
        }
        return Ok(());
    }
    let mut lines = report.lines();
    let mut text: Vec<&str> = lines.by_ref().take(SHOWN_LINES).collect();
    let rest = lines.count();
    let more = format!("... and {rest} lines more");
    if rest > 0 {
        text.push(&more);
    }
    Err(format!(
        "{}\n\nerror: generated files differ from what the model gives\n  help: `cargo xtask regenerate` mends it",
        text.join("\n")
    ))
}

fn describe(plan: &Plan, report: &mut String) {
    for (path, old, new) in &plan.changes.changed {
        report.push_str(&unified(path, Some(old), Some(new)));
    }
    for (path, new) in &plan.changes.added {
        report.push_str(&unified(path, None, Some(new)));
    }
    for path in &plan.changes.removed {
        let old = std::fs::read(path).unwrap_or_default();
        report.push_str(&unified(path, Some(&String::from_utf8_lossy(&old)), None));
    }
}

/// A difference in the form of `diff -u`; a file that is not there is `/dev/null`.
fn unified(path: &Path, old: Option<&str>, new: Option<&str>) -> String {
    let shown = shown(path);
    let name = |side: &str, text: Option<&str>| match text {
        Some(_) => format!("{side}/{shown}"),
        None => "/dev/null".to_owned(),
    };
    let (from, to) = (name("a", old), name("b", new));
    let diff = TextDiff::from_lines(old.unwrap_or_default(), new.unwrap_or_default());
    let text = diff.unified_diff().header(&from, &to).to_string();
    // An empty file that comes or goes has no lines to show.
    if text.is_empty() {
        format!("--- {from}\n+++ {to}\n")
    } else {
        text
    }
}
