//! `cargo xtask api-diff`: how much of aws-sdk-chime's public API chime-sdk has.

mod render;
mod surface;

use crate::files;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use surface::{Surface, Universe};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Fail unless so many in 100 of the peer's items are there with the same signature.
    #[arg(long, value_name = "PERCENT", default_value_t = 99.0)]
    at_least: f64,
    /// Also write each side's items to FOLDER/peer.txt and FOLDER/ours.txt.
    #[arg(long, value_name = "FOLDER")]
    dump: Option<PathBuf>,
}

/// The peer, and ours with the crates whose items it hands on.
const SIDES: [&[&str]; 2] = [
    &["aws-sdk-chime"],
    &[
        "chime-sdk",
        "chime-api",
        "smithy-operation",
        "smithy-batch",
        "smithy-client",
    ],
];

const TABLE: &str = "parity/api-diff.toml";

/// What a difference's table says.
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

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let path = files::root().join(TABLE);
    let text = std::fs::read_to_string(&path)
        .map_err(|error| format!("error: cannot read {TABLE}: {error}"))?;
    let table: Table =
        toml::from_str(&text).map_err(|error| format!("error: in {TABLE}: {error}"))?;

    let folder = files::root().join("parity");
    let peer = surface(&folder, SIDES[0], &Surface::new())?;
    let ours = surface(&folder, SIDES[1], &peer)?;
    if let Some(folder) = &arguments.dump {
        for (name, surface) in [("peer.txt", &peer), ("ours.txt", &ours)] {
            let text: String = surface.iter().map(|(k, v)| format!("{k}  {v}\n")).collect();
            std::fs::write(folder.join(name), text)
                .map_err(|error| format!("error: cannot write {name}: {error}"))?;
        }
    }
    let report = Report::new(&peer, &ours, &table);
    say!("{}", report.text(&table).trim_end());
    report.verdict(arguments.at_least)
}

fn surface(folder: &Path, packages: &[&str], known: &Surface) -> Result<Surface, String> {
    let mut crates = Vec::new();
    for package in packages {
        crates.push((package.replace('-', "_"), document(folder, package)?));
    }
    Ok(Universe::new(crates, known).surface())
}

/// How an item of the peer's is found in ours.
enum Difference<'a> {
    Missing,
    Differs { ours: &'a str },
}

struct Report<'a> {
    /// By kind: all items, and those that are the same.
    kinds: BTreeMap<&'static str, (usize, usize)>,
    /// How many differences each entry of the table accepts.
    accepted: Vec<usize>,
    open: Vec<(&'a str, &'a str, Difference<'a>)>,
}

impl<'a> Report<'a> {
    fn new(peer: &'a Surface, ours: &'a Surface, table: &Table) -> Self {
        let mut report = Self {
            kinds: BTreeMap::new(),
            accepted: vec![0; table.accepted.len()],
            open: Vec::new(),
        };
        for (path, signature) in peer {
            let (all, same) = report.kinds.entry(kind(path, signature)).or_default();
            *all += 1;
            let difference = match ours.get(path) {
                Some(other) if other == signature => {
                    *same += 1;
                    continue;
                }
                Some(other) => Difference::Differs { ours: other },
                None => Difference::Missing,
            };
            let mut entries = table.accepted.iter();
            match entries.position(|entry| matches(&entry.items, path)) {
                Some(entry) => report.accepted[entry] += 1,
                None => report.open.push((path, signature, difference)),
            }
        }
        report
    }

    fn totals(&self) -> (usize, usize) {
        let sum = |(a, b), (c, d): &(usize, usize)| (a + c, b + d);
        self.kinds.values().fold((0, 0), sum)
    }

    fn share(&self) -> f64 {
        let (all, same) = self.totals();
        100.0 * same as f64 / all.max(1) as f64
    }

    fn text(&self, table: &Table) -> String {
        let mut text = format!(
            "{:<28} {:>6} {:>6}\n",
            "items of aws-sdk-chime", "all", "same"
        );
        for (kind, (all, same)) in &self.kinds {
            text += &format!("{kind:<28} {all:>6} {same:>6}\n");
        }
        let (all, same) = self.totals();
        let share = self.share();
        text += &format!("{:<28} {all:>6} {same:>6}  {share:.2} %\n", "together");
        text += &format!("\naccepted differences, as {TABLE} has them:\n");
        for (entry, count) in table.accepted.iter().zip(&self.accepted) {
            text += &format!("{count:>4}  {}\n      {}\n", entry.items, entry.reason);
        }
        for (path, signature, difference) in &self.open {
            text += &match difference {
                Difference::Missing => format!("\nmissing: {path}\n    {signature}\n"),
                Difference::Differs { ours } => {
                    format!("\ndiffers: {path}\n    theirs: {signature}\n    ours:   {ours}\n")
                }
            };
        }
        text
    }

    fn verdict(&self, at_least: f64) -> Result<(), String> {
        let mut problems = Vec::new();
        if !self.open.is_empty() {
            problems.push(format!(
                "error: {} differences are not accepted: add what is missing, or say in {TABLE} \
                 why it may differ",
                self.open.len()
            ));
        }
        if self.accepted.contains(&0) {
            problems.push(format!(
                "error: an entry of {TABLE} accepts nothing: take it out"
            ));
        }
        if self.share() < at_least {
            problems.push(format!(
                "error: {:.2} in 100 items are the same, and {at_least} should be",
                self.share()
            ));
        }
        match problems.is_empty() {
            true => Ok(()),
            false => Err(problems.join("\n")),
        }
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

/// The rustdoc JSON of a package.
fn document(folder: &Path, package: &str) -> Result<rustdoc_types::Crate, String> {
    let target = files::root().join("target/parity");
    let output = crate::cargo()
        .args(["rustdoc", "--quiet", "--lib", "--package", package, "--"])
        .args(["-Z", "unstable-options", "--output-format", "json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", &target)
        // The JSON is not stable yet; the toolchain is pinned, so its version is known.
        .env("RUSTC_BOOTSTRAP", "1")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("error: cannot run cargo: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "error: documenting {package} failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    let file = package.replace('-', "_");
    let path = target.join("doc").join(file).with_extension("json");
    let text = std::fs::read_to_string(&path)
        .map_err(|error| format!("error: cannot read {}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| {
        format!(
            "error: {} is not rustdoc JSON of format {}, which the pinned toolchain writes: {error}",
            path.display(),
            rustdoc_types::FORMAT_VERSION
        )
    })
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
        let none = Table {
            accepted: Vec::new(),
        };
        let report = Report::new(&peer, &ours, &none);
        assert_eq!(report.totals(), (3, 1));
        assert_eq!(report.open.len(), 2);
        let error = report.verdict(99.0).unwrap_err();
        assert!(error.contains("2 differences are not accepted"), "{error}");
        assert!(error.contains("33.33 in 100"), "{error}");

        let some = Table {
            accepted: vec![entry("crate::b"), entry("crate::C"), entry("crate::z")],
        };
        let report = Report::new(&peer, &ours, &some);
        let error = report.verdict(30.0).unwrap_err();
        assert!(error.contains("accepts nothing"), "{error}");
        let some = Table {
            accepted: vec![entry("crate::b"), entry("crate::C")],
        };
        Report::new(&peer, &ours, &some).verdict(30.0).unwrap();
    }
}
