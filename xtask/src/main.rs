//! The tasks of the workspace, run as `cargo xtask COMMAND`.

/// Prints a line. A reader that stops early, such as `head`, is not a failure.
macro_rules! say {
    ($($argument:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($argument)*);
    }};
}

mod aws_config;
mod bench;
mod check;
mod conformance;
mod demo;
mod differential;
mod endpoint_tests;
mod files;
mod fuzz;
mod generate;
mod import;
mod local_model;
mod moto;
mod names;
mod operations;
mod parity;
mod regenerate;
mod release;
mod sweep;

use clap::{Parser, Subcommand};
use std::path::Path;
use std::path::PathBuf;
use std::process::{ExitCode, ExitStatus};

/// The tasks of the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    /// The workspace to work on. [default: the one around the current folder]
    #[arg(long, global = true, value_name = "FOLDER")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Regenerate, start a local Chime, add members to a room and read them back.
    Demo(demo::Arguments),
    /// Regenerate all generated crates from model/. Unchanged files are not touched.
    Regenerate(regenerate::Arguments),
    /// Import a published model (Smithy JSON AST or botocore service-2.json) or AWS's partitions into model/.
    Import(import::Arguments),
    /// Generate a complete crate from any model, anywhere.
    Generate(generate::Arguments),
    /// Generate clients from protocol tests and run them; see CONTRIBUTING.md.
    Conformance(conformance::Arguments),
    /// Compare the public APIs with those of the aws-sdk crates; see parity/README.md.
    ApiDiff(parity::ApiDiffArguments),
    /// Compare requests, responses, signatures and endpoints with the aws-sdk crates and botocore.
    Parity(parity::Arguments),
    /// Build aws-config on generated clients instead of the aws-sdk crates, and run it; see parity/README.md.
    AwsConfig(aws_config::Arguments),
    /// Compare clients of other AWS services with botocore; see parity/README.md.
    Differential(differential::Arguments),
    /// Measure this project and its peers in one run, or draw the figures; see benches/README.md.
    Bench(bench::Arguments),
    /// Generate from every model in a folder, compile the crates, and count what is rejected.
    Sweep(sweep::Arguments),
    /// Generate from models with random names, and compile the crates.
    Names(names::Arguments),
    /// Run the endpoint tests of every model in a folder, with the rules and with the decision diagrams.
    EndpointTests(endpoint_tests::Arguments),
    /// Run the fuzzers for a while; see CONTRIBUTING.md.
    Fuzz(fuzz::Arguments),
    /// Generate clients of other services and call moto's server, which needs Python.
    Moto(moto::Arguments),
    /// Check everything that has to hold before the crates are published; see CONTRIBUTING.md.
    Release(release::Arguments),
    /// List a model's operations, which of them are generated, and what each uses.
    Operations(operations::Arguments),
}

/// The cargo that runs this.
fn cargo() -> std::process::Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    std::process::Command::new(cargo)
}

/// A cargo command for the workspace in a folder, which has a target folder of its own.
fn cargo_in(folder: &Path, target: &Path) -> std::process::Command {
    let mut cargo = cargo();
    cargo.current_dir(folder).env("CARGO_TARGET_DIR", target);
    cargo
}

/// Runs a command, and returns its status.
fn status_of(command: &mut std::process::Command) -> Result<ExitStatus, String> {
    let status = command.status();
    status.map_err(|error| {
        let program = command.get_program().to_string_lossy();
        format!("error: cannot run {program}: {error}")
    })
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Err(message) = files::set_root(arguments.root) {
        eprintln!("{message}");
        return ExitCode::FAILURE;
    }
    let result = match arguments.command {
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Regenerate(arguments) => regenerate::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Conformance(arguments) => conformance::run(&arguments),
        Command::ApiDiff(arguments) => parity::api_diff(&arguments),
        Command::Parity(arguments) => parity::run(&arguments),
        Command::AwsConfig(arguments) => aws_config::run(&arguments),
        Command::Differential(arguments) => differential::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Sweep(arguments) => sweep::run(&arguments),
        Command::Names(arguments) => names::run(&arguments),
        Command::EndpointTests(arguments) => endpoint_tests::run(&arguments),
        Command::Fuzz(arguments) => fuzz::run(&arguments),
        Command::Moto(arguments) => moto::run(&arguments),
        Command::Release(arguments) => release::run(&arguments),
        Command::Operations(arguments) => operations::run(&arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
