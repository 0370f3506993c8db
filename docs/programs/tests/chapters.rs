//! The chapters show the programs as they are, and what these print.
//!
//! In a chapter, the comment `<!-- program: FILE -->` is followed by a block with the file, and
//! `<!-- output: NAME -->` by one with what the program prints. `UPDATE_EXPECT=1 cargo test -p chime-guide`
//! writes both.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(root().join(folder))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|it| it == extension))
        .collect();
    found.sort();
    found
}

/// The programs, by name.
fn programs() -> BTreeSet<String> {
    files("docs/programs/src/bin", "rs")
        .iter()
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect()
}

/// What a program prints, without what differs in each run.
fn output(name: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_first_call")).with_file_name(name);
    let output = Command::new(&program)
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} fails: {errors}");
    assert!(errors.is_empty(), "{name} prints: {errors}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let words: Vec<String> = text.split(' ').map(same_in_each_run).collect();
    in_order(&words.join(" "))
}

/// Sorts the outcomes of items, which come as requests end.
fn in_order(text: &str) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    for outcomes in
        lines.chunk_by_mut(|a, b| a.starts_with("refused ") && b.starts_with("refused "))
    {
        outcomes.sort_unstable();
    }
    lines.concat()
}

/// Replaces request IDs and ports.
fn same_in_each_run(word: &str) -> String {
    const REQUEST_ID: &str = "2f6f86c8-6b4c-4d5b-9e0a-7f6d0c1b2a39";
    let id: String = word
        .chars()
        .take_while(|it| it.is_ascii_hexdigit() || *it == '-')
        .collect();
    if id.len() == REQUEST_ID.len() && word[id.len()..].starts_with(')') {
        return word.replace(&id, REQUEST_ID);
    }
    match word.split_once("127.0.0.1:") {
        Some((before, after)) => {
            let rest = after.trim_start_matches(|it: char| it.is_ascii_digit());
            format!("{before}127.0.0.1:8080{rest}")
        }
        None => word.to_owned(),
    }
}

/// Fills the blocks of a chapter, and adds what it shows.
fn filled(text: &str, shown: &mut BTreeSet<String>, printed: &mut BTreeSet<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!-- ") {
        let (comment, after) = after.split_once(" -->").expect("a comment ends");
        out.push_str(&format!("{before}<!-- {comment} -->"));
        rest = after;
        let content = match comment.split_once(": ") {
            Some(("program", path)) => {
                shown.insert(path.to_owned());
                fs::read_to_string(root().join(path)).unwrap_or_else(|it| panic!("{path}: {it}"))
            }
            Some(("output", name)) => {
                printed.insert(name.to_owned());
                output(name)
            }
            _ => continue,
        };
        let (before, block) = rest.split_once("```").expect("a block");
        assert!(before.trim().is_empty(), "a block after {comment}");
        let (language, block) = block.split_once('\n').expect("a block");
        let (_, after) = block.split_once("```").expect("the end of the block");
        out.push_str(&format!("{before}```{language}\n{content}```"));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[test]
fn chapters_show_the_programs_and_what_they_print() {
    let (mut shown, mut printed) = (BTreeSet::new(), BTreeSet::new());
    for chapter in files("docs/guide", "md") {
        let name = chapter.display();
        let text = fs::read_to_string(&chapter).expect("a text");
        let filled = filled(&text, &mut shown, &mut printed);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&chapter, &filled).expect("written");
        } else {
            assert!(
                text == filled,
                "{name} differs from the programs: run `UPDATE_EXPECT=1 cargo test -p chime-guide`, which gives\n{filled}"
            );
        }
        // A program that is not run is not in the guide.
        let blocks = filled.matches("\n```rust").count();
        let comments = filled.matches("<!-- program: ").count();
        assert_eq!(blocks, comments, "{name} has Rust that nothing runs");
    }
    assert_eq!(printed, programs(), "each program is run");
    let mut expected: BTreeSet<String> = programs()
        .iter()
        .map(|name| format!("docs/programs/src/bin/{name}.rs"))
        .collect();
    // Cargo runs these itself.
    for test in [
        "docs/programs/tests/mocks.rs",
        "docs/programs/tests/local.rs",
        "tests/programs/tests/moving.rs",
    ] {
        expected.insert(test.to_owned());
    }
    assert_eq!(shown, expected, "each program is shown");
}

/// Every page is in the book, and every link leads somewhere.
#[test]
fn the_summary_and_links_lead_to_files() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).expect("a text");
    let mut pages = files("docs", "md");
    pages.extend(files("docs/guide", "md"));
    for page in &pages {
        let folder = page.parent().expect("a folder");
        let text = fs::read_to_string(page).expect("a text");
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|it| it.split(')').next())
        {
            let path = link.split('#').next().unwrap_or_default();
            let is_file = path.is_empty() || path.contains("://") || folder.join(path).exists();
            assert!(is_file, "{}: {link} leads nowhere", page.display());
        }
        let inside = page.strip_prefix(root().join("docs")).expect("below");
        let inside = inside.display().to_string();
        let is_in = inside == "SUMMARY.md" || summary.contains(&format!("({inside})"));
        assert!(is_in, "docs/SUMMARY.md has no {inside}");
    }
}
