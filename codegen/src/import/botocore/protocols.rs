//! Protocols of botocore's form, and the traits for names on the wire.

use super::{Converter, flag};
use crate::names;
use crate::source::json::{Entry, Node};
use crate::traits::Trait;
use crate::traits::http::HttpPayload;
use crate::traits::json::JsonName;
use crate::traits::protocols::{
    AWS_JSON_1_0, AWS_JSON_1_1, AWS_QUERY, AwsQueryError, EC2_QUERY, Ec2QueryName, REST_JSON_1,
    REST_XML, RPC_V2_CBOR,
};
use crate::traits::xml::{XmlAttribute, XmlFlattened, XmlName, XmlNamespace};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A protocol as botocore names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wire {
    Cbor,
    Ec2,
    Json,
    Query,
    RestJson,
    RestXml,
}

/// Services whose errors have no element around them. botocore reads either form, so its models do
/// not show the difference.
const NO_ERROR_WRAPPING: &[&str] = &["S3"];

impl Wire {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "ec2" => Self::Ec2,
            "json" => Self::Json,
            "query" => Self::Query,
            "rest-json" => Self::RestJson,
            "rest-xml" => Self::RestXml,
            "smithy-rpc-v2-cbor" => Self::Cbor,
            _ => return None,
        })
    }

    /// The ID of its trait. Versions of the protocol json have traits of their own.
    fn id(self, json_version: Option<&str>) -> &'static str {
        match self {
            Self::Cbor => RPC_V2_CBOR,
            Self::Ec2 => EC2_QUERY,
            Self::Json if json_version == Some("1.1") => AWS_JSON_1_1,
            Self::Json => AWS_JSON_1_0,
            Self::Query => AWS_QUERY,
            Self::RestJson => REST_JSON_1,
            Self::RestXml => REST_XML,
        }
    }
}

/// The protocols of a service.
#[derive(Debug)]
pub(super) struct Wires(Vec<Wire>);

impl Wires {
    /// The protocols that a model names, and the names that are unknown.
    pub(super) fn of(metadata: &Node) -> (Self, Vec<&str>) {
        let main = metadata.get("protocol");
        let others = metadata.get("protocols").and_then(Node::as_array);
        let names = main.into_iter().chain(others.unwrap_or_default());
        let (mut wires, mut unknown) = (Vec::new(), Vec::new());
        for name in names.filter_map(Node::as_str) {
            match Wire::named(name) {
                Some(wire) if !wires.contains(&wire) => wires.push(wire),
                Some(_) => {}
                None => unknown.push(name),
            }
        }
        (Self(wires), unknown)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn any(&self, of: &[Wire]) -> bool {
        self.0.iter().any(|wire| of.contains(wire))
    }

    /// Whether operations have a method and a URI, and members are bound to parts of the message.
    pub(super) fn have_http_bindings(&self) -> bool {
        self.any(&[Wire::RestJson, Wire::RestXml])
    }

    /// Whether requests contain the name of the service's shape.
    fn name_the_service(&self) -> bool {
        self.any(&[Wire::Json, Wire::Cbor])
    }

    fn have_xml(&self) -> bool {
        self.any(&[Wire::RestXml, Wire::Query, Wire::Ec2])
    }
}

/// The name of the service's shape, if the service's protocols send it. botocore's may have a
/// namespace in front, which Smithy's shapes do not have.
pub(super) fn service_name<'n>(metadata: &'n Node, wires: &Wires) -> Option<&'n str> {
    let prefix = metadata.get("targetPrefix")?.as_str()?;
    let name = prefix.rsplit('.').next()?;
    wires.name_the_service().then_some(name)
}

impl<'a> Converter<'a> {
    /// The traits of the service's protocols.
    pub(super) fn protocol_traits(
        &mut self,
        metadata: &Node,
        service_id: &str,
        traits: &mut Map<String, Value>,
    ) {
        let version = metadata.get("jsonVersion").and_then(Node::as_str);
        let mut settings = self.protocol_settings(metadata);
        for wire in &self.wires.0 {
            // The settings are those of the main protocol, which comes first.
            let mut value = std::mem::replace(&mut settings, json!({}));
            if *wire == Wire::RestXml && NO_ERROR_WRAPPING.contains(&service_id) {
                value["noErrorWrapping"] = json!(true);
            }
            traits.insert(wire.id(version).to_owned(), value);
        }
        if let Some(uri) = &self.xml_namespace {
            traits.insert(XmlNamespace::ID.to_owned(), json!({"uri": uri}));
        }
    }

    /// The versions of HTTP that the service supports.
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

    /// The namespace of the service's XML. A REST model repeats it at every body, so it is the
    /// service's if there is no other.
    pub(super) fn service_namespace(&self) -> Option<String> {
        let metadata = self.model.get("metadata")?;
        if let Some(uri) = metadata.get("xmlNamespace").and_then(Node::as_str) {
            return Some(uri.to_owned());
        }
        let inputs = self.entries("operations").iter();
        let inputs = inputs.filter_map(|operation| operation.value.get("input"));
        let shapes = self.entries("shapes").iter();
        let members = shapes
            .filter_map(|shape| shape.value.get("members")?.as_object())
            .flatten()
            .map(|member| &member.value);
        let uris: BTreeSet<&str> = inputs
            .chain(members)
            .filter_map(|node| node.get("xmlNamespace"))
            .filter(|namespace| namespace.get("prefix").is_none())
            .filter_map(|namespace| namespace.get("uri")?.as_str())
            .collect();
        let mut uris = uris.into_iter();
        match (uris.next(), uris.next()) {
            (Some(uri), None) => Some(uri.to_owned()),
            _ => None,
        }
    }

    /// A key of a reference, or else of the shape that it names: botocore merges the two.
    fn merged(&self, node: &'a Node, key: &str) -> Option<&'a Node> {
        let of_shape = || self.find(node.get("shape")?.as_str()?)?.get(key);
        node.get(key).or_else(of_shape)
    }

    /// The traits for the name and the form of a member in the body.
    pub(super) fn body_traits(
        &mut self,
        on: &str,
        member: &'a Entry,
        traits: &mut Map<String, Value>,
    ) {
        let node = &member.value;
        let flattened = self.merged(node, "flattened").and_then(Node::as_bool) == Some(true);
        for (applies, id) in [
            (flag(node, "xmlAttribute"), XmlAttribute::ID),
            (flattened, XmlFlattened::ID),
        ] {
            if applies {
                traits.insert(id.to_owned(), json!({}));
            }
        }
        self.namespace(node, traits);
        let own = self.merged(node, "locationName").and_then(Node::as_str);
        // The items of a flattened list have their own name, in the place of the list's.
        let of_items = || {
            let list = self.find(node.get("shape")?.as_str()?)?;
            self.merged(list.get("member")?, "locationName")?.as_str()
        };
        let name = flattened.then(of_items).flatten().or(own);
        let name = name.unwrap_or(&member.key);
        // The element of a payload is named after its shape.
        let is_payload = traits.contains_key(HttpPayload::ID);
        let shape = node.get("shape").and_then(Node::as_str);
        let default = shape.filter(|_| is_payload && self.wires.have_xml());
        if name != default.unwrap_or(&member.key) {
            if self.wires.any(&[Wire::RestJson]) {
                traits.insert(JsonName::ID.to_owned(), json!(name));
            } else if self.wires.have_xml() {
                traits.insert(XmlName::ID.to_owned(), json!(name));
            } else {
                let message = "a name on the wire has no counterpart in the service's protocols";
                self.problem(node, on, message);
            }
        }
        if let Some(query) = node.get("queryName").and_then(Node::as_str)
            && query != names::capitalized(name)
        {
            traits.insert(Ec2QueryName::ID.to_owned(), json!(query));
        }
    }

    /// The trait for the name of a list's or map's part.
    pub(super) fn part_traits(&self, part: &str, node: &'a Node) -> Map<String, Value> {
        let mut traits = Map::new();
        if let Some(name) = self.merged(node, "locationName").and_then(Node::as_str)
            && name != part
            && self.wires.have_xml()
        {
            traits.insert(XmlName::ID.to_owned(), json!(name));
        }
        traits
    }

    /// The trait for an XML namespace, if it is not the service's.
    pub(super) fn namespace(&self, node: &Node, traits: &mut Map<String, Value>) {
        let Some(namespace) = node.get("xmlNamespace") else {
            return;
        };
        let text = |key: &str| namespace.get(key).and_then(Node::as_str);
        let (uri, prefix) = (text("uri").or(namespace.as_str()), text("prefix"));
        if uri == self.xml_namespace.as_deref() && prefix.is_none() {
            return;
        }
        let mut value = json!({"uri": uri});
        if let Some(prefix) = prefix {
            value["prefix"] = json!(prefix);
        }
        traits.insert(XmlNamespace::ID.to_owned(), value);
    }

    /// What an operation's references contain about the form of its messages: the name of the input's
    /// element, and the name of the element around the output.
    pub(super) fn message_names(&mut self, operation: &'a Entry, side: &str, reference: &'a Node) {
        if let Some(wrapper) = reference.get("resultWrapper")
            && wrapper.as_str() != Some(&format!("{}Result", operation.key))
        {
            let message = "a result wrapper that is not called OPERATIONResult has no counterpart";
            self.problem(wrapper, &operation.key, message);
        }
        let shape = reference.get("shape").and_then(Node::as_str);
        let element = reference.get("locationName").and_then(Node::as_str);
        let (Some(shape), Some(element), "input") = (shape, element, side) else {
            return;
        };
        let id = self.shape_id(shape);
        let is_default = id.rsplit('#').next() == Some(element);
        let Some(structure) = self.shapes.get_mut(&id).filter(|_| !is_default) else {
            return;
        };
        structure["traits"][XmlName::ID] = json!(element);
    }

    /// The trait for an error's code that is not its name.
    pub(super) fn error_code(
        &mut self,
        error: &Entry,
        code: &Node,
        status: Option<i64>,
        traits: &mut Map<String, Value>,
    ) {
        if code.as_str() == Some(&error.key) {
            return;
        }
        let metadata = self.model.get("metadata");
        let is_compatible = metadata.is_some_and(|it| it.get("awsQueryCompatible").is_some());
        if !is_compatible && !self.wires.any(&[Wire::Query]) {
            let message =
                "an error code that is not the error's name only has a counterpart in awsQuery";
            self.problem(code, &error.key, message);
            return;
        }
        let value = json!({"code": code.to_plain(), "httpResponseCode": status.unwrap_or(400)});
        traits.insert(AwsQueryError::ID.to_owned(), value);
    }
}
