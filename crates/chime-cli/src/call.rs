//! `chime call`: any operation of any service, by its name.

mod help;
mod input;
mod json;
mod output;
mod query;
mod service;

pub(crate) use service::{Found, Service, of as operations};

use crate::aws::Target;
use crate::problem::Problem;
use aws_credential_types::provider::error::CredentialsError;
use chime_sdk::dynamic::{self, DynamicCall, DynamicError, FailureKind, OperationDescriptor};
use clap::CommandFactory;
use output::Format;
use query::Query;
use std::io::Write;
use std::process::ExitCode;

/// The exit codes, which are those of the AWS CLI.
mod exit {
    pub(super) const USAGE: u8 = 252;
    pub(super) const CONFIGURATION: u8 = 253;
    pub(super) const SERVICE: u8 = 254;
    pub(super) const OTHER: u8 = 255;
}

/// What to do if a call fails, in the help of the command.
const CODES: &str = "\
Exit codes:
  0    the call succeeded
  252  the command is wrong: an unknown operation, or an input that the operation does not accept
  253  the configuration is incomplete or wrong, such as missing credentials
  254  the service returned an error
  255  anything else, such as no connection";

#[derive(clap::Args)]
#[command(disable_help_flag = true, after_help = CODES, override_usage = "\
chime call <OPERATION> [MEMBER=VALUE]... [--input <JSON>] [OPTIONS]
       chime call <OPERATION> --help | --skeleton
       chime call --list")]
pub(crate) struct Arguments {
    /// The name of the operation, such as GetRoom
    operation: Option<String>,
    /// Members of the input, such as AccountId=8f2b6f3e
    #[arg(value_name = "MEMBER=VALUE", value_parser = input::member)]
    members: Vec<(String, String)>,
    /// The input: a JSON object, @FILE, or - for stdin
    #[arg(long, value_name = "JSON", allow_hyphen_values = true)]
    input: Option<String>,
    /// The service [default: chime, or the only one with the operation]
    #[arg(long, value_enum)]
    service: Option<Service>,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = Format::Json)]
    output: Format,
    /// Print a part of the result: a JMESPath expression
    #[arg(long, value_name = "JMESPATH")]
    query: Option<String>,
    /// Request all pages of a list, and print them as one result
    #[arg(long)]
    all_pages: bool,
    /// List the operations
    #[arg(long, conflicts_with = "operation")]
    list: bool,
    /// Print an input with all members, to be filled in
    #[arg(long, requires = "operation")]
    skeleton: bool,
    /// Print help, about the operation if there is one
    #[arg(long, short)]
    help: bool,
    #[command(flatten)]
    target: Target,
}

/// Finds an operation.
pub(crate) fn find(name: &str, service: Option<Service>) -> Option<Found> {
    service::find(name, service).ok()
}

/// Runs the command.
pub(crate) async fn run(arguments: &Arguments) -> ExitCode {
    match attempt(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {}", failure.message);
            ExitCode::from(failure.code)
        }
    }
}

/// Returns the exit code of bad arguments.
pub(crate) fn bad_arguments() -> ExitCode {
    ExitCode::from(exit::USAGE)
}

/// Why the command failed.
#[derive(Debug)]
struct Failure {
    message: String,
    code: u8,
}

impl Failure {
    fn usage(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: exit::USAGE,
        }
    }

    fn other(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: exit::OTHER,
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self {
            message: problem.to_string(),
            code: match problem {
                Problem::Setting(_) => exit::CONFIGURATION,
                Problem::Other(_) => exit::OTHER,
            },
        }
    }
}

impl From<DynamicError> for Failure {
    fn from(error: DynamicError) -> Self {
        Self {
            code: code_of(&error),
            message: match &error {
                DynamicError::InvalidInput(invalid) => {
                    let mut message = format!("invalid input of {}", invalid.operation);
                    for problem in &invalid.problems {
                        message.push_str(&format!("\n  {problem}"));
                    }
                    message
                }
                error => error.to_string(),
            },
        }
    }
}

fn code_of(error: &DynamicError) -> u8 {
    let Some(failure) = error.failure() else {
        return match error.is_usage() {
            true => exit::USAGE,
            false => exit::OTHER,
        };
    };
    match failure.kind() {
        FailureKind::Service => exit::SERVICE,
        FailureKind::Construction => exit::CONFIGURATION,
        _ if lacks_credentials(error) => exit::CONFIGURATION,
        _ => exit::OTHER,
    }
}

fn lacks_credentials(error: &DynamicError) -> bool {
    std::iter::successors(Some(error as &dyn std::error::Error), |it| it.source())
        .any(|cause| cause.is::<CredentialsError>())
}

async fn attempt(arguments: &Arguments) -> Result<(), Failure> {
    let Some(name) = &arguments.operation else {
        if arguments.list {
            return print(&help::list(arguments.service));
        }
        if arguments.help {
            return print(&usage());
        }
        return Err(Failure::usage(
            "name an operation, such as GetRoom; `chime call --list` lists all",
        ));
    };
    let found = service::find(name, arguments.service).map_err(Failure::usage)?;
    if arguments.help {
        return print(&help::operation(&found));
    }
    if arguments.skeleton {
        refuse_streams(found.operation)?;
        let skeleton = dynamic::skeleton(found.operation.shape().input);
        return print(&output::json(&json::of(&skeleton)));
    }
    call(arguments, &found).await
}

fn refuse_streams(operation: &'static OperationDescriptor) -> Result<(), Failure> {
    match dynamic::check_input(operation, &dynamic::Document::Null) {
        Err(error @ DynamicError::Streaming { .. }) => Err(error.into()),
        _ => Ok(()),
    }
}

async fn call(arguments: &Arguments, found: &Found) -> Result<(), Failure> {
    // All that can be wrong with the command is found before anything is sent.
    let query = arguments.query.as_deref().map(Query::parse).transpose();
    let query = query.map_err(Failure::usage)?;
    let input = input::read(
        arguments.input.as_deref(),
        &arguments.members,
        found.operation.shape().input,
    );
    let input = input.map_err(Failure::usage)?;
    dynamic::check_input(found.operation, &input)?;
    let config = arguments.target.config().await?;
    let handle = found.service.handle(config);
    let mut call = DynamicCall::new(
        handle,
        found.service.operations(),
        found.operation.name,
        input,
    );
    if arguments.all_pages {
        call = call.all_pages();
    }
    let mut result = json::of(&call.await?);
    if let Some(query) = &query {
        result = query.search(&result).map_err(Failure::other)?;
    }
    print(&arguments.output.write(&result).map_err(Failure::other)?)
}

/// Prints text with a newline at its end.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let end = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    match write!(out, "{text}{end}").and_then(|()| out.flush()) {
        // Whoever read the output has seen enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::other(format!("cannot write the result: {error}"))),
        Ok(()) => Ok(()),
    }
}

/// Returns the help of the command.
fn usage() -> String {
    let mut command = crate::Arguments::command();
    command.build();
    match command.find_subcommand_mut("call") {
        Some(call) => call.render_help().to_string(),
        None => String::new(),
    }
}
