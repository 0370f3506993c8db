//! Decides which faults apply to each request.

use super::{Faults, pattern};
use crate::ledger::Ledger;
use crate::refusal::{ItemError, Kind, Refusal};
use fastrand::Rng;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

/// The enabled faults, their state, and the counts so far.
#[derive(Debug)]
pub(crate) struct State {
    faults: Faults,
    rng: Rng,
    bucket: Option<Bucket>,
    /// How often each rule, by its index, refused an ID.
    refused: HashMap<(usize, String), u32>,
    pub(crate) ledger: Ledger,
}

/// What happens to a request.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// The delay before anything else.
    pub(crate) delay: Duration,
    pub(crate) fate: Fate,
    /// The random generator of the request, if its items may be refused.
    pub(crate) items: Option<Rng>,
}

#[derive(Debug)]
pub(crate) enum Fate {
    /// The connection is reset, and the request does not take effect.
    ResetBefore,
    /// The response is an error, and the request does not take effect.
    Refused {
        refusal: Refusal,
        retry_after_ms: Option<u64>,
        /// Whether the rate was exceeded.
        by_rate: bool,
    },
    CarriedOut(Delivery),
}

/// How the response of a request that took effect is sent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Delivery {
    Whole,
    /// Not at all: the connection is reset.
    Reset,
    /// Only this fraction of the body, less than 1.
    Truncated(f64),
    /// In pieces, with this pause between them.
    Slow(Duration),
}

impl Default for State {
    fn default() -> Self {
        Self::new(Faults::default(), Ledger::default())
    }
}

impl State {
    fn new(faults: Faults, ledger: Ledger) -> Self {
        Self {
            rng: Rng::with_seed(faults.seed),
            bucket: faults.rate.map(|rate| Bucket::new(rate, faults.burst)),
            refused: HashMap::new(),
            faults,
            ledger,
        }
    }

    /// Replaces the faults and resets their state.
    pub(crate) fn set(&mut self, faults: Faults) {
        *self = Self::new(faults, std::mem::take(&mut self.ledger));
    }

    pub(crate) fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Decides what happens to a request. Each request has its own generator, so the result depends only on
    /// its position in the order of requests, and not on concurrent requests.
    pub(crate) fn decide(&mut self, operation: Option<&str>, now: Instant) -> Verdict {
        let only = &self.faults.only;
        let concerned = only.is_empty()
            || operation.is_some_and(|operation| only.iter().any(|name| name == operation));
        if !concerned {
            return Verdict {
                delay: Duration::ZERO,
                fate: Fate::CarriedOut(Delivery::Whole),
                items: None,
            };
        }
        let mut rng = self.rng.fork();
        let jitter = match self.faults.latency_jitter_ms {
            0 => 0,
            most => rng.u64(0..=most),
        };
        Verdict {
            delay: Duration::from_millis(self.faults.latency_ms + jitter),
            fate: self.fate(&mut rng, now),
            items: (!self.faults.refuse.is_empty()).then_some(rng),
        }
    }

    fn fate(&mut self, rng: &mut Rng, now: Instant) -> Fate {
        let faults = &self.faults;
        if happens(rng, faults.reset_before) {
            return Fate::ResetBefore;
        }
        if let Some(bucket) = &mut self.bucket
            && !bucket.take(now)
        {
            return Fate::Refused {
                refusal: Refusal {
                    kind: Kind::Throttled,
                    message: "the request rate is exceeded".to_owned(),
                },
                retry_after_ms: faults.retry_after_ms,
                by_rate: true,
            };
        }
        for rule in &faults.fail {
            let Some(kind) = Kind::of_shape(&rule.shape) else {
                continue;
            };
            if happens(rng, rule.probability) {
                let message = rule.message.clone();
                return Fate::Refused {
                    refusal: Refusal {
                        kind,
                        message: message
                            .unwrap_or_else(|| "an injected fault of the local Chime".to_owned()),
                    },
                    retry_after_ms: faults.retry_after_ms.filter(|_| kind == Kind::Throttled),
                    by_rate: false,
                };
            }
        }
        Fate::CarriedOut(if happens(rng, faults.reset_after) {
            Delivery::Reset
        } else if happens(rng, faults.truncate) {
            Delivery::Truncated(rng.f64())
        } else if happens(rng, faults.slow) {
            Delivery::Slow(Duration::from_millis(faults.slow_pause_ms))
        } else {
            Delivery::Whole
        })
    }

    fn refuse_item(&mut self, rng: &mut Rng, id: &str) -> Option<ItemError> {
        for (i, rule) in self.faults.refuse.iter().enumerate() {
            if !pattern::matches(&rule.pattern, id) {
                continue;
            }
            let key = (i, id.to_owned());
            if let Some(times) = rule.times
                && self.refused.get(&key).is_some_and(|count| *count >= times)
            {
                continue;
            }
            if !happens(rng, rule.probability) {
                continue;
            }
            if rule.times.is_some() {
                *self.refused.entry(key).or_default() += 1;
            }
            self.ledger.counts.refused_items += 1;
            return Some(ItemError {
                code: rule.code.clone(),
                message: rule.message.clone().unwrap_or_else(|| {
                    format!("an injected fault of the local Chime refuses {id}")
                }),
            });
        }
        None
    }
}

fn happens(rng: &mut Rng, probability: f64) -> bool {
    probability > 0.0 && rng.f64() < probability
}

/// The faults that may refuse the items of a request.
#[derive(Debug)]
pub(crate) struct ItemFaults {
    pub(crate) state: Arc<Mutex<State>>,
    pub(crate) rng: Rng,
}

impl ItemFaults {
    pub(crate) fn refuse(&mut self, id: &str) -> Option<ItemError> {
        crate::service::lock(&self.state).refuse_item(&mut self.rng, id)
    }
}

/// A token bucket: each request takes a token, and tokens are refilled at a rate.
#[derive(Debug)]
struct Bucket {
    rate: f64,
    size: f64,
    tokens: f64,
    last: Option<Instant>,
}

impl Bucket {
    fn new(rate: f64, burst: Option<u32>) -> Self {
        let size = burst.map_or(rate, f64::from).max(1.0);
        Self {
            rate,
            size,
            tokens: size,
            last: None,
        }
    }

    fn take(&mut self, now: Instant) -> bool {
        if let Some(last) = self.last {
            let since = now.saturating_duration_since(last).as_secs_f64();
            self.tokens = (self.tokens + since * self.rate).min(self.size);
        }
        self.last = Some(now);
        // A caller that waits exactly as long as required must not be refused because of rounding.
        if self.tokens < 1.0 - 1e-6 {
            return false;
        }
        self.tokens = (self.tokens - 1.0).max(0.0);
        true
    }
}
