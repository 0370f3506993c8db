//! What an answer means for the items of its request.

use super::{BatchRun, micros};
use crate::batch::failure::{Meaning, RequestFailure};
use crate::batch::rate::Seconds;
use crate::batch::report::{Entry, ItemStatus, State};
use crate::batch::{BatchFailure, BatchOperation};
use crate::call::SendResult;
use crate::structure::Structure;
use std::sync::Arc;
use std::time::Duration;

/// How often as often as a try an item may be throttled.
const THROTTLES_PER_TRY: u32 = 10;

impl<O> BatchRun<O>
where
    O: BatchOperation,
    <O::Input as Structure>::Builder: Clone + Send,
{
    /// Takes an answer, whatever it is.
    pub(super) fn take_answer(
        &mut self,
        request: u64,
        sent_at: Seconds,
        answer: SendResult<O::Output, O::Error>,
    ) {
        let handle = self.handle.clone();
        let mut state = handle.state();
        let Some(mut entries) = state.flying.remove(&request) else {
            return;
        };
        for entry in &mut entries {
            entry.tries += 1;
        }
        self.jitter = 0.5 + 0.5 * self.random.f64();
        match answer {
            Ok(output) => {
                self.take_output(&mut state, entries, sent_at, O::failures(output));
            }
            Err(error) => {
                let failure = RequestFailure::new(error);
                self.take_failure(&mut state, entries, sent_at, &failure);
            }
        }
    }

    /// The request succeeded, but for some items.
    fn take_output(
        &mut self,
        state: &mut State<O::Item>,
        entries: Vec<Entry<O::Item>>,
        sent_at: Seconds,
        failures: Vec<BatchFailure>,
    ) {
        if failures.is_empty() {
            state.settle_done(entries);
            return;
        }
        // A request of which most is throttled is as good as throttled.
        let throttled = failures.iter().filter(|failure| {
            let code = failure.code.as_deref();
            code.is_some_and(|code| O::RULES.throttle.contains(&code))
        });
        if throttled.count() * 2 > entries.len() {
            self.rate.throttled(self.now, sent_at);
        }
        let mut failures: Vec<Option<BatchFailure>> = failures.into_iter().map(Some).collect();
        let mut rest = Vec::new();
        // Failures mostly come in the order of the items.
        let mut next = 0;
        for entry in entries {
            let key = O::key(&entry.item);
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
                Some(failure) => self.take_refusal(state, entry, failure),
                None => rest.push(entry),
            }
        }
        // Failures of nobody known: any of the others may have failed.
        let stray: Vec<BatchFailure> = failures.into_iter().flatten().collect();
        let Some(first) = stray.first() else {
            state.settle_done(rest);
            return;
        };
        let why = format!(
            "the service told a failure of an item that was not sent: {:?}",
            first.key
        );
        for entry in rest {
            self.take_unknown(state, entry, &why.as_str().into(), None);
        }
    }

    /// The service refused an item.
    fn take_refusal(
        &mut self,
        state: &mut State<O::Item>,
        entry: Entry<O::Item>,
        failure: BatchFailure,
    ) {
        let BatchFailure { code, message, .. } = failure;
        let is = |codes: &[&str]| code.as_deref().is_some_and(|code| codes.contains(&code));
        if is(O::RULES.done) && (self.config.done_codes || entry.uncertain) {
            state.settle(entry, ItemStatus::Done);
        } else if is(O::RULES.retry) {
            if entry.tries < self.config.max_tries {
                self.put_back(state, entry, None);
            } else {
                let status = refused(&entry, code, message, true);
                state.settle(entry, status);
            }
        } else {
            let status = refused(&entry, code, message, false);
            state.settle(entry, status);
        }
    }

    /// The request failed as a whole.
    fn take_failure(
        &mut self,
        state: &mut State<O::Item>,
        mut entries: Vec<Entry<O::Item>>,
        sent_at: Seconds,
        failure: &RequestFailure,
    ) {
        let wait = failure.wait;
        if let Some(wait) = wait {
            self.rate.pause(self.now + wait.as_secs_f64());
        }
        match failure.meaning {
            Meaning::Throttled => {
                state.counts.throttled += 1;
                self.rate.throttled(self.now, sent_at);
                for mut entry in entries {
                    // It was no try.
                    entry.tries -= 1;
                    entry.throttles += 1;
                    let most = self.config.max_tries.saturating_mul(THROTTLES_PER_TRY);
                    if entry.throttles < most && self.can_wait() {
                        self.put_back(state, entry, wait);
                    } else {
                        let message = Some(failure.message.clone());
                        let status = refused(&entry, failure.code.clone(), message, true);
                        state.settle(entry, status);
                    }
                }
            }
            Meaning::Unavailable => {
                for entry in entries {
                    if entry.tries < self.config.max_tries {
                        self.put_back(state, entry, wait);
                    } else {
                        let message = Some(failure.message.clone());
                        let status = refused(&entry, failure.code.clone(), message, true);
                        state.settle(entry, status);
                    }
                }
            }
            Meaning::Unknown => {
                let why: Arc<str> = failure.message.as_str().into();
                for entry in entries {
                    self.take_unknown(state, entry, &why, wait);
                }
            }
            // One bad item spoils a request: halves of it tell which.
            Meaning::BadRequest if entries.len() > 1 => {
                for entry in &mut entries {
                    entry.tries -= 1;
                }
                let other = entries.split_off(entries.len() / 2);
                state.parts.extend([entries, other]);
            }
            Meaning::BadRequest | Meaning::Refused => {
                for entry in entries {
                    let message = Some(failure.message.clone());
                    let status = refused(&entry, failure.code.clone(), message, false);
                    state.settle(entry, status);
                }
                if failure.meaning == Meaning::Refused && self.config.refusal_ends {
                    let why = || failure.message.as_str().into();
                    state.ended.get_or_insert_with(why);
                }
            }
            Meaning::Unsendable => {
                let why: Arc<str> = failure.message.as_str().into();
                for entry in entries {
                    let status = match entry.uncertain {
                        true => ItemStatus::Unknown {
                            why: why.clone(),
                            tries: entry.tries,
                        },
                        false => ItemStatus::NotSent { why: why.clone() },
                    };
                    state.settle(entry, status);
                }
                state.ended.get_or_insert(why);
            }
        }
    }

    /// Nobody knows whether a try took effect. Where that does no harm, the item is tried again.
    fn take_unknown(
        &mut self,
        state: &mut State<O::Item>,
        mut entry: Entry<O::Item>,
        why: &Arc<str>,
        wait: Option<Duration>,
    ) {
        entry.uncertain = true;
        if O::RULES.repeatable && entry.tries < self.config.max_tries {
            self.put_back(state, entry, wait);
        } else {
            let (why, tries) = (why.clone(), entry.tries);
            state.settle(entry, ItemStatus::Unknown { why, tries });
        }
    }

    /// Tries an item again, later.
    fn put_back(
        &mut self,
        state: &mut State<O::Item>,
        entry: Entry<O::Item>,
        wait: Option<Duration>,
    ) {
        let doublings = entry.tries.max(1) - 1;
        let backoff =
            self.config.initial_backoff.as_secs_f64() * 2f64.powi(doublings.min(30) as i32);
        let backoff = backoff.min(self.config.max_backoff.as_secs_f64());
        let backoff = backoff * self.jitter;
        let backoff = match entry.throttles {
            // The rate holds it back.
            1.. if entry.tries == 0 => 0.0,
            _ if !self.can_wait() => 0.0,
            _ => backoff,
        };
        let asked = wait.map_or(0.0, |wait| wait.as_secs_f64());
        let due = self.now + backoff.max(asked);
        state.again.insert((micros(due), entry.index), entry);
    }
}

/// The status of an item that the service refused last. If a try before may have taken effect, that is
/// still so.
pub(super) fn refused<T>(
    entry: &Entry<T>,
    code: Option<String>,
    message: Option<String>,
    retryable: bool,
) -> ItemStatus {
    let tries = entry.tries;
    if !entry.uncertain {
        return ItemStatus::Refused {
            code,
            message,
            tries,
            retryable,
        };
    }
    let why = format!(
        "a try before may have taken effect; the last was refused: {}: {}",
        code.as_deref().unwrap_or("no code"),
        message.as_deref().unwrap_or("no message"),
    );
    ItemStatus::Unknown {
        why: why.into(),
        tries,
    }
}
