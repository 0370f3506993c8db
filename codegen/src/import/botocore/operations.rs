//! Operations of botocore's form.

use super::{Converter, deprecated, flag};
use crate::source::botocore as keys;
use crate::source::json::{Entry, Node};
use crate::traits::Trait;
use crate::traits::behaviour::{IDEMPOTENT, Paginated, READONLY};
use crate::traits::endpoint::{
    ClientDiscoveredEndpoint, OperationContextParams, StaticContextParams,
};
use crate::traits::http::{Endpoint, Http, HttpChecksum, HttpChecksumRequired, RequestCompression};
use crate::traits::waiters::Waitable;
use serde_json::{Map, Value, json};

impl<'a> Converter<'a> {
    pub(super) fn operation(
        &mut self,
        entry: &'a Entry,
        paging: Option<&Node>,
        waiters: Option<&Node>,
        notes: &mut Vec<String>,
    ) {
        let node = &entry.value;
        self.known(node, &[&keys::OPERATION], &entry.key);
        let mut operation = Map::new();
        operation.insert("type".to_owned(), json!("operation"));
        for key in ["input", "output"] {
            if let Some(reference) = node.get(key) {
                self.known(reference, &[&keys::INPUT], &entry.key);
                self.message_names(entry, key, reference);
                if let Some(target) = self.target(reference, &entry.key) {
                    operation.insert(key.to_owned(), json!({"target": target}));
                }
            }
        }
        let mut errors = Vec::new();
        for error in node
            .get("errors")
            .and_then(Node::as_array)
            .unwrap_or_default()
        {
            self.known(error, &[&keys::INPUT], &entry.key);
            errors.extend(
                self.target(error, &entry.key)
                    .map(|target| json!({"target": target})),
            );
        }
        if !errors.is_empty() {
            operation.insert("errors".to_owned(), Value::Array(errors));
        }
        let mut traits = Map::new();
        self.http(node, &entry.key, &mut traits, notes);
        self.operation_auth(node, &entry.key, &mut traits);
        self.operation_traits(node, &mut traits);
        if let Some(paging) = paging
            && let Some(paginated) = self.pagination(entry, paging, notes)
        {
            traits.insert(Paginated::ID.to_owned(), paginated);
        }
        if let Some(waitable) = self.waiters(entry, waiters, notes) {
            traits.insert(Waitable::ID.to_owned(), waitable);
        }
        operation.insert("traits".to_owned(), Value::Object(traits));
        let id = self.id(&entry.key);
        self.shapes.insert(id, Value::Object(operation));
    }

    fn http(
        &mut self,
        node: &Node,
        on: &str,
        traits: &mut Map<String, Value>,
        notes: &mut Vec<String>,
    ) {
        if let Some(http) = node.get("http") {
            self.known(http, &[&keys::HTTP], on);
        }
        let http = |key: &str| node.get("http").and_then(|http| http.get(key));
        let uri = http("requestUri").and_then(Node::as_str).unwrap_or("/");
        if self.wires.have_http_bindings() {
            let mut value = json!({
                "method": http("method").and_then(Node::as_str).unwrap_or("POST"),
                "uri": self.uri(node, uri),
            });
            if let Some(code) = http("responseCode") {
                value["code"] = code.to_plain();
            }
            traits.insert(Http::ID.to_owned(), value);
        } else if uri != "/" {
            notes.push(format!(
                "the URI `{uri}` of {on} is left out, since the service's protocols have no URIs"
            ));
        }
        if let Some(endpoint) = node.get("endpoint") {
            self.known(endpoint, &[&keys::ENDPOINT], on);
            if let Some(prefix) = endpoint.get("hostPrefix") {
                traits.insert(
                    Endpoint::ID.to_owned(),
                    json!({"hostPrefix": prefix.to_plain()}),
                );
            }
        }
    }

    fn operation_traits(&self, node: &Node, traits: &mut Map<String, Value>) {
        deprecated(node, traits);
        for (key, id) in [
            ("idempotent", IDEMPOTENT),
            ("readonly", READONLY),
            ("httpChecksumRequired", HttpChecksumRequired::ID),
        ] {
            if flag(node, key) {
                traits.insert(id.to_owned(), json!({}));
            }
        }
        for (key, id) in [
            ("httpChecksum", HttpChecksum::ID),
            ("operationContextParams", OperationContextParams::ID),
            ("requestcompression", RequestCompression::ID),
            ("staticContextParams", StaticContextParams::ID),
        ] {
            if let Some(value) = node.get(key) {
                traits.insert(id.to_owned(), value.to_plain());
            }
        }
        if let Some(discovery) = node.get("endpointdiscovery") {
            traits.insert(
                ClientDiscoveredEndpoint::ID.to_owned(),
                json!({"required": flag(discovery, "required")}),
            );
        }
    }

    /// The URI with members' names as labels. botocore's labels are the members' `locationName`s.
    fn uri(&self, operation: &Node, uri: &str) -> String {
        let input = operation
            .get("input")
            .and_then(|input| input.get("shape"))
            .and_then(Node::as_str)
            .and_then(|name| self.find(name));
        let members = input
            .and_then(|input| input.get("members"))
            .and_then(Node::as_object)
            .unwrap_or_default();
        let mut result = uri.to_owned();
        for member in members {
            let location = member.value.get("locationName").and_then(Node::as_str);
            let is_label = member.value.get("location").and_then(Node::as_str) == Some("uri");
            if let (Some(name), true) = (location, is_label) {
                result = result
                    .replace(&format!("{{{name}}}"), &format!("{{{}}}", member.key))
                    .replace(&format!("{{{name}+}}"), &format!("{{{}+}}", member.key));
            }
        }
        result
    }
}
