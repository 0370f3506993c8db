//! `cargo xtask fuzz`: runs the targets of fuzz/ for a while and prints their findings.
//!
//! It only needs the compiler's coverage instrumentation and libFuzzer from `libfuzzer-sys`: no
//! cargo-fuzz, no nightly toolchain, no sanitizer.

use crate::files;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, io};

/// The flags of cargo-fuzz that need no sanitizer.
const INSTRUMENTATION: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// An input that takes longer is a finding.
const TIMEOUT_SECONDS: u64 = 20;
/// An input that needs more memory, in MiB, is a finding.
const MEMORY: u64 = 2048;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The target to run. [default: all]
    target: Option<String>,
    /// How many minutes all targets run in total. [default: 10]
    #[arg(long, value_name = "N", conflicts_with = "seconds")]
    minutes: Option<f64>,
    /// How many seconds each target runs.
    #[arg(long, value_name = "N")]
    seconds: Option<u64>,
    /// Run the target once, with this input.
    #[arg(long, value_name = "FILE", requires = "target", conflicts_with_all = ["minutes", "seconds"])]
    input: Option<PathBuf>,
}

/// Builds the targets, runs them one after the other, and prints executions and findings of each.
pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let folder = files::root().join("target/fuzz");
    let program = build(&folder)?;
    let corpus = folder.join("corpus");
    let known = seed(&program, &corpus)?;
    let targets: Vec<String> = match &arguments.target {
        None => known,
        Some(name) if known.contains(name) => vec![name.clone()],
        Some(name) => {
            return Err(format!(
                "error: there is no fuzz target `{name}`\n  help: the targets are {}",
                known.join(", ")
            ));
        }
    };
    if let (Some(target), Some(input)) = (&arguments.target, &arguments.input) {
        return once(&program, target, input);
    }
    let seconds = match (arguments.seconds, arguments.minutes) {
        (Some(seconds), _) => seconds,
        (None, minutes) => {
            let all = minutes.unwrap_or(10.0).max(0.0) * 60.0;
            (all / targets.len() as f64) as u64
        }
    };
    let fuzzer = Fuzzer {
        program,
        folder,
        seconds: seconds.max(1),
    };
    let mut outcomes = Vec::new();
    for target in &targets {
        eprintln!("{target}: {} s", fuzzer.seconds);
        outcomes.push((target, fuzzer.run(target)?));
    }
    say!(
        "{:<16} {:>12} {:>9} {:>9}",
        "target",
        "executions",
        "corpus",
        "findings"
    );
    for (target, outcome) in &outcomes {
        let Outcome {
            executions,
            corpus,
            findings,
        } = outcome;
        say!(
            "{target:<16} {executions:>12} {corpus:>9} {:>9}",
            findings.len()
        );
    }
    let findings: Vec<&Finding> = outcomes.iter().flat_map(|(_, it)| &it.findings).collect();
    if findings.is_empty() {
        return Ok(());
    }
    let mut message = "error: there are findings:".to_owned();
    for finding in findings {
        message += &format!("\n  {}: {}", files::shown(&finding.input), finding.what);
    }
    Err(message + "\n  help: CONTRIBUTING.md describes what to do with them")
}

/// Builds the instrumented fuzzers and returns the program, which contains all of them.
fn build(folder: &Path) -> Result<PathBuf, String> {
    let host = host()?;
    let mut cargo = crate::cargo_in(&files::root().join("fuzz"), folder);
    cargo
        .args(["build", "--release", "--target", &host])
        // With `--target`, these do not apply to build scripts.
        .env("RUSTFLAGS", INSTRUMENTATION)
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    match crate::status_of(&mut cargo)?.success() {
        true => Ok(folder.join(host).join("release/fuzz")),
        false => Err("error: the fuzzers cannot be built: see above".to_owned()),
    }
}

fn host() -> Result<String, String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .arg("-vV")
        .output()
        .map_err(|error| format!("error: cannot run rustc: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| "error: `rustc -vV` does not print its host".to_owned())
}

/// Writes the seeds of all targets and returns the targets' names.
fn seed(program: &Path, corpus: &Path) -> Result<Vec<String>, String> {
    let output = fuzzers(program)
        .env("FUZZ_SEEDS", corpus)
        .output()
        .map_err(cannot_run)?;
    let names = String::from_utf8_lossy(&output.stdout);
    let names: Vec<String> = names.lines().map(str::to_owned).collect();
    match output.status.success() && !names.is_empty() {
        true => Ok(names),
        false => Err(format!(
            "error: the seeds cannot be written:\n{}",
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

/// Runs a target with one input.
fn once(program: &Path, target: &str, input: &Path) -> Result<(), String> {
    let input = std::path::absolute(input)
        .map_err(|error| format!("error: there is no {}: {error}", files::shown(input)))?;
    let status = fuzzers(program)
        .arg(format!("-timeout={TIMEOUT_SECONDS}"))
        .arg(&input)
        .env("FUZZ_TARGET", target)
        // Without a folder for findings, the first finding ends the process.
        .env_remove("FUZZ_FINDINGS")
        .status()
        .map_err(cannot_run)?;
    match status.success() {
        true => Ok(()),
        false => Err("error: the input is a finding: see above".to_owned()),
    }
}

/// The fuzzers, run in the folder in which they look for the fixtures.
fn fuzzers(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(files::root().join("fuzz"));
    command
}

fn cannot_run(error: io::Error) -> String {
    format!("error: cannot run the fuzzers: {error}")
}

struct Fuzzer {
    program: PathBuf,
    folder: PathBuf,
    seconds: u64,
}

struct Outcome {
    executions: u64,
    corpus: usize,
    findings: Vec<Finding>,
}

struct Finding {
    input: PathBuf,
    what: String,
}

impl Fuzzer {
    /// Runs a target to its end.
    fn run(&self, target: &str) -> Result<Outcome, String> {
        let corpus = self.folder.join("corpus").join(target);
        let findings = self.folder.join("findings").join(target);
        // Findings of an earlier run may be fixed; their inputs are in the corpus.
        keep(&findings, &corpus)?;
        let last_input = self.folder.join(format!("{target}.last"));
        let (executions, ended) = self.libfuzzer(target, &corpus, &findings, None)?;
        let mut found = read(&findings)?;
        if !ended && found.iter().all(|finding| !is_of_libfuzzer(&finding.input)) {
            // The process ended without a finding. Run again, with each input written to disk first.
            let (_, ended) = self.libfuzzer(target, &corpus, &findings, Some(&last_input))?;
            let input = findings.join("crash-of-the-process");
            if !ended && fs::copy(&last_input, &input).is_ok() {
                let what = "the process ended, as if its stack had overflowed".to_owned();
                found.push(Finding { input, what });
            } else if !ended {
                let input = findings.clone();
                let what = "the process ended, and the input is unknown".to_owned();
                found.push(Finding { input, what });
            }
        }
        Ok(Outcome {
            executions,
            corpus: fs::read_dir(&corpus).map_or(0, Iterator::count),
            findings: found,
        })
    }

    /// Runs libFuzzer. Returns the number of executions and whether it ended by itself.
    fn libfuzzer(
        &self,
        target: &str,
        corpus: &Path,
        findings: &Path,
        last_input: Option<&Path>,
    ) -> Result<(u64, bool), String> {
        let dictionary = self.folder.join(format!("corpus/{target}.dict"));
        let mut command = fuzzers(&self.program);
        command
            .arg(format!("-max_total_time={}", self.seconds))
            .arg(format!("-timeout={TIMEOUT_SECONDS}"))
            .arg(format!("-rss_limit_mb={MEMORY}"))
            .arg(format!("-artifact_prefix={}/", findings.display()))
            .args(["-print_final_stats=1", "-verbosity=1"])
            .arg(corpus)
            .env("FUZZ_TARGET", target)
            .env("FUZZ_FINDINGS", findings)
            .stdout(Stdio::null());
        // libFuzzer does not accept an empty value.
        if fs::metadata(&dictionary).is_ok_and(|it| it.len() > 0) {
            command.arg(format!("-dict={}", dictionary.display()));
        }
        // Inputs of earlier findings, which are in the repository.
        let regressions = files::root().join("fuzz/regressions").join(target);
        if regressions.is_dir() {
            command.arg(regressions);
        }
        if let Some(path) = last_input {
            command.env("FUZZ_LAST_INPUT", path);
        }
        let output = command.output().map_err(cannot_run)?;
        let said = String::from_utf8_lossy(&output.stderr);
        let log = self.folder.join(format!("{target}.log"));
        files::write(&log, &said)?;
        let stat = |name: &str| {
            let line = said.lines().rev().find_map(|line| line.strip_prefix(name));
            line.and_then(|number| number.trim().parse().ok())
        };
        let executions = stat("stat::number_of_executed_units:").or_else(|| last_count(&said));
        Ok((executions.unwrap_or_default(), output.status.success()))
    }
}

/// The number of the last line that begins with one: `#1234 NEW ...`.
fn last_count(said: &str) -> Option<u64> {
    let lines = said.lines().rev();
    let mut numbers = lines.filter_map(|line| line.strip_prefix('#')?.split_whitespace().next());
    numbers.find_map(|number| number.parse().ok())
}

/// Moves the inputs of earlier findings into the corpus.
fn keep(findings: &Path, corpus: &Path) -> Result<(), String> {
    for path in files::below(findings)? {
        if let Some(name) = path.file_name()
            && path.extension().is_none()
        {
            let _ = fs::copy(&path, corpus.join(name));
        }
    }
    let _ = fs::remove_dir_all(findings);
    fs::create_dir_all(findings)
        .map_err(|error| format!("error: cannot make {}: {error}", files::shown(findings)))
}

/// The findings in a folder.
fn read(folder: &Path) -> Result<Vec<Finding>, String> {
    let inputs = files::below(folder)?.into_iter();
    let inputs = inputs.filter(|path| path.extension().is_none());
    Ok(inputs
        .map(|input| {
            let said = fs::read_to_string(input.with_extension("txt")).ok();
            let mut lines = said.iter().flat_map(|text| text.lines());
            // The place and the message of the panic.
            let what = match (lines.next(), lines.next()) {
                (Some(place), Some(message)) => format!("{place} {message}"),
                _ => "see the log next to the folder `corpus`".to_owned(),
            };
            Finding { input, what }
        })
        .collect())
}

/// Whether libFuzzer wrote a finding itself.
fn is_of_libfuzzer(input: &Path) -> bool {
    let name = input.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| {
        ["crash-", "timeout-", "oom-", "slow-unit-"]
            .iter()
            .any(|kind| name.starts_with(kind))
    })
}
