//! The cost of regeneration.

use super::{medians, text_of};
use crate::files;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// There is no peer, since other generators need a JVM, Gradle and their repositories.
pub(super) fn regenerate(rounds: usize) -> Result<(), String> {
    let mut figures = Vec::new();
    // The first run builds and writes whatever is not up to date.
    for _ in 0..=rounds {
        figures.push(once()?);
    }
    let [time, memory] = medians(&figures[1..]);
    say!("cargo xtask regenerate, nothing changed: {time:.3} s, {memory:.1} MiB at the peak");
    Ok(())
}

/// Seconds, and the peak of the memory of the process that generates.
fn once() -> Result<[f64; 2], String> {
    let failed = |error: std::io::Error| format!("error: cannot run xtask: {error}");
    let start = Instant::now();
    text_of(
        crate::cargo()
            .args(["xtask", "regenerate"])
            .current_dir(files::root()),
    )?;
    let time = start.elapsed().as_secs_f64();
    // This program is the one that generates.
    let program = std::env::current_exe().map_err(failed)?;
    let mut child = Command::new(program)
        .arg("--root")
        .arg(files::root())
        .arg("regenerate")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0.0_f64;
    while child.try_wait().map_err(failed)?.is_none() {
        // The process may end between the two checks.
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        peak = peak.max(number.unwrap_or_default() / 1024.0);
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok([time, peak])
}
