//! What is behind a mock client: answers, calls and a clock.

use crate::calls::Recorded;
use crate::problems::{Unexpected, Unmet};
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use smithy_client::MissingMember;
use smithy_operation::error::{ErrorKind, ErrorView, HttpResponse, SdkError};
use smithy_operation::{
    BoxFuture, Operation, OperationDescriptor, Overrides, Runtime, SendResult, ServiceDescriptor,
};
use std::fmt;
use std::future::{poll_fn, ready};
use std::panic::Location;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::{Duration, SystemTime};

/// Answers a call; `None` if the input is one of another operation.
pub(crate) type Respond =
    Box<dyn Fn(&Input) -> Option<BoxFuture<SendResult<Output, Error>>> + Send + Sync>;

/// An answer, and which calls it is for.
pub(crate) struct Rule {
    pub(crate) operation: &'static str,
    /// Where it was set up.
    pub(crate) at: &'static Location<'static>,
    pub(crate) has_condition: bool,
    pub(crate) matches: Box<dyn Fn(&Input) -> bool + Send + Sync>,
    pub(crate) respond: Respond,
    /// How many calls get the answer.
    pub(crate) limit: Option<usize>,
    pub(crate) used: AtomicUsize,
}

impl Rule {
    pub(crate) fn used(&self) -> usize {
        self.used.load(Ordering::SeqCst)
    }

    /// Counts a call that gets the answer. Returns whether the answer is not used up.
    fn take(&self) -> bool {
        let limit = self.limit.unwrap_or(usize::MAX);
        let more = |used: usize| (used < limit).then_some(used + 1);
        self.used
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, more)
            .is_ok()
    }
}

struct Call {
    operation: &'static str,
    input: Arc<Input>,
}

/// What the clients of a mock share with it.
pub(crate) struct Shared {
    pub(crate) service: &'static ServiceDescriptor,
    rules: Mutex<Vec<Arc<Rule>>>,
    calls: Mutex<Vec<Call>>,
    unexpected: Mutex<Vec<Arc<str>>>,
    now: Mutex<SystemTime>,
}

/// A mutex whose value is complete whenever the lock is free, even if a thread has panicked.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub(crate) fn new(service: &'static ServiceDescriptor) -> Self {
        Self {
            service,
            rules: Mutex::default(),
            calls: Mutex::default(),
            unexpected: Mutex::default(),
            now: Mutex::new(SystemTime::now()),
        }
    }

    pub(crate) fn add(&self, rule: Rule) {
        lock(&self.rules).push(Arc::new(rule));
    }

    pub(crate) fn calls_of<O: Operation>(&self) -> Vec<Recorded<O>> {
        let calls = lock(&self.calls);
        let calls = calls.iter().filter(|call| call.operation == O::NAME);
        calls
            .filter_map(|call| Recorded::new(call.input.clone()))
            .collect()
    }

    pub(crate) fn called(&self) -> Vec<&'static str> {
        lock(&self.calls)
            .iter()
            .map(|call| call.operation)
            .collect()
    }

    pub(crate) fn verify(&self) -> Result<(), Unmet> {
        let rules = lock(&self.rules).clone();
        let unexpected = lock(&self.unexpected).clone();
        Unmet::check(&rules, unexpected)
    }

    fn answer(
        &self,
        operation: &'static OperationDescriptor,
        mut input: Input,
    ) -> BoxFuture<SendResult<Output, Error>> {
        let shape = (operation.vtable.input)(&mut input);
        if let Some(missing) = shape.and_then(|shape| MissingMember::of(shape)) {
            return fails(missing);
        }
        let input = Arc::new(input);
        lock(&self.calls).push(Call {
            operation: operation.name,
            input: input.clone(),
        });
        // Without the lock, because conditions and answers are the caller's.
        let rules = lock(&self.rules).clone();
        let own = rules.iter().filter(|rule| rule.operation == operation.name);
        for rule in own {
            if (rule.matches)(&input)
                && rule.take()
                && let Some(answer) = (rule.respond)(&input)
            {
                return answer;
            }
        }
        let unexpected = Unexpected::new(operation.name, &input, &rules);
        lock(&self.unexpected).push(unexpected.to_string().into());
        fails(unexpected)
    }
}

fn fails(
    error: impl std::error::Error + Send + Sync + 'static,
) -> BoxFuture<SendResult<Output, Error>> {
    Box::pin(ready(Err(SdkError::construction_failure(error))))
}

/// The runtime of a mock client.
pub(crate) struct MockRuntime(pub(crate) Arc<Shared>);

impl fmt::Debug for MockRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockRuntime")
            .field("service", &self.0.service.sdk_id)
            .finish_non_exhaustive()
    }
}

impl Runtime for MockRuntime {
    fn invoke(
        &self,
        operation: &'static OperationDescriptor,
        input: Input,
        overrides: Overrides,
    ) -> BoxFuture<SendResult<Output, Error>> {
        #[cfg(feature = "presigning")]
        if let Some(config) = &overrides.presigning {
            return Box::pin(ready(presigned(operation, input, config)));
        }
        // What applies to requests has no effect: no request is built.
        drop(overrides);
        self.0.answer(operation, input)
    }

    fn now(&self) -> SystemTime {
        *lock(&self.0.now)
    }

    /// Takes no time: other tasks get a turn, and the clock moves on.
    fn sleep(&self, duration: Duration) -> Option<BoxFuture<()>> {
        let shared = self.0.clone();
        let start = self.now();
        let end = start.checked_add(duration).unwrap_or(start);
        let mut has_yielded = false;
        Some(Box::pin(poll_fn(move |cx| {
            if !has_yielded {
                has_yielded = true;
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            let mut now = lock(&shared.now);
            *now = (*now).max(end);
            Poll::Ready(())
        })))
    }

    fn error_kind(&self, error: ErrorView<'_>, response: &HttpResponse) -> Option<ErrorKind> {
        smithy_client::error_kind(self.0.service, error, Some(response))
    }
}

/// Returns a request that is like a presigned one, except that nobody accepts it.
#[cfg(feature = "presigning")]
fn presigned(
    operation: &'static OperationDescriptor,
    mut input: Input,
    config: &smithy_operation::presigning::PresigningConfig,
) -> SendResult<Output, Error> {
    use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
    use aws_smithy_types::body::SdkBody;

    let shape = (operation.vtable.input)(&mut input);
    if let Some(missing) = shape.and_then(|shape| MissingMember::of(shape)) {
        return Err(SdkError::construction_failure(missing));
    }
    let mut request = HttpRequest::new(SdkBody::empty());
    let method = operation.schema.input().http();
    let uri = format!(
        "https://mock.invalid/{}?X-Amz-Expires={}&X-Amz-Signature=mock",
        operation.name,
        config.expires().as_secs()
    );
    request
        .set_method(method.map_or("POST", |http| http.method()))
        .and_then(|()| request.set_uri(uri))
        .map_err(SdkError::construction_failure)?;
    Ok(Output::erase(request))
}
