//! `cargo xtask aws-config`: aws-config, unmodified, on generated clients.

use crate::files::{self, Model};
use codegen::{Input, Manifest};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder with the models sts.json, sso.json and sso-oidc.json.
    models: PathBuf,
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

[patch.crates-io]
aws-sdk-sts = { path = "aws-sdk-sts" }
aws-sdk-sso = { path = "aws-sdk-sso" }
aws-sdk-ssooidc = { path = "aws-sdk-ssooidc" }

[workspace]
exclude = ["aws-sdk-sts", "aws-sdk-sso", "aws-sdk-ssooidc"]

[profile.dev]
debug = false
incremental = false
"#;

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let folder = files::root().join("target/aws-config");
    let home = folder.join("home");
    remove(&home)?;
    for (model, name) in SERVICES {
        remove(&folder.join(name))?;
        generate(&arguments.models.join(model), name, &folder.join(name))?;
    }
    files::write(&folder.join("Cargo.toml"), MANIFEST)?;
    let program = files::root().join("parity/aws-config/src/main.rs");
    files::write(&folder.join("src/main.rs"), &files::read(&program)?)?;
    // The versions that the project is tested with.
    let lock = files::read(&files::root().join("Cargo.lock"))?;
    files::write(&folder.join("Cargo.lock"), &lock)?;
    let mut cargo = crate::cargo_in(&folder, &folder.join("target"));
    cargo.args(["build", "--quiet"]);
    if !crate::status_of(&mut cargo)?.success() {
        return Err("error: aws-config does not compile with the generated crates".to_owned());
    }
    let mut program = std::process::Command::new(folder.join("target/debug/uses-aws-config"));
    program.env_clear().env("HOME", &home);
    match crate::status_of(&mut program)?.success() {
        true => Ok(()),
        false => Err("error: aws-config does not work with the generated crates".to_owned()),
    }
}

fn generate(model: &Path, name: &str, into: &Path) -> Result<(), String> {
    let settings = format!("crate = \"{name}\"\nversion = \"{VERSION}\"\noperations = \"all\"\n");
    let model = Model::with_settings(&[model.to_owned()], settings)?;
    let output = codegen::generate(&Input {
        model: &model.sources(),
        settings: model.settings(),
        command: "cargo xtask aws-config",
        manifest: Manifest::Standalone(&files::runtime()),
        skip_unsupported: false,
    });
    let output = output.map_err(|problems| crate::regenerate::count(&problems))?;
    for (path, text) in &output.files {
        files::write(&into.join(path), text)?;
    }
    Ok(())
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
