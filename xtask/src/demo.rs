//! `cargo xtask demo`: the whole path once, from the model to members in a room.

#[derive(clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_arguments: &Arguments) -> Result<(), String> {
    crate::regenerate::run(&crate::regenerate::Arguments::all())
}
