//! A run: what is sent when.

mod answers;
mod requests;

use super::BatchOperation;
use super::config::BatchConfig;
use super::items::{IntoItems, Items};
use super::rate::{RateControl, Seconds};
use super::report::{
    BatchHandle, BatchReport, ItemStatus, OpenItem, Outcome, Settled, next_settled,
};
use futures_core::Stream;
use futures_util::stream::FuturesUnordered;
use requests::Fetched;
use smithy_operation::{BoxFuture, Call, Operation, SendResult, Structure};
use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

/// The number of items read at once when a run ends early.
const FETCHED_AT_THE_END: usize = 1000;

/// A response, with the number of its request and the time at which that was sent.
type Answer<O> = (
    u64,
    Seconds,
    SendResult<<O as Operation>::Output, <O as Operation>::Error>,
);

/// A run over any number of items: a stream of their [`Outcome`]s.
///
/// Returned by `send_all(items)` of a fluent builder. A run does nothing until it is polled for
/// outcomes: with [`next`](Self::next), as a `Stream`, or to the end with [`report`](Self::report).
/// Outcomes are returned as they become known, once for each item. The client does not retry the
/// requests of a run; the run retries items.
///
/// A run stops when it is dropped. Items in flight are then unknown, and the report of a
/// [`handle`](Self::handle) says so.
pub struct BatchRun<O: BatchOperation> {
    call: Call<O>,
    items: Items<O::Item>,
    config: BatchConfig,
    /// Items that were read from the source and are not in the shared state yet.
    fetched: Vec<O::Item>,
    handle: BatchHandle<O::Item>,
    /// Outcomes that were taken out of the shared state and are not returned yet.
    settled: VecDeque<Settled<O::Item>>,
    rate: RateControl,
    answers: FuturesUnordered<BoxFuture<Answer<O>>>,
    /// The keys so far, if duplicates are not sent.
    keys: HashSet<Box<str>>,
    random: fastrand::Rng,
    /// The fraction of a backoff that is waited. It changes with each response, so that the items of one
    /// response are due together and are sent together.
    jitter: f64,
    started: Option<SystemTime>,
    now: Seconds,
    /// The time at which the current wait ends, and the wait.
    timer: Option<(Seconds, BoxFuture<()>)>,
    /// Since when the stream has had no item ready while some items wait for a full request.
    lingers: Option<Seconds>,
    requests: u64,
    is_over: bool,
}

impl<O: BatchOperation> fmt::Debug for BatchRun<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchRun")
            .field("operation", &O::NAME)
            .field("config", &self.config)
            .field("counts", &self.handle.counts())
            .finish_non_exhaustive()
    }
}

impl<O> BatchRun<O>
where
    O: BatchOperation,
    <O::Input as Structure>::Builder: Clone + Send,
{
    /// Creates a run that sends the items with the given call.
    pub fn new<M>(mut call: Call<O>, items: impl IntoItems<O::Item, M>) -> Self {
        call.overrides.unretried = true;
        let config = BatchConfig::default();
        Self {
            call,
            items: items.into_items(),
            fetched: Vec::new(),
            handle: BatchHandle::new(O::RULES.repeatable),
            settled: VecDeque::new(),
            rate: RateControl::new(config.max_rate, config.adapts),
            config,
            answers: FuturesUnordered::new(),
            keys: HashSet::new(),
            random: fastrand::Rng::new(),
            jitter: 1.0,
            started: None,
            now: 0.0,
            timer: None,
            lingers: None,
            requests: 0,
            is_over: false,
        }
    }

    /// Sets the configuration.
    #[must_use]
    pub fn config(mut self, config: BatchConfig) -> Self {
        self.rate = RateControl::new(config.max_rate, config.adapts);
        if let Some(seed) = config.seed {
            self.random = fastrand::Rng::with_seed(seed);
        }
        self.config = config;
        self
    }

    /// Returns a view of the run that remains valid when the run is dropped.
    pub fn handle(&self) -> BatchHandle<O::Item> {
        self.handle.clone()
    }

    /// Returns the next outcome that becomes known; `None` when every item has one.
    pub async fn next(&mut self) -> Option<Outcome<O::Item>> {
        poll_fn(|cx| self.poll_outcome(cx)).await
    }

    /// Runs to the end and reports the status of every item.
    pub async fn report(mut self) -> BatchReport<O::Item> {
        while self.next().await.is_some() {}
        self.handle.report()
    }

    /// Returns the next outcome without sending anything more. Items in flight are unknown, and those that
    /// wait are not sent.
    #[cfg(feature = "blocking")]
    pub(super) fn next_unsent(&mut self, why: &Arc<str>) -> Option<Outcome<O::Item>> {
        self.answers.clear();
        self.handle.state().ended.get_or_insert_with(|| why.clone());
        let mut cx = Context::from_waker(std::task::Waker::noop());
        match self.poll_outcome(&mut cx) {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => None,
        }
    }

    fn poll_outcome(&mut self, cx: &mut Context<'_>) -> Poll<Option<Outcome<O::Item>>> {
        loop {
            if let Some(outcome) = next_settled(&mut self.settled) {
                return Poll::Ready(Some(outcome));
            }
            if self.is_over {
                return Poll::Ready(None);
            }
            let progressed = self.advance(cx);
            // Takes all of them at once: locking costs as much as taking one.
            std::mem::swap(&mut self.settled, &mut self.handle.state().settled);
            if !progressed && self.settled.is_empty() {
                return Poll::Pending;
            }
        }
    }

    /// Does what can be done now. Returns whether that was anything.
    fn advance(&mut self, cx: &mut Context<'_>) -> bool {
        self.read_clock();
        let mut progressed = false;
        // Without the lock, because requests run the caller's interceptors.
        while let Poll::Ready(Some((request, sent_at, answer))) =
            Pin::new(&mut self.answers).poll_next(cx)
        {
            self.read_clock();
            self.take_answer(request, sent_at, answer);
            progressed = true;
        }
        let deadline = self.config.deadline.map(|deadline| deadline.as_secs_f64());
        if deadline.is_some_and(|deadline| self.now >= deadline) {
            let why = "the deadline passed";
            self.handle.state().ended.get_or_insert_with(|| why.into());
            self.answers.clear();
        }
        let ended = self.handle.state().ended.clone();
        if let Some(why) = ended {
            if self.answers.is_empty() {
                self.end(cx, &why);
                return true;
            }
            return progressed || self.sleep_until(cx, deadline);
        }
        progressed |= self.fill(cx);
        while self.answers.len() < self.config.concurrency
            && self.rate.ready_at(self.now) <= self.now
        {
            let Some(items) = self.next_request() else {
                break;
            };
            self.send(items);
            progressed = true;
            self.fill(cx);
        }
        let mut state = self.handle.state();
        state.counts.elapsed = Duration::from_secs_f64(self.now);
        if state.source_ended && state.open() == 0 {
            self.is_over = true;
            return true;
        }
        drop(state);
        progressed || self.wait(cx, deadline)
    }

    fn read_clock(&mut self) {
        let now = self.call.handle().now();
        let started = *self.started.get_or_insert(now);
        // If the clock is set back, the run's time stands still.
        let passed = now.duration_since(started).unwrap_or_default();
        self.now = self.now.max(passed.as_secs_f64());
    }

    /// Ends the run: items that wait are not sent. The rest of an iterator is read and reported, the rest
    /// of a stream is not.
    fn end(&mut self, cx: &mut Context<'_>, why: &Arc<str>) {
        self.handle.state().stop(why);
        if let Items::Iterator(_) = self.items {
            let mut fetched = Fetched::All;
            while fetched == Fetched::All {
                fetched = self.fetch(cx, FETCHED_AT_THE_END);
                let mut state = self.handle.state();
                for item in self.fetched.drain(..) {
                    let item = state.admit(item);
                    state.settle(item, ItemStatus::NotSent { why: why.clone() });
                }
            }
            self.handle.state().source_ended = true;
        }
        self.handle.state().counts.elapsed = Duration::from_secs_f64(self.now);
        self.is_over = true;
    }

    fn send(&mut self, items: Vec<OpenItem<O::Item>>) {
        self.requests += 1;
        let (request, sent_at) = (self.requests, self.now);
        let mut call = self.call.clone();
        let sent = items.iter().map(|item| item.item.clone()).collect();
        call.input = O::set_items(call.input, sent);
        self.rate.sent(sent_at);
        let mut state = self.handle.state();
        state.counts.requests += 1;
        let retries = items.iter().filter(|item| item.tries > 0).count();
        state.counts.retries += retries as u64;
        state.in_flight.insert(request, items);
        drop(state);
        self.answers.push(Box::pin(
            async move { (request, sent_at, call.send().await) },
        ));
    }

    fn can_wait(&self) -> bool {
        self.call.handle().has_timer()
    }

    /// Waits until time alone allows progress. Returns whether it does.
    fn wait(&mut self, cx: &mut Context<'_>, deadline: Option<Seconds>) -> bool {
        let mut wakes = deadline;
        let mut at = |time: Seconds| wakes = Some(wakes.map_or(time, |wakes| wakes.min(time)));
        let state = self.handle.state();
        if self.answers.len() < self.config.concurrency {
            let due = state.retries.first_key_value().map(|((at, _), _)| *at);
            let next = match state.fresh.is_empty() && state.halves.is_empty() {
                false => Some(self.now),
                true => due.map(seconds),
            };
            // A stream that has no item ready gets a little time.
            let lingers = self.lingers.filter(|_| state.halves.is_empty());
            let linger = self.config.linger.as_secs_f64();
            let from = lingers.map_or(0.0, |since| since + linger);
            if let Some(next) = next {
                at(next.max(from).max(self.rate.ready_at(self.now)));
            }
        }
        drop(state);
        self.sleep_until(cx, wakes)
    }

    /// Sleeps until the given time, if there is one. Returns whether it has come.
    fn sleep_until(&mut self, cx: &mut Context<'_>, wakes: Option<Seconds>) -> bool {
        let Some(wakes) = wakes else {
            self.timer = None;
            return false;
        };
        if self.timer.as_ref().is_none_or(|(time, _)| *time != wakes) {
            // A timer that fires slightly early would be set again and again.
            let wait = (wakes - self.now).max(0.0) + 1e-6;
            match self.call.handle().sleep(Duration::from_secs_f64(wait)) {
                Some(sleep) => self.timer = Some((wakes, sleep)),
                // Without a timer, other tasks get a turn before the next look.
                None => cx.waker().wake_by_ref(),
            }
        }
        let fired = match &mut self.timer {
            Some((_, sleep)) => sleep.as_mut().poll(cx).is_ready(),
            None => false,
        };
        if fired {
            self.timer = None;
        }
        fired
    }
}

impl<O> Stream for BatchRun<O>
where
    O: BatchOperation,
    <O::Input as Structure>::Builder: Clone + Send + Unpin,
{
    type Item = Outcome<O::Item>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_outcome(cx)
    }
}

impl<O: BatchOperation> Drop for BatchRun<O> {
    fn drop(&mut self) {
        if !self.is_over {
            self.handle.state().stop(&"the run was dropped".into());
        }
    }
}

fn micros(seconds: Seconds) -> u64 {
    (seconds * 1e6).ceil() as u64
}

fn seconds(micros: u64) -> Seconds {
    micros as f64 / 1e6
}
