//! The generator is deterministic and never panics, whatever its input.

use codegen::{Input, Manifest, Output, Source, generate};
use serde_json::{Map, Value};
use std::path::Path;
use std::{fs, iter};

/// The model of Chime, as the repository has it.
fn chime() -> (Vec<(String, String)>, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/chime");
    let mut files = Vec::new();
    let mut open = vec![folder.clone()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).expect("the model's folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                let name = path.display().to_string();
                files.push((name, fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    files.sort();
    let settings = fs::read_to_string(folder.join("sdk.toml")).expect("the settings");
    (files, settings)
}

fn run(files: &[(String, String)], settings: &str) -> Result<Output, codegen::Diagnostics> {
    let sources: Vec<Source<'_>> = files
        .iter()
        .map(|(name, text)| Source { name, text })
        .collect();
    generate(&Input {
        model: &sources,
        settings: Source {
            name: "sdk.toml",
            text: settings,
        },
        command: "a test",
        manifest: Manifest::Workspace,
        skip_unsupported: false,
    })
}

/// The JSON with the keys of every object in another order. It does not use serde_json's map, which may
/// sort them.
fn shuffled(value: &Value, random: &mut fastrand::Rng, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(&String, &Value)> = map.iter().collect();
            random.shuffle(&mut entries);
            out.push('{');
            for (i, (key, value)) in entries.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                out.push_str(&Value::String(key.clone()).to_string());
                out.push(':');
                shuffled(value, random, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                shuffled(item, random, out);
            }
            out.push(']');
        }
        other => out.push_str(&other.to_string()),
    }
}

#[test]
fn the_order_of_keys_and_files_changes_nothing() {
    let (files, settings) = chime();
    let expected = run(&files, &settings).expect("a good model");
    assert!(expected.files.len() > 100);
    for seed in 0..8 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut other: Vec<(String, String)> = files
            .iter()
            .map(|(name, text)| {
                let value: Value = serde_json::from_str(text).expect("JSON");
                let mut text = String::new();
                shuffled(&value, &mut random, &mut text);
                (name.clone(), text)
            })
            .collect();
        random.shuffle(&mut other);
        let given = run(&other, &settings).expect("a good model");
        assert_eq!(given, expected, "seed {seed}");
    }
}

#[test]
fn the_names_of_files_change_nothing() {
    let (mut files, settings) = chime();
    let expected = run(&files, &settings).expect("a good model");
    let count = files.len();
    for (i, (name, _)) in files.iter_mut().enumerate() {
        *name = format!("{}.json", count - i);
    }
    assert_eq!(run(&files, &settings).expect("a good model"), expected);
}

#[test]
fn a_model_in_one_file_or_in_one_file_a_shape_is_the_same() {
    let (files, settings) = chime();
    let expected = run(&files, &settings).expect("a good model");
    let mut split = Vec::new();
    for (name, text) in &files {
        let value: Value = serde_json::from_str(text).expect("JSON");
        for (i, (id, shape)) in value["shapes"]
            .as_object()
            .expect("shapes")
            .iter()
            .enumerate()
        {
            let shapes: Map<String, Value> = iter::once((id.clone(), shape.clone())).collect();
            let text = serde_json::json!({"smithy": "2.0", "shapes": shapes}).to_string();
            split.push((format!("{name}/{i}"), text));
        }
    }
    assert_eq!(run(&split, &settings).expect("a good model"), expected);
}

#[test]
fn damaged_models_end_in_diagnostics() {
    let (files, settings) = chime();
    let (name, text) = files
        .iter()
        .max_by_key(|(_, text)| text.len())
        .expect("a file");
    let mut rejected = 0;
    for seed in 0..200 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut bytes = text.clone().into_bytes();
        match random.u8(0..4) {
            0 => bytes.truncate(random.usize(0..bytes.len())),
            1 => {
                let at = random.usize(0..bytes.len());
                bytes[at] = random.u8(32..127);
            }
            2 => {
                let (from, length) = (random.usize(0..bytes.len() - 40), random.usize(1..40));
                bytes.drain(from..from + length);
            }
            _ => {
                // Moves a whole line.
                let mut lines: Vec<&[u8]> = bytes.split(|b| *b == b'\n').collect();
                let line = lines.remove(random.usize(0..lines.len()));
                lines.insert(random.usize(0..lines.len()), line);
                bytes = lines.join(&b'\n');
            }
        }
        let damaged = String::from_utf8_lossy(&bytes).into_owned();
        let mut files = files.clone();
        for file in &mut files {
            if file.0 == *name {
                file.1.clone_from(&damaged);
            }
        }
        if let Err(problems) = run(&files, &settings) {
            assert!(!problems.is_empty(), "seed {seed}");
            rejected += 1;
        }
    }
    assert!(
        rejected > 100,
        "only {rejected} of 200 damaged models were rejected"
    );
}

#[test]
fn any_text_ends_in_diagnostics() {
    let settings = "crate = \"x\"\noperations = \"all\"\n";
    for text in [
        "",
        "{",
        "null",
        "\u{0}",
        "\u{feff}{}",
        "{\"smithy\":",
        "[[[[",
        "\"\\ud800\"",
        "1e999999",
        "{\"smithy\": \"2.0\", \"shapes\": {\"a#B\": {\"type\": \"apply\"}}}",
        "{\"smithy\": \"2.0\", \"shapes\": {\"a#B\": null, \"$\": {}, \"#\": []}}",
        "{\"smithy\": 2, \"shapes\": []}",
    ] {
        let files = vec![("model.json".to_owned(), text.to_owned())];
        let problems = run(&files, settings).expect_err(text);
        assert!(!problems.is_empty(), "{text}");
    }
    for settings in [
        "",
        "crate",
        "crate = 1",
        "\u{0}",
        "operations = \"all\"",
        "crate = \"\"\noperations = []\n",
    ] {
        let files = vec![("model.json".to_owned(), "{\"smithy\": \"2.0\"}".to_owned())];
        assert!(run(&files, settings).is_err(), "{settings}");
    }
}
