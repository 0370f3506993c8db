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
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    match arguments.name {
        Name::CompileTime => compile_time(arguments.rounds.max(1)),
    }
}

const OURS: &[&str] = &["smithy-operation", "chime-api", "chime-sdk"];
const PEER: &[&str] = &["aws-sdk-chime"];

fn compile_time(rounds: usize) -> Result<(), String> {
    let folder = files::root().join("benches/compile-time");
    println!("Building what both depend on ...");
    cargo(&folder, &["build", "--release"])?;
    let (mut ours, mut peers) = (Vec::new(), Vec::new());
    for round in 1..=rounds {
        peers.push(build(&folder, PEER)?);
        ours.push(build(&folder, OURS)?);
        println!(
            "round {round}: {} {:.2} s, {} {:.2} s",
            PEER.join(" + "),
            peers[round - 1].as_secs_f64(),
            OURS.join(" + "),
            ours[round - 1].as_secs_f64()
        );
    }
    let (ours, peers) = (median(&mut ours), median(&mut peers));
    println!(
        "\n{:<42} {:>8}  {:>6}",
        "release build, dependencies built", "median", "ratio"
    );
    println!("{:<42} {peers:>6.2} s  {:>6.2}", PEER.join(" + "), 1.0);
    println!(
        "{:<42} {ours:>6.2} s  {:>6.2}",
        OURS.join(" + "),
        ours / peers
    );
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
