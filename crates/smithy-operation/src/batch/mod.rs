//! Any number of items through an operation that takes a few at a time.
//!
//! A fluent builder's `send_all(items)` gives a [`BatchRun`]. It cuts the items into requests, sends
//! several at once, tries again what is worth it, slows down when the service throttles, and tells
//! the fate of every item exactly once. The model says what an operation's items and failures are;
//! nothing here knows any operation.

mod config;
mod failure;
mod items;
mod rate;
mod report;
mod run;

pub use config::{BatchConfig, Duplicates};
pub use items::{ByIterator, ByStream, IntoItems, Items};
pub use report::{BatchCounts, BatchHandle, BatchReport, ItemStatus, Outcome};
pub use run::BatchRun;

use crate::operation::Operation;
use crate::structure::Structure;

/// A generated operation that takes many items, any of which may fail while it succeeds as a whole.
pub trait BatchOperation: Operation {
    /// An item.
    type Item: Clone + Send + Sync + Unpin + 'static;

    /// What the model says of items and failures.
    const RULES: BatchRules;

    /// What names an item.
    fn key(item: &Self::Item) -> Option<&str>;

    /// Puts items into an input, in place of what it holds.
    fn set_items(
        input: <Self::Input as Structure>::Builder,
        items: Vec<Self::Item>,
    ) -> <Self::Input as Structure>::Builder;

    /// The items that failed.
    fn failures(output: Self::Output) -> Vec<BatchFailure>;
}

/// What the model says of an operation's items and failures: the trait `chime.sdk#batch`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchRules {
    /// How many items a request takes.
    pub limit: u32,
    /// Codes of failures that are worth another try.
    pub retry: &'static [&'static str],
    /// Those of them that say that requests come too fast. A request most of whose items fail so slows
    /// all down.
    pub throttle: &'static [&'static str],
    /// Codes that say that the item is as it was asked to be.
    pub done: &'static [&'static str],
    /// Whether a request may be sent again though it may have taken effect.
    pub repeatable: bool,
}

/// An item that failed, as the service tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchFailure {
    /// What names the item.
    pub key: Option<String>,
    /// The error code.
    pub code: Option<String>,
    /// The service's explanation.
    pub message: Option<String>,
}
