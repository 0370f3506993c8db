//! Records the requests and their outcomes.

use serde::Serialize;
use std::collections::BTreeMap;
use tokio::time::Instant;

/// The number of requests by outcome, since the start or since the counts were last reset.
///
/// In JSON, the keys are the names of the fields in kebab-case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    /// Requests by the name of their operation, whatever the outcome.
    pub requests: BTreeMap<&'static str, u64>,
    /// Requests that match no operation.
    pub unknown: u64,
    /// Requests that took effect, whether or not the client received the response.
    pub carried_out: u64,
    /// Requests that were refused for their own reason, such as a room that does not exist.
    pub refused: u64,
    /// Requests that exceeded the rate.
    pub throttled: u64,
    /// Requests that were failed by a fault, by error shape.
    pub failed: BTreeMap<&'static str, u64>,
    /// Connections that were reset before the request took effect.
    pub reset_before: u64,
    /// Connections that were reset after the request took effect.
    pub reset_after: u64,
    /// Responses whose body was truncated.
    pub truncated: u64,
    /// Responses whose body was sent in pieces.
    pub slowed: u64,
    /// Batch items that were refused by a fault.
    pub refused_items: u64,
}

impl Counts {
    /// Returns the number of requests to an operation.
    pub fn of(&self, operation: &str) -> u64 {
        self.requests.get(operation).copied().unwrap_or_default()
    }

    /// Returns the number of all requests.
    pub fn total(&self) -> u64 {
        self.requests.values().sum::<u64>() + self.unknown
    }
}

/// A batch that was requested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedBatch {
    /// The name of the operation.
    pub operation: &'static str,
    /// The IDs of its items, in order.
    pub ids: Vec<String>,
    /// Whether it took effect, even if some items were refused. It did not if the client disconnected first.
    pub carried_out: bool,
    /// When the request arrived.
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

    /// Records that a request arrived.
    pub(crate) fn came(&mut self, operation: Option<&'static str>) {
        match operation {
            Some(operation) => *self.counts.requests.entry(operation).or_default() += 1,
            None => self.counts.unknown += 1,
        }
    }

    /// Records a batch, if batches are recorded, and returns the index of the entry.
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

    /// Records that a request took effect.
    pub(crate) fn carried_out(&mut self, entry: Option<u64>) {
        self.counts.carried_out += 1;
        let Some(entry) = entry else { return };
        let place = self.batches.binary_search_by_key(&entry, |(n, _)| *n);
        if let Some((_, batch)) = place.ok().and_then(|i| self.batches.get_mut(i)) {
            batch.carried_out = true;
        }
    }
}
