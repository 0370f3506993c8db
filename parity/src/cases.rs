//! Inputs and answers drawn at random, as the model allows them.

mod random;

pub use random::Random;

use crate::peer::Answer;
use random::written;
use serde_json::{Map, Value, json};

/// The service's model.
pub struct Model(Map<String, Value>);

/// Where a member of an input goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Label,
    Query,
    Header,
    Body,
}

/// A member that is bound to a header.
pub struct Header<'a> {
    pub member: &'a str,
    /// In lower case.
    pub name: String,
}

fn name(id: &str) -> &str {
    id.rsplit('#').next().unwrap_or(id)
}

fn has(member: &Value, name: &str) -> bool {
    member["traits"].get(name).is_some()
}

/// The header that a member is bound to.
fn header_of(member: &Value) -> Option<&str> {
    member["traits"]["smithy.api#httpHeader"].as_str()
}

fn is_idempotency_token(member: &Value) -> bool {
    has(member, "smithy.api#idempotencyToken")
}

impl Model {
    /// The model of a service, by its folder in model/.
    pub fn read(service: &str) -> Self {
        let path = format!(
            "{}/../model/{service}/model.json",
            env!("CARGO_MANIFEST_DIR")
        );
        let text = std::fs::read_to_string(path).expect("the model is in the repository");
        let mut model: Value = serde_json::from_str(&text).expect("the model is JSON");
        match model["shapes"].take() {
            Value::Object(shapes) => Self(shapes),
            _ => panic!("the model has no shapes"),
        }
    }

    /// The default values of members, by name.
    pub fn defaults(&self) -> Map<String, Value> {
        let members = self
            .0
            .values()
            .filter_map(|shape| shape["members"].as_object());
        let members = members.flatten().filter_map(|(name, member)| {
            let default = member["traits"].get("smithy.api#default")?;
            Some((name.clone(), default.clone()))
        });
        members.collect()
    }

    /// The first operation that has a string in a place of its request, and the member.
    pub fn string_in(&self, place: Place) -> Option<(Operation<'_>, &str)> {
        self.operations().into_iter().find_map(|operation| {
            let member = operation.members("input").find(|(_, member)| {
                let bound = [
                    (Place::Label, "smithy.api#httpLabel"),
                    (Place::Query, "smithy.api#httpQuery"),
                    (Place::Header, "smithy.api#httpHeader"),
                ]
                .into_iter()
                .find(|(_, name)| has(member, name));
                let target = self.shape(member["target"].as_str().unwrap_or(""));
                target["type"] == "string" && bound.map_or(Place::Body, |(place, _)| place) == place
            });
            let member = member?.0.as_str();
            Some((operation, member))
        })
    }

    fn shape(&self, id: &str) -> &Value {
        self.0.get(id).unwrap_or(&Value::Null)
    }

    /// The operations, by name.
    pub fn operations(&self) -> Vec<Operation<'_>> {
        let operations = self
            .0
            .iter()
            .filter(|(_, shape)| shape["type"] == "operation");
        operations
            .map(|(id, shape)| Operation {
                model: self,
                name: name(id),
                shape,
            })
            .collect()
    }

    fn drop_defaults(&self, member: &Value, value: &mut Value) {
        let shape = self.shape(member["target"].as_str().unwrap_or(""));
        match value {
            Value::Array(items) => {
                for item in items {
                    self.drop_defaults(&shape["member"], item);
                }
            }
            Value::Object(entries) if shape["type"] == "map" => {
                for entry in entries.values_mut() {
                    self.drop_defaults(&shape["value"], entry);
                }
            }
            Value::Object(members) => members.retain(|name, value| {
                let member = &shape["members"][name];
                self.drop_defaults(member, value);
                let default = member["traits"].get("smithy.api#default");
                default != Some(value) || has(member, "smithy.api#required")
            }),
            _ => {}
        }
    }
}

/// An operation of the model.
pub struct Operation<'a> {
    model: &'a Model,
    pub name: &'a str,
    shape: &'a Value,
}

impl<'a> Operation<'a> {
    fn members(&self, of: &str) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
        let id = self.shape[of]["target"].as_str().unwrap_or("");
        self.model.shape(id)["members"]
            .as_object()
            .into_iter()
            .flatten()
    }

    /// The members of the input that the caller has to set.
    pub fn required(&self) -> Vec<&str> {
        self.members("input")
            .filter(|(_, member)| has(member, "smithy.api#required"))
            .filter(|(_, member)| !is_idempotency_token(member))
            .map(|(name, _)| name.as_str())
            .collect()
    }

    /// The members of the input that are part of the path.
    pub fn labels(&self) -> Vec<&str> {
        self.members("input")
            .filter(|(_, member)| has(member, "smithy.api#httpLabel"))
            .map(|(name, _)| name.as_str())
            .collect()
    }

    /// The strings of the input that are part of the query and have to be set.
    pub fn required_query(&self) -> Vec<&str> {
        let is_string = |member: &Value| {
            let target = member["target"].as_str().unwrap_or("");
            self.model.shape(target)["type"] == "string"
        };
        self.members("input")
            .filter(|(_, member)| has(member, "smithy.api#httpQuery") && is_string(member))
            .filter(|(_, member)| has(member, "smithy.api#required"))
            .map(|(name, _)| name.as_str())
            .collect()
    }

    /// The members of the input that are sent as headers.
    pub fn headers(&self) -> Vec<Header<'a>> {
        self.members("input")
            .filter_map(|(member, described)| {
                let name = header_of(described)?.to_lowercase();
                Some(Header { member, name })
            })
            .collect()
    }

    /// A structure in the output, with a string and perhaps a time in it.
    pub fn nested_output(&self) -> Option<(&'a str, &'a str, Option<&'a str>)> {
        self.members("output").find_map(|(name, member)| {
            let nested = self.model.shape(member["target"].as_str()?)["members"].as_object()?;
            let of_type = |ty: &str| {
                let mut found = nested.iter().filter(|(_, member)| {
                    let target = member["target"].as_str().unwrap_or("");
                    self.model.shape(target)["type"] == ty
                });
                found.next().map(|(name, _)| name.as_str())
            };
            Some((name.as_str(), of_type("string")?, of_type("timestamp")))
        })
    }

    /// An input: any of its members may be absent, required ones seldom.
    pub fn input(&self, random: &mut Random) -> Value {
        random.has_fraction = false;
        let mut input = Map::new();
        for (member, described) in self.members("input") {
            let required = has(described, "smithy.api#required");
            let absent = if required { 2 } else { 40 };
            if random.rng.u8(..100) >= absent {
                let target = described["target"].as_str().unwrap_or("");
                let value = self
                    .model
                    .value(target, &described["traits"], random, false);
                input.insert(member.clone(), value);
            }
        }
        Value::Object(input)
    }

    /// An input that can be sent.
    pub fn good_input(&self) -> Value {
        let mut random = Random::new(1, false);
        let required = self.required();
        let mut input = Map::new();
        for (member, described) in self.members("input") {
            if required.contains(&member.as_str()) {
                let target = described["target"].as_str().unwrap_or("");
                let value = match self.model.shape(target)["type"].as_str() {
                    Some("string" | "enum") => json!("x"),
                    Some("list") => json!([]),
                    _ => (self.model).value(target, &described["traits"], &mut random, false),
                };
                input.insert(member.clone(), value);
            }
        }
        Value::Object(input)
    }

    /// An input without the members of structures in it that have their default value, which our
    /// types cannot tell from absent ones.
    pub fn without_defaults(&self, input: &Value) -> Value {
        let mut kept = input.clone();
        for (member, described) in self.members("input") {
            if let Some(value) = kept.get_mut(member) {
                self.model.drop_defaults(described, value);
            }
        }
        kept
    }

    fn status(&self) -> u16 {
        let code = self.shape["traits"]["smithy.api#http"]["code"].as_u64();
        code.map_or(200, |code| code.try_into().unwrap_or(200))
    }

    /// An answer of success.
    pub fn success(&self, random: &mut Random) -> Answer {
        let id = self.shape["output"]["target"].as_str().unwrap_or("");
        let mut headers = vec![("x-amzn-requestid".to_owned(), "id-1".to_owned())];
        random.has_null_entry = false;
        let body = match self.members("output").next() {
            Some(_) => self.model.answer(id, random, &mut headers),
            None => json!({}),
        };
        let body = match random.rng.u8(..20) {
            0 if self.members("output").next().is_none() => String::new(),
            _ => written(&body, &mut random.rng),
        };
        Answer {
            status: self.status(),
            headers,
            body,
        }
    }

    /// The names of the operation's errors.
    pub fn errors(&self) -> Vec<&str> {
        let errors = self.shape["errors"].as_array().into_iter().flatten();
        errors
            .filter_map(|error| error["target"].as_str())
            .map(name)
            .collect()
    }

    /// An answer of refusal, by any of the operation's errors or an unknown one.
    pub fn refusal(&self, random: &mut Random) -> Answer {
        let errors = self.shape["errors"].as_array();
        let ids: Vec<&str> = errors
            .into_iter()
            .flatten()
            .filter_map(|error| error["target"].as_str())
            .collect();
        random.has_null_entry = false;
        let choice = random.rng.usize(..=ids.len());
        let mut headers = vec![("x-amzn-requestid".to_owned(), "id-1".to_owned())];
        let (code, status, mut body) = match ids.get(choice) {
            Some(id) => {
                let status = &self.model.shape(id)["traits"]["smithy.api#httpError"];
                let status = status.as_u64().and_then(|status| status.try_into().ok());
                (
                    name(id),
                    status.unwrap_or(400),
                    self.model.answer(id, random, &mut headers),
                )
            }
            None => (
                "TeapotException",
                418,
                json!({"Message": "short and stout"}),
            ),
        };
        let decorated = match random.rng.u8(..5) {
            0 => format!("com.amazonaws.chime#{code}"),
            1 => format!("{code}:http://internal.amazon.com/coral/com.amazonaws.chime/"),
            2 => format!("com.amazonaws.chime#{code}:http://internal.amazon.com/"),
            _ => code.to_owned(),
        };
        match (random.rng.u8(..4), body.as_object_mut()) {
            (0, Some(members)) => {
                members.insert("__type".into(), decorated.into());
            }
            (1, Some(members)) => {
                // The header comes first.
                members.insert("__type".into(), "OtherException".into());
                headers.push(("x-amzn-errortype".into(), decorated));
            }
            _ => headers.push(("x-amzn-errortype".into(), decorated)),
        }
        if random.rng.u8(..8) == 0
            && let Some(members) = body.as_object_mut()
            && let Some(message) = members.remove("Message")
        {
            members.insert("message".into(), message);
        }
        Answer {
            status,
            headers,
            body: written(&body, &mut random.rng),
        }
    }
}
