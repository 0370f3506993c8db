//! Answers.

use crate::cases::{Model, Random};
use crate::differences::Differences;
use crate::peer::{Answer, Botocore};
use crate::sdk::Wired;
use crate::{Service, each, seed};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

fn members(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

impl Service {
    /// Reads answers drawn at random.
    pub async fn compare_answers(&self) {
        let (each, seed) = (each(), seed());
        let model = Model::read(self.name);
        let mut random = Random::new(seed, true);
        let (ours, theirs) = (Wired::new(self.ours), Wired::new(self.theirs));
        let mut botocore = Botocore::start(self.name);
        let (mut differences, mut from_botocore) = (Differences::default(), Differences::default());
        let (mut told, mut by_member, mut null_entries) = (0, 0, 0);
        let mut variants: BTreeMap<String, usize> = BTreeMap::new();
        let defaults = model.defaults();
        let operations = model.operations();
        for operation in &operations {
            let (name, input) = (operation.name, operation.good_input());
            let mut cases = Vec::new();
            let mut read = Vec::new();
            for number in 0..2 * each {
                let answer = match number % 2 {
                    0 => operation.success(&mut random),
                    _ => operation.refusal(&mut random),
                };
                let case = json!({"operation": name, "input": input, "answer": answer.to_json()});
                let our = ours.response(name, &input, answer.clone()).await;
                let their = theirs.response(name, &input, answer).await;
                // By the README's table: the aws-sdk crate reads no map that has such an entry.
                if random.has_null_entry {
                    null_entries += 1;
                } else {
                    differences.compare(name, &case, &our, &their);
                }
                let variant = our["variant"].as_str().unwrap_or("an output");
                *variants.entry(variant.to_owned()).or_default() += 1;
                if code_is_in_a_member(&case) {
                    by_member += 1;
                    continue;
                }
                cases.push(case);
                read.push(our);
            }
            told += cases.len();
            botocore.compare_answers(&cases, &read, &defaults, &mut from_botocore);
        }
        println!("{}: answers: {variants:?}", self.name);
        differences.end(&format!(
            "{}: answers, seed {seed}: {} operations, {} answers each ({null_entries} with \
             null in a map left out); against the aws-sdk crate",
            self.name,
            operations.len(),
            2 * each,
        ));
        botocore.end(
            from_botocore,
            self.name,
            &format!(
                "answers, {told} of them ({by_member} that it reads by another member left out)"
            ),
        );
    }

    /// Reads answers that are not what the protocol says.
    pub async fn compare_bad_answers(&self) {
        let model = Model::read(self.name);
        let (ours, theirs) = (Wired::new(self.ours), Wired::new(self.theirs));
        let operations = model.operations();
        let (operation, structure, text, time) = operations
            .iter()
            .find_map(|operation| {
                let (structure, text, time) = operation.nested_output()?;
                Some((operation, structure, text, time))
            })
            .expect("an operation whose output has a structure with a string");
        let (name, input) = (operation.name, operation.good_input());
        let errors = operation.errors();
        let (error, other) = (errors[0], errors[errors.len() - 1]);
        let mut bodies: Vec<String> = [
            "", " ", "null", "[]", "5", "\"x\"", "{", "{}", "{}x", "<html>",
        ]
        .map(str::to_owned)
        .into();
        bodies.extend(
            [
                json!({structure: 5}),
                json!({structure: null}),
                json!({structure: {text: 5}}),
                json!({structure: {text: null}}),
                json!({structure: {time.unwrap_or(text): "soon"}}),
                json!({structure: {time.unwrap_or(text): []}}),
                json!({"Message": 5}),
                json!({"message": "lower"}),
                json!({"Message": "upper"}),
                json!({"__type": 5}),
                json!({"code": error}),
                json!({"__type": format!("a#{error}")}),
            ]
            .map(|body| body.to_string()),
        );
        bodies.push(format!(
            r#"{{"{structure}": {{"{text}": "a"}}, "{structure}": {{"{text}": "b"}}}}"#
        ));
        let mut differences = Differences::default();
        let mut count = 0;
        for status in [200, 201, 204, 301, 400, 404, 429, 500, 503] {
            for code in [
                None,
                Some(other),
                Some("Teapot"),
                Some(""),
                Some(":"),
                Some("#"),
            ] {
                for body in &bodies {
                    let headers = code.map(|code| ("x-amzn-errortype".to_owned(), code.to_owned()));
                    let answer = Answer {
                        status,
                        headers: headers.into_iter().collect(),
                        body: body.clone(),
                    };
                    let case = answer.to_json();
                    let our = ours.response(name, &input, answer.clone()).await;
                    let their = theirs.response(name, &input, answer).await;
                    // Where the aws-sdk crate reports no code, message or request ID, we may.
                    let reported = |result: &Value| {
                        let mut result = members(result);
                        result.retain(|name, _| name == "members" || !their[name].is_null());
                        result
                    };
                    differences.compare(name, &case, &reported(&our), &reported(&their));
                    count += 1;
                }
            }
        }
        differences.end(&format!(
            "{}: bad answers to {name}: {count} against the aws-sdk crate",
            self.name
        ));
    }
}

impl Botocore {
    /// Compares what we read with what botocore reads.
    fn compare_answers(
        &mut self,
        cases: &[Value],
        read: &[Value],
        defaults: &Map<String, Value>,
        differences: &mut Differences,
    ) {
        for ((case, our), their) in cases.iter().zip(read).zip(self.run(cases)) {
            let mut their = meaning(&their);
            let mut our = without_filled(meaning(our), &their, defaults);
            // Botocore's form of a model may lack members of errors.
            if let Some(known) = their.as_object_mut().and_then(|it| it.remove("known"))
                && let Some(members) = our["members"].as_object_mut()
            {
                members
                    .retain(|name, _| known.as_array().is_some_and(|it| it.contains(&json!(name))));
            }
            // The Rust SDKs also take a message in lower case for the member `Message`.
            if their["members"].get("Message").is_none()
                && our["members"]
                    .get("Message")
                    .is_some_and(|message| *message == their["message"])
            {
                let mut others = members(&our["members"]);
                others.remove("Message");
                our["members"] = Value::Object(others);
            }
            let operation = case["operation"].as_str().unwrap_or_default();
            differences.compare(operation, case, &our, &their);
        }
    }
}

/// Whether the code is in the body's `__type` alone, beside a modelled member `Code`, which botocore
/// takes for the code. The README's table says whom we follow.
fn code_is_in_a_member(case: &Value) -> bool {
    let answer = &case["answer"];
    let headers = answer["headers"].as_array().into_iter().flatten();
    let in_header = headers
        .into_iter()
        .any(|header| header[0] == "x-amzn-errortype");
    let body: Value =
        serde_json::from_str(answer["body"].as_str().unwrap_or_default()).unwrap_or_default();
    !in_header && body["__type"].is_string() && body.get("Code").is_some()
}

/// What both sides say about an answer in their own words, in the same words.
fn meaning(result: &Value) -> Value {
    let mut result = members(&without_null(result));
    if result.contains_key("output") {
        result.remove("request ID");
    }
    if result.get("variant") == Some(&json!("ClientError")) {
        result.insert("variant".into(), json!("Unhandled"));
    }
    if result.contains_key("variant") {
        result.entry("members").or_insert_with(|| json!({}));
    }
    if result.get("message") == Some(&json!("")) {
        result.remove("message");
    }
    Value::Object(result)
}

/// Removes absent members and entries.
fn without_null(value: &Value) -> Value {
    match value {
        Value::Object(entries) => entries
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), without_null(value)))
            .collect(),
        Value::Array(items) => items.iter().map(without_null).collect(),
        other => other.clone(),
    }
}

/// Removes what we fill in for a required member that the answer lacks, and botocore does not.
fn without_filled(ours: Value, theirs: &Value, defaults: &Map<String, Value>) -> Value {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            let kept = ours.into_iter().filter_map(|(name, value)| {
                let other = theirs.get(&name);
                match other {
                    None if is_zero(&value) || defaults.get(&name) == Some(&value) => None,
                    None => Some((name, value)),
                    Some(other) => Some((name, without_filled(value, other, defaults))),
                }
            });
            Value::Object(kept.collect())
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            let pairs = ours.into_iter().zip(theirs);
            pairs
                .map(|(ours, theirs)| without_filled(ours, theirs, defaults))
                .collect()
        }
        (ours, _) => ours,
    }
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Bool(value) => !value,
        Value::Number(value) => value.as_f64() == Some(0.0),
        // The second is what a required enum is filled with.
        Value::String(value) => value.is_empty() || value == "no value was set",
        Value::Array(value) => value.is_empty(),
        Value::Object(value) => value.values().all(is_zero),
        Value::Null => true,
    }
}
