//! Rules of the protocols without HTTP bindings.

use super::{Protocol, RequestLine};
use crate::check::report_member;
use crate::diagnostic::Problems;
use crate::model::{Kind, Model, Simple};
use crate::select::Selection;

/// Where all requests go. A protocol that sends them elsewhere leaves that to the runtime.
pub(super) fn request_line() -> RequestLine {
    RequestLine {
        method: "POST".to_owned(),
        uri: "/".to_owned(),
        status: 200,
    }
}

/// No member is a document.
pub(super) fn check_documents(
    protocol: &dyn Protocol,
    model: &Model,
    selection: &Selection<'_>,
    problems: &mut Problems,
) {
    for shape in selection.closure.iter().filter_map(|id| model.get(id)) {
        for member in &shape.members {
            let target = model.target(member);
            if target.is_some_and(|target| matches!(target.kind, Kind::Simple(Simple::Document))) {
                problems.push(report_member(
                    shape,
                    member,
                    "document",
                    format!("the member is a document, and {} has none", protocol.name()),
                    "leave out the operations that need it, or choose another `protocol`",
                ));
            }
        }
    }
}
