//! `cargo xtask api-diff` and `cargo xtask parity`: the workspace in parity/, which compares us with
//! the aws-sdk crates and botocore.

use crate::files;
use std::process::Command;

#[derive(clap::Args)]
pub(crate) struct ApiDiffArguments {
    /// SERVICE…, --at-least, --dump, --help.
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "ARGUMENTS"
    )]
    arguments: Vec<String>,
}

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The services to compare, by their folders in model/. [default: all]
    services: Vec<String>,
    /// Generate 20 inputs and 40 responses for each operation instead of 200 and 400. The default if `CI` is `true`.
    #[arg(long)]
    sample: bool,
    /// Arguments for `cargo test` after `--`, instead of `--nocapture`.
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// A cargo command on parity/.
fn cargo(command: &str) -> Command {
    let root = files::root();
    let mut cargo = crate::cargo_in(&root.join("parity"), &root.join("target/parity"));
    cargo.args([command, "--quiet"]);
    cargo
}

fn succeed(mut command: Command, otherwise: &str) -> Result<(), String> {
    match crate::status_of(&mut command)?.success() {
        true => Ok(()),
        false => Err(otherwise.to_owned()),
    }
}

/// Compares public APIs.
pub(crate) fn api_diff(arguments: &ApiDiffArguments) -> Result<(), String> {
    let mut command = cargo("run");
    command
        .args(["--package", "api-diff", "--"])
        .args(&arguments.arguments);
    succeed(command, "error: api-diff failed: see above")
}

/// Checks that model/ has the services.
fn known(asked: &[String]) -> Result<(), String> {
    let services = files::services()?;
    let names: Vec<String> = services
        .iter()
        .filter_map(|folder| Some(folder.file_name()?.to_string_lossy().into_owned()))
        .collect();
    match asked.iter().find(|name| !names.contains(name)) {
        None => Ok(()),
        Some(name) => Err(format!(
            "error: there is no service {name}\n  help: the services are {}",
            names.join(", ")
        )),
    }
}

/// Runs the tests of parity/ and prints their counts.
pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let mut command = cargo("test");
    command.arg("--no-fail-fast");
    // Each service is a feature of the package.
    match arguments.services.as_slice() {
        [] => command.arg("--all-features"),
        services => {
            known(services)?;
            command.args(["--features", &services.join(",")])
        }
    };
    if arguments.sample || std::env::var("CI").is_ok_and(|value| value == "true") {
        command.env("PARITY_SAMPLE", "1");
    }
    command.arg("--");
    match arguments.arguments.as_slice() {
        [] => command.arg("--nocapture"),
        given => command.args(given),
    };
    succeed(
        command,
        "error: the SDKs differ, or a test failed: see above",
    )
}
