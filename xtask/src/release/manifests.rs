//! The manifests of what is published: metadata, dependencies, files and names.

use super::{Outcome, Run};
use crate::files;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A package of the workspace.
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) folder: PathBuf,
    /// Whether `cargo publish` publishes it.
    pub(super) is_published: bool,
    /// The name of its library, if that is for others: the library of a command is for the command alone.
    pub(super) library: Option<String>,
    metadata: Value,
}

/// All packages of the workspace.
fn packages(run: &Run<'_>) -> Result<Vec<Package>, String> {
    let mut cargo = super::cargo(&files::root(), &files::root().join("target"));
    cargo.args(["metadata", "--no-deps", "--format-version", "1", "--quiet"]);
    let (success, text) = run.ask(&mut cargo)?;
    let metadata: Value = match (success, text.find('{')) {
        (true, Some(start)) => serde_json::from_str(&text[start..])
            .map_err(|error| format!("`cargo metadata` printed no JSON: {error}"))?,
        _ => return Err(format!("`cargo metadata` failed: {}", text.trim())),
    };
    let members = metadata["packages"].as_array().into_iter().flatten();
    Ok(members.map(package).collect())
}

fn package(value: &Value) -> Package {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let of_kind = |kind: &str| {
        let mut targets = value["targets"].as_array().into_iter().flatten();
        targets.find(|target| {
            let mut kinds = target["kind"].as_array().into_iter().flatten();
            kinds.any(|it| it == kind)
        })
    };
    let library = of_kind("lib").filter(|_| of_kind("bin").is_none());
    Package {
        name: text("name"),
        version: text("version"),
        folder: Path::new(&text("manifest_path"))
            .parent()
            .map(Path::to_owned)
            .unwrap_or_default(),
        is_published: value["publish"].is_null(),
        library: library
            .and_then(|library| library["name"].as_str())
            .map(str::to_owned),
        metadata: value.clone(),
    }
}

/// The packages that are published.
pub(super) fn published(run: &Run<'_>) -> Result<Vec<Package>, String> {
    let mut packages = packages(run)?;
    packages.retain(|package| package.is_published);
    match packages.is_empty() {
        true => Err("the workspace publishes no package".to_owned()),
        false => Ok(packages),
    }
}

/// The Rust version that the packages name.
pub(super) fn rust_version(packages: &[Package]) -> Result<String, String> {
    let mut versions = packages
        .iter()
        .map(|package| package.metadata["rust_version"].as_str());
    let first = versions.next().flatten();
    match first {
        Some(first) if versions.all(|version| version == Some(first)) => Ok(first.to_owned()),
        _ => Err("the packages name different values of `rust-version`, or none".to_owned()),
    }
}

/// Checks metadata, dependencies and files.
pub(super) fn check(run: &Run<'_>) -> Result<Outcome, String> {
    let all = packages(run)?;
    let mut problems = Vec::new();
    let published: Vec<&Package> = all.iter().filter(|package| package.is_published).collect();
    for package in &published {
        check_metadata(package, &mut problems);
        check_dependencies(package, &all, &mut problems);
        check_files(run, package, &mut problems)?;
    }
    if !problems.is_empty() {
        let problems: Vec<String> = problems.iter().map(|it| format!("    {it}")).collect();
        return Err(format!(
            "{} problems:\n{}",
            problems.len(),
            problems.join("\n")
        ));
    }
    let no_repository = published
        .iter()
        .all(|package| package.metadata["repository"].is_null());
    let note = match no_repository {
        true => "; no `repository` yet, since the project has no public address",
        false => "",
    };
    Ok(Outcome::Passed(format!(
        "{} packages are published, {} are not{note}",
        published.len(),
        all.len() - published.len()
    )))
}

fn check_metadata(package: &Package, problems: &mut Vec<String>) {
    let name = &package.name;
    let folder = package
        .folder
        .strip_prefix(files::root())
        .unwrap_or(&package.folder);
    if !(folder.starts_with("crates") || folder == Path::new("codegen")) {
        problems.push(format!(
            "{name} is in {} and published: set `publish = false`",
            folder.display()
        ));
    }
    for key in ["description", "license", "readme", "rust_version"] {
        if package.metadata[key].as_str().is_none_or(str::is_empty) {
            problems.push(format!("{name} has no `{}`", key.replace('_', "-")));
        }
    }
    // The limits of crates.io.
    for (key, most) in [("keywords", 5), ("categories", 5)] {
        let count = package.metadata[key].as_array().map_or(0, Vec::len);
        if count == 0 || count > most {
            problems.push(format!("{name} has {count} `{key}`, not 1 to {most}"));
        }
    }
    let docs = &package.metadata["metadata"]["docs"]["rs"];
    if docs["all-features"] != true
        || docs["rustdoc-args"] != serde_json::json!(["--cfg", "docsrs"])
    {
        problems.push(format!(
            "{name} has no [package.metadata.docs.rs] with all features and `--cfg docsrs`"
        ));
    }
    let licence = fs::read(files::root().join("LICENSE")).ok();
    if licence.is_none() || fs::read(package.folder.join("LICENSE")).ok() != licence {
        problems.push(format!(
            "{name} has no LICENSE, which is a link to that of the root"
        ));
    }
}

/// Packages that are published depend on such packages only, in their own version.
fn check_dependencies(package: &Package, all: &[Package], problems: &mut Vec<String>) {
    let name = &package.name;
    let dependencies = package.metadata["dependencies"].as_array();
    for dependency in dependencies.into_iter().flatten() {
        let on = dependency["name"].as_str().unwrap_or_default();
        let requirement = dependency["req"].as_str().unwrap_or_default();
        // Cargo leaves these out of the package.
        let only_here = dependency["kind"] == "dev" && requirement == "*";
        if dependency["path"].is_null() || only_here {
            continue;
        }
        match all.iter().find(|package| package.name == on) {
            Some(of) if !of.is_published => {
                problems.push(format!("{name} depends on {on}, which is not published"));
            }
            Some(of) if requirement != format!("^{}", of.version) => problems.push(format!(
                "{name} depends on {on} in the version {requirement}, not {}",
                of.version
            )),
            _ => {}
        }
    }
}

/// A package contains sources, a README and the licence.
fn check_files(run: &Run<'_>, package: &Package, problems: &mut Vec<String>) -> Result<(), String> {
    const OF_CARGO: [&str; 4] = [
        ".cargo_vcs_info.json",
        "Cargo.lock",
        "Cargo.toml",
        "Cargo.toml.orig",
    ];
    let name = &package.name;
    let mut cargo = super::cargo(&files::root(), &files::root().join("target"));
    cargo.args(["package", "--list", "--allow-dirty", "--quiet"]);
    cargo.args(["--package", name]);
    let (success, text) = run.ask(&mut cargo)?;
    if !success {
        problems.push(format!("{name}: {}", text.trim()));
        return Ok(());
    }
    let mut missing = vec!["LICENSE", "README.md"];
    let mut has_sources = false;
    for file in text.lines().filter(|line| !line.starts_with("warning: ")) {
        let file = file.replace('\\', "/");
        missing.retain(|it| *it != file);
        has_sources |= file.starts_with("src/");
        let is_expected = file.starts_with("src/")
            || ["LICENSE", "README.md"].contains(&file.as_str())
            || OF_CARGO.contains(&file.as_str());
        if !is_expected {
            problems.push(format!("{name} packages {file}"));
        }
    }
    problems.extend(missing.iter().map(|it| format!("{name} packages no {it}")));
    if !has_sources {
        problems.push(format!("{name} packages no sources"));
    }
    Ok(())
}

/// Asks crates.io whether the names, or these versions, are free.
pub(super) fn names(run: &Run<'_>) -> Result<Outcome, String> {
    // Before the first release, a name that exists is somebody else's.
    let is_first = super::last_tag(run)?.is_none();
    let packages = published(run)?;
    let mut taken = Vec::new();
    for package in &packages {
        let (name, version) = (&package.name, &package.version);
        let asked = match is_first {
            true => name.clone(),
            false => format!("{name}@{version}"),
        };
        // Outside of the workspace, where the name means that of the registry.
        let mut cargo = super::cargo(&std::env::temp_dir(), &run.folder.join("target"));
        cargo.args(["info", "--color", "never", &asked]);
        match run.ask(&mut cargo)? {
            (true, _) => taken.push(asked),
            (false, text) if text.contains("could not find") => {}
            (false, text) => {
                let reason = text.lines().find(|line| line.starts_with("error"));
                return Ok(Outcome::Skipped(format!(
                    "crates.io does not answer: {}",
                    reason.unwrap_or("no reason")
                )));
            }
        }
    }
    match (taken.is_empty(), is_first) {
        (false, true) => Err(format!(
            "taken on crates.io: {}: choose other names",
            taken.join(", ")
        )),
        (false, false) => Err(format!(
            "published already: {}: raise the version in Cargo.toml",
            taken.join(", ")
        )),
        (true, true) => Ok(Outcome::Passed(format!(
            "{} names are free on crates.io",
            packages.len()
        ))),
        (true, false) => Ok(Outcome::Passed(format!(
            "{} versions are not on crates.io yet",
            packages.len()
        ))),
    }
}
