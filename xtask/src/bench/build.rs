//! The build time and the size of a program.

use super::{cargo, heading, in_turns, rows, text_of};
use crate::files;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// A program that is told where its credentials are, and one that finds them.
pub(super) fn program(rounds: usize) -> Result<(), String> {
    given(rounds)?;
    from_env(rounds)
}

/// Everything is downloaded before, so that clean builds download nothing.
fn fetch(sides: [&str; 2]) -> Result<(), String> {
    for side in sides {
        cargo(&folder(side), &target(side), &["fetch"])?;
    }
    Ok(())
}

fn folder(side: &str) -> PathBuf {
    files::root().join("benches/program").join(side)
}

fn target(side: &str) -> PathBuf {
    files::root().join("target/bench-program").join(side)
}

/// The seconds that a clean build takes.
fn clean(side: &str, arguments: &[&str]) -> Result<f64, String> {
    remove(&target(side))?;
    seconds(|| cargo(&folder(side), &target(side), arguments))
}

/// The size of the program's binary in megabytes.
fn size(side: &str, profile: &str) -> Result<f64, String> {
    let target = target(side);
    cargo(&folder(side), &target, &["build", "--profile", profile])?;
    let program = target.join(profile).join(format!("program-{side}"));
    let size = std::fs::metadata(&program)
        .map_err(|error| format!("error: no {}: {error}", program.display()))?;
    Ok(size.len() as f64 / 1e6)
}

const SIZES: [&str; 2] = [
    "size of the release binary, stripped, MB",
    "the same with LTO, MB",
];

fn given(rounds: usize) -> Result<(), String> {
    fetch(["theirs", "ours"])?;
    say!("Building, {rounds} times each ...");
    let times = in_turns(rounds, |side| {
        let release = clean(side, &["build", "--release"])?;
        let debug = clean(side, &["build"])?;
        let checked = || seconds(|| cargo(&folder(side), &target(side), &["check"]));
        checked()?;
        touch(&files::root().join("benches/program/main.rs"))?;
        let check = checked()?;
        say!("{side:>8}: release {release:.1} s, debug {debug:.1} s, check {check:.2} s");
        Ok([release, debug, check])
    })?;
    let sizes = in_turns(1, |side| {
        let package = match side {
            "theirs" => "aws-sdk-chime",
            _ => "chime-api",
        };
        let lines = lines_of(&folder(side).join("Cargo.toml"), &[package])?;
        Ok([size(side, "release")?, size(side, "release-lto")?, lines])
    })?;
    heading("a program that adds one member", "aws-sdk-chime");
    rows(
        [
            "clean release build, s",
            "clean debug build, s",
            "cargo check after a change of it, s",
        ],
        &times,
    );
    rows([SIZES[0], SIZES[1], "lines of the generated crate"], &sizes);
    Ok(())
}

fn from_env(rounds: usize) -> Result<(), String> {
    let side = |side: &str| format!("{side}-env");
    fetch(["theirs-env", "ours-env"])?;
    say!("Building with the configuration of the environment, {rounds} times each ...");
    let times = in_turns(rounds, |name| {
        let release = clean(&side(name), &["build", "--release"])?;
        say!("{name:>8}: release {release:.1} s");
        Ok([release])
    })?;
    let sizes = in_turns(1, |name| {
        let side = side(name);
        Ok([size(&side, "release")?, size(&side, "release-lto")?])
    })?;
    heading(
        "the same with the configuration of the environment",
        "aws-sdk-chime",
    );
    rows(["clean release build, s"], &times);
    rows(SIZES, &sizes);
    Ok(())
}

pub(super) fn seconds(work: impl FnOnce() -> Result<(), String>) -> Result<f64, String> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_secs_f64())
}

fn remove(folder: &Path) -> Result<(), String> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(format!(
            "error: cannot remove {}: {error}",
            folder.display()
        )),
        _ => Ok(()),
    }
}

fn touch(file: &Path) -> Result<(), String> {
    std::fs::File::options()
        .append(true)
        .open(file)
        .and_then(|opened| opened.set_modified(std::time::SystemTime::now()))
        .map_err(|error| format!("error: cannot touch {}: {error}", file.display()))
}

/// Lines of Rust in packages that a manifest depends on, blank lines and comments included.
pub(super) fn lines_of(manifest: &Path, packages: &[&str]) -> Result<f64, String> {
    let text = text_of(
        crate::cargo()
            .args(["metadata", "--format-version", "1", "--manifest-path"])
            .arg(manifest),
    )?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| format!("error: cargo metadata: {error}"))?;
    let mut lines = 0;
    for package in packages {
        let path = metadata["packages"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|found| found["name"] == *package)
            .and_then(|found| found["manifest_path"].as_str())
            .ok_or_else(|| format!("error: {} has no {package}", manifest.display()))?;
        lines += count(&Path::new(path).with_file_name("src"))
            .map_err(|error| format!("error: cannot read {package}: {error}"))?;
    }
    Ok(lines as f64)
}

fn count(folder: &Path) -> std::io::Result<usize> {
    let mut lines = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            lines += count(&path)?;
        } else if path.extension().is_some_and(|it| it == "rs") {
            lines += std::fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(lines)
}
