//! Faults that are injected on purpose.

mod check;
mod pattern;
mod state;
mod text;

pub use check::FaultsError;
pub(crate) use state::{Delivery, Fate, ItemFaults, State};

use serde::{Deserialize, Serialize};

/// Faults to inject, for testing programs that must handle them.
///
/// Everything is off by default. A probability is from 0 (never) to 1 (always). All random choices come from
/// a single generator that starts at [`seed`](Self::seed): the same seed and order of requests produce the
/// same faults.
///
/// Faults apply to a request in this order, and only the first that applies takes effect:
/// [`reset_before`](Self::reset_before), [`rate`](Self::rate), [`fail`](Self::fail), then, after the request
/// takes effect, [`reset_after`](Self::reset_after), [`truncate`](Self::truncate), [`slow`](Self::slow). The
/// latency comes before all of them, and [`refuse`](Self::refuse) applies to the items of a batch that takes
/// effect.
///
/// In JSON, the keys are the names of the fields in kebab-case, like the flags of `chime serve`. An omitted
/// key keeps its default, and an unknown key is an error.
///
/// ```
/// use chime_local::{Chime, Fail, Faults, Refuse};
///
/// let chime = Chime::new();
/// chime.set_faults(Faults {
///     only: vec!["BatchCreateRoomMembership".to_owned()],
///     refuse: vec![Refuse::new("*7", "Throttled").times(1)],
///     fail: vec![Fail::new("ServiceUnavailableException", 0.1)],
///     rate: Some(10.0),
///     ..Faults::default()
/// })?;
/// # Ok::<(), chime_local::FaultsError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Faults {
    /// The seed of the generator of all random choices.
    pub seed: u64,
    /// The names of the operations to which these faults apply. If empty, they apply to every request.
    pub only: Vec<String>,
    /// Batch items to refuse. The first rule that matches an item applies.
    pub refuse: Vec<Refuse>,
    /// Requests to fail with an error, without taking effect. The rules are tried in order.
    pub fail: Vec<Fail>,
    /// The number of requests accepted per second; the rest receive a `ThrottledClientException`. More than
    /// 0.
    pub rate: Option<f64>,
    /// The number of requests accepted at once before the rate applies, which is the size of the token
    /// bucket. At least 1. The default is one second's worth, and at least 1.
    pub burst: Option<u32>,
    /// The value of the header `x-amz-retry-after` in throttled responses, in milliseconds. By default, they
    /// have no such header.
    pub retry_after_ms: Option<u64>,
    /// The delay of every request, in milliseconds; one hour at most.
    pub latency_ms: u64,
    /// The maximum random addition to the delay, in milliseconds; one hour at most.
    pub latency_jitter_ms: u64,
    /// The probability that the connection is reset and the request does not take effect.
    pub reset_before: f64,
    /// The probability that the request takes effect and the connection is reset before the response.
    pub reset_after: f64,
    /// The probability that the request takes effect and the body of the response is truncated, although its
    /// headers announce all of it. A response without a body is reset instead.
    pub truncate: f64,
    /// The probability that the body of the response is sent in five pieces with pauses between them.
    pub slow: f64,
    /// The length of each of these pauses, in milliseconds; one hour at most. The default is 200.
    pub slow_pause_ms: u64,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            seed: 0,
            only: Vec::new(),
            refuse: Vec::new(),
            fail: Vec::new(),
            rate: None,
            burst: None,
            retry_after_ms: None,
            latency_ms: 0,
            latency_jitter_ms: 0,
            reset_before: 0.0,
            reset_after: 0.0,
            truncate: 0.0,
            slow: 0.0,
            slow_pause_ms: 200,
        }
    }
}

impl Faults {
    /// Returns whether no faults are enabled.
    pub fn is_off(&self) -> bool {
        let probabilities = [
            self.reset_before,
            self.reset_after,
            self.truncate,
            self.slow,
        ];
        self.refuse.is_empty()
            && self.fail.is_empty()
            && self.rate.is_none()
            && self.latency_ms == 0
            && self.latency_jitter_ms == 0
            && probabilities.iter().all(|probability| *probability == 0.0)
    }
}

/// Batch items to refuse: they are listed in the errors of the response and do not take effect.
///
/// Applies to `BatchCreateRoomMembership`, `BatchSuspendUser`, `BatchUnsuspendUser` and `BatchUpdateUser`.
/// The string form is `PATTERN=CODE` or `PATTERN=CODE:TIMES`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Refuse {
    /// The IDs to match: `*` matches any characters, `?` matches one.
    pub pattern: String,
    /// The error code, one of the model's `ErrorCode`, such as `Throttled`.
    pub code: String,
    /// The error message. By default, a message with the ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// How many times each ID is refused, at least 1. By default, always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// The probability that an item is refused. The default is 1.
    #[serde(default = "always")]
    pub probability: f64,
}

fn always() -> f64 {
    1.0
}

impl Refuse {
    /// Refuses the IDs that match a pattern with an error code, always.
    pub fn new(pattern: impl Into<String>, code: impl Into<String>) -> Self {
        Self {
            pattern: pattern.into(),
            code: code.into(),
            message: None,
            times: None,
            probability: always(),
        }
    }

    /// Sets the error message.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Refuses each ID at most this many times.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Refuses an item with a probability.
    #[must_use]
    pub fn probability(mut self, probability: f64) -> Self {
        self.probability = probability;
        self
    }
}

/// Requests to fail with an error of the service, without taking effect.
///
/// The string form is `SHAPE=PROBABILITY`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fail {
    /// The name of the error shape, such as `ServiceUnavailableException`, which determines the status.
    pub shape: String,
    /// The probability that a request fails.
    pub probability: f64,
    /// The error message. By default, a general one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Fail {
    /// Fails requests with an error shape, with a probability.
    pub fn new(shape: impl Into<String>, probability: f64) -> Self {
        Self {
            shape: shape.into(),
            probability,
            message: None,
        }
    }

    /// Sets the error message.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }
}
