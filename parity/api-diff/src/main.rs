//! `cargo xtask api-diff`: how much of the aws-sdk crates' public API our client crates have.

mod document;
mod render;
mod services;
mod surface;

use clap::Parser;
use serde::Deserialize;
use services::Service;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use surface::{Surface, Universe};

/// Compares the public API of each client crate with that of its aws-sdk crate.
#[derive(Parser)]
#[command(name = "cargo xtask api-diff", bin_name = "cargo xtask api-diff")]
struct Arguments {
    /// The services to compare, by their folders in model/ [default: all].
    services: Vec<String>,
    /// Fail unless at least this percentage of the peer's items has the same signature, for each
    /// service.
    #[arg(long, value_name = "PERCENT", default_value_t = 99.0)]
    at_least: f64,
    /// Also write each side's items to FOLDER/SERVICE-peer.txt and FOLDER/SERVICE-ours.txt.
    #[arg(long, value_name = "FOLDER")]
    dump: Option<PathBuf>,
}

/// The crates whose items every client crate re-exports.
const RUNTIME: [&str; 3] = ["smithy-operation", "smithy-batch", "smithy-client"];

const TABLE: &str = "parity/api-diff.toml";

/// The differences that are accepted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    accepted: Vec<Accepted>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    items: String,
    reason: String,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let parity = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("");
    let text = std::fs::read_to_string(parity.join("api-diff.toml"))
        .map_err(|error| format!("error: cannot read {TABLE}: {error}"))?;
    let table: Table =
        toml::from_str(&text).map_err(|error| format!("error: in {TABLE}: {error}"))?;
    let all = services::all(&parity)?;
    let services = services::chosen(&all, &arguments.services)?;

    let packages = services.iter().flat_map(|service| {
        let own = [&service.peer, &service.client, &service.shapes];
        own.map(String::as_str)
    });
    let packages: Vec<&str> = packages.chain(RUNTIME).collect();
    let features: Vec<&str> = services.iter().map(|it| it.name.as_str()).collect();
    let documents = document::Documents::new(&parity, &packages, &features)?;

    let mut total = Report::new(&table);
    let mut problems = Vec::new();
    for service in services {
        let (peer, ours) = surfaces(service, &documents)?;
        if let Some(folder) = &arguments.dump {
            for (side, surface) in [("peer", &peer), ("ours", &ours)] {
                let path = folder.join(format!("{}-{side}.txt", service.name));
                let text: String = surface.iter().map(|(k, v)| format!("{k}  {v}\n")).collect();
                std::fs::write(&path, text)
                    .map_err(|error| format!("error: cannot write {}: {error}", path.display()))?;
            }
        }
        let mut report = Report::new(&table);
        report.compare(&peer, &ours, &table);
        println!("{}", report.line(service));
        problems.extend(report.problems(service, arguments.at_least));
        total.add(report);
    }
    println!("\n{}", total.text(&table).trim_end());
    if features.len() == all.len() {
        problems.extend(total.unused(&table));
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(problems.join("\n")),
    }
}

/// What the users of the peer and of our crate can name.
fn surfaces(
    service: &Service,
    documents: &document::Documents,
) -> Result<(Surface, Surface), String> {
    let load = |packages: &[&str], known: &Surface| -> Result<Surface, String> {
        let mut crates = Vec::new();
        for package in packages {
            crates.push((package.replace('-', "_"), documents.load(package)?));
        }
        Ok(Universe::new(crates, known).surface())
    };
    let peer = load(&[&service.peer], &Surface::new())?;
    let ours: Vec<&str> = [service.client.as_str(), &service.shapes]
        .into_iter()
        .chain(RUNTIME)
        .collect();
    let ours = load(&ours, &peer)?;
    Ok((peer, ours))
}

/// How an item of the peer's differs from ours.
enum Difference {
    Missing,
    Differs { ours: String },
}

struct Open {
    path: String,
    signature: String,
    difference: Difference,
}

#[derive(Default)]
struct Report {
    /// By kind: all items, and those that are the same.
    kinds: BTreeMap<&'static str, (usize, usize)>,
    /// How many differences each entry of the table accepts.
    accepted: Vec<usize>,
    open: Vec<Open>,
}

impl Report {
    fn new(table: &Table) -> Self {
        Self {
            accepted: vec![0; table.accepted.len()],
            ..Self::default()
        }
    }

    fn compare(&mut self, peer: &Surface, ours: &Surface, table: &Table) {
        for (path, signature) in peer {
            let (all, same) = self.kinds.entry(kind(path, signature)).or_default();
            *all += 1;
            let difference = match ours.get(path) {
                Some(other) if other == signature => {
                    *same += 1;
                    continue;
                }
                Some(other) => Difference::Differs {
                    ours: other.clone(),
                },
                None => Difference::Missing,
            };
            let mut entries = table.accepted.iter();
            match entries.position(|entry| matches(&entry.items, path)) {
                Some(entry) => self.accepted[entry] += 1,
                None => self.open.push(Open {
                    path: path.clone(),
                    signature: signature.clone(),
                    difference,
                }),
            }
        }
    }

    fn add(&mut self, other: Self) {
        for (kind, (all, same)) in other.kinds {
            let sum = self.kinds.entry(kind).or_default();
            *sum = (sum.0 + all, sum.1 + same);
        }
        for (sum, count) in self.accepted.iter_mut().zip(other.accepted) {
            *sum += count;
        }
        self.open.extend(other.open);
    }

    fn totals(&self) -> (usize, usize) {
        let sum = |(a, b), (c, d): &(usize, usize)| (a + c, b + d);
        self.kinds.values().fold((0, 0), sum)
    }

    fn share(&self) -> f64 {
        let (all, same) = self.totals();
        100.0 * same as f64 / all.max(1) as f64
    }

    /// A service's line.
    fn line(&self, service: &Service) -> String {
        let (all, same) = self.totals();
        let peer = format!("{} {}", service.peer, service.version);
        let (name, share) = (&service.name, self.share());
        format!("{name:<26} {peer:<40} {same:>6} of {all:>6}  {share:.2} %")
    }

    /// The kinds of items, the accepted differences and the others.
    fn text(&self, table: &Table) -> String {
        let mut text = format!("{:<28} {:>6} {:>6}\n", "items of the peers", "all", "same");
        for (kind, (all, same)) in &self.kinds {
            text += &format!("{kind:<28} {all:>6} {same:>6}\n");
        }
        let (all, same) = self.totals();
        let share = self.share();
        text += &format!("{:<28} {all:>6} {same:>6}  {share:.2} %\n", "total");
        text += &format!("\ndifferences accepted by {TABLE}:\n");
        for (entry, count) in table.accepted.iter().zip(&self.accepted) {
            text += &format!("{count:>4}  {}\n      {}\n", entry.items, entry.reason);
        }
        for open in &self.open {
            let Open {
                path, signature, ..
            } = open;
            text += &match &open.difference {
                Difference::Missing => format!("\nmissing: {path}\n    {signature}\n"),
                Difference::Differs { ours } => {
                    format!("\ndiffers: {path}\n    theirs: {signature}\n    ours:   {ours}\n")
                }
            };
        }
        text
    }

    /// Why a service fails.
    fn problems(&self, service: &Service, at_least: f64) -> Vec<String> {
        let name = &service.name;
        let mut problems = Vec::new();
        if !self.open.is_empty() {
            problems.push(format!(
                "error: {name}: {} differences are not accepted\n  help: add what is missing, or \
                 enter the reason for the difference in {TABLE}",
                self.open.len()
            ));
        }
        if self.share() < at_least {
            problems.push(format!(
                "error: {name}: {:.2} % of the items are the same; at least {at_least} % must be",
                self.share()
            ));
        }
        problems
    }

    /// Entries of the table that no service needs.
    fn unused(&self, table: &Table) -> Vec<String> {
        let entries = table.accepted.iter().zip(&self.accepted);
        entries
            .filter(|(_, count)| **count == 0)
            .map(|(entry, _)| {
                format!(
                    "error: an entry of {TABLE} accepts nothing: {}\n  help: remove it",
                    entry.items
                )
            })
            .collect()
    }
}

/// What an item is, in the report.
fn kind(path: &str, signature: &str) -> &'static str {
    if path.contains(": impl") {
        return "implementations of traits";
    }
    let first = signature.trim_start_matches("non_exhaustive ");
    let first = first.split([' ', '(', '<', ':']).next().unwrap_or("");
    match first {
        "mod" => "modules",
        "struct" | "enum" | "trait" | "type" => "types and traits",
        "fn" | "async" => "functions and methods",
        "=" => "second names and re-exports",
        "variant" => "variants",
        "static" | "const" | "macro" => "constants and statics",
        _ => "fields",
    }
}

/// Whether a path fits a pattern, in which `*` stands for anything.
fn matches(pattern: &str, path: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, between)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in between {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, path, fits) in [
            ("a::b", "a::b", true),
            ("a::b", "a::bc", false),
            ("a::*::c", "a::b::c", true),
            ("a::*::c", "a::b::x::c", true),
            ("a::*::c", "a::c", false),
            ("a*b*c", "a1b2c", true),
            ("a*b*c", "a1c", false),
        ] {
            assert_eq!(matches(pattern, path), fits, "{pattern} {path}");
        }
    }

    #[test]
    fn a_difference_is_counted_once_and_needs_a_reason() {
        let surface = |items: &[(&str, &str)]| -> Surface {
            let items = items.iter();
            items
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect()
        };
        let peer = surface(&[
            ("crate::a", "fn()"),
            ("crate::b", "fn()"),
            ("crate::C", "struct"),
        ]);
        let ours = surface(&[
            ("crate::a", "fn()"),
            ("crate::b", "fn(i32)"),
            ("crate::d", "fn()"),
        ]);
        let entry = |items: &str| Accepted {
            items: items.to_owned(),
            reason: String::new(),
        };
        let report = |table: &Table| {
            let mut report = Report::new(table);
            report.compare(&peer, &ours, table);
            report
        };
        let service = Service::default();
        let none = Table {
            accepted: Vec::new(),
        };
        assert_eq!(report(&none).totals(), (3, 1));
        let problems = report(&none).problems(&service, 99.0).join("\n");
        assert!(
            problems.contains("2 differences are not accepted"),
            "{problems}"
        );
        assert!(problems.contains("33.33 %"), "{problems}");

        let table = Table {
            accepted: vec![entry("crate::b"), entry("crate::C"), entry("crate::z")],
        };
        let mut total = Report::new(&table);
        total.add(report(&table));
        total.add(report(&table));
        assert_eq!(total.totals(), (6, 2));
        assert_eq!(total.accepted, [2, 2, 0]);
        assert!(total.problems(&service, 30.0).is_empty());
        let unused = total.unused(&table).join("\n");
        assert!(unused.contains("accepts nothing: crate::z"), "{unused}");
    }
}
