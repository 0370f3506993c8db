//! Waiters of botocore's form.

use super::Converter;
use crate::source::botocore as keys;
use crate::source::json::{Entry, Node, Value as Json};
use serde_json::{Map, Value, json};

/// The code of a response with the status 404 and no body.
const NOT_FOUND: &str = "NotFound";

/// The longest delay that Smithy assumes, in seconds.
const MAX_DELAY: i64 = 120;

impl<'a> Converter<'a> {
    /// The trait `waitable` of an operation, if the file has waiters for it.
    pub(super) fn waiters(
        &mut self,
        operation: &Entry,
        waiters: Option<&Node>,
        notes: &mut Vec<String>,
    ) -> Option<Value> {
        let all = waiters?.get("waiters")?.as_object()?.iter();
        let own = |waiter: &&Entry| {
            waiter.value.get("operation").and_then(Node::as_str) == Some(&operation.key)
        };
        let mut converted = Map::new();
        for waiter in all.filter(own) {
            self.known(&waiter.value, &[&keys::WAITER], &operation.key);
            let delay = waiter.value.get("delay").and_then(Node::as_i64);
            let mut value = json!({"acceptors": self.acceptors(operation, waiter, notes)});
            if let Some(delay) = delay {
                value["minDelay"] = json!(delay);
                value["maxDelay"] = json!(delay.max(MAX_DELAY));
            }
            converted.insert(waiter.key.clone(), value);
        }
        (!converted.is_empty()).then_some(Value::Object(converted))
    }

    fn acceptors(
        &mut self,
        operation: &Entry,
        waiter: &Entry,
        notes: &mut Vec<String>,
    ) -> Vec<Value> {
        let mut converted = Vec::new();
        let acceptors = waiter.value.get("acceptors").and_then(Node::as_array);
        for acceptor in acceptors.unwrap_or_default() {
            self.known(acceptor, &[&keys::ACCEPTOR], &operation.key);
            let matchers = self.matchers(operation, acceptor);
            if matchers.is_empty() {
                notes.push(format!(
                    "an acceptor of the waiter {} is left out: Smithy has no counterpart for it",
                    waiter.key
                ));
            }
            let state = acceptor.get("state").and_then(Node::as_str);
            for matcher in matchers {
                converted.push(json!({"state": state.unwrap_or_default(), "matcher": matcher}));
            }
        }
        converted
    }

    /// What an acceptor matches, any of these; nothing if Smithy cannot express it.
    fn matchers(&self, operation: &Entry, acceptor: &Node) -> Vec<Value> {
        let kind = acceptor.get("matcher").and_then(Node::as_str);
        let (Some(kind), Some(expected)) = (kind, acceptor.get("expected")) else {
            return Vec::new();
        };
        let path = acceptor.get("argument").and_then(Node::as_str);
        match (kind, &expected.value) {
            ("error", Json::String(code)) => vec![json!({"errorType": code})],
            ("error", Json::Bool(is_error)) => vec![json!({"success": !is_error})],
            ("status", Json::Number(status)) => self.of_status(operation, status),
            ("path" | "pathAll" | "pathAny", Json::Bool(value)) => path
                .map(|path| output(path, "booleanEquals", &value.to_string()))
                .into_iter()
                .collect(),
            (kind, Json::String(text)) => {
                let comparator = match kind {
                    "path" => "stringEquals",
                    "pathAll" => "allStringEquals",
                    "pathAny" => "anyStringEquals",
                    _ => return Vec::new(),
                };
                path.map(|path| output(path, comparator, text))
                    .into_iter()
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// A status stands for success, or for the errors that the operation can return with it.
    fn of_status(&self, operation: &Entry, status: &str) -> Vec<Value> {
        if status.starts_with('2') {
            return vec![json!({"success": true})];
        }
        let errors = operation.value.get("errors").and_then(Node::as_array);
        let names = errors.unwrap_or_default().iter().filter_map(|error| {
            let name = error.get("shape")?.as_str()?;
            let of_shape = self.find(name).and_then(|shape| shape.get("error"));
            let meant = [error.get("error"), of_shape].into_iter().flatten();
            let mut statuses = meant.filter_map(|error| error.get("httpStatusCode")?.as_number());
            statuses.any(|own| own == status).then(|| {
                let code = of_shape.and_then(|error| error.get("code")?.as_str());
                code.unwrap_or(name)
            })
        });
        let mut names: Vec<&str> = names.collect();
        // A response to HEAD has no code of its own.
        if status == "404" && !names.contains(&NOT_FOUND) {
            names.push(NOT_FOUND);
        }
        names
            .iter()
            .map(|name| json!({"errorType": name}))
            .collect()
    }
}

fn output(path: &str, comparator: &str, expected: &str) -> Value {
    json!({"output": {"path": path, "comparator": comparator, "expected": expected}})
}
