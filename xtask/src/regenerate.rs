//! `cargo xtask regenerate`: regenerates all crates from `model/`.

use crate::files::{self, Changes, Model, shown};
use codegen::{Input, Manifest, PARTITIONS_FILE, Source, partitions_table};
use similar::TextDiff;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing. Show how the generated crates differ from the generator's output, and fail if they
    /// do.
    #[arg(long)]
    check: bool,
    /// The services to regenerate, by their folders in model/. [default: all]
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

/// The maximum number of lines of a difference.
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
    // Nothing is written unless everything can be generated.
    let mut planned = Vec::new();
    let mut problems = Vec::new();
    let everything = arguments.service.is_empty();
    let partitions = everything.then(plan_partitions);
    // A tree may do without the local Chime.
    let has_local = files::root().join("crates/chime-local").is_dir();
    let local = (everything && has_local).then(plan_local_models);
    for plans in services.iter().map(|service| plan(service)).chain(
        partitions
            .into_iter()
            .chain(local)
            .map(|plan| Ok(vec![plan?])),
    ) {
        match plans {
            Ok(plans) => planned.extend(plans),
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

/// The models of the local Chime.
fn plan_local_models() -> Result<Plan, String> {
    let files = crate::local_model::files()?;
    let folder = files::root().join("crates/chime-local/src/model/services");
    Ok(Plan {
        changes: Changes::between(&folder, &files)?,
        files: files.len(),
        folder,
    })
}

/// The changes for a service: to the crate of its shapes, and to its client.
fn plan(service: &Path) -> Result<Vec<Plan>, String> {
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
    let crates = files::root().join("crates");
    let folder = crates.join(&output.crate_name);
    let mut changes = Changes::between(&folder, &output.files)?;
    // The licence is a link to the project's, or a copy where links are followed.
    changes
        .removed
        .retain(|path| *path != folder.join("LICENSE"));
    let mut plans = vec![Plan {
        changes,
        files: output.files.len(),
        folder,
    }];
    if let Some(client) = output.client {
        let folder = crates.join(client.name);
        let mut changes = Changes::between(&folder, &client.files)?;
        changes.removed.retain(|path| is_generated(path));
        plans.push(Plan {
            changes,
            files: client.files.len(),
            folder,
        });
    }
    Ok(plans)
}

/// Whether a file is generated, by its first line. A client's crate also has hand-written files.
fn is_generated(path: &Path) -> bool {
    files::read(path).is_ok_and(|text| text.starts_with("// Generated by `cargo xtask"))
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
    match output.skipped.len() {
        0 => {}
        1 => eprintln!("1 operation was skipped"),
        count => eprintln!("{count} operations were skipped"),
    }
}

/// The problems and their number, as a message.
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
    let more = format!("... and {rest} more lines");
    if rest > 0 {
        text.push(&more);
    }
    Err(format!(
        "{}\n\nerror: generated files are out of date\n  help: run `cargo xtask regenerate`",
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

/// A difference in the form of `diff -u`. A missing file is `/dev/null`.
fn unified(path: &Path, old: Option<&str>, new: Option<&str>) -> String {
    let shown = shown(path);
    let name = |side: &str, text: Option<&str>| match text {
        Some(_) => format!("{side}/{shown}"),
        None => "/dev/null".to_owned(),
    };
    let (from, to) = (name("a", old), name("b", new));
    let diff = TextDiff::from_lines(old.unwrap_or_default(), new.unwrap_or_default());
    let text = diff.unified_diff().header(&from, &to).to_string();
    // An empty file that is added or removed has no lines to show.
    if text.is_empty() {
        format!("--- {from}\n+++ {to}\n")
    } else {
        text
    }
}
