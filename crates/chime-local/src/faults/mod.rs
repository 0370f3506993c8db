//! What goes wrong on purpose.

mod check;
mod pattern;
mod state;
mod text;

pub use check::FaultsError;
pub(crate) use state::{Delivery, Fate, ItemFaults, State};

use serde::{Deserialize, Serialize};

/// What goes wrong on purpose, for programs that have to bear it.
///
/// Everything is off by default. A probability is from 0 (never) to 1 (always). All random choices
/// come from one generator that starts at [`seed`](Self::seed): the same seed and the same order of
/// requests give the same faults.
///
/// A request meets its faults in this order, and the first that strikes is the only one:
/// [`reset_before`](Self::reset_before), [`rate`](Self::rate), [`fail`](Self::fail), then, once it
/// is carried out, [`reset_after`](Self::reset_after), [`truncate`](Self::truncate),
/// [`slow`](Self::slow). The latency comes before all of them, and [`refuse`](Self::refuse) acts on
/// the items of a batch that is carried out.
///
/// As JSON, the keys are the names of the fields in kebab-case, which are those of the flags of
/// `chime serve`; a key that is left out keeps its default, and one that does not exist is an error.
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
    /// Where the generator of all random choices starts.
    pub seed: u64,
    /// The operations that these faults are for, by name. None means every request.
    pub only: Vec<String>,
    /// Items of batches that are refused. The first rule that strikes an item counts.
    pub refuse: Vec<Refuse>,
    /// Requests that are answered with an error and not carried out, tried in this order.
    pub fail: Vec<Fail>,
    /// How many requests a second are let through; the rest get a `ThrottledClientException`.
    /// More than 0.
    pub rate: Option<f64>,
    /// How many requests may come at once before the rate counts: the size of the token bucket, at
    /// least 1. One second's worth, and at least 1, if it is not set.
    pub burst: Option<u32>,
    /// What the header `x-amz-retry-after` of throttled answers says, in milliseconds. Without it,
    /// they have no such header.
    pub retry_after_ms: Option<u64>,
    /// How long every request waits before anything else, in milliseconds; an hour at most.
    pub latency_ms: u64,
    /// How much longer it waits at most, by chance, in milliseconds; an hour at most.
    pub latency_jitter_ms: u64,
    /// The probability that the connection breaks and the request does not take effect.
    pub reset_before: f64,
    /// The probability that the request takes effect and the connection breaks before the answer.
    pub reset_after: f64,
    /// The probability that the request takes effect and the answer's body ends early, though its
    /// headers promise all of it. An answer without a body is reset instead.
    pub truncate: f64,
    /// The probability that the answer's body comes in five pieces with pauses between them.
    pub slow: f64,
    /// How long each of these pauses is, in milliseconds; an hour at most. 200 by default.
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
    /// Whether nothing goes wrong.
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

/// Items of a batch that are refused: listed in the answer's errors and not carried out.
///
/// It acts on `BatchCreateRoomMembership`, `BatchSuspendUser`, `BatchUnsuspendUser` and
/// `BatchUpdateUser`. As text it is `PATTERN=CODE` or `PATTERN=CODE:TIMES`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Refuse {
    /// Which IDs: `*` stands for any characters, `?` for one.
    pub pattern: String,
    /// The error code, one of the model's `ErrorCode`, such as `Throttled`.
    pub code: String,
    /// The error message; one that names the ID if it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// How often each ID is refused, at least 1; always if it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// The probability that an item is refused; 1 if it is not set.
    #[serde(default = "always")]
    pub probability: f64,
}

fn always() -> f64 {
    1.0
}

impl Refuse {
    /// Refuses the IDs of a pattern with a code, always.
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

    /// Refuses each ID so many times and no more.
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

/// Requests that are answered with an error of the service and not carried out.
///
/// As text it is `SHAPE=PROBABILITY`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fail {
    /// The name of the error's shape, such as `ServiceUnavailableException`; it brings the status.
    pub shape: String,
    /// The probability that a request fails.
    pub probability: f64,
    /// The error message; a general one if it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Fail {
    /// Fails requests by an error's shape, with a probability.
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
