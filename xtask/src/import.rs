//! `cargo xtask import`: a published model into `model/`.

use crate::files::{self, shown};
use codegen::Source;
use codegen::import::{Published, difference, import};
use std::io::Read;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The published model: a Smithy JSON AST, or botocore's service-2.json; plain or gzipped.
    file: PathBuf,
    /// The folder to write to, such as model/chime.
    #[arg(long)]
    into: PathBuf,
    /// The name of the service's shape, which service-2.json does not say.
    #[arg(long)]
    service_shape: Option<String>,
}

/// How many differences are listed.
const LISTED: usize = 40;

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let model = Text::read(&arguments.file)?;
    let beside = |name: &str| {
        let folder = arguments.file.parent().unwrap_or(Path::new("."));
        ["", ".gz"]
            .iter()
            .map(|ending| folder.join(format!("{name}{ending}")))
            .find(|path| path.is_file())
            .map(|path| Text::read(&path))
            .transpose()
    };
    let is_botocore = model.name.contains("service-2");
    let (paginators, endpoint_rules) = if is_botocore {
        (
            beside("paginators-1.json")?,
            beside("endpoint-rule-set-1.json")?,
        )
    } else {
        (None, None)
    };
    let imported = import(&Published {
        model: model.source(),
        paginators: paginators.as_ref().map(Text::source),
        endpoint_rules: endpoint_rules.as_ref().map(Text::source),
        service_shape: arguments.service_shape.as_deref(),
    })
    .map_err(|problems| crate::regenerate::count(&problems))?;
    say!("{}: {}", model.name, imported.form);
    for note in &imported.notes {
        say!("note: {note}");
    }
    let mut differences = Vec::new();
    for (name, text) in &imported.files {
        let path = arguments.into.join(name);
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
        say!("  ... and {} differences more", differences.len() - LISTED);
    }
    let settings = arguments.into.join("sdk.toml");
    if !settings.is_file() {
        let name = arguments
            .into
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

/// A file's text, unpacked if it was gzipped.
struct Text {
    name: String,
    text: String,
}

impl Text {
    fn read(path: &Path) -> Result<Self, String> {
        let fail = |error: std::io::Error| format!("error: cannot read {}: {error}", shown(path));
        let bytes = std::fs::read(path).map_err(fail)?;
        let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(bytes.as_slice())
                .read_to_end(&mut unpacked)
                .map_err(fail)?;
            unpacked
        } else {
            bytes
        };
        let text = files::decode(path, bytes)?;
        Ok(Self {
            name: shown(path),
            text,
        })
    }

    fn source(&self) -> Source<'_> {
        Source {
            name: &self.name,
            text: &self.text,
        }
    }
}
