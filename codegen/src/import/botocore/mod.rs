//! Converts botocore's `service-2.json` into the equivalent Smithy JSON AST.

mod auth;
mod operations;
mod pagination;
mod protocols;
mod shapes;
mod superseded;
mod waiters;

use crate::diagnostic::{Diagnostic, Location, Problems, listed};
use crate::protocol;
use crate::source::botocore::{self as keys, Keys};
use crate::source::json::{Entry, Node};
use crate::traits::Trait;
use crate::traits::docs::{Deprecated, Title};
use crate::traits::endpoint::{ClientContextParams, ClientEndpointDiscovery, EndpointRuleSet};
use crate::traits::protocols::AwsQueryCompatible;
use crate::traits::service::AwsService;
use protocols::Wires;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Converts a model. Notes what this form does not contain.
pub(super) fn to_smithy(
    model: &Node,
    [paginators, waiters, endpoint_rules]: [Option<&Node>; 3],
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
    let namespace = format!("com.amazonaws.{}", plain_id.to_ascii_lowercase());
    let metadata_node = model.get("metadata").unwrap_or(model);
    // Keys mean different things in different protocols.
    let on = format!("{namespace}#{plain_id}");
    let Some(wires) = protocols(metadata_node, &on, notes, problems) else {
        return Value::Null;
    };
    let sent_name = protocols::service_name(metadata_node, &wires);
    let name = service_shape.or(sent_name).unwrap_or(&plain_id);
    let mut converter = Converter {
        model,
        wires,
        xml_namespace: None,
        namespace,
        service: name.to_owned(),
        problems,
        unknown: BTreeMap::new(),
        shapes: Map::new(),
    };
    converter.xml_namespace = converter.service_namespace();
    converter.known(model, &[&keys::TOP], name);
    for entry in converter.entries("shapes") {
        converter.shape(entry);
    }
    let paging = paginators.and_then(|node| node.get("pagination"));
    let mut operations = Vec::new();
    let superseded = converter.superseded(notes);
    for entry in converter.entries("operations") {
        if superseded.contains(entry.key.as_str()) {
            continue;
        }
        operations.push(json!({"target": converter.id(&entry.key)}));
        let paging = paging.and_then(|node| node.get(&entry.key));
        converter.operation(entry, paging, waiters, notes);
    }
    converter.drop_unreached(&superseded);
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
    if service_shape.or(sent_name).is_none() {
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

/// The protocols of the service. Reports a service without a known one.
fn protocols(
    metadata: &Node,
    on: &str,
    notes: &mut Vec<String>,
    problems: &mut Problems,
) -> Option<Wires> {
    let (wires, unknown) = Wires::of(metadata);
    if wires.is_empty() {
        let found = match unknown.as_slice() {
            [] => "no protocol".to_owned(),
            unknown => format!("only the protocol {}", listed(unknown)),
        };
        problems.push(
            Diagnostic::new(
                "protocol",
                format!("the service has {found}, which the import does not support"),
                "import the Smithy JSON AST of the service instead",
            )
            .at(metadata.place.location())
            .on(on),
        );
        return None;
    }
    if !unknown.is_empty() {
        let names = listed(&unknown);
        notes.push(format!("the protocol {names} is unknown and left out"));
    }
    let spoken = metadata.get("protocols").and_then(Node::as_array);
    let spoken = metadata
        .get("protocol")
        .into_iter()
        .chain(spoken.unwrap_or_default());
    let spoken: Vec<&str> = spoken.filter_map(Node::as_str).collect();
    if protocol::of_botocore(&spoken).is_none() {
        let names = listed(&spoken);
        notes.push(format!(
            "the generator does not support the protocol {names} yet"
        ));
    }
    Some(wires)
}

struct Converter<'a> {
    model: &'a Node,
    wires: Wires,
    /// The namespace of the service's XML.
    xml_namespace: Option<String>,
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
        let text = |key: &str| metadata.get(key).and_then(Node::as_str);
        let mut traits = json!({
            (AwsService::ID): {"sdkId": service_id, "endpointPrefix": text("endpointPrefix").unwrap_or_default()},
            (Title::ID): text("serviceFullName").unwrap_or(service_id),
        });
        if let Some(traits) = traits.as_object_mut() {
            self.protocol_traits(metadata, service_id, traits);
            if metadata.get("awsQueryCompatible").is_some() {
                traits.insert(AwsQueryCompatible::ID.to_owned(), json!({}));
            }
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
                traits.insert(ClientContextParams::ID.to_owned(), params);
            }
        }
        if text("serviceId").is_none() {
            notes.push(format!("the form has no service ID; it is `{service_id}`"));
        }
        traits
    }

    /// The operation that names endpoints, if there is one.
    fn endpoint_discovery(&mut self, traits: &mut Map<String, Value>) {
        let finds = |entry: &&Entry| flag(&entry.value, "endpointoperation");
        if let Some(entry) = self.entries("operations").iter().find(finds) {
            traits.insert(
                ClientEndpointDiscovery::ID.to_owned(),
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
