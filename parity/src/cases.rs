//! Inputs and answers at random, after the model.

use crate::peer::Answer;
use serde_json::{Map, Value, json};

/// The service's model.
pub struct Model(Map<String, Value>);

impl Default for Model {
    fn default() -> Self {
        let text = include_str!("../../model/chime/model.json");
        let model: Value = serde_json::from_str(text).expect("the model is JSON");
        Self(
            model["shapes"]
                .as_object()
                .expect("the model has shapes")
                .clone(),
        )
    }
}

/// What a member is to be, at random.
pub struct Random {
    pub rng: fastrand::Rng,
    /// Whether answers may hold what no service of today sends: nulls, members of a later model.
    pub odd: bool,
}

fn name(id: &str) -> &str {
    id.rsplit('#').next().unwrap_or(id)
}

impl Model {
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

    fn value(&self, id: &str, random: &mut Random, for_answer: bool) -> Value {
        let shape = self.shape(id);
        let rng = &mut random.rng;
        match shape["type"].as_str().unwrap_or("") {
            "string" => Value::String(string(rng)),
            "enum" => {
                let values: Vec<&Value> = shape["members"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(_, member)| &member["traits"]["smithy.api#enumValue"])
                    .collect();
                match rng.u8(..) {
                    0..20 => Value::String(string(rng)),
                    _ => values[rng.usize(..values.len())].clone(),
                }
            }
            "integer" => match rng.u8(..6) {
                0 => json!(i32::MIN),
                1 => json!(i32::MAX),
                2 => json!(0),
                3 => json!(-1),
                _ => json!(rng.i32(..)),
            },
            "boolean" => json!(rng.bool()),
            "timestamp" => Value::String(timestamp(rng)),
            "list" => {
                let length = match rng.u8(..20) {
                    0 => 60,
                    1..5 => 0,
                    _ => rng.usize(1..4),
                };
                let member = shape["member"]["target"].as_str().unwrap_or("");
                let item = |random: &mut Random| self.value(member, random, for_answer);
                (0..length).map(|_| item(random)).collect()
            }
            "structure" => self.structure(id, random, for_answer),
            other => panic!("{id} is of a type that the cases do not have: {other}"),
        }
    }

    fn structure(&self, id: &str, random: &mut Random, for_answer: bool) -> Value {
        let mut made = Map::new();
        for (member, described) in self.shape(id)["members"].as_object().into_iter().flatten() {
            let required = described["traits"].get("smithy.api#required").is_some();
            let dice = random.rng.u8(..100);
            if for_answer && random.odd && dice < 8 {
                made.insert(member.clone(), Value::Null);
            } else if dice < 30 && (!required || for_answer && random.odd) {
                continue;
            } else {
                let target = described["target"].as_str().unwrap_or("");
                made.insert(member.clone(), self.value(target, random, for_answer));
            }
        }
        if for_answer && random.odd && random.rng.u8(..5) == 0 {
            let extra = [
                json!(null),
                json!(1.5e300),
                json!([[{}]]),
                json!({"a": {"b": [1, "x"]}}),
            ];
            made.insert(
                "FromALaterModel".into(),
                extra[random.rng.usize(..extra.len())].clone(),
            );
        }
        Value::Object(made)
    }
}

/// An operation of the model's.
pub struct Operation<'a> {
    model: &'a Model,
    pub name: &'a str,
    shape: &'a Value,
}

impl Operation<'_> {
    fn members(&self, of: &str) -> impl Iterator<Item = (&String, &Value)> {
        let id = self.shape[of]["target"].as_str().unwrap_or("");
        self.model.shape(id)["members"]
            .as_object()
            .into_iter()
            .flatten()
    }

    /// The members of the input that the model requires.
    pub fn required(&self) -> Vec<&str> {
        self.members("input")
            .filter(|(_, member)| member["traits"].get("smithy.api#required").is_some())
            .map(|(name, _)| name.as_str())
            .collect()
    }

    /// The members of the input that are part of the path.
    pub fn labels(&self) -> Vec<&str> {
        self.members("input")
            .filter(|(_, member)| member["traits"].get("smithy.api#httpLabel").is_some())
            .map(|(name, _)| name.as_str())
            .collect()
    }

    /// An input: any of its members may be absent, required ones seldom.
    pub fn input(&self, random: &mut Random) -> Value {
        let mut input = Map::new();
        for (member, described) in self.members("input") {
            let required = described["traits"].get("smithy.api#required").is_some();
            let absent = if required { 2 } else { 40 };
            if random.rng.u8(..100) >= absent {
                let target = described["target"].as_str().unwrap_or("");
                input.insert(member.clone(), self.model.value(target, random, false));
            }
        }
        Value::Object(input)
    }

    /// An input that can be sent.
    pub fn good_input(&self) -> Value {
        let mut random = Random {
            rng: fastrand::Rng::with_seed(1),
            odd: false,
        };
        let required = self.required();
        let mut input = Map::new();
        for (member, described) in self.members("input") {
            if required.contains(&member.as_str()) {
                let target = described["target"].as_str().unwrap_or("");
                let value = match self.model.shape(target)["type"].as_str() {
                    Some("string" | "enum") => json!("x"),
                    Some("list") => json!([]),
                    _ => self.model.value(target, &mut random, false),
                };
                input.insert(member.clone(), value);
            }
        }
        Value::Object(input)
    }

    fn status(&self) -> u16 {
        let code = self.shape["traits"]["smithy.api#http"]["code"].as_u64();
        code.map_or(200, |code| code.try_into().unwrap_or(200))
    }

    /// An answer of success.
    pub fn success(&self, random: &mut Random) -> Answer {
        let id = self.shape["output"]["target"].as_str().unwrap_or("");
        let body = match self.members("output").next() {
            Some(_) => self.model.structure(id, random, true),
            None => json!({}),
        };
        let body = match random.rng.u8(..20) {
            0 if self.members("output").next().is_none() => String::new(),
            _ => written(&body, &mut random.rng),
        };
        Answer {
            status: self.status(),
            headers: vec![("x-amzn-requestid".into(), "id-1".into())],
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
        let choice = random.rng.usize(..=ids.len());
        let (code, status, mut body) = match ids.get(choice) {
            Some(id) => {
                let status = &self.model.shape(id)["traits"]["smithy.api#httpError"];
                let status = status.as_u64().and_then(|status| status.try_into().ok());
                (
                    name(id),
                    status.unwrap_or(400),
                    self.model.structure(id, random, true),
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
        let mut headers = vec![("x-amzn-requestid".to_owned(), "id-1".to_owned())];
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

/// JSON as a service may write it: with spaces, and with all but ASCII escaped.
fn written(value: &Value, rng: &mut fastrand::Rng) -> String {
    let text = match rng.bool() {
        true => value.to_string(),
        false => serde_json::to_string_pretty(value).expect("JSON can be written"),
    };
    if rng.bool() {
        return text;
    }
    let mut escaped = String::new();
    for c in text.chars() {
        if c.is_ascii() {
            escaped.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                escaped += &format!("\\u{unit:04x}");
            }
        }
    }
    escaped
}

/// A date and time of RFC 3339.
fn timestamp(rng: &mut fastrand::Rng) -> String {
    let (year, month, day) = (rng.u16(1970..2100), rng.u8(1..=12), rng.u8(1..=28));
    let (hour, minute, second) = (rng.u8(..24), rng.u8(..60), rng.u8(..60));
    let fraction = match rng.u8(..4) {
        0 => format!(".{}", rng.u8(..10)),
        1 => format!(".{:03}", rng.u16(..1000)),
        2 => format!(".{:06}", rng.u32(..1_000_000)),
        _ => String::new(),
    };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

/// A text: empty, plain, long, of reserved characters, or of any characters at all.
fn string(rng: &mut fastrand::Rng) -> String {
    const RESERVED: &str =
        " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\t\n\r\u{0}\u{7f}\u{85}\u{a0}\u{2028}";
    const FAMOUS: [&str; 12] = [
        ".",
        "..",
        "a/../b",
        "//",
        "%2F",
        "%",
        "+",
        "a b+c",
        "null",
        "\u{feff}x",
        "e\u{301}",
        "\u{1f468}\u{200d}\u{1f469}",
    ];
    match rng.u8(..12) {
        0 => String::new(),
        1 => FAMOUS[rng.usize(..FAMOUS.len())].to_owned(),
        2 => "long ".repeat(rng.usize(200..800)),
        3 | 4 => {
            let reserved: Vec<char> = RESERVED.chars().collect();
            (0..rng.usize(1..12))
                .map(|_| reserved[rng.usize(..reserved.len())])
                .collect()
        }
        5..8 => (0..rng.usize(1..40)).map(|_| rng.char(..)).collect(),
        _ => (0..rng.usize(1..20)).map(|_| rng.alphanumeric()).collect(),
    }
}
