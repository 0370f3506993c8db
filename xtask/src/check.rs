//! Compiles generated crates that are not in the workspace.

use crate::files;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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
    /// The warnings, in the same form.
    pub(crate) warnings: Vec<String>,
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
        self.outcome(&["check", "--workspace", "--keep-going"])
    }

    /// Compiles the examples of all crates, and runs their tests.
    pub(crate) fn test(&self) -> Result<Outcome, String> {
        self.outcome(&[
            "test",
            "--workspace",
            "--no-fail-fast",
            "--examples",
            "--tests",
        ])
    }

    fn outcome(&self, command: &[&str]) -> Result<Outcome, String> {
        let output = self
            .cargo()?
            .args(command)
            .args(["--message-format", "short"])
            .output()
            .map_err(|error| format!("error: cannot run cargo: {error}"))?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let mut failed = not_compiled(&said);
        failed.extend(not_passed(&said));
        if failed.is_empty() && !output.status.success() {
            let command = command.first().copied().unwrap_or_default();
            return Err(format!(
                "error: cargo {command} failed\n{}",
                said.trim_end()
            ));
        }
        let lines = |kind: &str| {
            let lines = said.lines().filter(|line| line.contains(kind));
            lines.map(str::to_owned).collect()
        };
        Ok(Outcome {
            failed: failed.into_iter().collect(),
            errors: lines(": error"),
            warnings: lines(": warning:"),
        })
    }

    /// Compiles a test of every crate, and returns the programs by the crate's name, and rustc's errors.
    pub(crate) fn build_tests(
        &self,
        test: &str,
    ) -> Result<(BTreeMap<String, PathBuf>, Vec<String>), String> {
        let output = self
            .cargo()?
            .args(["test", "--workspace", "--no-run", "--no-fail-fast"])
            .args([
                "--test",
                test,
                "--message-format",
                "json-render-diagnostics",
            ])
            .output()
            .map_err(|error| format!("error: cannot run cargo: {error}"))?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let mut programs = BTreeMap::new();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let Ok(message) = serde_json::from_str::<serde_json::Value>(line) else {
                continue;
            };
            let text = |place: &str| message.pointer(place).and_then(|value| value.as_str());
            let name = text("/manifest_path")
                .map(Path::new)
                .and_then(|path| path.parent()?.file_name());
            if let (Some(name), Some(program)) = (name, text("/executable")) {
                programs.insert(name.to_string_lossy().into_owned(), program.into());
            }
        }
        if programs.is_empty() && !output.status.success() && not_compiled(&said).is_empty() {
            return Err(format!("error: cargo test failed\n{}", said.trim_end()));
        }
        let errors = said.lines().filter(|line| line.starts_with("error"));
        Ok((programs, errors.map(str::to_owned).collect()))
    }

    /// A command of cargo in the workspace.
    fn cargo(&self) -> Result<Command, String> {
        let profile = "\n[profile.dev]\ndebug = false\nincremental = false\n";
        files::write(
            &self.folder.join("Cargo.toml"),
            &format!("[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n{profile}"),
        )?;
        // The versions that the project is tested with.
        let lock = files::read(&files::root().join("Cargo.lock"))?;
        files::write(&self.folder.join("Cargo.lock"), &lock)?;
        let mut cargo = crate::cargo_in(&self.folder, &self.folder.join("target"));
        cargo.stdin(Stdio::null());
        Ok(cargo)
    }
}

/// The crates whose tests fail, by what cargo prints: "-p NAME --test TEST" between backquotes.
fn not_passed(said: &str) -> BTreeSet<String> {
    said.lines()
        .filter_map(|line| {
            let (_, rest) = line.trim().split_once("`-p ")?;
            Some(rest.split([' ', '`']).next()?.to_owned())
        })
        .collect()
}

/// The crates that do not compile, by what cargo prints.
fn not_compiled(said: &str) -> BTreeSet<String> {
    said.lines()
        .filter_map(|line| {
            let name = line.strip_prefix("error: could not compile `")?;
            Some(name.split('`').next()?.to_owned())
        })
        .collect()
}
