//! Turns a Smithy service model into the Rust source of a thin client crate.
//!
//! The library does no I/O: strings go in, strings come out. [`generate`] is the pipeline. It reads the
//! files, assembles them into one model, parses its traits, selects what the settings ask for, checks
//! it, lowers it to Rust's view, emits token streams and prints them.

mod auth;
mod check;
mod diagnostic;
mod emit;
mod endpoint;
mod endpoint_modules;
pub mod import;
mod inventory;
mod ir;
mod jmespath;
mod markdown;
mod model;
mod names;
mod partitions;
mod print;
mod protocol;
mod rust;
mod select;
mod settings;
mod shape_id;
mod source;
mod traits;

pub use diagnostic::{Diagnostic, Diagnostics, Location, Severity};
pub use endpoint_modules::{EndpointModules, endpoint_modules};
pub use inventory::{Inventory, OperationSummary, inventory};
pub use partitions::{PARTITIONS_FILE, partitions_table};

use check::Plans;
use diagnostic::Problems;
use ir::Ir;
use model::Model;
use protocol::Protocol;
use select::Selection;
use settings::Settings;
use source::json::File;
use source::smithy;
use std::collections::BTreeMap;

/// A file of the model, or its settings.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The name, for diagnostics.
    pub name: &'a str,
    /// The contents.
    pub text: &'a str,
}

/// What to generate from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The model's files, in any order.
    pub model: &'a [Source<'a>],
    /// The settings: `sdk.toml`.
    pub settings: Source<'a>,
    /// The command that the first line of each file names, such as `cargo xtask regenerate`.
    pub command: &'a str,
    /// How the crate's manifest names its dependencies.
    pub manifest: Manifest<'a>,
    /// Whether to leave out operations that need features the generator does not support, as the setting
    /// `skip-unsupported` does.
    pub skip_unsupported: bool,
}

/// Where the generated crate lives.
#[derive(Debug, Clone, Copy)]
pub enum Manifest<'a> {
    /// In this workspace, with its versions. The crate is published.
    Workspace,
    /// In this workspace, and not published.
    Unpublished,
    /// Anywhere. The crate also contains the client. The string is the path of the folder with the runtime's
    /// crates.
    Standalone(&'a str),
}

/// The files of a generated crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The crate's name.
    pub crate_name: String,
    /// Each file's text, by its path in the crate.
    pub files: BTreeMap<String, String>,
    /// The generated files of the client's crate, if the settings name one. Its manifest and its root are
    /// written by hand.
    pub client: Option<ClientCrate>,
    /// How many operations are generated.
    pub operations: usize,
    /// Problems that do not prevent the crate from being generated, sorted by place.
    pub warnings: Diagnostics,
    /// Operations that were selected but are not generated, sorted by name.
    pub skipped: Vec<Skipped>,
}

/// An operation that was left out because it needs features the generator does not support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The operation's name.
    pub operation: String,
    /// What it needs. The help of these diagnostics is empty.
    pub reasons: Vec<Diagnostic>,
}

/// The generated files of a client's crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientCrate {
    /// The crate's name.
    pub name: String,
    /// Each file's text, by its path in the crate.
    pub files: BTreeMap<String, String>,
}

/// A case of a protocol test that clients have to pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtocolCase {
    /// The ID that the model gives it.
    pub id: String,
    /// The protocol's name: `restXml`, say.
    pub protocol: &'static str,
    /// The path of its test in `tests/protocol.rs`, or why it has none.
    pub test: Result<String, String>,
}

/// Generates a crate.
///
/// # Errors
///
/// All problems of the model and the settings that can be found in one run.
pub fn generate(input: &Input<'_>) -> Result<Output, Diagnostics> {
    generate_with(input, false).map(|(output, _)| output)
}

/// Generates a crate that stands alone, with the protocol tests that the model describes. Cases that are
/// for servers or for another protocol are left out.
///
/// # Errors
///
/// As [`generate`].
pub fn generate_with_protocol_tests(
    input: &Input<'_>,
) -> Result<(Output, Vec<ProtocolCase>), Diagnostics> {
    generate_with(input, true)
}

fn generate_with(
    input: &Input<'_>,
    tests: bool,
) -> Result<(Output, Vec<ProtocolCase>), Diagnostics> {
    let mut problems = Problems::default();
    let result = generate_into(input, tests, &mut problems);
    let (errors, warnings) = problems.into_parts();
    match result {
        Some((mut output, cases)) if errors.is_empty() => {
            output.warnings = warnings;
            Ok((output, cases))
        }
        _ => Err(errors),
    }
}

fn generate_into(
    input: &Input<'_>,
    tests: bool,
    problems: &mut Problems,
) -> Option<(Output, Vec<ProtocolCase>)> {
    let settings = settings::read(input.settings.name, input.settings.text, problems);
    let model = load(input.model, settings.as_ref(), problems);
    let mut settings = settings?;
    settings.skip_unsupported |= input.skip_unsupported;
    let selected = select(&model, &settings, problems)?;
    let skipped = selected.selection.skipped.clone();
    let ir = lower(&model, selected, &settings, problems)?;
    let header = format!("// Generated by `{}`. Do not edit.", input.command);
    let holds = match input.manifest {
        Manifest::Workspace | Manifest::Unpublished => emit::Holds::Api,
        Manifest::Standalone(_) => emit::Holds::Client,
    };
    let mut modules = emit::emit(&ir, holds);
    if let Some(client) = &settings.client {
        emit::with_examples(&ir, client, &mut modules);
    }
    let mut files = below("src", print(&header, modules, problems));
    let client = settings.client.as_ref().map(|name| ClientCrate {
        name: name.clone(),
        files: below(
            "src",
            print(
                &header,
                emit::client(&ir, &settings.crate_name, name),
                problems,
            ),
        ),
    });
    let comment = &header[3..];
    let manifest = match input.manifest {
        Manifest::Workspace => manifest(&ir, comment, emit::package::PUBLISHED),
        Manifest::Unpublished => manifest(&ir, comment, emit::package::UNPUBLISHED),
        Manifest::Standalone(folder) => emit::standalone::manifest(&ir, comment, folder, tests),
    };
    files.insert("Cargo.toml".to_owned(), manifest);
    if matches!(input.manifest, Manifest::Workspace) {
        let readme = emit::package::readme(&ir, settings.client.as_deref());
        files.insert("README.md".to_owned(), readme);
    }
    if holds == emit::Holds::Client {
        files.insert("README.md".to_owned(), emit::standalone::readme(&ir));
        let programs = emit::standalone::programs(&ir);
        files.extend(print(&header, programs, problems));
    }
    let mut cases = Vec::new();
    if tests {
        let (tests, found) = emit::cases(&ir);
        files.extend(print(&header, tests, problems));
        cases = found;
    }
    files.insert(
        "rustfmt.toml".to_owned(),
        format!("# {comment}\ndisable_all_formatting = true\n"),
    );
    let output = Output {
        crate_name: settings.crate_name,
        files,
        client,
        operations: ir.operations.len(),
        warnings: Diagnostics::new(Vec::new()),
        skipped,
    };
    Some((output, cases))
}

/// Prints files. A file that does not parse is a bug of the generator and reported as a problem.
fn print(
    header: &str,
    files: BTreeMap<String, emit::File>,
    problems: &mut Problems,
) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (path, file) in files {
        match print::print(header, file) {
            Ok(text) => {
                texts.insert(path, text);
            }
            Err(error) => problems.push(Diagnostic::new(
                "generator-bug",
                format!("the Rust generated for `{path}` does not parse: {error}"),
                "please report this and attach the model",
            )),
        }
    }
    texts
}

/// The files with their paths in the crate.
fn below(folder: &str, files: BTreeMap<String, String>) -> BTreeMap<String, String> {
    files
        .into_iter()
        .map(|(path, text)| (format!("{folder}/{path}"), text))
        .collect()
}

/// The namespace of the shapes that Smithy has besides its prelude.
const FRAMEWORK: &str = "smithy.framework";

/// Reads and assembles a model, and parses its traits.
fn load(sources: &[Source<'_>], settings: Option<&Settings>, problems: &mut Problems) -> Model {
    let mut sources = sources.to_vec();
    sources.sort_by_key(|source| source.name);
    let prelude = Source {
        name: "smithy prelude",
        text: include_str!("prelude.json"),
    };
    let mut read =
        |source: Source<'_>| smithy::read(&File::new(source.name, source.text), problems);
    let mut files: Vec<_> = std::iter::once(prelude)
        .chain(sources)
        .filter_map(&mut read)
        .collect();
    // Models refer to Smithy's own package, and published ones do not always contain it.
    let framework = Source {
        name: "smithy framework",
        text: include_str!("framework.json"),
    };
    let shapes = || files.iter().flat_map(|file| &file.shapes);
    if !shapes().any(|shape| shape.id.namespace() == FRAMEWORK) {
        files.extend(read(framework));
    }
    let mut model = model::assemble(files, problems);
    model::customizations::customize(&mut model, problems);
    if let Some(settings) = settings {
        model::corrections::correct(&mut model, &settings.corrections, problems);
    }
    let model = traits::parse(model);
    model::check_targets(&model, problems);
    model
}

/// What is to be generated, checked.
struct Selected<'m> {
    selection: Selection<'m>,
    protocol: &'static dyn Protocol,
    plans: Plans<'m>,
}

/// Selects what is to be generated, and checks it. The protocol comes first, since it determines the
/// rules.
fn select<'m>(
    model: &'m Model,
    settings: &Settings,
    problems: &mut Problems,
) -> Option<Selected<'m>> {
    let Some(service) = select::service(model, settings, problems) else {
        traits::check_values(model.shapes.values(), problems);
        check::check_model(model, problems);
        return None;
    };
    let protocol = protocol::of(service.0, settings, problems)?;
    let selection = select::select(model, service, settings, problems);
    let in_scope = model
        .shapes
        .values()
        .filter(|shape| selection.in_scope(&shape.id));
    traits::check_values(in_scope, problems);
    let plans = check::check_selection(model, &selection, protocol, problems);
    Some(Selected {
        selection,
        protocol,
        plans,
    })
}

/// Names everything, compiles the endpoint rules, and lowers the selection if there are no errors so
/// far. Lowering relies on the checks, for example on recursion that ends.
fn lower(
    model: &Model,
    selected: Selected<'_>,
    settings: &Settings,
    problems: &mut Problems,
) -> Option<Ir> {
    let Selected {
        selection,
        protocol,
        plans,
    } = selected;
    let naming = rust::Naming::new(model, &selection, settings, problems);
    let endpoint = check::endpoint(model, &selection, settings.endpoint_form, problems);
    if problems.has_errors() {
        return None;
    }
    let checked = rust::Checked {
        model,
        selection: &selection,
        protocol,
        plans,
        naming,
        endpoint,
    };
    Some(rust::lower(checked, settings))
}

/// The manifest of a crate of this workspace.
fn manifest(ir: &Ir, header: &str, package: &str) -> String {
    let batch = match ir.has_batches() {
        true => "smithy-batch.workspace = true\n",
        false => "",
    };
    let operation = match ir.has_event_streams() {
        true => "smithy-operation = { workspace = true, features = [\"event-stream\"] }",
        false => "smithy-operation.workspace = true",
    };
    let description = toml::Value::String(format!(
        "Shapes, schemas and operations of {}, generated from its Smithy model",
        emit::docs_lines(std::slice::from_ref(&ir.service.title)).join(" ")
    ));
    format!(
        "# {header}\n\n[package]\nname = \"{}\"\ndescription = {description}\nversion.workspace = true\n\
         edition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\n{package}\n[lints]\n\
         workspace = true\n\n[dependencies]\n{batch}{operation}\n",
        ir.service.crate_name
    )
}
