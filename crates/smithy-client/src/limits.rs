//! Limits of the configuration. Beyond them, the smithy-rs runtime panics or does not terminate: before each
//! call, it adds up the waits of all attempts as floats (see `docs/upstream.md`).

use aws_smithy_types::config_bag::Layer;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use std::time::Duration;

/// More than any program needs.
const ATTEMPTS: u32 = 10_000;
const TIME: Duration = Duration::from_secs(365 * 86_400);

/// Returns the retry configuration of a layer reduced to the limits, if it exceeds them.
pub(crate) fn retries(layer: &Layer) -> Option<RetryConfig> {
    let asked = layer.load::<RetryConfig>()?;
    let mut limited = asked.clone();
    if asked.max_attempts() > ATTEMPTS {
        limited = limited.with_max_attempts(ATTEMPTS);
    }
    if asked.initial_backoff() > TIME {
        limited = limited.with_initial_backoff(TIME);
    }
    if asked.max_backoff() > TIME {
        limited = limited.with_max_backoff(TIME);
    }
    (limited != *asked).then_some(limited)
}

/// Returns the timeouts of a layer reduced to the limits, if they exceed them.
pub(crate) fn timeouts(layer: &Layer) -> Option<TimeoutConfig> {
    let asked = layer.load::<TimeoutConfig>()?;
    let beyond = |time: Option<Duration>| time.is_some_and(|time| time > TIME);
    let mut limited = asked.to_builder();
    if beyond(asked.connect_timeout()) {
        limited = limited.connect_timeout(TIME);
    }
    if beyond(asked.read_timeout()) {
        limited = limited.read_timeout(TIME);
    }
    if beyond(asked.operation_timeout()) {
        limited = limited.operation_timeout(TIME);
    }
    if beyond(asked.operation_attempt_timeout()) {
        limited = limited.operation_attempt_timeout(TIME);
    }
    let limited = limited.build();
    (limited != *asked).then_some(limited)
}
