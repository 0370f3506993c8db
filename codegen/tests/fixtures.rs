//! The fixtures: small models, each named for its hazard, with the expected Rust or diagnostics.
//! `UPDATE_EXPECT=1 cargo test -p chime-codegen` writes the current output.
//!
//! The expected Rust of each good fixture is a crate in the workspace, so it is compiled and linted with
//! everything else.

use codegen::{Input, Manifest, Output, Source, generate};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn folders(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(kind);
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the fixtures' folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn updating() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some()
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .expect("below")
                    .display()
                    .to_string();
                found.insert(name, fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    found
}

/// Generates from a fixture's folder: its JSON files, and its settings or all operations. A file `standalone`
/// asks for a crate with a client.
fn run(folder: &Path) -> Result<Output, String> {
    let manifest = match folder.join("standalone").is_file() {
        true => Manifest::Standalone("../../../../../crates"),
        false => Manifest::Unpublished,
    };
    run_as(folder, manifest)
}

fn run_as(folder: &Path, manifest: Manifest<'_>) -> Result<Output, String> {
    with_input(folder, manifest, generate)
}

/// Generates in some way from a fixture's folder.
fn with_input<T>(
    folder: &Path,
    manifest: Manifest<'_>,
    generate: impl Fn(&Input<'_>) -> Result<T, codegen::Diagnostics>,
) -> Result<T, String> {
    let mut texts: Vec<(String, String)> = fs::read_dir(folder)
        .expect("the fixture's folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, fs::read_to_string(&path).expect("a text"))
        })
        .collect();
    texts.sort();
    let sources: Vec<Source<'_>> = texts
        .iter()
        .map(|(name, text)| Source { name, text })
        .collect();
    let settings = fs::read_to_string(folder.join("sdk.toml"))
        .unwrap_or_else(|_| "crate = \"fixture\"\noperations = \"all\"\n".to_owned());
    generate(&Input {
        model: &sources,
        settings: Source {
            name: "sdk.toml",
            text: &settings,
        },
        command: "UPDATE_EXPECT=1 cargo test -p chime-codegen",
        manifest,
        skip_unsupported: false,
    })
    .map_err(|problems| problems.to_string())
}

#[test]
fn a_standalone_crate_depends_on_the_runtime_crates_that_it_uses() {
    for (fixture, crates) in [
        (
            "batch",
            &[
                "smithy-batch",
                "smithy-client",
                "smithy-mock",
                "smithy-operation",
            ][..],
        ),
        (
            "simple_types",
            &["smithy-client", "smithy-mock", "smithy-operation"],
        ),
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures/good")
            .join(fixture);
        let output = run_as(&folder, Manifest::Standalone("/the \"runtime\"")).expect("a crate");
        let manifest: toml::Table = output.files["Cargo.toml"].parse().expect("TOML");
        let dependencies = manifest["dependencies"].as_table().expect("a table");
        let expected: Vec<_> = crates
            .iter()
            .map(|name| ((*name).to_owned(), format!("/the \"runtime\"/{name}")))
            .collect();
        let found: Vec<_> = dependencies
            .iter()
            .map(|(name, value)| {
                (
                    name.clone(),
                    value["path"].as_str().expect("a path").to_owned(),
                )
            })
            .collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn good_models_give_the_expected_rust() {
    let folders = folders("good");
    assert!(folders.len() >= 15);
    for folder in folders {
        let name = folder.display();
        let output = run(&folder).unwrap_or_else(|problems| panic!("{name}:\n{problems}"));
        check_remarks(&folder, &output);
        check_files(&folder, &output.files);
    }
}

/// The protocols' fixtures are crates that stand alone, with a test for each case in the model.
#[test]
fn protocols_give_the_expected_clients() {
    for folder in folders("protocols") {
        let name = folder.display();
        let manifest = Manifest::Standalone("../../../../../crates");
        let (output, cases) = with_input(&folder, manifest, codegen::generate_with_protocol_tests)
            .unwrap_or_else(|problems| panic!("{name}:\n{problems}"));
        assert!(!cases.is_empty(), "{name} has no cases");
        for case in cases {
            assert!(case.test.is_ok(), "{name}: {case:?}");
        }
        check_files(&folder, &output.files);
    }
}

fn check_files(folder: &Path, given: &BTreeMap<String, String>) {
    let name = folder.display();
    let expected = folder.join("expected");
    if updating() {
        let _ = fs::remove_dir_all(&expected);
        for (path, text) in given {
            let path = expected.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
    }
    let expected = files(&expected);
    assert_eq!(
        given.keys().collect::<BTreeSet<_>>(),
        expected.keys().collect::<BTreeSet<_>>(),
        "{name}: unexpected files"
    );
    for (path, text) in given {
        assert_eq!(text, &expected[path], "{name}/expected/{path} differs");
    }
}

/// Warnings and skipped operations are in `remarks.txt`, if there are any.
fn check_remarks(folder: &Path, output: &Output) {
    let mut given: Vec<String> = output.warnings.iter().map(ToString::to_string).collect();
    for skipped in &output.skipped {
        for reason in &skipped.reasons {
            let place = reason.location.as_ref().expect("a place");
            given.push(format!(
                "skipped {}: {} ({place})",
                skipped.operation, reason.message
            ));
        }
    }
    let given: String = given.into_iter().map(|line| line + "\n").collect();
    let path = folder.join("remarks.txt");
    if updating() && (!given.is_empty() || path.is_file()) {
        fs::write(&path, &given).expect("written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(given, expected, "{}: unexpected remarks", folder.display());
}

#[test]
fn bad_models_give_the_expected_diagnostics() {
    let folders = folders("bad");
    assert!(folders.len() >= 25);
    for folder in folders {
        let name = folder.display();
        let given = run(&folder).expect_err(&name.to_string());
        let given = format!("{given}\n");
        let path = folder.join("expected.txt");
        if updating() {
            fs::write(&path, &given).expect("written");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(given, expected, "{name}: unexpected diagnostics");
        for problem in given.split("\n\n") {
            for part in ["error[", "]: ", "\n  help: "] {
                assert!(
                    problem.contains(part),
                    "{name}: `{part}` is missing in\n{problem}"
                );
            }
        }
    }
}
