//! Reads inputs, and checks them against the model.

use crate::document::Doc;
use crate::model::{Bounds, Kind, Member, Operation, Place, Service, ShapeId, TimeFormat};
use crate::refusal::Refusal;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use http::HeaderMap;
use serde_json::{Map, Value};

/// The parts of a request other than its method and path.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) labels: &'a [(String, String)],
    pub(crate) query: &'a [(String, String)],
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// Reads the input of a request: members have the types and obey the constraints of the model, and those that have
/// a default are there. Timestamps become milliseconds.
pub(crate) fn read_input(operation: &'static Operation, parts: &Parts<'_>) -> Result<Doc, Refusal> {
    let members = operation.input_members();
    let service = operation.service();
    let mut body = read_body(members, parts)?;
    let mut input = Map::new();
    for member in members {
        let checker = Checker {
            service,
            path: Path {
                before: None,
                name: &member.name,
                index: None,
            },
        };
        let value = match &member.place {
            Place::Body => match body.remove(&member.name) {
                None | Some(Value::Null) => None,
                Some(value) => Some(checker.json(member.shape, value)?),
            },
            Place::Label => {
                let label = parts.labels.iter().find(|(name, _)| *name == member.name);
                label
                    .map(|(_, value)| checker.text(member.shape, value))
                    .transpose()?
            }
            Place::Query(name) => {
                let values = parts.query.iter().filter(|(key, _)| key == name);
                checker.texts(member.shape, values.map(|(_, value)| value.as_str()))?
            }
            Place::Header(name) => {
                let values = parts.headers.get_all(name.as_str()).iter();
                checker.texts(member.shape, values.filter_map(|value| value.to_str().ok()))?
            }
        };
        checker.put(&mut input, member, value)?;
    }
    Ok(Doc(input))
}

fn read_body(members: &[Member], parts: &Parts<'_>) -> Result<Map<String, Value>, Refusal> {
    let has_body = members.iter().any(|member| member.place == Place::Body);
    if !has_body || parts.body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Map::new());
    }
    let encoding = parts.headers.get(http::header::CONTENT_ENCODING);
    if let Some(encoding) = encoding.and_then(|value| value.to_str().ok())
        && !encoding.eq_ignore_ascii_case("identity")
    {
        return Err(Refusal::bad_request(format!(
            "the request cannot be read: the body is encoded with {encoding}, which the service does not accept"
        )));
    }
    match serde_json::from_slice(parts.body) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(Refusal::bad_request(
            "the request cannot be read: the body is not a JSON object",
        )),
        Err(error) => Err(Refusal::bad_request(format!(
            "the request cannot be read: the body is not JSON: {error}"
        ))),
    }
}

/// Where a value is in an input, for messages.
struct Path<'a> {
    before: Option<&'a Path<'a>>,
    name: &'a str,
    index: Option<usize>,
}

impl std::fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(before) = self.before {
            write!(f, "{before}")?;
        }
        match (self.index, self.before) {
            (Some(index), _) => write!(f, "[{index}]"),
            (None, Some(_)) => write!(f, ".{}", self.name),
            (None, None) => f.write_str(self.name),
        }
    }
}

struct Checker<'a> {
    service: &'static Service,
    path: Path<'a>,
}

impl Checker<'_> {
    fn refuse(&self, what: impl std::fmt::Display) -> Refusal {
        Refusal::bad_request(format!("{} {what}", self.path))
    }

    /// Adds a member to a structure, or its default, or refuses that it is missing.
    fn put(
        &self,
        members: &mut Map<String, Value>,
        member: &Member,
        value: Option<Value>,
    ) -> Result<(), Refusal> {
        match value.or_else(|| member.default.clone()) {
            Some(value) => {
                members.insert(member.name.clone(), value);
                Ok(())
            }
            None if member.required => Err(self.refuse("is required")),
            None => Ok(()),
        }
    }

    /// Checks a value of a label, a query parameter or a header.
    fn text(&self, id: ShapeId, text: &str) -> Result<Value, Refusal> {
        let value = match &self.service.shape(id).kind {
            Kind::Boolean => match text {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => return Err(self.refuse(format_args!("is {text}, which is not true or false"))),
            },
            Kind::Integer(_) => match text.parse::<i64>() {
                Ok(value) => Value::from(value),
                Err(_) => {
                    return Err(self.refuse(format_args!("is {text}, which is not an integer")));
                }
            },
            Kind::Timestamp(format) => {
                let format = match format {
                    Some(format) => smithy_format(*format),
                    // Both forms are common in queries, and neither is mistaken for the other.
                    None if text.parse::<f64>().is_ok() => Format::EpochSeconds,
                    None => Format::DateTime,
                };
                return self.time(text, format);
            }
            _ => Value::String(text.to_owned()),
        };
        self.json(id, value)
    }

    /// Checks the values of a query parameter or a header.
    fn texts<'v>(
        &self,
        id: ShapeId,
        mut values: impl Iterator<Item = &'v str>,
    ) -> Result<Option<Value>, Refusal> {
        let Kind::List { item, .. } = &self.service.shape(id).kind else {
            return values.next().map(|value| self.text(id, value)).transpose();
        };
        let items: Vec<Value> = values
            .map(|value| self.text(*item, value))
            .collect::<Result<_, _>>()?;
        match items.is_empty() {
            true => Ok(None),
            false => self.json(id, Value::Array(items)).map(Some),
        }
    }

    fn time(&self, text: &str, format: Format) -> Result<Value, Refusal> {
        let time = DateTime::from_str(text, format).ok();
        time.and_then(|time| time.to_millis().ok())
            .map(Value::from)
            .ok_or_else(|| self.refuse(format_args!("is {text}, which is not a timestamp")))
    }

    /// Checks a value and what it contains.
    fn json(&self, id: ShapeId, value: Value) -> Result<Value, Refusal> {
        let shape = self.service.shape(id);
        match (&shape.kind, value) {
            (Kind::Boolean, value @ Value::Bool(_)) => Ok(value),
            (Kind::Integer(range), Value::Number(number)) => {
                let value = number
                    .as_i64()
                    .and_then(|value| i32::try_from(value).ok())
                    .ok_or_else(|| {
                        self.refuse(format_args!("is {number}, which is not an integer"))
                    })?;
                self.within(*range, i64::from(value), |value, bounds| {
                    format!("is {value}; it must be {bounds}")
                })?;
                Ok(Value::from(value))
            }
            (Kind::Timestamp(Some(TimeFormat::DateTime)), Value::String(text)) => {
                self.time(&text, Format::DateTime)
            }
            (Kind::Timestamp(Some(TimeFormat::HttpDate)), Value::String(text)) => {
                self.time(&text, Format::HttpDate)
            }
            (Kind::Timestamp(None | Some(TimeFormat::EpochSeconds)), Value::Number(number)) => {
                self.time(&number.to_string(), Format::EpochSeconds)
            }
            (Kind::String { .. }, Value::String(text)) => {
                self.string(&shape.kind, &text)?;
                Ok(Value::String(text))
            }
            (Kind::List { length, item }, Value::Array(items)) => {
                self.within(*length, items.len() as i64, |count, bounds| match count {
                    0 => "is empty".to_owned(),
                    _ => format!("has {count} items; it must have {bounds}"),
                })?;
                let items = items.into_iter().enumerate().map(|(i, value)| {
                    let within = self.inner("", Some(i));
                    match value {
                        Value::Null => Err(within.refuse("is null")),
                        value => within.json(*item, value),
                    }
                });
                Ok(Value::Array(items.collect::<Result<_, _>>()?))
            }
            (
                Kind::Map {
                    length,
                    key,
                    value: of,
                },
                Value::Object(entries),
            ) => {
                self.within(*length, entries.len() as i64, |count, bounds| {
                    format!("has {count} entries; it must have {bounds}")
                })?;
                let mut checked = Map::new();
                for (name, value) in entries {
                    let within = self.inner(&name, None);
                    within.string(&self.service.shape(*key).kind, &name)?;
                    let value = within.json(*of, value)?;
                    checked.insert(name, value);
                }
                Ok(Value::Object(checked))
            }
            (Kind::Structure(members), Value::Object(mut values)) => {
                let mut checked = Map::new();
                for member in members {
                    let within = self.inner(&member.name, None);
                    let value = match values.remove(&member.name) {
                        None | Some(Value::Null) => None,
                        Some(value) => Some(within.json(member.shape, value)?),
                    };
                    within.put(&mut checked, member, value)?;
                }
                Ok(Value::Object(checked))
            }
            (kind, _) => Err(self.refuse(format_args!("is not {}", described(kind)))),
        }
    }

    fn inner<'b>(&'b self, name: &'b str, index: Option<usize>) -> Checker<'b> {
        Checker {
            service: self.service,
            path: Path {
                before: Some(&self.path),
                name,
                index,
            },
        }
    }

    fn string(&self, kind: &Kind, text: &str) -> Result<(), Refusal> {
        let Kind::String {
            length,
            pattern,
            values,
        } = kind
        else {
            return Ok(());
        };
        if !values.is_empty() && !values.iter().any(|value| value == text) {
            return Err(self.refuse(format_args!(
                "is {text}, which is not one of {}",
                values.join(", ")
            )));
        }
        if let Some(pattern) = pattern
            && !pattern.matches(text)
        {
            return Err(
                match pattern.source().contains(r"\S") && text.trim().is_empty() {
                    true => self.refuse("must not be blank"),
                    false => self.refuse(format_args!("does not match {}", pattern.source())),
                },
            );
        }
        self.within(*length, text.chars().count() as i64, |count, bounds| {
            format!("has {count} characters; it must have {bounds}")
        })
    }

    fn within(
        &self,
        bounds: Bounds,
        value: i64,
        message: impl FnOnce(i64, &str) -> String,
    ) -> Result<(), Refusal> {
        let is_within =
            bounds.min.is_none_or(|min| value >= min) && bounds.max.is_none_or(|max| value <= max);
        if is_within {
            return Ok(());
        }
        let bounds = match (bounds.min, bounds.max) {
            (Some(min), Some(max)) => format!("from {min} to {max}"),
            (Some(min), None) => format!("at least {min}"),
            (None, max) => format!("at most {}", max.unwrap_or(i64::MAX)),
        };
        Err(self.refuse(message(value, &bounds)))
    }
}

fn smithy_format(format: TimeFormat) -> Format {
    match format {
        TimeFormat::DateTime => Format::DateTime,
        TimeFormat::EpochSeconds => Format::EpochSeconds,
        TimeFormat::HttpDate => Format::HttpDate,
    }
}

fn described(kind: &Kind) -> &'static str {
    match kind {
        Kind::Boolean => "true or false",
        Kind::Integer(_) => "an integer",
        Kind::Timestamp(Some(TimeFormat::DateTime)) => "a date and time as a string",
        Kind::Timestamp(_) => "a timestamp",
        Kind::String { .. } => "a string",
        Kind::List { .. } => "a list",
        Kind::Map { .. } | Kind::Structure(_) => "an object",
    }
}
