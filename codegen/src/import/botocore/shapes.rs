//! Shapes of botocore's form.

use super::{Converter, deprecated, flag};
use crate::model::name_of_value;
use crate::names::{self, unique_name};
use crate::shape_id::ShapeId;
use crate::source::botocore as keys;
use crate::source::json::{Entry, Node};
use crate::traits::Trait;
use crate::traits::behaviour::IdempotencyToken;
use crate::traits::constraints::{Length, Pattern, Range, RequiresLength};
use crate::traits::endpoint::ContextParam;
use crate::traits::events::{EventHeader, EventPayload};
use crate::traits::http::{
    HostLabel, HttpError, HttpHeader, HttpLabel, HttpPayload, HttpPrefixHeaders, HttpQuery,
    HttpQueryParams, HttpResponseCode, MediaType, TimestampFormat,
};
use crate::traits::shapes::{EnumValue, Fault, Required, Retryable, Sensitive, Sparse, Streaming};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The pattern in Smithy's form, which may match anywhere; botocore's match the whole string.
fn smithy_pattern(whole: &str) -> String {
    let anywhere = whole
        .strip_prefix(".*")
        .and_then(|rest| rest.strip_suffix(".*"));
    match anywhere {
        Some(inner) => inner.to_owned(),
        None if whole.starts_with('^') && whole.ends_with('$') => whole.to_owned(),
        None => format!("^{whole}$"),
    }
}

/// Smithy's name for the type of a shape.
fn smithy_type<'n>(node: &'n Node, kind: &'n str) -> &'n str {
    let values = node.get("enum").and_then(Node::as_array);
    let has_values = values.is_some_and(|values| !values.is_empty());
    match kind {
        "structure" if flag(node, "document") => "document",
        "structure" if flag(node, "union") || flag(node, "eventstream") => "union",
        "string" if has_values => "enum",
        "character" => "string",
        kind => kind,
    }
}

impl<'a> Converter<'a> {
    pub(super) fn shape(&mut self, entry: &'a Entry) {
        let node = &entry.value;
        let kind = node.get("type").and_then(Node::as_str).unwrap_or_default();
        let table = match kind {
            "structure" => &keys::STRUCTURE,
            "list" => &keys::LIST,
            "map" => &keys::MAP,
            "string" | "character" => &keys::STRING,
            "integer" | "long" | "float" | "double" => &keys::NUMBER,
            "boolean" => &keys::BOOLEAN,
            "timestamp" => &keys::TIMESTAMP,
            "blob" => &keys::BLOB,
            other => {
                self.problem(
                    node,
                    &entry.key,
                    format!("the type `{other}` has no counterpart"),
                );
                return;
            }
        };
        self.known(node, &[&keys::SHAPE, table], &entry.key);
        let smithy_type = smithy_type(node, kind);
        let mut shape = Map::new();
        let mut traits = Map::new();
        self.shape_traits(node, kind, &mut traits);
        match smithy_type {
            "enum" => {
                let members = Value::Object(enum_members(node));
                shape.insert("members".to_owned(), members);
            }
            "structure" | "union" => {
                shape.insert("members".to_owned(), Value::Object(self.members(entry)));
                self.error_traits(entry, &mut traits);
                self.namespace(node, &mut traits);
            }
            "document" => {
                let members = node.get("members").and_then(Node::as_object);
                if members.is_some_and(|members| !members.is_empty()) {
                    self.problem(
                        node,
                        &entry.key,
                        "a document with members has no counterpart",
                    );
                }
            }
            "list" => self.part(entry, "member", &mut shape),
            "map" => {
                self.part(entry, "key", &mut shape);
                self.part(entry, "value", &mut shape);
            }
            "timestamp" => {
                if let Some(format) = node.get("timestampFormat").and_then(Node::as_str) {
                    self.timestamp_format(node, &entry.key, format, &mut traits);
                }
            }
            _ => {}
        }
        shape.insert("type".to_owned(), json!(smithy_type));
        shape.insert("traits".to_owned(), Value::Object(traits));
        let id = self.shape_id(&entry.key);
        if flag(node, "exception") && id != self.id(&entry.key) {
            // Its name is the error code that the service returns.
            self.problem(
                node,
                &entry.key,
                "an error cannot have the name of an operation",
            );
        }
        self.shapes.insert(id, Value::Object(shape));
    }

    fn shape_traits(&self, node: &Node, kind: &str, traits: &mut Map<String, Value>) {
        deprecated(node, traits);
        for (key, id) in [
            ("sensitive", Sensitive::ID),
            ("sparse", Sparse::ID),
            ("streaming", Streaming::ID),
            ("eventstream", Streaming::ID),
            ("requiresLength", RequiresLength::ID),
        ] {
            if flag(node, key) {
                traits.insert(id.to_owned(), json!({}));
            }
        }
        let bounds_trait = match kind {
            "integer" | "long" | "float" | "double" => Range::ID,
            _ => Length::ID,
        };
        let mut bounds = Map::new();
        for key in ["min", "max"] {
            if let Some(bound) = node.get(key) {
                bounds.insert(key.to_owned(), bound.to_plain());
            }
        }
        if !bounds.is_empty() {
            traits.insert(bounds_trait.to_owned(), Value::Object(bounds));
        }
        if let Some(pattern) = node.get("pattern") {
            let smithy = pattern.as_str().map(smithy_pattern);
            traits.insert(Pattern::ID.to_owned(), json!(smithy));
        }
    }

    fn timestamp_format(
        &mut self,
        node: &Node,
        on: &str,
        format: &str,
        traits: &mut Map<String, Value>,
    ) {
        let smithy = match format {
            "iso8601" => TimestampFormat::DATE_TIME,
            "unixTimestamp" => TimestampFormat::EPOCH_SECONDS,
            "rfc822" => TimestampFormat::HTTP_DATE,
            other => {
                self.problem(
                    node,
                    on,
                    format!("the timestamp format `{other}` has no counterpart"),
                );
                return;
            }
        };
        traits.insert(TimestampFormat::ID.to_owned(), json!(smithy));
    }

    fn error_traits(&mut self, entry: &Entry, traits: &mut Map<String, Value>) {
        let node = &entry.value;
        if !flag(node, "exception") {
            return;
        }
        let error = node.get("error");
        if let Some(error) = error {
            self.known(error, &[&keys::ERROR], &entry.key);
        }
        let status = error.and_then(|error| error.get("httpStatusCode")?.as_i64());
        let is_server = flag(node, "fault") || status.is_some_and(|status| status >= 500);
        traits.insert(
            Fault::ID.to_owned(),
            json!(if is_server { "server" } else { "client" }),
        );
        if let Some(status) = status {
            traits.insert(HttpError::ID.to_owned(), json!(status));
        }
        if let Some(code) = error.and_then(|error| error.get("code")) {
            self.error_code(entry, code, status, traits);
        }
        if let Some(retryable) = node.get("retryable") {
            self.known(retryable, &[&keys::RETRYABLE], &entry.key);
            let value = match flag(retryable, "throttling") {
                true => json!({"throttling": true}),
                false => json!({}),
            };
            traits.insert(Retryable::ID.to_owned(), value);
        }
    }

    fn part(&mut self, entry: &'a Entry, name: &str, shape: &mut Map<String, Value>) {
        let Some(node) = entry.value.get(name) else {
            self.problem(
                &entry.value,
                &entry.key,
                format!("the shape has no `{name}`"),
            );
            return;
        };
        self.known(node, &[&keys::PART], &entry.key);
        if let Some(target) = self.member_target(node, &entry.key) {
            let mut part = json!({"target": target});
            let traits = self.part_traits(name, node);
            if !traits.is_empty() {
                part["traits"] = Value::Object(traits);
            }
            shape.insert(name.to_owned(), part);
        }
    }

    /// The target of a member. In Smithy, JSON in a string is a string with that media type, and a
    /// stream is a shape of its own.
    fn member_target(&mut self, node: &Node, on: &str) -> Option<String> {
        let target = self.target(node, on)?;
        let name = node.get("shape").and_then(Node::as_str).unwrap_or_default();
        let (name, shape) = if flag(node, "jsonvalue") {
            let traits = json!({(MediaType::ID): "application/json"});
            let shape = json!({"type": "string", "traits": traits});
            (format!("SynthesizedJson{name}"), shape)
        } else if flag(node, "streaming") && self.is_plain_blob(name) {
            let shape = json!({"type": "blob", "traits": {(Streaming::ID): {}}});
            (format!("Streaming{name}"), shape)
        } else {
            return Some(target);
        };
        let name = unique_name(name, |name| {
            self.is_taken(name) || self.find(name).is_some()
        });
        let id = self.id(&name);
        self.shapes.insert(id.clone(), shape);
        Some(id)
    }

    fn is_plain_blob(&self, name: &str) -> bool {
        self.find(name).is_some_and(|shape| {
            shape.get("type").and_then(Node::as_str) == Some("blob") && !flag(shape, "streaming")
        })
    }

    fn members(&mut self, entry: &'a Entry) -> Map<String, Value> {
        let node = &entry.value;
        let required = node
            .get("required")
            .and_then(Node::as_array)
            .unwrap_or_default();
        let payload = node.get("payload");
        let entries = node
            .get("members")
            .and_then(Node::as_object)
            .unwrap_or_default();
        for name in required.iter().chain(payload) {
            let text = name.as_str().unwrap_or_default();
            if entries.iter().all(|member| member.key != text) {
                self.problem(name, &entry.key, format!("there is no member `{text}`"));
            }
        }
        let mut members = Map::new();
        for member in entries {
            self.known(&member.value, &[&keys::MEMBER], &entry.key);
            let Some(target) = self.member_target(&member.value, &entry.key) else {
                continue;
            };
            let mut traits = Map::new();
            let names = |node: &Node| node.as_str() == Some(&member.key);
            if required.iter().any(names) {
                traits.insert(Required::ID.to_owned(), json!({}));
            }
            if payload.is_some_and(names) {
                traits.insert(HttpPayload::ID.to_owned(), json!({}));
            }
            self.binding(entry, member, &mut traits);
            self.member_traits(entry, member, &mut traits);
            members.insert(
                member.key.clone(),
                json!({"target": target, "traits": traits}),
            );
        }
        members
    }

    /// The trait for the place of a member in a message.
    fn binding(&mut self, shape: &Entry, member: &'a Entry, traits: &mut Map<String, Value>) {
        let node = &member.value;
        let text = |key: &str| node.get(key).and_then(Node::as_str);
        let name = text("locationName").unwrap_or(&member.key);
        let is_map = text("shape")
            .and_then(|shape| self.find(shape))
            .is_some_and(|shape| shape.get("type").and_then(Node::as_str) == Some("map"));
        let (id, value) = match text("location") {
            None => return self.body_traits(&shape.key, member, traits),
            Some("uri") => (HttpLabel::ID, json!({})),
            Some("querystring") if is_map => (HttpQueryParams::ID, json!({})),
            Some("querystring") => (HttpQuery::ID, json!(name)),
            Some("header") => (HttpHeader::ID, json!(name)),
            Some("headers") => (
                HttpPrefixHeaders::ID,
                json!(text("locationName").unwrap_or("")),
            ),
            Some("statusCode") => (HttpResponseCode::ID, json!({})),
            Some(other) => {
                let message = format!("the location `{other}` has no counterpart");
                self.problem(node, &shape.key, message);
                return;
            }
        };
        traits.insert(id.to_owned(), value);
    }

    fn member_traits(&mut self, shape: &Entry, member: &'a Entry, traits: &mut Map<String, Value>) {
        let node = &member.value;
        deprecated(node, traits);
        for (key, id) in [
            ("idempotencyToken", IdempotencyToken::ID),
            ("hostLabel", HostLabel::ID),
            ("eventpayload", EventPayload::ID),
            ("eventheader", EventHeader::ID),
        ] {
            if flag(node, key) {
                traits.insert(id.to_owned(), json!({}));
            }
        }
        if let Some(param) = node.get("contextParam") {
            traits.insert(ContextParam::ID.to_owned(), param.to_plain());
        }
        if flag(node, "streaming") {
            let target = node
                .get("shape")
                .and_then(|shape| self.find(shape.as_str()?));
            let is_stream = |target: &Node| {
                let is_blob = target.get("type").and_then(Node::as_str) == Some("blob");
                is_blob || flag(target, "streaming")
            };
            if !target.is_some_and(is_stream) {
                self.problem(
                    node,
                    &shape.key,
                    "a stream that is neither a blob nor a stream of events has no counterpart",
                );
            }
        }
        if let Some(format) = node.get("timestampFormat").and_then(Node::as_str) {
            self.timestamp_format(node, &shape.key, format, traits);
        }
    }
}

fn enum_members(node: &Node) -> Map<String, Value> {
    let values = node.get("enum").and_then(Node::as_array);
    let (mut members, mut variants) = (Map::new(), BTreeSet::new());
    for value in values.unwrap_or_default().iter().filter_map(Node::as_str) {
        // Values that differ only in case, for example, would become one variant in Rust. All but the
        // first get a number.
        let name = unique_name(name_of_value(value), |name| {
            let variant = names::variant(name);
            variants.contains(&variant)
        });
        variants.insert(names::variant(&name));
        let member =
            json!({"target": ShapeId::unit().as_str(), "traits": {(EnumValue::ID): value}});
        members.insert(name, member);
    }
    members
}
