//! The members of an input.

use crate::refusal::Refusal;
use aws_smithy_types::{Document, Number};
use std::collections::HashMap;

/// An input, or a structure in it.
#[derive(Debug)]
pub(crate) struct Members(HashMap<String, Document>);

impl From<Document> for Members {
    fn from(document: Document) -> Self {
        match document {
            Document::Object(members) => Self(members),
            _ => Self(HashMap::new()),
        }
    }
}

impl Members {
    pub(super) fn value(&self, name: &str) -> Option<&Document> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn cloned(&self, name: &str) -> Option<Document> {
        self.value(name).cloned()
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.value(name)?.as_string()
    }

    /// Returns a required string that must not be blank.
    pub(super) fn required_text(&self, name: &str) -> Result<&str, Refusal> {
        match self.text(name) {
            Some(text) if !text.trim().is_empty() => Ok(text),
            Some(_) => Err(Refusal::bad_request(format!("{name} must not be blank"))),
            None => Err(Refusal::bad_request(format!("{name} is required"))),
        }
    }

    /// Returns a string that must be a value of an enum.
    pub(super) fn one_of(&self, name: &str, values: &[&str]) -> Result<Option<&str>, Refusal> {
        match self.text(name) {
            Some(value) if !values.contains(&value) => Err(Refusal::bad_request(format!(
                "{name} is {value}, which is not one of {}",
                values.join(", ")
            ))),
            value => Ok(value),
        }
    }

    pub(super) fn boolean(&self, name: &str) -> Option<bool> {
        self.value(name)?.as_bool()
    }

    pub(super) fn integer(&self, name: &str) -> Option<i64> {
        match self.value(name)? {
            Document::Number(Number::PosInt(value)) => i64::try_from(*value).ok(),
            Document::Number(Number::NegInt(value)) => Some(*value),
            _ => None,
        }
    }

    /// Returns the structures in a list of at least one and at most `most`.
    pub(super) fn structures(&self, name: &str, most: usize) -> Result<Vec<Members>, Refusal> {
        Ok(self
            .list(name, most)?
            .iter()
            .map(|item| Members::from(item.clone()))
            .collect())
    }

    /// Returns the strings in a list of at least one and at most `most`.
    pub(super) fn texts(&self, name: &str, most: usize) -> Result<Vec<&str>, Refusal> {
        Ok(self
            .list(name, most)?
            .iter()
            .filter_map(Document::as_string)
            .collect())
    }

    fn list(&self, name: &str, most: usize) -> Result<&[Document], Refusal> {
        let items = self
            .value(name)
            .and_then(Document::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        match items.len() {
            0 => Err(Refusal::bad_request(format!("{name} is empty"))),
            n if n > most => Err(Refusal::bad_request(format!(
                "{name} has {n} items; the maximum is {most}"
            ))),
            _ => Ok(items),
        }
    }
}
