//! Random values of every shape of the six services, and of fixtures with what those lack, are the same after
//! JSON, CBOR, postcard and TOML. Their JSON has the form that the model gives it.
//!
//! `SERDE_ROUNDS` sets how many values each shape gets; `SERDE_SEED` the values.

#![allow(deprecated, reason = "deprecated shapes are shapes too")]

mod common;

use aws_smithy_schema::{Schema, prelude};
use common::formats;
use common::model::Model;
use common::random::Random;
use serde::Serialize;
use serde::de::DeserializeOwned;
use smithy_operation::{ErrorShape, Structure, Value, read_structure};
use std::fmt::Debug;
use std::panic::AssertUnwindSafe;

/// A shape, and the check of one value of it. Returns `None` if the value cannot be serialized.
struct Shape {
    name: &'static str,
    id: Option<fn() -> &'static str>,
    check: fn(&mut Random<'_>) -> Option<serde_json::Value>,
}

macro_rules! shape {
    (stream, $shape:path) => {
        Shape {
            name: stringify!($shape),
            id: None,
            check: check_stream::<$shape>,
        }
    };
    (value, $shape:path) => {
        Shape {
            name: stringify!($shape),
            id: None,
            check: check_value::<$shape>,
        }
    };
    (error, $shape:path) => {
        Shape {
            name: stringify!($shape),
            id: Some(id_of::<$shape>),
            check: check_error::<$shape>,
        }
    };
    (structure, $shape:path) => {
        Shape {
            name: stringify!($shape),
            id: Some(id_of::<$shape>),
            check: check_structure::<$shape>,
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/shapes.rs"));

fn id_of<T: Structure>() -> &'static str {
    T::SCHEMA.shape_id().as_str()
}

fn check<T>(value: &T) -> Option<serde_json::Value>
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let json = match serde_json::to_value(value) {
        // A required union that the random response lacks.
        Err(error) if error.to_string().contains("this version does not know") => return None,
        json => json.expect("JSON"),
    };
    formats::check(value);
    // Whatever is read, the result is a value or an error.
    let mut damaged = json.clone();
    damage(&mut damaged);
    if let Ok(value) = serde_json::from_value::<T>(damaged) {
        let _ = format!("{value:?}");
    }
    Some(json)
}

/// Replaces some values by values of other types.
fn damage(json: &mut serde_json::Value) {
    match json {
        serde_json::Value::Array(items) => items.iter_mut().for_each(damage),
        serde_json::Value::Object(entries) => entries.values_mut().for_each(damage),
        _ => {}
    }
    let others = [
        serde_json::json!(null),
        serde_json::json!(true),
        serde_json::json!(-1.5),
        serde_json::json!(u64::MAX),
        serde_json::json!("é"),
        serde_json::json!([[]]),
        serde_json::json!({ "é": {} }),
    ];
    if fastrand::u8(..4) == 0 {
        *json = fastrand::choice(others).unwrap_or_default();
    }
}

fn check_structure<T>(random: &mut Random<'_>) -> Option<serde_json::Value>
where
    T: Structure + Serialize + DeserializeOwned + PartialEq + Debug,
{
    let value: T = read_structure(random).expect("a value");
    check(&value)
}

fn check_value<T>(random: &mut Random<'_>) -> Option<serde_json::Value>
where
    T: Value + Serialize + DeserializeOwned + PartialEq + Debug,
{
    let value = T::read(&prelude::STRING, random).expect("a value");
    check(&value)
}

/// An error that is deserialized has the metadata of one that the service sent.
fn check_error<T>(random: &mut Random<'_>) -> Option<serde_json::Value>
where
    T: ErrorShape + Serialize + DeserializeOwned + PartialEq + Debug,
{
    let error: T = read_structure(random).expect("a value");
    let json = serde_json::to_value(&error).expect("JSON");
    let error: T = serde_json::from_value(json.clone()).expect("the error");
    assert_eq!(error.code(), Some(T::CODE));
    let again = check(&error);
    assert_eq!(again, Some(json));
    again
}

fn check_stream<T>(random: &mut Random<'_>) -> Option<serde_json::Value>
where
    T: Structure + Serialize + DeserializeOwned + Debug,
{
    let value: T = read_structure(random).expect("a value");
    let error = serde_json::to_value(&value).expect_err("a stream");
    assert!(error.to_string().contains("is a stream"), "{error}");
    Some(serde_json::Value::Null)
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).map_or(default, |value| value.parse().expect("a number"))
}

/// Checks random values of all shapes of a crate.
fn sweep(shapes: &[Shape], service: Option<&str>) {
    let model = service.map(Model::of);
    let enums = |schema: &Schema<'_>| {
        let model = model.as_ref();
        model.map_or(Vec::new(), |model| model.enum_values(schema))
    };
    let rounds = number("SERDE_ROUNDS", 100);
    let seed = number("SERDE_SEED", fastrand::u64(..));
    for shape in shapes {
        let (mut checked, mut tried) = (0, 0);
        while checked < rounds {
            let seed = seed.wrapping_add(tried);
            tried += 1;
            assert!(tried < rounds * 10, "too few values of `{}`", shape.name);
            let result = std::panic::catch_unwind(AssertUnwindSafe(|| {
                let mut random = Random::new(seed, model.is_none(), &enums);
                (shape.check)(&mut random)
            }));
            let json = result.unwrap_or_else(|_| panic!("`{}`, SERDE_SEED={seed}", shape.name));
            let Some(json) = json else { continue };
            checked += 1;
            if let (Some(model), Some(id)) = (&model, shape.id) {
                model.check(id(), &json);
            }
        }
    }
    println!("{} shapes, {rounds} values of each", shapes.len());
}

macro_rules! services {
    ($($test:ident: $shapes:ident of $service:literal;)+) => {
        $(#[test]
        fn $test() {
            sweep($shapes, Some($service));
        })+

        #[test]
        fn all_services_are_here() {
            let models = concat!(env!("CARGO_MANIFEST_DIR"), "/../../model");
            let folders = std::fs::read_dir(models).expect("models");
            let folders = folders.map(|entry| entry.expect("a folder").path());
            let mut services: Vec<_> = folders
                .filter(|path| path.is_dir())
                .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
                .collect();
            services.sort();
            assert_eq!(services, [$($service),+]);
        }
    };
}

services! {
    chime: CHIME_API of "chime";
    identity: CHIME_SDK_IDENTITY_API of "chime-sdk-identity";
    media_pipelines: CHIME_SDK_MEDIA_PIPELINES_API of "chime-sdk-media-pipelines";
    meetings: CHIME_SDK_MEETINGS_API of "chime-sdk-meetings";
    messaging: CHIME_SDK_MESSAGING_API of "chime-sdk-messaging";
    voice: CHIME_SDK_VOICE_API of "chime-sdk-voice";
}

#[test]
fn fixtures() {
    for shapes in [
        FIXTURE_COLLECTIONS,
        FIXTURE_ENUMS,
        FIXTURE_EVENT_STREAMS,
        FIXTURE_OPTIONALITY,
        FIXTURE_PAYLOADS,
        FIXTURE_RECURSIVE_STRUCTURE,
        FIXTURE_RECURSIVE_UNION,
        FIXTURE_SENSITIVE,
        FIXTURE_SIMPLE_TYPES,
        FIXTURE_STREAMING_BLOB,
        FIXTURE_UNIONS,
        FIXTURE_WAITERS,
        PROTOCOL_REST_JSON_1,
    ] {
        sweep(shapes, None);
    }
}
