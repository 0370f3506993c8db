//! Calls by names have the values of serde: random outputs of every operation as documents are what serde makes of
//! them in JSON, and what serde makes of random inputs is what such a call sends.
//!
//! `SERDE_SEED` sets the values.

#![allow(deprecated, reason = "deprecated operations are operations too")]

mod common;

use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use aws_smithy_schema::Schema;
use common::model::Model;
use common::random::Random;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use smithy_operation::dynamic::{
    Document, DynamicCall, DynamicError, Number, OperationDescriptor, Operations, ProblemKind,
    skeleton,
};
use smithy_operation::error::SdkError;
use smithy_operation::{
    BoxFuture, Handle, Overrides, Runtime, SendResult, Structure, read_structure,
};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

/// How many values each input and output gets.
const ROUNDS: u64 = 60;

/// A value of a shape that was checked, as a part of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Checked {
    Input(&'static str),
    Output(&'static str),
}

/// A shape, and the check of one value of it. Returns `None` if it is neither an input nor an output, or has a value
/// that one of the two does not have.
struct Shape {
    name: &'static str,
    check: fn(&mut Random<'_>, Operations) -> Option<Checked>,
}

macro_rules! shape {
    (structure, $shape:path) => {
        Shape {
            name: stringify!($shape),
            check: check::<$shape>,
        }
    };
    // Errors are not returned as documents, streams cannot be, and other types are parts of outputs.
    ($kind:ident, $shape:path) => {
        Shape {
            name: stringify!($shape),
            check: |_, _| None,
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/shapes.rs"));

/// Returns an output, and keeps the input.
#[derive(Debug, Default)]
struct Canned {
    output: Mutex<Option<Output>>,
    input: Arc<Mutex<Option<Input>>>,
}

impl Runtime for Canned {
    fn invoke(
        &self,
        _operation: &'static OperationDescriptor,
        input: Input,
        _overrides: Overrides,
    ) -> BoxFuture<SendResult<Output, Error>> {
        *self.input.lock().expect("no panic") = Some(input);
        let output = self.output.lock().expect("no panic").take();
        let result = output.ok_or_else(|| SdkError::construction_failure("only the input counts"));
        Box::pin(std::future::ready(result))
    }
}

/// Returns what a call results in, and the input that was sent.
fn call(
    operations: Operations,
    operation: &'static OperationDescriptor,
    input: Document,
    output: Option<Output>,
) -> (Result<Document, DynamicError>, Option<Input>) {
    let canned = Canned {
        output: Mutex::new(output),
        ..Canned::default()
    };
    let sent = Arc::clone(&canned.input);
    let call = DynamicCall::new(Handle::new(canned), operations, operation.name, input);
    let mut call = pin!(call.into_future());
    let mut context = Context::from_waker(Waker::noop());
    let Poll::Ready(result) = call.as_mut().poll(&mut context) else {
        panic!("nothing waits");
    };
    let sent = sent.lock().expect("no panic").take();
    (result, sent)
}

fn check<T>(random: &mut Random<'_>, operations: Operations) -> Option<Checked>
where
    T: Structure + Serialize + DeserializeOwned + Clone + PartialEq + Debug + Send + Sync + 'static,
{
    let value: T = read_structure(random).expect("a value");
    let output = Output::erase(value.clone());
    let mut input = Input::erase(value.clone());
    let all = operations.iter().copied();
    let mut callable = all.filter(|it| !it.streaming_input && !it.streaming_output);
    let (operation, is_output) = callable.find_map(|it| {
        if (it.vtable.output)(&output).is_some() {
            return Some((it, true));
        }
        (it.vtable.input)(&mut input).map(|_| (it, false))
    })?;
    // Text, as the digits of 32 bits are not those of 64.
    let text = match serde_json::to_string(&value) {
        // A required union that the random value lacks.
        Err(error) if error.to_string().contains("this version does not know") => return None,
        text => text.expect("JSON"),
    };
    let json: Value = serde_json::from_str(&text).expect("JSON");
    if is_output {
        let input = skeleton(operation.shape().input);
        let (result, _) = call(operations, operation, input, Some(output));
        let document = to_json(&result.expect("an output"));
        assert!(is_same(&document, &json), "{document}\nand not\n{json}");
        let read: T = serde_json::from_value(document).expect("the output");
        assert_eq!(read, value);
        return Some(Checked::Output(operation.name));
    }
    let (result, sent) = call(operations, operation, to_document(&json), None);
    let Some(sent) = sent else {
        let error = result.expect_err("nothing was sent");
        assert!(is_expected(&error), "{error}");
        return None;
    };
    assert_eq!(sent.downcast_ref::<T>(), Some(&value));
    Some(Checked::Input(operation.name))
}

/// Compares two forms of an output. A number of 32 bits may have two shortest forms (those of -488566.125 end in 12 and
/// 13). The value that is read afterwards has to be the same.
fn is_same(document: &Value, json: &Value) -> bool {
    match (document, json) {
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            let is_in = |(key, a): (&String, &Value)| b.get(key).is_some_and(|b| is_same(a, b));
            a.len() == b.len() && a.iter().all(is_in)
        }
        (Value::Number(a), Value::Number(b)) if a.is_f64() && b.is_f64() => {
            let single = |it: &serde_json::Number| it.as_f64().map(|it| it as f32);
            a == b || single(a) == single(b)
        }
        (a, b) => a == b,
    }
}

/// Inputs are checked before they are sent: random ones lack members, or have empty ones.
fn is_expected(error: &DynamicError) -> bool {
    let DynamicError::InvalidInput(invalid) = error else {
        return false;
    };
    invalid
        .problems
        .iter()
        .all(|it| matches!(it.kind, ProblemKind::Missing { .. } | ProblemKind::Empty))
}

fn to_json(document: &Document) -> Value {
    match document {
        Document::Null => Value::Null,
        Document::Bool(value) => Value::from(*value),
        Document::Number(Number::PosInt(value)) => Value::from(*value),
        Document::Number(Number::NegInt(value)) => Value::from(*value),
        Document::Number(Number::Float(value)) => Value::from(*value),
        Document::String(value) => Value::from(value.as_str()),
        Document::Array(items) => items.iter().map(to_json).collect(),
        Document::Object(entries) => {
            let entries = entries.iter();
            Value::Object(
                entries
                    .map(|(key, value)| (key.clone(), to_json(value)))
                    .collect(),
            )
        }
    }
}

fn to_document(json: &Value) -> Document {
    match json {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(*value),
        Value::Number(number) => Document::Number(match (number.as_u64(), number.as_i64()) {
            (Some(value), _) => Number::PosInt(value),
            (None, Some(value)) => Number::NegInt(value),
            (None, None) => Number::Float(number.as_f64().expect("a number")),
        }),
        Value::String(value) => Document::String(value.clone()),
        Value::Array(items) => Document::Array(items.iter().map(to_document).collect()),
        Value::Object(entries) => {
            let entries = entries.iter();
            Document::Object(
                entries
                    .map(|(key, value)| (key.clone(), to_document(value)))
                    .collect(),
            )
        }
    }
}

/// Checks random values of all inputs and outputs.
fn sweep(shapes: &[Shape], operations: Operations, service: Option<&str>) {
    let model = service.map(Model::of);
    let enums = |schema: &Schema<'_>| {
        let model = model.as_ref();
        model.map_or(Vec::new(), |model| model.enum_values(schema))
    };
    let seed = std::env::var("SERDE_SEED");
    let seed = seed.map_or_else(
        |_| fastrand::u64(..),
        |value| value.parse().expect("a number"),
    );
    let mut checked = BTreeSet::new();
    for shape in shapes {
        for round in 0..ROUNDS {
            let seed = seed.wrapping_add(round);
            let result = std::panic::catch_unwind(AssertUnwindSafe(|| {
                let mut random = Random::new(seed, model.is_none(), &enums);
                (shape.check)(&mut random, operations)
            }));
            checked
                .extend(result.unwrap_or_else(|_| panic!("`{}`, SERDE_SEED={seed}", shape.name)));
        }
    }
    let mut expected = BTreeSet::new();
    for operation in operations {
        if !operation.streaming_input && !operation.streaming_output {
            expected.insert(Checked::Input(operation.name));
            expected.insert(Checked::Output(operation.name));
        }
    }
    assert_eq!(checked, expected);
    println!(
        "{} inputs and outputs, {ROUNDS} values of each",
        expected.len()
    );
}

macro_rules! services {
    ($($test:ident: $shapes:ident, $crate_name:ident of $service:literal;)+) => {
        $(#[test]
        fn $test() {
            sweep($shapes, $crate_name::OPERATIONS, Some($service));
        })+
    };
}

services! {
    chime: CHIME_API, chime_api of "chime";
    identity: CHIME_SDK_IDENTITY_API, chime_sdk_identity_api of "chime-sdk-identity";
    media_pipelines: CHIME_SDK_MEDIA_PIPELINES_API, chime_sdk_media_pipelines_api of "chime-sdk-media-pipelines";
    meetings: CHIME_SDK_MEETINGS_API, chime_sdk_meetings_api of "chime-sdk-meetings";
    messaging: CHIME_SDK_MESSAGING_API, chime_sdk_messaging_api of "chime-sdk-messaging";
    voice: CHIME_SDK_VOICE_API, chime_sdk_voice_api of "chime-sdk-voice";
}

#[test]
fn fixtures() {
    for (shapes, operations) in [
        (FIXTURE_COLLECTIONS, fixture_collections::OPERATIONS),
        (FIXTURE_ENUMS, fixture_enums::OPERATIONS),
        (FIXTURE_EVENT_STREAMS, fixture_event_streams::OPERATIONS),
        (FIXTURE_OPTIONALITY, fixture_optionality::OPERATIONS),
        (FIXTURE_PAYLOADS, fixture_payloads::OPERATIONS),
        (
            FIXTURE_RECURSIVE_STRUCTURE,
            fixture_recursive_structure::OPERATIONS,
        ),
        (FIXTURE_RECURSIVE_UNION, fixture_recursive_union::OPERATIONS),
        (FIXTURE_SENSITIVE, fixture_sensitive::OPERATIONS),
        (FIXTURE_SIMPLE_TYPES, fixture_simple_types::OPERATIONS),
        (FIXTURE_STREAMING_BLOB, fixture_streaming_blob::OPERATIONS),
        (FIXTURE_UNIONS, fixture_unions::OPERATIONS),
        (FIXTURE_WAITERS, fixture_waiters::OPERATIONS),
        (PROTOCOL_REST_JSON_1, protocol_rest_json_1::OPERATIONS),
    ] {
        sweep(shapes, operations, None);
    }
}
