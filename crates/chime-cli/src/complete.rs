//! Completion in shells: of commands and options, and of the operations and members of `chime call`.
//!
//! The script of each shell calls the hidden command `chime complete`, so it knows what this version of the
//! command knows.

mod json;

use crate::call::{self, Found, Service};
use chime_sdk::dynamic::{MemberShape, Shape};
use clap::{Arg, Command, CommandFactory};
use std::io::Write;

/// A shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Shell {
    /// GNU Bash
    Bash,
    /// Z shell
    Zsh,
    /// fish
    Fish,
}

/// Prints the script of a shell.
pub(crate) fn print_script(shell: Shell) {
    let script = match shell {
        Shell::Bash => include_str!("complete/chime.bash"),
        Shell::Zsh => include_str!("complete/chime.zsh"),
        Shell::Fish => include_str!("complete/chime.fish"),
    };
    let _ = std::io::stdout().lock().write_all(script.as_bytes());
}

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write descriptions after a tab
    #[arg(long)]
    described: bool,
    /// The words of the command line up to the cursor; the last one is completed
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

/// Prints the words that the last one can become, one to a line. Without any, the shell completes files.
pub(crate) fn print(arguments: &Arguments) {
    let mut out = String::new();
    for candidate in candidates(&arguments.words) {
        out.push_str(&candidate.word);
        if arguments.described && !candidate.description.is_empty() {
            out.push('\t');
            out.push_str(&candidate.description);
        }
        out.push('\n');
    }
    let _ = std::io::stdout().lock().write_all(out.as_bytes());
}

/// A word that can stand where the cursor is.
#[derive(Debug, PartialEq, Eq)]
struct Candidate {
    word: String,
    description: String,
}

impl Candidate {
    fn new(word: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            word: word.into(),
            description: description.into(),
        }
    }
}

/// Returns the candidates for the last word.
fn candidates(words: &[String]) -> Vec<Candidate> {
    let Some((current, before)) = words.split_last() else {
        return Vec::new();
    };
    let mut root = crate::Arguments::command();
    root.build();
    let line = Line::read(&root, before.get(1..).unwrap_or_default());
    let (prefix, mut found) = match line.pending {
        Some(option) => (current.as_str(), line.values(option, current)),
        None => match current.strip_prefix("--").and_then(|it| it.split_once('=')) {
            // The value of an option in the same word.
            Some((name, value)) => {
                let option = option(line.command, name);
                let values = option.map_or_else(Vec::new, |option| line.values(option, value));
                let values = values.into_iter();
                let in_word =
                    |it: Candidate| Candidate::new(format!("--{name}={}", it.word), it.description);
                (current.as_str(), values.map(in_word).collect())
            }
            None if current.starts_with('-') => (current.as_str(), line.options()),
            None => (current.as_str(), line.positionals(current)),
        },
    };
    found.retain(|candidate| candidate.word.starts_with(prefix));
    found
}

/// What stands before the cursor.
struct Line<'a> {
    command: &'a Command,
    /// The option whose value comes next.
    pending: Option<&'a Arg>,
    /// The words that are neither commands nor options.
    positionals: Vec<&'a str>,
    service: Option<Service>,
}

impl<'a> Line<'a> {
    fn read(root: &'a Command, words: &'a [String]) -> Self {
        let mut line = Self {
            command: root,
            pending: None,
            positionals: Vec::new(),
            service: None,
        };
        for word in words {
            line.take(word);
        }
        line
    }

    fn take(&mut self, word: &'a str) {
        if let Some(option) = self.pending.take() {
            self.set(option, word);
        } else if let Some(name) = word.strip_prefix("--") {
            match name.split_once('=') {
                Some((name, value)) => {
                    if let Some(option) = option(self.command, name) {
                        self.set(option, value);
                    }
                }
                None => self.pending = option(self.command, name).filter(|it| takes_value(it)),
            }
        } else if word.starts_with('-') && word.len() > 1 {
            // No option with a short name has a value.
        } else if let Some(command) = self.command.find_subcommand(word)
            && self.positionals.is_empty()
        {
            self.command = command;
        } else {
            self.positionals.push(word);
        }
    }

    fn set(&mut self, option: &Arg, value: &str) {
        if option.get_id() == "service" {
            let mut services = Service::ALL.iter().copied();
            self.service = services.find(|service| service.name() == value);
        }
    }

    fn is_call(&self) -> bool {
        self.command.get_name() == "call"
    }

    /// Returns the operation that the line names.
    fn operation(&self) -> Option<Found> {
        call::find(self.positionals.first()?, self.service)
    }

    fn options(&self) -> Vec<Candidate> {
        let options = self.command.get_arguments();
        options
            .filter(|option| !option.is_hide_set())
            .filter_map(|option| {
                let help = option.get_help().map(ToString::to_string);
                let name = format!("--{}", option.get_long()?);
                Some(Candidate::new(name, help.unwrap_or_default()))
            })
            .collect()
    }

    fn values(&self, option: &Arg, current: &str) -> Vec<Candidate> {
        if self.is_call() && option.get_id() == "input" {
            let operation = self.operation();
            return operation.map_or_else(Vec::new, |found| {
                json::candidates(current, found.operation.shape().input)
            });
        }
        possible_values(option)
    }

    fn positionals(&self, current: &str) -> Vec<Candidate> {
        if self.is_call() {
            return match self.positionals.is_empty() {
                true => self.operations(),
                false => self.members(current),
            };
        }
        let commands = self.command.get_subcommands();
        let commands = commands.filter(|command| !command.is_hide_set());
        let mut found: Vec<_> = commands
            .map(|command| {
                let about = command.get_about().map(ToString::to_string);
                Candidate::new(command.get_name(), about.unwrap_or_default())
            })
            .collect();
        let mut arguments = self.command.get_positionals();
        if let Some(argument) = arguments.nth(self.positionals.len()) {
            found.extend(possible_values(argument));
        }
        found
    }

    fn operations(&self) -> Vec<Candidate> {
        let mut found: Vec<_> = call::operations(self.service)
            .map(|found| {
                let summary = found.operation.shape().docs.summary();
                Candidate::new(found.operation.name, summary)
            })
            .collect();
        found.sort_by(|a, b| a.word.cmp(&b.word));
        found.dedup_by(|a, b| a.word == b.word);
        found
    }

    /// Returns `Name=` for each member that the line does not have yet, or the values of a member.
    fn members(&self, current: &str) -> Vec<Candidate> {
        let Some(found) = self.operation() else {
            return Vec::new();
        };
        let input = found.operation.shape().input;
        if let Some((name, _)) = current.split_once('=') {
            let values = input
                .member(name)
                .map(|member| simple_values(member.shape()));
            let values = values.unwrap_or_default().into_iter();
            return values
                .map(|it| Candidate::new(format!("{name}={}", it.word), it.description))
                .collect();
        }
        let is_given = |member: &&MemberShape| {
            let mut given = self.positionals.iter().skip(1);
            given.any(|word| {
                word.split_once('=')
                    .is_some_and(|(name, _)| name == member.name)
            })
        };
        let members = input.members.iter().filter(|member| !is_given(member));
        members
            .map(|member| Candidate::new(format!("{}=", member.name), describe(member)))
            .collect()
    }
}

/// Returns the type and the first sentence of a member's documentation.
fn describe(member: &MemberShape) -> String {
    let required = if member.required { ", required" } else { "" };
    let summary = member.docs.summary();
    format!("({}{required}) {summary}", member.shape())
        .trim_end()
        .to_owned()
}

/// Returns the values of a type that has few.
fn simple_values(shape: Shape) -> Vec<Candidate> {
    match shape {
        Shape::Boolean => ["true", "false"].map(|it| Candidate::new(it, "")).into(),
        Shape::Enum(shape) => {
            let values = shape.values.iter();
            values
                .map(|(value, docs)| Candidate::new(*value, docs.summary()))
                .collect()
        }
        Shape::List(list) => simple_values(list.item()),
        _ => Vec::new(),
    }
}

fn option<'a>(command: &'a Command, name: &str) -> Option<&'a Arg> {
    let mut arguments = command.get_arguments();
    arguments.find(|argument| argument.get_long() == Some(name))
}

fn takes_value(option: &Arg) -> bool {
    option.get_action().takes_values()
}

fn possible_values(option: &Arg) -> Vec<Candidate> {
    let values = option.get_possible_values();
    values
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| {
            let help = value.get_help().map(ToString::to_string);
            Candidate::new(value.get_name(), help.unwrap_or_default())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        candidates(&words).into_iter().map(|it| it.word).collect()
    }

    #[test]
    fn commands_options_and_values() {
        assert_eq!(words("chime ro"), ["rooms"]);
        assert_eq!(words("chime rooms "), ["add-members", "help"]);
        assert!(words("chime call --").contains(&"--all-pages".to_owned()));
        assert_eq!(words("chime call GetRoom --output t"), ["table"]);
        assert_eq!(words("chime call GetRoom --output=c"), ["--output=csv"]);
        assert_eq!(
            words("chime call --service me"),
            ["media-pipelines", "meetings", "messaging"]
        );
        assert_eq!(words("chime completions "), ["bash", "zsh", "fish"]);
        assert!(words("chime call GetRoom --endpoint-url ht").is_empty());
        assert!(candidates(&[]).is_empty());
    }

    #[test]
    fn operations() {
        assert_eq!(words("chime call GetRo"), ["GetRoom"]);
        assert_eq!(
            words("chime call --service meetings CreateM"),
            ["CreateMeeting", "CreateMeetingWithAttendees"]
        );
        // Operations of Chime and of all other services.
        assert!(words("chime call Create").len() > 30);
        assert!(
            words("chime call --service chime CreateMeeting")
                .iter()
                .all(|it| it == "CreateMeetingDialOut")
        );
    }

    #[test]
    fn members() {
        assert_eq!(words("chime call GetRoom "), ["AccountId=", "RoomId="]);
        assert_eq!(words("chime call GetRoom AccountId=x R"), ["RoomId="]);
        assert_eq!(
            words("chime call CreateRoomMembership Role=A"),
            ["Role=Administrator"]
        );
        assert!(words("chime call NoSuchOperation A").is_empty());
        assert_eq!(
            words("chime call GetRoom --input {"),
            ["{\"AccountId\": ", "{\"RoomId\": "]
        );
    }
}
