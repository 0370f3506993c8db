//! `cargo xtask bench`: measures this project and its peers in one run.

mod build;
mod calls;
mod chart;
mod compile_time;
mod generated;
mod network;
mod regenerate;

use crate::files;
use clap::ValueEnum;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to measure. Without a name, everything is measured, which takes more than an hour.
    name: Option<Name>,
    /// For `compile-time`: the services to measure, by their folder in model/. [default: all] For `generated`: by the
    /// names of their aws-sdk crates. [default: dynamodb ssm]
    #[arg(value_name = "SERVICE")]
    services: Vec<String>,
    /// How often each side is measured. The median is reported. [default: 5, and 3 for `program` and `compile-time`]
    #[arg(long)]
    rounds: Option<usize>,
    /// For `generated`: a folder of AWS's published models, Smithy JSON AST files.
    #[arg(long, value_name = "FOLDER")]
    models: Option<PathBuf>,
    /// Measure nothing and draw the figures of benches/figures.toml into docs/figures.svg.
    #[arg(long, conflicts_with_all = ["name", "rounds"])]
    chart: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Name {
    /// A release build of each service's crates against one of its aws-sdk crate.
    CompileTime,
    /// A release build of crates generated from published models against their aws-sdk crates; needs `--models`.
    Generated,
    /// A program that adds one member, with each SDK: clean builds, a check after a change, its size.
    Program,
    /// One call through an in-memory connector against aws-sdk-chime's: CPU, instructions, allocations.
    Calls,
    /// Only writing the body of a batch and reading its response, against aws-sdk-chime.
    Codec,
    /// CPU time of one call against boto3's.
    Boto3,
    /// Calls per second over loopback HTTP against aws-sdk-chime's, and the memory of an idle client.
    Loopback,
    /// Requests per second that `chime serve` handles.
    Serve,
    /// Runs over many items against a plain loop of `send()`: throughput, memory, CPU.
    Batch,
    /// `cargo xtask regenerate` when nothing has changed: time and memory.
    Regenerate,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    if arguments.chart {
        return chart::run();
    }
    if let Some(name) = arguments.name {
        return measure(name, arguments);
    }
    // The short ones first.
    for name in Name::value_variants().iter().rev() {
        if matches!(name, Name::Generated) && arguments.models.is_none() {
            continue;
        }
        say!("\n== {name:?}");
        measure(*name, arguments)?;
    }
    Ok(())
}

fn measure(name: Name, arguments: &Arguments) -> Result<(), String> {
    let rounds = |default: usize| arguments.rounds.unwrap_or(default).max(1);
    let services = &arguments.services;
    if !services.is_empty() && !matches!(name, Name::CompileTime | Name::Generated) {
        return Err("error: only `compile-time` and `generated` take services".to_owned());
    }
    match name {
        Name::CompileTime => compile_time::run(rounds(3), services),
        Name::Generated => {
            let models = arguments.models.as_deref().ok_or(
                "error: `generated` needs models\n  help: name a folder with AWS's published models by --models",
            )?;
            generated::run(rounds(3), models, services)
        }
        Name::Program => build::program(rounds(3)),
        Name::Calls => calls::calls(rounds(5)),
        Name::Codec => calls::codec(rounds(5)),
        Name::Boto3 => calls::boto3(rounds(5)),
        Name::Loopback => network::loopback(rounds(5)),
        Name::Serve => network::serve(rounds(5)),
        Name::Batch => batch(),
        Name::Regenerate => regenerate::regenerate(rounds(5)),
    }
}

/// Runs the program in benches/batch, which measures and repeats by itself.
fn batch() -> Result<(), String> {
    let program = built("batch")?;
    let status = Command::new(&program)
        .status()
        .map_err(|error| format!("error: cannot run {}: {error}", program.display()))?;
    match status.success() {
        true => Ok(()),
        false => Err("error: the measurement failed".to_owned()),
    }
}

/// Builds the program in a folder of benches/ for release.
fn built(name: &str) -> Result<PathBuf, String> {
    say!("Building benches/{name} ...");
    let folder = files::root().join("benches").join(name);
    let target = files::root().join("target/bench");
    cargo(&folder, &target, &["build", "--release"])?;
    Ok(target.join("release").join(name))
}

fn cargo(folder: &Path, target: &Path, arguments: &[&str]) -> Result<(), String> {
    text_of(crate::cargo_in(folder, target).args(arguments)).map(|_| ())
}

/// The output of a command; an error if it fails.
fn text_of(command: &mut Command) -> Result<String, String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("error: cannot run {:?}: {error}", command.get_program()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let arguments: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
    Err(format!(
        "error: {} {} failed:\n{}",
        command.get_program().to_string_lossy(),
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr)
    ))
}

/// The numbers that a command prints.
fn numbers_of<const N: usize>(command: &mut Command) -> Result<[f64; N], String> {
    let text = text_of(command)?;
    let numbers: Vec<f64> = text.split_whitespace().flat_map(str::parse).collect();
    numbers
        .try_into()
        .map_err(|_| format!("error: expected {N} numbers, found: {text}"))
}

/// Measures both sides in turns and returns the median of each number.
pub(crate) fn in_turns<const N: usize>(
    rounds: usize,
    mut measure: impl FnMut(&str) -> Result<[f64; N], String>,
) -> Result<Pair<N>, String> {
    let mut sides = [Vec::new(), Vec::new()];
    for _ in 0..rounds {
        for (side, figures) in ["theirs", "ours"].into_iter().zip(&mut sides) {
            figures.push(measure(side)?);
        }
    }
    let [theirs, ours] = sides.map(|rounds| medians(&rounds));
    Ok(Pair { theirs, ours })
}

pub(crate) struct Pair<const N: usize> {
    theirs: [f64; N],
    ours: [f64; N],
}

fn medians<const N: usize>(rounds: &[[f64; N]]) -> [f64; N] {
    std::array::from_fn(|figure| median(rounds.iter().map(|round| round[figure]).collect()))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A table of ratios; the peer is named in the heading.
fn heading(what: &str, peer: &str) {
    columns(what, [peer, "chime-sdk"]);
}

/// The heading of a table of ratios.
pub(crate) fn columns(what: &str, [theirs, ours]: [&str; 2]) {
    say!("\n{what:<44} {theirs:>14} {ours:>12} {:>6}", "ratio");
}

pub(crate) fn rows<const N: usize>(names: [&str; N], figures: &Pair<N>) {
    for ((name, theirs), ours) in names.into_iter().zip(figures.theirs).zip(figures.ours) {
        row(name, theirs, ours);
    }
}

fn row(what: &str, theirs: f64, ours: f64) {
    let digits = if theirs.abs() < 100.0 { 2 } else { 0 };
    say!(
        "{what:<44} {theirs:>14.digits$} {ours:>12.digits$} {:>6.2}",
        ours / theirs
    );
}
