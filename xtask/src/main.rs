//! The workspace's chores, run as `cargo xtask COMMAND`.

/// Prints a line. Whoever reads may have read enough, as `head` does: that is no failure.
macro_rules! say {
    ($($argument:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($argument)*);
    }};
}

mod bench;
mod check;
mod demo;
mod files;
mod fuzz;
mod generate;
mod import;
mod names;
mod operations;
mod parity;
mod regenerate;
mod sweep;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// The workspace's chores.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    /// The workspace to work on; without, the one that this is run in.
    #[arg(long, global = true, value_name = "FOLDER")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Regenerate, start a local Chime, add members to a room and read them back.
    Demo(demo::Arguments),
    /// Write every generated crate anew from model/; only files that change are written.
    Regenerate(regenerate::Arguments),
    /// Import a published model (Smithy JSON AST or botocore service-2.json) or AWS's partitions into model/.
    Import(import::Arguments),
    /// Generate a crate from any model, anywhere.
    Generate(generate::Arguments),
    /// Compare the public APIs with those of the aws-sdk crates; see parity/README.md.
    ApiDiff(parity::ApiDiffArguments),
    /// Compare requests, answers, signatures and endpoints with the aws-sdk crates and botocore.
    Parity(parity::Arguments),
    /// Measure us and a peer in one run; see benches/README.md.
    Bench(bench::Arguments),
    /// Generate from every model in a folder, compile what comes out, and count what is refused.
    Sweep(sweep::Arguments),
    /// Generate from models with names drawn at random, and compile what comes out.
    Names(names::Arguments),
    /// Run the fuzzers for a while; see CONTRIBUTING.md.
    Fuzz(fuzz::Arguments),
    /// List a model's operations: which are generated, and what each uses.
    Operations(operations::Arguments),
}

/// The cargo that this was run by.
fn cargo() -> std::process::Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    std::process::Command::new(cargo)
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
        Command::ApiDiff(arguments) => parity::api_diff(&arguments),
        Command::Parity(arguments) => parity::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Sweep(arguments) => sweep::run(&arguments),
        Command::Names(arguments) => names::run(&arguments),
        Command::Fuzz(arguments) => fuzz::run(&arguments),
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
