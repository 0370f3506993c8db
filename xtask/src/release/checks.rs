//! The checks that other tools make: licences, advisories, and semantic versioning.

use super::{Outcome, Run, last_tag, manifests};
use crate::files;
use std::path::PathBuf;
use std::process::Command;
use toml::{Table, Value};

/// A tool that is installed if it is missing.
struct Tool {
    name: &'static str,
    version: &'static str,
}

const DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
};

const SEMVER_CHECKS: Tool = Tool {
    name: "cargo-semver-checks",
    version: "0.51.0",
};

/// Where cargo-deny fetches advisories from, unless `deny.toml` says otherwise.
const ADVISORIES: &str = "https://github.com/RustSec/advisory-db";

/// The licences and sources of all dependencies, by `deny.toml`.
pub(super) fn licences(run: &Run<'_>) -> Result<Outcome, String> {
    let mut deny = command(run, &DENY)?;
    deny.args(["check", "bans", "licenses", "sources"]);
    run.command(&mut deny)?;
    Ok(Outcome::Passed("all dependencies, by deny.toml".to_owned()))
}

/// Advisories against dependencies.
pub(super) fn advisories(run: &Run<'_>) -> Result<Outcome, String> {
    let mut deny = command(run, &DENY)?;
    if let Some(folder) = &run.arguments.advisory_db {
        let folder = std::path::absolute(folder)
            .map_err(|error| format!("cannot find {}: {error}", folder.display()))?;
        deny.arg("--config").arg(with_own_databases(run)?);
        // cargo-deny takes no folder. git, which it calls, fetches from there instead.
        deny.env("GIT_CONFIG_COUNT", "1")
            .env(
                "GIT_CONFIG_KEY_0",
                format!("url.file://{}.insteadOf", folder.display()),
            )
            .env("GIT_CONFIG_VALUE_0", ADVISORIES);
    }
    deny.args(["check", "advisories"]);
    match run.ask(&mut deny)? {
        (true, _) => Ok(Outcome::Passed("no advisory applies".to_owned())),
        (false, text) if text.contains("failed to fetch advisory database") => {
            Ok(Outcome::Skipped(
                "the advisory database cannot be fetched; --advisory-db names a clone".to_owned(),
            ))
        }
        (false, text) => Err(format!(
            "`cargo deny check advisories` failed:\n{}",
            super::last_lines(&text, 40)
        )),
    }
}

/// `deny.toml`, with a folder of this task for the databases.
fn with_own_databases(run: &Run<'_>) -> Result<PathBuf, String> {
    let text = files::read(&files::root().join("deny.toml"))?;
    let mut config: Table = text
        .parse()
        .map_err(|error| format!("deny.toml is no TOML: {error}"))?;
    let folder = run.folder.join("advisories");
    // What is there comes from elsewhere.
    let _ = std::fs::remove_dir_all(&folder);
    let path = Value::String(folder.display().to_string());
    let advisories = config
        .entry("advisories")
        .or_insert_with(|| Value::Table(Table::new()));
    if let Some(advisories) = advisories.as_table_mut() {
        advisories.insert("db-path".to_owned(), path);
    }
    let file = run.folder.join("deny.toml");
    files::write(&file, &config.to_string())?;
    Ok(file)
}

/// The public API of each library against the last tag.
pub(super) fn semver(run: &Run<'_>) -> Result<Outcome, String> {
    let Some(tag) = last_tag(run)? else {
        return Ok(Outcome::Passed("no tag yet: nothing to compare".to_owned()));
    };
    let mut compared = Vec::new();
    for package in manifests::published(run)? {
        if package.library.is_none() {
            continue;
        }
        let manifest = package.folder.join("Cargo.toml");
        let path = manifest.strip_prefix(files::root()).unwrap_or(&manifest);
        let path = path.display().to_string().replace('\\', "/");
        let (success, text) = run.ask(super::git().args(["show", &format!("{tag}:{path}")]))?;
        let name = format!("name = \"{}\"", package.name);
        if success && text.lines().any(|line| line == name) {
            compared.push(package.name);
        }
    }
    if compared.is_empty() {
        return Ok(Outcome::Passed(format!("{tag} has none of the libraries")));
    }
    let mut checks = command(run, &SEMVER_CHECKS)?;
    checks.args(["semver-checks", "--baseline-rev", &tag]);
    for name in &compared {
        checks.args(["--package", name]);
    }
    run.command(&mut checks)?;
    Ok(Outcome::Passed(format!(
        "{} libraries are compatible with {tag}, or their version says otherwise",
        compared.len()
    )))
}

/// A command of a tool: the one on the path, or ours, which is installed on first use.
fn command(run: &Run<'_>, tool: &Tool) -> Result<Command, String> {
    let Tool { name, version } = tool;
    let ours = files::root().join("target/tools");
    let program = ours.join("bin").join(name);
    let is_there = |program: &std::path::Path| {
        let mut command = Command::new(program);
        run.ask(command.arg("--version")).is_ok_and(|it| it.0)
    };
    let program = if is_there(name.as_ref()) {
        PathBuf::from(name)
    } else {
        if !is_there(&program) {
            eprintln!("Installing {name} {version} into target/tools, which takes some minutes.");
            let mut cargo = super::cargo(&files::root(), &ours.join("target"));
            cargo.args(["install", "--locked", "--root"]).arg(&ours);
            run.command(cargo.arg(format!("{name}@{version}")))?;
        }
        program
    };
    let mut command = Command::new(program);
    command.current_dir(files::root());
    Ok(command)
}
