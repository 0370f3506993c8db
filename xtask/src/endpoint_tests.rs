//! `cargo xtask endpoint-tests`: the endpoint tests of models, run by the code that the generator writes.
//!
//! All rules become modules of one program below `target/`, which reads the tests from the models.

use crate::files::{self, Model, Text, shown};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

/// The part of the program that is the same for all models.
const RUNNER: &str = include_str!("endpoint_tests/runner.rs");

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder of Smithy JSON AST files, at any depth.
    #[arg(default_value = "../shared/models/aws")]
    folder: PathBuf,
    /// Take only the models whose path contains this.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let mut modules = BTreeMap::new();
    let mut refused = 0;
    for path in files::below(&arguments.folder)? {
        let is_json = path
            .extension()
            .is_some_and(|extension| extension == "json");
        let only = arguments.only.as_deref().unwrap_or_default();
        if !is_json || !path.to_string_lossy().contains(only) || !Model::is_smithy(&path)? {
            continue;
        }
        let model = Text::read(&path)?;
        match codegen::endpoint_modules(&[model.source()]) {
            Ok(found) => {
                let path = std::path::absolute(&path)
                    .map_err(|error| format!("error: cannot find {}: {error}", shown(&path)))?;
                modules.insert(path, found);
            }
            Err(problems) => {
                say!("{problems}");
                refused += 1;
            }
        }
    }
    if modules.is_empty() {
        return Err(format!(
            "error: there is no model with endpoint rules in {}\n  help: name a folder of Smithy JSON AST files",
            shown(&arguments.folder)
        ));
    }
    let folder = files::root().join("target/endpoint-tests");
    write(&folder, &modules)?;
    // The versions that the project is tested with.
    let lock = files::read(&files::root().join("Cargo.lock"))?;
    files::write(&folder.join("Cargo.lock"), &lock)?;
    let status = crate::cargo()
        .args(["run", "--quiet"])
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .current_dir(&folder)
        .status()
        .map_err(|error| format!("error: cannot run cargo: {error}"))?;
    match (status.success(), refused) {
        (true, 0) => Ok(()),
        (true, _) => Err(format!("error: {refused} models were refused")),
        (false, _) => Err("error: endpoint tests failed".to_owned()),
    }
}

/// Writes the program.
fn write(
    folder: &std::path::Path,
    modules: &BTreeMap<PathBuf, codegen::EndpointModules>,
) -> Result<(), String> {
    let mut main = format!("{RUNNER}\nstatic SERVICES: &[Service] = &[\n");
    let mut declared = String::new();
    for (i, (path, found)) in modules.iter().enumerate() {
        let forms = [("rules", &found.rules), ("diagram", &found.diagram)];
        let operations = ("operations", &Some(found.operations.clone()));
        for (form, text) in forms.into_iter().chain([operations]) {
            if let Some(text) = text {
                files::write(&folder.join(format!("src/service_{i}_{form}.rs")), text)?;
                let _ = writeln!(declared, "mod service_{i}_{form};");
            }
        }
        let resolver = |(form, text): (&str, &Option<String>)| match text {
            Some(_) => format!("Some(service_{i}_{form}::resolve)"),
            None => "None".to_owned(),
        };
        let [rules, diagram] = forms.map(resolver);
        let _ = writeln!(
            main,
            "    Service {{ file: {:?}, shape: {:?}, rules: {rules}, diagram: {diagram}, \
             operations: service_{i}_operations::OPERATIONS }},",
            path, found.service
        );
    }
    main.push_str("];\n\n");
    main.push_str(&declared);
    files::write(&folder.join("src/main.rs"), &main)?;
    let manifest = format!(
        "[package]\nname = \"endpoint-tests\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\naws-smithy-schema = \"1\"\naws-smithy-types = \"1\"\nserde_json = \"1\"\n\
         smithy-operation = {{ path = {:?} }}\n\n[profile.dev]\ndebug = false\nincremental = false\n",
        format!("{}/smithy-operation", files::runtime())
    );
    files::write(&folder.join("Cargo.toml"), &manifest)
}
