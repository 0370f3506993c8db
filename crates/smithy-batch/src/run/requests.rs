//! Reading items from their source, and combining them into requests.

use super::answers::refused;
use super::{BatchRun, micros};
use crate::BatchOperation;
use crate::config::Duplicates;
use crate::report::{ItemStatus, OpenItem, State};
use smithy_operation::Structure;
use std::collections::HashSet;
use std::task::{Context, Poll};

/// How reading from the source went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fetched {
    /// As many items as asked for were read.
    All,
    /// The source has no more items ready, but may have later.
    SomeForNow,
    /// The source has ended.
    Last,
}

impl<O> BatchRun<O>
where
    O: BatchOperation,
    <O::Input as Structure>::Builder: Clone + Send,
{
    /// Reads from the source until `limit` items are fetched. Without the lock, because the source is the
    /// caller's.
    pub(super) fn fetch(&mut self, cx: &mut Context<'_>, limit: usize) -> Fetched {
        while self.fetched.len() < limit {
            match self.items.poll_next(cx) {
                Poll::Ready(Some(item)) => self.fetched.push(item),
                Poll::Ready(None) => return Fetched::Last,
                Poll::Pending => return Fetched::SomeForNow,
            }
        }
        Fetched::All
    }

    /// Reads items until there are enough for a request. Returns whether any were read.
    pub(super) fn fill(&mut self, cx: &mut Context<'_>) -> bool {
        let limit = O::RULES.limit as usize;
        // While this many items wait for another try, no new ones are read.
        let most = limit * (self.config.concurrency + 1) * 2;
        let mut read = false;
        loop {
            let state = self.handle.state();
            let fresh = state.fresh.len();
            let elsewhere = state.open() - fresh;
            let wanted = limit.min(most.saturating_sub(elsewhere));
            if state.source_ended || fresh >= wanted {
                self.lingers = None;
                return read;
            }
            drop(state);
            let fetched = self.fetch(cx, wanted - fresh);
            read |= !self.fetched.is_empty();
            self.admit_fetched();
            match fetched {
                Fetched::All => {}
                Fetched::Last => {
                    self.handle.state().source_ended = true;
                    read = true;
                }
                Fetched::SomeForNow => {
                    let state = self.handle.state();
                    if !state.fresh.is_empty() || !state.retries.is_empty() {
                        self.lingers.get_or_insert(self.now);
                    }
                    return read;
                }
            }
        }
    }

    /// Moves fetched items into the shared state.
    fn admit_fetched(&mut self) {
        let mut state = self.handle.state();
        for item in self.fetched.drain(..) {
            let item = state.admit(item);
            let is_duplicate = self.config.duplicates != Duplicates::Send
                && O::key(&item.item).is_some_and(|key| !self.keys.insert(key.into()));
            match (is_duplicate, self.config.duplicates) {
                (true, Duplicates::Drop) => state.settle(item, ItemStatus::Duplicate),
                (true, Duplicates::Refuse) => {
                    let message = "an item with this key appeared earlier".to_owned();
                    let status = refused(&item, None, Some(message), false);
                    state.settle(item, status);
                }
                _ => state.fresh.push_back(item),
            }
        }
    }

    /// Takes the items of the next request, if there are enough for one.
    pub(super) fn next_request(&mut self) -> Option<Vec<OpenItem<O::Item>>> {
        let limit = O::RULES.limit as usize;
        let mut state = self.handle.state();
        if let Some(half) = state.halves.pop_front() {
            return Some(half);
        }
        let now = micros(self.now);
        let ready = state.retries.range(..(now + 1, 0)).count() + state.fresh.len();
        let lingered = self
            .lingers
            .is_some_and(|since| self.now - since >= self.config.linger.as_secs_f64());
        let may_be_partial = state.source_ended || lingered || state.open() >= limit * 2;
        if ready == 0 || ready < limit && !may_be_partial {
            return None;
        }
        let items = take_distinct::<O>(&mut state, now, limit.min(ready));
        if state.fresh.is_empty() {
            self.lingers = None;
        }
        Some(items)
    }
}

/// Takes up to `limit` items that are ready and have different keys.
///
/// The service identifies failures by key, so a request must not contain a key twice. Items whose key
/// is taken stay, first in line for the next request.
fn take_distinct<O: BatchOperation>(
    state: &mut State<O::Item>,
    now: u64,
    limit: usize,
) -> Vec<OpenItem<O::Item>> {
    let mut items = Vec::with_capacity(limit);
    let mut left = Vec::new();
    loop {
        let missing = limit - items.len();
        items.extend(std::iter::from_fn(|| state.take_ready(now)).take(missing));
        let repeats = repeats::<O>(&items);
        if !repeats.contains(&true) {
            break;
        }
        let mut repeats = repeats.into_iter();
        left.extend(items.extract_if(.., |_| repeats.next().unwrap_or_default()));
    }
    for item in left.into_iter().rev() {
        state.fresh.push_front(item);
    }
    items
}

/// Returns for each item whether an earlier one has the same key.
fn repeats<O: BatchOperation>(items: &[OpenItem<O::Item>]) -> Vec<bool> {
    let mut keys = HashSet::with_capacity(items.len());
    items
        .iter()
        .map(|item| !keys.insert(O::key(&item.item)))
        .collect()
}
