//! Converts botocore's `service-2.json` into the equivalent Smithy JSON AST.

mod auth;
mod operations;
mod pagination;
mod shapes;

use crate::diagnostic::{Diagnostic, Location, Problems, listed};
use crate::protocol::{self, Protocol};
use crate::source::botocore::{self as keys, Keys};
use crate::source::json::{Entry, Node};
use crate::traits::Trait;
use crate::traits::docs::{Deprecated, Title};
use crate::traits::endpoint::{CLIENT_CONTEXT_PARAMS, CLIENT_ENDPOINT_DISCOVERY, EndpointRuleSet};
use crate::traits::service::AwsService;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Converts a model. Notes what this form does not contain.
pub(super) fn to_smithy(
    model: &Node,
    paginators: Option<&Node>,
    endpoint_rules: Option<&Node>,
    service_shape: Option<&str>,
    notes: &mut Vec<String>,
    problems: &mut Problems,
) -> Value {
    let metadata = |key: &str| model.get("metadata").and_then(|m| m.get(key)?.as_str());
    let service_id = metadata("serviceId")
        .or(metadata("serviceAbbreviation"))
        .unwrap_or("Service");
    let plain_id: String = service_id
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let name = service_shape.unwrap_or(&plain_id);
    let namespace = format!("com.amazonaws.{}", plain_id.to_ascii_lowercase());
    // Keys mean different things in different protocols.
    let Some(protocol) = protocol(model, &format!("{namespace}#{name}"), problems) else {
        return Value::Null;
    };
    let mut converter = Converter {
        model,
        protocol,
        namespace,
        service: name.to_owned(),
        problems,
        unknown: BTreeMap::new(),
        shapes: Map::new(),
    };
    converter.known(model, &[&keys::TOP], name);
    for entry in converter.entries("shapes") {
        converter.shape(entry);
    }
    let paging = paginators.and_then(|node| node.get("pagination"));
    let mut operations = Vec::new();
    for entry in converter.entries("operations") {
        operations.push(json!({"target": converter.id(&entry.key)}));
        let paging = paging.and_then(|node| node.get(&entry.key));
        converter.operation(entry, paging, notes);
    }
    let mut traits = converter.service_traits(service_id, notes);
    if let Some(rules) = endpoint_rules {
        traits[EndpointRuleSet::ID] = rules.to_plain();
    }
    let service = json!({
        "type": "service",
        "version": metadata("apiVersion").unwrap_or_default(),
        "operations": operations,
        "traits": traits,
    });
    let service_key = converter.id(name);
    converter.shapes.insert(service_key, service);
    converter.report_unknown();
    if service_shape.is_none() {
        notes.push(format!(
            "the form does not name the service's shape; it is called `{name}` after the service ID. \
             Change the name with `--service-shape NAME`"
        ));
    }
    notes.extend(endpoint_notes(endpoint_rules));
    notes.push(converter.paginators_note(paging));
    json!({"smithy": "2.0", "shapes": converter.shapes})
}

/// Notes about endpoint rules and their tests.
fn endpoint_notes(rules: Option<&Node>) -> [String; 2] {
    let of_rules = match rules {
        Some(_) => "the endpoint rules are taken from endpoint-rule-set-1.json",
        None => {
            "there is no endpoint-rule-set-1.json next to it, so the model has no endpoint rules"
        }
    };
    ["the form has no endpoint tests", of_rules].map(str::to_owned)
}

/// The supported protocol that the service speaks.
fn protocol(model: &Node, on: &str, problems: &mut Problems) -> Option<&'static dyn Protocol> {
    let metadata = model.get("metadata");
    let main = metadata.and_then(|metadata| metadata.get("protocol"));
    let others = metadata
        .and_then(|metadata| metadata.get("protocols")?.as_array())
        .unwrap_or_default();
    let spoken = main.into_iter().chain(others);
    let spoken: Vec<&str> = spoken.filter_map(Node::as_str).collect();
    let protocol = protocol::of_botocore(&spoken);
    if protocol.is_none() {
        let supported = protocol::supported(|protocol| protocol.botocore_name());
        let found = main.and_then(Node::as_str).unwrap_or("no protocol");
        problems.push(
            Diagnostic::new(
                "protocol",
                format!(
                    "the service supports {found}; the generator supports only {}",
                    listed(&supported)
                ),
                format!(
                    "import a service that has the protocol {}",
                    supported.join(" or ")
                ),
            )
            .at(main.unwrap_or(model).place.location())
            .on(on),
        );
    }
    protocol
}

struct Converter<'a> {
    model: &'a Node,
    protocol: &'static dyn Protocol,
    namespace: String,
    /// The name of the service's shape.
    service: String,
    problems: &'a mut Problems,
    /// Keys that are in no table, with the first place of each and the number of places.
    unknown: BTreeMap<(&'static str, String), (Location, String, usize)>,
    shapes: Map<String, Value>,
}

impl<'a> Converter<'a> {
    fn entries(&self, key: &str) -> &'a [Entry] {
        self.model
            .get(key)
            .and_then(Node::as_object)
            .unwrap_or_default()
    }

    fn id(&self, name: &str) -> String {
        format!("{}#{name}", self.namespace)
    }

    /// The ID of a data shape. In this form, operations and shapes may share a name; in Smithy, they
    /// may not.
    fn shape_id(&self, name: &str) -> String {
        if !self.is_taken(name) {
            return self.id(name);
        }
        let renamed = crate::names::unique_name(format!("{name}Shape"), |name| {
            self.is_taken(name) || self.find(name).is_some()
        });
        self.id(&renamed)
    }

    fn is_taken(&self, name: &str) -> bool {
        let is_operation = |operations: &Node| operations.get(name).is_some();
        name == self.service || self.model.get("operations").is_some_and(is_operation)
    }

    fn problem(&mut self, node: &Node, on: &str, message: impl Into<String>) {
        let on = self.id(on);
        self.problems.push(
            Diagnostic::new(
                "import-unsupported",
                message,
                "import the Smithy JSON AST of the service instead",
            )
            .at(node.place.location())
            .on(on),
        );
    }

    /// Notes keys that are in none of the tables.
    fn known(&mut self, node: &Node, tables: &[&'static Keys], on: &str) {
        for entry in node.as_object().unwrap_or_default() {
            let mut keys = tables.iter().flat_map(|table| table.keys);
            if keys.any(|(key, _)| *key == entry.key) {
                continue;
            }
            let what = tables.last().map_or("an object", |table| table.what);
            let on = self.id(on);
            self.unknown
                .entry((what, entry.key.clone()))
                .or_insert_with(|| (entry.key_place.location(), on, 0))
                .2 += 1;
        }
    }

    fn report_unknown(&mut self) {
        for ((what, key), (location, on, count)) in std::mem::take(&mut self.unknown) {
            let places = match count {
                1 => String::new(),
                count => format!(" ({count} places)"),
            };
            self.problems.push(
                Diagnostic::new(
                    "import-unknown-key",
                    format!("the key `{key}` of {what} is unknown{places}"),
                    "add it to codegen/src/source/botocore.rs, \
                     or import the Smithy JSON AST of the service instead",
                )
                .at(location)
                .on(on),
            );
        }
    }

    /// The shape that a reference names.
    fn find(&self, name: &str) -> Option<&'a Node> {
        self.model.get("shapes")?.get(name)
    }

    fn target(&mut self, node: &Node, on: &str) -> Option<String> {
        let Some(name) = node.get("shape").and_then(Node::as_str) else {
            self.problem(node, on, "a reference has no `shape`");
            return None;
        };
        Some(self.shape_id(name))
    }

    fn service_traits(&mut self, service_id: &str, notes: &mut Vec<String>) -> Value {
        let model = self.model;
        let service = self.service.clone();
        let Some(metadata) = model.get("metadata") else {
            return json!({});
        };
        self.known(metadata, &[&keys::METADATA], &service);
        let protocol = self.protocol;
        let text = |key: &str| metadata.get(key).and_then(Node::as_str);
        let mut traits = json!({
            (AwsService::ID): {"sdkId": service_id, "endpointPrefix": text("endpointPrefix").unwrap_or_default()},
            (protocol.id()): self.protocol_settings(metadata),
            (Title::ID): text("serviceFullName").unwrap_or(service_id),
        });
        if let Some(traits) = traits.as_object_mut() {
            self.service_auth(metadata, traits);
            deprecated(model, traits);
            self.endpoint_discovery(traits);
            if let Some(params) = model.get("clientContextParams") {
                let mut params = params.to_plain();
                for param in params.as_object_mut().into_iter().flat_map(Map::values_mut) {
                    if let Some(param) = param.as_object_mut() {
                        param.remove("documentation");
                    }
                }
                traits.insert(CLIENT_CONTEXT_PARAMS.to_owned(), params);
            }
        }
        if text("serviceId").is_none() {
            notes.push(format!("the form has no service ID; it is `{service_id}`"));
        }
        traits
    }

    /// The versions of HTTP that the service speaks.
    fn protocol_settings(&mut self, metadata: &Node) -> Value {
        let mut value = json!({});
        let settings = metadata.get("protocolSettings").and_then(Node::as_object);
        for entry in settings.unwrap_or_default() {
            match (entry.key.as_str(), entry.value.as_str()) {
                ("h2", Some("eventstream")) => value["eventStreamHttp"] = json!(["h2"]),
                ("h2", Some("optional")) => value["http"] = json!(["http/1.1", "h2"]),
                ("h2", Some("required")) => value["http"] = json!(["h2"]),
                _ => {
                    let service = self.service.clone();
                    let message =
                        format!("the protocol setting `{}` has no counterpart", entry.key);
                    self.problem(&entry.value, &service, message);
                }
            }
        }
        value
    }

    /// The operation that names endpoints, if there is one.
    fn endpoint_discovery(&mut self, traits: &mut Map<String, Value>) {
        let finds = |entry: &&Entry| flag(&entry.value, "endpointoperation");
        if let Some(entry) = self.entries("operations").iter().find(finds) {
            traits.insert(
                CLIENT_ENDPOINT_DISCOVERY.to_owned(),
                json!({"operation": self.id(&entry.key)}),
            );
        }
    }
}

fn flag(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}

/// Adds the trait `deprecated`, if the node has that key.
fn deprecated(node: &Node, traits: &mut Map<String, Value>) {
    if flag(node, "deprecated") {
        let since = node.get("deprecatedSince").and_then(Node::as_str);
        let value = since.map_or_else(|| json!({}), |since| json!({"since": since}));
        traits.insert(Deprecated::ID.to_owned(), value);
    }
}
