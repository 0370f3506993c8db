//! The build time and the size of a program.

use super::{cargo, heading, in_turns, rows, text_of};
use crate::files;
use std::path::Path;
use std::time::Instant;

/// Everything is downloaded before, so that clean builds download nothing.
pub(super) fn program(rounds: usize) -> Result<(), String> {
    let root = files::root();
    let folder = |side: &str| root.join("benches/program").join(side);
    let target = |side: &str| root.join("target/bench-program").join(side);
    for side in ["theirs", "ours"] {
        cargo(&folder(side), &target(side), &["fetch"])?;
    }
    say!("Building, {rounds} times each ...");
    let times = in_turns(rounds, |side| {
        let (folder, target) = (folder(side), target(side));
        let timed = |arguments: &[&str]| seconds(|| cargo(&folder, &target, arguments));
        remove(&target)?;
        let release = timed(&["build", "--release"])?;
        remove(&target)?;
        let debug = timed(&["build"])?;
        timed(&["check"])?;
        touch(&root.join("benches/program/main.rs"))?;
        let check = timed(&["check"])?;
        say!("{side:>8}: release {release:.1} s, debug {debug:.1} s, check {check:.2} s");
        Ok([release, debug, check])
    })?;
    let sizes = in_turns(1, |side| {
        let (folder, target) = (folder(side), target(side));
        let size = |profile: &str| {
            cargo(&folder, &target, &["build", "--profile", profile])?;
            let program = target.join(profile).join(format!("program-{side}"));
            let size = std::fs::metadata(&program)
                .map_err(|error| format!("error: no {}: {error}", program.display()))?;
            Ok::<_, String>(size.len() as f64 / 1e6)
        };
        let manifest = folder.join("Cargo.toml");
        let package = match side {
            "theirs" => "aws-sdk-chime",
            _ => "chime-api",
        };
        let lines = lines_of(&manifest, &[package])?;
        Ok([size("release")?, size("release-lto")?, lines])
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
    rows(
        [
            "size of the release binary, stripped, MB",
            "the same with LTO, MB",
            "lines of the generated crate",
        ],
        &sizes,
    );
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
