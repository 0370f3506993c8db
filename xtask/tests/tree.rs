//! `cargo xtask` works on the tree that it is run in, wherever it was built.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Copies a folder.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("copied");
        }
    }
}

/// A copy of the parts of the workspace that this test needs.
fn copied() -> tempfile::TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let tree = tempfile::tempdir().expect("a folder");
    fs::copy(root.join("Cargo.toml"), tree.path().join("Cargo.toml")).expect("copied");
    fs::create_dir(tree.path().join("xtask")).expect("a folder");
    fs::copy(
        root.join("xtask/Cargo.toml"),
        tree.path().join("xtask/Cargo.toml"),
    )
    .expect("copied");
    for folder in ["model/chime", "crates/chime-api"] {
        copy(&root.join(folder), &tree.path().join(folder));
    }
    let partitions = "model/partitions.json";
    fs::copy(root.join(partitions), tree.path().join(partitions)).expect("copied");
    tree
}

fn xtask(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    // The variables are those of this test's own crate.
    command
        .current_dir(folder)
        .env_remove("CARGO_PKG_NAME")
        .env_remove("CARGO_MANIFEST_DIR");
    command
}

fn check_regenerated(output: &Output, tree: &Path) {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let rooms = tree.join("crates/chime-api/src/operation");
    assert!(rooms.join("list_rooms.rs").is_file());
    assert!(
        !rooms.join("get_room.rs").exists(),
        "it is in no settings of this tree"
    );
}

#[test]
fn a_copied_tree_is_worked_on_and_the_original_is_not() {
    let original =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/chime-api/src/operation/get_room.rs");
    let settings = "crate = \"chime-api\"\noperations = [\"ListRooms\"]\n";
    // From a folder in the tree, as cargo runs it, and with `--root`.
    for way in 0..3 {
        let tree = copied();
        let root = tree.path();
        fs::write(root.join("model/chime/sdk.toml"), settings).expect("written");
        let mut command = match way {
            0 => xtask(&root.join("model")),
            1 => {
                let mut command = xtask(&std::env::temp_dir());
                command
                    .env("CARGO_PKG_NAME", "xtask")
                    .env("CARGO_MANIFEST_DIR", root.join("xtask"));
                command
            }
            _ => {
                let mut command = xtask(&std::env::temp_dir());
                command.arg("--root").arg(root);
                command
            }
        };
        let output = command.arg("regenerate").output().expect("it runs");
        check_regenerated(&output, root);
        assert!(original.is_file());
    }
}

#[test]
fn outside_of_a_tree_one_has_to_be_named() {
    let nowhere = tempfile::tempdir().expect("a folder");
    for arguments in [&["regenerate"][..], &["--root", "missing", "regenerate"]] {
        let output = xtask(nowhere.path())
            .args(arguments)
            .output()
            .expect("it runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success());
        assert!(
            errors.starts_with("error: ") && errors.contains("help: "),
            "{errors}"
        );
    }
}

#[test]
fn files_that_are_not_utf_8_are_rejected_with_their_place() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = tempfile::tempdir().expect("a folder");
    let model = folder.path().join("model.json");
    for (bytes, expected) in [
        (
            &b"{\n  \"smithy\": \"2.0\xff\"\n}"[..],
            "model.json:2: the file is not UTF-8",
        ),
        (b"\xff\xfe{\0", "it looks like UTF-16"),
    ] {
        fs::write(&model, bytes).expect("written");
        for command in ["generate", "import"] {
            let output = xtask(&root)
                .arg(command)
                .arg(&model)
                .arg("--into")
                .arg(folder.path().join("out"))
                .output()
                .expect("it runs");
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(!output.status.success());
            assert!(errors.contains(expected), "{errors}");
        }
    }
}

#[test]
fn warnings_and_skipped_operations_are_printed_to_stderr() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let fixtures = root.join("codegen/fixtures/good");
    let folder = tempfile::tempdir().expect("a folder");
    for (fixture, flag, expected) in [
        ("service_trait_fields", None, "warning[trait-value]: "),
        (
            "skip_unsupported",
            Some("--skip-unsupported"),
            "skipped Head: ",
        ),
    ] {
        let output = xtask(&root)
            .arg("generate")
            .arg(fixtures.join(fixture).join("model.json"))
            .arg("--into")
            .arg(folder.path().join(fixture))
            .args(flag)
            .output()
            .expect("it runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        assert!(errors.contains(expected), "{errors}");
    }
}
