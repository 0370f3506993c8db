//! What the traits of services share.

use smithy_operation::error::SdkError;
use smithy_operation::{Handle, Operation, Overrides, SendResult};
use std::future::ready;
use std::pin::Pin;

/// The future of an operation's result, as the methods of the trait `Api` return it.
pub type ApiFuture<'a, O> = Pin<
    Box<
        dyn Future<Output = SendResult<<O as Operation>::Output, <O as Operation>::Error>>
            + Send
            + 'a,
    >,
>;

/// Calls an operation.
pub fn call<O: Operation>(client: &impl AsRef<Handle>, input: O::Input) -> ApiFuture<'_, O> {
    let handle = client.as_ref();
    Box::pin(handle.invoke::<O>(input, Overrides::default()))
}

/// Fails because an implementation of the trait `Api` does not have the operation.
pub fn not_implemented<'a, O: Operation>(_input: O::Input) -> ApiFuture<'a, O> {
    Box::pin(ready(Err(SdkError::construction_failure(format!(
        "the implementation of `Api` does not have {}: implement the method of the trait",
        O::NAME
    )))))
}
