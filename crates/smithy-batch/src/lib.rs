//! Sends any number of items through an operation that accepts a few at a time.
//!
//! A batch operation accepts a limited number of items in one request, and may refuse any of them
//! while the request succeeds as a whole. The fluent builder of such an operation has a method
//! `send_all(items)`, which accepts an iterator or a stream and returns a [`BatchRun`]. The run
//! splits the items into requests, sends several at once, retries the items that are worth it, slows
//! down when the service throttles, and reports the outcome of every item exactly once.
//!
//! ```no_run
//! use smithy_batch::{BatchConfig, BatchOperation, BatchRun, ItemStatus};
//! # use smithy_operation::Structure;
//!
//! async fn report<O: BatchOperation>(run: BatchRun<O>)
//! where
//!     O::Item: std::fmt::Debug,
//! #   <O::Input as Structure>::Builder: Clone + Send,
//! {
//!     let mut run = run.config(BatchConfig::new().concurrency(16));
//!     let handle = run.handle();
//!     while let Some(outcome) = run.next().await {
//!         if outcome.status != ItemStatus::Done {
//!             println!("{:?}: {:?}", outcome.item, outcome.status);
//!         }
//!     }
//!     let report = handle.report();
//!     println!("{} done in {:?}", report.counts.done, report.counts.elapsed);
//!     for item in report.remaining() {
//!         // Pass these to another run.
//!     }
//! }
//! ```
//!
//! # Outcomes
//!
//! | what happens | what the run does | outcome |
//! | --- | --- | --- |
//! | the request succeeds and lists no failure for the item | | done |
//! | a failure of the item has a code that is worth a retry, such as `Throttled` or `ServiceUnavailable` | retries the item after a while, up to [`max_tries`](BatchConfig::max_tries); slows down if most items of a request are throttled | refused when the tries run out |
//! | the code says that the item is already as requested, such as `Conflict` when adding | | done, unless [`already_done_counts(false)`](BatchConfig::already_done_counts) |
//! | the failure has any other code | | refused |
//! | the request is throttled | slows down all requests and sends it again; this does not count as a try | refused after ten times `max_tries` |
//! | the request is refused with HTTP 401, 403 or 404 | ends, unless [`end_on_refusal(false)`](BatchConfig::end_on_refusal) | refused; items that wait are not sent |
//! | the request is refused with another HTTP 4xx | sends its halves separately, to find the item at fault | refused, for that item |
//! | HTTP 503, or no connection could be made | retries the items | refused when the tries run out |
//! | it is unknown whether the request took effect: HTTP 500, a lost connection, a timeout, an incomplete response | retries the items if the operation may be repeated; `Conflict` then counts as done | unknown otherwise, and when the tries run out; never done |
//! | the deadline passes, or the run is dropped | | unknown if in flight, otherwise not sent |
//!
//! Which codes have which meaning, and whether the operation may be repeated, is stated in the model
//! by the trait `chime.sdk#batch`. The generator passes it on through the macro [`batch!`], which
//! implements [`BatchOperation`] for an operation. This crate knows no operation by name.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "blocking")]
pub mod blocking;
mod config;
mod failure;
mod items;
mod macros;
mod rate;
mod report;
mod run;

pub use config::{BatchConfig, Duplicates};
pub use items::{ByIterator, ByStream, IntoItems, Items};
pub use report::{BatchCounts, BatchHandle, BatchReport, ItemStatus, Outcome};
pub use run::BatchRun;

// For the macro, so that it needs no other crate where it expands.
#[doc(hidden)]
pub use smithy_operation::FluentBuilder;

use smithy_operation::{Operation, Structure};

/// A generated operation that accepts many items, any of which may fail while the request succeeds
/// as a whole.
pub trait BatchOperation: Operation {
    /// An item.
    type Item: Clone + Send + Sync + Unpin + 'static;

    /// The model's rules for items and failures.
    const RULES: BatchRules;

    /// Returns the key that identifies an item in failures.
    fn key(item: &Self::Item) -> Option<&str>;

    /// Sets the items of an input, replacing those it has.
    fn set_items(
        input: <Self::Input as Structure>::Builder,
        items: Vec<Self::Item>,
    ) -> <Self::Input as Structure>::Builder;

    /// Returns the failures that an output lists.
    fn failures(output: Self::Output) -> Vec<BatchFailure>;
}

/// The model's rules for an operation's items and failures: the trait `chime.sdk#batch`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchRules {
    /// The maximum number of items in a request.
    pub limit: u32,
    /// The codes of failures that are worth a retry.
    pub retry: &'static [&'static str],
    /// Those of them that mean throttling. If most items of a request fail with one of these, the
    /// whole run slows down.
    pub throttle: &'static [&'static str],
    /// The codes that mean that the item is already as requested.
    pub done: &'static [&'static str],
    /// Whether a request that may have taken effect may be sent again.
    pub repeatable: bool,
}

/// The failure of one item, as the service reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchFailure {
    /// The key of the item.
    pub key: Option<String>,
    /// The error code.
    pub code: Option<String>,
    /// The service's explanation.
    pub message: Option<String>,
}
