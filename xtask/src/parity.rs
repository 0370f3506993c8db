//! `cargo xtask parity`: the same inputs and answers for us, aws-sdk-chime and botocore.

use crate::files;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What `cargo test` is given after `--`, in place of `--nocapture`.
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Runs the tests of parity/ and shows what they count.
pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let shown = ["--nocapture".to_owned()];
    let arguments = match arguments.arguments.as_slice() {
        [] => &shown,
        given => given,
    };
    let status = crate::cargo()
        .args(["test", "--quiet", "--no-fail-fast", "--"])
        .args(arguments)
        .current_dir(files::root().join("parity"))
        .env("CARGO_TARGET_DIR", files::root().join("target/parity"))
        .status()
        .map_err(|error| format!("error: cannot run cargo: {error}"))?;
    match status.success() {
        true => Ok(()),
        false => Err("error: the SDKs differ, or a test failed: see above".to_owned()),
    }
}
