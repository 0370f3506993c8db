//! A call of an operation: what a fluent builder holds and passes to the runtime.

use crate::error::{CreateUnhandledError, ErrorKind, ErrorView, SdkError};
use crate::operation::{Operation, OperationDescriptor};
#[cfg(feature = "presigning")]
use crate::presigning::{PresignedRequest, PresigningConfig};
use crate::structure::Structure;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextMut, Error, Input, Output,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::SharedRuntimePlugin;
use aws_smithy_types::config_bag::{CloneableLayer, ConfigBag};
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The result of a call.
pub type SendResult<T, E> = Result<T, SdkError<E, HttpResponse>>;

/// A future that a runtime returns.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Sends requests. A client consists of a runtime and a list of operations.
pub trait Runtime: fmt::Debug + Send + Sync + 'static {
    /// Calls the operation. The input must have the operation's input type.
    fn invoke(
        &self,
        operation: &'static OperationDescriptor,
        input: Input,
        overrides: Overrides,
    ) -> BoxFuture<SendResult<Output, Error>>;

    /// Returns the current time of the runtime's clock. The default is the system clock.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Waits. The default is `None`, which means that the runtime has no timer.
    fn sleep(&self, _duration: Duration) -> Option<BoxFuture<()>> {
        None
    }

    /// Returns how a retry may succeed after the service refused a request; `None` if a retry is not
    /// worthwhile.
    ///
    /// By default, the model decides. A runtime that retries requests returns what its retries are based on,
    /// so that callers that send requests again agree with it.
    fn error_kind(&self, error: ErrorView<'_>, _response: &HttpResponse) -> Option<ErrorKind> {
        error.retryable()
    }
}

/// A runtime that the calls of a client share.
#[derive(Debug, Clone)]
pub struct Handle(Arc<dyn Runtime>);

impl Handle {
    /// Creates a shared runtime.
    pub fn new(runtime: impl Runtime) -> Self {
        Self(Arc::new(runtime))
    }

    /// Calls an operation with an erased input. Used by a runtime that wraps another.
    pub fn invoke_erased(
        &self,
        operation: &'static OperationDescriptor,
        input: Input,
        overrides: Overrides,
    ) -> BoxFuture<SendResult<Output, Error>> {
        self.0.invoke(operation, input, overrides)
    }

    /// Returns the current time of the runtime's clock.
    pub fn now(&self) -> SystemTime {
        self.0.now()
    }

    /// Sleeps; `None` if the runtime has no timer.
    pub fn sleep(&self, duration: Duration) -> Option<BoxFuture<()>> {
        self.0.sleep(duration)
    }

    /// Returns whether the runtime has a timer, so that [`sleep`](Self::sleep) works.
    pub fn has_timer(&self) -> bool {
        self.sleep(Duration::ZERO).is_some()
    }

    /// Returns how a retry may succeed after the service refused a request; see [`Runtime::error_kind`].
    pub fn error_kind(&self, error: ErrorView<'_>, response: &HttpResponse) -> Option<ErrorKind> {
        self.0.error_kind(error, response)
    }

    /// Calls an operation.
    ///
    /// # Errors
    ///
    /// See [`SdkError`].
    pub async fn invoke<O: Operation>(
        &self,
        input: O::Input,
        overrides: Overrides,
    ) -> SendResult<O::Output, O::Error> {
        let result = self
            .0
            .invoke(O::DESCRIPTOR, Input::erase(input), overrides)
            .await;
        typed_result::<O>(result)
    }

    /// Signs a request of an operation without sending it.
    ///
    /// # Errors
    ///
    /// See [`SdkError`].
    #[cfg(feature = "presigning")]
    pub async fn presign<O: Operation>(
        &self,
        input: O::Input,
        mut overrides: Overrides,
        config: PresigningConfig,
    ) -> SendResult<PresignedRequest, O::Error> {
        overrides.presigning = Some(config);
        let result = self
            .0
            .invoke(O::DESCRIPTOR, Input::erase(input), overrides)
            .await;
        let output = result.map_err(typed_error::<O>)?;
        match output.downcast::<HttpRequest>() {
            Ok(request) => PresignedRequest::new(request).map_err(SdkError::construction_failure),
            Err(_) => Err(SdkError::construction_failure(
                "the runtime of the client cannot presign requests",
            )),
        }
    }
}

/// Restores the types of an operation's result.
pub(crate) fn typed_result<O: Operation>(
    result: SendResult<Output, Error>,
) -> SendResult<O::Output, O::Error> {
    match result {
        Ok(output) => output.downcast::<O::Output>().map_err(|output| {
            SdkError::construction_failure(format!(
                "an interceptor replaced the output with one of another type: {output:?}"
            ))
        }),
        Err(error) => Err(typed_error::<O>(error)),
    }
}

fn typed_error<O: Operation>(
    error: SdkError<Error, HttpResponse>,
) -> SdkError<O::Error, HttpResponse> {
    error.map_service_error(|error| {
        error.downcast::<O::Error>().unwrap_or_else(|error| {
            <O::Error as CreateUnhandledError>::create_unhandled_error(
                Box::new(ForeignError(error)),
                None,
            )
        })
    })
}

/// An interceptor replaced the error with one of another type.
#[derive(Debug)]
struct ForeignError(Error);

impl fmt::Display for ForeignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl std::error::Error for ForeignError {}

/// Configuration that applies to one call and takes precedence over the client's.
#[derive(Debug, Clone)]
pub struct ConfigOverride {
    /// Settings.
    pub layer: CloneableLayer,
    /// Components, such as an HTTP client or interceptors.
    pub components: RuntimeComponentsBuilder,
    /// Plugins.
    pub plugins: Vec<SharedRuntimePlugin>,
}

/// The settings of one call that differ from those of its client.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Configuration that takes precedence over the client's.
    pub config: Option<ConfigOverride>,
    /// Interceptors that run only for this call.
    pub interceptors: Vec<SharedInterceptor>,
    /// Plugins that run only for this call.
    pub plugins: Vec<SharedRuntimePlugin>,
    /// Whether a paginator makes the call.
    pub paginated: bool,
    /// Whether the runtime must not retry the call because its caller does.
    pub unretried: bool,
    /// How to sign the request, which is the output of the call instead of being sent.
    #[cfg(feature = "presigning")]
    pub presigning: Option<PresigningConfig>,
}

/// The state of a fluent builder: the runtime, the input so far, and the overrides.
#[derive(Debug)]
pub struct Call<O: Operation> {
    handle: Handle,
    /// The input so far.
    pub input: <O::Input as Structure>::Builder,
    /// The settings of this call that differ from those of the client.
    pub overrides: Overrides,
}

impl<O: Operation> Clone for Call<O>
where
    <O::Input as Structure>::Builder: Clone,
{
    fn clone(&self) -> Self {
        Self {
            handle: self.handle.clone(),
            input: self.input.clone(),
            overrides: self.overrides.clone(),
        }
    }
}

impl<O: Operation> Call<O> {
    /// Returns the runtime of the call.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Creates a call with an empty input.
    pub fn new(handle: Handle) -> Self {
        Self {
            handle,
            input: Default::default(),
            overrides: Overrides::default(),
        }
    }

    /// Sends the request.
    ///
    /// # Errors
    ///
    /// See [`SdkError`].
    pub async fn send(self) -> SendResult<O::Output, O::Error> {
        let input = O::Input::complete(self.input);
        self.handle.invoke::<O>(input, self.overrides).await
    }

    /// Signs the request without sending it.
    ///
    /// # Errors
    ///
    /// See [`SdkError`].
    #[cfg(feature = "presigning")]
    pub async fn presigned(
        self,
        config: PresigningConfig,
    ) -> SendResult<PresignedRequest, O::Error> {
        let input = O::Input::complete(self.input);
        self.handle
            .presign::<O>(input, self.overrides, config)
            .await
    }
}

/// A generated fluent builder.
pub trait FluentBuilder: Sized {
    /// The operation that the builder calls.
    type Operation: Operation;

    /// Creates a builder.
    ///
    /// A function of the trait, because the builder's own names belong to the members of the model.
    fn new(handle: Handle) -> Self;

    /// Returns the call.
    fn into_call(self) -> Call<Self::Operation>;

    /// Returns the call, for changes.
    fn call(&mut self) -> &mut Call<Self::Operation>;
}

/// A complete input, with what sends it.
#[derive(Debug)]
pub struct Request<O: Operation> {
    /// The runtime.
    pub handle: Handle,
    /// The input.
    pub input: O::Input,
    /// The settings of this call that differ from those of the client.
    pub overrides: Overrides,
}

/// A call that has not been sent: a fluent builder, or an input.
pub trait Customizable {
    /// The operation to call.
    type Operation: Operation;

    /// Returns the settings of this call that differ from those of the client; `None` if it has been sent.
    fn overrides(&mut self) -> Option<&mut Overrides>;

    /// Returns the request; `None` if it has been sent.
    fn into_request(self) -> Option<Request<Self::Operation>>;
}

impl<B: FluentBuilder> Customizable for B {
    type Operation = B::Operation;

    fn overrides(&mut self) -> Option<&mut Overrides> {
        Some(&mut self.call().overrides)
    }

    fn into_request(self) -> Option<Request<B::Operation>> {
        let Call {
            handle,
            input,
            overrides,
        } = self.into_call();
        Some(Request {
            handle,
            input: <B::Operation as Operation>::Input::complete(input),
            overrides,
        })
    }
}

/// A call that can be customized: interceptors, changes to the request, configuration.
///
/// Returned by `customize()` of a fluent builder, and of the call that `send(input)` of a client returns. If two
/// changes affect the same setting, the later one applies.
#[derive(Debug, Clone)]
pub struct CustomizableOperation<T, E, B> {
    builder: B,
    result: PhantomData<fn() -> (T, E)>,
}

impl<T, E, B> CustomizableOperation<T, E, B>
where
    B: Customizable,
    B::Operation: Operation<Output = T, Error = E>,
{
    /// Creates a customizable call.
    pub fn new(builder: B) -> Self {
        Self {
            builder,
            result: PhantomData,
        }
    }

    /// Adds an interceptor that runs only for this call, after those of the client.
    #[must_use]
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        if let Some(overrides) = self.builder.overrides() {
            overrides
                .interceptors
                .push(SharedInterceptor::new(interceptor));
        }
        self
    }

    /// Adds a plugin that runs only for this call.
    #[must_use]
    pub fn runtime_plugin(
        mut self,
        plugin: impl aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin + 'static,
    ) -> Self {
        if let Some(overrides) = self.builder.overrides() {
            overrides.plugins.push(SharedRuntimePlugin::new(plugin));
        }
        self
    }

    /// Replaces the request before it is signed. The function runs once for each attempt.
    #[must_use]
    pub fn map_request<F, MapE>(self, map: F) -> Self
    where
        F: Fn(HttpRequest) -> Result<HttpRequest, MapE> + Send + Sync + 'static,
        MapE: std::error::Error + Send + Sync + 'static,
    {
        self.interceptor(MapRequest(Box::new(move |request| {
            map(request).map_err(Into::into)
        })))
    }

    /// Modifies the request before it is signed. The function runs once for each attempt.
    #[must_use]
    pub fn mutate_request<F>(self, change: F) -> Self
    where
        F: Fn(&mut HttpRequest) + Send + Sync + 'static,
    {
        self.interceptor(MapRequest(Box::new(move |mut request| {
            change(&mut request);
            Ok(request)
        })))
    }

    /// Sets configuration that applies only to this call and takes precedence over the client's.
    #[must_use]
    pub fn config_override(mut self, config: impl Into<ConfigOverride>) -> Self {
        if let Some(overrides) = self.builder.overrides() {
            overrides.config = Some(config.into());
        }
        self
    }

    /// Sends the request.
    ///
    /// # Errors
    ///
    /// See [`SdkError`].
    pub async fn send(self) -> SendResult<T, E> {
        let request = self.builder.into_request().ok_or_else(already_sent)?;
        request
            .handle
            .invoke::<B::Operation>(request.input, request.overrides)
            .await
    }

    /// Signs the request without sending it.
    ///
    /// # Errors
    ///
    /// See [`SdkError`].
    #[cfg(feature = "presigning")]
    pub async fn presigned(self, config: PresigningConfig) -> SendResult<PresignedRequest, E> {
        let request = self.builder.into_request().ok_or_else(already_sent)?;
        request
            .handle
            .presign::<B::Operation>(request.input, request.overrides, config)
            .await
    }
}

fn already_sent<E>() -> SdkError<E> {
    SdkError::construction_failure("the call was sent before it was customized")
}

type MapFn = Box<dyn Fn(HttpRequest) -> Result<HttpRequest, BoxError> + Send + Sync>;

/// An interceptor that replaces the request before it is signed.
struct MapRequest(MapFn);

impl fmt::Debug for MapRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MapRequest")
    }
}

#[dyn_dispatch_hint]
impl Intercept for MapRequest {
    fn name(&self) -> &'static str {
        "MapRequest"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = std::mem::replace(
            context.request_mut(),
            HttpRequest::new(aws_smithy_types::body::SdkBody::taken()),
        );
        *context.request_mut() = (self.0)(request)?;
        Ok(())
    }
}
