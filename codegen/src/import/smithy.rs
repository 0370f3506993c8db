//! Keeps the facts of a Smithy JSON AST and drops its sentences.

use super::{ENDPOINTS_FILE, SHAPES_FILE, file};
use crate::shape_id::ShapeId;
use crate::traits::constraints::Length;
use crate::traits::docs::{Deprecated, Documentation, EXAMPLES, EXTERNAL_DOCUMENTATION};
use crate::traits::endpoint::{EndpointDiagram, EndpointRuleSet, EndpointTests};
use crate::traits::http::Http;
use crate::traits::service::AwsService;
use crate::traits::shapes::{INPUT, OUTPUT};
use crate::traits::tests::{
    EventStreamTests, HTTP_MALFORMED_REQUEST_TESTS, HttpRequestTests, HttpResponseTests,
    SMOKE_TESTS,
};
use crate::traits::waiters::Waitable;
use crate::traits::{Trait, tools};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Traits that contain sentences or repeat what the model contains anyway.
const DROPPED: &[&str] = &[
    Documentation::ID,
    EXAMPLES,
    EXTERNAL_DOCUMENTATION,
    tools::SUPPRESS,
    tools::TAGS,
    EventStreamTests::ID,
    HTTP_MALFORMED_REQUEST_TESTS,
    HttpRequestTests::ID,
    HttpResponseTests::ID,
    SMOKE_TESTS,
    // An operation names its input; botocore does not mark it.
    INPUT,
    OUTPUT,
];

/// The keys of `aws.api#service` that a client uses.
const SERVICE_KEYS: &[&str] = &["sdkId", "endpointPrefix"];

/// Traits that are written to a file of their own.
const ENDPOINT_TRAITS: &[&str] = &[EndpointRuleSet::ID, EndpointTests::ID];

pub(super) fn normalise(ast: Value) -> BTreeMap<&'static str, String> {
    let shapes = match ast {
        Value::Object(mut top) => top.remove("shapes"),
        _ => None,
    };
    let mut kept = BTreeMap::new();
    let mut endpoints = BTreeMap::new();
    if let Some(Value::Object(shapes)) = shapes {
        for (id, shape) in shapes {
            let Value::Object(mut shape) = shape else {
                continue;
            };
            drop_diagram(&mut shape);
            if let Some(rules) = endpoint_traits(&mut shape) {
                endpoints.insert(id.clone(), json!({"type": "apply", "traits": rules}));
            }
            clean_shape(&mut shape);
            kept.insert(id, Value::Object(shape));
        }
    }
    let mut files = BTreeMap::from([(SHAPES_FILE, file(kept))]);
    if !endpoints.is_empty() {
        files.insert(ENDPOINTS_FILE, file(endpoints));
    }
    files
}

/// Removes a decision diagram that has a rule set next to it, since the two are equivalent.
fn drop_diagram(shape: &mut Map<String, Value>) {
    if let Some(Value::Object(traits)) = shape.get_mut("traits")
        && traits.contains_key(EndpointRuleSet::ID)
    {
        traits.remove(EndpointDiagram::ID);
    }
}

fn endpoint_traits(shape: &mut Map<String, Value>) -> Option<Map<String, Value>> {
    let traits = shape.get_mut("traits")?.as_object_mut()?;
    let mut found = Map::new();
    for id in ENDPOINT_TRAITS {
        if let Some(mut rules) = traits.remove(*id) {
            drop_documentation(&mut rules);
            lower_parameter_types(&mut rules);
            found.insert((*id).to_owned(), rules);
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Normalises the types of parameters: `String` and `string` are equivalent.
fn lower_parameter_types(rules: &mut Value) {
    let parameters = rules
        .get_mut("parameters")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(|parameters| parameters.values_mut());
    for parameter in parameters {
        if let Some(Value::String(kind)) = parameter.get_mut("type") {
            kind.make_ascii_lowercase();
        }
    }
}

fn drop_documentation(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("documentation");
            map.values_mut().for_each(drop_documentation);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_documentation),
        _ => {}
    }
}

fn clean_shape(shape: &mut Map<String, Value>) {
    clean_traits(shape);
    for key in ["member", "key", "value"] {
        if let Some(Value::Object(member)) = shape.get_mut(key) {
            clean_traits(member);
        }
    }
    if let Some(Value::Object(members)) = shape.get_mut("members") {
        for member in members.values_mut().filter_map(Value::as_object_mut) {
            clean_traits(member);
        }
    }
    for key in ["errors", "operations", "resources", "collectionOperations"] {
        if let Some(Value::Array(items)) = shape.get_mut(key) {
            items.sort_by_key(ToString::to_string);
        }
    }
    let unit = ShapeId::unit();
    let unit = unit.as_str();
    for key in ["input", "output"] {
        // No input and the unit shape are equivalent.
        if shape.get(key).and_then(|target| target.get("target")) == Some(&json!(unit)) {
            shape.remove(key);
        }
    }
}

fn clean_traits(holder: &mut Map<String, Value>) {
    let Some(Value::Object(traits)) = holder.get_mut("traits") else {
        return;
    };
    traits.retain(|id, _| !DROPPED.contains(&id.as_str()));
    if let Some(Value::Object(deprecated)) = traits.get_mut(Deprecated::ID) {
        deprecated.remove("message");
    }
    if let Some(Value::Object(service)) = traits.get_mut(AwsService::ID) {
        service.retain(|key, _| SERVICE_KEYS.contains(&key.as_str()));
    }
    if let Some(Value::Object(waiters)) = traits.get_mut(Waitable::ID) {
        for waiter in waiters.values_mut().filter_map(Value::as_object_mut) {
            waiter.retain(|key, _| !matches!(key.as_str(), "documentation" | "tags"));
        }
    }
    if let Some(Value::Object(http)) = traits.get_mut(Http::ID)
        && http.get("code") == Some(&json!(200))
    {
        http.remove("code");
    }
    if let Some(Value::Object(length)) = traits.get_mut(Length::ID) {
        if length.get("min") == Some(&json!(0)) {
            length.remove("min");
        }
        if length.is_empty() {
            traits.remove(Length::ID);
        }
    }
    if traits.is_empty() {
        holder.remove("traits");
    }
}
