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

/// The protocol of a published model that is not restJson1.
fn other_protocol(name: &str) -> Option<&'static str> {
    Some(match name {
        "cloudwatch-2010-08-01" => "awsJson1_0, awsQuery and rpcv2Cbor",
        "dynamodb" | "sqs" | "timestream-query" => "awsJson1_0",
        "kinesis-2013-12-02" | "ssm-2014-11-06" => "awsJson1_1",
        "route-53" | "s3" => "restXml",
        "sts" => "awsQuery",
        _ => return None,
    })
}

/// The unsupported feature of a published restJson1 model, and how many operations need it.
fn lacking(name: &str) -> Option<(&'static str, usize)> {
    Some(match name {
        "bedrock-runtime" => ("event streams", 3),
        "lambda" => ("event streams", 1),
        "sesv2-2019-09-27" => ("endpoint parameters from members", 2),
        "cloudfront-keyvaluestore-2022-07-26" => ("endpoint parameters from members", ALL),
        "neptune-graph-2023-11-29" => ("endpoint parameters of operations", ALL),
        "transcribe-streaming" => ("event streams", 4),
        _ => return None,
    })
}

/// All operations, so there is nothing to generate.
const ALL: usize = usize::MAX;

#[test]
fn published_models_generate_or_say_in_one_diagnostic_why_not() {
    for path in ["models", "models/aws"]
        .into_iter()
        .filter_map(files)
        .flatten()
    {
        let name = stem(&path);
        let expected = match (other_protocol(name), lacking(name), name) {
            (Some(protocol), ..) => {
                format!("the service supports {protocol}; the generator supports only restJson1")
            }
            (_, Some((what, _)), _) => format!("requires {what}"),
            (.., "sdk-partitions") => "not a Smithy JSON AST".to_owned(),
            _ => {
                let output = run(&path, false).unwrap_or_else(|all| panic!("{name}:\n{all}"));
                assert!(
                    output.warnings.is_empty() && output.skipped.is_empty(),
                    "{name}"
                );
                continue;
            }
        };
        let problems = run(&path, false).expect_err(name);
        assert_eq!(problems.len(), 1, "{name}:\n{problems}");
        assert!(
            problems.to_string().contains(&expected),
            "{name}:\n{problems}"
        );
    }
}

#[test]
fn operations_that_need_what_is_missing_can_be_left_out() {
    for path in files("models/aws").into_iter().flatten() {
        let name = stem(&path);
        let Some((what, count)) = lacking(name) else {
            continue;
        };
        match run(&path, true) {
            Ok(output) => {
                assert_eq!(output.skipped.len(), count, "{name}");
                for reason in output.skipped.iter().flat_map(|skipped| &skipped.reasons) {
                    assert!(reason.message.contains(what), "{name}: {reason}");
                }
            }
            Err(problems) => assert_eq!((count, problems.len()), (ALL, 1), "{name}:\n{problems}"),
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
