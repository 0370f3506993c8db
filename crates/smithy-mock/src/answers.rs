//! Setting up the answers of a mock client.

use crate::runtime::{Respond, Rule, Shared};
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use smithy_operation::error::{
    ConnectorError, CreateUnhandledError, ErrorKind, ErrorMetadata, HttpResponse, NotConnected,
    OperationError, SdkError,
};
use smithy_operation::{BoxFuture, Operation, SendResult};
use std::fmt;
use std::future::{pending, ready};
use std::io;
use std::panic::Location;
use std::sync::Arc;

type Condition<I> = Box<dyn Fn(&I) -> bool + Send + Sync>;

/// An answer to the calls of an operation, which is being set up.
///
/// Returned by [`MockClient::on`](crate::MockClient::on). It takes effect when one of the methods that return
/// nothing says what the answer is.
#[must_use = "an answer is set up by `returns`, `fails`, `answers` or another method that returns nothing"]
pub struct On<O: Operation> {
    shared: Arc<Shared>,
    at: &'static Location<'static>,
    conditions: Vec<Condition<O::Input>>,
    limit: Option<usize>,
    status: Option<u16>,
}

impl<O: Operation> fmt::Debug for On<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("On")
            .field("operation", &O::NAME)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

/// Which calls the answer is for. Without any of these, it is for all calls of the operation.
impl<O: Operation> On<O> {
    #[track_caller]
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self {
            shared,
            at: Location::caller(),
            conditions: Vec::new(),
            limit: None,
            status: None,
        }
    }

    /// Limits the answer to calls whose input meets the condition. Of several conditions, all have to be met.
    pub fn when(mut self, condition: impl Fn(&O::Input) -> bool + Send + Sync + 'static) -> Self {
        self.conditions.push(Box::new(condition));
        self
    }

    /// Limits the answer to one call, which [`verify`](crate::MockClient::verify) then expects.
    pub fn once(self) -> Self {
        self.times(1)
    }

    /// Limits the answer to this many calls, all of which [`verify`](crate::MockClient::verify) then expects.
    /// The answer with 0 is an expectation that there is no such call.
    pub fn times(mut self, calls: usize) -> Self {
        self.limit = Some(calls);
        self
    }

    /// Sets the HTTP status of the response that comes with the error of [`fails`](Self::fails).
    ///
    /// The default is the status that the model gives the error. For an error that is not modelled, it is 429 for
    /// throttling, 500 for another error that is worth a retry, and 400.
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }
}

/// What the answer is.
impl<O: Operation> On<O> {
    /// Answers with a copy of this output.
    pub fn returns(self, output: O::Output)
    where
        O::Output: Clone,
    {
        self.responds(move |_| Ok(output.clone()));
    }

    /// Answers with a copy of this error, as if the service had returned it.
    ///
    /// `code()` and `message()` of the call's error are those of the metadata, which `meta` of the error's builder
    /// sets. Its summary, and the `CallError` made of it, fall back on the shape's name and message.
    pub fn fails(self, error: O::Error)
    where
        O::Error: Clone,
    {
        self.answers(move |_| Err(error.clone()));
    }

    /// Answers with what the closure returns: an output, or an error as if the service had returned it.
    pub fn answers(
        self,
        answer: impl Fn(&O::Input) -> Result<O::Output, O::Error> + Send + Sync + 'static,
    ) {
        let (service, status) = (self.shared.service, self.status);
        self.responds(move |input| {
            answer(input).map_err(|error| {
                let by_kind = || match smithy_client::error_kind(service, error.view(), None) {
                    Some(ErrorKind::ThrottlingError) => 429,
                    Some(_) => 500,
                    None => 400,
                };
                let status = status.or_else(|| error.view().status());
                let status = status.unwrap_or_else(by_kind);
                match response(status, SdkBody::empty()) {
                    Ok(response) => SdkError::service_error(error, response),
                    Err(error) => error,
                }
            })
        });
    }

    /// Answers with what the closure returns: an output, or any failure of a call.
    pub fn responds(
        self,
        answer: impl Fn(&O::Input) -> SendResult<O::Output, O::Error> + Send + Sync + 'static,
    ) {
        self.add(move |input| {
            let answer = answer(input)
                .map(Output::erase)
                .map_err(|error| error.map_service_error(Error::erase));
            Box::pin(ready(answer))
        });
    }

    /// Answers with a response of this status and body that cannot be read, such as the page of a proxy.
    ///
    /// The operation's error has neither code nor message. For an error of the service, use
    /// [`fails`](Self::fails).
    pub fn fails_with_http(self, status: u16, body: impl Into<String>) {
        let body = body.into();
        self.responds(move |_| {
            let response = response(status, SdkBody::from(body.as_str()))?;
            let source = format!("HTTP {status} with a body that cannot be read: `{body}`");
            let meta = Some(ErrorMetadata::builder().build());
            let error = O::Error::create_unhandled_error(source.into(), meta);
            Err(SdkError::service_error(error, response))
        });
    }

    /// Answers that the time for the call is over.
    pub fn times_out(self) {
        self.responds(|_| {
            Err(SdkError::timeout_error(
                "the mock client lets the call time out",
            ))
        });
    }

    /// Answers that no connection could be made.
    pub fn cannot_connect(self) {
        self.responds(|_| {
            let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
            let error = ConnectorError::io(NotConnected::new(refused).into());
            Err(SdkError::dispatch_failure(error))
        });
    }

    /// Does not answer. The call ends when its future is dropped.
    pub fn hangs(self) {
        self.add(|_| Box::pin(pending()));
    }

    fn add(
        self,
        answer: impl Fn(&O::Input) -> BoxFuture<SendResult<Output, Error>> + Send + Sync + 'static,
    ) {
        let respond: Respond = Box::new(move |input| {
            let input = input.downcast_ref::<O::Input>()?;
            Some(answer(input))
        });
        let conditions = self.conditions;
        let has_condition = !conditions.is_empty();
        let matches = move |input: &Input| {
            let input = input.downcast_ref::<O::Input>();
            input.is_some_and(|input| conditions.iter().all(|condition| condition(input)))
        };
        self.shared.add(Rule {
            operation: O::NAME,
            at: self.at,
            has_condition,
            matches: Box::new(matches),
            respond,
            limit: self.limit,
            used: Default::default(),
        });
    }
}

/// Creates a response. A status that HTTP does not have is an error.
fn response<E>(status: u16, body: SdkBody) -> Result<HttpResponse, SdkError<E>> {
    match StatusCode::try_from(status) {
        Ok(status) => Ok(HttpResponse::new(status, body)),
        Err(_) => Err(SdkError::construction_failure(format!(
            "the answer of the mock client has the status {status}, which HTTP does not have: use 100 to 999"
        ))),
    }
}
