//! The guide's chapters about the generator: what they tell to do is done, in a copy of the tree.
//!
//! The lines `$ cargo xtask ...` of console blocks are run, and each line below one is the start of a line of its
//! output. Comments before a block say what becomes of it: `<!-- file: PATH -->` writes the block to a file,
//! `<!-- edit: PATH -->` applies a difference, and `<!-- fails -->` expects commands to fail.
//! `<!-- remove: PATH -->` removes a file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Copies a folder.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("copied");
        }
    }
}

/// The models in a tree, and what is generated from them.
fn tree() -> tempfile::TempDir {
    let tree = tempfile::tempdir().expect("a folder");
    fs::create_dir(tree.path().join("xtask")).expect("a folder");
    for file in ["Cargo.toml", "xtask/Cargo.toml"] {
        fs::copy(root().join(file), tree.path().join(file)).expect("copied");
    }
    copy(&root().join("model"), &tree.path().join("model"));
    let output = xtask(tree.path(), "regenerate");
    assert!(output.0, "{}", output.1);
    tree
}

/// Runs a command and returns whether it succeeded, and what it printed.
fn xtask(tree: &Path, arguments: &str) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments.split_whitespace())
        .current_dir(tree)
        // The variables are those of this test's own crate.
        .env_remove("CARGO_PKG_NAME")
        .env_remove("CARGO_MANIFEST_DIR")
        .output()
        .expect("it runs");
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    (output.status.success(), text)
}

/// Follows a chapter, and returns how many commands it has.
fn follow(chapter: &str) -> usize {
    let text = fs::read_to_string(root().join("docs/guide").join(chapter)).expect("a chapter");
    let tree = tree();
    let mut lines = text.lines();
    let (mut comment, mut commands) = (None, 0);
    while let Some(line) = lines.next() {
        if let Some(found) = line.strip_prefix("<!-- ") {
            let found = found.strip_suffix(" -->").expect("the end of a comment");
            match found.split_once(": ") {
                Some(("remove", path)) => fs::remove_file(tree.path().join(path)).expect("removed"),
                _ => comment = Some(found),
            }
        } else if let Some(language) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            match comment
                .take()
                .map(|it| it.split_once(": ").unwrap_or((it, "")))
            {
                Some(("file", path)) => write(&tree.path().join(path), &block),
                Some(("edit", path)) => edit(&tree.path().join(path), &block),
                Some(("fails", _)) => commands += run(tree.path(), &block, false),
                None if language == "console" => commands += run(tree.path(), &block, true),
                None => {}
                Some(other) => panic!("{chapter}: {other:?}"),
            }
        }
    }
    commands
}

fn write(path: &Path, block: &[&str]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, block.join("\n") + "\n").expect("written");
}

/// Replaces the lines that start with `-` by those that start with `+`.
fn edit(path: &Path, block: &[&str]) {
    let part = |sign: char| {
        let lines = block.iter().filter_map(|line| line.strip_prefix(sign));
        lines.collect::<Vec<_>>().join("\n")
    };
    let text = fs::read_to_string(path).expect("a text");
    assert_eq!(text.matches(&part('-')).count(), 1, "{}", path.display());
    fs::write(path, text.replace(&part('-'), &part('+'))).expect("written");
}

/// Runs the commands of a console, and returns how many there are.
fn run(tree: &Path, block: &[&str], succeeds: bool) -> usize {
    let (mut count, mut printed) = (0, String::new());
    for line in block {
        if let Some(command) = line.strip_prefix("$ ") {
            let arguments = command.strip_prefix("cargo xtask ").expect("a task");
            let (success, text) = xtask(tree, arguments);
            assert_eq!(success, succeeds, "{command}:\n{text}");
            (count, printed) = (count + 1, text);
        } else {
            assert!(
                printed.lines().any(|printed| printed.starts_with(line)),
                "`{line}` is not in\n{printed}"
            );
        }
    }
    count
}

#[test]
fn regenerating() {
    assert_eq!(follow("regenerating.md"), 4);
}

#[test]
fn extending_to_an_operation() {
    assert_eq!(follow("operation.md"), 4);
}

#[test]
fn extending_to_a_service() {
    assert_eq!(follow("service.md"), 4);
}
