//! The commands as their users run them, on a copy of the workspace's model and generated crate.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

/// A workspace with the model and what is generated from it.
struct Workspace(tempfile::TempDir);

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("copied");
        }
    }
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Workspace {
    fn new() -> Self {
        let workspace = Self(tempfile::tempdir().expect("a folder"));
        for folder in [
            "model/chime",
            "crates/chime-api",
            "crates/chime-sdk",
            "crates/smithy-operation/src/endpoint/partitions",
        ] {
            copy(&repository().join(folder), &workspace.path(folder));
        }
        // What makes a folder a workspace of ours.
        fs::create_dir_all(workspace.path("xtask")).expect("a folder");
        for file in ["Cargo.toml", "xtask/Cargo.toml", "model/partitions.json"] {
            fs::copy(repository().join(file), workspace.path(file)).expect("copied");
        }
        workspace
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.0.path().join(inside)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("--root")
            .arg(self.0.path())
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .expect("xtask runs")
    }

    /// Runs a command that must succeed, and returns its output.
    fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let (out, err) = texts(&output);
        assert!(output.status.success(), "{out}{err}");
        out
    }

    /// Runs a command that must fail, and returns its message.
    fn fail(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let (out, err) = texts(&output);
        assert_eq!(output.status.code(), Some(1), "{out}{err}");
        err
    }

    fn edit(&self, inside: &str, change: impl FnOnce(String) -> String) {
        let path = self.path(inside);
        let text = fs::read_to_string(&path).expect("a text");
        fs::write(&path, change(text)).expect("written");
    }
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

const GET_ROOM: &str = "crates/chime-api/src/operation/get_room.rs";

#[test]
fn what_is_committed_is_what_the_model_gives() {
    let workspace = Workspace::new();
    let out = workspace.succeed(&["regenerate", "--check"]);
    assert!(out.contains("up to date"), "{out}");
}

#[test]
fn a_second_run_writes_nothing() {
    let workspace = Workspace::new();
    workspace.edit(GET_ROOM, |text| text + "// edited\n");
    let out = workspace.succeed(&["regenerate"]);
    assert!(out.contains("1 written, 0 removed"), "{out}");
    let modified = |inside: &str| -> SystemTime {
        fs::metadata(workspace.path(inside))
            .and_then(|data| data.modified())
            .expect("a time")
    };
    let before = modified(GET_ROOM);
    let out = workspace.succeed(&["regenerate"]);
    assert!(out.contains("0 written, 0 removed"), "{out}");
    assert_eq!(modified(GET_ROOM), before);
}

#[test]
fn check_finds_edits_additions_and_deletions_and_fixes_nothing() {
    for (what, change, shown) in [
        (
            "an edit",
            &(|workspace: &Workspace| {
                workspace.edit(GET_ROOM, |text| text.replace("GetRoom", "TakeRoom"))
            }) as &dyn Fn(&Workspace),
            "-    pub struct TakeRoom;\n+    pub struct GetRoom;",
        ),
        (
            "an edit of the manifest",
            &|workspace| {
                workspace.edit("crates/chime-api/Cargo.toml", |text| {
                    text + "bytes = \"1\"\n"
                })
            },
            "-bytes = \"1\"",
        ),
        (
            "an addition",
            &|workspace| {
                fs::write(
                    workspace.path("crates/chime-api/src/extra.rs"),
                    "fn extra() {}\n",
                )
                .unwrap()
            },
            "-fn extra() {}",
        ),
        (
            "an empty file",
            &|workspace| fs::write(workspace.path("crates/chime-api/src/empty.rs"), "").unwrap(),
            "src/empty.rs",
        ),
        (
            "a deletion",
            &|workspace| fs::remove_file(workspace.path(GET_ROOM)).unwrap(),
            "+    pub struct GetRoom;",
        ),
    ] {
        let workspace = Workspace::new();
        change(&workspace);
        let error = workspace.fail(&["regenerate", "--check"]);
        assert!(error.contains(shown), "{what}:\n{error}");
        assert!(
            error.contains("run `cargo xtask regenerate`"),
            "{what}:\n{error}"
        );
        workspace.fail(&["regenerate", "--check"]);
        workspace.succeed(&["regenerate"]);
        workspace.succeed(&["regenerate", "--check"]);
    }
}

#[test]
fn a_bad_model_writes_nothing_and_names_every_problem() {
    let workspace = Workspace::new();
    workspace.edit("model/chime/model.json", |text| {
        text.replace(
            "com.amazonaws.chime#RoomMembershipRole\"",
            "com.amazonaws.chime#Rolle\"",
        )
        .replacen("\"method\": \"POST\"", "\"method\": 7", 1)
    });
    workspace.edit(GET_ROOM, |text| text + "// edited\n");
    let error = workspace.fail(&["regenerate"]);
    assert!(error.contains("error[unknown-target]"), "{error}");
    assert!(error.contains("error[trait-value]"), "{error}");
    assert!(error.contains("--> model/chime/model.json:"), "{error}");
    assert!(error.contains("nothing was written"), "{error}");
    let text = fs::read_to_string(workspace.path(GET_ROOM)).unwrap();
    assert!(text.ends_with("// edited\n"));
}

#[test]
fn an_operation_goes_and_comes_back_by_one_line() {
    let workspace = Workspace::new();
    let settings = "model/chime/sdk.toml";
    workspace.edit(settings, |text| {
        text.replace("operations = \"all\"", "operations = [\"GetRoom\"]")
    });
    let out = workspace.succeed(&["operations"]);
    assert!(out.contains("62 operations, 1 generated"), "{out}");
    assert!(
        out.contains("+ GetRoom ") && out.contains("- ListRooms "),
        "{out}"
    );
    workspace.succeed(&["regenerate"]);
    assert!(
        !workspace
            .path("crates/chime-api/src/operation/list_rooms.rs")
            .exists()
    );
    workspace.edit(settings, |text| text.replace("[\"GetRoom\"]", "\"all\""));
    workspace.succeed(&["regenerate"]);
    let original = fs::read_to_string(repository().join(GET_ROOM)).unwrap();
    assert_eq!(
        fs::read_to_string(workspace.path(GET_ROOM)).unwrap(),
        original
    );
    assert!(
        workspace
            .path("crates/chime-api/src/operation/list_rooms.rs")
            .exists()
    );
}

#[test]
fn a_published_model_is_imported_and_generated() {
    let workspace = Workspace::new();
    let fixtures = repository().join("codegen/fixtures/import");
    copy(&fixtures, &workspace.path("published"));
    let out = workspace.succeed(&[
        "import",
        "published/service-2.json",
        "--into",
        "model/things",
    ]);
    assert!(
        out.contains("botocore service-2.json") && out.contains("note: "),
        "{out}"
    );
    assert!(workspace.path("model/things/sdk.toml").is_file());
    let out = workspace.succeed(&["import", "published/smithy.json", "--into", "model/things"]);
    assert!(out.contains("#Things20261124"), "{out}");
    let out = workspace.succeed(&["import", "published/smithy.json", "--into", "model/things"]);
    assert!(out.contains("model/things/model.json: unchanged"), "{out}");
    let out = workspace.succeed(&["regenerate"]);
    assert!(out.contains("crates/things-api: "), "{out}");
    let out = workspace.succeed(&["generate", "published/smithy.json", "--into", "elsewhere"]);
    assert!(out.contains("elsewhere: "), "{out}");
    assert!(
        workspace
            .path("elsewhere/src/operation/put_thing.rs")
            .is_file()
    );
}

#[test]
fn partitions_are_imported_and_generated() {
    const TABLE: &str = "crates/smithy-operation/src/endpoint/partitions/table.rs";
    let workspace = Workspace::new();
    // The normalised file has the published form, so it serves as a published one.
    let file = "model/partitions.json";
    fs::copy(workspace.path(file), workspace.path("published.json")).unwrap();
    let out = workspace.succeed(&["import", "published.json"]);
    assert!(out.contains("model/partitions.json: unchanged"), "{out}");
    workspace.edit("published.json", |text| {
        text.replace(
            "\"aws-global\": {}",
            "\"aws-all\": {\"description\": \"words\"}",
        )
    });
    let out = workspace.succeed(&["import", "published.json"]);
    assert!(out.contains("model/partitions.json: written"), "{out}");
    assert!(
        out.contains("+ partitions / 0 / regions / aws-all"),
        "{out}"
    );
    let text = fs::read_to_string(workspace.path(file)).unwrap();
    assert!(
        text.contains("aws-all") && !text.contains("words"),
        "{text}"
    );
    assert!(!workspace.path("model/sdk.toml").exists());
    let error = workspace.fail(&["regenerate", "--check"]);
    assert!(error.contains("+            \"aws-all\","), "{error}");
    let out = workspace.succeed(&["regenerate"]);
    assert!(out.contains("1 files, 1 written"), "{out}");
    let table = fs::read_to_string(workspace.path(TABLE)).unwrap();
    assert!(table.contains("aws-all"), "{table}");
    workspace.edit(file, |text| text.replacen("\\\\w+", "[a-z]+", 1));
    let error = workspace.fail(&["regenerate"]);
    assert!(error.contains("error[partitions]"), "{error}");
    assert!(error.contains("--> model/partitions.json:"), "{error}");
}

#[test]
fn a_folder_of_somebody_else_s_is_left_alone() {
    let workspace = Workspace::new();
    fs::create_dir(workspace.path("mine")).unwrap();
    fs::write(workspace.path("mine/thesis.txt"), "years of work").unwrap();
    let error = workspace.fail(&["generate", "model/chime", "--into", "mine"]);
    assert!(
        error.contains("contains files that were not generated"),
        "{error}"
    );
    assert_eq!(fs::read_dir(workspace.path("mine")).unwrap().count(), 1);
}

#[test]
fn what_cannot_be_read_is_said() {
    let workspace = Workspace::new();
    let error = workspace.fail(&["import", "gone.json", "--into", "model/x"]);
    assert!(error.contains("cannot read gone.json"), "{error}");
    fs::write(workspace.path("bytes.json"), [0xff, 0xfe]).unwrap();
    let error = workspace.fail(&["import", "bytes.json", "--into", "model/x"]);
    assert!(error.contains("is not UTF-8"), "{error}");
    let error = workspace.fail(&["import", "model/chime/model.json"]);
    assert!(error.contains("add --into model/NAME"), "{error}");
    let error = workspace.fail(&["regenerate", "nothing"]);
    assert!(
        error.contains("there is no model in model/nothing"),
        "{error}"
    );
}
