//! All pages of a list as one output.

use super::error::{CallFailure, DynamicError};
use super::shape::{PaginationShape, Shape};
use super::{Document, OperationDescriptor, call};
use crate::call::{Handle, Overrides};

/// Requests all pages, and returns them as one.
pub(super) async fn all(
    handle: &Handle,
    operation: &'static OperationDescriptor,
    pagination: &'static PaginationShape,
    mut input: Document,
    overrides: &Overrides,
) -> Result<Document, DynamicError> {
    let lists = lists(operation, pagination);
    let mut whole: Option<Document> = None;
    loop {
        let mut page = call(handle, operation, &input, overrides.clone()).await?;
        let token = take(&mut page, pagination.output_token).filter(|token| !is_empty(token));
        match &mut whole {
            None => whole = Some(page),
            Some(whole) => {
                for path in &lists {
                    if let Some(items) = take(&mut page, path) {
                        append(whole, path, items);
                    }
                }
            }
        }
        let Some(token) = token else {
            return Ok(whole.unwrap_or(Document::Null));
        };
        // `call` has checked that the input is an object or null.
        if !matches!(input, Document::Object(_)) {
            input = super::object([]);
        }
        if let Document::Object(members) = &mut input {
            let sent = members.insert(pagination.input_token.to_owned(), token.clone());
            if sent.as_ref() == Some(&token) {
                return Err(CallFailure::endless(operation).into());
            }
        }
    }
}

/// Returns the paths of the lists and maps that pages are parts of.
fn lists(
    operation: &'static OperationDescriptor,
    pagination: &'static PaginationShape,
) -> Vec<Vec<&'static str>> {
    if !pagination.items.is_empty() {
        return vec![pagination.items.to_vec()];
    }
    let members = operation.shape().output.members.iter();
    members
        .filter(|member| matches!(member.shape(), Shape::List(_)))
        .map(|member| vec![member.name])
        .collect()
}

/// Removes the value at a path, and what is empty without it.
fn take(document: &mut Document, path: &[&str]) -> Option<Document> {
    let (first, rest) = path.split_first()?;
    let Document::Object(members) = document else {
        return None;
    };
    if rest.is_empty() {
        return members.remove(*first);
    }
    let inner = members.get_mut(*first)?;
    let value = take(inner, rest)?;
    if matches!(inner, Document::Object(members) if members.is_empty()) {
        members.remove(*first);
    }
    Some(value)
}

/// Adds items to those at a path.
fn append(document: &mut Document, path: &[&str], items: Document) {
    let mut place = document;
    for name in path {
        // The first page may lack what later pages have.
        if !matches!(place, Document::Object(_)) {
            *place = super::object([]);
        }
        let Document::Object(members) = place else {
            return;
        };
        place = members.entry((*name).to_owned()).or_insert(Document::Null);
    }
    match (place, items) {
        (Document::Array(all), Document::Array(items)) => all.extend(items),
        (Document::Object(all), Document::Object(items)) => all.extend(items),
        (place @ Document::Null, items) => *place = items,
        // The types of a model are the same on all pages.
        _ => {}
    }
}

/// Returns whether a token says that there are no more pages.
fn is_empty(token: &Document) -> bool {
    match token {
        Document::Null => true,
        Document::String(text) => text.is_empty(),
        Document::Object(members) => members.is_empty(),
        _ => false,
    }
}
