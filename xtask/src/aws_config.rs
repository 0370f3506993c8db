//! `cargo xtask aws-config`: aws-config, unmodified, on generated clients.

use crate::bench;
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
    /// Also time clean release builds with the published aws-sdk crates and with the generated crates.
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

/// Puts the generated crates in the place of the published ones.
const PATCH: &str = r#"
[patch.crates-io]
aws-sdk-sts = { path = "aws-sdk-sts" }
aws-sdk-sso = { path = "aws-sdk-sso" }
aws-sdk-ssooidc = { path = "aws-sdk-ssooidc" }
"#;

/// How often each side is built.
const ROUNDS: usize = 3;

/// Where no server is.
const NOWHERE: &str = "http://127.0.0.1:1";

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let folder = files::root().join("target/aws-config");
    let program = files::root().join("parity/aws-config");
    for (model, name) in SERVICES {
        remove(&folder.join(name))?;
        generate(&arguments.models.join(model), name, &folder.join(name))?;
    }
    copy_patched(&program, &folder)?;
    let target = folder.join("target");
    build(&folder, &target, &["build", "--features", "replay"])?;
    check_patched(&folder)?;
    let home = folder.join("home");
    remove(&home)?;
    let built = target.join("debug/uses-aws-config");
    let call = |argument: &str, variables: &[(&str, &str)]| {
        let mut program = Command::new(&built);
        program.arg(argument).env_clear().env("HOME", &home);
        call(program.envs(variables.iter().copied()))
    };
    call("replay", &[])?;
    if let Some(python) = &arguments.python {
        let server = Server::start(python)?;
        let token = home.join(".aws/web-token").display().to_string();
        let role = [
            ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/environment"),
            ("AWS_WEB_IDENTITY_TOKEN_FILE", &token),
        ];
        for endpoints in [
            &[("AWS_ENDPOINT_URL", server.url())][..],
            // That of the service takes precedence.
            &[
                ("AWS_ENDPOINT_URL_STS", server.url()),
                ("AWS_ENDPOINT_URL", NOWHERE),
            ],
        ] {
            call("server", &[&role, endpoints].concat())?;
        }
    }
    if arguments.builds {
        let published = Side {
            name: "published",
            folder: program,
            target: files::root().join("target/aws-config-published"),
        };
        let generated = Side {
            name: "generated",
            folder,
            target,
        };
        compare(&published, &generated)?;
    }
    Ok(())
}

/// Copies the program, with the generated crates in the place of the published ones.
fn copy_patched(program: &Path, folder: &Path) -> Result<(), String> {
    for file in files::below(&program.join("src"))? {
        let inside = file.strip_prefix(program).unwrap_or(&file);
        files::write(&folder.join(inside), &files::read(&file)?)?;
    }
    let manifest = files::read(&program.join("Cargo.toml"))?;
    files::write(&folder.join("Cargo.toml"), &format!("{manifest}{PATCH}"))?;
    let lock = files::read(&program.join("Cargo.lock"))?;
    files::write(&folder.join("Cargo.lock"), &without_services(&lock))
}

/// Removes the crates of the services from a lock file. Cargo keeps a version that is locked, even if it is patched.
fn without_services(lock: &str) -> String {
    let packages = lock.split("\n\n");
    let kept: Vec<&str> = packages.filter(|package| !is_service(package)).collect();
    kept.join("\n\n")
}

/// Whether a package of a lock file is a crate of one of the services.
fn is_service(package: &str) -> bool {
    let name = field(package, "name");
    SERVICES.iter().any(|(_, service)| name == Some(service))
}

/// A field of a package in a lock file.
fn field<'l>(package: &'l str, key: &str) -> Option<&'l str> {
    package.lines().find_map(|line| {
        let value = line.strip_prefix(key)?.strip_prefix(" = ")?;
        Some(value.trim_matches('"'))
    })
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

fn build(folder: &Path, target: &Path, arguments: &[&str]) -> Result<(), String> {
    let mut cargo = crate::cargo_in(folder, target);
    match crate::status_of(cargo.args(arguments).arg("--quiet"))?.success() {
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

/// The program on published or on generated crates.
struct Side {
    name: &'static str,
    folder: PathBuf,
    target: PathBuf,
}

impl Side {
    /// The seconds of a clean release build, all dependencies included, and the megabytes of the program.
    fn measure(&self) -> Result<[f64; 2], String> {
        remove(&self.target.join("release"))?;
        let start = Instant::now();
        build(&self.folder, &self.target, &["build", "--release"])?;
        let seconds = start.elapsed().as_secs_f64();
        let program = self.target.join("release/uses-aws-config");
        let size = std::fs::metadata(&program)
            .map_err(|error| format!("error: no {}: {error}", files::shown(&program)))?
            .len() as f64
            / 1e6;
        say!("{}: {seconds:.1} s, {size:.2} MB", self.name);
        Ok([seconds, size])
    }

    /// The crates that aws-config calls services by, with their versions.
    fn crates(&self) -> Result<String, String> {
        let lock = files::read(&self.folder.join("Cargo.lock"))?;
        let packages = lock.split("\n\n");
        let services = packages.filter(|package| is_service(package));
        let named = services.map(|package| {
            let field = |key| field(package, key).unwrap_or_default();
            format!("{} {}", field("name"), field("version"))
        });
        Ok(named.collect::<Vec<_>>().join(", "))
    }
}

/// Prints what the program is built of, the time of its builds and its size.
fn compare(published: &Side, generated: &Side) -> Result<(), String> {
    for side in [published, generated] {
        // Builds download nothing.
        build(&side.folder, &side.target, &["fetch"])?;
        say!("{}: {}", side.name, side.crates()?);
    }
    let figures = bench::in_turns(ROUNDS, |side| match side {
        "theirs" => published.measure(),
        _ => generated.measure(),
    })?;
    bench::columns(
        "a program with aws-config",
        [published.name, generated.name],
    );
    let names = ["clean release build, s", "size of the binary, stripped, MB"];
    bench::rows(names, &figures);
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
