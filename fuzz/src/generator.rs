//! The generator: models, settings and published models.

use crate::mutate::mutated;
use crate::parts;
use codegen::import::{self, Published};
use codegen::{Input, Manifest, Source, generate};

pub(crate) const SETTINGS: &str = "crate = \"fuzz\"\noperations = \"all\"\n";

/// The files of a model; the last one is its settings, unless it is JSON.
pub(crate) fn model(data: &[u8]) {
    let mut texts = parts::texts(data);
    let settings = texts.pop_if(|text| !text.trim_start().starts_with(['{', '\u{feff}']));
    check(&texts, settings.as_deref().unwrap_or(SETTINGS));
}

/// A model from the fixtures, with modifications to its tree.
pub(crate) fn mutated_model(data: &[u8]) {
    if let Some((text, settings)) = mutated(data) {
        check(&[text], &settings);
    }
}

/// A published model, botocore's paginators and endpoint rules. The imported model is passed to the
/// generator.
pub(crate) fn import(data: &[u8]) {
    let texts = parts::texts(data);
    let source = |index: usize, name| {
        let text = texts.get(index)?.as_str();
        Some(Source { name, text })
    };
    let imported = import::import(&Published {
        model: source(0, "model.json").unwrap_or(Source {
            name: "model.json",
            text: "",
        }),
        paginators: source(1, "paginators-1.json"),
        waiters: None,
        endpoint_rules: source(2, "endpoint-rule-set-1.json"),
        service_shape: texts.get(3).map(String::as_str),
    });
    if let Ok(imported) = imported {
        let texts: Vec<String> = imported.files.into_values().collect();
        check(&texts, SETTINGS);
    }
}

/// Settings of a model that uses most features.
pub(crate) fn settings(data: &[u8]) {
    const MODEL: &str = include_str!("../../codegen/fixtures/good/closure_rename/model.json");
    check(&[MODEL.to_owned()], &String::from_utf8_lossy(data));
}

/// Generates a crate. It must parse, or there must be diagnostics.
fn check(model: &[String], settings: &str) {
    let names: Vec<String> = (0..model.len()).map(|it| format!("{it}.json")).collect();
    let sources: Vec<Source<'_>> = names
        .iter()
        .zip(model)
        .map(|(name, text)| Source { name, text })
        .collect();
    let settings = Source {
        name: "sdk.toml",
        text: settings,
    };
    // Listing the operations reads the same files.
    let _ = codegen::inventory(&sources, settings);
    let generated = generate(&Input {
        model: &sources,
        settings,
        command: "a fuzzer",
        skip_unsupported: true,
        manifest: Manifest::Workspace,
    });
    match generated {
        Ok(output) => {
            for (path, text) in &output.files {
                if path.ends_with(".rs") {
                    let parsed = syn::parse_file(text);
                    assert!(parsed.is_ok(), "{path} does not parse:\n{text}");
                }
            }
        }
        Err(problems) => {
            let mut problems = problems.iter().peekable();
            assert!(problems.peek().is_some(), "refused without a diagnostic");
            for problem in problems {
                assert!(problem.rule != "generator-bug", "{problem}");
                assert!(!problem.message.is_empty() && !problem.help.is_empty());
            }
        }
    }
}
