//! Runs that block the thread, for programs without a runtime (feature `blocking`).

use crate::{BatchConfig, BatchHandle, BatchOperation, BatchReport, IntoItems, Outcome};
use smithy_operation::blocking::block_on;
use smithy_operation::{Call, Structure};
use std::fmt;
use std::iter::FusedIterator;

/// A run over any number of items: an iterator over their [`Outcome`]s.
///
/// Returned by `send_all(items)` of a blocking builder. A run does nothing until it is asked for outcomes: with
/// `next()`, or to the end with [`report`](Self::report). While it is not asked, nothing is sent and no
/// response is read.
pub struct BatchRun<O: BatchOperation>(crate::BatchRun<O>);

impl<O: BatchOperation> fmt::Debug for BatchRun<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<O> BatchRun<O>
where
    O: BatchOperation,
    <O::Input as Structure>::Builder: Clone + Send,
{
    /// Creates a run that sends the items with the given call.
    pub fn new<M>(call: Call<O>, items: impl IntoItems<O::Item, M>) -> Self {
        Self(crate::BatchRun::new(call, items))
    }

    /// Sets the configuration.
    #[must_use]
    pub fn config(self, config: BatchConfig) -> Self {
        Self(self.0.config(config))
    }

    /// Returns a view of the run that remains valid when the run is dropped.
    pub fn handle(&self) -> BatchHandle<O::Item> {
        self.0.handle()
    }

    /// Runs to the end and reports the status of every item.
    pub fn report(mut self) -> BatchReport<O::Item> {
        while self.next().is_some() {}
        self.handle().report()
    }
}

impl<O> Iterator for BatchRun<O>
where
    O: BatchOperation,
    <O::Input as Structure>::Builder: Clone + Send,
{
    type Item = Outcome<O::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        match block_on(self.0.next()) {
            Ok(next) => next,
            Err(error) => {
                // Nothing can be sent without the thread, so the items are reported as not sent.
                let why = error.to_string().into();
                self.0.next_unsent(&why)
            }
        }
    }
}

impl<O> FusedIterator for BatchRun<O>
where
    O: BatchOperation,
    <O::Input as Structure>::Builder: Clone + Send,
{
}
