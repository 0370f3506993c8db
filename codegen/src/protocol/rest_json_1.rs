//! restJson1: HTTP bindings, and JSON in the body.

use super::{Protocol, RequestLine, http, names};
use crate::diagnostic::Problems;
use crate::model::{Kind, Model, Shape};
use crate::select::Selection;
use crate::traits::http::{
    Http, HttpError, HttpHeader, HttpLabel, HttpPayload, HttpPrefixHeaders, HttpQuery,
    HttpQueryParams, HttpResponseCode, MediaType, TimestampFormat,
};
use crate::traits::json::JsonName;
use crate::traits::protocols::REST_JSON_1;
use crate::traits::{Trait, Traits};

#[derive(Debug)]
pub(super) struct RestJson1;

impl Protocol for RestJson1 {
    fn id(&self) -> &'static str {
        REST_JSON_1
    }

    fn botocore_name(&self) -> &'static str {
        "rest-json"
    }

    fn runtime_type(&self, _: &Traits) -> &'static str {
        "RestJson1"
    }

    fn runtime_feature(&self) -> &'static str {
        "rest-json"
    }

    fn reads(&self) -> &'static [&'static str] {
        &[
            Http::ID,
            HttpError::ID,
            HttpHeader::ID,
            HttpLabel::ID,
            HttpPayload::ID,
            HttpPrefixHeaders::ID,
            HttpQuery::ID,
            HttpQueryParams::ID,
            HttpResponseCode::ID,
            JsonName::ID,
            MediaType::ID,
            TimestampFormat::ID,
        ]
    }

    fn request_line(&self, operation: &Shape) -> Option<RequestLine> {
        http::request_line(operation)
    }

    fn check_shape(&self, model: &Model, shape: &Shape, problems: &mut Problems) {
        http::check_error(shape, problems);
        http::check_bindings(model, shape, problems);
        if let Kind::Operation(operation) = &shape.kind {
            http::check_operation(model, shape, operation, problems);
        }
    }

    fn check_selection(&self, model: &Model, selection: &Selection<'_>, problems: &mut Problems) {
        http::check_presence(self, selection, problems);
        http::check_conflicts(model, selection, problems);
        names::JSON.check_names(model, selection, problems);
    }
}
