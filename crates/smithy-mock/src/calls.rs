//! Calls that a mock client got.

use aws_smithy_runtime_api::client::interceptors::context::Input;
use smithy_operation::Operation;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

/// The input of a call that a mock client got. It dereferences to the operation's input.
pub struct Recorded<O> {
    /// An input of `O`.
    input: Arc<Input>,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> Recorded<O> {
    /// Wraps an input if it is one of the operation.
    pub(crate) fn new(input: Arc<Input>) -> Option<Self> {
        input.downcast_ref::<O::Input>()?;
        Some(Self {
            input,
            operation: PhantomData,
        })
    }
}

impl<O> Clone for Recorded<O> {
    fn clone(&self) -> Self {
        Self {
            input: self.input.clone(),
            operation: PhantomData,
        }
    }
}

impl<O: Operation> Deref for Recorded<O> {
    type Target = O::Input;

    fn deref(&self) -> &O::Input {
        let input = self.input.downcast_ref::<O::Input>();
        input.unwrap_or_else(|| unreachable!("`new` has checked the type"))
    }
}

impl<O: Operation> fmt::Debug for Recorded<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<O, I> PartialEq<I> for Recorded<O>
where
    O: Operation<Input = I>,
    I: PartialEq,
{
    fn eq(&self, other: &I) -> bool {
        **self == *other
    }
}
