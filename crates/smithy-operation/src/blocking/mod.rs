//! Calls that block the thread, for programs without a runtime (feature `blocking`).
//!
//! The client of each service has a module `blocking` with a `Client`. Its fluent builders have the same
//! setters as the others, and `send()` returns the result instead of a future.

mod paginate;
mod thread;

pub use paginate::{Pages, Paginator, PaginatorItems};
pub use thread::{StartError, block_on};

use crate::call::{Call, ConfigOverride, FluentBuilder, Handle, Overrides, SendResult};
use crate::error::SdkError;
use crate::operation::Operation;
#[cfg(feature = "presigning")]
use crate::presigning::{PresignedRequest, PresigningConfig};
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;

/// Sends the request of a call.
///
/// # Errors
///
/// See [`SdkError`].
pub fn send<O: Operation>(call: Call<O>) -> SendResult<O::Output, O::Error> {
    flat(block_on(call.send()))
}

/// Calls an operation with this input.
///
/// # Errors
///
/// See [`SdkError`].
pub fn send_input<O: Operation>(
    handle: &Handle,
    input: O::Input,
) -> SendResult<O::Output, O::Error> {
    flat(block_on(handle.invoke::<O>(input, Overrides::default())))
}

/// Signs the request of a call without sending it.
///
/// # Errors
///
/// See [`SdkError`].
#[cfg(feature = "presigning")]
pub fn presigned<O: Operation>(
    call: Call<O>,
    config: PresigningConfig,
) -> SendResult<PresignedRequest, O::Error> {
    flat(block_on(call.presigned(config)))
}

/// Makes one error of two.
fn flat<T, E>(result: Result<SendResult<T, E>, StartError>) -> SendResult<T, E> {
    result.unwrap_or_else(|error| Err(SdkError::construction_failure(error)))
}

/// A call that can be customized: interceptors, changes to the request, configuration.
///
/// Returned by `customize()` of a blocking builder. If two changes affect the same setting, the later one
/// applies.
#[derive(Debug, Clone)]
pub struct CustomizableOperation<T, E, B>(crate::CustomizableOperation<T, E, B>);

impl<T, E, B> CustomizableOperation<T, E, B>
where
    B: FluentBuilder,
    B::Operation: Operation<Output = T, Error = E>,
{
    /// Creates a customizable call.
    pub fn new(builder: B) -> Self {
        Self(crate::CustomizableOperation::new(builder))
    }

    /// Adds an interceptor that runs only for this call, after those of the client.
    #[must_use]
    pub fn interceptor(self, interceptor: impl Intercept + 'static) -> Self {
        Self(self.0.interceptor(interceptor))
    }

    /// Adds a plugin that runs only for this call.
    #[must_use]
    pub fn runtime_plugin(self, plugin: impl RuntimePlugin + 'static) -> Self {
        Self(self.0.runtime_plugin(plugin))
    }

    /// Replaces the request before it is signed. The function runs once for each attempt.
    #[must_use]
    pub fn map_request<F, MapE>(self, map: F) -> Self
    where
        F: Fn(HttpRequest) -> Result<HttpRequest, MapE> + Send + Sync + 'static,
        MapE: std::error::Error + Send + Sync + 'static,
    {
        Self(self.0.map_request(map))
    }

    /// Modifies the request before it is signed. The function runs once for each attempt.
    #[must_use]
    pub fn mutate_request<F>(self, change: F) -> Self
    where
        F: Fn(&mut HttpRequest) + Send + Sync + 'static,
    {
        Self(self.0.mutate_request(change))
    }

    /// Sets configuration that applies only to this call and takes precedence over the client's.
    #[must_use]
    pub fn config_override(self, config: impl Into<ConfigOverride>) -> Self {
        Self(self.0.config_override(config))
    }

    /// Sends the request, and blocks the thread until the response is there.
    ///
    /// # Errors
    ///
    /// See [`SdkError`].
    pub fn send(self) -> SendResult<T, E> {
        flat(block_on(self.0.send()))
    }

    /// Signs the request without sending it.
    ///
    /// # Errors
    ///
    /// See [`SdkError`].
    #[cfg(feature = "presigning")]
    pub fn presigned(self, config: PresigningConfig) -> SendResult<PresignedRequest, E> {
        flat(block_on(self.0.presigned(config)))
    }
}
