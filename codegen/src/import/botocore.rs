//! Turns botocore's `service-2.json` into the Smithy JSON AST that says the same.

use crate::assemble::name_of_value;
use crate::diagnostic::Diagnostic;
use crate::json::{Entry, Node};
use serde_json::{Map, Value, json};

/// Converts a model, noting what this form leaves open.
pub(super) fn to_smithy(
    model: &Node,
    paginators: Option<&Node>,
    endpoint_rules: Option<&Node>,
    service_shape: Option<&str>,
    notes: &mut Vec<String>,
    problems: &mut Vec<Diagnostic>,
) -> Value {
    let metadata = |key: &str| {
        model
            .get("metadata")
            .and_then(|m| m.get(key))
            .and_then(Node::as_str)
    };
    let service_id = metadata("serviceId")
        .or(metadata("serviceAbbreviation"))
        .unwrap_or("Service");
    let plain_id: String = service_id
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let namespace = format!("com.amazonaws.{}", plain_id.to_ascii_lowercase());
    let mut converter = Converter {
        model,
        namespace,
        problems,
        shapes: Map::new(),
    };
    converter.protocol(metadata("protocol"));
    for entry in converter.entries("shapes") {
        converter.shape(entry);
    }
    let mut operations = Vec::new();
    for entry in converter.entries("operations") {
        operations.push(json!({"target": converter.id(&entry.key)}));
        let pagination = paginators
            .and_then(|node| node.get("pagination"))
            .and_then(|node| node.get(&entry.key));
        converter.operation(entry, pagination);
    }
    let name = service_shape.unwrap_or(&plain_id);
    let mut traits = json!({
        "aws.api#service": {"sdkId": service_id, "endpointPrefix": metadata("endpointPrefix").unwrap_or_default()},
        "aws.protocols#restJson1": {},
        "smithy.api#title": metadata("serviceFullName").unwrap_or(service_id),
    });
    if matches!(metadata("signatureVersion"), Some("v4") | None) {
        let signing_name = metadata("signingName")
            .or(metadata("endpointPrefix"))
            .unwrap_or_default();
        traits["aws.auth#sigv4"] = json!({"name": signing_name});
    }
    if model.get("deprecated").and_then(Node::as_bool) == Some(true) {
        traits["smithy.api#deprecated"] = json!({});
    }
    if let Some(rules) = endpoint_rules {
        traits["smithy.rules#endpointRuleSet"] = rules.to_plain();
    }
    let service = json!({
        "type": "service",
        "version": metadata("apiVersion").unwrap_or_default(),
        "operations": operations,
        "traits": traits,
    });
    let service_key = converter.id(name);
    converter.shapes.insert(service_key, service);
    if service_shape.is_none() {
        notes.push(format!(
            "the form does not name the service's shape; it is called `{name}` after the service ID. \
             `--service-shape NAME` gives it another name"
        ));
    }
    notes.push("the form has no endpoint tests".to_owned());
    notes.push(match endpoint_rules {
        Some(_) => "the endpoint rules are those of the file beside it".to_owned(),
        None => {
            "there is no endpoint-rule-set-1.json beside it, so the model has no endpoint rules"
                .to_owned()
        }
    });
    notes.push(match paginators.and_then(|node| node.get("pagination")).and_then(Node::as_object) {
        Some(entries) => {
            let names: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
            format!(
                "pagination is known of {} alone: botocore lists the operations that its own paginators serve",
                names.join(", ")
            )
        }
        None => "there is no paginators-1.json beside it, so no operation is paginated".to_owned(),
    });
    json!({"smithy": "2.0", "shapes": converter.shapes})
}

/// A pattern that may match anywhere, as Smithy's may; botocore's match the whole text.
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

struct Converter<'a> {
    model: &'a Node,
    namespace: String,
    problems: &'a mut Vec<Diagnostic>,
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

    fn protocol(&mut self, protocol: Option<&str>) {
        if protocol != Some("rest-json") {
            let found = protocol.unwrap_or("no protocol");
            let model = self.model;
            self.problem(
                model,
                "Service",
                format!("the service speaks {found}; only rest-json can be imported"),
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
        Some(self.id(name))
    }

    fn shape(&mut self, entry: &'a Entry) {
        let node = &entry.value;
        let kind = node.get("type").and_then(Node::as_str).unwrap_or_default();
        let mut shape = Map::new();
        let mut traits = Map::new();
        let flag = |key: &str| node.get(key).and_then(Node::as_bool) == Some(true);
        if flag("sensitive") {
            traits.insert("smithy.api#sensitive".to_owned(), json!({}));
        }
        if flag("deprecated") {
            traits.insert("smithy.api#deprecated".to_owned(), json!({}));
        }
        let bounds_trait = match kind {
            "integer" | "long" | "float" | "double" | "short" | "byte" => "smithy.api#range",
            _ => "smithy.api#length",
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
            traits.insert("smithy.api#pattern".to_owned(), json!(smithy));
        }
        let smithy_type = match kind {
            "structure" if flag("union") => "union",
            "string" if node.get("enum").is_some() => "enum",
            "structure" | "list" | "map" | "string" | "integer" | "long" | "float" | "double"
            | "boolean" | "timestamp" | "blob" => kind,
            "character" => "string",
            other => {
                self.problem(
                    node,
                    &entry.key,
                    format!("the type `{other}` has no counterpart"),
                );
                return;
            }
        };
        match smithy_type {
            "enum" => {
                let values = node
                    .get("enum")
                    .and_then(Node::as_array)
                    .unwrap_or_default();
                let members: Map<String, Value> = values
                    .iter()
                    .filter_map(Node::as_str)
                    .map(|value| {
                        let member = json!({"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": value}});
                        (name_of_value(value), member)
                    })
                    .collect();
                shape.insert("members".to_owned(), Value::Object(members));
            }
            "structure" | "union" => {
                shape.insert("members".to_owned(), Value::Object(self.members(entry)));
                self.error_traits(node, &mut traits);
            }
            "list" => self.part(entry, "member", "member", &mut shape),
            "map" => {
                self.part(entry, "key", "key", &mut shape);
                self.part(entry, "value", "value", &mut shape);
            }
            "timestamp" => {
                if let Some(format) = node.get("timestampFormat").and_then(Node::as_str) {
                    self.timestamp_format(node, &entry.key, format, &mut traits);
                }
            }
            _ => {}
        }
        if smithy_type == "blob" && flag("streaming") {
            traits.insert("smithy.api#streaming".to_owned(), json!({}));
        }
        shape.insert("type".to_owned(), json!(smithy_type));
        shape.insert("traits".to_owned(), Value::Object(traits));
        let id = self.id(&entry.key);
        self.shapes.insert(id, Value::Object(shape));
    }

    fn timestamp_format(
        &mut self,
        node: &Node,
        on: &str,
        format: &str,
        traits: &mut Map<String, Value>,
    ) {
        let smithy = match format {
            "iso8601" => "date-time",
            "unixTimestamp" => "epoch-seconds",
            "rfc822" => "http-date",
            other => {
                self.problem(
                    node,
                    on,
                    format!("the timestamp format `{other}` has no counterpart"),
                );
                return;
            }
        };
        traits.insert("smithy.api#timestampFormat".to_owned(), json!(smithy));
    }

    fn error_traits(&self, node: &Node, traits: &mut Map<String, Value>) {
        if node.get("exception").and_then(Node::as_bool) != Some(true) {
            return;
        }
        let status = node
            .get("error")
            .and_then(|error| error.get("httpStatusCode"))
            .and_then(Node::as_i64);
        let fault = node.get("fault").and_then(Node::as_bool) == Some(true);
        let is_server = fault || status.is_some_and(|status| status >= 500);
        traits.insert(
            "smithy.api#error".to_owned(),
            json!(if is_server { "server" } else { "client" }),
        );
        if let Some(status) = status {
            traits.insert("smithy.api#httpError".to_owned(), json!(status));
        }
        if let Some(retryable) = node.get("retryable") {
            let mut value = retryable.to_plain();
            if let Some(map) = value.as_object_mut() {
                map.retain(|key, value| key == "throttling" && *value == json!(true));
            }
            traits.insert("smithy.api#retryable".to_owned(), value);
        }
    }

    fn part(&mut self, entry: &Entry, from: &str, to: &str, shape: &mut Map<String, Value>) {
        let Some(node) = entry.value.get(from) else {
            self.problem(
                &entry.value,
                &entry.key,
                format!("the shape has no `{from}`"),
            );
            return;
        };
        if let Some(target) = self.target(node, &entry.key) {
            shape.insert(to.to_owned(), json!({"target": target}));
        }
    }

    fn members(&mut self, entry: &'a Entry) -> Map<String, Value> {
        let node = &entry.value;
        let required: Vec<&str> = node
            .get("required")
            .and_then(Node::as_array)
            .unwrap_or_default()
            .iter()
            .filter_map(Node::as_str)
            .collect();
        let payload = node.get("payload").and_then(Node::as_str);
        let mut members = Map::new();
        for member in node
            .get("members")
            .and_then(Node::as_object)
            .unwrap_or_default()
        {
            let Some(target) = self.target(&member.value, &entry.key) else {
                continue;
            };
            let mut traits = Map::new();
            if required.contains(&member.key.as_str()) {
                traits.insert("smithy.api#required".to_owned(), json!({}));
            }
            if payload == Some(&member.key) {
                traits.insert("smithy.api#httpPayload".to_owned(), json!({}));
            }
            self.member_traits(entry, member, &mut traits);
            members.insert(
                member.key.clone(),
                json!({"target": target, "traits": traits}),
            );
        }
        members
    }

    fn member_traits(&mut self, shape: &Entry, member: &'a Entry, traits: &mut Map<String, Value>) {
        let node = &member.value;
        let text = |key: &str| node.get(key).and_then(Node::as_str);
        let flag = |key: &str| node.get(key).and_then(Node::as_bool) == Some(true);
        let name = text("locationName").unwrap_or(&member.key);
        let is_map = text("shape")
            .and_then(|shape| self.find(shape))
            .is_some_and(|shape| shape.get("type").and_then(Node::as_str) == Some("map"));
        let mut put = |id: &str, value: Value| {
            traits.insert(id.to_owned(), value);
        };
        match text("location") {
            None if text("locationName").is_some_and(|name| name != member.key) => {
                put("smithy.api#jsonName", json!(name));
            }
            None => {}
            Some("uri") => put("smithy.api#httpLabel", json!({})),
            Some("querystring") if is_map => put("smithy.api#httpQueryParams", json!({})),
            Some("querystring") => put("smithy.api#httpQuery", json!(name)),
            Some("header") => put("smithy.api#httpHeader", json!(name)),
            Some("headers") => put(
                "smithy.api#httpPrefixHeaders",
                json!(text("locationName").unwrap_or("")),
            ),
            Some("statusCode") => put("smithy.api#httpResponseCode", json!({})),
            Some(other) => {
                let message = format!("the location `{other}` has no counterpart");
                self.problem(node, &shape.key, message);
            }
        }
        for (key, id) in [
            ("idempotencyToken", "smithy.api#idempotencyToken"),
            ("deprecated", "smithy.api#deprecated"),
            ("hostLabel", "smithy.api#hostLabel"),
        ] {
            if flag(key) {
                traits.insert(id.to_owned(), json!({}));
            }
        }
        for key in ["jsonvalue", "eventpayload", "eventheader", "flattened"] {
            if flag(key) {
                self.problem(
                    node,
                    &shape.key,
                    format!("`{key}` has no counterpart that can be imported"),
                );
            }
        }
        if let Some(format) = text("timestampFormat") {
            self.timestamp_format(node, &shape.key, format, traits);
        }
    }

    fn operation(&mut self, entry: &'a Entry, pagination: Option<&Node>) {
        let node = &entry.value;
        let mut operation = Map::new();
        operation.insert("type".to_owned(), json!("operation"));
        for key in ["input", "output"] {
            if let Some(reference) = node.get(key)
                && let Some(target) = self.target(reference, &entry.key)
            {
                operation.insert(key.to_owned(), json!({"target": target}));
            }
        }
        let mut errors = Vec::new();
        for error in node
            .get("errors")
            .and_then(Node::as_array)
            .unwrap_or_default()
        {
            errors.extend(
                self.target(error, &entry.key)
                    .map(|target| json!({"target": target})),
            );
        }
        if !errors.is_empty() {
            operation.insert("errors".to_owned(), Value::Array(errors));
        }
        let http = |key: &str| node.get("http").and_then(|http| http.get(key));
        let uri = http("requestUri").and_then(Node::as_str).unwrap_or("/");
        let mut traits = json!({
            "smithy.api#http": {
                "method": http("method").and_then(Node::as_str).unwrap_or("POST"),
                "uri": self.uri(node, uri),
            }
        });
        if let Some(code) = http("responseCode") {
            traits["smithy.api#http"]["code"] = code.to_plain();
        }
        if let Some(prefix) = node
            .get("endpoint")
            .and_then(|endpoint| endpoint.get("hostPrefix"))
        {
            traits["smithy.api#endpoint"] = json!({"hostPrefix": prefix.to_plain()});
        }
        if node.get("deprecated").and_then(Node::as_bool) == Some(true) {
            traits["smithy.api#deprecated"] = json!({});
        }
        match node.get("authtype").and_then(Node::as_str) {
            None | Some("v4") => {}
            Some("none") => traits["smithy.api#auth"] = json!([]),
            Some(other) => self.problem(
                node,
                &entry.key,
                format!("the authentication `{other}` has no counterpart"),
            ),
        }
        for key in [
            "endpointdiscovery",
            "httpChecksum",
            "httpChecksumRequired",
            "requestcompression",
            "eventstream",
        ] {
            if let Some(found) = node.get(key) {
                self.problem(
                    found,
                    &entry.key,
                    format!("`{key}` has no counterpart that can be imported"),
                );
            }
        }
        if let Some(pagination) = pagination {
            let mut paginated = Map::new();
            for (from, to) in [
                ("input_token", "inputToken"),
                ("output_token", "outputToken"),
                ("limit_key", "pageSize"),
                ("result_key", "items"),
            ] {
                if let Some(name) = pagination.get(from).and_then(Node::as_str) {
                    paginated.insert(to.to_owned(), json!(name));
                }
            }
            traits["smithy.api#paginated"] = Value::Object(paginated);
        }
        operation.insert("traits".to_owned(), traits);
        let id = self.id(&entry.key);
        self.shapes.insert(id, Value::Object(operation));
    }

    /// A URI whose labels are members' names: botocore writes the names that they have in the URI.
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
