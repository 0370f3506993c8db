//! Inputs that are sent as they are, without a fluent builder.

use crate::call::{
    BoxFuture, Customizable, CustomizableOperation, Handle, Overrides, Request, SendResult,
    typed_result,
};
use crate::operation::Operation;
use crate::structure::InputShape;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The input of an operation, which determines the operation and the service.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the input of an operation",
    note = "`send` of a client takes an operation's input, such as `ListThingsInput::new()`"
)]
pub trait OperationInput: InputShape + Sized {
    /// The operation.
    type Operation: Operation<Input = Self>;
    /// The error of the service that the operation belongs to.
    type ServiceError;
}

/// A call that is sent when it is first polled. Returned by `send(input)` of a client.
///
/// It ends in the output of the operation, or in an [`SdkError`](crate::error::SdkError) with the operation's
/// error.
#[must_use = "nothing is sent unless the call is awaited"]
pub struct SendInput<O: Operation> {
    unsent: Option<Request<O>>,
    sent: Option<BoxFuture<SendResult<Output, Error>>>,
}

impl<O: Operation> SendInput<O> {
    /// Creates a call.
    pub fn new(handle: Handle, input: O::Input) -> Self {
        Self {
            unsent: Some(Request {
                handle,
                input,
                overrides: Overrides::default(),
            }),
            sent: None,
        }
    }

    /// Customizes the call: interceptors, changes to the request, configuration. Its method `send()` sends the
    /// request.
    ///
    /// A call that has been polled can no longer be customized; `send()` then returns an error.
    pub fn customize(self) -> CustomizableOperation<O::Output, O::Error, Self> {
        CustomizableOperation::new(self)
    }
}

impl<O: Operation> Customizable for SendInput<O> {
    type Operation = O;

    fn overrides(&mut self) -> Option<&mut Overrides> {
        self.unsent.as_mut().map(|request| &mut request.overrides)
    }

    fn into_request(self) -> Option<Request<O>> {
        self.unsent
    }
}

// Nothing in it is pinned.
impl<O: Operation> Unpin for SendInput<O> {}

impl<O: Operation> Future for SendInput<O> {
    type Output = SendResult<O::Output, O::Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if let Some(request) = this.unsent.take() {
            let input = Input::erase(request.input);
            let call = request
                .handle
                .invoke_erased(O::DESCRIPTOR, input, request.overrides);
            this.sent = Some(call);
        }
        let Some(call) = &mut this.sent else {
            // It has ended.
            return Poll::Pending;
        };
        let result = std::task::ready!(call.as_mut().poll(context));
        this.sent = None;
        Poll::Ready(typed_result::<O>(result))
    }
}

impl<O: Operation> fmt::Debug for SendInput<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendInput")
            .field("operation", &O::NAME)
            .field("unsent", &self.unsent.as_ref().map(|it| &it.input))
            .finish_non_exhaustive()
    }
}
