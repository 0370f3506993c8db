//! Makes the calls of a table, and checks the answers.

use crate::common::Service;
use crate::table::{Call, Table, operations_of};
use chime_local::Clock;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

/// The time that passes between two calls, so that what is sorted by time has an order.
const STEP: Duration = Duration::from_millis(10);

/// Clients of all services, and the local Chime that they call.
pub(crate) trait Clients {
    /// Returns the names of the operations that the client of a service has.
    async fn operations(&mut self, service: Service) -> BTreeSet<String>;

    /// Calls an operation. The error is its code and its text.
    async fn call(
        &mut self,
        service: Service,
        operation: &str,
        input: Value,
    ) -> Result<Value, (Option<String>, String)>;
}

/// Returns a clock that stands still until a call is made.
pub(crate) fn clock() -> Clock {
    Clock::manual(SystemTime::now())
}

/// Makes the calls of a service's table, which have to call each of its operations with success.
pub(crate) async fn all_operations(
    service: Service,
    clients: &mut impl Clients,
    clock: &Clock,
    how: &str,
) {
    let table = Table::of(service);
    let mut variables = table.variables;
    let mut called = BTreeSet::new();
    let mut problems = Vec::new();
    for (number, call) in (1..).zip(&table.calls) {
        clock.advance(STEP + Duration::from_secs_f64(call.after));
        let wrong = make(call, service, clients, &mut variables).await;
        if wrong.is_empty() && call.error.is_none() && call.service.is_none() {
            called.insert(call.operation.clone());
        }
        let wrong = wrong.into_iter();
        problems.extend(wrong.map(|it| format!("call {number}, {}: {it}", call.operation)));
    }
    let operations = clients.operations(service).await;
    let missing = operations.difference(&called);
    problems.extend(missing.map(|name| format!("{name}: no call of the table succeeded")));
    assert!(
        problems.is_empty(),
        "{}, {how}:\n{}",
        service.name(),
        problems.join("\n")
    );
    assert_eq!(called, operations, "{}, {how}", service.name());
    assert_eq!(
        operations.len(),
        operations_of(service),
        "{}, {how}",
        service.name()
    );
    println!(
        "{}, {how}: {} operations by {} calls",
        service.name(),
        called.len(),
        table.calls.len()
    );
}

/// Makes a call, and returns what is wrong with its answer.
async fn make(
    call: &Call,
    service: Service,
    clients: &mut impl Clients,
    variables: &mut Map<String, Value>,
) -> Vec<String> {
    let service = call.service.as_deref().map_or(service, Service::named);
    let input = Value::Object(substituted(&call.input, variables));
    let answer = match clients.call(service, &call.operation, input).await {
        Ok(answer) => answer,
        Err((code, _)) if code.is_some() && code == call.error => return Vec::new(),
        Err((code, text)) => {
            let code = code.as_deref().unwrap_or("no code");
            return vec![format!("failed with {code}: {text}")];
        }
    };
    let mut wrong = Vec::new();
    if let Some(error) = &call.error {
        wrong.push(format!("succeeded, but {error} was expected"));
    }
    for (path, expected) in &substituted(&call.expect, variables) {
        let found = at(path, &answer);
        let is_any = expected == "*" && found.is_some();
        if !is_any && found.as_ref() != Some(expected) {
            wrong.push(format!("{path} is {found:?}, not {expected}"));
        }
    }
    for path in &call.absent {
        if let Some(found) = at(path, &answer) {
            wrong.push(format!("{path} is {found}, but should be absent"));
        }
    }
    for (name, path) in &call.save {
        match at(path, &answer) {
            Some(value) => drop(variables.insert(name.clone(), value)),
            None => wrong.push(format!("{path} is absent")),
        }
    }
    wrong
}

/// Returns the value at a path such as `Errors.0.ErrorCode` or `Rooms.length`.
fn at(path: &str, answer: &Value) -> Option<Value> {
    let mut value = answer;
    let mut steps = path.split('.').peekable();
    while let Some(step) = steps.next() {
        value = match value {
            Value::Array(items) if step == "length" && steps.peek().is_none() => {
                return Some(items.len().into());
            }
            Value::Array(items) => items.get(step.parse::<usize>().ok()?)?,
            value => value.get(step)?,
        };
    }
    (!value.is_null()).then(|| value.clone())
}

/// Replaces `$name` and `${name}` in all strings.
fn substituted(values: &Map<String, Value>, variables: &Map<String, Value>) -> Map<String, Value> {
    let values = values.iter();
    values
        .map(|(name, value)| (name.clone(), replaced(value, variables)))
        .collect()
}

fn replaced(value: &Value, variables: &Map<String, Value>) -> Value {
    match value {
        Value::Object(members) => Value::Object(substituted(members, variables)),
        Value::Array(items) => items.iter().map(|it| replaced(it, variables)).collect(),
        Value::String(text) => {
            let whole = text.strip_prefix('$').and_then(|it| variables.get(it));
            whole.cloned().unwrap_or_else(|| {
                let mut text = text.clone();
                for (name, value) in variables {
                    if let Value::String(value) = value {
                        text = text.replace(&format!("${{{name}}}"), value);
                    }
                }
                Value::String(text)
            })
        }
        value => value.clone(),
    }
}
