//! Lists the shapes of the generated crates, for `tests/every_shape.rs`.
//!
//! The crates themselves have no such list, so it costs their users nothing.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The crates, and the folders of their sources.
const CRATES: &[(&str, &str)] = &[
    ("chime_api", "crates/chime-api"),
    ("chime_sdk_identity_api", "crates/chime-sdk-identity-api"),
    (
        "chime_sdk_media_pipelines_api",
        "crates/chime-sdk-media-pipelines-api",
    ),
    ("chime_sdk_meetings_api", "crates/chime-sdk-meetings-api"),
    ("chime_sdk_messaging_api", "crates/chime-sdk-messaging-api"),
    ("chime_sdk_voice_api", "crates/chime-sdk-voice-api"),
    (
        "fixture_collections",
        "codegen/fixtures/good/collections/expected",
    ),
    ("fixture_enums", "codegen/fixtures/good/enums/expected"),
    (
        "fixture_event_streams",
        "codegen/fixtures/good/event_streams/expected",
    ),
    (
        "fixture_optionality",
        "codegen/fixtures/good/optionality/expected",
    ),
    (
        "fixture_payloads",
        "codegen/fixtures/good/payloads/expected",
    ),
    (
        "fixture_recursive_structure",
        "codegen/fixtures/good/recursive_structure/expected",
    ),
    (
        "fixture_recursive_union",
        "codegen/fixtures/good/recursive_union/expected",
    ),
    (
        "fixture_sensitive",
        "codegen/fixtures/good/sensitive/expected",
    ),
    (
        "fixture_simple_types",
        "codegen/fixtures/good/simple_types/expected",
    ),
    (
        "fixture_streaming_blob",
        "codegen/fixtures/good/streaming_blob/expected",
    ),
    ("fixture_unions", "codegen/fixtures/good/unions/expected"),
    ("fixture_waiters", "codegen/fixtures/good/waiters/expected"),
    (
        "protocol_rest_json_1",
        "codegen/fixtures/protocols/rest_json_1/expected",
    ),
];

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut list = String::new();
    for (name, folder) in CRATES {
        let source = root.join(folder).join("src");
        println!("cargo::rerun-if-changed={}", source.display());
        writeln!(list, "/// The shapes of `{name}`.").expect("a string");
        writeln!(
            list,
            "pub(crate) static {}: &[Shape] = &[",
            name.to_uppercase()
        )
        .expect("a string");
        for file in files(&source.join("types")) {
            let module = match file.ends_with("error.rs") {
                true => format!("{name}::types::error"),
                false => format!("{name}::types"),
            };
            add_shapes(&mut list, &module, &file);
        }
        for file in files(&source.join("operation")) {
            let stem = file.file_stem().expect("a file").to_string_lossy();
            add_shapes(&mut list, &format!("{name}::operation::{stem}"), &file);
        }
        list.push_str("];\n");
    }
    let target = PathBuf::from(env::var_os("OUT_DIR").expect("set by cargo")).join("shapes.rs");
    fs::write(target, list).expect("the list is written");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{} cannot be read: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    files
}

/// Adds the shapes that macro calls in a file define.
fn add_shapes(list: &mut String, module: &str, file: &Path) {
    let text = fs::read_to_string(file).expect("a source file");
    for call in text.split("\n::smithy_operation::").skip(1) {
        let name = call.lines().find_map(|line| {
            let item = line.strip_prefix("    pub ")?;
            let (_, name) = item.split_once(' ')?;
            name.strip_suffix(" {").or(name.strip_suffix(" {}"))
        });
        let kind = call.split_once('!').map_or("", |(kind, _)| kind);
        let kind = match kind {
            // Streams are neither cloned nor compared.
            "structure" if !call.contains("\n    #[derive(Clone, PartialEq)]") => "stream",
            "structure" if call.contains("\n    #[error(") => "error",
            "structure" => "structure",
            "union" | "string_enum" | "int_enum" => "value",
            "blocking_paginator" | "operation" | "operation_error" | "service_error"
            | "stream_error" => continue,
            kind => panic!("`{kind}` in {} is not known here", file.display()),
        };
        let name = name.unwrap_or_else(|| panic!("a shape without a name in {}", file.display()));
        writeln!(list, "    shape!({kind}, {module}::{name}),").expect("a string");
    }
}
