//! `cargo xtask sweep`: generates from every model in a folder and compiles the result.

use crate::check::{Checker, Outcome};
use crate::files::{self, Model, Text, shown};
use codegen::import::{Published, import};
use codegen::{Diagnostics, Input, Manifest, Output, Source};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder: Smithy JSON AST files, or botocore's `data` folder, at any depth.
    folder: PathBuf,
    /// Run `cargo check` on N of the generated crates, evenly chosen, or on `all` of them.
    #[arg(long, value_name = "N", default_value = "0", value_parser = count)]
    check: usize,
    /// Also compile the example of each of these crates, and run its test.
    #[arg(long)]
    test: bool,
    /// Only include services whose path contains this string.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Print all diagnostics instead of only the number of each kind.
    #[arg(long)]
    diagnostics: bool,
}

fn count(text: &str) -> Result<usize, String> {
    match text {
        "all" => Ok(usize::MAX),
        _ => text
            .parse()
            .map_err(|_| "expected a number or `all`".to_owned()),
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let mut services = services(&arguments.folder)?;
    if let Some(only) = &arguments.only {
        services.retain(|service| service.path.to_string_lossy().contains(only.as_str()));
    }
    if services.is_empty() {
        return Err(format!(
            "error: there is no model in {}\n  help: name a folder of Smithy JSON AST files, or botocore's `data`",
            shown(&arguments.folder)
        ));
    }
    let start = Instant::now();
    let mut tally = Tally::default();
    let mut crates = Vec::new();
    for service in &services {
        match service.generate()? {
            Ok(output) => {
                tally.add(service, &output);
                crates.push(output);
            }
            Err(problems) => tally.reject(service, &problems),
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    if arguments.diagnostics {
        for (service, problems) in &tally.rejected {
            say!("== {service}\n{problems}\n");
        }
    }
    tally.print(services.len(), seconds);
    if arguments.check == 0 {
        return Ok(());
    }
    check(crates, arguments.check, arguments.test)
}

/// Compiles some of the crates.
fn check(crates: Vec<Output>, wanted: usize, test: bool) -> Result<(), String> {
    let (all, wanted) = (crates.len(), wanted.min(crates.len()));
    let checker = Checker::new("sweep")?;
    for (i, output) in crates.into_iter().enumerate() {
        // Even selection: crate i is taken if the number of selected crates grows at i.
        if (i + 1) * wanted / all > i * wanted / all {
            checker.add(&output.crate_name, &output.files)?;
        }
    }
    say!("\nChecking {wanted} of {all} crates ...");
    let start = Instant::now();
    let Outcome {
        failed,
        errors,
        warnings,
    } = match test {
        true => checker.test()?,
        false => checker.run()?,
    };
    say!(
        "{} of {wanted} {}, in {:.0} s",
        wanted - failed.len(),
        if test { "pass" } else { "compile" },
        start.elapsed().as_secs_f64()
    );
    for warning in warnings.iter().take(40) {
        say!("  {warning}");
    }
    if failed.is_empty() && warnings.is_empty() {
        return Ok(());
    }
    if failed.is_empty() {
        return Err(format!("error: rustc warns {} times", warnings.len()));
    }
    for error in errors.iter().take(40) {
        say!("  {error}");
    }
    Err(format!("error: rustc rejects {}", failed.join(", ")))
}

/// A service's published model.
struct Service {
    name: String,
    path: PathBuf,
}

impl Service {
    /// Generates the service's crate without operations that need unsupported features.
    fn generate(&self) -> Result<Result<Output, Diagnostics>, String> {
        let model = Text::read(&self.path)?;
        let settings = format!("crate = \"sweep-{}\"\noperations = \"all\"\n", self.name);
        let generate = |sources: &[Source<'_>]| {
            codegen::generate(&Input {
                model: sources,
                settings: Source {
                    name: "the command line",
                    text: &settings,
                },
                command: "cargo xtask sweep",
                manifest: Manifest::Standalone(&files::runtime()),
                skip_unsupported: true,
            })
        };
        if !is_botocore(&self.path) {
            return Ok(generate(&[model.source()]));
        }
        let [paginators, waiters, endpoint_rules] = model.botocore_siblings()?;
        let imported = import(&Published {
            model: model.source(),
            paginators: paginators.as_ref().map(Text::source),
            waiters: waiters.as_ref().map(Text::source),
            endpoint_rules: endpoint_rules.as_ref().map(Text::source),
            service_shape: None,
        });
        Ok(imported.and_then(|imported| {
            let sources: Vec<Source<'_>> = imported
                .files
                .iter()
                .map(|(name, text)| Source { name, text })
                .collect();
            generate(&sources)
        }))
    }
}

fn is_botocore(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with("service-2.json"))
}

/// The models in a folder, one for each service. Of several versions in botocore's form, the newest is
/// taken.
fn services(folder: &Path) -> Result<Vec<Service>, String> {
    let mut found = BTreeMap::new();
    for path in files::below(folder)? {
        let name = if is_botocore(&path) {
            // data/SERVICE/VERSION/service-2.json
            path.ancestors().nth(2).and_then(Path::file_name)
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
            && Model::is_smithy(&path)?
        {
            path.file_stem()
        } else {
            None
        };
        if let Some(name) = name {
            let name = name.to_string_lossy().replace('.', "-");
            found.insert(name.clone(), Service { name, path });
        }
    }
    Ok(found.into_values().collect())
}

/// The results of the services.
#[derive(Default)]
struct Tally {
    generated: usize,
    operations: usize,
    left_out: usize,
    lines: usize,
    rejected: Vec<(String, Diagnostics)>,
    /// Services by the kind of their diagnostics: the rule, and the message without names.
    kinds: BTreeMap<(String, String), BTreeMap<String, usize>>,
}

impl Tally {
    fn add(&mut self, service: &Service, output: &Output) {
        self.generated += 1;
        self.operations += output.operations;
        self.left_out += output.skipped.len();
        self.lines += output
            .files
            .values()
            .map(|text| text.lines().count())
            .sum::<usize>();
        for skipped in &output.skipped {
            for reason in &skipped.reasons {
                self.note(service, "left out", &reason.message);
            }
        }
    }

    fn reject(&mut self, service: &Service, problems: &Diagnostics) {
        for problem in problems.iter() {
            self.note(service, problem.rule, &problem.message);
        }
        self.rejected.push((service.name.clone(), problems.clone()));
    }

    fn note(&mut self, service: &Service, rule: &str, message: &str) {
        // Names are in backticks.
        let kind = message
            .split('`')
            .enumerate()
            .map(|(i, part)| if i % 2 == 0 { part } else { "`…`" })
            .collect();
        *self
            .kinds
            .entry((rule.to_owned(), kind))
            .or_default()
            .entry(service.name.clone())
            .or_default() += 1;
    }

    fn print(&self, services: usize, seconds: f64) {
        say!(
            "{services} services: {} generated, {} rejected",
            self.generated,
            self.rejected.len()
        );
        say!(
            "{} operations generated, {} left out; {} lines; {seconds:.1} s; {} at the peak",
            self.operations,
            self.left_out,
            self.lines,
            peak_memory().map_or("memory unknown".to_owned(), |mib| format!("{mib:.0} MiB")),
        );
        let mut kinds: Vec<_> = self.kinds.iter().collect();
        kinds.sort_by_key(|(_, services)| std::cmp::Reverse(services.len()));
        for ((rule, message), services) in kinds {
            let times: usize = services.values().sum();
            let mut names: Vec<&str> = services.keys().take(4).map(String::as_str).collect();
            if services.len() > names.len() {
                names.push("...");
            }
            say!(
                "{:>4} services {times:>5} times  {rule}: {message} ({})",
                services.len(),
                names.join(", ")
            );
        }
    }
}

/// The peak memory of this process in MiB, if the system reports it.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib / 1024.0)
}
