//! `cargo xtask import`: a published model, or AWS's partitions, into `model/`.

use crate::files::{self, Text, shown};
use codegen::PARTITIONS_FILE;
use codegen::import::{Imported, Published, difference, import};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The published file: a Smithy JSON AST, botocore's service-2.json, or AWS's partitions.json; plain or
    /// gzipped.
    file: PathBuf,
    /// The folder to write to, such as model/chime. [default for partitions: model]
    #[arg(long)]
    into: Option<PathBuf>,
    /// The name of the service's shape, which service-2.json does not have.
    #[arg(long)]
    service_shape: Option<String>,
}

/// The maximum number of differences to print.
const LISTED: usize = 40;

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let model = Text::read(&arguments.file)?;
    let imported = published(&model, arguments.service_shape.as_deref())?;
    say!("{}: {}", model.name(), imported.form);
    for note in &imported.notes {
        say!("note: {note}");
    }
    let is_model = !imported.files.contains_key(PARTITIONS_FILE);
    let into = match &arguments.into {
        Some(into) => into.clone(),
        None if is_model => {
            return Err(
                "error: no folder to write the model to\n  help: add --into model/NAME".to_owned(),
            );
        }
        None => files::root().join("model"),
    };
    let mut differences = Vec::new();
    for (name, text) in &imported.files {
        let path = into.join(name);
        if path.is_file() {
            let old = files::read(&path)?;
            differences.extend(difference(&old, text));
            if old == *text {
                say!("{}: unchanged", shown(&path));
                continue;
            }
        }
        files::write(&path, text)?;
        say!("{}: written", shown(&path));
    }
    for line in differences.iter().take(LISTED) {
        say!("  {line}");
    }
    if differences.len() > LISTED {
        say!("  ... and {} more differences", differences.len() - LISTED);
    }
    let settings = into.join("sdk.toml");
    if is_model && !settings.is_file() {
        let name = into
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        files::write(
            &settings,
            &format!(
                "# What is generated from this model, and how.\n\ncrate = \"{name}-api\"\noperations = \"all\"\n"
            ),
        )?;
        say!("{}: written", shown(&settings));
    }
    Ok(())
}

/// Imports a published file, with the files that botocore has next to a `service-2.json`.
pub(crate) fn published(model: &Text, service_shape: Option<&str>) -> Result<Imported, String> {
    let [paginators, waiters, endpoint_rules] = if model.name().contains("service-2") {
        model.botocore_siblings()?
    } else {
        [None, None, None]
    };
    import(&Published {
        model: model.source(),
        paginators: paginators.as_ref().map(Text::source),
        waiters: waiters.as_ref().map(Text::source),
        endpoint_rules: endpoint_rules.as_ref().map(Text::source),
        service_shape,
    })
    .map_err(|problems| crate::regenerate::count(&problems))
}
