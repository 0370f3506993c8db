//! Requests and responses of each operation, generated from the model.

use serde_json::{Map, Value, json};

/// The IDs in a populated local Chime.
pub(super) const IDS: [(&str, &str); 4] = [
    ("AccountId", "00000000-0000-4000-8001-000000000001"),
    ("RoomId", "00000000-0000-4000-8002-000000000001"),
    ("UserId", "00000000-0000-4000-8000-000000000001"),
    ("MemberId", "00000000-0000-4000-8000-000000000002"),
];

/// The model of the service.
pub(super) struct Model(Map<String, Value>);

fn name(id: &str) -> &str {
    id.rsplit('#').next().unwrap_or(id)
}

impl Model {
    pub(super) fn read(text: &str) -> Self {
        let model: Value = serde_json::from_str(text).expect("the model is JSON");
        let Value::Object(shapes) = model["shapes"].clone() else {
            panic!("the model has shapes");
        };
        Self(shapes)
    }

    fn operation(&self, operation: &str) -> &Value {
        let mut shapes = self.0.iter();
        let found =
            shapes.find(|(id, shape)| shape["type"] == "operation" && name(id) == operation);
        found.map_or(&Value::Null, |(_, shape)| shape)
    }

    /// Returns a sample of an operation's input or output.
    pub(super) fn sample_of(&self, operation: &str, of: &str) -> Value {
        let target = self.operation(operation)[of]["target"].as_str();
        self.sample(target.unwrap_or_default(), "", 0)
    }

    /// Returns the names of an operation's errors.
    pub(super) fn errors(&self, operation: &str) -> impl Iterator<Item = String> {
        let errors = self.operation(operation)["errors"].as_array();
        let targets = errors
            .into_iter()
            .flatten()
            .filter_map(|it| it["target"].as_str());
        let names: Vec<String> = targets.map(|id| name(id).to_owned()).collect();
        names.into_iter()
    }

    /// Returns a request in the format that the target `serve` reads.
    pub(super) fn request(&self, operation: &str) -> String {
        let shape = self.operation(operation);
        let http = &shape["traits"]["smithy.api#http"];
        let mut uri = http["uri"].as_str().unwrap_or_default().to_owned();
        let Value::Object(mut input) = self.sample_of(operation, "input") else {
            return String::new();
        };
        let members = shape["input"]["target"]
            .as_str()
            .and_then(|id| self.0.get(id));
        let members = members.and_then(|shape| shape["members"].as_object());
        for (member, described) in members.into_iter().flatten() {
            let traits = &described["traits"];
            let text = match input.get(member) {
                Some(Value::String(text)) => text.clone(),
                Some(other) => other.to_string(),
                None => continue,
            };
            if traits.get("smithy.api#httpLabel").is_some() {
                uri = uri.replace(&format!("{{{member}}}"), &text);
                input.remove(member);
            } else if let Some(key) = traits["smithy.api#httpQuery"].as_str() {
                uri += if uri.contains('?') { "&" } else { "?" };
                uri += &format!("{key}={}", text.replace(['"', '[', ']'], ""));
                input.remove(member);
            }
        }
        let method = http["method"].as_str().unwrap_or_default();
        format!(
            "{method} {uri}\ncontent-type: application/json\n\n{}",
            Value::Object(input)
        )
    }

    fn sample(&self, id: &str, member: &str, depth: usize) -> Value {
        let Some(shape) = self.0.get(id) else {
            return json!({});
        };
        let target = |of: &Value| of["target"].as_str().unwrap_or_default().to_owned();
        match shape["type"].as_str().unwrap_or_default() {
            "enum" => {
                let members = shape["members"].as_object();
                let mut members = members.into_iter().flatten();
                let value = members
                    .next()
                    .map(|(_, it)| &it["traits"]["smithy.api#enumValue"]);
                value.cloned().unwrap_or_default()
            }
            "integer" => json!(1),
            "boolean" => json!(true),
            "timestamp" => json!("2026-11-25T16:21:59.948Z"),
            "list" => json!([self.sample(&target(&shape["member"]), member, depth + 1)]),
            "structure" if depth < 8 => {
                let members = shape["members"].as_object().into_iter().flatten();
                let sample = |(name, member): (&String, &Value)| {
                    (name.clone(), self.sample(&target(member), name, depth + 1))
                };
                Value::Object(members.map(sample).collect())
            }
            "structure" => json!({}),
            _ => {
                let known = IDS.iter().find(|(name, _)| member.starts_with(name));
                json!(known.map_or("x@example.com", |(_, id)| *id))
            }
        }
    }
}
