//! JSON with the place of every value, for diagnostics.

use crate::diagnostic::{Diagnostic, Location, Problems};
use jsonc_parser::ast;
use jsonc_parser::common::Range;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use std::collections::BTreeMap;
use std::rc::Rc;

/// An input file, with an index that turns offsets into places.
#[derive(Debug)]
pub(crate) struct File {
    name: String,
    text: String,
    line_starts: Vec<usize>,
}

impl File {
    pub(crate) fn new(name: &str, text: &str) -> Rc<Self> {
        let text = without_bom(text);
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Rc::new(Self {
            name: name.to_owned(),
            text: text.to_owned(),
            line_starts,
        })
    }

    fn location(&self, offset: usize) -> Location {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts[line - 1];
        let before = self.text.get(start..offset).unwrap_or_default();
        Location {
            file: self.name.clone(),
            line,
            column: before.chars().count() + 1,
        }
    }
}

/// The file without the byte order mark that some editors write.
pub(crate) fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A place in a file, cheap to copy; it becomes a [`Location`] when a diagnostic needs one.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    file: Rc<File>,
    offset: usize,
}

impl Place {
    pub(crate) fn new(file: &Rc<File>, offset: usize) -> Self {
        Self {
            file: file.clone(),
            offset,
        }
    }

    pub(crate) fn location(&self) -> Location {
        self.file.location(self.offset)
    }
}

/// Something read from a value, with the value's place.
#[derive(Debug, Clone)]
pub(crate) struct Placed<T> {
    pub(crate) value: T,
    pub(crate) place: Place,
}

/// A JSON value and its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) place: Place,
}

/// A JSON value.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// A number as it was written, so that no precision is lost.
    Number(String),
    String(String),
    Array(Vec<Node>),
    Object(Vec<Entry>),
}

/// One entry of an object. Repeated keys are kept, so that they can be reported.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_place: Place,
    pub(crate) value: Node,
}

impl Placed<&str> {
    fn into_owned(self) -> Placed<String> {
        Placed {
            value: self.value.to_owned(),
            place: self.place,
        }
    }
}

impl Node {
    /// The kind of value, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn as_number(&self) -> Option<&str> {
        match &self.value {
            Value::Number(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_i64(&self) -> Option<i64> {
        self.as_number()?.parse().ok()
    }

    pub(crate) fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn as_object(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// The string under a key of an object, with its place.
    pub(crate) fn string_at(&self, key: &str) -> Option<Placed<String>> {
        self.get(key)?.placed(Node::as_str).map(Placed::into_owned)
    }

    /// The whole number under a key of an object, with its place.
    pub(crate) fn integer_at(&self, key: &str) -> Option<Placed<i64>> {
        self.get(key)?.placed(Node::as_i64)
    }

    /// The strings of the array under a key of an object, with their places.
    pub(crate) fn strings_at(&self, key: &str) -> Vec<Placed<String>> {
        self.get(key).map(Node::strings).unwrap_or_default()
    }

    /// The strings of an array, with their places.
    pub(crate) fn strings(&self) -> Vec<Placed<String>> {
        let items = self.as_array().unwrap_or_default();
        items
            .iter()
            .filter_map(|item| item.placed(Node::as_str))
            .map(Placed::into_owned)
            .collect()
    }

    fn placed<'n, T>(&'n self, read: impl Fn(&'n Self) -> Option<T>) -> Option<Placed<T>> {
        Some(Placed {
            value: read(self)?,
            place: self.place.clone(),
        })
    }

    /// The value under a key of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
    }

    /// The same value without its places, with the keys of objects sorted.
    pub(crate) fn to_plain(&self) -> serde_json::Value {
        use serde_json::Value as Plain;
        match &self.value {
            Value::Null => Plain::Null,
            Value::Bool(value) => Plain::Bool(*value),
            Value::Number(text) => text
                .parse::<serde_json::Number>()
                .map_or_else(|_| Plain::String(text.clone()), Plain::Number),
            Value::String(text) => Plain::String(text.clone()),
            Value::Array(items) => Plain::Array(items.iter().map(Node::to_plain).collect()),
            Value::Object(entries) => Plain::Object(
                entries
                    .iter()
                    .map(|entry| (&entry.key, &entry.value))
                    .collect::<BTreeMap<_, _>>()
                    .into_iter()
                    .map(|(key, value)| (key.clone(), value.to_plain()))
                    .collect(),
            ),
        }
    }
}

/// Parses a file as strict JSON.
pub(crate) fn parse(file: &Rc<File>, problems: &mut Problems) -> Option<Node> {
    let options = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    match parse_to_ast(&file.text, &CollectOptions::default(), &options) {
        Ok(result) => {
            let node = result.value.map(|value| Builder { file }.node(value));
            if node.is_none() {
                problems.push(
                    Diagnostic::new(
                        "json-syntax",
                        "the file is empty",
                        "write a Smithy JSON AST to it, or remove it",
                    )
                    .at(file.location(0)),
                );
            }
            node
        }
        Err(error) => {
            let kind = error.kind().to_string();
            problems.push(
                Diagnostic::new(
                    "json-syntax",
                    format!("this is not JSON: {}", lower_first(&kind)),
                    "fix the JSON at this place",
                )
                .at(file.location(error.range().start)),
            );
            None
        }
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

struct Builder<'a> {
    file: &'a Rc<File>,
}

impl Builder<'_> {
    fn place(&self, range: Range) -> Place {
        Place {
            file: Rc::clone(self.file),
            offset: range.start,
        }
    }

    fn node(&self, value: ast::Value<'_>) -> Node {
        let (value, range) = match value {
            ast::Value::NullKeyword(null) => (Value::Null, null.range),
            ast::Value::BooleanLit(literal) => (Value::Bool(literal.value), literal.range),
            ast::Value::NumberLit(literal) => {
                (Value::Number(literal.value.to_owned()), literal.range)
            }
            ast::Value::StringLit(literal) => {
                (Value::String(literal.value.into_owned()), literal.range)
            }
            ast::Value::Array(array) => (
                Value::Array(
                    array
                        .elements
                        .into_iter()
                        .map(|item| self.node(item))
                        .collect(),
                ),
                array.range,
            ),
            ast::Value::Object(object) => {
                (Value::Object(self.entries(object.properties)), object.range)
            }
        };
        Node {
            value,
            place: self.place(range),
        }
    }

    fn entries(&self, properties: Vec<ast::ObjectProp<'_>>) -> Vec<Entry> {
        properties
            .into_iter()
            .map(|property| Entry {
                key_place: self.place(property.range),
                key: property.name.into_string(),
                value: self.node(property.value),
            })
            .collect()
    }
}

/// Reports keys that appear twice in an object, at any depth.
pub(crate) fn report_repeats(node: &Node, problems: &mut Problems) {
    match &node.value {
        Value::Object(entries) => {
            report_repeated_keys(entries, problems);
            entries
                .iter()
                .for_each(|entry| report_repeats(&entry.value, problems));
        }
        Value::Array(items) => items.iter().for_each(|item| report_repeats(item, problems)),
        _ => {}
    }
}

/// Reports keys that appear twice among these entries.
pub(crate) fn report_repeated_keys(entries: &[Entry], problems: &mut Problems) {
    let mut seen: BTreeMap<&str, &Entry> = BTreeMap::new();
    for entry in entries {
        if let Some(first) = seen.insert(&entry.key, entry) {
            problems.push(
                Diagnostic::new(
                    "repeated-key",
                    format!(
                        "the key `{}` appears twice in this object, first at {}",
                        entry.key,
                        first.key_place.location()
                    ),
                    "remove one of the two: JSON parsers disagree on which one applies",
                )
                .at(entry.key_place.location()),
            );
        }
    }
}
