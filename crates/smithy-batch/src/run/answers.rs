//! The meaning of a response for the items of its request.

use super::{BatchRun, micros};
use crate::failure::{Meaning, RequestFailure};
use crate::rate::Seconds;
use crate::report::{ItemStatus, OpenItem, State};
use crate::{BatchFailure, BatchOperation};
use smithy_operation::{SendResult, Structure};
use std::sync::Arc;
use std::time::Duration;

/// How many times an item may be throttled for each try that it has.
const THROTTLES_PER_TRY: u32 = 10;

impl<O> BatchRun<O>
where
    O: BatchOperation,
    <O::Input as Structure>::Builder: Clone + Send,
{
    /// Handles the response to a request.
    pub(super) fn take_answer(
        &mut self,
        request: u64,
        sent_at: Seconds,
        answer: SendResult<O::Output, O::Error>,
    ) {
        let handle = self.handle.clone();
        let mut state = handle.state();
        let Some(mut items) = state.in_flight.remove(&request) else {
            return;
        };
        for item in &mut items {
            item.tries += 1;
        }
        self.jitter = 0.5 + 0.5 * self.random.f64();
        match answer {
            Ok(output) => {
                self.take_output(&mut state, items, sent_at, O::failures(output));
            }
            Err(error) => {
                let failure = RequestFailure::new(error, self.call.handle());
                self.take_failure(&mut state, items, sent_at, &failure);
            }
        }
    }

    /// Handles a request that succeeded, except for the items that failed.
    fn take_output(
        &mut self,
        state: &mut State<O::Item>,
        items: Vec<OpenItem<O::Item>>,
        sent_at: Seconds,
        failures: Vec<BatchFailure>,
    ) {
        if failures.is_empty() {
            state.settle_done(items);
            return;
        }
        // If most items are throttled, the request counts as throttled.
        let throttled = failures.iter().filter(|failure| {
            let code = failure.code.as_deref();
            code.is_some_and(|code| O::RULES.throttle.contains(&code))
        });
        if throttled.count() * 2 > items.len() {
            self.rate.throttled(self.now, sent_at);
        }
        let mut failures: Vec<Option<BatchFailure>> = failures.into_iter().map(Some).collect();
        let mut rest = Vec::new();
        // Failures are usually listed in the order of the items.
        let mut next = 0;
        for item in items {
            let key = O::key(&item.item);
            let is_own = |failure: &Option<BatchFailure>| {
                let failure_key = failure.as_ref().and_then(|failure| failure.key.as_deref());
                failure_key.is_some() && failure_key == key
            };
            let own = match failures.get(next).is_some_and(is_own) {
                true => Some(next),
                false => failures.iter().position(is_own),
            };
            next = own.map_or(next, |own| own + 1);
            match own.and_then(|own| failures[own].take()) {
                Some(failure) => self.take_refusal(state, item, failure),
                None => rest.push(item),
            }
        }
        // If a failure belongs to no item, any of the others may have failed.
        if failures.iter().all(Option::is_none) {
            state.settle_done(rest);
            return;
        }
        // The key of the failure may be sensitive.
        let why = "the service reported the failure of an item that was not sent".into();
        for item in rest {
            self.take_unknown(state, item, &why, None);
        }
    }

    /// Handles an item that the service refused.
    fn take_refusal(
        &mut self,
        state: &mut State<O::Item>,
        item: OpenItem<O::Item>,
        failure: BatchFailure,
    ) {
        let BatchFailure { code, message, .. } = failure;
        let is = |codes: &[&str]| code.as_deref().is_some_and(|code| codes.contains(&code));
        if is(O::RULES.done) && (self.config.done_codes || item.uncertain) {
            state.settle(item, ItemStatus::Done);
            return;
        }
        let retryable = is(O::RULES.retry);
        if retryable && item.tries < self.config.max_tries {
            self.retry(state, item, None);
        } else {
            let status = refused(&item, code, message, retryable);
            state.settle(item, status);
        }
    }

    /// Handles a request that failed as a whole.
    fn take_failure(
        &mut self,
        state: &mut State<O::Item>,
        mut items: Vec<OpenItem<O::Item>>,
        sent_at: Seconds,
        failure: &RequestFailure,
    ) {
        let wait = failure.wait;
        if let Some(wait) = wait {
            self.rate.pause(self.now + wait.as_secs_f64());
        }
        let refused = |item: &OpenItem<O::Item>, retryable| {
            let message = Some(failure.message.clone());
            refused(item, failure.code.clone(), message, retryable)
        };
        let why = || Arc::<str>::from(failure.message.as_str());
        match failure.meaning {
            Meaning::Throttled => {
                state.counts.throttled += 1;
                self.rate.throttled(self.now, sent_at);
                let most = self.config.max_tries.saturating_mul(THROTTLES_PER_TRY);
                for mut item in items {
                    // A throttled request does not count as a try.
                    item.tries -= 1;
                    item.throttles += 1;
                    if item.throttles < most && self.can_wait() {
                        self.retry(state, item, wait);
                    } else {
                        let status = refused(&item, true);
                        state.settle(item, status);
                    }
                }
            }
            Meaning::Unavailable => {
                for item in items {
                    if item.tries < self.config.max_tries {
                        self.retry(state, item, wait);
                    } else {
                        let status = refused(&item, true);
                        state.settle(item, status);
                    }
                }
            }
            Meaning::Unknown => {
                let why = why();
                for item in items {
                    self.take_unknown(state, item, &why, wait);
                }
            }
            // A single bad item fails a whole request. Sending the halves separately finds it.
            Meaning::BadRequest if items.len() > 1 => {
                for item in &mut items {
                    item.tries -= 1;
                }
                let second = items.split_off(items.len() / 2);
                state.halves.extend([items, second]);
            }
            Meaning::BadRequest | Meaning::Refused => {
                for item in items {
                    let status = refused(&item, false);
                    state.settle(item, status);
                }
                if failure.meaning == Meaning::Refused && self.config.refusal_ends {
                    state.ended.get_or_insert_with(why);
                }
            }
            Meaning::Unsendable => {
                let why = why();
                for item in items {
                    let status = item.given_up(&why, false);
                    state.settle(item, status);
                }
                state.ended.get_or_insert(why);
            }
        }
    }

    /// Handles an item for which it is unknown whether the last try took effect. It is retried if that is
    /// safe.
    fn take_unknown(
        &mut self,
        state: &mut State<O::Item>,
        mut item: OpenItem<O::Item>,
        why: &Arc<str>,
        wait: Option<Duration>,
    ) {
        item.uncertain = true;
        if O::RULES.repeatable && item.tries < self.config.max_tries {
            self.retry(state, item, wait);
        } else {
            let (why, tries) = (why.clone(), item.tries);
            state.settle(item, ItemStatus::Unknown { why, tries });
        }
    }

    /// Schedules another try of an item, no earlier than the service asks.
    fn retry(&self, state: &mut State<O::Item>, item: OpenItem<O::Item>, wait: Option<Duration>) {
        // The rate already holds back items that were only throttled.
        let only_throttled = item.tries == 0 && item.throttles > 0;
        let backoff = match only_throttled || !self.can_wait() {
            true => 0.0,
            false => self.backoff(item.tries),
        };
        let asked = wait.map_or(0.0, |wait| wait.as_secs_f64());
        let due = self.now + backoff.max(asked);
        state.retries.insert((micros(due), item.index), item);
    }

    /// Returns how long an item waits after this many tries.
    fn backoff(&self, tries: u32) -> Seconds {
        let doublings = tries.max(1) - 1;
        let backoff =
            self.config.initial_backoff.as_secs_f64() * 2f64.powi(doublings.min(30) as i32);
        backoff.min(self.config.max_backoff.as_secs_f64()) * self.jitter
    }
}

/// Returns the status of an item whose last try the service refused. If an earlier try may have taken
/// effect, the item stays unknown.
pub(super) fn refused<T>(
    item: &OpenItem<T>,
    code: Option<String>,
    message: Option<String>,
    retryable: bool,
) -> ItemStatus {
    let tries = item.tries;
    if !item.uncertain {
        return ItemStatus::Refused {
            code,
            message,
            tries,
            retryable,
        };
    }
    let why = format!(
        "an earlier try may have taken effect; the last one was refused: {}: {}",
        code.as_deref().unwrap_or("no code"),
        message.as_deref().unwrap_or("no message"),
    );
    ItemStatus::Unknown {
        why: why.into(),
        tries,
    }
}
