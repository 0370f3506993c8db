//! The chapters and pages show programs as they are, and what these print.
//!
//! In a page, the comment `<!-- program: FILE -->` is followed by a block with the file, `<!-- part: FILE#NAME -->` by
//! one with the lines between the comments `// ANCHOR: NAME` and `// ANCHOR_END: NAME` of the file, and
//! `<!-- output: NAME -->` by one with what the program prints. `UPDATE_EXPECT=1 cargo test -p chime-guide` writes
//! them. A block of Rust that cannot be compiled here has the comment `<!-- not compiled: REASON -->`.

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

/// Replaces IDs that are random, and ports.
fn same_in_each_run(word: &str) -> String {
    const ID: &str = "2f6f86c8-6b4c-4d5b-9e0a-7f6d0c1b2a39";
    let mut word = word.to_owned();
    let is_id = |text: &str| {
        let is_like =
            |(a, b): (char, char)| (a == '-') == (b == '-') && (a == '-' || a.is_ascii_hexdigit());
        text.chars().zip(ID.chars()).all(is_like)
    };
    let mut start = 0;
    while start + ID.len() <= word.len() {
        let place = start..start + ID.len();
        // Those of sample data are the same in each run.
        if let Some(text) = word.get(place.clone())
            && is_id(text)
            && !text.starts_with("00000000-")
        {
            word.replace_range(place, ID);
        }
        start += 1;
    }
    match word.split_once("127.0.0.1:") {
        Some((before, after)) => {
            let rest = after.trim_start_matches(|it: char| it.is_ascii_digit());
            format!("{before}127.0.0.1:8080{rest}")
        }
        None => word,
    }
}

/// The names of the parts of a file.
fn parts(path: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|it| panic!("{path}: {it}"));
    let anchors = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("// ANCHOR: "));
    anchors.map(str::to_owned).collect()
}

/// A part of a file, without its indentation.
fn part(path: &str, name: &str) -> String {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|it| panic!("{path}: {it}"));
    let mut lines = text.lines();
    let found = lines.any(|line| line.trim() == format!("// ANCHOR: {name}"));
    assert!(found, "{path} has no part {name}");
    let end = format!("// ANCHOR_END: {name}");
    let lines: Vec<&str> = lines.take_while(|line| line.trim() != end).collect();
    let indentation = |line: &&str| line.len() - line.trim_start().len();
    let of_text = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(indentation);
    let common = of_text.min().unwrap_or_default();
    let lines = lines
        .iter()
        .map(|line| line.get(common..).unwrap_or_default());
    lines.map(|line| format!("{line}\n")).collect()
}

/// What pages show.
#[derive(Default)]
struct Shown {
    programs: BTreeSet<String>,
    parts: BTreeSet<String>,
    outputs: BTreeSet<String>,
}

/// Fills the blocks of a page, and adds what it shows.
fn filled(text: &str, shown: &mut Shown) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!-- ") {
        let (comment, after) = after.split_once(" -->").expect("a comment ends");
        out.push_str(&format!("{before}<!-- {comment} -->"));
        rest = after;
        let content = match comment.split_once(": ") {
            Some(("program", path)) => {
                shown.programs.insert(path.to_owned());
                fs::read_to_string(root().join(path)).unwrap_or_else(|it| panic!("{path}: {it}"))
            }
            Some(("part", place)) => {
                shown.parts.insert(place.to_owned());
                let (path, name) = place.split_once('#').expect("a file and a name");
                part(path, name)
            }
            Some(("output", name)) => {
                shown.outputs.insert(name.to_owned());
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

/// Returns how many blocks of Rust nothing compiles.
fn check_blocks(name: &str, text: &str) -> usize {
    let mut reasons = 0;
    let mut last = "";
    for line in text.lines().filter(|line| !line.is_empty()) {
        if line.starts_with("```rust") {
            let is_compiled = ["<!-- program: ", "<!-- part: "]
                .iter()
                .any(|it| last.starts_with(it));
            let has_reason = last.starts_with("<!-- not compiled: ");
            assert!(
                is_compiled || has_reason,
                "{name} has Rust that nothing compiles: {last}"
            );
            reasons += usize::from(has_reason);
        }
        last = line;
    }
    reasons
}

#[test]
fn pages_show_the_programs_and_what_they_print() {
    let mut shown = Shown::default();
    let mut not_compiled = 0;
    let mut pages = files("docs/guide", "md");
    pages.extend(files("docs", "md"));
    for page in pages {
        let name = page.display().to_string();
        let text = fs::read_to_string(&page).expect("a text");
        let filled = filled(&text, &mut shown);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&page, &filled).expect("written");
        } else {
            assert!(
                text == filled,
                "{name} differs from the programs: run `UPDATE_EXPECT=1 cargo test -p chime-guide`, which gives\n{filled}"
            );
        }
        not_compiled += check_blocks(&name, &filled);
    }
    println!("{not_compiled} blocks of Rust are not compiled");
    assert_eq!(shown.outputs, programs(), "each program is run");
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
    assert_eq!(shown.programs, expected, "each program is shown");
    let mut expected = BTreeSet::new();
    for file in files("docs/programs/tests/pages", "rs") {
        let name = file.file_name().expect("a name").to_string_lossy();
        let path = format!("docs/programs/tests/pages/{name}");
        expected.extend(parts(&path).into_iter().map(|it| format!("{path}#{it}")));
    }
    assert_eq!(shown.parts, expected, "each part is shown");
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
