//! The chime command.
fn main() {}
