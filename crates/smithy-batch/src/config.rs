//! The configuration of a run.

use std::time::Duration;

/// What happens to an item whose key already appeared in the same run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Duplicates {
    /// It is sent like any other item, but never in the same request as an item with the same key.
    /// The service decides what becomes of it.
    #[default]
    Send,
    /// It is not sent, and reported as [`Duplicate`](super::ItemStatus::Duplicate). This keeps every
    /// key in memory.
    Drop,
    /// It is not sent, and reported as refused. This keeps every key in memory.
    Refuse,
}

/// The configuration of a run. The defaults suit a service that throttles.
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
    /// Creates a configuration with the defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the maximum number of requests in flight. The default is 8, the minimum 1.
    #[must_use]
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests.max(1);
        self
    }

    /// Sets how many times an item is tried. The default is 5, the minimum 1.
    ///
    /// A throttled request does not count as a try. An item is given up only after its requests were
    /// throttled ten times this number.
    #[must_use]
    pub fn max_tries(mut self, tries: u32) -> Self {
        self.max_tries = tries.max(1);
        self
    }

    /// Sets how long an item waits before its second try. The default is 200 ms.
    ///
    /// Each further wait is twice as long, up to [`max_backoff`](Self::max_backoff), and each is
    /// shortened at random by up to half. If the service asks for a longer wait, that applies.
    #[must_use]
    pub fn initial_backoff(mut self, wait: Duration) -> Self {
        self.initial_backoff = wait;
        self
    }

    /// Sets the longest wait between two tries. The default is 20 s.
    #[must_use]
    pub fn max_backoff(mut self, wait: Duration) -> Self {
        self.max_backoff = wait;
        self
    }

    /// Sets how long a request that is not full waits for more items of a stream that has none ready.
    /// The default is 50 ms.
    #[must_use]
    pub fn linger(mut self, wait: Duration) -> Self {
        self.linger = wait;
        self
    }

    /// Sets when the run ends, counted from its start. There is no deadline by default.
    ///
    /// Nothing is sent after the deadline. Requests in flight are abandoned, and their items are
    /// reported as unknown.
    #[must_use]
    pub fn deadline(mut self, after: impl Into<Option<Duration>>) -> Self {
        self.deadline = after.into();
        self
    }

    /// Sets the maximum number of requests per second, throttled or not. There is no limit by default.
    #[must_use]
    pub fn max_requests_per_second(mut self, rate: impl Into<Option<f64>>) -> Self {
        self.max_rate = rate.into().filter(|rate| rate.is_finite() && *rate > 0.0);
        self
    }

    /// Sets whether the rate of all requests adapts when one is throttled. The default is `true`.
    #[must_use]
    pub fn adaptive_rate(mut self, adapts: bool) -> Self {
        self.adapts = adapts;
        self
    }

    /// Sets what happens to an item whose key already appeared. It is sent by default.
    #[must_use]
    pub fn duplicates(mut self, duplicates: Duplicates) -> Self {
        self.duplicates = duplicates;
        self
    }

    /// Sets whether a failure that means that the item is already as requested counts as done, such as
    /// `Conflict` for an item to be added. The default is `true`.
    ///
    /// It always counts as done for an item of which an earlier try may have taken effect.
    #[must_use]
    pub fn already_done_counts(mut self, counts: bool) -> Self {
        self.done_codes = counts;
        self
    }

    /// Sets whether the run ends when a whole request is refused for a reason that applies to the next
    /// request as well: HTTP 401, 403 or 404, such as `ForbiddenException`. The default is `true`;
    /// otherwise only the items of that request are refused.
    #[must_use]
    pub fn end_on_refusal(mut self, ends: bool) -> Self {
        self.refusal_ends = ends;
        self
    }

    /// Sets the seed for the random part of waits, which makes a run repeatable.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }
}
