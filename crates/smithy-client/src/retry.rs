//! Which refused requests are worth a retry.

use aws_runtime::retries::classifiers::{THROTTLING_ERRORS, TRANSIENT_ERRORS};
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority, RetryReason,
};
use aws_smithy_types::retry::ErrorKind;
use smithy_operation::error::{ErrorView, FailureKind, FailureParts, HttpResponse, retry_after};
use smithy_operation::{OperationDescriptor, ServiceDescriptor};

/// Classifies the errors of an operation by their code, by the rules of the service, by clock skew, and by
/// the model. Passes on how long the service asks the client to wait.
#[derive(Debug)]
pub(crate) struct OperationErrorClassifier {
    pub(crate) service: &'static ServiceDescriptor,
    pub(crate) operation: &'static OperationDescriptor,
}

impl OperationErrorClassifier {
    fn kind(&self, context: &InterceptorContext) -> Option<ErrorKind> {
        let Some(Err(error)) = context.output_or_error() else {
            return None;
        };
        let error = error.as_operation_error()?;
        let error = (self.operation.vtable.error)(error)?;
        error_kind(self.service, error, context.response())
    }
}

/// Returns how a retry may succeed after a refusal; `None` if a retry is not worthwhile.
///
/// An [`Engine`](crate::Engine) decides by it. Other runtimes use it to agree.
pub fn error_kind(
    service: &ServiceDescriptor,
    error: ErrorView<'_>,
    response: Option<&HttpResponse>,
) -> Option<ErrorKind> {
    let status = response.map(|response| response.status().as_u16());
    kind_of(service, error, status, response.is_some_and(is_skewed))
}

fn kind_of(
    service: &ServiceDescriptor,
    error: ErrorView<'_>,
    status: Option<u16>,
    is_skewed: bool,
) -> Option<ErrorKind> {
    let code = error.meta().code();
    let by_rule = || {
        let mut rules = service.retries.iter();
        rules.find_map(|rule| rule.kind(code, status))
    };
    match code {
        Some(code) if THROTTLING_ERRORS.contains(&code) => Some(ErrorKind::ThrottlingError),
        Some(code) if TRANSIENT_ERRORS.contains(&code) => Some(ErrorKind::TransientError),
        Some(code) if SKEW_ERRORS.contains(&code) && is_skewed => Some(ErrorKind::ServerError),
        _ => by_rule().or_else(|| error.retryable()),
    }
}

/// Returns how a retry of a failed call may succeed; `None` if a retry is not worthwhile.
///
/// The orchestrator asks classifiers about an error that it has not returned yet. This has the same results for one
/// that it has returned.
pub(crate) fn failure_kind(failure: &FailureParts<'_>) -> Option<ErrorKind> {
    match (failure.kind, failure.service, failure.error) {
        (FailureKind::Service, Some(service), Some(error)) => {
            let is_skewed = failure.response.is_some_and(is_skewed);
            let by_status = || {
                let status = failure.status?;
                TRANSIENT_STATUSES
                    .contains(&status)
                    .then_some(ErrorKind::TransientError)
            };
            kind_of(service, error, failure.status, is_skewed).or_else(by_status)
        }
        (FailureKind::Dispatch(kind), ..) => kind,
        (FailureKind::Timeout | FailureKind::Response, ..) => Some(ErrorKind::TransientError),
        _ => None,
    }
}

/// The statuses that smithy-rs's `HttpStatusCodeClassifier` takes for transient errors.
const TRANSIENT_STATUSES: &[u16] = &[500, 502, 503, 504];

impl ClassifyRetry for OperationErrorClassifier {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        match self.kind(context) {
            Some(kind) => RetryAction::RetryIndicated(RetryReason::RetryableError {
                kind,
                retry_after: context.response().and_then(retry_after),
            }),
            None => RetryAction::NoActionIndicated,
        }
    }

    fn classify_retry_v2(
        &self,
        context: &InterceptorContext,
        previous: &RetryAction,
    ) -> RetryAction {
        match (self.classify_retry(context), previous) {
            // Another classifier requested a retry, and the service specified when.
            (
                RetryAction::NoActionIndicated,
                RetryAction::RetryIndicated(RetryReason::RetryableError {
                    kind,
                    retry_after: None,
                }),
            ) => match context.response().and_then(retry_after) {
                Some(wait) => RetryAction::RetryIndicated(RetryReason::RetryableError {
                    kind: *kind,
                    retry_after: Some(wait),
                }),
                None => RetryAction::NoActionIndicated,
            },
            (own, _) => own,
        }
    }

    fn name(&self) -> &'static str {
        "Operation Error"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_before(
            RetryClassifierPriority::modeled_as_retryable_classifier(),
        )
    }
}

/// The codes with which signatures are refused if the clocks of client and service differ.
const SKEW_ERRORS: &[&str] = &[
    "AccessDeniedException",
    "AuthFailure",
    "InvalidSignatureException",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
];

/// The service's clock differs from the client's so much that signatures with the client's time are refused.
/// The next attempt is signed with the service's time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Skewed;

fn is_skewed(response: &HttpResponse) -> bool {
    response.extension::<Skewed>().is_some()
}
