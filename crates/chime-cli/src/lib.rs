//! The `chime` command, as a library for its binary and for the fuzzers. It has no public API.

mod aws;
mod call;
mod complete;
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
    /// Call any operation of Chime and the Chime SDK services
    Call(Box<call::Arguments>),
    /// Print the words that complete a command line
    #[command(hide = true)]
    Complete(complete::Arguments),
    /// Print the script that completes commands, operations and members in a shell
    Completions {
        /// The shell
        shell: complete::Shell,
    },
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
    let command = match Arguments::try_parse() {
        Ok(arguments) => arguments.command,
        Err(error) => return refuse(&error),
    };
    let result = match command {
        Command::Call(arguments) => return call::run(&arguments).await,
        Command::Complete(arguments) => {
            complete::print(&arguments);
            Ok(ExitCode::SUCCESS)
        }
        Command::Completions { shell } => {
            complete::print_script(shell);
            Ok(ExitCode::SUCCESS)
        }
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

/// Prints why the arguments cannot be used, or the help that they ask for.
fn refuse(error: &clap::Error) -> ExitCode {
    // Printing fails if the output is closed, and then the error cannot be reported anywhere.
    let _ = error.print();
    let is_call = std::env::args_os().nth(1).is_some_and(|it| it == "call");
    match error.use_stderr() {
        false => ExitCode::SUCCESS,
        true if is_call => call::bad_arguments(),
        true => ExitCode::from(2),
    }
}
