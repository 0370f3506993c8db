//! Writes outputs.

use crate::document::Doc;
use crate::model::{Kind, Member, Operation, Service, ShapeId, TimeFormat};
use crate::refusal::Refusal;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Map, Value};

/// Writes the body of a response. Members that the output does not have are left out, and those that have a default
/// are added, so a row can be an output as it is.
///
/// # Errors
///
/// Returns a failure if a member that the model requires is missing, or has another type.
pub(crate) fn write_output(
    operation: &'static Operation,
    output: &Doc,
) -> Result<Vec<u8>, Refusal> {
    let members = operation.output_members();
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let mut writer = Writer {
        service: operation.service(),
        body: Vec::with_capacity(256),
    };
    match writer.structure(members, &output.0) {
        Ok(()) => Ok(writer.body),
        Err(path) => Err(Refusal::failure(format!(
            "the response of {} does not conform to the model: {path}",
            operation.name
        ))),
    }
}

struct Writer {
    service: &'static Service,
    body: Vec<u8>,
}

/// Where the output differs from the model.
type Differs = String;

impl Writer {
    fn structure(
        &mut self,
        members: &[Member],
        values: &Map<String, Value>,
    ) -> Result<(), Differs> {
        self.body.push(b'{');
        let mut is_first = true;
        for member in members {
            let value = values.get(&member.name).filter(|value| !value.is_null());
            let Some(value) = value.or(member.default.as_ref()) else {
                if member.required {
                    return Err(format!("{} is missing", member.name));
                }
                continue;
            };
            if !is_first {
                self.body.push(b',');
            }
            is_first = false;
            self.string(&member.name);
            self.body.push(b':');
            self.value(member.shape, value)
                .map_err(|differs| format!("{}: {differs}", member.name))?;
        }
        self.body.push(b'}');
        Ok(())
    }

    fn value(&mut self, id: ShapeId, value: &Value) -> Result<(), Differs> {
        match (&self.service.shape(id).kind, value) {
            (Kind::Boolean, Value::Bool(value)) => {
                let text: &[u8] = if *value { b"true" } else { b"false" };
                self.body.extend(text);
            }
            (Kind::Integer(_), Value::Number(number)) if number.is_i64() => {
                self.body.extend(number.to_string().as_bytes());
            }
            (Kind::Timestamp(format), Value::Number(number)) => {
                let time = number.as_i64().map(DateTime::from_millis);
                let (format, is_text) = match format {
                    Some(TimeFormat::DateTime) => (Format::DateTime, true),
                    Some(TimeFormat::HttpDate) => (Format::HttpDate, true),
                    Some(TimeFormat::EpochSeconds) | None => (Format::EpochSeconds, false),
                };
                let text = time.and_then(|time| time.fmt(format).ok());
                let text = text.ok_or_else(|| format!("{number} is not a time"))?;
                match is_text {
                    true => self.string(&text),
                    false => self.body.extend(text.as_bytes()),
                }
            }
            (Kind::String { .. }, Value::String(text)) => self.string(text),
            (Kind::List { item, .. }, Value::Array(items)) => {
                self.body.push(b'[');
                for (i, value) in items.iter().enumerate() {
                    if i > 0 {
                        self.body.push(b',');
                    }
                    self.value(*item, value)
                        .map_err(|differs| format!("[{i}]: {differs}"))?;
                }
                self.body.push(b']');
            }
            (Kind::Map { value: of, .. }, Value::Object(entries)) => {
                self.body.push(b'{');
                for (i, (name, value)) in entries.iter().enumerate() {
                    if i > 0 {
                        self.body.push(b',');
                    }
                    self.string(name);
                    self.body.push(b':');
                    self.value(*of, value)
                        .map_err(|differs| format!("{name}: {differs}"))?;
                }
                self.body.push(b'}');
            }
            (Kind::Structure(members), Value::Object(values)) => {
                self.structure(members, values)?;
            }
            (_, value) => return Err(format!("{value} has another type")),
        }
        Ok(())
    }

    fn string(&mut self, text: &str) {
        // Writing to memory does not fail.
        let _ = serde_json::to_writer(&mut self.body, text);
    }
}
