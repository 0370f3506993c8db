//! How a run goes about it.

use std::time::Duration;

/// What becomes of an item whose key came before in the same run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Duplicates {
    /// It is sent like any other, though never in one request with its twin. What the service says of
    /// it counts.
    #[default]
    Send,
    /// It is not sent, and reported as [`Duplicate`](super::ItemStatus::Duplicate). Every key is kept
    /// in memory for that.
    Drop,
    /// It is not sent, and reported as refused. Every key is kept in memory for that.
    Refuse,
}

/// How a run goes about it. The defaults suit a service that throttles.
#[derive(Debug, Clone)]
pub struct BatchConfig {
    pub(super) concurrency: usize,
    pub(super) max_tries: u32,
    pub(super) initial_backoff: Duration,
    pub(super) max_backoff: Duration,
    pub(super) linger: Duration,
    pub(super) deadline: Option<Duration>,
    pub(super) max_rate: Option<f64>,
    pub(super) adapts: bool,
    pub(super) duplicates: Duplicates,
    pub(super) done_codes: bool,
    pub(super) refusal_ends: bool,
    pub(super) seed: Option<u64>,
}

impl Default for BatchConfig {
    fn default() -> Self {
        Self {
            concurrency: 8,
            max_tries: 5,
            initial_backoff: Duration::from_millis(200),
            max_backoff: Duration::from_secs(20),
            linger: Duration::from_millis(50),
            deadline: None,
            max_rate: None,
            adapts: true,
            duplicates: Duplicates::default(),
            done_codes: true,
            refusal_ends: true,
            seed: None,
        }
    }
}

impl BatchConfig {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how many requests may be under way at once. 8 by default; at least 1.
    #[must_use]
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests.max(1);
        self
    }

    /// Sets how often an item is tried. 5 by default; at least 1. A request that is throttled was no
    /// try; only when that has happened ten times as often is an item given up.
    #[must_use]
    pub fn max_tries(mut self, tries: u32) -> Self {
        self.max_tries = tries.max(1);
        self
    }

    /// Sets how long an item waits for its second try: 200 ms by default. Each further wait is twice
    /// as long, up to [`max_backoff`](Self::max_backoff), and each is shortened at random by up to
    /// half. Where the service says how long to wait, that holds if it is longer.
    #[must_use]
    pub fn initial_backoff(mut self, wait: Duration) -> Self {
        self.initial_backoff = wait;
        self
    }

    /// Sets the longest wait between two tries: 20 s by default.
    #[must_use]
    pub fn max_backoff(mut self, wait: Duration) -> Self {
        self.max_backoff = wait;
        self
    }

    /// Sets how long a request waits for more items of a stream that has none at the moment: 50 ms by
    /// default.
    #[must_use]
    pub fn linger(mut self, wait: Duration) -> Self {
        self.linger = wait;
        self
    }

    /// Sets when the run ends, counted from its start. Nothing is sent then any more; what is under
    /// way is given up, and its items are reported as unknown. No deadline by default.
    #[must_use]
    pub fn deadline(mut self, after: impl Into<Option<Duration>>) -> Self {
        self.deadline = after.into();
        self
    }

    /// Sets how many requests may be sent in a second at most, throttled or not. No limit by default.
    #[must_use]
    pub fn max_requests_per_second(mut self, rate: impl Into<Option<f64>>) -> Self {
        self.max_rate = rate.into().filter(|rate| rate.is_finite() && *rate > 0.0);
        self
    }

    /// Sets whether the rate of all requests adapts when one is throttled. `true` by default.
    #[must_use]
    pub fn adaptive_rate(mut self, adapts: bool) -> Self {
        self.adapts = adapts;
        self
    }

    /// Sets what becomes of an item whose key came before. Sent by default.
    #[must_use]
    pub fn duplicates(mut self, duplicates: Duplicates) -> Self {
        self.duplicates = duplicates;
        self
    }

    /// Sets whether a failure that says that the item is as it was asked to be counts as done:
    /// `Conflict` for an item that is to be added. `true` by default. It always does for an item
    /// whose first try may have taken effect without an answer.
    #[must_use]
    pub fn already_done_counts(mut self, counts: bool) -> Self {
        self.done_codes = counts;
        self
    }

    /// Sets whether the run ends when a whole request is refused for what will hold for the next one
    /// too: HTTP 401, 403 and 404, such as `ForbiddenException`. `true` by default; otherwise only the
    /// request's items are refused.
    #[must_use]
    pub fn end_on_refusal(mut self, ends: bool) -> Self {
        self.refusal_ends = ends;
        self
    }

    /// Sets what the random part of waits starts from, so that a run can be repeated.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }
}
