//! Compile times and sizes.

use super::{cargo, heading, in_turns, median, rows, text_of};
use crate::files;
use std::path::Path;
use std::time::Instant;

/// What is measured: the peer's one crate, ours that hold the service, and all of ours.
const SIDES: [&[&str]; 3] = [
    &["aws-sdk-chime"],
    &["chime-api", "chime-sdk"],
    &[
        "smithy-operation",
        "smithy-client",
        "chime-api",
        "chime-sdk",
    ],
];

pub(super) fn compile_time(rounds: usize) -> Result<(), String> {
    let folder = files::root().join("benches/compile-time");
    let target = files::root().join("target/bench");
    say!("Building what all depend on ...");
    cargo(&folder, &target, &["build", "--release"])?;
    let mut times: [Vec<f64>; SIDES.len()] = Default::default();
    for round in 1..=rounds {
        for (packages, times) in SIDES.iter().zip(&mut times) {
            let selected: Vec<&str> = packages
                .iter()
                .flat_map(|package| ["--package", package])
                .collect();
            let with = |words: [&'static str; 2]| [&words, selected.as_slice()].concat();
            cargo(&folder, &target, &with(["clean", "--release"]))?;
            let time = seconds(|| cargo(&folder, &target, &with(["build", "--release"])))?;
            say!("round {round}: {time:>6.2} s  {}", packages.join(" + "));
            times.push(time);
        }
    }
    let medians = times.map(median);
    say!(
        "\n{:>8}  {:>6}  release build, dependencies built",
        "median",
        "ratio"
    );
    for (packages, time) in SIDES.iter().zip(medians) {
        say!(
            "{time:>6.2} s  {:>6.2}  {}",
            time / medians[0],
            packages.join(" + ")
        );
    }
    Ok(())
}

/// Clean builds download nothing: that is done before.
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
        let lines = lines_of(&manifest, package)?;
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

fn seconds(work: impl FnOnce() -> Result<(), String>) -> Result<f64, String> {
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

/// Lines of Rust in a package that a manifest depends on, blank ones and comments too.
fn lines_of(manifest: &Path, package: &str) -> Result<f64, String> {
    let text = text_of(
        crate::cargo()
            .args(["metadata", "--format-version", "1", "--manifest-path"])
            .arg(manifest),
    )?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| format!("error: cargo metadata: {error}"))?;
    let path = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|found| found["name"] == package)
        .and_then(|found| found["manifest_path"].as_str())
        .ok_or_else(|| format!("error: {} has no {package}", manifest.display()))?;
    count(&Path::new(path).with_file_name("src"))
        .map(|lines| lines as f64)
        .map_err(|error| format!("error: cannot read {package}: {error}"))
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
