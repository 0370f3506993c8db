//! Compares the SDKs with the aws-sdk crates and botocore: the same inputs and answers for all of
//! them.
//!
//! Botocore takes part if `CHIME_TEST_PYTHON` names a Python that has it. `PARITY_SAMPLE` makes a run
//! short, and `PARITY_SEED` repeats one.

mod answers;
pub mod cases;
mod differences;
mod endpoints;
pub mod peer;
mod requests;
pub mod sdk;

use sdk::Sdk;

/// A service, and the two crates that call it.
pub struct Service {
    /// The folder in model/, which is also botocore's name of the service.
    pub name: &'static str,
    pub ours: &'static dyn Sdk,
    pub theirs: &'static dyn Sdk,
}

/// Whether the run is a short one.
fn is_sample() -> bool {
    std::env::var_os("PARITY_SAMPLE").is_some()
}

/// How many inputs, and how many answers of success and as many of refusal, each operation gets.
fn each() -> usize {
    if is_sample() { 20 } else { 200 }
}

/// The seed of a run: `PARITY_SEED`, or a new one.
fn seed() -> u64 {
    let given = std::env::var("PARITY_SEED").ok();
    given.map_or_else(
        || fastrand::u64(..),
        |text| text.parse().expect("PARITY_SEED is a number"),
    )
}
