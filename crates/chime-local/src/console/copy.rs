//! Requests as a command of the AWS CLI and as Rust.

use crate::LoggedRequest;
use crate::model::{Kind, Operation, Place, Service, ShapeId};
use crate::store::snake;
use heck::{ToPascalCase, ToSnakeCase};
use serde_json::{Map, Value};
use std::fmt::Write;

/// What stands for a value that the log does not have.
const MISSING: &str = "(not in the log)";

/// Returns the members of a request's input: those of the body, the path and the query. Headers are not in the log.
pub(super) fn input(operation: &Operation, request: &LoggedRequest) -> Map<String, Value> {
    let mut input = match &request.request {
        Value::Object(body) => body.clone(),
        _ => Map::new(),
    };
    let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
    let pattern = operation.uri.split('?').next().unwrap_or_default();
    let values: Vec<&str> = path.split('/').collect();
    for (i, segment) in pattern.split('/').enumerate() {
        let label = segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        let Some(label) = label else { continue };
        let value = match label.strip_suffix('+') {
            Some(_) => values.get(i..).unwrap_or_default().join("/"),
            None => values.get(i).copied().unwrap_or_default().to_owned(),
        };
        let value = percent_encoding::percent_decode_str(&value).decode_utf8_lossy();
        // The log has the pattern instead of a path with a secret.
        let value = if value.starts_with('{') {
            MISSING
        } else {
            &*value
        };
        let label = label.strip_suffix('+').unwrap_or(label);
        input.insert(label.to_owned(), Value::from(value));
    }
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let members = operation.input_members().iter();
        for member in members {
            if member.place != Place::Query(name.clone().into_owned()) {
                continue;
            }
            let service = operation.service();
            let value = match &service.shape(member.shape).kind {
                Kind::Integer(_) => value.parse::<i64>().map_or(Value::Null, Value::from),
                Kind::Boolean => Value::from(value == "true"),
                Kind::List { .. } => {
                    let before = input.get(&member.name).and_then(Value::as_array);
                    let mut list = before.cloned().unwrap_or_default();
                    list.push(Value::from(&*value));
                    Value::from(list)
                }
                _ => Value::from(&*value),
            };
            input.insert(member.name.clone(), value);
        }
    }
    for member in operation.input_members() {
        if member.required && matches!(member.place, Place::Header(_)) {
            input.insert(member.name.clone(), Value::from(MISSING));
        }
    }
    input
}

/// Returns a command of the AWS CLI.
pub(super) fn command(operation: &Operation, input: &Map<String, Value>, url: &str) -> String {
    let name = snake(&operation.name).replace('_', "-");
    let service = &operation.service().name;
    let mut command = format!("aws {service} {name} --endpoint-url {}", quoted(url));
    if !input.is_empty() {
        let input = serde_json::to_string(input).unwrap_or_default();
        command += " \\\n  --cli-input-json ";
        command += &quoted(&input);
    }
    command
}

/// Returns a word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Returns a call of a client in Rust.
pub(super) fn rust(operation: &Operation, input: &Map<String, Value>) -> String {
    let service = operation.service();
    let package = match service.name.as_str() {
        "chime" => "chime_sdk".to_owned(),
        name => name.replace('-', "_"),
    };
    let mut code = format!("// client: {package}::Client\n");
    let _ = write!(
        code,
        "let output = client\n    .{}()",
        field(&operation.name)
    );
    for member in operation.input_members() {
        if let Some(value) = input.get(&member.name) {
            let call = set(service, &package, &member.name, member.shape, value, 1);
            code += &call;
        }
    }
    code + "\n    .send()\n    .await?;"
}

/// Returns the name of a field or method in Rust, as the generator makes it.
fn field(name: &str) -> String {
    let name = name.to_snake_case();
    match name.as_str() {
        "type" | "match" | "move" | "ref" | "use" | "where" | "in" | "as" => format!("r#{name}"),
        _ => name,
    }
}

/// Returns the calls that set a member. A value that is not of the member's type, such as one that is hidden, is a
/// comment.
fn set(
    service: &Service,
    package: &str,
    name: &str,
    shape: ShapeId,
    value: &Value,
    depth: usize,
) -> String {
    let indent = "    ".repeat(depth);
    let field = field(name);
    let line = |value: &Value, arguments: Option<String>| match arguments {
        Some(arguments) => format!("\n{indent}.{field}({arguments})"),
        None => format!("\n{indent}// {field}: {value}"),
    };
    let write = |shape: ShapeId, value: &Value| expression(service, package, shape, value, depth);
    match (&service.shape(shape).kind, value) {
        (_, Value::Null) => String::new(),
        (Kind::List { item, .. }, Value::Array(items)) => items
            .iter()
            .map(|value| line(value, write(*item, value)))
            .collect(),
        (Kind::Map { key, value: of, .. }, Value::Object(entries)) => entries
            .iter()
            .map(|(name, value)| {
                let name = write(*key, &Value::from(name.as_str()));
                let entry = name.zip(write(*of, value));
                line(value, entry.map(|(name, value)| format!("{name}, {value}")))
            })
            .collect(),
        _ => line(value, write(shape, value)),
    }
}

/// Returns an expression with a value; `None` if the value is not of the type.
fn expression(
    service: &Service,
    package: &str,
    id: ShapeId,
    value: &Value,
    depth: usize,
) -> Option<String> {
    let shape = service.shape(id);
    let write = |id: ShapeId, value: &Value| expression(service, package, id, value, depth);
    Some(match (&shape.kind, value) {
        (Kind::String { values, .. }, Value::String(text)) => match values.is_empty() {
            true => literal(text),
            false => format!("{}.into()", literal(text)),
        },
        (Kind::Timestamp(_), Value::Number(seconds)) => {
            format!(
                "{package}::primitives::DateTime::from_secs_f64({seconds:?})",
                seconds = seconds.as_f64()?
            )
        }
        (Kind::Timestamp(_), Value::String(text)) => format!(
            "{package}::primitives::DateTime::from_str({}, {package}::primitives::DateTimeFormat::DateTime)?",
            literal(text)
        ),
        (Kind::Structure(members), Value::Object(values)) => {
            let name = shape.name.to_pascal_case();
            let mut code = format!("{package}::types::{name}::builder()");
            for member in members {
                if let Some(value) = values.get(&member.name) {
                    let (name, shape) = (&member.name, member.shape);
                    code += &set(service, package, name, shape, value, depth + 1);
                }
            }
            // Structures are optional in Rust, even if they are required.
            let is_fallible = members.iter().any(|member| {
                let kind = &service.shape(member.shape).kind;
                member.required && member.default.is_none() && !matches!(kind, Kind::Structure(_))
            });
            let build = if is_fallible { ".build()?" } else { ".build()" };
            format!("{code}\n{}{build}", "    ".repeat(depth + 1))
        }
        (Kind::List { item, .. }, Value::Array(items)) => {
            let items: Option<Vec<String>> =
                items.iter().map(|value| write(*item, value)).collect();
            format!("vec![{}]", items?.join(", "))
        }
        (Kind::Integer(_), Value::Number(number)) => number.as_i64()?.to_string(),
        (Kind::Boolean, Value::Bool(value)) => value.to_string(),
        _ => return None,
    })
}

/// Returns a literal of Rust.
fn literal(text: &str) -> String {
    format!("{text:?}")
}
