//! What became of every item.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What became of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ItemStatus {
    /// It is as it was asked to be.
    Done,
    /// The service refused it.
    Refused {
        /// The error code, if the service gave one.
        code: Option<String>,
        /// The service's explanation.
        message: Option<String>,
        /// How often it was tried.
        tries: u32,
        /// Whether another try may succeed: the tries ran out.
        retryable: bool,
    },
    /// It was not sent, or not again after a try that did not take effect.
    NotSent {
        /// Why.
        why: Arc<str>,
    },
    /// It was sent, and nobody knows whether that took effect.
    Unknown {
        /// Why.
        why: Arc<str>,
        /// How often it was tried.
        tries: u32,
    },
    /// Its key came before, and it was dropped.
    Duplicate,
}

/// An item and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome<T> {
    /// The item's place among all, from 0.
    pub index: usize,
    /// The item.
    pub item: T,
    /// What became of it.
    pub status: ItemStatus,
}

/// How many items met which fate, and what it took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BatchCounts {
    /// Items that were taken from their source.
    pub items: usize,
    /// Items that are done.
    pub done: usize,
    /// Items that were refused.
    pub refused: usize,
    /// Items that were not sent.
    pub not_sent: usize,
    /// Items of which nobody knows whether they are done.
    pub unknown: usize,
    /// Items that were dropped as duplicates.
    pub duplicates: usize,
    /// Requests that were sent.
    pub requests: u64,
    /// Requests that the service throttled.
    pub throttled: u64,
    /// Tries of items beyond their first.
    pub retries: u64,
    /// How long the run took so far.
    pub elapsed: Duration,
}

/// What became of every item of a run, in order of input.
///
/// Of items that are done nothing is kept; of all others the item and its fate are.
#[derive(Debug, Clone)]
pub struct BatchReport<T> {
    /// How many items met which fate, and what it took.
    pub counts: BatchCounts,
    kept: BTreeMap<usize, (T, ItemStatus)>,
    ended: Option<Arc<str>>,
    source_ended: bool,
    repeatable: bool,
}

impl<T> BatchReport<T> {
    /// Whether every item is done, or a duplicate of one.
    pub fn is_complete(&self) -> bool {
        self.counts.done + self.counts.duplicates == self.counts.items && self.source_ended
    }

    /// Why the run ended before all items were tried, if it did.
    pub fn ended(&self) -> Option<&str> {
        self.ended.as_deref()
    }

    /// Whether all items of the source were taken. A stream is left alone when a run ends early; what
    /// it still holds is in no report.
    pub fn source_ended(&self) -> bool {
        self.source_ended
    }

    /// Every item's fate, in order of input; items that are done are not kept, others are.
    pub fn entries(&self) -> impl Iterator<Item = (usize, &ItemStatus, Option<&T>)> {
        (0..self.counts.items).map(|index| {
            let (item, status) = match self.kept.get(&index) {
                Some((item, status)) => (Some(item), status),
                None => (None, &ItemStatus::Done),
            };
            (index, status, item)
        })
    }

    /// The items that are not done, in order of input.
    pub fn failures(&self) -> impl Iterator<Item = (usize, &ItemStatus, &T)> {
        let kept = self.kept.iter();
        kept.map(|(index, (item, status))| (*index, status, item))
    }

    /// What to feed to another run, in order of input: items that were not sent, that were refused
    /// though another try may succeed, and, where the operation may be repeated, those of which nobody
    /// knows whether they are done.
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

/// An item that has no fate yet.
#[derive(Debug, Clone)]
pub(super) struct Entry<T> {
    pub(super) index: usize,
    pub(super) item: T,
    pub(super) tries: u32,
    pub(super) throttles: u32,
    /// Whether a try of it may have taken effect.
    pub(super) uncertain: bool,
}

/// Outcomes that nobody has asked for yet.
#[derive(Debug)]
pub(super) enum Known<T> {
    One(Outcome<T>),
    Done(std::vec::IntoIter<Entry<T>>),
}

/// The next outcome, if there is one.
pub(super) fn next_known<T>(known: &mut VecDeque<Known<T>>) -> Option<Outcome<T>> {
    loop {
        if let Known::Done(entries) = known.front_mut()? {
            if let Some(Entry { index, item, .. }) = entries.next() {
                let status = ItemStatus::Done;
                return Some(Outcome {
                    index,
                    item,
                    status,
                });
            }
            known.pop_front();
        } else if let Some(Known::One(outcome)) = known.pop_front() {
            return Some(outcome);
        }
    }
}

/// What a run and its handles share.
#[derive(Debug)]
pub(super) struct State<T> {
    pub(super) counts: BatchCounts,
    pub(super) known: VecDeque<Known<T>>,
    /// Taken from the source, in order.
    pub(super) fresh: VecDeque<Entry<T>>,
    /// Tried before; when each is due.
    pub(super) again: BTreeMap<(u64, usize), Entry<T>>,
    /// Requests' worth of items that go out together, once more, to find which is at fault.
    pub(super) parts: VecDeque<Vec<Entry<T>>>,
    pub(super) flying: HashMap<u64, Vec<Entry<T>>>,
    pub(super) ended: Option<Arc<str>>,
    pub(super) source_ended: bool,
    kept: BTreeMap<usize, (T, ItemStatus)>,
    repeatable: bool,
}

impl<T: Clone> State<T> {
    pub(super) fn new(repeatable: bool) -> Self {
        Self {
            counts: BatchCounts::default(),
            known: VecDeque::new(),
            fresh: VecDeque::new(),
            again: BTreeMap::new(),
            parts: VecDeque::new(),
            flying: HashMap::new(),
            ended: None,
            source_ended: false,
            kept: BTreeMap::new(),
            repeatable,
        }
    }

    /// Takes an item from the source.
    pub(super) fn take(&mut self, item: T) -> Entry<T> {
        let index = self.counts.items;
        self.counts.items += 1;
        Entry {
            index,
            item,
            tries: 0,
            throttles: 0,
            uncertain: false,
        }
    }

    /// Gives an item its fate.
    pub(super) fn settle(&mut self, entry: Entry<T>, status: ItemStatus) {
        let Entry { index, item, .. } = entry;
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
        self.known.push_back(Known::One(Outcome {
            index,
            item,
            status,
        }));
    }

    /// Everything in a request is done, as most things are.
    pub(super) fn settle_done(&mut self, entries: Vec<Entry<T>>) {
        self.counts.done += entries.len();
        self.known.push_back(Known::Done(entries.into_iter()));
    }

    /// How many items have no fate yet.
    pub(super) fn open(&self) -> usize {
        let parts: usize = self.parts.iter().map(Vec::len).sum();
        let flying: usize = self.flying.values().map(Vec::len).sum();
        self.fresh.len() + self.again.len() + parts + flying
    }

    /// Gives every item that waits or is under way its last fate.
    pub(super) fn stop(&mut self, why: &Arc<str>) {
        self.ended.get_or_insert_with(|| why.clone());
        let mut waiting: Vec<Entry<T>> = self.fresh.drain(..).collect();
        waiting.extend(std::mem::take(&mut self.again).into_values());
        waiting.extend(self.parts.drain(..).flatten());
        waiting.sort_by_key(|entry| entry.index);
        for entry in waiting {
            let status = self.given_up(&entry, why, false);
            self.settle(entry, status);
        }
        let mut flying: Vec<Entry<T>> = self.flying.drain().flat_map(|(_, it)| it).collect();
        flying.sort_by_key(|entry| entry.index);
        for entry in flying {
            let status = self.given_up(&entry, why, true);
            self.settle(entry, status);
        }
    }

    fn given_up(&self, entry: &Entry<T>, why: &Arc<str>, flies: bool) -> ItemStatus {
        match flies || entry.uncertain {
            true => ItemStatus::Unknown {
                why: why.clone(),
                tries: entry.tries + u32::from(flies),
            },
            false => ItemStatus::NotSent { why: why.clone() },
        }
    }

    /// What became of every item so far. Items that wait are not sent; of those under way nobody knows.
    fn report(&self) -> BatchReport<T> {
        let mut counts = self.counts;
        let mut kept = self.kept.clone();
        let why: Arc<str> = "the run is not at its end".into();
        let waiting = self.fresh.iter().chain(self.again.values());
        let waiting = waiting.chain(self.parts.iter().flatten());
        let waiting = waiting.map(|entry| (entry, false));
        let flying = self.flying.values().flatten().map(|entry| (entry, true));
        for (entry, flies) in waiting.chain(flying) {
            let status = self.given_up(entry, &why, flies);
            match status {
                ItemStatus::NotSent { .. } => counts.not_sent += 1,
                _ => counts.unknown += 1,
            }
            kept.insert(entry.index, (entry.item.clone(), status));
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

/// A look at a run from outside, which remains when the run is dropped.
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
        // What a panicking thread left behind is told as it is.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far the run is.
    pub fn counts(&self) -> BatchCounts {
        self.state().counts
    }

    /// Why the run ended before all items were tried, if it did.
    pub fn ended(&self) -> Option<Arc<str>> {
        self.state().ended.clone()
    }

    /// What became of every item so far. As long as the run goes on, items that wait count as not sent,
    /// and those under way as unknown.
    pub fn report(&self) -> BatchReport<T> {
        self.state().report()
    }
}
