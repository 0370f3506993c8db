//! What can be observed of calls: spans and events of `tracing`, and a function for metrics.
//!
//! With a subscriber that enables the target `smithy_client` at level DEBUG, a call is a span `invoke` with a child
//! `attempt` for each attempt. The fields have the names of OpenTelemetry's conventions for AWS SDKs.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
    FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_types::region::Region;
use aws_types::request_id::RequestId;
use smithy_operation::CalledOperation;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use tracing::field::Empty;
use tracing::{Span, debug, debug_span};

const TARGET: &str = "smithy_client";

/// Returns an interceptor that calls a function once for each call, when the call is over. It is the hook for
/// metrics and for logs of slow calls.
///
/// The function runs where the call runs, so it must not block.
///
/// ```
/// use smithy_client::config::{Config, on_call};
///
/// let config = Config::builder()
///     .interceptor(on_call(|call| {
///         println!(
///             "{} took {:?} in {} attempts: {}",
///             call.operation(),
///             call.duration(),
///             call.attempts(),
///             call.error().unwrap_or("ok"),
///         );
///     }))
///     .build();
/// ```
pub fn on_call(
    observe: impl Fn(&FinishedCall<'_>) + Send + Sync + 'static,
) -> impl Intercept + 'static {
    OnCall(observe)
}

/// A call that is over, as [`on_call`] sees it.
#[derive(Debug)]
pub struct FinishedCall<'a> {
    service: &'a str,
    operation: &'a str,
    attempts: u32,
    duration: Duration,
    result: Outcome<'a>,
}

impl<'a> FinishedCall<'a> {
    /// Returns the name of the service, such as `Chime`.
    pub fn service(&self) -> &'a str {
        self.service
    }

    /// Returns the name of the operation, such as `GetRoom`.
    pub fn operation(&self) -> &'a str {
        self.operation
    }

    /// Returns the number of attempts: 0 if the call failed before a request was made.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns how long the call took, including retries and the waits between them, by the clock of the client.
    /// It is zero if the call failed before its input was serialized.
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// Returns the status of the last response, if there was one.
    pub fn http_status(&self) -> Option<u16> {
        self.result.status
    }

    /// Returns the request ID of the last response, if it has one.
    pub fn request_id(&self) -> Option<&'a str> {
        self.result.request_id
    }

    /// Returns what failed, or `None` if the call succeeded. It is the code of the service's error, such as
    /// `NotFoundException`, or else one of `timeout`, `connector` (no response arrived), `response` (it cannot be
    /// read) and `other`. There are few different values, so it can be a label of a metric.
    pub fn error(&self) -> Option<&'a str> {
        self.result.error
    }
}

/// How a call or an attempt ended.
#[derive(Debug)]
struct Outcome<'a> {
    status: Option<u16>,
    request_id: Option<&'a str>,
    error: Option<&'a str>,
}

impl<'a> Outcome<'a> {
    fn of(context: &'a FinalizerInterceptorContextRef<'_>, config: &ConfigBag) -> Self {
        let response = context.response();
        let error = match context.output_or_error() {
            Some(Ok(_)) => None,
            None => Some("other"),
            Some(Err(error)) => Some(if let Some(error) = error.as_operation_error() {
                let view = config
                    .load::<CalledOperation>()
                    .and_then(|CalledOperation(operation)| (operation.vtable.error)(error));
                view.and_then(|view| view.meta().code()).unwrap_or("other")
            } else if error.is_timeout_error() {
                "timeout"
            } else if error.is_connector_error() {
                "connector"
            } else if error.is_response_error() {
                "response"
            } else {
                "other"
            }),
        };
        Self {
            status: response.map(|response| response.status().as_u16()),
            request_id: response.and_then(|response| response.headers().request_id()),
            error,
        }
    }

    /// Records the fields that a span has left empty.
    fn record(&self, span: &Span) {
        if let Some(status) = self.status {
            span.record("http.response.status_code", status);
        }
        if let Some(id) = self.request_id {
            span.record("aws.request_id", id);
        }
        if let Some(error) = self.error {
            span.record("error.type", error);
            span.record("otel.status_code", "ERROR");
        }
    }
}

fn attempts(config: &ConfigBag) -> u32 {
    config
        .load::<RequestAttempts>()
        .map_or(0, |attempts| attempts.attempts())
}

struct OnCall<F>(F);

impl<F> fmt::Debug for OnCall<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnCall")
    }
}

#[derive(Debug)]
struct Started(SystemTime);

impl Storable for Started {
    type Storer = StoreReplace<Self>;
}

#[dyn_dispatch_hint]
impl<F: Fn(&FinishedCall<'_>) + Send + Sync> Intercept for OnCall<F> {
    fn name(&self) -> &'static str {
        "OnCall"
    }

    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(clock) = components.time_source() {
            config.interceptor_state().store_put(Started(clock.now()));
        }
        Ok(())
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let now = components.time_source().map(|clock| clock.now());
        let started = config.load::<Started>().map(|started| started.0);
        // The clock may have been set back.
        let duration = now
            .zip(started)
            .and_then(|(now, started)| now.duration_since(started).ok());
        let metadata = config.load::<Metadata>();
        (self.0)(&FinishedCall {
            service: metadata.map_or("", |it| it.service()),
            operation: metadata.map_or("", |it| it.name()),
            attempts: attempts(config),
            duration: duration.unwrap_or_default(),
            result: Outcome::of(context, config),
        });
        Ok(())
    }
}

/// Returns the span of a call.
pub(crate) fn call(service: &'static str, operation: &'static str) -> Span {
    debug_span!(
        target: TARGET,
        "invoke",
        otel.name = %format_args!("{service}.{operation}"),
        otel.kind = "client",
        otel.status_code = Empty,
        rpc.system = "aws-api",
        rpc.service = service,
        rpc.method = operation,
        cloud.region = Empty,
        attempts = Empty,
        http.response.status_code = Empty,
        aws.request_id = Empty,
        "error.type" = Empty,
    )
}

/// Returns a plugin that adds a child for each attempt to the span of a call, and completes its fields.
pub(crate) fn plugin(call: &Span) -> StaticRuntimePlugin {
    let interceptor = Spans {
        call: call.clone(),
        attempt: Mutex::new(Span::none()),
    };
    let components = RuntimeComponentsBuilder::new("spans")
        .with_interceptor(SharedInterceptor::permanent(interceptor));
    StaticRuntimePlugin::new().with_runtime_components(components)
}

/// The spans of one call.
#[derive(Debug)]
struct Spans {
    call: Span,
    attempt: Mutex<Span>,
}

impl Spans {
    fn replace(&self, span: Span) -> Span {
        let mut attempt = self.attempt.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *attempt, span)
    }
}

#[dyn_dispatch_hint]
impl Intercept for Spans {
    fn name(&self) -> &'static str {
        "Spans"
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.replace(debug_span!(
            target: TARGET,
            parent: &self.call,
            "attempt",
            attempt = attempts(config),
            otel.status_code = Empty,
            http.response.status_code = Empty,
            aws.request_id = Empty,
            "error.type" = Empty,
        ));
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let outcome = Outcome::of(context, config);
        let span = self.replace(Span::none());
        outcome.record(&span);
        debug!(target: TARGET, parent: &span, "attempt ended");
        Ok(())
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Outcome::of(context, config).record(&self.call);
        self.call.record("attempts", attempts(config));
        if let Some(region) = config.load::<Region>() {
            let region: &str = region.as_ref();
            self.call.record("cloud.region", region);
        }
        debug!(target: TARGET, parent: &self.call, "call ended");
        Ok(())
    }
}
