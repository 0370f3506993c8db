//! What generated crates outside the workspace cost to compile, against the aws-sdk crates.

use super::cargo;
use super::compile_time::{Sides, build, header, lines, row};
use crate::files::{self, Model, shown};
use std::path::{Path, PathBuf};

/// The services that are measured by default: their names in the aws-sdk crates.
const SERVICES: [&str; 2] = ["dynamodb", "ssm"];

/// One operation of a service alone, as `sdk.toml` selects it.
const ALONE: (&str, &str) = ("ssm", "GetParameter");

pub(super) fn run(rounds: usize, models: &Path, services: &[String]) -> Result<(), String> {
    let services: Vec<&str> = match services {
        [] => SERVICES.to_vec(),
        named => named.iter().map(String::as_str).collect(),
    };
    let folder = files::root().join("target/bench-generated");
    let target = files::root().join("target/bench");
    let mut packages = Vec::new();
    for service in &services {
        let name = format!("generated-{service}");
        generate(models, service, &name, "\"all\"", &folder)?;
        packages.push(name);
    }
    let alone = format!("generated-{}-alone", ALONE.0);
    generate(
        models,
        ALONE.0,
        &alone,
        &format!("[\"{}\"]", ALONE.1),
        &folder,
    )?;
    files::write(&folder.join("Cargo.toml"), &manifest(&services, &alone))?;
    files::write(&folder.join("src/lib.rs"), "")?;

    say!("Building the dependencies ...");
    let theirs: Vec<String> = services
        .iter()
        .map(|name| format!("aws-sdk-{name}"))
        .collect();
    let all: Vec<&str> = theirs.iter().chain(&packages).map(String::as_str).collect();
    for package in all.iter().chain([&alone.as_str()]) {
        cargo(
            &folder,
            &target,
            &["build", "--release", "--package", package],
        )?;
    }
    let mut sides = vec![Sides::default(); services.len()];
    let mut alone_times = Vec::new();
    for round in 1..=rounds {
        let timed = |package: &str| {
            let time = build(&folder, &target, &[package])?;
            say!("round {round}: {time:>6.2} s  {package}");
            Ok::<_, String>(time)
        };
        for ((theirs, ours), sides) in theirs.iter().zip(&packages).zip(&mut sides) {
            sides.theirs.push(timed(theirs)?);
            sides.ours.push(timed(ours)?);
        }
        alone_times.push(timed(&alone)?);
    }
    let manifest = folder.join("Cargo.toml");
    say!("\nRelease builds with dependencies built, seconds; lines of Rust");
    header();
    for (((service, theirs), ours), sides) in services.iter().zip(&theirs).zip(&packages).zip(sides)
    {
        row(
            service,
            sides.figures(lines(&manifest, &[theirs], &[ours])?),
        );
    }
    say!("\n{:.2} s  {} alone", super::median(alone_times), ALONE.1);
    Ok(())
}

/// Writes the crate of a service, whose model is the file in the folder that has the service's name.
fn generate(
    models: &Path,
    service: &str,
    name: &str,
    operations: &str,
    folder: &Path,
) -> Result<(), String> {
    let settings = format!("crate = \"{name}\"\noperations = {operations}\n");
    let model = Model::with_settings(&[model_of(models, service)?], settings)?;
    crate::generate::standalone(&model, "cargo xtask bench", &folder.join(name))
}

/// Finds `ssm.json` or `ssm-2014-11-06.json` for `ssm`.
fn model_of(models: &Path, service: &str) -> Result<PathBuf, String> {
    let exact = models.join(format!("{service}.json"));
    if exact.is_file() {
        return Ok(exact);
    }
    let dated = |path: &PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let version = name
            .strip_prefix(service)
            .and_then(|rest| rest.strip_prefix('-'));
        version.is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit()))
    };
    files::below(models)?.into_iter().find(dated).ok_or_else(|| {
        format!(
            "error: {} has no model of `{service}`\n  help: name a folder with the file {service}.json",
            shown(models)
        )
    })
}

fn manifest(services: &[&str], alone: &str) -> String {
    let mut text = "[package]\nname = \"bench-generated\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
                    [workspace]\n\n[dependencies]\n"
        .to_owned();
    let features = "default-features = false, features = [\"rt-tokio\"]";
    for service in services {
        text += &format!("aws-sdk-{service} = {{ version = \"1\", {features} }}\n");
        let name = format!("generated-{service}");
        text += &format!("{name} = {{ path = \"{name}\", {features} }}\n");
    }
    text + &format!("{alone} = {{ path = \"{alone}\", {features} }}\n")
}
