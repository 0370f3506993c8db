//! The rustdoc JSON of crates.

use rustdoc_types::{Crate, FORMAT_VERSION};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Documented crates.
pub(crate) struct Documents {
    folder: PathBuf,
}

impl Documents {
    /// Documents packages that the workspace `parity` depends on.
    pub(crate) fn new(parity: &Path, packages: &[&str], features: &[&str]) -> Result<Self, String> {
        let target = parity.with_file_name("target").join("parity");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let status = Command::new(cargo)
            // Features are those of a member of the workspace, so it has to be among the packages.
            .args([
                "doc",
                "--quiet",
                "--no-deps",
                "--lib",
                "--package",
                "parity",
            ])
            .args(packages.iter().flat_map(|package| ["--package", package]))
            .args(["--features", &features.join(",")])
            .current_dir(parity)
            .env("CARGO_TARGET_DIR", &target)
            .env(
                "RUSTDOCFLAGS",
                "-Z unstable-options --output-format json --cap-lints allow",
            )
            // The JSON is not stable yet; the toolchain is pinned, so its version is known.
            .env("RUSTC_BOOTSTRAP", "1")
            .stdin(Stdio::null())
            .status()
            .map_err(|error| format!("error: cannot run cargo: {error}"))?;
        match status.success() {
            true => Ok(Self {
                folder: target.join("doc"),
            }),
            false => Err("error: documenting the crates failed: see above".to_owned()),
        }
    }

    pub(crate) fn load(&self, package: &str) -> Result<Crate, String> {
        let file = package.replace('-', "_");
        let path = self.folder.join(file).with_extension("json");
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("error: cannot read {}: {error}", path.display()))?;
        serde_json::from_str(&text).map_err(|error| {
            format!(
                "error: {} is not rustdoc JSON of format {FORMAT_VERSION}, which the pinned \
                 toolchain writes: {error}",
                path.display()
            )
        })
    }
}
