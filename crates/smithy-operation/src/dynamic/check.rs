//! Checks inputs against the shapes of a model, and finds all that is wrong with them.

use super::names::nearest;
use super::problem::{DEPTH, InputProblem, ProblemKind, quoted};
use super::shape::{EnumShape, IntEnumShape, MemberShape, OperationShape, Shape, StructureShape};
use crate::timestamp;
use aws_smithy_types::{BigDecimal, BigInteger, DateTime, Document, Number, base64};

/// Returns the input of an operation in the form that its types are read from.
pub(super) fn input(
    operation: &OperationShape,
    input: &Document,
) -> Result<Document, Vec<InputProblem>> {
    let mut checker = Checker {
        path: Vec::new(),
        problems: Vec::new(),
        token: operation.idempotency_token,
    };
    // An operation without input accepts nothing, too.
    let empty = Document::Object(Default::default());
    let input = match input {
        Document::Null => &empty,
        input => input,
    };
    let checked = checker.structure(operation.input, input);
    match checker.problems.is_empty() {
        true => Ok(checked),
        false => Err(checker.problems),
    }
}

/// A step of a path.
enum Step<'a> {
    Name(&'a str),
    Index(usize),
}

struct Checker<'a> {
    path: Vec<Step<'a>>,
    problems: Vec<InputProblem>,
    /// The field of the idempotency token, which the runtime sets if it is absent.
    token: Option<&'static str>,
}

impl<'a> Checker<'a> {
    fn path(&self) -> String {
        let mut path = "$".to_owned();
        for step in &self.path {
            match step {
                Step::Index(index) => path.push_str(&format!("[{index}]")),
                Step::Name(name) => {
                    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
                    match plain && !name.is_empty() {
                        true => path.push_str(&format!(".{name}")),
                        false => path.push_str(&format!("[{name:?}]")),
                    }
                }
            }
        }
        path
    }

    fn report(&mut self, kind: ProblemKind) {
        let path = self.path();
        self.problems.push(InputProblem { path, kind });
    }

    /// Does something at a step below the current path.
    fn at<T>(&mut self, step: Step<'a>, check: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let result = check(self);
        self.path.pop();
        result
    }

    fn wrong(&mut self, shape: Shape, found: &Document) -> Document {
        self.report(ProblemKind::WrongType {
            expected: expected(shape),
            found: described(found),
        });
        Document::Null
    }

    fn structure(&mut self, shape: &'static StructureShape, value: &'a Document) -> Document {
        let Document::Object(entries) = value else {
            return self.wrong(Shape::Structure(shape), value);
        };
        let is_input = self.path.is_empty();
        let mut checked = Vec::new();
        for member in shape.members {
            // Null is a document, and any other member is absent then.
            let is_document = matches!(member.shape(), Shape::Document);
            match entries
                .get(member.name)
                .filter(|it| is_document || !it.is_null())
            {
                None => {
                    let has_default = is_input && self.token == Some(member.field);
                    if member.required && !has_default {
                        let expected = expected(member.shape());
                        self.at(Step::Name(member.name), |it| {
                            it.report(ProblemKind::Missing { expected });
                        });
                    }
                }
                Some(value) => checked.push(self.member(member, value)),
            }
        }
        self.unknown(shape, value);
        Document::Object(checked.into_iter().collect())
    }

    fn member(&mut self, member: &'static MemberShape, value: &'a Document) -> (String, Document) {
        let checked = self.at(Step::Name(member.name), |it| {
            if member.schema.http_label().is_some() && value.as_string() == Some("") {
                it.report(ProblemKind::Empty);
            }
            it.value(member.shape(), value)
        });
        (member.name.to_owned(), checked)
    }

    fn unknown(&mut self, shape: &'static StructureShape, value: &'a Document) {
        let entries = value.as_object().into_iter().flatten();
        let mut unknown: Vec<&str> = entries
            .map(|(name, _)| name.as_str())
            .filter(|name| shape.member(name).is_none())
            .collect();
        unknown.sort_unstable();
        for name in unknown {
            let members: Vec<_> = shape.members.iter().map(|member| member.name).collect();
            let kind = ProblemKind::UnknownMember {
                of: shape.name(),
                nearest: nearest(name, members.iter().copied()),
                members,
            };
            self.at(Step::Name(name), |it| it.report(kind));
        }
    }

    fn union(&mut self, shape: &'static StructureShape, value: &'a Document) -> Document {
        let Document::Object(entries) = value else {
            return self.wrong(Shape::Union(shape), value);
        };
        let before = self.problems.len();
        self.unknown(shape, value);
        let set = entries.iter().filter(|(_, value)| !value.is_null());
        let mut found: Vec<_> = set.collect();
        found.sort_by_key(|(name, _)| *name);
        if let [(name, value)] = found.as_slice() {
            let member = shape.member(name).map(|member| self.member(member, value));
            return Document::Object(member.into_iter().collect());
        }
        // A misspelled member is one problem, not two.
        if self.problems.len() == before {
            self.report(ProblemKind::NotOneMember {
                of: shape.name(),
                found: found.into_iter().map(|(name, _)| name.clone()).collect(),
                members: shape.members.iter().map(|member| member.name).collect(),
            });
        }
        Document::Null
    }

    fn value(&mut self, shape: Shape, value: &'a Document) -> Document {
        if self.path.len() > DEPTH {
            self.report(ProblemKind::TooDeep);
            return Document::Null;
        }
        match (shape, value) {
            (Shape::Structure(shape), value) => self.structure(shape, value),
            (Shape::Union(shape), value) => self.union(shape, value),
            (Shape::List(list), Document::Array(items)) => {
                let items = items.iter().enumerate().map(|(index, item)| {
                    self.at(Step::Index(index), |it| {
                        it.item(list.item(), list.sparse, item)
                    })
                });
                Document::Array(items.collect())
            }
            (Shape::Map(map), Document::Object(entries)) => {
                let entries = entries.iter().map(|(key, value)| {
                    let value = self.at(Step::Name(key), |it| {
                        it.item(map.value(), map.sparse, value)
                    });
                    (key.clone(), value)
                });
                Document::Object(entries.collect())
            }
            (Shape::Document, value) => {
                if depth(value) + self.path.len() > DEPTH {
                    self.report(ProblemKind::TooDeep);
                    return Document::Null;
                }
                value.clone()
            }
            (shape, value) => match simple(shape, value) {
                Some(value) => value,
                None => self.wrong(shape, value),
            },
        }
    }

    /// Checks an item of a list or map.
    fn item(&mut self, shape: Shape, sparse: bool, value: &'a Document) -> Document {
        match (value, shape) {
            (Document::Null, _) if sparse => Document::Null,
            (value, shape) => self.value(shape, value),
        }
    }
}

/// Returns a simple value in the form that its type is read from; `None` if it is of another type.
fn simple(shape: Shape, value: &Document) -> Option<Document> {
    let in_range = |least: i64, most: u64| {
        let number = match value {
            Document::Number(number) => *number,
            _ => return None,
        };
        let fits = match number {
            Number::PosInt(value) => value <= most,
            Number::NegInt(value) => value >= least && u64::try_from(value).unwrap_or(0) <= most,
            // A float of this size has no fraction that it could have lost.
            Number::Float(value) => {
                const WHOLE: f64 = 9_007_199_254_740_992.0;
                value.fract() == 0.0
                    && value.abs() < WHOLE
                    && value >= least as f64
                    && value <= most as f64
            }
        };
        fits.then(|| value.clone())
    };
    match (shape, value) {
        (Shape::Boolean, Document::Bool(_)) => Some(value.clone()),
        (Shape::String | Shape::Enum(_), Document::String(_)) => Some(value.clone()),
        (Shape::Byte, _) => in_range(i8::MIN.into(), i8::MAX as u64),
        (Shape::Short, _) => in_range(i16::MIN.into(), i16::MAX as u64),
        (Shape::Integer | Shape::IntEnum(_), _) => in_range(i32::MIN.into(), i32::MAX as u64),
        (Shape::Long, _) => in_range(i64::MIN, i64::MAX as u64),
        (Shape::Float | Shape::Double, Document::Number(_)) => Some(value.clone()),
        (Shape::Float | Shape::Double, Document::String(text)) => {
            let value = match text.as_str() {
                "NaN" => f64::NAN,
                "Infinity" => f64::INFINITY,
                "-Infinity" => f64::NEG_INFINITY,
                _ => return None,
            };
            Some(Document::Number(Number::Float(value)))
        }
        (Shape::BigInteger, Document::Number(Number::Float(value))) => {
            // Digits that JSON gives as a float have lost some already if there are more than these.
            let is_exact = value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0;
            is_exact.then(|| Document::String(format!("{value:.0}")))
        }
        (Shape::BigInteger | Shape::BigDecimal, Document::Number(number)) => match number {
            Number::PosInt(value) => Some(Document::String(value.to_string())),
            Number::NegInt(value) => Some(Document::String(value.to_string())),
            Number::Float(value) if value.is_finite() => Some(Document::String(value.to_string())),
            Number::Float(_) => None,
        },
        (Shape::BigInteger, Document::String(text)) => {
            text.parse::<BigInteger>().ok().map(|_| value.clone())
        }
        (Shape::BigDecimal, Document::String(text)) => {
            text.parse::<BigDecimal>().ok().map(|_| value.clone())
        }
        (Shape::Blob, Document::String(text)) => base64::decode(text).ok().map(|_| value.clone()),
        (Shape::Timestamp, value) => date_time(value),
        _ => None,
    }
}

/// Returns a timestamp as the reader of documents accepts it without a loss: as a string in UTC.
fn date_time(value: &Document) -> Option<Document> {
    let time = match value {
        Document::String(text) => timestamp::of_text(text)?,
        Document::Number(Number::PosInt(seconds)) => {
            DateTime::from_secs(i64::try_from(*seconds).ok()?)
        }
        Document::Number(Number::NegInt(seconds)) => DateTime::from_secs(*seconds),
        Document::Number(Number::Float(seconds)) => timestamp::of_seconds(*seconds)?,
        _ => return None,
    };
    timestamp::rfc3339(&time).map(Document::String)
}

/// Returns how deep a document nests, but no more than is needed to know that it is too deep.
fn depth(document: &Document) -> usize {
    let mut level: Vec<&Document> = vec![document];
    let mut depth = 0;
    while !level.is_empty() && depth <= DEPTH {
        depth += 1;
        let below = level.iter().flat_map(|document| {
            let items = document.as_array().into_iter().flatten();
            let values = document.as_object().into_iter().flat_map(|it| it.values());
            items.chain(values)
        });
        level = below.collect();
    }
    depth
}

/// Returns what a value of a shape looks like.
fn expected(shape: Shape) -> String {
    let phrase = match shape {
        Shape::Boolean => "`true` or `false`",
        Shape::Byte => "an integer from -128 to 127",
        Shape::Short => "an integer from -32768 to 32767",
        Shape::Integer => "an integer of 32 bits",
        Shape::Long => "an integer of 64 bits",
        Shape::Float | Shape::Double => "a number",
        Shape::BigInteger => "an integer, as a number or a string",
        Shape::BigDecimal => "a number, or a string with a number",
        Shape::String => "a string",
        Shape::Blob => "a string in base64",
        Shape::Timestamp => {
            "a timestamp: a string such as \"2026-02-20T12:00:00Z\", or seconds since the epoch"
        }
        Shape::Document => "any value",
        Shape::Stream => "a stream",
        Shape::Enum(shape) => return expected_enum(shape),
        Shape::IntEnum(shape) => return expected_int_enum(shape),
        Shape::List(_) => return format!("an array ({shape})"),
        Shape::Map(_) | Shape::Structure(_) => return format!("an object ({shape})"),
        Shape::Union(_) => return format!("an object with one member (union {shape})"),
    };
    phrase.to_owned()
}

/// The number of values of an enum that messages list.
const LISTED: usize = 8;

fn expected_enum(shape: &EnumShape) -> String {
    let values: Vec<_> = shape.values.iter().map(|(value, _)| *value).collect();
    match values.len() <= LISTED {
        true => format!("a string: {}", quoted(&values, "or")),
        false => format!("a string ({})", shape.name),
    }
}

fn expected_int_enum(shape: &IntEnumShape) -> String {
    let values: Vec<_> = shape
        .values
        .iter()
        .map(|(value, _)| value.to_string())
        .collect();
    match values.len() <= LISTED {
        true => format!("an integer: {}", quoted(&values, "or")),
        false => format!("an integer ({})", shape.name),
    }
}

/// Returns what a value is, without more of it than fits into a message.
fn described(value: &Document) -> String {
    const SHOWN: usize = 40;
    match value {
        Document::Null => "null".to_owned(),
        Document::Bool(value) => format!("`{value}`"),
        Document::Number(Number::PosInt(value)) => format!("the number {value}"),
        Document::Number(Number::NegInt(value)) => format!("the number {value}"),
        Document::Number(Number::Float(value)) => format!("the number {value}"),
        Document::String(text) if text.chars().count() <= SHOWN => format!("the string {text:?}"),
        Document::String(text) => {
            let start: String = text.chars().take(SHOWN).collect();
            format!("a string that begins with {start:?}")
        }
        Document::Array(items) => match items.len() {
            0 => "an empty array".to_owned(),
            1 => "an array of 1 item".to_owned(),
            count => format!("an array of {count} items"),
        },
        Document::Object(entries) if entries.is_empty() => "an empty object".to_owned(),
        Document::Object(entries) => {
            let mut names: Vec<&String> = entries.keys().collect();
            names.sort_unstable();
            names.truncate(3);
            let more = if entries.len() > 3 { ", ..." } else { "" };
            let names = names.iter().map(|name| name.as_str()).collect::<Vec<_>>();
            format!("an object with {}{more}", names.join(", "))
        }
    }
}
