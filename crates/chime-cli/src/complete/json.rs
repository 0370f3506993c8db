//! Completion inside of JSON: the names of members, and values of types that have few.

use super::{Candidate, describe, simple_values};
use chime_sdk::dynamic::{Shape, StructureShape};

/// Returns what the beginning of an input can become.
pub(super) fn candidates(text: &str, input: &'static StructureShape) -> Vec<Candidate> {
    let mut scanner = Scanner::new(input);
    for c in text.chars() {
        scanner.take(c);
    }
    // Until the first brace, the input could also be a file.
    if text.is_empty() {
        return vec![Candidate::new("{", "")];
    }
    scanner.candidates(text)
}

/// A value that is not complete.
enum Open {
    Structure {
        shape: &'static StructureShape,
        is_union: bool,
        /// The names so far.
        names: Vec<String>,
    },
    Map(Shape),
    List(Shape),
    /// A value that the model does not have.
    Other,
}

/// What comes next in the innermost value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Name,
    Colon,
    Value,
    Comma,
}

struct Scanner {
    root: Shape,
    open: Vec<Open>,
    next: Next,
    /// The name before the value that comes next.
    name: String,
    /// The string that is not complete.
    string: Option<String>,
    escaped: bool,
    /// The number, `true`, `false` or `null` that is not complete.
    literal: String,
}

impl Scanner {
    fn new(input: &'static StructureShape) -> Self {
        Self {
            root: Shape::Structure(input),
            open: Vec::new(),
            next: Next::Value,
            name: String::new(),
            string: None,
            escaped: false,
            literal: String::new(),
        }
    }

    /// Returns the type of the value that comes next, if the model has it.
    fn shape(&self) -> Option<Shape> {
        match self.open.last() {
            None => Some(self.root),
            Some(Open::Structure { shape, .. }) => shape.member(&self.name).map(|it| it.shape()),
            Some(Open::Map(shape) | Open::List(shape)) => Some(*shape),
            Some(Open::Other) => None,
        }
    }

    fn take(&mut self, c: char) {
        if let Some(string) = &mut self.string {
            match c {
                _ if self.escaped => {
                    self.escaped = false;
                    string.push(c);
                }
                '\\' => self.escaped = true,
                '"' => self.end_string(),
                c => string.push(c),
            }
            return;
        }
        match c {
            '"' => self.string = Some(String::new()),
            '{' => {
                let open = match self.shape() {
                    Some(Shape::Structure(shape)) => Open::Structure {
                        shape,
                        is_union: false,
                        names: Vec::new(),
                    },
                    Some(Shape::Union(shape)) => Open::Structure {
                        shape,
                        is_union: true,
                        names: Vec::new(),
                    },
                    Some(Shape::Map(map)) => Open::Map(map.value()),
                    _ => Open::Other,
                };
                self.open.push(open);
                self.next = Next::Name;
            }
            '[' => {
                let open = match self.shape() {
                    Some(Shape::List(list)) => Open::List(list.item()),
                    _ => Open::Other,
                };
                self.open.push(open);
                self.next = Next::Value;
            }
            '}' | ']' => {
                self.open.pop();
                self.literal.clear();
                self.next = Next::Comma;
            }
            ',' => {
                self.literal.clear();
                self.next = match self.open.last() {
                    Some(Open::List(_)) => Next::Value,
                    _ => Next::Name,
                };
            }
            ':' => self.next = Next::Value,
            c if c.is_whitespace() => {}
            c => self.literal.push(c),
        }
    }

    fn end_string(&mut self) {
        let string = self.string.take().unwrap_or_default();
        if self.next == Next::Name {
            if let Some(Open::Structure { names, .. }) = self.open.last_mut() {
                names.push(string.clone());
            }
            self.name = string;
            self.next = Next::Colon;
        } else {
            self.next = Next::Comma;
        }
    }

    fn candidates(&self, text: &str) -> Vec<Candidate> {
        // What is complete: the text without the word that is not.
        let part = match &self.string {
            Some(_) => text.rfind('"').unwrap_or(text.len()),
            None => text.len() - self.literal.len(),
        };
        let whole = text.get(..part).unwrap_or(text);
        let space = if whole.ends_with([',', ':']) { " " } else { "" };
        match self.next {
            Next::Name => self.names(whole, space),
            Next::Value => self.values(whole, space),
            Next::Comma | Next::Colon => Vec::new(),
        }
    }

    fn names(&self, whole: &str, space: &str) -> Vec<Candidate> {
        let Some(Open::Structure {
            shape,
            is_union,
            names,
        }) = self.open.last()
        else {
            return Vec::new();
        };
        let members = shape.members.iter();
        members
            .filter(|member| !names.iter().any(|name| name == member.name))
            .filter(|_| !is_union || names.is_empty())
            .map(|member| {
                let word = format!("{whole}{space}\"{}\": ", member.name);
                Candidate::new(word, describe(member))
            })
            .collect()
    }

    fn values(&self, whole: &str, space: &str) -> Vec<Candidate> {
        let quote = |shape: &Shape| matches!(shape, Shape::Enum(_) | Shape::String);
        let Some(shape) = self.shape() else {
            return Vec::new();
        };
        let words: Vec<Candidate> = match shape {
            Shape::Structure(_) | Shape::Union(_) | Shape::Map(_) => vec![Candidate::new("{", "")],
            Shape::List(_) => vec![Candidate::new("[", "")],
            Shape::String | Shape::Blob | Shape::Timestamp if self.string.is_none() => {
                vec![Candidate::new("\"", "")]
            }
            shape => simple_values(shape)
                .into_iter()
                .map(|it| match quote(&shape) {
                    true => Candidate::new(format!("\"{}\"", it.word), it.description),
                    false => it,
                })
                .collect(),
        };
        let words = words.into_iter();
        words
            .map(|it| Candidate::new(format!("{whole}{space}{}", it.word), it.description))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call;

    fn words(operation: &str, text: &str) -> Vec<String> {
        let found = call::find(operation, None).expect("an operation");
        let found = candidates(text, found.operation.shape().input).into_iter();
        found
            .map(|it| it.word)
            .filter(|word| word.starts_with(text))
            .collect()
    }

    #[test]
    fn names_and_values() {
        let batch = |text: &str| words("BatchCreateRoomMembership", text);
        assert_eq!(batch(""), ["{"]);
        assert_eq!(
            batch("{"),
            [
                "{\"AccountId\": ",
                "{\"MembershipItemList\": ",
                "{\"RoomId\": "
            ]
        );
        assert_eq!(batch("{\"R"), ["{\"RoomId\": "]);
        assert_eq!(batch("{\"RoomId\": "), ["{\"RoomId\": \""]);
        assert_eq!(
            batch("{\"RoomId\": \"a, {\", \"A"),
            ["{\"RoomId\": \"a, {\", \"AccountId\": "]
        );
        assert_eq!(
            batch("{\"MembershipItemList\":"),
            ["{\"MembershipItemList\": ["]
        );
        let items = "{\"MembershipItemList\": [{\"MemberId\": \"\\\"\"}, {";
        assert_eq!(
            batch(items),
            [
                format!("{items}\"MemberId\": "),
                format!("{items}\"Role\": ")
            ]
        );
        let role = format!("{items}\"Role\": ");
        assert_eq!(
            batch(&role),
            [
                format!("{role}\"Administrator\""),
                format!("{role}\"Member\"")
            ]
        );
        assert_eq!(batch(&format!("{role}\"M")), [format!("{role}\"Member\"")]);
        assert!(batch("{\"RoomId\": \"x\"").is_empty());
        assert!(batch("{\"No\": {\"").is_empty());
        assert!(batch("}}]]{{").is_empty());
        assert_eq!(
            words(
                "UpdateAccountSettings",
                "{\"AccountSettings\": {\"DisableRemoteControl\": t"
            ),
            ["{\"AccountSettings\": {\"DisableRemoteControl\": true"]
        );
    }
}
