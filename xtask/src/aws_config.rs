//! `cargo xtask aws-config`: aws-config, unmodified, on generated clients.

use crate::files::{self, Model};
use crate::moto::Server;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder with the models sts.json, sso.json and sso-oidc.json.
    models: PathBuf,
    /// Also assume roles with moto's server: the Python that has `moto[server]`.
    #[arg(long)]
    python: Option<PathBuf>,
    /// Also time a clean release build with the published aws-sdk crates, and one with the generated crates.
    #[arg(long)]
    builds: bool,
}

/// The services that aws-config calls: their models, and the crates that it names.
const SERVICES: &[(&str, &str)] = &[
    ("sts.json", "aws-sdk-sts"),
    ("sso.json", "aws-sdk-sso"),
    ("sso-oidc.json", "aws-sdk-ssooidc"),
];

/// Later than all that aws-config may require, so that cargo never takes a published one.
const VERSION: &str = "1.65535.0";

const MANIFEST: &str = r#"[package]
name = "uses-aws-config"
version = "0.0.0"
edition = "2024"

[dependencies]
aws-config = "=1.13.0"
aws-credential-types = "1"
aws-smithy-http-client = { version = "1", features = ["test-util"] }
aws-smithy-types = "1"
http = "1"
tokio = { version = "1", features = ["macros", "rt"] }

[workspace]
exclude = ["aws-sdk-sts", "aws-sdk-sso", "aws-sdk-ssooidc"]

[profile.dev]
debug = false
incremental = false

[profile.release]
strip = true
"#;

/// Puts the generated crates in the place of the published ones.
const PATCH: &str = r#"
[patch.crates-io]
aws-sdk-sts = { path = "aws-sdk-sts" }
aws-sdk-sso = { path = "aws-sdk-sso" }
aws-sdk-ssooidc = { path = "aws-sdk-ssooidc" }
"#;

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let folder = files::root().join("target/aws-config");
    let home = folder.join("home");
    remove(&home)?;
    for (model, name) in SERVICES {
        remove(&folder.join(name))?;
        generate(&arguments.models.join(model), name, &folder.join(name))?;
    }
    write(&folder, &format!("{MANIFEST}{PATCH}"))?;
    build(&folder, &["build", "--quiet"])?;
    check_patched(&folder)?;
    let program = folder.join("target/debug/uses-aws-config");
    call(Command::new(&program).env_clear().env("HOME", &home))?;
    if let Some(python) = &arguments.python {
        let server = Server::start(python)?;
        let mut program = Command::new(&program);
        program.arg("server").env_clear().env("HOME", &home);
        call(program.env("AWS_ENDPOINT_URL", server.url()))?;
    }
    if arguments.builds {
        let published = files::root().join("target/aws-config-published");
        write(&published, MANIFEST)?;
        time("published aws-sdk crates", &published)?;
        time("generated crates", &folder)?;
    }
    Ok(())
}

/// Writes the program, with the versions of dependencies that the project is tested with.
fn write(folder: &Path, manifest: &str) -> Result<(), String> {
    files::write(&folder.join("Cargo.toml"), manifest)?;
    let program = files::root().join("parity/aws-config/src/main.rs");
    files::write(&folder.join("src/main.rs"), &files::read(&program)?)?;
    let lock = files::read(&files::root().join("Cargo.lock"))?;
    files::write(&folder.join("Cargo.lock"), &without_services(&lock))
}

/// Removes the crates of the services from a lock file. Cargo keeps a version that is locked, even if it is patched.
fn without_services(lock: &str) -> String {
    let is_service = |package: &&str| {
        let name = package
            .lines()
            .find_map(|line| line.strip_prefix("name = "));
        SERVICES
            .iter()
            .any(|(_, service)| name.is_some_and(|name| name.trim_matches('"') == *service))
    };
    let kept: Vec<&str> = lock
        .split("\n\n")
        .filter(|package| !is_service(package))
        .collect();
    kept.join("\n\n")
}

/// Fails unless aws-config is built on the generated crates.
fn check_patched(folder: &Path) -> Result<(), String> {
    let lock = files::read(&folder.join("Cargo.lock"))?;
    match lock.contains("[[patch.unused]]") {
        true => Err(
            "error: cargo does not use the generated crates: see target/aws-config/Cargo.lock"
                .to_owned(),
        ),
        false => Ok(()),
    }
}

fn build(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    let mut cargo = crate::cargo_in(folder, &folder.join("target"));
    match crate::status_of(cargo.args(arguments))?.success() {
        true => Ok(()),
        false => Err("error: the program that uses aws-config does not compile".to_owned()),
    }
}

fn call(program: &mut Command) -> Result<(), String> {
    match crate::status_of(program)?.success() {
        true => Ok(()),
        false => Err("error: aws-config does not work with the generated crates".to_owned()),
    }
}

/// Prints the time of a clean release build, all dependencies included, and the size of the program.
fn time(what: &str, folder: &Path) -> Result<(), String> {
    build(folder, &["fetch", "--quiet"])?;
    remove(&folder.join("target/release"))?;
    let start = Instant::now();
    build(folder, &["build", "--release", "--quiet"])?;
    let seconds = start.elapsed().as_secs_f64();
    let program = folder.join("target/release/uses-aws-config");
    let size = std::fs::metadata(&program)
        .map_err(|error| format!("error: no {}: {error}", files::shown(&program)))?
        .len();
    say!(
        "clean release build with the {what}: {seconds:.1} s, {:.2} MB stripped",
        size as f64 / 1e6
    );
    Ok(())
}

fn generate(model: &Path, name: &str, into: &Path) -> Result<(), String> {
    let settings = format!("crate = \"{name}\"\nversion = \"{VERSION}\"\noperations = \"all\"\n");
    let model = Model::with_settings(&[model.to_owned()], settings)?;
    crate::generate::standalone(&model, "cargo xtask aws-config", into)
}

fn remove(folder: &Path) -> Result<(), String> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if folder.exists() => Err(format!(
            "error: cannot remove {}: {error}",
            files::shown(folder)
        )),
        _ => Ok(()),
    }
}
