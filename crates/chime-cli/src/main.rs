//! The `chime` command.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    chime_cli::run().await
}
