//! The scripts of `chime completions`, in the shells that they are for. Shells that are not installed are skipped.

mod common;

use common::{chime, run};
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs a script in a shell that has our command in its path; `None` if there is no such shell.
fn shell(name: &str, arguments: &[&str], script: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_BIN_EXE_chime")).parent()?;
    let path = std::env::var("PATH").expect("a path");
    let output = Command::new(name)
        .args(arguments)
        .arg(script)
        .env("PATH", format!("{}:{path}", folder.display()))
        .env("TERM", "dumb")
        .stdin(Stdio::null())
        .output();
    let output = match output {
        Ok(output) => output,
        Err(error) => {
            println!("skipped: {name} cannot be run: {error}");
            return None;
        }
    };
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {err}");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

/// Returns what bash offers after a line.
fn bash(line: &str) -> Option<Vec<String>> {
    let script = format!(
        "source <(chime completions bash)
         COMP_LINE={}
         COMP_POINT=${{#COMP_LINE}}
         _chime
         printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        quoted(line)
    );
    let out = shell("bash", &["--norc", "-c"], &script)?;
    Some(out.lines().map(str::to_owned).collect())
}

/// Returns what fish offers after a line, without descriptions.
fn fish(line: &str) -> Option<Vec<String>> {
    let script = format!(
        "chime completions fish | source; complete -C {}",
        quoted_for_fish(line)
    );
    let out = shell("fish", &["--no-config", "-c"], &script)?;
    let words = out
        .lines()
        .map(|line| line.split('\t').next().unwrap_or_default());
    Some(words.map(str::to_owned).collect())
}

/// Returns what is on the line in zsh after a tab.
fn zsh(line: &str) -> Option<String> {
    let script = format!(
        "zmodload zsh/zpty
         zpty -b z zsh -f -i
         zpty -w z 'autoload -Uz compinit; compinit -u -D; PS1=; PROMPT=; unsetopt zle_bracketed_paste 2>/dev/null; source <(chime completions zsh); bindkey \"^X\" complete-word; done-line() {{ print -r -- \"[[$BUFFER]]\"; BUFFER=; zle accept-line }}; zle -N done-line; bindkey \"^Y\" done-line; print REA''DY'
         zpty -r -m z out '*READY*'
         zpty -n -w z {}$'\\t'$'\\C-y'
         zpty -r -m z out '*\\]\\]*'
         print -r -- \"$out\"",
        quoted(line)
    );
    let out = shell("zsh", &["-f", "-c"], &script)?;
    let (_, rest) = out.rsplit_once("[[")?;
    Some(rest.split("]]").next()?.to_owned())
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn quoted_for_fish(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}

#[test]
fn bash_completes() {
    for (line, expected) in [
        ("chime call GetRo", &["GetRoom "][..]),
        ("chime call GetRoom ", &["AccountId=", "RoomId="]),
        ("chime call GetRoom AccountId=x R", &["RoomId="]),
        (
            "chime call CreateRoomMembership Role=A",
            &["Administrator "],
        ),
        ("chime call GetRoom --output t", &["table "]),
        (
            "chime call GetRoom --service=m",
            &["media-pipelines ", "meetings ", "messaging "],
        ),
        (r#"chime call GetRoom --input '{"R"#, &[r#"{"RoomId": "#]),
        (
            r#"chime call GetRoom --input '{"RoomId": "a b", "A"#,
            &[r#"{"RoomId": "a b", "AccountId": "#],
        ),
        ("chime rooms add-m", &["add-members "]),
    ] {
        let Some(found) = bash(line) else { return };
        assert_eq!(found, expected, "{line}");
    }
}

#[test]
fn fish_completes() {
    for (line, expected) in [
        ("chime call GetRo", &["GetRoom"][..]),
        ("chime call GetRoom ", &["AccountId=", "RoomId="]),
        (
            "chime call CreateRoomMembership Role=A",
            &["Role=Administrator"],
        ),
        ("chime call GetRoom --output t", &["table"]),
        (r#"chime call GetRoom --input '{"R"#, &[r#"{"RoomId": "#]),
        ("chime rooms add-m", &["add-members"]),
    ] {
        let Some(found) = fish(line) else { return };
        assert_eq!(found, expected, "{line}");
    }
}

#[test]
fn zsh_completes() {
    for (line, expected) in [
        ("chime call GetRo", "chime call GetRoom "),
        ("chime call GetRoom A", "chime call GetRoom AccountId="),
        (
            "chime call CreateRoomMembership Role=A",
            "chime call CreateRoomMembership Role=Administrator ",
        ),
        (
            r#"chime call GetRoom --input '{"R"#,
            r#"chime call GetRoom --input '{"RoomId": "#,
        ),
    ] {
        let Some(found) = zsh(line) else { return };
        assert_eq!(found, expected, "{line}");
    }
}

#[test]
fn candidates_have_descriptions() {
    let said = run(&mut chime(&[
        "complete",
        "--described",
        "--",
        "chime",
        "call",
        "GetRo",
    ]));
    assert_eq!(said.code, Some(0));
    let (word, description) = said.out.trim_end().split_once('\t').expect("a description");
    assert_eq!(word, "GetRoom");
    assert!(!description.is_empty());
}
