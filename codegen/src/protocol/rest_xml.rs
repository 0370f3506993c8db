//! restXml: HTTP bindings, and XML in the body.

use super::{Protocol, RequestLine, http, names};
use crate::diagnostic::Problems;
use crate::model::{Kind, Model, Shape};
use crate::select::Selection;
use crate::traits::http::{
    Http, HttpError, HttpHeader, HttpLabel, HttpPayload, HttpPrefixHeaders, HttpQuery,
    HttpQueryParams, HttpResponseCode, MediaType, TimestampFormat,
};
use crate::traits::protocols::{self, REST_XML};
use crate::traits::xml::{S3UnwrappedXmlOutput, XmlAttribute, XmlFlattened, XmlName, XmlNamespace};
use crate::traits::{Trait, Traits};

#[derive(Debug)]
pub(super) struct RestXml;

impl Protocol for RestXml {
    fn id(&self) -> &'static str {
        REST_XML
    }

    fn botocore_name(&self) -> &'static str {
        "rest-xml"
    }

    fn runtime_type(&self, service: &Traits) -> &'static str {
        match service.get() {
            Some(protocols::RestXml {
                no_error_wrapping: true,
            }) => "RestXmlWithoutErrorWrapping",
            _ => "RestXml",
        }
    }

    fn runtime_feature(&self) -> &'static str {
        "rest-xml"
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
            MediaType::ID,
            S3UnwrappedXmlOutput::ID,
            TimestampFormat::ID,
            XmlAttribute::ID,
            XmlFlattened::ID,
            XmlName::ID,
            XmlNamespace::ID,
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
        names::XML.check_names(model, selection, problems);
    }
}
