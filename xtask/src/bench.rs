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
    /// One call through an in-memory connector against aws-sdk-chime's: CPU, instructions, allocations.
    Calls,
    /// Runs over many items against a plain loop of `send()`: throughput, memory, CPU.
    Batch,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    match arguments.name {
        Name::CompileTime => compile_time(arguments.rounds.max(1)),
        Name::Calls => calls(arguments.rounds.max(1)),
        Name::Batch => batch(),
    }
}

fn calls(rounds: usize) -> Result<(), String> {
    say!("Building ...");
    cargo(
        &files::root().join("benches/calls"),
        &["build", "--release"],
    )?;
    let program = files::root().join("target/bench/release/calls");
    say!(
        "{:<10} {:<28} {:>13} {:>10} {:>6}",
        "",
        "of one",
        "aws-sdk-chime",
        "chime-sdk",
        "ratio"
    );
    for (case, count) in [
        ("get_room", 20_000),
        ("batch", 20_000),
        ("endpoint", 5_000_000),
    ] {
        let mut sides = [Vec::new(), Vec::new()];
        for _ in 0..rounds {
            for (side, figures) in ["theirs", "ours"].into_iter().zip(&mut sides) {
                figures.push(figures_of(&program, side, case, count)?);
            }
        }
        let of = |figure: usize| {
            sides.each_ref().map(|rounds| {
                let mut values: Vec<f64> = rounds.iter().map(|round| round[figure]).collect();
                values.sort_by(f64::total_cmp);
                values[values.len() / 2]
            })
        };
        let mut rows = vec![
            ("CPU, µs", of(0)),
            ("allocations", of(1)),
            ("bytes allocated", of(2)),
        ];
        let instructions = (
            instructions(&program, "theirs", case),
            instructions(&program, "ours", case),
        );
        if let (Some(theirs), Some(ours)) = instructions {
            rows.push(("instructions (callgrind)", [theirs, ours]));
        }
        for (what, [theirs, ours]) in rows {
            say!(
                "{case:<10} {what:<28} {theirs:>13.2} {ours:>10.2} {:>6.2}",
                ours / theirs
            );
        }
    }
    Ok(())
}

/// CPU time, allocations and bytes of one call.
fn figures_of(program: &Path, side: &str, case: &str, count: u64) -> Result<[f64; 3], String> {
    let output = Command::new(program)
        .args([side, case, &count.to_string()])
        .output()
        .map_err(|error| format!("error: cannot run {}: {error}", program.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = text.split_whitespace().flat_map(str::parse).collect();
    numbers.try_into().map_err(|_| {
        let errors = String::from_utf8_lossy(&output.stderr);
        format!("error: the measurement failed: {errors}")
    })
}

/// Instructions of one call, as callgrind counts them; `None` where valgrind is not installed.
fn instructions(program: &Path, side: &str, case: &str) -> Option<f64> {
    let collected = |count: u64| {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(program)
            .args([side, case, &count.to_string()])
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let (_, number) = text.split_once("Collected : ")?;
        number.split_whitespace().next()?.parse::<f64>().ok()
    };
    // What starting costs is in both.
    Some((collected(600)? - collected(100)?) / 500.0)
}

/// The program in benches/batch measures by itself; its rounds are its own.
fn batch() -> Result<(), String> {
    let folder = files::root().join("benches/batch");
    say!("Building ...");
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
    say!("Building what all depend on ...");
    cargo(&folder, &["build", "--release"])?;
    let mut times: [Vec<Duration>; SIDES.len()] = Default::default();
    for round in 1..=rounds {
        for (packages, times) in SIDES.iter().zip(&mut times) {
            let time = build(&folder, packages)?;
            say!(
                "round {round}: {:>6.2} s  {}",
                time.as_secs_f64(),
                packages.join(" + ")
            );
            times.push(time);
        }
    }
    let medians = times.map(|mut times| median(&mut times));
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
