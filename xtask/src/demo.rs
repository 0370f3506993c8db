//! `cargo xtask demo`: the whole way from the model to members in a room.

use crate::files;
use crate::regenerate;

#[derive(clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_arguments: &Arguments) -> Result<(), String> {
    say!("Generating from the model:");
    regenerate::run(&regenerate::Arguments::all())?;
    say!();
    // A separate process, since xtask must build even when the generated crate does not.
    let mut cargo = crate::cargo();
    cargo
        .args([
            "run",
            "--quiet",
            "--package",
            "chime-examples",
            "--bin",
            "add_members",
        ])
        .current_dir(files::root());
    match crate::status_of(&mut cargo)?.success() {
        true => Ok(()),
        false => Err("error: the demo failed: see above".to_owned()),
    }
}
