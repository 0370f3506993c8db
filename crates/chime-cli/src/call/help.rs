//! Help for operations: the list of them, and what each one accepts and returns.

use super::service::{self, Found, Service};
use chime_sdk::dynamic::{Docs, MemberShape, OperationShape, Shape, StructureShape};
use std::collections::BTreeMap;
use textwrap::{Options, WordSplitter};

/// Returns a list of operations with their summaries.
pub(super) fn list(service: Option<Service>) -> String {
    let width = terminal_width();
    let found: Vec<Found> = service::of(service).collect();
    let names = found.iter().map(|found| found.operation.name.len());
    let column = names.max().unwrap_or(0) + 2;
    let mut out = String::new();
    for of in Service::ALL {
        let operations: Vec<_> = found.iter().filter(|it| it.service == *of).collect();
        if operations.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        if service.is_none() {
            out.push_str(&format!("{}:\n", of.name()));
        }
        for found in operations {
            let name = format!("{:column$}", found.operation.name);
            let summary = found.operation.shape().docs.summary();
            out.push_str(&wrapped(&summary, &name, &" ".repeat(column), width));
        }
    }
    out
}

/// Returns the documentation of an operation: its input, output and errors, with all types.
pub(super) fn operation(found: &Found) -> String {
    Help {
        width: terminal_width(),
        out: String::new(),
    }
    .operation(found)
}

struct Help {
    width: usize,
    out: String,
}

impl Help {
    fn operation(mut self, found: &Found) -> String {
        let shape = found.operation.shape();
        self.out = format!("{} ({})\n\n", shape.name, found.service.name());
        self.deprecated(shape.deprecated, "");
        self.docs(shape.docs, "");
        self.usage(found, shape);
        self.heading("Input");
        self.members(shape.input);
        self.heading("Output");
        self.members(shape.output);
        self.types(shape);
        self.heading("Errors");
        for error in shape.errors {
            self.out.push_str(&format!("  {}\n", error.name()));
            self.text(&error.docs.summary(), "      ");
        }
        if shape.errors.is_empty() {
            self.out.push_str("  none in the model\n");
        }
        self.out
    }

    fn usage(&mut self, found: &Found, shape: &OperationShape) {
        let mut usage = format!("Usage: chime call {}", shape.name);
        let is_unique = service::find(shape.name, None).is_ok_and(|it| it.service == found.service);
        if !is_unique {
            usage.push_str(&format!(" --service {}", found.service.name()));
        }
        for member in shape.input.members.iter().filter(|member| member.required) {
            usage.push_str(&format!(" {}=...", member.name));
        }
        if shape.pagination.is_some() {
            usage.push_str(" [--all-pages]");
        }
        self.out.push('\n');
        self.out.push_str(&wrapped(&usage, "", "    ", self.width));
    }

    fn heading(&mut self, text: &str) {
        self.out.push_str(&format!("\n{text}:\n"));
    }

    fn members(&mut self, structure: &StructureShape) {
        if structure.members.is_empty() {
            self.out.push_str("  nothing\n");
        }
        for member in structure.members {
            self.member(member);
        }
    }

    fn member(&mut self, member: &MemberShape) {
        let required = if member.required { ", required" } else { "" };
        let shape = member.shape();
        self.out
            .push_str(&format!("  {} ({shape}{required})\n", member.name));
        self.deprecated(member.deprecated, "      ");
        self.docs(member.docs, "      ");
    }

    fn types(&mut self, operation: &OperationShape) {
        let mut found = BTreeMap::new();
        for structure in [operation.input, operation.output] {
            for member in structure.members {
                collect(member.shape(), &mut found);
            }
        }
        for (name, shape) in found {
            match shape {
                Shape::Structure(structure) => {
                    self.heading(name);
                    self.members(structure);
                }
                Shape::Union(union) => {
                    self.heading(&format!("{name} (one of)"));
                    self.members(union);
                }
                Shape::Enum(shape) => {
                    self.heading(name);
                    for (value, docs) in shape.values {
                        self.value(value, *docs);
                    }
                }
                Shape::IntEnum(shape) => {
                    self.heading(name);
                    for (value, docs) in shape.values {
                        self.value(&value.to_string(), *docs);
                    }
                }
                _ => {}
            }
        }
    }

    fn value(&mut self, value: &str, docs: Docs) {
        self.out.push_str(&format!("  {value}\n"));
        self.text(&docs.summary(), "      ");
    }

    fn deprecated(&mut self, note: Option<&str>, indent: &str) {
        if let Some(note) = note {
            self.text(&format!("Deprecated: {note}"), indent);
        }
    }

    fn docs(&mut self, docs: Docs, indent: &str) {
        for (index, paragraph) in paragraphs(docs).iter().enumerate() {
            let is_item = paragraph.starts_with("- ");
            if index > 0 && !is_item {
                self.out.push('\n');
            }
            let hanging = if is_item { "  " } else { "" };
            let rest = format!("{indent}{hanging}");
            self.out
                .push_str(&wrapped(paragraph, indent, &rest, self.width));
        }
    }

    fn text(&mut self, text: &str, indent: &str) {
        if !text.is_empty() {
            self.out
                .push_str(&wrapped(text, indent, indent, self.width));
        }
    }
}

/// Finds the structures, unions and enums that a type contains, by their names.
fn collect(shape: Shape, found: &mut BTreeMap<&'static str, Shape>) {
    match shape {
        Shape::List(list) => collect(list.item(), found),
        Shape::Map(map) => {
            collect(map.key(), found);
            collect(map.value(), found);
        }
        Shape::Structure(structure) | Shape::Union(structure) => {
            if found.insert(structure.name(), shape).is_some() {
                return;
            }
            for member in structure.members {
                collect(member.shape(), found);
            }
        }
        Shape::Enum(it) => {
            found.insert(it.name, shape);
        }
        Shape::IntEnum(it) => {
            found.insert(it.name, shape);
        }
        _ => {}
    }
}

/// Returns the paragraphs and the items of lists, each on one line.
fn paragraphs(docs: Docs) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in docs.lines() {
        let text = line.trim();
        match (text.is_empty(), open && !text.starts_with("- ")) {
            (true, _) => open = false,
            (false, true) => {
                if let Some(last) = paragraphs.last_mut() {
                    last.push(' ');
                    last.push_str(text);
                }
            }
            (false, false) => {
                paragraphs.push(text.to_owned());
                open = true;
            }
        }
    }
    paragraphs
}

fn wrapped(text: &str, first: &str, rest: &str, width: usize) -> String {
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation);
    let lines = textwrap::wrap(text, options);
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Returns the width of the terminal, or 80; lines of more than 100 characters are hard to read.
fn terminal_width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|it| it.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| width.0.into());
    columns.or_else(terminal).unwrap_or(80).clamp(40, 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_items_are_joined() {
        let docs = Docs(&[
            " One", " two.", "", " List:", "", " - a", "   b", " - c", "", " End.",
        ]);
        assert_eq!(
            paragraphs(docs),
            ["One two.", "List:", "- a b", "- c", "End."]
        );
        assert!(paragraphs(Docs(&[])).is_empty());
    }

    #[test]
    fn help_names_all_members_and_fits() {
        for found in service::of(None) {
            let text = Help {
                width: 60,
                out: String::new(),
            }
            .operation(&found);
            let shape = found.operation.shape();
            let structures = [shape.input, shape.output];
            for member in structures.iter().flat_map(|it| it.members) {
                assert!(text.contains(&format!("  {} (", member.name)), "{text}");
            }
            for line in text.lines().filter(|line| line.chars().count() > 60) {
                // Only what cannot be broken is longer.
                assert!(
                    line.trim().split(' ').count() <= 6,
                    "{}: {line}",
                    shape.name
                );
            }
        }
    }
}
