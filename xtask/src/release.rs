//! `cargo xtask release --dry-run`: everything that has to hold before the crates are published.
//!
//! All steps run, whatever fails, and each prints one line. What they write is in `target/release-check`,
//! the output of their commands in its folder `logs`.

mod checks;
mod manifests;
mod packages;
mod readme;
mod versions;

use crate::files;
use clap::ValueEnum;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Publish nothing. There is no other way to run this: `cargo publish --workspace` publishes.
    #[arg(long, required = true)]
    dry_run: bool,
    /// Run only this step, or these. [default: all]
    #[arg(long = "step", value_name = "STEP")]
    steps: Vec<Step>,
    /// Package files that are not committed, too.
    #[arg(long)]
    allow_dirty: bool,
    /// Fail if a step cannot run, for example without network.
    #[arg(long)]
    strict: bool,
    /// A clone of RustSec's advisory database, instead of the one that cargo-deny fetches.
    #[arg(long, value_name = "FOLDER")]
    advisory_db: Option<PathBuf>,
}

/// The steps, in the order in which they run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Every package has the metadata and exactly the files that it should.
    Manifests,
    /// The packages' names, or these versions of them, are free on crates.io.
    Names,
    /// `cargo package` of everything, each built from its package.
    Packages,
    /// The README's program builds from the packages.
    Readme,
    /// The packages build with the lowest versions that their manifests allow.
    Lowest,
    /// The packages build with the latest versions.
    Latest,
    /// The packages build with the Rust version that their manifests name.
    Msrv,
    /// The documentation builds as docs.rs builds it.
    Docs,
    /// The licences and sources of all dependencies.
    Licences,
    /// Advisories against dependencies.
    Advisories,
    /// The public API against the last tag, by the rules of semantic versioning.
    Semver,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Manifests => "manifests",
            Self::Names => "names",
            Self::Packages => "packages",
            Self::Readme => "readme",
            Self::Lowest => "lowest",
            Self::Latest => "latest",
            Self::Msrv => "msrv",
            Self::Docs => "docs",
            Self::Licences => "licences",
            Self::Advisories => "advisories",
            Self::Semver => "semver",
        }
    }

    fn run(self, run: &Run<'_>) -> Result<Outcome, String> {
        match self {
            Self::Manifests => manifests::check(run),
            Self::Names => manifests::names(run),
            Self::Packages => packages::package(run),
            Self::Readme => readme::build(run),
            Self::Lowest => versions::lowest(run),
            Self::Latest => versions::latest(run),
            Self::Msrv => versions::msrv(run),
            Self::Docs => versions::docs(run),
            Self::Licences => checks::licences(run),
            Self::Advisories => checks::advisories(run),
            Self::Semver => checks::semver(run),
        }
    }
}

/// What became of a step that did not fail.
enum Outcome {
    /// It passed, with this result.
    Passed(String),
    /// It could not run, for this reason.
    Skipped(String),
}

/// A step of a run.
struct Run<'a> {
    arguments: &'a Arguments,
    /// The folder that the steps write to.
    folder: PathBuf,
    log: PathBuf,
}

impl Run<'_> {
    /// Runs a command, whose output goes to the log. The error of one that fails has its last lines.
    fn command(&self, command: &mut Command) -> Result<(), String> {
        let log = self.open(command)?;
        let start = log.metadata().map_or(0, |it| it.len());
        let copy = log.try_clone().map_err(|error| self.unwritable(&error))?;
        let status = crate::status_of(command.stdout(copy).stderr(log))?;
        if status.success() {
            return Ok(());
        }
        let text = fs::read(&self.log).unwrap_or_default();
        let start = usize::try_from(start).unwrap_or_default();
        let text = String::from_utf8_lossy(text.get(start..).unwrap_or_default()).into_owned();
        Err(format!(
            "`{}` failed; the end of {}:\n{}",
            shown(command),
            files::shown(&self.log),
            last_lines(&text, 25)
        ))
    }

    /// Runs a command and returns whether it succeeded, and what it printed to both streams.
    fn ask(&self, command: &mut Command) -> Result<(bool, String), String> {
        let mut log = self.open(command)?;
        let output = command.output().map_err(|error| {
            let program = command.get_program().to_string_lossy();
            format!("cannot run {program}: {error}")
        })?;
        let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&output.stderr));
        // A file that is read by people: `cargo metadata` prints a megabyte.
        let shown: String = text.chars().take(20_000).collect();
        log.write_all(shown.as_bytes())
            .map_err(|error| self.unwritable(&error))?;
        Ok((output.status.success(), text))
    }

    /// Opens the log and writes the command to it.
    fn open(&self, command: &Command) -> Result<File, String> {
        let open = || {
            let mut file = OpenOptions::new()
                .create(true)
                .append(true)
                .open(&self.log)?;
            writeln!(file, "$ {}", shown(command))?;
            Ok(file)
        };
        open().map_err(|error| self.unwritable(&error))
    }

    fn unwritable(&self, error: &std::io::Error) -> String {
        format!("cannot write {}: {error}", files::shown(&self.log))
    }
}

/// Runs the steps and prints a line for each.
pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let folder = files::root().join("target/release-check");
    let logs = folder.join("logs");
    fs::create_dir_all(&logs)
        .map_err(|error| format!("error: cannot create {}: {error}", logs.display()))?;
    let steps: Vec<Step> = match arguments.steps.is_empty() {
        true => Step::value_variants().to_vec(),
        false => arguments.steps.clone(),
    };
    let (mut failed, mut skipped) = (Vec::new(), Vec::new());
    for step in steps {
        let name = step.name();
        let run = Run {
            arguments,
            folder: folder.clone(),
            log: logs.join(format!("{name}.log")),
        };
        // The log of the run before.
        let _ = fs::remove_file(&run.log);
        let start = Instant::now();
        let result = step.run(&run);
        let (word, text) = match &result {
            Ok(Outcome::Passed(text)) => ("ok", text),
            Ok(Outcome::Skipped(text)) => ("SKIPPED", text),
            Err(text) => ("FAILED", text),
        };
        let seconds = start.elapsed().as_secs_f64();
        say!("{name:<10}  {word:<7}  {seconds:>6.1} s  {text}");
        match result {
            Ok(Outcome::Passed(_)) => {}
            Ok(Outcome::Skipped(_)) => skipped.push(name),
            Err(_) => failed.push(name),
        }
    }
    if arguments.strict {
        failed.append(&mut skipped);
    }
    if !failed.is_empty() {
        return Err(format!(
            "error: not ready to publish: {}\n  help: {} has the output of each step",
            failed.join(", "),
            files::shown(&logs)
        ));
    }
    match skipped.is_empty() {
        true => say!("Everything that ran has passed."),
        false => say!(
            "Everything that ran has passed. Not checked: {}.",
            skipped.join(", ")
        ),
    }
    Ok(())
}

/// The last tag of a release before this commit, if there is one. The commit itself has the tag of the
/// release that is checked, or none yet.
fn last_tag(run: &Run<'_>) -> Result<Option<String>, String> {
    let mut git = git();
    git.args([
        "describe",
        "--tags",
        "--abbrev=0",
        "--match",
        "v[0-9]*",
        "HEAD^",
    ]);
    let (success, text) = run.ask(&mut git)?;
    Ok(success.then(|| text.trim().to_owned()))
}

fn git() -> Command {
    let mut git = Command::new("git");
    git.current_dir(files::root());
    git
}

/// A cargo command for the workspace whose output belongs to this task.
fn cargo(folder: &Path, target: &Path) -> Command {
    let mut cargo = crate::cargo_in(folder, target);
    // Set for xtask itself.
    cargo.env_remove("CARGO_MANIFEST_DIR");
    cargo
}

/// A command as it is written in a shell.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(command.get_program());
    let mut text = program.to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let start = lines.len().saturating_sub(count);
    let lines: Vec<String> = lines[start..]
        .iter()
        .map(|line| format!("    {line}"))
        .collect();
    lines.join("\n")
}
