//! Compiles generated crates that are not in the workspace.

use crate::files;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Stdio;

/// Crates to compile, in a workspace of their own below `target/`.
pub(crate) struct Checker {
    folder: PathBuf,
}

/// The result of a check.
pub(crate) struct Outcome {
    /// The crates that do not compile.
    pub(crate) failed: Vec<String>,
    /// The errors, one line each, with their places.
    pub(crate) errors: Vec<String>,
}

impl Checker {
    /// Starts with an empty workspace of this name.
    pub(crate) fn new(name: &str) -> Result<Self, String> {
        let folder = files::root().join("target").join(name);
        for crates in ["crates", "Cargo.toml"] {
            let path = folder.join(crates);
            let removed = if path.is_dir() {
                std::fs::remove_dir_all(&path)
            } else if path.exists() {
                std::fs::remove_file(&path)
            } else {
                Ok(())
            };
            removed.map_err(|error| {
                format!("error: cannot remove {}: {error}", files::shown(&path))
            })?;
        }
        Ok(Self { folder })
    }

    /// Adds a generated crate.
    pub(crate) fn add(&self, name: &str, files: &BTreeMap<String, String>) -> Result<(), String> {
        let folder = self.folder.join("crates").join(name);
        for (path, text) in files {
            files::write(&folder.join(path), text)?;
        }
        Ok(())
    }

    /// Runs `cargo check` over all crates.
    pub(crate) fn run(&self) -> Result<Outcome, String> {
        let profile = "\n[profile.dev]\ndebug = false\nincremental = false\n";
        files::write(
            &self.folder.join("Cargo.toml"),
            &format!("[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n{profile}"),
        )?;
        // The versions that the project is tested with.
        let lock = files::read(&files::root().join("Cargo.lock"))?;
        files::write(&self.folder.join("Cargo.lock"), &lock)?;
        let output = crate::cargo_in(&self.folder, &self.folder.join("target"))
            .args([
                "check",
                "--workspace",
                "--keep-going",
                "--message-format",
                "short",
            ])
            .env("RUSTFLAGS", "-Awarnings")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("error: cannot run cargo: {error}"))?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let failed: BTreeSet<String> = said
            .lines()
            .filter_map(|line| {
                let name = line.strip_prefix("error: could not compile `")?;
                Some(name.split('`').next()?.to_owned())
            })
            .collect();
        if failed.is_empty() && !output.status.success() {
            return Err(format!("error: cargo check failed\n{}", said.trim_end()));
        }
        Ok(Outcome {
            failed: failed.into_iter().collect(),
            errors: said
                .lines()
                .filter(|line| line.contains(": error"))
                .map(str::to_owned)
                .collect(),
        })
    }
}
