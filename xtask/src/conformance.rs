//! `cargo xtask conformance`: clients from protocol tests, and whether they pass.

use crate::check::Checker;
use crate::files::{self, Model, shown};
use codegen::{Input, Manifest, ProtocolCase};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Stdio;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the suites: a file of Smithy JSON AST is a service with its tests.
    #[arg(default_value = "../shared/protocol-tests")]
    folder: PathBuf,
    /// Run only the suites of this protocol: `restJson1`, say.
    #[arg(long, value_name = "NAME")]
    protocol: Option<String>,
    /// Print the whole message of every failure.
    #[arg(long)]
    verbose: bool,
}

/// The cases that are expected to fail.
const EXPECTED: &str = "tests/conformance/expected-failures.toml";

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let expected = Expected::read(&files::root().join(EXPECTED))?;
    let suites = suites(&arguments.folder)?;
    let checker = Checker::new("conformance")?;
    let mut found = Vec::new();
    for path in &suites {
        if let Some(suite) = Suite::generate(path, arguments.protocol.as_deref(), &checker)? {
            found.push(suite);
        }
    }
    if found.is_empty() {
        return Err(format!(
            "error: there is no suite to run in {}\n  help: name a folder of Smithy JSON AST files with protocol tests",
            shown(&arguments.folder)
        ));
    }
    say!("Building the tests of {} suites ...", found.len());
    let (programs, errors) = checker.build_tests("protocol")?;
    let mut report = Report::default();
    for suite in &found {
        let results = match programs.get(&suite.name) {
            Some(program) => results(program)?,
            None => {
                report.uncompiled(suite, &errors);
                continue;
            }
        };
        report.add(suite, &results, &expected);
    }
    report.print(&expected, arguments)
}

/// The files of a folder that hold suites.
fn suites(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut suites = Vec::new();
    for path in files::below(folder)? {
        let is_json = path
            .extension()
            .is_some_and(|extension| extension == "json");
        if is_json && Model::is_smithy(&path)? {
            suites.push(path);
        }
    }
    Ok(suites)
}

/// A service with its cases.
struct Suite {
    /// The name of its crate.
    name: String,
    file: String,
    /// Why there is no crate.
    refused: Option<String>,
    cases: Vec<ProtocolCase>,
}

impl Suite {
    /// Generates the crate of a suite; `None` if it is of another protocol than the one asked for.
    fn generate(
        path: &Path,
        protocol: Option<&str>,
        checker: &Checker,
    ) -> Result<Option<Self>, String> {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let name = format!("suite-{}", stem.replace(['.', ' '], "-").to_lowercase());
        let settings = format!("crate = \"{name}\"\noperations = \"all\"\nsend-defaults = true\n");
        let model = Model::with_settings(&[path.to_owned()], settings)?;
        let generated = codegen::generate_with_protocol_tests(&Input {
            model: &model.sources(),
            settings: model.settings(),
            command: "cargo xtask conformance",
            manifest: Manifest::Standalone(&files::runtime()),
            skip_unsupported: true,
        });
        let file = shown(path);
        let suite = match generated {
            Ok((output, cases)) => {
                let asked =
                    |case: &&ProtocolCase| protocol.is_none_or(|name| name == case.protocol);
                if cases.iter().find(asked).is_none() {
                    return Ok(None);
                }
                checker.add(&name, &output.files)?;
                Self {
                    name,
                    file,
                    refused: None,
                    cases,
                }
            }
            // The name of the protocol is not known then.
            Err(_) if protocol.is_some_and(|name| !stem.starts_with(name)) => return Ok(None),
            Err(problems) => Self {
                name,
                file,
                refused: Some(problems.to_string()),
                cases: Vec::new(),
            },
        };
        Ok(Some(suite))
    }
}

/// What became of a test, and what it printed.
struct Outcome {
    passed: bool,
    message: String,
}

/// Runs the tests of a suite, and returns what became of each.
fn results(program: &Path) -> Result<BTreeMap<String, Outcome>, String> {
    let output = std::process::Command::new(program)
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("error: cannot run {}: {error}", shown(program)))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let mut results = BTreeMap::new();
    for line in said.lines() {
        let Some((name, result)) = line
            .strip_prefix("test ")
            .and_then(|line| line.split_once(" ... "))
        else {
            continue;
        };
        let outcome = Outcome {
            passed: result == "ok",
            message: String::new(),
        };
        results.insert(name.to_owned(), outcome);
    }
    for part in said.split("\n---- ").skip(1) {
        let Some((name, message)) = part.split_once(" stdout ----\n") else {
            continue;
        };
        let message = message.split("\n\nfailures:").next().unwrap_or(message);
        if let Some(outcome) = results.get_mut(name) {
            message.trim().clone_into(&mut outcome.message);
        }
    }
    Ok(results)
}

/// The cases that are expected to fail, and why.
struct Expected {
    cases: Vec<ExpectedFailure>,
}

struct ExpectedFailure {
    id: String,
    protocol: String,
    reason: String,
}

impl Expected {
    fn read(path: &Path) -> Result<Self, String> {
        let text = files::read(path)?;
        let bad = |what: &str| {
            format!(
                "error: {}: {what}\n  help: an entry is a [[case]] with id, protocol, reason and upstream",
                shown(path)
            )
        };
        let table: toml::Table = text.parse().map_err(|error| bad(&format!("{error}")))?;
        let entries = table.get("case").and_then(toml::Value::as_array);
        let mut cases = Vec::new();
        for entry in entries.into_iter().flatten() {
            let field = |key: &str| {
                let value = entry.get(key).and_then(toml::Value::as_str);
                let value = value.filter(|text| !text.is_empty());
                value
                    .map(str::to_owned)
                    .ok_or_else(|| bad(&format!("an entry lacks `{key}`")))
            };
            field("upstream")?;
            cases.push(ExpectedFailure {
                id: field("id")?,
                protocol: field("protocol")?,
                reason: field("reason")?,
            });
        }
        Ok(Self { cases })
    }

    fn find(&self, case: &ProtocolCase) -> Option<&ExpectedFailure> {
        self.cases
            .iter()
            .find(|known| known.id == case.id && known.protocol == case.protocol)
    }
}

/// What came out of all suites.
#[derive(Default)]
struct Report {
    protocols: BTreeMap<String, Tally>,
    /// ID and message.
    failures: Vec<(String, String)>,
    /// Cases that were expected to fail.
    passed: Vec<String>,
    /// Expected failures that there is a case for, by their place in the table.
    seen: BTreeSet<String>,
}

#[derive(Default)]
struct Tally {
    cases: usize,
    passed: usize,
    failed: usize,
    expected: usize,
}

impl Report {
    /// Adds a suite without a program: all its cases fail.
    fn uncompiled(&mut self, suite: &Suite, errors: &[String]) {
        let reason = match &suite.refused {
            Some(problems) => problems.clone(),
            None => format!("the tests do not compile\n{}", errors.join("\n")),
        };
        self.failures.push((suite.file.clone(), reason));
        for case in &suite.cases {
            let tally = self.protocols.entry(case.protocol.to_owned()).or_default();
            tally.cases += 1;
            tally.failed += 1;
        }
    }

    fn add(&mut self, suite: &Suite, results: &BTreeMap<String, Outcome>, expected: &Expected) {
        for case in &suite.cases {
            let tally = self.protocols.entry(case.protocol.to_owned()).or_default();
            tally.cases += 1;
            let failure = match &case.test {
                Err(reason) => Some(format!("no test: {reason}")),
                Ok(test) => match results.get(test) {
                    None => Some("the test did not run".to_owned()),
                    Some(outcome) if outcome.passed => None,
                    Some(outcome) => Some(outcome.message.clone()),
                },
            };
            let known = expected.find(case);
            if known.is_some() {
                self.seen.insert(case.id.clone());
            }
            let kind = match &case.test {
                Ok(test) => test.split("::").next().unwrap_or_default(),
                Err(_) => "",
            };
            let name = format!("{} {} {kind}", case.protocol, case.id);
            match (failure, known) {
                (None, None) => tally.passed += 1,
                (None, Some(_)) => {
                    tally.passed += 1;
                    self.passed.push(name);
                }
                (Some(_), Some(_)) => tally.expected += 1,
                (Some(message), None) => {
                    tally.failed += 1;
                    self.failures.push((name, message));
                }
            }
        }
    }

    fn print(&self, expected: &Expected, arguments: &Arguments) -> Result<(), String> {
        for (name, message) in &self.failures {
            say!("FAILED {name}");
            let limit = if arguments.verbose { usize::MAX } else { 12 };
            for line in message.lines().take(limit) {
                say!("    {line}");
            }
        }
        for known in &expected.cases {
            if self.seen.contains(&known.id) {
                say!(
                    "expected to fail: {} {}: {}",
                    known.protocol,
                    known.id,
                    known.reason
                );
            }
        }
        say!(
            "{:<28} {:>6} {:>7} {:>7} {:>9}",
            "protocol",
            "cases",
            "passed",
            "failed",
            "expected"
        );
        for (name, tally) in &self.protocols {
            say!(
                "{name:<28} {:>6} {:>7} {:>7} {:>9}",
                tally.cases,
                tally.passed,
                tally.failed,
                tally.expected
            );
        }
        if !self.passed.is_empty() {
            return Err(format!(
                "error: cases pass that are expected to fail: {}\n  help: remove them from {EXPECTED}",
                self.passed.join(", ")
            ));
        }
        match self.failures.len() {
            0 => Ok(()),
            count => Err(format!("error: {count} failures")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(id: &str, test: Result<&str, &str>) -> ProtocolCase {
        ProtocolCase {
            id: id.to_owned(),
            protocol: "restXml",
            test: test.map(str::to_owned).map_err(str::to_owned),
        }
    }

    fn outcome(passed: bool) -> Outcome {
        Outcome {
            passed,
            message: "the reason".to_owned(),
        }
    }

    #[test]
    fn an_expected_failure_that_passes_is_an_error() {
        let known = |id: &str| ExpectedFailure {
            id: id.to_owned(),
            protocol: "restXml".to_owned(),
            reason: "upstream".to_owned(),
        };
        let expected = Expected {
            cases: vec![known("Mended"), known("Broken")],
        };
        let suite = Suite {
            name: "suite".to_owned(),
            file: "suite.json".to_owned(),
            refused: None,
            cases: vec![
                case("Mended", Ok("requests::mended")),
                case("Broken", Ok("requests::broken")),
                case("Good", Ok("responses::good")),
                case("Bad", Ok("responses::bad")),
                case("Lost", Ok("responses::lost")),
                case("Impossible", Err("it needs a stream")),
            ],
        };
        let results = BTreeMap::from([
            ("requests::mended".to_owned(), outcome(true)),
            ("requests::broken".to_owned(), outcome(false)),
            ("responses::good".to_owned(), outcome(true)),
            ("responses::bad".to_owned(), outcome(false)),
        ]);
        let mut report = Report::default();
        report.add(&suite, &results, &expected);
        let tally = &report.protocols["restXml"];
        let counts = (tally.cases, tally.passed, tally.failed, tally.expected);
        assert_eq!(counts, (6, 2, 3, 1));
        assert_eq!(report.passed, ["restXml Mended requests"]);
        let messages: Vec<&str> = report.failures.iter().map(|(_, it)| it.as_str()).collect();
        let expected = [
            "the reason",
            "the test did not run",
            "no test: it needs a stream",
        ];
        assert_eq!(messages, expected);
    }

    #[test]
    fn the_table_of_expected_failures_is_well_formed() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        assert!(Expected::read(&root.join(EXPECTED)).is_ok());
    }
}
