//! The packages with other versions of their dependencies and of Rust, and their documentation.
//!
//! These steps work on the workspace of the packages, so the workspace's own lock file stays as it is.

use super::manifests::{Package, rust_version};
use super::{Outcome, Run, packages};
use crate::files;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The lowest versions that the manifests allow of what the packages depend on directly.
pub(super) fn lowest(run: &Run<'_>) -> Result<Outcome, String> {
    let (workspace, _) = packages::unpacked(run)?;
    let mut lock = cargo(run, &workspace);
    lock.args(["generate-lockfile", "-Zdirect-minimal-versions"])
        // The flag is unstable.
        .env("RUSTC_BOOTSTRAP", "1");
    resolve(run, &workspace, &mut lock)?;
    check(run, &mut cargo(run, &workspace))?;
    with_versions(run, &workspace, "lowest")
}

/// The latest versions.
pub(super) fn latest(run: &Run<'_>) -> Result<Outcome, String> {
    let (workspace, _) = packages::unpacked(run)?;
    let mut lock = cargo(run, &workspace);
    lock.arg("generate-lockfile")
        .env("CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS", "allow");
    resolve(run, &workspace, &mut lock)?;
    check(run, &mut cargo(run, &workspace))?;
    with_versions(run, &workspace, "latest")
}

/// The oldest Rust that the manifests promise to build with.
pub(super) fn msrv(run: &Run<'_>) -> Result<Outcome, String> {
    let (workspace, packages) = packages::unpacked(run)?;
    let version = rust_version(&packages)?;
    if let Err(reason) = install(run, &version) {
        return Ok(Outcome::Skipped(format!(
            "Rust {version} cannot be installed ({reason}); clippy's `incompatible_msrv` has checked the standard library's \
             items alone"
        )));
    }
    resolve(
        run,
        &workspace,
        cargo(run, &workspace).arg("generate-lockfile"),
    )?;
    let mut cargo = Command::new("rustup");
    cargo
        .args(["run", &version, "cargo"])
        .current_dir(&workspace)
        .env("CARGO_TARGET_DIR", run.folder.join("versions"))
        .env_remove("CARGO")
        .env_remove("RUSTC")
        .env_remove("RUSTUP_TOOLCHAIN");
    check(run, &mut cargo)?;
    Ok(Outcome::Passed(format!("all packages with Rust {version}")))
}

/// The documentation with the features' labels, which are unstable.
pub(super) fn docs(run: &Run<'_>) -> Result<Outcome, String> {
    let (workspace, packages) = packages::unpacked(run)?;
    let libraries: Vec<(&Package, &str)> = packages
        .iter()
        .filter_map(|package| Some((package, package.library.as_deref()?)))
        .collect();
    let crates: Vec<&str> = libraries.iter().map(|(_, library)| *library).collect();
    let mut cargo = cargo(run, &workspace);
    cargo
        .args(["doc", "--no-deps", "--all-features", "--lib"])
        .env("RUSTDOCFLAGS", "--cfg docsrs -D warnings")
        // For these crates alone: build scripts of others look whether unstable features are on.
        .env("RUSTC_BOOTSTRAP", crates.join(","));
    for (package, _) in &libraries {
        cargo.args(["--package", &package.name]);
    }
    run.command(&mut cargo)?;
    Ok(Outcome::Passed(format!(
        "{} crates, as docs.rs builds them",
        libraries.len()
    )))
}

fn cargo(run: &Run<'_>, workspace: &Path) -> Command {
    super::cargo(workspace, &run.folder.join("versions"))
}

/// Writes a new lock file.
fn resolve(run: &Run<'_>, workspace: &Path, command: &mut Command) -> Result<(), String> {
    let lock = workspace.join("Cargo.lock");
    if lock.exists() {
        fs::remove_file(&lock)
            .map_err(|error| format!("cannot remove {}: {error}", files::shown(&lock)))?;
    }
    run.command(command)
}

fn check(run: &Run<'_>, cargo: &mut Command) -> Result<(), String> {
    run.command(cargo.args(["check", "--locked", "--workspace", "--all-features"]))
}

/// Keeps the lock file, and names the versions of the smithy-rs runtime in it.
fn with_versions(run: &Run<'_>, workspace: &Path, name: &str) -> Result<Outcome, String> {
    let text = files::read(&workspace.join("Cargo.lock"))?;
    let kept = run.folder.join(format!("{name}.lock"));
    files::write(&kept, &text)?;
    let version = |of: &str| {
        let (_, rest) = text.split_once(&format!("name = \"{of}\"\nversion = \""))?;
        Some(format!("{of} {}", rest.split('"').next()?))
    };
    let crates = [
        "aws-smithy-runtime",
        "aws-smithy-runtime-api",
        "aws-smithy-types",
    ];
    let versions: Vec<String> = crates.iter().filter_map(|name| version(name)).collect();
    Ok(Outcome::Passed(format!(
        "all packages with all features; {}; {}",
        versions.join(", "),
        files::shown(&kept)
    )))
}

/// Installs a version of Rust, unless rustup has it.
fn install(run: &Run<'_>, version: &str) -> Result<(), String> {
    let mut rustup = Command::new("rustup");
    rustup.args(["run", version, "rustc", "--version"]);
    if run.ask(&mut rustup)?.0 {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    rustup.args([
        "toolchain",
        "install",
        version,
        "--profile",
        "minimal",
        "--no-self-update",
    ]);
    match run.ask(&mut rustup)? {
        (true, _) => Ok(()),
        (false, text) => {
            let line = text.lines().find(|line| line.starts_with("error"));
            Err(line.unwrap_or("rustup fails").to_owned())
        }
    }
}
