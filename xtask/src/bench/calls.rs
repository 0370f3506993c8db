//! Single calls, without a network.

use super::{built, heading, in_turns, numbers_of, row, rows};
use crate::files;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(super) fn calls(rounds: usize) -> Result<(), String> {
    let program = built("calls")?;
    heading("of one call", "aws-sdk-chime");
    for (case, count) in [
        ("get_room", 20_000),
        ("batch", 20_000),
        ("endpoint", 5_000_000),
    ] {
        let figures = in_turns(rounds, |side| figures_of::<3>(&program, side, case, count))?;
        let names = ["CPU, µs", "allocations", "bytes allocated"];
        let names = names.map(|name| format!("{case}: {name}"));
        rows(names.each_ref().map(String::as_str), &figures);
        let counted = (
            instructions(&program, "theirs", case),
            instructions(&program, "ours", case),
        );
        match counted {
            (Some(theirs), Some(ours)) => {
                row(&format!("{case}: instructions (callgrind)"), theirs, ours);
            }
            _ => say!("{case}: instructions are counted where valgrind is installed"),
        }
    }
    Ok(())
}

pub(super) fn codec(rounds: usize) -> Result<(), String> {
    let program = built("calls")?;
    let figures = in_turns(rounds, |side| {
        figures_of::<2>(&program, side, "codec", 20_000)
    })?;
    heading("a batch of 50 with 5 refusals", "aws-sdk-chime");
    rows(
        ["making the request, µs", "reading the response, µs"],
        &figures,
    );
    Ok(())
}

pub(super) fn boto3(rounds: usize) -> Result<(), String> {
    let python = python()?;
    let script = files::root().join("benches/boto3/calls.py");
    let program = built("calls")?;
    heading("CPU of one call, µs", "boto3");
    for case in ["get_room", "batch"] {
        let figures = in_turns(rounds, |side| match side {
            "theirs" => numbers_of::<1>(Command::new(&python).arg(&script).args([case, "1000"])),
            _ => figures_of::<3>(&program, side, case, 20_000).map(|[cpu, ..]| [cpu]),
        })?;
        let ([theirs], [ours]) = (figures.theirs, figures.ours);
        say!(
            "{case:<44} {theirs:>14.1} {ours:>12.1} {:>6.3}",
            ours / theirs
        );
    }
    Ok(())
}

/// A Python that has boto3.
fn python() -> Result<PathBuf, String> {
    let named = std::env::var_os("CHIME_TEST_PYTHON").map(PathBuf::from);
    let own = files::root().join("target/ci-venv/bin/python");
    let candidates = [named, Some(own), Some("python3".into())];
    let has_boto3 = |python: &PathBuf| {
        let output = Command::new(python).args(["-c", "import boto3"]).output();
        output.is_ok_and(|output| output.status.success())
    };
    candidates
        .into_iter()
        .flatten()
        .find(has_boto3)
        .ok_or_else(|| {
            "error: no Python with boto3: `python3 -m venv target/ci-venv && \
         target/ci-venv/bin/pip install boto3`, or name one in CHIME_TEST_PYTHON"
                .to_owned()
        })
}

/// The numbers that benches/calls prints for a case.
fn figures_of<const N: usize>(
    program: &Path,
    side: &str,
    case: &str,
    count: u64,
) -> Result<[f64; N], String> {
    numbers_of(Command::new(program).args([side, case, &count.to_string()]))
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
    // Both include the cost of starting.
    Some((collected(600)? - collected(100)?) / 500.0)
}
