//! `cargo xtask bench`: us and a peer, measured in one run.

use crate::files;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to measure.
    name: Name,
    /// How often each side is measured; the median counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Name {
    /// A release build of our own crates against one of aws-sdk-chime.
    CompileTime,
    /// Runs over many items against a plain loop of `send()`: throughput, memory, CPU.
    Batch,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    match arguments.name {
        Name::CompileTime => compile_time(arguments.rounds.max(1)),
        Name::Batch => batch(),
    }
}

/// The program in benches/batch measures by itself; its rounds are its own.
fn batch() -> Result<(), String> {
    let folder = files::root().join("benches/batch");
    println!("Building ...");
    cargo(&folder, &["build", "--release"])?;
    let program = files::root().join("target/bench/release/batch");
    let status = Command::new(&program)
        .status()
        .map_err(|error| format!("error: cannot run {}: {error}", program.display()))?;
    match status.success() {
        true => Ok(()),
        false => Err("error: the measurement failed".to_owned()),
    }
}

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

fn compile_time(rounds: usize) -> Result<(), String> {
    let folder = files::root().join("benches/compile-time");
    println!("Building what all depend on ...");
    cargo(&folder, &["build", "--release"])?;
    let mut times: [Vec<Duration>; SIDES.len()] = Default::default();
    for round in 1..=rounds {
        for (packages, times) in SIDES.iter().zip(&mut times) {
            let time = build(&folder, packages)?;
            println!(
                "round {round}: {:>6.2} s  {}",
                time.as_secs_f64(),
                packages.join(" + ")
            );
            times.push(time);
        }
    }
    let medians = times.map(|mut times| median(&mut times));
    println!(
        "\n{:>8}  {:>6}  release build, dependencies built",
        "median", "ratio"
    );
    for (packages, time) in SIDES.iter().zip(medians) {
        println!(
            "{time:>6.2} s  {:>6.2}  {}",
            time / medians[0],
            packages.join(" + ")
        );
    }
    Ok(())
}

/// How long it takes to build these packages anew.
fn build(folder: &Path, packages: &[&str]) -> Result<Duration, String> {
    let selected: Vec<&str> = packages
        .iter()
        .flat_map(|package| ["--package", package])
        .collect();
    cargo(
        folder,
        &[&["clean", "--release"], selected.as_slice()].concat(),
    )?;
    let start = Instant::now();
    cargo(
        folder,
        &[&["build", "--release"], selected.as_slice()].concat(),
    )?;
    Ok(start.elapsed())
}

fn cargo(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = files::root().join("target/bench");
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("error: cannot run cargo: {error}"))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(format!(
            "error: cargo {} failed:\n{}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr)
        ))
    }
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}
