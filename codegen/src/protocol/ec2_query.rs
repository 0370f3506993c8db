//! ec2Query: requests are HTML forms with rules of their own, and responses are XML.

use super::{Protocol, RequestLine, names, rpc};
use crate::diagnostic::Problems;
use crate::model::{Model, Shape};
use crate::select::Selection;
use crate::traits::http::TimestampFormat;
use crate::traits::protocols::{EC2_QUERY, Ec2QueryName};
use crate::traits::xml::{XmlAttribute, XmlFlattened, XmlName, XmlNamespace};
use crate::traits::{Trait, Traits};

#[derive(Debug)]
pub(super) struct Ec2Query;

impl Protocol for Ec2Query {
    fn id(&self) -> &'static str {
        EC2_QUERY
    }

    fn botocore_name(&self) -> &'static str {
        "ec2"
    }

    fn runtime_type(&self, _: &Traits) -> &'static str {
        "Ec2Query"
    }

    fn runtime_feature(&self) -> &'static str {
        "ec2-query"
    }

    fn has_event_streams(&self) -> bool {
        false
    }

    fn reads(&self) -> &'static [&'static str] {
        &[
            Ec2QueryName::ID,
            TimestampFormat::ID,
            XmlAttribute::ID,
            XmlFlattened::ID,
            XmlName::ID,
            XmlNamespace::ID,
        ]
    }

    fn request_line(&self, _: &Shape) -> Option<RequestLine> {
        Some(rpc::request_line())
    }

    fn check_shape(&self, _: &Model, _: &Shape, _: &mut Problems) {}

    fn check_selection(&self, model: &Model, selection: &Selection<'_>, problems: &mut Problems) {
        rpc::check_documents(self, model, selection, problems);
        names::XML.check_names(model, selection, problems);
    }
}
