//! Calls over loopback HTTP.

use super::{built, cargo, heading, in_turns, medians, numbers_of, rows};
use crate::files;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub(super) fn loopback(rounds: usize) -> Result<(), String> {
    let program = built("loopback")?;
    heading("get_room over loopback", "aws-sdk-chime");
    for in_flight in ["1", "16", "256"] {
        let figures = in_turns(rounds, |side| {
            numbers_of::<4>(Command::new(&program).args([side, in_flight, "20000"]))
        })?;
        let names = [
            "calls per second",
            "median, ms",
            "99th percentile, ms",
            "99.9th percentile, ms",
        ];
        let names = names.map(|name| format!("{in_flight} in flight: {name}"));
        rows(names.each_ref().map(String::as_str), &figures);
    }
    for (case, name) in [
        ("idle", "memory of an idle client, KiB"),
        ("idle-https", "the same after reading certificates, KiB"),
    ] {
        let figures = in_turns(rounds, |side| {
            numbers_of::<1>(Command::new(&program).args([case, side]))
        })?;
        rows([name], &figures);
    }
    Ok(())
}

/// A server that is stopped after the measurement.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// There is no peer, since no other local Chime is known. The client is chime-sdk's.
pub(super) fn serve(rounds: usize) -> Result<(), String> {
    let program = built("loopback")?;
    let target = files::root().join("target/bench");
    say!("Building chime ...");
    cargo(
        &files::root(),
        &target,
        &["build", "--release", "--package", "chime-sdk-cli"],
    )?;
    let folder = std::env::temp_dir().join(format!("chime-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("error: cannot create {}: {error}", folder.display()))?;
    let file = folder.join("chime.db").display().to_string();
    let reads_and_writes = [
        ("get_room", 20_000),
        ("batch", 4_000),
        ("create_room", 20_000),
    ];
    let result = serve_with(
        &target,
        &program,
        "chime serve",
        &[],
        &reads_and_writes,
        rounds,
    )
    .and_then(|()| {
        let cases = [("get_room", 20_000), ("create_room", 20_000)];
        let flags = ["--data", &*file];
        serve_with(
            &target,
            &program,
            "chime serve --data",
            &flags,
            &cases,
            rounds,
        )
    });
    // What is left in the folder for temporary files is removed by the system.
    let _ = std::fs::remove_dir_all(&folder);
    result
}

/// Measures a server with these flags.
fn serve_with(
    target: &Path,
    program: &Path,
    what: &str,
    flags: &[&str],
    cases: &[(&str, u32)],
    rounds: usize,
) -> Result<(), String> {
    let mut child = Command::new(target.join("release/chime"))
        .args(["serve", "--port", "0", "--sample-users", "50"])
        .args(flags)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("error: cannot run chime serve: {error}"))?;
    let lines = child.stdout.take().map(BufReader::new);
    let _serving = Serving(child);
    let mut place = Vec::new();
    for line in lines.into_iter().flat_map(BufRead::lines).take(3) {
        let line = line.map_err(|error| format!("error: chime serve: {error}"))?;
        let word = line.split_whitespace().last();
        place.push(word.unwrap_or_default().to_owned());
    }
    if place.len() < 3 {
        return Err("error: chime serve did not print its address".to_owned());
    }
    say!("\n{:<44} {:>14} {:>10}", what, "a second", "median, ms");
    for (case, count) in cases {
        let count = count.to_string();
        for in_flight in ["1", "16", "256"] {
            let mut figures = Vec::new();
            for _ in 0..rounds {
                let mut command = Command::new(program);
                command.args(["at", case, in_flight, &count]).args(&place);
                figures.push(numbers_of::<4>(&mut command)?);
            }
            let [rate, median, ..] = medians(&figures);
            let what = format!("{case}, {in_flight} in flight");
            say!("{what:<44} {rate:>14.0} {median:>10.3}");
        }
    }
    Ok(())
}
