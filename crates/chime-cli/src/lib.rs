//! The `chime` command, as a library for its binary and for the fuzzers. It has no public API.

mod aws;
#[doc(hidden)]
pub mod fuzzing;
mod interrupt;
mod journal;
mod members;
mod problem;
mod progress;
mod report;
mod rooms;
mod serve;

use crate::problem::Problem;
use clap::{Parser, Subcommand};
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Amazon Chime from the command line
#[derive(Parser)]
#[command(name = "chime", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Manage chat rooms
    #[command(subcommand)]
    Rooms(rooms::Command),
    /// Run a local Chime for SDKs and the AWS CLI, until interrupted
    Serve(Box<serve::Arguments>),
}

/// Runs the command with the arguments of the process.
pub async fn run() -> ExitCode {
    let filter = EnvFilter::try_from_env("CHIME_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    problem::keep_guarded_panics_quiet();
    let result = match Arguments::parse().command {
        Command::Rooms(command) => rooms::run(command).await,
        Command::Serve(arguments) => match serve::run(&arguments).await {
            Ok(()) => Ok(ExitCode::SUCCESS),
            Err(message) => Err(Problem::from(message)),
        },
    };
    result.unwrap_or_else(|problem| {
        eprintln!("error: {problem}");
        problem.exit_code()
    })
}
