//! Members of inputs that would change the path or the endpoint of a request.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_schema::Schema;
use aws_smithy_schema::document::DocumentShapeSerializer;
use aws_smithy_schema::serde::SerdeError;
use aws_smithy_types::Document;
use smithy_operation::endpoint::{OperationParam, ParamSource, ParamValue, collect_params};
use smithy_operation::{Customizations, InputShape, OperationDescriptor};
use std::fmt;

/// Returns which member that the endpoint contains is empty.
pub(super) fn empty_endpoint_label(
    customizations: &Customizations,
    input: &dyn InputShape,
) -> Option<&'static str> {
    let is_empty = |&name: &&'static str| {
        let source = ParamSource::Member(name);
        let found = collect_params(&[OperationParam { name, source }], input);
        let mut found = found.into_iter();
        found.any(|param| matches!(param.value, ParamValue::String(text) if text.is_empty()))
    };
    customizations
        .endpoint_labels
        .iter()
        .copied()
        .find(is_empty)
}

/// Names the member that is an empty label, so that the caller can find it.
pub(super) fn empty_label(operation: &OperationDescriptor, error: SerdeError) -> BoxError {
    let text = error.to_string();
    let mut labels = labels(operation.schema.input());
    match labels.find(|name| text.contains(&format!("{name} was missing"))) {
        Some(name) => BadLabel::Empty(name.to_owned()).into(),
        None => error.into(),
    }
}

/// Returns whether a path has a segment `.` or `..`. Templates have none, so it comes from a label.
pub(super) fn has_dot_segment(uri: &str) -> bool {
    let path = uri.split_once('?').map_or(uri, |(path, _)| path);
    // Few paths contain a dot.
    path.contains('.') && path.split('/').any(is_dots)
}

fn is_dots(segment: &str) -> bool {
    matches!(segment, "." | "..")
}

/// Returns which label causes the dot segment in the path.
pub(super) fn dot_label(schema: &Schema<'_>, input: &dyn InputShape) -> BadLabel {
    let mut serializer = DocumentShapeSerializer::new();
    let written = serializer.write_struct(schema, input);
    let document = written.and_then(|()| serializer.finish());
    let document = document.map(|written| written.into_document());
    let value = |name: &str| match &document {
        Ok(Document::Object(members)) => members.get(name).and_then(Document::as_string),
        _ => None,
    };
    let name =
        labels(schema).find(|name| value(name).is_some_and(|value| value.split('/').any(is_dots)));
    BadLabel::Dots(name.map(str::to_owned))
}

/// Returns the names of the members that are part of the path.
fn labels<'s>(schema: &'s Schema<'s>) -> impl Iterator<Item = &'s str> {
    let members = schema.members().iter();
    members
        .filter(|member| member.http_label().is_some())
        .filter_map(|member| member.member_name())
}

/// A member in the path of the URI would change it to the path of another operation.
#[derive(Debug)]
pub(super) enum BadLabel {
    Empty(String),
    /// It contains a segment `.` or `..`. The name is `None` if the label is only part of a segment.
    Dots(Option<String>),
}

impl fmt::Display for BadLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty(name) => write!(
                f,
                "the member `{name}` is empty, but it is part of the request's path"
            ),
            Self::Dots(Some(name)) => write!(
                f,
                "the member `{name}` contains a segment `.` or `..`, but it is part of the request's path"
            ),
            Self::Dots(None) => {
                f.write_str("the members in the request's path form a segment `.` or `..`")
            }
        }
    }
}

impl std::error::Error for BadLabel {}
