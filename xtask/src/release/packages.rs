//! The packages, and the workspace that is made of them for the steps that follow.

use super::manifests::{self, Package};
use super::{Outcome, Run};
use crate::files;
use std::fs;
use std::path::{Path, PathBuf};

/// The size that crates.io accepts, in bytes.
const LARGEST: u64 = 10 << 20;

/// Packages everything that is published. Cargo builds each from its package, with those before it.
pub(super) fn package(run: &Run<'_>) -> Result<Outcome, String> {
    let packages = manifests::published(run)?;
    let target = run.folder.join("target");
    let folder = target.join("package");
    // What an earlier run has left.
    remove(&folder)?;
    forget(&packages, &target)?;
    let mut cargo = super::cargo(&files::root(), &target);
    cargo.args(["package", "--locked"]);
    if run.arguments.allow_dirty {
        cargo.arg("--allow-dirty");
    }
    for package in &packages {
        cargo.args(["--package", &package.name]);
    }
    run.command(&mut cargo)?;
    let mut total = 0;
    for package in &packages {
        let file = folder.join(format!("{}-{}.crate", package.name, package.version));
        let size = fs::metadata(&file)
            .map_err(|error| format!("cannot read {}: {error}", files::shown(&file)))?
            .len();
        if size > LARGEST {
            return Err(format!(
                "{} has {size} bytes, more than the {LARGEST} that crates.io accepts",
                package.name
            ));
        }
        total += size;
    }
    unpack(run, &packages, &folder)?;
    Ok(Outcome::Passed(format!(
        "{} packages, {} KiB in total, each built from its package",
        packages.len(),
        total / 1024
    )))
}

/// Removes what cargo keeps of packages that it built in an earlier run. It takes those of the same version
/// for unchanged: unpacked, in its home, and compiled.
fn forget(packages: &[Package], target: &Path) -> Result<(), String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    for kind in ["cache", "src"] {
        let Some(folder) = home.as_ref().map(|home| home.join("registry").join(kind)) else {
            continue;
        };
        // A registry in a folder has no host, and its name starts with the hash.
        for registry in entries(&folder, |name| name.starts_with('-')) {
            for package in packages {
                let name = format!("{}-{}", package.name, package.version);
                remove(&registry.join(&name))?;
                let _ = fs::remove_file(registry.join(name + ".crate"));
            }
        }
    }
    let compiled = |name: &str| {
        let package = name.rsplit_once('-').map(|(package, _)| package);
        packages.iter().any(|it| Some(it.name.as_str()) == package)
    };
    for fingerprint in entries(&target.join("debug/.fingerprint"), compiled) {
        remove(&fingerprint)?;
    }
    Ok(())
}

/// The entries of a folder, which need not exist, whose names match.
fn entries(folder: &Path, matches: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_name().to_str().is_some_and(&matches))
        .map(|entry| entry.path())
        .collect()
}

/// Makes a workspace of the packages as they are published, which patch each other.
fn unpack(run: &Run<'_>, packages: &[Package], folder: &Path) -> Result<(), String> {
    let workspace = run.folder.join("packages");
    remove(&workspace)?;
    let (mut members, mut patches) = (String::new(), String::new());
    for package in packages {
        let name = &package.name;
        // Where cargo has unpacked and built it.
        let from = folder.join(format!("{name}-{}", package.version));
        copy(&from, &workspace.join(name))?;
        members.push_str(&format!("    \"{name}\",\n"));
        patches.push_str(&format!("{name} = {{ path = \"{name}\" }}\n"));
    }
    files::write(
        &workspace.join("Cargo.toml"),
        &format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n[patch.crates-io]\n{patches}"
        ),
    )
}

/// The workspace of the packages, and what is in it.
pub(super) fn unpacked(run: &Run<'_>) -> Result<(PathBuf, Vec<Package>), String> {
    let workspace = run.folder.join("packages");
    match workspace.join("Cargo.toml").is_file() {
        true => Ok((workspace, manifests::published(run)?)),
        false => Err("there are no packages: run the step `packages` first".to_owned()),
    }
}

/// Copies a package without what cargo adds when it builds one.
fn copy(from: &Path, to: &Path) -> Result<(), String> {
    for path in files::below(from)? {
        let inside = path.strip_prefix(from).unwrap_or(&path);
        if inside.starts_with("target") || inside == Path::new("Cargo.lock") {
            continue;
        }
        let to = to.join(inside);
        let copied = to
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::copy(&path, &to));
        copied.map_err(|error| format!("cannot copy {}: {error}", files::shown(&path)))?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<(), String> {
    match folder.exists() {
        true => fs::remove_dir_all(folder)
            .map_err(|error| format!("cannot remove {}: {error}", files::shown(folder))),
        false => Ok(()),
    }
}
