//! Models that are valid JSON and nearly correct.

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::OnceLock;

/// A model from the fixtures.
struct Base {
    model: Value,
    settings: String,
}

struct Pool {
    bases: Vec<Base>,
    /// The traits in all fixtures, with their values.
    traits: Vec<(String, Value)>,
}

/// Strings to use as names and values in a model.
const STRINGS: &[&str] = &[
    "",
    "a",
    "A",
    "_",
    "0",
    "a b",
    "é",
    "\u{0}",
    "\r",
    "\n",
    "*/",
    "\"",
    "\\",
    "{",
    "}",
    "{a}",
    "{a+}",
    "#",
    "$",
    "smithy.api#String",
    "smithy.api#Unit",
    "smithy.api#Document",
    "smithy.api#Timestamp",
    "string",
    "structure",
    "union",
    "list",
    "map",
    "enum",
    "intEnum",
    "blob",
    "service",
    "operation",
    "resource",
    "apply",
    "Option",
    "Vec",
    "String",
    "Self",
    "self",
    "crate",
    "fn",
    "type",
    "async",
    "Err",
    "Ok",
    "None",
    "Mod",
    "meta",
    "new",
    "build",
    "builder",
    "send",
    "Error",
    "Operation",
    "Structure",
    "Into",
    "From",
    "AsRef",
    "Unhandled",
    "Unknown",
    "r#type",
    "GET",
    "/",
    "/a",
    "/{a}/b",
    "/a/",
    "/a?b=c",
    "date-time",
    "aws.protocols#restJson1",
    "smithy.api#documentation",
    "https://example.com",
];

fn pool() -> &'static Pool {
    static POOL: OnceLock<Pool> = OnceLock::new();
    POOL.get_or_init(|| {
        let mut bases = Vec::new();
        let mut traits = Vec::new();
        for (model, settings) in crate::seeds::fixtures(Path::new("good")) {
            // Fixtures with several files belong to the other target.
            if let [model] = model.as_slice()
                && let Ok(model) = serde_json::from_str::<Value>(model)
            {
                collect_traits(&model, &mut traits);
                bases.push(Base { model, settings });
            }
        }
        for (model, _) in crate::seeds::fixtures(Path::new("bad")) {
            for text in model {
                if let Ok(model) = serde_json::from_str::<Value>(&text) {
                    collect_traits(&model, &mut traits);
                }
            }
        }
        assert!(
            bases.len() > 10,
            "the fixtures are missing: run this in fuzz/"
        );
        Pool { bases, traits }
    })
}

fn collect_traits(value: &Value, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::Object(traits)) = map.get("traits") {
                let traits = traits.iter();
                found.extend(traits.map(|(name, value)| (name.clone(), value.clone())));
            }
            map.values().for_each(|value| collect_traits(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| collect_traits(value, found)),
        _ => {}
    }
}

/// Returns the number of models to start from.
pub(crate) fn bases() -> usize {
    pool().bases.len()
}

/// Returns a modified model and its settings; `None` if the input is empty.
pub(crate) fn mutated(data: &[u8]) -> Option<(String, String)> {
    let mut data = Unstructured::new(data);
    let pool = pool();
    let base = data.arbitrary::<u8>().ok().filter(|_| !data.is_empty())?;
    let base = &pool.bases[usize::from(base) % pool.bases.len()];
    let mut model = base.model.clone();
    while !data.is_empty() {
        if change(&mut model, pool, &mut data).is_err() {
            break;
        }
    }
    Some((model.to_string(), base.settings.clone()))
}

/// Applies one modification.
fn change(model: &mut Value, pool: &Pool, data: &mut Unstructured<'_>) -> Result<()> {
    let count = count(model);
    let kind = data.int_in_range(0..=9)?;
    let place = data.int_in_range(0..=count - 1)?;
    let other = data.int_in_range(0..=count - 1)?;
    let other = nth(model, other).cloned().unwrap_or(Value::Null);
    let string = match data.int_in_range(0..=2)? {
        0 => STRINGS[data.choose_index(STRINGS.len())?].to_owned(),
        1 => strings(model, data)?,
        _ => data.arbitrary::<&str>()?.chars().take(40).collect(),
    };
    let (name, of_trait) = &pool.traits[data.choose_index(pool.traits.len())?];
    let Some(node) = nth_mut(model, place) else {
        return Ok(());
    };
    match kind {
        0 => *node = other,
        1 => *node = Value::String(string),
        2 => *node = scalar(data)?,
        3 => match node {
            Value::Object(map) => drop(choose(map, data)?.and_then(|key| map.remove(&key))),
            Value::Array(items) if !items.is_empty() => {
                let index = data.choose_index(items.len())?;
                items.remove(index);
            }
            _ => {}
        },
        // Renames an entry.
        4 => {
            if let Value::Object(map) = node
                && let Some(key) = choose(map, data)?
                && let Some(value) = map.remove(&key)
            {
                map.insert(string, value);
            }
        }
        // Duplicates an entry.
        5 => {
            if let Value::Object(map) = node
                && let Some(key) = choose(map, data)?
                && let Some(value) = map.get(&key).cloned()
            {
                map.insert(string, value);
            }
        }
        6 | 7 => {
            if let Value::Object(map) = node {
                let traits = map.entry("traits").or_insert_with(|| json!({}));
                if let Value::Object(traits) = traits {
                    let value = if kind == 6 { of_trait.clone() } else { other };
                    traits.insert(name.clone(), value);
                }
            }
        }
        8 => match node {
            Value::Array(items) => items.push(other),
            Value::Object(map) => drop(map.insert(string, other)),
            Value::String(text) => text.push_str(&string),
            _ => {}
        },
        _ => {
            if let Value::String(text) = node {
                let end = data.int_in_range(0..=text.len())?;
                let end = (0..=end).rev().find(|end| text.is_char_boundary(*end));
                text.truncate(end.unwrap_or_default());
            }
        }
    }
    Ok(())
}

fn scalar(data: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match data.int_in_range(0..=8)? {
        0 => Value::Null,
        1 => Value::Bool(data.arbitrary()?),
        2 => json!(data.arbitrary::<i64>()?),
        3 => json!(data.arbitrary::<f64>()?),
        4 => json!(i64::MIN),
        5 => json!(u64::MAX),
        6 => json!(0),
        7 => json!({}),
        _ => json!([]),
    })
}

fn choose(map: &Map<String, Value>, data: &mut Unstructured<'_>) -> Result<Option<String>> {
    if map.is_empty() {
        return Ok(None);
    }
    let index = data.choose_index(map.len())?;
    Ok(map.keys().nth(index).cloned())
}

/// Returns a string in the model: a value or a key.
fn strings(model: &Value, data: &mut Unstructured<'_>) -> Result<String> {
    let index = data.int_in_range(0..=count(model) - 1)?;
    Ok(match nth(model, index) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Object(map)) => choose(map, data)?.unwrap_or_default(),
        Some(other) => other.to_string(),
        None => String::new(),
    })
}

/// Returns the number of values in a tree.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Object(map) => map.values().map(count).sum(),
        Value::Array(items) => items.iter().map(count).sum::<usize>(),
        _ => 0,
    }
}

fn nth(value: &Value, index: usize) -> Option<&Value> {
    let mut left = index;
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        if left == 0 {
            return Some(value);
        }
        left -= 1;
        match value {
            Value::Object(map) => open.extend(map.values()),
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    None
}

fn nth_mut(value: &mut Value, index: usize) -> Option<&mut Value> {
    let mut left = index;
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        if left == 0 {
            return Some(value);
        }
        left -= 1;
        match value {
            Value::Object(map) => open.extend(map.values_mut()),
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    None
}
