//! What was asked for and what became of it.

use serde::Serialize;
use std::collections::BTreeMap;
use tokio::time::Instant;

/// How many requests came and what became of them, since the start or since the counts were last
/// reset.
///
/// As JSON, the keys are the names of the fields in kebab-case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    /// Requests by the name of their operation, whatever became of them.
    pub requests: BTreeMap<&'static str, u64>,
    /// Requests that no operation answers to.
    pub unknown: u64,
    /// Requests that took effect, whether or not the client got their answer.
    pub carried_out: u64,
    /// Requests that were refused for a reason of their own, such as a room that does not exist.
    pub refused: u64,
    /// Requests beyond the rate.
    pub throttled: u64,
    /// Requests that were failed on purpose, by the error's shape.
    pub failed: BTreeMap<&'static str, u64>,
    /// Connections that were broken before the request took effect.
    pub reset_before: u64,
    /// Connections that were broken after the request took effect.
    pub reset_after: u64,
    /// Answers whose body ended early.
    pub truncated: u64,
    /// Answers whose body came in pieces.
    pub slowed: u64,
    /// Items of batches that were refused on purpose.
    pub refused_items: u64,
}

impl Counts {
    /// How many requests an operation got.
    pub fn of(&self, operation: &str) -> u64 {
        self.requests.get(operation).copied().unwrap_or_default()
    }

    /// How many requests came in all.
    pub fn total(&self) -> u64 {
        self.requests.values().sum::<u64>() + self.unknown
    }
}

/// A batch that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedBatch {
    /// The operation's name.
    pub operation: &'static str,
    /// The IDs of its items, in their order.
    pub ids: Vec<String>,
    /// Whether it was carried out, be it that some items were refused. It was not if the client
    /// went away first.
    pub carried_out: bool,
    /// When the request came.
    pub at: Instant,
}

#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) counts: Counts,
    recording: bool,
    batches: Vec<(u64, RecordedBatch)>,
    next: u64,
}

impl Ledger {
    pub(crate) fn record(&mut self, recording: bool) {
        self.recording = recording;
    }

    pub(crate) fn take(&mut self) -> Vec<RecordedBatch> {
        let batches = std::mem::take(&mut self.batches);
        batches.into_iter().map(|(_, batch)| batch).collect()
    }

    /// Notes that a request came.
    pub(crate) fn came(&mut self, operation: Option<&'static str>) {
        match operation {
            Some(operation) => *self.counts.requests.entry(operation).or_default() += 1,
            None => self.counts.unknown += 1,
        }
    }

    /// Notes a batch, if batches are recorded, and gives the entry's number.
    pub(crate) fn batch(
        &mut self,
        operation: &'static str,
        ids: impl FnOnce() -> Option<Vec<String>>,
        at: Instant,
    ) -> Option<u64> {
        if !self.recording {
            return None;
        }
        let batch = RecordedBatch {
            operation,
            ids: ids()?,
            carried_out: false,
            at,
        };
        self.next += 1;
        self.batches.push((self.next, batch));
        Some(self.next)
    }

    /// Notes that a request was carried out.
    pub(crate) fn carried_out(&mut self, entry: Option<u64>) {
        self.counts.carried_out += 1;
        let Some(entry) = entry else { return };
        let place = self.batches.binary_search_by_key(&entry, |(n, _)| *n);
        if let Some((_, batch)) = place.ok().and_then(|i| self.batches.get_mut(i)) {
            batch.carried_out = true;
        }
    }
}
