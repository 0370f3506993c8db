//! The models as the local Chime has them: the facts that a server needs, one shape a line.

use crate::files;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The services of the local Chime, by their folders in `model/`.
pub(crate) const SERVICES: [&str; 5] = [
    "chime",
    "chime-sdk-identity",
    "chime-sdk-meetings",
    "chime-sdk-media-pipelines",
    "chime-sdk-messaging",
];

/// The traits that a server needs, without `smithy.api#`.
const TRAITS: &[&str] = &[
    "default",
    "http",
    "httpError",
    "httpHeader",
    "httpLabel",
    "httpQuery",
    "idempotencyToken",
    "length",
    "pattern",
    "range",
    "required",
    "sensitive",
    "timestampFormat",
];

/// Traits that say how a member travels and that the local Chime does not know.
const UNKNOWN: &[&str] = &[
    "hostLabel",
    "httpChecksumRequired",
    "httpPayload",
    "httpPrefixHeaders",
    "httpQueryParams",
    "httpResponseCode",
    "jsonName",
    "streaming",
    "uniqueItems",
];

/// Returns the files of `crates/chime-local/src/model/services`, by name.
pub(crate) fn files() -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::new();
    for service in SERVICES {
        let folder = files::root().join("model").join(service);
        let model = read(&folder.join("model.json"))?;
        let batch = folder.join("batch.json");
        let batch = match batch.exists() {
            true => read(&batch)?,
            false => json!({}),
        };
        let text = file(service, &model, &batch)
            .map_err(|error| format!("error: model/{service}/model.json: {error}"))?;
        files.insert(format!("{service}.json"), text);
    }
    Ok(files)
}

fn read(path: &std::path::Path) -> Result<Value, String> {
    serde_json::from_str(&files::read(path)?)
        .map_err(|error| format!("error: {}: {error}", files::shown(path)))
}

fn file(name: &str, model: &Value, batches: &Value) -> Result<String, String> {
    let shapes = model["shapes"].as_object().ok_or("it has no shapes")?;
    let service = shapes
        .values()
        .find(|shape| shape["type"] == "service")
        .ok_or("it has no service")?;
    let mut lines = BTreeMap::new();
    let mut targets = BTreeSet::new();
    for (id, shape) in shapes {
        if shape["type"] == "service" {
            continue;
        }
        let batch = &batches["shapes"][id]["traits"]["chime.sdk#batch"];
        let line = line(shape, batch, &mut targets).map_err(|error| format!("{id}: {error}"))?;
        lines.insert(short(id).to_owned(), line);
    }
    for target in targets {
        if let Some(kind) = target.strip_prefix("smithy.api#") {
            lines.insert(short(&target).to_owned(), json!({"type": prelude(kind)?}));
        }
    }
    let mut text = format!(
        "{{\n\"name\": {},\n\"host\": {},\n\"signing-name\": {},\n\"shapes\": {{\n",
        json!(name),
        service["traits"]["aws.api#service"]["endpointPrefix"],
        service["traits"]["aws.auth#sigv4"]["name"]
    );
    let shown: Vec<String> = lines
        .iter()
        .map(|(name, line)| format!("{}: {line}", json!(name)))
        .collect();
    text += &shown.join(",\n");
    text += "\n}\n}\n";
    Ok(text)
}

/// A shape's name without the namespace. The shapes of the prelude keep theirs as a prefix, because a service
/// has shapes of the same name.
fn short(id: &str) -> &str {
    match id.strip_prefix("smithy.api#") {
        Some(_) => id,
        None => id.rsplit('#').next().unwrap_or(id),
    }
}

fn prelude(name: &str) -> Result<&'static str, String> {
    Ok(match name {
        "String" => "string",
        "Boolean" | "PrimitiveBoolean" => "boolean",
        "Integer" | "PrimitiveInteger" => "integer",
        "Timestamp" => "timestamp",
        _ => return Err(format!("the local Chime cannot read smithy.api#{name}")),
    })
}

fn line(shape: &Value, batch: &Value, targets: &mut BTreeSet<String>) -> Result<Value, String> {
    let mut target = |value: &Value| {
        let id = value["target"].as_str().unwrap_or_default();
        targets.insert(id.to_owned());
        json!(short(id))
    };
    let kind = shape["type"].as_str().unwrap_or_default();
    let mut line = Map::from_iter([("type".to_owned(), json!(kind))]);
    match kind {
        "structure" => {
            let mut members = Map::new();
            for (name, member) in shape["members"].as_object().into_iter().flatten() {
                let mut entry = Map::from_iter([("target".to_owned(), target(member))]);
                put_traits(&mut entry, member)?;
                members.insert(name.clone(), Value::Object(entry));
            }
            line.insert("members".to_owned(), Value::Object(members));
        }
        "list" => {
            line.insert("member".to_owned(), target(&shape["member"]));
        }
        "map" => {
            line.insert("key".to_owned(), target(&shape["key"]));
            line.insert("value".to_owned(), target(&shape["value"]));
        }
        "enum" => {
            let values: Vec<&Value> = shape["members"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(_, member)| &member["traits"]["smithy.api#enumValue"])
                .collect();
            line.insert("values".to_owned(), json!(values));
        }
        "operation" => {
            for side in ["input", "output"] {
                if shape[side].is_object() && shape[side]["target"] != "smithy.api#Unit" {
                    line.insert(side.to_owned(), target(&shape[side]));
                }
            }
        }
        "boolean" | "integer" | "string" | "timestamp" => {}
        _ => return Err(format!("the local Chime cannot read the type {kind}")),
    }
    put_traits(&mut line, shape)?;
    if !batch.is_null() {
        let facts = json!({"items": batch["items"], "key": batch["key"]});
        let entry = line.entry("traits").or_insert_with(|| json!({}));
        entry["batch"] = facts;
    }
    Ok(Value::Object(line))
}

fn put_traits(line: &mut Map<String, Value>, shape: &Value) -> Result<(), String> {
    let mut kept = Map::new();
    for (id, value) in shape["traits"].as_object().into_iter().flatten() {
        let Some(name) = id.strip_prefix("smithy.api#") else {
            continue;
        };
        if UNKNOWN.contains(&name) {
            return Err(format!("the local Chime does not know the trait {id}"));
        }
        if TRAITS.contains(&name) {
            kept.insert(name.to_owned(), value.clone());
        }
    }
    if !kept.is_empty() {
        line.insert("traits".to_owned(), Value::Object(kept));
    }
    Ok(())
}
