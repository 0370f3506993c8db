//! The pages about the command show what it prints.
//!
//! The lines `$ chime ...` of console blocks are run by a shell, against a local Chime, and the lines below one are all
//! that it prints. IDs differ in each run: those of a page stand for those of the run, also in later commands. A block
//! that is not run has the comment `<!-- not run: REASON -->`. `<!-- file: NAME -->` writes a block to a file.
#![cfg(unix)]

mod common;

use common::{Local, Said, chime};
use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// The length of an ID.
const ID: usize = 36;

fn is_id(text: &str) -> bool {
    let is_at = |(index, it): (usize, char)| match index {
        8 | 13 | 18 | 23 => it == '-',
        _ => it.is_ascii_hexdigit(),
    };
    text.len() == ID && text.chars().enumerate().all(is_at)
}

/// Splits a text at its IDs. Every second part is one.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut end) = (Vec::new(), 0, 0);
    while end < text.len() {
        match text.get(end..end + ID).filter(|it| is_id(it)) {
            Some(id) => {
                parts.extend([&text[start..end], id]);
                end += ID;
                start = end;
            }
            None => end += text[end..].chars().next().map_or(1, char::len_utf8),
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Replaces times, and removes spaces at the ends of lines.
fn same_in_each_run(text: &str) -> String {
    let line = |line: &str| match line.split_once(" per second") {
        Some((before, after)) => {
            let before = before.trim_end_matches(|it: char| it.is_ascii_digit() || it == '.');
            format!("{before}100 per second{after}")
        }
        None if line.starts_with("time  ") => "time         0.0 s".to_owned(),
        None => line.trim_end().to_owned(),
    };
    let lines: Vec<String> = text.lines().map(line).collect();
    lines.join("\n")
}

/// A page that is followed.
struct Page {
    local: Local,
    /// The IDs of the run, by those of the page.
    ids: HashMap<String, String>,
}

impl Page {
    /// Runs a command as the page shows it, in the folder of its files.
    fn run(&self, command: &str) -> String {
        let parts = split(command).into_iter();
        let command: String = parts
            .map(|it| self.ids.get(it).map_or(it, String::as_str))
            .collect();
        let nothing = self.local.text("config");
        // The same environment as in other tests.
        let own = chime(&[]);
        let program = Path::new(own.get_program());
        let mut shell = Command::new("sh");
        for (name, value) in own.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        let path = std::env::var("PATH").unwrap_or_default();
        let programs = program.parent().expect("a folder").display();
        let output = shell
            .args(["-c", &format!("exec 2>&1; {command}")])
            .current_dir(self.local.path(""))
            .env("AWS_CONFIG_FILE", &nothing)
            .env("AWS_SHARED_CREDENTIALS_FILE", &nothing)
            .env("PATH", format!("{programs}:{path}"))
            .env("AWS_ACCESS_KEY_ID", "any")
            .env("AWS_SECRET_ACCESS_KEY", "any")
            .env("AWS_REGION", "us-east-1")
            .env(
                "AWS_ENDPOINT_URL",
                format!("http://{}", self.local.address()),
            )
            .stdin(Stdio::null())
            .output();
        Said::from(output.expect("a shell")).out
    }

    /// Compares an output with the page, and learns the IDs of the run.
    fn compare(&mut self, command: &str, expected: &str, printed: &str) {
        let (expected, printed) = (same_in_each_run(expected), same_in_each_run(printed));
        let is_same = {
            let (expected, printed) = (split(&expected), split(&printed));
            expected.len() == printed.len()
                && expected
                    .into_iter()
                    .zip(printed)
                    .all(|(expected, printed)| {
                        if !is_id(expected) || !is_id(printed) {
                            return expected == printed;
                        }
                        let known = self.ids.entry(expected.to_owned());
                        known.or_insert_with(|| printed.to_owned()) == printed
                    })
        };
        assert!(is_same, "{command} prints\n{printed}\nand not\n{expected}");
    }
}

/// Follows a page, and returns how many commands it has.
fn follow(page: &str, prepare: impl FnOnce(&Local)) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = std::fs::read_to_string(root.join("docs").join(page)).expect("a page");
    let local = Local::start();
    local.write("config", "");
    prepare(&local);
    let mut page = Page {
        local,
        ids: HashMap::new(),
    };
    let (mut commands, mut comment) = (0, "");
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let comment = std::mem::take(&mut comment);
            if let Some(name) = comment.strip_prefix("<!-- file: ") {
                let name = name.trim_end_matches(" -->");
                page.local.write(name, &(block.join("\n") + "\n"));
            } else if language == "console" && !comment.starts_with("<!-- not run: ") {
                commands += run_all(&mut page, &block);
            }
        } else if !line.is_empty() {
            comment = line;
        }
    }
    commands
}

/// Runs the commands of a block, and returns how many there are.
fn run_all(page: &mut Page, block: &[&str]) -> usize {
    let text = block.join("\n");
    let commands = text.strip_prefix("$ ").expect("a command").split("\n$ ");
    let mut count = 0;
    for command in commands {
        // A command goes on after a backslash.
        let mut end = command.find('\n');
        while let Some(at) = end.filter(|at| command[..*at].ends_with('\\')) {
            end = command[at + 1..].find('\n').map(|it| at + 1 + it);
        }
        let (command, expected) = command.split_at(end.unwrap_or(command.len()));
        let printed = page.run(command);
        page.compare(command, expected.trim_start_matches('\n'), &printed);
        count += 1;
    }
    count
}

#[test]
fn calling_any_operation() {
    assert_eq!(follow("call.md", |_| {}), 7);
}

#[test]
fn adding_members_from_a_csv_file() {
    let with_users = |local: &Local| {
        local.chime().populate(3);
    };
    assert_eq!(follow("add-members.md", with_users), 3);
}
