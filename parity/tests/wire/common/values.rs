//! JSON into the values that both SDKs share, and back.
//!
//! A module of each test: the traits are implemented for the types of the SDKs, so they have to be in
//! the same crate as those implementations.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::error::operation::BuildError;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// Made from JSON. The cases follow the model, so a value of another type is a bug here.
pub trait Make {
    fn make(value: &Value) -> Self;
}

/// Shown as JSON.
pub trait Show {
    fn show(&self) -> Value;
}

/// What a builder returns: a structure, or a result if a required member may be missing.
pub trait Built {
    type Is;
    fn built(self) -> Self::Is;
}

impl<T> Built for Result<T, BuildError> {
    type Is = T;
    fn built(self) -> T {
        self.expect("the cases have all required members of nested structures")
    }
}

pub fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

pub fn make_member<T: Make>(input: &Value, name: &str) -> Option<T> {
    input.get(name).map(T::make)
}

/// Adds a member that is there.
pub fn add(shown: &mut Map<String, Value>, name: &str, value: Value) {
    if !value.is_null() {
        shown.insert(name.to_owned(), value);
    }
}

impl Make for String {
    fn make(value: &Value) -> Self {
        text(value).to_owned()
    }
}

impl Make for i32 {
    fn make(value: &Value) -> Self {
        let number = value.as_i64().expect("a number");
        number.try_into().expect("a number of 32 bits")
    }
}

impl Make for f32 {
    #[expect(clippy::cast_possible_truncation, reason = "the cases have 32 bits")]
    fn make(value: &Value) -> Self {
        value.as_f64().expect("a number") as f32
    }
}

impl Make for DateTime {
    fn make(value: &Value) -> Self {
        DateTime::from_str(text(value), Format::DateTime).expect("a date and time")
    }
}

impl<T: Make> Make for HashMap<String, T> {
    fn make(value: &Value) -> Self {
        let entries = value.as_object().expect("an object").iter();
        entries
            .map(|(key, value)| (key.clone(), T::make(value)))
            .collect()
    }
}

impl Make for bool {
    fn make(value: &Value) -> Self {
        value.as_bool().expect("true or false")
    }
}

impl<T: Make> Make for Vec<T> {
    fn make(value: &Value) -> Self {
        value
            .as_array()
            .expect("a list")
            .iter()
            .map(T::make)
            .collect()
    }
}

impl Show for String {
    fn show(&self) -> Value {
        json!(self)
    }
}

impl Show for i32 {
    fn show(&self) -> Value {
        json!(self)
    }
}

impl Show for f32 {
    fn show(&self) -> Value {
        json!(f64::from(*self))
    }
}

impl<T: Show> Show for HashMap<String, T> {
    fn show(&self) -> Value {
        self.iter()
            .map(|(key, value)| (key.clone(), value.show()))
            .collect()
    }
}

impl Show for bool {
    fn show(&self) -> Value {
        json!(self)
    }
}

impl Show for DateTime {
    fn show(&self) -> Value {
        json!({"seconds": self.secs(), "nanoseconds": self.subsec_nanos()})
    }
}

impl<T: Show> Show for Vec<T> {
    fn show(&self) -> Value {
        self.iter().map(T::show).collect()
    }
}

impl<T: Show> Show for Option<T> {
    fn show(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::show)
    }
}
