//! What the crates of each service cost to compile, against the aws-sdk crate.

use super::build::{lines_of, seconds};
use super::{cargo, median};
use crate::files;
use std::path::Path;

/// A service by its folder in model/, the aws-sdk crate, and our crates.
struct Pair {
    service: &'static str,
    theirs: &'static str,
    ours: [&'static str; 2],
}

const PAIRS: [Pair; 6] = [
    Pair {
        service: "chime",
        theirs: "aws-sdk-chime",
        ours: ["chime-api", "chime-sdk"],
    },
    Pair {
        service: "chime-sdk-identity",
        theirs: "aws-sdk-chimesdkidentity",
        ours: ["chime-sdk-identity-api", "chime-sdk-identity"],
    },
    Pair {
        service: "chime-sdk-media-pipelines",
        theirs: "aws-sdk-chimesdkmediapipelines",
        ours: ["chime-sdk-media-pipelines-api", "chime-sdk-media-pipelines"],
    },
    Pair {
        service: "chime-sdk-meetings",
        theirs: "aws-sdk-chimesdkmeetings",
        ours: ["chime-sdk-meetings-api", "chime-sdk-meetings"],
    },
    Pair {
        service: "chime-sdk-messaging",
        theirs: "aws-sdk-chimesdkmessaging",
        ours: ["chime-sdk-messaging-api", "chime-sdk-messaging"],
    },
    Pair {
        service: "chime-sdk-voice",
        theirs: "aws-sdk-chimesdkvoice",
        ours: ["chime-sdk-voice-api", "chime-sdk-voice"],
    },
];

/// The crates that all services share. A program compiles these once, however many services it calls.
const RUNTIME: [&str; 3] = ["smithy-operation", "smithy-batch", "smithy-client"];

pub(super) fn run(rounds: usize, services: &[String]) -> Result<(), String> {
    let pairs = selected(services)?;
    let folder = files::root().join("benches/compile-time");
    let target = files::root().join("target/bench");
    say!("Building the dependencies ...");
    // Each set that is timed is built once before, so that only its own packages are left to build.
    for pair in &pairs {
        cargo(&folder, &target, &arguments("build", &[pair.theirs]))?;
        cargo(&folder, &target, &arguments("build", &pair.ours))?;
    }
    cargo(&folder, &target, &arguments("build", &RUNTIME))?;

    let mut sides = vec![Sides::default(); pairs.len()];
    let mut runtime = Vec::new();
    for round in 1..=rounds {
        let timed = |packages: &[&str]| {
            let time = build(&folder, &target, packages)?;
            say!("round {round}: {time:>6.2} s  {}", packages.join(" + "));
            Ok::<_, String>(time)
        };
        for (pair, sides) in pairs.iter().zip(&mut sides) {
            sides.theirs.push(timed(&[pair.theirs])?);
            sides.ours.push(timed(&pair.ours)?);
        }
        runtime.push(timed(&RUNTIME)?);
    }

    let manifest = folder.join("Cargo.toml");
    say!("\nRelease builds with dependencies built, seconds; lines of Rust");
    header();
    let mut sums = [0.0; 4];
    for (pair, sides) in pairs.iter().zip(sides) {
        let figures = sides.figures(lines(&manifest, &[pair.theirs], &pair.ours)?);
        row(pair.service, figures);
        for (sum, figure) in sums.iter_mut().zip(figures) {
            *sum += figure;
        }
    }
    if pairs.len() > 1 {
        row("all", sums);
    }
    say!(
        "\n{:.2} s  {}, once for all services",
        median(runtime),
        RUNTIME.join(" + ")
    );
    Ok(())
}

/// The build times of an aws-sdk crate and of ours.
#[derive(Debug, Default, Clone)]
pub(super) struct Sides {
    pub(super) theirs: Vec<f64>,
    pub(super) ours: Vec<f64>,
}

impl Sides {
    /// The figures of a row.
    pub(super) fn figures(self, [theirs, ours]: [f64; 2]) -> [f64; 4] {
        [median(self.theirs), median(self.ours), theirs, ours]
    }
}

/// The lines of both sides.
pub(super) fn lines(manifest: &Path, theirs: &[&str], ours: &[&str]) -> Result<[f64; 2], String> {
    Ok([lines_of(manifest, theirs)?, lines_of(manifest, ours)?])
}

fn selected(services: &[String]) -> Result<Vec<&'static Pair>, String> {
    if services.is_empty() {
        return Ok(PAIRS.iter().collect());
    }
    let find = |name: &String| {
        let found = PAIRS.iter().find(|pair| pair.service == name);
        found.ok_or_else(|| {
            let known = PAIRS.map(|pair| pair.service).join(", ");
            format!("error: no service `{name}` is compared\n  help: the services are {known}")
        })
    };
    services.iter().map(find).collect()
}

/// Removes the build output of some packages and times their build.
pub(super) fn build(folder: &Path, target: &Path, packages: &[&str]) -> Result<f64, String> {
    cargo(folder, target, &arguments("clean", packages))?;
    let arguments = arguments("build", packages);
    seconds(|| cargo(folder, target, &arguments))
}

fn arguments<'a>(command: &'a str, packages: &[&'a str]) -> Vec<&'a str> {
    let packages = packages.iter().flat_map(|package| ["--package", package]);
    [command, "--release"].into_iter().chain(packages).collect()
}

pub(super) fn header() {
    say!(
        "{:<28} {:>8} {:>8} {:>6} {:>10} {:>8} {:>6}",
        "",
        "aws-sdk",
        "ours",
        "ratio",
        "aws-sdk",
        "ours",
        "ratio"
    );
}

pub(super) fn row(service: &str, [time, our_time, lines, our_lines]: [f64; 4]) {
    say!(
        "{service:<28} {time:>8.2} {our_time:>8.2} {:>6.2} {lines:>10} {our_lines:>8} {:>6.2}",
        our_time / time,
        our_lines / lines
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_of_the_workspace_is_compared() {
        files::set_root(None).expect("a root");
        let folders = files::services().expect("services");
        let names: Vec<_> = folders
            .iter()
            .filter_map(|path| path.file_name()?.to_str())
            .collect();
        let mut compared: Vec<_> = PAIRS.iter().map(|pair| pair.service).collect();
        compared.sort_unstable();
        assert_eq!(names, compared);
    }

    #[test]
    fn a_service_that_is_not_compared_is_an_error() {
        let error = selected(&["chime".into(), "polly".into()]).err();
        let error = error.expect("an error");
        assert!(
            error.contains("`polly`") && error.contains("chime-sdk-voice"),
            "{error}"
        );
    }
}
