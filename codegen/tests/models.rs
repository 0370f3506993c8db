//! Published models, and inputs that once caused bugs: each generates or gives the expected
//! diagnostics.
//!
//! They are not part of the repository. Tests without their files are skipped.

use codegen::{Diagnostics, Input, Manifest, Output, Source, generate};
use std::fs;
use std::path::{Path, PathBuf};

/// The JSON files of a folder next to the repository. If it is missing, prints so and returns `None`.
fn files(folder: &str) -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared")
        .join(folder);
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: there is no {}", folder.display());
        return None;
    };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    Some(files)
}

fn run(path: &Path, skip_unsupported: bool) -> Result<Output, Diagnostics> {
    generate(&Input {
        model: &[Source {
            name: "model.json",
            text: &fs::read_to_string(path).expect("UTF-8"),
        }],
        settings: Source {
            name: "sdk.toml",
            text: "crate = \"example\"\noperations = \"all\"\n",
        },
        command: "a test",
        manifest: Manifest::Workspace,
        skip_unsupported,
    })
}

fn stem(path: &Path) -> &str {
    let name = path.file_stem().and_then(|name| name.to_str());
    name.expect("a name")
}

#[test]
fn published_models_generate_or_name_the_feature_that_is_missing() {
    for path in ["models", "models/aws"]
        .into_iter()
        .filter_map(files)
        .flatten()
    {
        let name = stem(&path);
        match run(&path, false) {
            Ok(output) => assert!(output.skipped.is_empty(), "{name}"),
            Err(problems) if name == "sdk-partitions" => {
                assert!(
                    problems.to_string().contains("not a Smithy JSON AST"),
                    "{problems}"
                );
            }
            Err(problems) => {
                for problem in problems.to_string().split("\n\n") {
                    assert!(
                        problem.starts_with("error[unsupported-trait]"),
                        "{name}:\n{problem}"
                    );
                }
            }
        }
    }
}

#[test]
fn operations_that_need_what_is_missing_can_be_left_out() {
    for path in files("models/aws").into_iter().flatten() {
        let name = stem(&path);
        let Err(problems) = run(&path, false) else {
            continue;
        };
        let Ok(output) = run(&path, true) else {
            continue;
        };
        assert!(!output.skipped.is_empty(), "{name}");
        for reason in output.skipped.iter().flat_map(|skipped| &skipped.reasons) {
            assert!(
                problems.to_string().contains(&reason.message),
                "{name}: {reason}"
            );
        }
    }
}

#[test]
fn inputs_that_went_wrong_give_what_they_should() {
    for path in files("cases/models").into_iter().flatten() {
        let name = stem(&path);
        let rules: Option<Vec<&str>> = run(&path, false)
            .as_ref()
            .err()
            .map(|problems| problems.iter().map(|problem| problem.rule).collect());
        match name {
            "list-of-unit" => assert_eq!(rules, Some(vec!["unit-target"])),
            "two-members-one-json-name" => assert_eq!(rules, Some(vec!["json-name"])),
            // Names either compile, or one diagnostic names both sides.
            _ if name.contains("-named-") => {
                assert!(
                    rules.is_none_or(|rules| rules == ["name-collision"]),
                    "{name}"
                );
            }
            _ => assert_eq!(rules, None, "{name}"),
        }
    }
}

#[test]
fn a_member_of_two_mixins_keeps_the_traits_of_both() {
    let Some(files) = files("cases/models") else {
        return;
    };
    let Some(path) = files
        .iter()
        .find(|path| stem(path) == "member-of-two-mixins")
    else {
        return;
    };
    let output = run(path, false).expect("a good model");
    let operation = &output.files["src/operation/do.rs"];
    for part in ["with_http_header(\"X-A\")", "checked", "From the second."] {
        assert!(
            operation.contains(part),
            "`{part}` is missing in\n{operation}"
        );
    }
}

#[test]
fn a_missing_bucket_has_a_code() {
    // The model has no status for `NotFound`, and a response to HEAD has no body.
    let files = files("models/aws");
    let s3 = files.and_then(|files| files.into_iter().find(|path| stem(path) == "s3"));
    let Some(path) = s3 else {
        return;
    };
    let output = run(&path, false).expect("a good model");
    let service = &output.files["src/service.rs"];
    assert!(
        service.contains("empty_errors: &[(404, \"NotFound\")]"),
        "{service}"
    );
}
