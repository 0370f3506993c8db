//! The outcomes of items, and the state that a run shares with its handles.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The status of an item at the end of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ItemStatus {
    /// The item is as requested.
    Done,
    /// The service refused the item.
    Refused {
        /// The error code, if the service gave one.
        code: Option<String>,
        /// The service's explanation.
        message: Option<String>,
        /// How many times the item was tried.
        tries: u32,
        /// Whether another try may succeed. The run gave up because the tries ran out.
        retryable: bool,
    },
    /// The item was not sent, or not again after a try that did not take effect.
    NotSent {
        /// The reason.
        why: Arc<str>,
    },
    /// The item was sent, and it is unknown whether that took effect.
    Unknown {
        /// The reason.
        why: Arc<str>,
        /// How many times the item was tried.
        tries: u32,
    },
    /// The key of the item had already appeared, and the item was dropped.
    Duplicate,
}

/// An item and its status.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome<T> {
    /// The position of the item in the input, starting at 0.
    pub index: usize,
    /// The item.
    pub item: T,
    /// The status of the item.
    pub status: ItemStatus,
}

/// The number of items with each status, and the effort of the run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BatchCounts {
    /// Items that were read from their source.
    pub items: usize,
    /// Items that are done.
    pub done: usize,
    /// Items that were refused.
    pub refused: usize,
    /// Items that were not sent.
    pub not_sent: usize,
    /// Items for which it is unknown whether they are done.
    pub unknown: usize,
    /// Items that were dropped as duplicates.
    pub duplicates: usize,
    /// Requests that were sent.
    pub requests: u64,
    /// Requests that the service throttled.
    pub throttled: u64,
    /// Tries of items beyond their first.
    pub retries: u64,
    /// How long the run has taken so far.
    pub elapsed: Duration,
}

/// The status of every item of a run, in input order.
///
/// Items that are done are not kept, all others are.
#[derive(Debug, Clone)]
pub struct BatchReport<T> {
    /// The number of items with each status, and the effort of the run.
    pub counts: BatchCounts,
    kept: BTreeMap<usize, (T, ItemStatus)>,
    ended: Option<Arc<str>>,
    source_ended: bool,
    repeatable: bool,
}

impl<T> BatchReport<T> {
    /// Returns whether every item is done or a duplicate.
    pub fn is_complete(&self) -> bool {
        self.counts.done + self.counts.duplicates == self.counts.items && self.source_ended
    }

    /// Returns why the run ended before all items were tried, if it did.
    pub fn ended(&self) -> Option<&str> {
        self.ended.as_deref()
    }

    /// Returns whether all items of the source were read.
    ///
    /// A run that ends early does not read a stream to its end. Items that remain in the stream are not
    /// reported.
    pub fn source_ended(&self) -> bool {
        self.source_ended
    }

    /// Returns the index and status of every item, in input order, with the item itself unless it is
    /// done.
    pub fn entries(&self) -> impl Iterator<Item = (usize, &ItemStatus, Option<&T>)> {
        (0..self.counts.items).map(|index| {
            let (item, status) = match self.kept.get(&index) {
                Some((item, status)) => (Some(item), status),
                None => (None, &ItemStatus::Done),
            };
            (index, status, item)
        })
    }

    /// Returns the items that are not done, in input order.
    pub fn failures(&self) -> impl Iterator<Item = (usize, &ItemStatus, &T)> {
        let kept = self.kept.iter();
        kept.map(|(index, (item, status))| (*index, status, item))
    }

    /// Returns the items to pass to another run, in input order: those that were not sent, those that were
    /// refused although another try may succeed, and, if the operation may be repeated, those for which it is
    /// unknown whether they are done.
    pub fn remaining(&self) -> impl Iterator<Item = &T> {
        self.kept
            .values()
            .filter_map(|(item, status)| match status {
                ItemStatus::NotSent { .. } => Some(item),
                ItemStatus::Refused { retryable, .. } if *retryable => Some(item),
                ItemStatus::Unknown { .. } if self.repeatable => Some(item),
                _ => None,
            })
    }
}

/// An item without an outcome.
#[derive(Debug, Clone)]
pub(super) struct OpenItem<T> {
    pub(super) index: usize,
    pub(super) item: T,
    pub(super) tries: u32,
    pub(super) throttles: u32,
    /// Whether an earlier try may have taken effect.
    pub(super) uncertain: bool,
}

impl<T> OpenItem<T> {
    /// Returns the status of the item if nothing more is done for it.
    pub(super) fn given_up(&self, why: &Arc<str>, in_flight: bool) -> ItemStatus {
        match in_flight || self.uncertain {
            true => ItemStatus::Unknown {
                why: why.clone(),
                tries: self.tries + u32::from(in_flight),
            },
            false => ItemStatus::NotSent { why: why.clone() },
        }
    }
}

/// Outcomes that the run has not returned yet.
#[derive(Debug)]
pub(super) enum Settled<T> {
    One(Outcome<T>),
    /// All items of a request that are done.
    Done(std::vec::IntoIter<OpenItem<T>>),
}

/// Takes the next outcome, if there is one.
pub(super) fn next_settled<T>(settled: &mut VecDeque<Settled<T>>) -> Option<Outcome<T>> {
    loop {
        if let Settled::Done(items) = settled.front_mut()? {
            if let Some(OpenItem { index, item, .. }) = items.next() {
                let status = ItemStatus::Done;
                return Some(Outcome {
                    index,
                    item,
                    status,
                });
            }
            settled.pop_front();
        } else if let Some(Settled::One(outcome)) = settled.pop_front() {
            return Some(outcome);
        }
    }
}

/// The state that a run shares with its handles. Every item is in exactly one place.
#[derive(Debug)]
pub(super) struct State<T> {
    pub(super) counts: BatchCounts,
    pub(super) settled: VecDeque<Settled<T>>,
    /// Items that were not tried yet, in input order.
    pub(super) fresh: VecDeque<OpenItem<T>>,
    /// Items that wait for another try, by the time in microseconds at which they are due.
    pub(super) retries: BTreeMap<(u64, usize), OpenItem<T>>,
    /// Halves of requests that were refused, to be sent separately to find the item at fault.
    pub(super) halves: VecDeque<Vec<OpenItem<T>>>,
    /// The items of the requests in flight, by the number of the request.
    pub(super) in_flight: HashMap<u64, Vec<OpenItem<T>>>,
    /// Why the run ends early, if it does.
    pub(super) ended: Option<Arc<str>>,
    pub(super) source_ended: bool,
    kept: BTreeMap<usize, (T, ItemStatus)>,
    repeatable: bool,
}

impl<T: Clone> State<T> {
    pub(super) fn new(repeatable: bool) -> Self {
        Self {
            counts: BatchCounts::default(),
            settled: VecDeque::new(),
            fresh: VecDeque::new(),
            retries: BTreeMap::new(),
            halves: VecDeque::new(),
            in_flight: HashMap::new(),
            ended: None,
            source_ended: false,
            kept: BTreeMap::new(),
            repeatable,
        }
    }

    /// Counts and numbers an item that was read from the source.
    pub(super) fn admit(&mut self, item: T) -> OpenItem<T> {
        let index = self.counts.items;
        self.counts.items += 1;
        OpenItem {
            index,
            item,
            tries: 0,
            throttles: 0,
            uncertain: false,
        }
    }

    /// Takes an item that can be sent at this time in microseconds: one that waited for another try, or
    /// else a new one.
    pub(super) fn take_ready(&mut self, now: u64) -> Option<OpenItem<T>> {
        match self.retries.first_entry() {
            Some(first) if first.key().0 <= now => Some(first.remove()),
            _ => self.fresh.pop_front(),
        }
    }

    /// Records the status of an item.
    pub(super) fn settle(&mut self, item: OpenItem<T>, status: ItemStatus) {
        let OpenItem { index, item, .. } = item;
        let count = match &status {
            ItemStatus::Done => &mut self.counts.done,
            ItemStatus::Refused { .. } => &mut self.counts.refused,
            ItemStatus::NotSent { .. } => &mut self.counts.not_sent,
            ItemStatus::Unknown { .. } => &mut self.counts.unknown,
            ItemStatus::Duplicate => &mut self.counts.duplicates,
        };
        *count += 1;
        if status != ItemStatus::Done {
            self.kept.insert(index, (item.clone(), status.clone()));
        }
        self.settled.push_back(Settled::One(Outcome {
            index,
            item,
            status,
        }));
    }

    /// Records that all of these items are done.
    pub(super) fn settle_done(&mut self, items: Vec<OpenItem<T>>) {
        self.counts.done += items.len();
        self.settled.push_back(Settled::Done(items.into_iter()));
    }

    /// Returns the number of items without an outcome.
    pub(super) fn open(&self) -> usize {
        let halves: usize = self.halves.iter().map(Vec::len).sum();
        let in_flight: usize = self.in_flight.values().map(Vec::len).sum();
        self.fresh.len() + self.retries.len() + halves + in_flight
    }

    /// Settles every item that waits or is in flight.
    pub(super) fn stop(&mut self, why: &Arc<str>) {
        self.ended.get_or_insert_with(|| why.clone());
        let mut waiting: Vec<OpenItem<T>> = self.fresh.drain(..).collect();
        waiting.extend(std::mem::take(&mut self.retries).into_values());
        waiting.extend(self.halves.drain(..).flatten());
        waiting.sort_by_key(|item| item.index);
        for item in waiting {
            let status = item.given_up(why, false);
            self.settle(item, status);
        }
        let in_flight = self.in_flight.drain().flat_map(|(_, items)| items);
        let mut in_flight: Vec<OpenItem<T>> = in_flight.collect();
        in_flight.sort_by_key(|item| item.index);
        for item in in_flight {
            let status = item.given_up(why, true);
            self.settle(item, status);
        }
    }

    /// Reports the status of every item so far. Items that wait count as not sent, items in flight as
    /// unknown.
    fn report(&self) -> BatchReport<T> {
        let mut counts = self.counts;
        let mut kept = self.kept.clone();
        let why: Arc<str> = "the run has not ended".into();
        let waiting = self.fresh.iter().chain(self.retries.values());
        let waiting = waiting.chain(self.halves.iter().flatten());
        let waiting = waiting.map(|item| (item, false));
        let in_flight = self.in_flight.values().flatten().map(|item| (item, true));
        for (item, in_flight) in waiting.chain(in_flight) {
            let status = item.given_up(&why, in_flight);
            match status {
                ItemStatus::NotSent { .. } => counts.not_sent += 1,
                _ => counts.unknown += 1,
            }
            kept.insert(item.index, (item.item.clone(), status));
        }
        BatchReport {
            counts,
            kept,
            ended: self.ended.clone(),
            source_ended: self.source_ended,
            repeatable: self.repeatable,
        }
    }
}

/// A view of a run that remains valid when the run is dropped.
#[derive(Debug)]
pub struct BatchHandle<T>(Arc<Mutex<State<T>>>);

impl<T> Clone for BatchHandle<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Clone> BatchHandle<T> {
    pub(super) fn new(repeatable: bool) -> Self {
        Self(Arc::new(Mutex::new(State::new(repeatable))))
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State<T>> {
        // If a thread panicked, its state is reported as it is.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the counts so far.
    pub fn counts(&self) -> BatchCounts {
        self.state().counts
    }

    /// Returns why the run ended before all items were tried, if it did.
    pub fn ended(&self) -> Option<Arc<str>> {
        self.state().ended.clone()
    }

    /// Reports the status of every item so far. Until the run ends, items that wait count as not sent, and
    /// items in flight as unknown.
    pub fn report(&self) -> BatchReport<T> {
        self.state().report()
    }
}
