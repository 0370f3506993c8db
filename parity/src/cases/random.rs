//! Random values of shapes.

use super::{Model, has, header_of};
use serde_json::{Map, Value, json};

/// What values are drawn from.
pub struct Random {
    pub(super) rng: fastrand::Rng,
    /// Whether answers may hold what no service of today sends: nulls, members of a later model.
    odd: bool,
    /// Whether the last input has a time with a fraction of a second.
    pub has_fraction: bool,
    /// Whether the last answer has a map with an entry that is null.
    pub has_null_entry: bool,
}

impl Random {
    pub fn new(seed: u64, odd: bool) -> Self {
        Self {
            rng: fastrand::Rng::with_seed(seed),
            odd,
            has_fraction: false,
            has_null_entry: false,
        }
    }
}

impl Model {
    /// A value for a shape, and the traits of the member that targets it.
    pub(super) fn value(
        &self,
        id: &str,
        traits: &Value,
        random: &mut Random,
        for_answer: bool,
    ) -> Value {
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
            // Of 32 bits, and never whole, as a whole one is written as an integer by some.
            "float" => json!(f64::from(rng.i16(..)) + 0.5),
            "timestamp" if for_answer => {
                let format = [traits, &shape["traits"]]
                    .into_iter()
                    .find_map(|traits| traits["smithy.api#timestampFormat"].as_str());
                match format.unwrap_or("epoch-seconds") {
                    "date-time" => Value::String(timestamp(rng)),
                    // Eighths of a second are the same in binary and in decimal.
                    "epoch-seconds" => match rng.bool() {
                        true => json!(rng.u32(..)),
                        false => json!(f64::from(rng.u32(..)) + f64::from(rng.u8(1..8)) / 8.0),
                    },
                    other => panic!("{id} is of a format that the cases do not have: {other}"),
                }
            }
            "timestamp" => {
                let text = timestamp(rng);
                random.has_fraction |= text.contains('.');
                Value::String(text)
            }
            "map" => {
                let length = rng.usize(..4);
                let value = shape["value"]["target"].as_str().unwrap_or("");
                let mut entries = Map::new();
                for _ in 0..length {
                    let key = string(&mut random.rng);
                    let absent = for_answer && random.odd && random.rng.u8(..10) == 0;
                    random.has_null_entry |= absent;
                    let value = match absent {
                        true => Value::Null,
                        false => self.value(value, &shape["value"]["traits"], random, for_answer),
                    };
                    entries.insert(key, value);
                }
                Value::Object(entries)
            }
            "list" => {
                let length = match rng.u8(..20) {
                    0 => 60,
                    1..5 => 0,
                    _ => rng.usize(1..4),
                };
                let member = shape["member"]["target"].as_str().unwrap_or("");
                let traits = &shape["member"]["traits"];
                let item = |random: &mut Random| self.value(member, traits, random, for_answer);
                (0..length).map(|_| item(random)).collect()
            }
            "structure" => self.structure(id, random, for_answer),
            other => panic!("{id} is of a type that the cases do not have: {other}"),
        }
    }

    fn structure(&self, id: &str, random: &mut Random, for_answer: bool) -> Value {
        let mut made = Map::new();
        for (member, described) in self.shape(id)["members"].as_object().into_iter().flatten() {
            let required = has(described, "smithy.api#required");
            let dice = random.rng.u8(..100);
            if for_answer && random.odd && dice < 8 {
                made.insert(member.clone(), Value::Null);
            } else if dice < 30 && (!required || for_answer && random.odd) {
                continue;
            } else {
                let target = described["target"].as_str().unwrap_or("");
                let value = self.value(target, &described["traits"], random, for_answer);
                made.insert(member.clone(), value);
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

    /// The body of an answer; members that are bound to headers go there.
    pub(super) fn answer(
        &self,
        id: &str,
        random: &mut Random,
        headers: &mut Vec<(String, String)>,
    ) -> Value {
        let mut body = self.structure(id, random, true);
        for (member, described) in self.shape(id)["members"].as_object().into_iter().flatten() {
            if let Some(name) = header_of(described) {
                body.as_object_mut().map(|members| members.remove(member));
                if random.rng.bool() {
                    headers.push((name.to_owned(), random.rng.u16(..).to_string()));
                }
            }
        }
        body
    }
}

/// JSON as a service may write it: with spaces, and with all but ASCII escaped.
pub(super) fn written(value: &Value, rng: &mut fastrand::Rng) -> String {
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
