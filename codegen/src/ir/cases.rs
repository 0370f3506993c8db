//! Cases of protocol tests.

use crate::source::json::Node;
use crate::traits::tests::{EventStreamTest, ExpectedRequest, Message};
use std::rc::Rc;

/// A case that a client has to pass.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) id: String,
    /// The name of its test, which no other case of its kind has.
    pub(crate) test: String,
    pub(crate) documentation: Option<String>,
    /// The operation that is called, by its place among the operations; otherwise, why there is none.
    pub(crate) operation: Result<usize, String>,
    /// The values of the input, the output or the error. Without them, it is empty.
    pub(crate) params: Option<Rc<Node>>,
    pub(crate) vendor_params: Option<Rc<Node>>,
    pub(crate) kind: CaseKind,
}

/// What a case checks.
#[derive(Debug)]
pub(crate) enum CaseKind {
    /// An input becomes this request.
    Request(ExpectedRequest),
    /// This response becomes an output or an error.
    Response {
        code: u16,
        message: Message,
        /// The error, by its place among the service's errors.
        error: Option<usize>,
    },
    /// Events become messages of a request, and messages of a response become events.
    Events(Box<EventStreamTest>),
}

impl CaseKind {
    /// The module of its test.
    pub(crate) fn module(&self) -> &'static str {
        match self {
            Self::Request(_) => "requests",
            Self::Response { .. } => "responses",
            Self::Events(_) => "events",
        }
    }
}
