//! Facts of a model that schemas do not have, and values checked against them.

use aws_smithy_schema::Schema;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::Path;

/// The shapes of a service, by their IDs.
#[derive(Default)]
pub(crate) struct Model(BTreeMap<String, Value>);

impl Model {
    /// Reads `model/<service>/model.json`.
    pub(crate) fn of(service: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let path = root.join("model").join(service).join("model.json");
        let text = std::fs::read_to_string(path).expect("a model");
        let mut model: Value = serde_json::from_str(&text).expect("JSON");
        Self(serde_json::from_value(model["shapes"].take()).expect("shapes"))
    }

    fn members(&self, shape: &str) -> Option<&Map<String, Value>> {
        self.0.get(shape)?.get("members")?.as_object()
    }

    /// Returns the values of the enum that a member targets.
    pub(crate) fn enum_values(&self, member: &Schema<'_>) -> Vec<String> {
        let id = member.shape_id().as_str();
        let Some((shape, member)) = id.split_once('$') else {
            return Vec::new();
        };
        // The member of a list is not among `members`.
        let shape = self.0.get(shape);
        let member = shape.and_then(|shape| shape.get("members").unwrap_or(shape).get(member));
        let Some(target) = member.and_then(|member| member["target"].as_str()) else {
            return Vec::new();
        };
        if self
            .0
            .get(target)
            .is_none_or(|target| target["type"] != "enum")
        {
            return Vec::new();
        }
        let values = self.members(target).into_iter().flatten();
        let values = values.filter_map(|(_, member)| {
            Some(
                member["traits"]["smithy.api#enumValue"]
                    .as_str()?
                    .to_owned(),
            )
        });
        values.collect()
    }

    /// Checks that JSON has the form that the model and the documented rules give the shape.
    pub(crate) fn check(&self, shape: &str, value: &Value) {
        let Some(described) = self.0.get(shape) else {
            return match shape {
                "smithy.api#String" => assert!(value.is_string(), "{value}"),
                "smithy.api#Boolean" | "smithy.api#PrimitiveBoolean" => {
                    assert!(value.is_boolean(), "{value}");
                }
                "smithy.api#Timestamp" => check_timestamp(value),
                "smithy.api#Integer" | "smithy.api#Long" | "smithy.api#PrimitiveInteger" => {
                    assert!(value.is_i64(), "{value}");
                }
                "smithy.api#Float" | "smithy.api#Double" => {
                    assert!(value.is_number(), "{value}");
                }
                other => panic!("add a check for `{other}`"),
            };
        };
        match described["type"].as_str().unwrap_or_default() {
            "structure" => {
                let entries = value.as_object().expect("an object");
                for (name, value) in entries {
                    let member = self.members(shape).and_then(|members| members.get(name));
                    let target = member.and_then(|member| member["target"].as_str());
                    let target =
                        target.unwrap_or_else(|| panic!("`{shape}` has no member `{name}`"));
                    self.check(target, value);
                }
            }
            "list" | "set" => {
                let target = described["member"]["target"].as_str().expect("a target");
                for item in value.as_array().expect("an array") {
                    self.check(target, item);
                }
            }
            "map" => {
                let target = described["value"]["target"].as_str().expect("a target");
                for value in value.as_object().expect("an object").values() {
                    self.check(target, value);
                }
            }
            "string" | "enum" => assert!(value.is_string(), "{value}"),
            "timestamp" => check_timestamp(value),
            "boolean" => assert!(value.is_boolean(), "{value}"),
            "byte" | "short" | "integer" | "long" | "intEnum" => assert!(value.is_i64(), "{value}"),
            "float" | "double" => assert!(value.is_number(), "{value}"),
            // An operation without input or output.
            "operation" => assert_eq!(value, &Value::Object(Map::new())),
            other => panic!("add a check for the type `{other}`"),
        }
    }
}

fn check_timestamp(value: &Value) {
    let text = value.as_str().expect("a string");
    DateTime::from_str(text, Format::DateTime).expect("a timestamp as in RFC 3339");
}
