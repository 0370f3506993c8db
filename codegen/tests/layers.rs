//! The layers of the generator: traits are looked up by type and protocols are values, so their names
//! appear only where they are declared.

use std::fs;
use std::path::{Path, PathBuf};

/// The code of a source file without comments and tests, by line.
struct Code {
    path: String,
    lines: Vec<(usize, String)>,
}

fn sources() -> Vec<Code> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![root.clone()];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                files.push(path);
            }
        }
    }
    assert!(files.len() > 50, "{} files", files.len());
    files.sort();
    files
        .into_iter()
        .map(|file| {
            let text = fs::read_to_string(&file).expect("a text");
            let lines = text.lines().enumerate();
            let lines = lines
                .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
                .filter(|(_, line)| !line.trim_start().starts_with("//"))
                .map(|(index, line)| (index + 1, line.to_owned()));
            Code {
                path: file
                    .strip_prefix(&root)
                    .expect("below")
                    .display()
                    .to_string(),
                lines: lines.collect(),
            }
        })
        .collect()
}

/// The lines outside of these folders that match.
fn found(except: &[&str], is_bad: impl Fn(&str) -> bool) -> Vec<String> {
    sources()
        .into_iter()
        .filter(|code| !except.iter().any(|folder| code.path.starts_with(folder)))
        .flat_map(|code| {
            let bad = code.lines.into_iter().filter(|(_, line)| is_bad(line));
            let bad = bad.map(|(number, line)| format!("{}:{number}: {}", code.path, line.trim()));
            bad.collect::<Vec<_>>()
        })
        .collect()
}

/// Whether a line has a string that begins with the ID of a trait.
fn names_a_trait(line: &str) -> bool {
    line.match_indices('"').any(|(at, _)| {
        let text = &line[at + 1..];
        let is_ours = ["smithy.", "aws.", "chime.sdk"]
            .iter()
            .any(|namespace| text.starts_with(namespace));
        let Some((namespace, name)) = text.split_once('#') else {
            return false;
        };
        is_ours
            && namespace
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '.')
            && name.starts_with(|c: char| c.is_ascii_lowercase())
    })
}

#[test]
fn no_stage_looks_a_trait_up_by_its_id() {
    assert!(names_a_trait(r#"traits.get("smithy.api#required")"#));
    assert!(names_a_trait(r#"[("a", "aws.auth#sigv4")]"#));
    assert!(!names_a_trait(r#"ShapeId::parse("smithy.api#Unit")"#));
    assert!(!names_a_trait(r#""add the trait `smithy.api#required`""#));
    let found = found(&["traits/", "source/"], names_a_trait);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_stage_knows_a_protocol_or_a_service() {
    let found = found(
        &["traits/", "protocol/", "import/botocore/protocols.rs"],
        |line| {
            let line = line.to_lowercase();
            ["restjson", "rest-json", "chime"]
                .iter()
                .any(|name| line.contains(name))
        },
    );
    assert!(found.is_empty(), "{}", found.join("\n"));
}
