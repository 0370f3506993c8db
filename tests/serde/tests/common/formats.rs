//! The formats that values go through.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Debug;

pub(crate) fn json<T: Serialize + DeserializeOwned>(value: &T) -> T {
    let text = serde_json::to_string(value).expect("JSON");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

pub(crate) fn json_value<T: Serialize + DeserializeOwned>(value: &T) -> T {
    let value = serde_json::to_value(value).expect("JSON");
    serde_json::from_value(value).expect("the value")
}

pub(crate) fn cbor<T: Serialize + DeserializeOwned>(value: &T) -> T {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("CBOR");
    ciborium::from_reader(bytes.as_slice()).expect("the value")
}

pub(crate) fn postcard<T: Serialize + DeserializeOwned>(value: &T) -> T {
    let bytes = postcard::to_stdvec(value).expect("bytes");
    postcard::from_bytes(&bytes).expect("the value")
}

pub(crate) fn toml<T: Serialize + DeserializeOwned>(value: &T) -> T {
    // A document of TOML is a table.
    let text = toml::to_string(&BTreeMap::from([("value", value)])).expect("TOML");
    let table = toml::from_str::<BTreeMap<String, T>>(&text);
    let mut table = table.unwrap_or_else(|error| panic!("{error}\n{text}"));
    table.remove("value").expect("the value")
}

/// Checks that the value is the same after each format that has all of its values.
pub(crate) fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    assert_eq!(&json(value), value, "JSON");
    assert_eq!(&json_value(value), value, "JSON as a value");
    assert_eq!(&cbor(value), value, "CBOR");
    assert_eq!(&postcard(value), value, "postcard");
    if is_toml(&serde_json::to_value(value).expect("JSON")) {
        assert_eq!(&toml(value), value, "TOML");
    }
}

/// TOML has neither nulls nor integers beyond `i64`.
fn is_toml(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Number(number) => !number.is_u64() || number.is_i64(),
        Value::Array(items) => items.iter().all(is_toml),
        Value::Object(entries) => entries.values().all(is_toml),
        _ => true,
    }
}
