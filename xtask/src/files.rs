//! Reading, comparing and writing files.

use codegen::Source;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

static ROOT: OnceLock<PathBuf> = OnceLock::new();

/// Sets the workspace's root: the given folder, or the tree that this runs in.
pub(crate) fn set_root(asked: Option<PathBuf>) -> Result<(), String> {
    let here = std::env::current_dir()
        .map_err(|error| format!("error: cannot find the current folder: {error}"))?;
    let root = match asked {
        Some(root) => {
            let root = here.join(root);
            if !is_root(&root) {
                return Err(format!(
                    "error: {} is not this workspace: it has no xtask/Cargo.toml\n  help: name the folder of a checkout",
                    root.display()
                ));
            }
            root
        }
        None => find_root(&here)?,
    };
    // Set once, before anything reads it.
    let _ = ROOT.set(root);
    Ok(())
}

/// The tree whose xtask cargo runs, or else the one around the current folder. It does not matter where
/// xtask was built, since `target/` may have been copied along with a checkout.
fn find_root(here: &Path) -> Result<PathBuf, String> {
    let run_by_cargo = std::env::var_os("CARGO_PKG_NAME").is_some_and(|name| name == "xtask");
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .filter(|_| run_by_cargo)
        .map(PathBuf::from);
    manifest
        .iter()
        .flat_map(|folder| folder.ancestors())
        .chain(here.ancestors())
        .find(|folder| is_root(folder))
        .map(Path::to_owned)
        .ok_or_else(|| {
            format!(
                "error: {} is not in a checkout of this workspace\n  help: change to one, or name one with --root",
                here.display()
            )
        })
}

fn is_root(folder: &Path) -> bool {
    folder.join("Cargo.toml").is_file() && folder.join("xtask/Cargo.toml").is_file()
}

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    // `main` has set it.
    ROOT.get().cloned().unwrap_or_default()
}

/// The folder with the runtime's crates.
pub(crate) fn runtime() -> String {
    root().join("crates").display().to_string()
}

/// A path for messages: relative to the current folder, if it is below that.
pub(crate) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here)
        .unwrap_or(path)
        .display()
        .to_string()
}

pub(crate) fn read(path: &Path) -> Result<String, String> {
    let bytes =
        fs::read(path).map_err(|error| format!("error: cannot read {}: {error}", shown(path)))?;
    decode(path, bytes)
}

/// Decodes the contents of a file.
pub(crate) fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..at];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let found = match error.as_bytes() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it looks like UTF-16",
            _ => "the first invalid byte is there",
        };
        format!(
            "error: {}:{line}: the file is not UTF-8; {found}\n  help: save it as UTF-8",
            shown(path)
        )
    })
}

/// Writes a file and creates the folders above it.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .map_err(|error| format!("error: cannot create {}: {error}", shown(folder)))?;
    }
    fs::write(path, text).map_err(|error| format!("error: cannot write {}: {error}", shown(path)))
}

/// All files below a folder, sorted.
pub(crate) fn below(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        if !folder.is_dir() {
            continue;
        }
        let entries = fs::read_dir(&folder)
            .map_err(|error| format!("error: cannot list {}: {error}", shown(&folder)))?;
        for entry in entries {
            let entry =
                entry.map_err(|error| format!("error: cannot list {}: {error}", shown(&folder)))?;
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The contents of a file, unpacked if it is gzipped.
pub(crate) struct Text {
    path: PathBuf,
    name: String,
    text: String,
}

impl Text {
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
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
        let text = decode(path, bytes)?;
        Ok(Self {
            path: path.to_owned(),
            name: shown(path),
            text,
        })
    }

    pub(crate) fn source(&self) -> Source<'_> {
        Source {
            name: &self.name,
            text: &self.text,
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The other files that botocore has next to a `service-2.json`: paginators and endpoint rules.
    pub(crate) fn botocore_siblings(&self) -> Result<[Option<Self>; 3], String> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let sibling = |name: &str| {
            ["", ".gz"]
                .iter()
                .map(|ending| folder.join(format!("{name}{ending}")))
                .find(|path| path.is_file())
                .map(|path| Self::read(&path))
                .transpose()
        };
        Ok([
            sibling("paginators-1.json")?,
            sibling("waiters-2.json")?,
            sibling("endpoint-rule-set-1.json")?,
        ])
    }
}

/// A model: its files and its settings, read.
pub(crate) struct Model {
    files: Vec<(String, String)>,
    settings: (String, String),
}

impl Model {
    /// Whether a file is a Smithy JSON AST, judging by its first lines.
    pub(crate) fn is_smithy(path: &Path) -> Result<bool, String> {
        let mut start = Vec::new();
        fs::File::open(path)
            .and_then(|file| file.take(256).read_to_end(&mut start))
            .map_err(|error| format!("error: cannot read {}: {error}", shown(path)))?;
        Ok(String::from_utf8_lossy(&start).contains("\"smithy\""))
    }

    /// Reads the folder of a service: every JSON file in it, and `sdk.toml`.
    pub(crate) fn of_folder(folder: &Path) -> Result<Self, String> {
        let files = below(folder)?
            .into_iter()
            .filter(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "json")
            })
            .collect::<Vec<_>>();
        if files.is_empty() {
            return Err(format!(
                "error: there is no model in {}\n  help: import one with `cargo xtask import FILE --into {}`",
                shown(folder),
                shown(folder)
            ));
        }
        Self::of_files(&files, &folder.join("sdk.toml"))
    }

    /// Reads these files.
    pub(crate) fn of_files(files: &[PathBuf], settings: &Path) -> Result<Self, String> {
        let named = |path: &Path| Ok::<_, String>((name(path), read(path)?));
        Ok(Self {
            files: files
                .iter()
                .map(|path| named(path))
                .collect::<Result<_, _>>()?,
            settings: named(settings)?,
        })
    }

    /// Reads these files, with settings from the command line.
    pub(crate) fn with_settings(files: &[PathBuf], settings: String) -> Result<Self, String> {
        let named = |path: &PathBuf| Ok::<_, String>((name(path), read(path)?));
        Ok(Self {
            files: files.iter().map(named).collect::<Result<_, _>>()?,
            settings: ("the command line".to_owned(), settings),
        })
    }

    pub(crate) fn sources(&self) -> Vec<Source<'_>> {
        self.files
            .iter()
            .map(|(name, text)| Source { name, text })
            .collect()
    }

    pub(crate) fn settings(&self) -> Source<'_> {
        Source {
            name: &self.settings.0,
            text: &self.settings.1,
        }
    }
}

/// The name of a file in diagnostics: relative to the workspace's root, if it is below that.
pub(crate) fn name(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// The folders in `model/` that contain a service.
pub(crate) fn services() -> Result<Vec<PathBuf>, String> {
    let folder = root().join("model");
    let entries = fs::read_dir(&folder)
        .map_err(|error| format!("error: cannot list {}: {error}", shown(&folder)))?;
    let mut services: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("sdk.toml").is_file())
        .collect();
    services.sort();
    Ok(services)
}

/// How a folder differs from the files that should be in it.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Path, old contents, new contents.
    pub(crate) changed: Vec<(PathBuf, String, String)>,
    pub(crate) added: Vec<(PathBuf, String)>,
    pub(crate) removed: Vec<PathBuf>,
}

impl Changes {
    pub(crate) fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.added.is_empty() && self.removed.is_empty()
    }

    /// Compares the folder with the files, which are named by their paths in it.
    pub(crate) fn between(folder: &Path, files: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut changes = Self::default();
        for (path, text) in files {
            let path = folder.join(path);
            if path.is_file() {
                let old = fs::read(&path)
                    .map_err(|error| format!("error: cannot read {}: {error}", shown(&path)))?;
                if old != text.as_bytes() {
                    let old = String::from_utf8_lossy(&old).into_owned();
                    changes.changed.push((path, old, text.clone()));
                }
            } else {
                changes.added.push((path, text.clone()));
            }
        }
        for path in below(folder)? {
            let inside = path
                .strip_prefix(folder)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            // A link, such as to the licence, is not generated.
            if !files.contains_key(&inside) && !path.is_symlink() {
                changes.removed.push(path);
            }
        }
        Ok(changes)
    }

    /// Writes and removes files so that the folder is as it should be.
    pub(crate) fn apply(&self, folder: &Path) -> Result<(), String> {
        for (path, _, text) in &self.changed {
            write(path, text)?;
        }
        for (path, text) in &self.added {
            write(path, text)?;
        }
        for path in &self.removed {
            fs::remove_file(path)
                .map_err(|error| format!("error: cannot remove {}: {error}", shown(path)))?;
            let mut above = path.parent();
            while let Some(parent) = above.filter(|parent| *parent != folder) {
                // This fails if the folder is not empty, which is intended.
                if fs::remove_dir(parent).is_err() {
                    break;
                }
                above = parent.parent();
            }
        }
        Ok(())
    }
}
