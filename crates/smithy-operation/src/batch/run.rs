//! A run: what is sent when.

mod answers;

use super::BatchOperation;
use super::config::{BatchConfig, Duplicates};
use super::items::{IntoItems, Items};
use super::rate::{RateControl, Seconds};
use super::report::{BatchHandle, BatchReport, Entry, ItemStatus, Known, Outcome, next_known};
use crate::call::{BoxFuture, Call, SendResult};
use crate::structure::Structure;
use answers::refused;
use futures_core::Stream;
use futures_util::stream::FuturesUnordered;
use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

/// How many items are taken at once when a run ends early.
const FETCHED_AT_THE_END: usize = 1000;

/// How the taking of items from their source went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fetched {
    /// All that were wanted.
    All,
    /// Those that were there; others may come.
    SomeForNow,
    /// Those that were left.
    Last,
}

/// An answer, with the number of its request and when that was sent.
type Answer<O> = (
    u64,
    Seconds,
    SendResult<<O as crate::Operation>::Output, <O as crate::Operation>::Error>,
);

/// A run over any number of items: a stream of their [`Outcome`]s.
///
/// Made by a fluent builder's `send_all(items)`. Nothing happens until it is asked for outcomes, by
/// [`next`](Self::next), as a `Stream`, or all at once by [`report`](Self::report). Outcomes come as
/// they become known, each item's once. Requests of a run are not retried by the client itself; the
/// run tries items again.
///
/// A run that is dropped stops: what was under way then is unknown, and the report of a
/// [`handle`](Self::handle) tells it.
pub struct BatchRun<O: BatchOperation> {
    call: Call<O>,
    items: Items<O::Item>,
    config: BatchConfig,
    /// Items on their way from the source.
    fetched: Vec<O::Item>,
    handle: BatchHandle<O::Item>,
    /// Outcomes that are known and not asked for yet.
    known: VecDeque<Known<O::Item>>,
    rate: RateControl,
    answers: FuturesUnordered<BoxFuture<Answer<O>>>,
    keys: HashSet<Box<str>>,
    random: fastrand::Rng,
    /// The part of a wait that is waited. It changes with each answer, so that the items of one are due
    /// together and go out together.
    jitter: f64,
    started: Option<SystemTime>,
    now: Seconds,
    /// When a wait ends, and the wait.
    timer: Option<(Seconds, BoxFuture<()>)>,
    /// Since when the stream has had no item while some wait for a full request.
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
    /// Makes a run of a call and its items.
    pub fn new<M>(mut call: Call<O>, items: impl IntoItems<O::Item, M>) -> Self {
        call.overrides.unretried = true;
        let config = BatchConfig::default();
        Self {
            call,
            items: items.into_items(),
            fetched: Vec::new(),
            handle: BatchHandle::new(O::RULES.repeatable),
            known: VecDeque::new(),
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

    /// Sets how the run goes about it.
    #[must_use]
    pub fn config(mut self, config: BatchConfig) -> Self {
        self.rate = RateControl::new(config.max_rate, config.adapts);
        if let Some(seed) = config.seed {
            self.random = fastrand::Rng::with_seed(seed);
        }
        self.config = config;
        self
    }

    /// A look at the run from outside, which remains when the run is dropped.
    pub fn handle(&self) -> BatchHandle<O::Item> {
        self.handle.clone()
    }

    /// The next outcome that becomes known; `None` when every item has its own.
    pub async fn next(&mut self) -> Option<Outcome<O::Item>> {
        poll_fn(|cx| self.poll_outcome(cx)).await
    }

    /// Goes on to the end, and tells what became of every item.
    pub async fn report(mut self) -> BatchReport<O::Item> {
        while self.next().await.is_some() {}
        self.handle.report()
    }

    fn poll_outcome(&mut self, cx: &mut Context<'_>) -> Poll<Option<Outcome<O::Item>>> {
        loop {
            if let Some(outcome) = next_known(&mut self.known) {
                return Poll::Ready(Some(outcome));
            }
            if self.is_over {
                return Poll::Ready(None);
            }
            let went_on = self.go_on(cx);
            // All at once: the lock costs as much as what is under it.
            std::mem::swap(&mut self.known, &mut self.handle.state().known);
            if !went_on && self.known.is_empty() {
                return Poll::Pending;
            }
        }
    }

    /// Does what can be done now; whether that was anything.
    fn go_on(&mut self, cx: &mut Context<'_>) -> bool {
        self.look_at_clock();
        let mut went_on = false;
        // Outside the lock: requests run the caller's interceptors.
        while let Poll::Ready(Some((request, sent_at, answer))) =
            Pin::new(&mut self.answers).poll_next(cx)
        {
            self.look_at_clock();
            self.take_answer(request, sent_at, answer);
            went_on = true;
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
            return went_on || self.sleep_until(cx, deadline);
        }
        went_on |= self.fill(cx);
        while self.answers.len() < self.config.concurrency
            && self.rate.ready_at(self.now) <= self.now
        {
            let Some(entries) = self.assemble() else {
                break;
            };
            self.send(entries);
            went_on = true;
            self.fill(cx);
        }
        let mut state = self.handle.state();
        state.counts.elapsed = Duration::from_secs_f64(self.now);
        if state.source_ended && state.open() == 0 {
            self.is_over = true;
            return true;
        }
        drop(state);
        went_on || self.wait(cx, deadline)
    }

    fn look_at_clock(&mut self) {
        let now = self.call.handle().now();
        let started = *self.started.get_or_insert(now);
        // A clock that is set back stands still.
        let passed = now.duration_since(started).unwrap_or_default();
        self.now = self.now.max(passed.as_secs_f64());
    }

    /// Ends the run: what waits is not sent. An iterator's other items are taken and told; a stream is
    /// left alone.
    fn end(&mut self, cx: &mut Context<'_>, why: &Arc<str>) {
        self.handle.state().stop(why);
        if let Items::Iterator(_) = self.items {
            while self.fetch(cx, FETCHED_AT_THE_END) == Fetched::All {
                let mut state = self.handle.state();
                for item in self.fetched.drain(..) {
                    let entry = state.take(item);
                    state.settle(entry, ItemStatus::NotSent { why: why.clone() });
                }
            }
            let mut state = self.handle.state();
            for item in self.fetched.drain(..) {
                let entry = state.take(item);
                state.settle(entry, ItemStatus::NotSent { why: why.clone() });
            }
            state.source_ended = true;
        }
        self.handle.state().counts.elapsed = Duration::from_secs_f64(self.now);
        self.is_over = true;
    }

    /// Takes up to so many items from their source. Outside the lock: they are the caller's.
    fn fetch(&mut self, cx: &mut Context<'_>, most: usize) -> Fetched {
        while self.fetched.len() < most {
            match self.items.poll_next(cx) {
                Poll::Ready(Some(item)) => self.fetched.push(item),
                Poll::Ready(None) => return Fetched::Last,
                Poll::Pending => return Fetched::SomeForNow,
            }
        }
        Fetched::All
    }

    /// Takes items until a request can be filled; whether any was taken.
    fn fill(&mut self, cx: &mut Context<'_>) -> bool {
        let limit = O::RULES.limit as usize;
        // Items that wait for another try keep no more than that waiting.
        let most = limit * (self.config.concurrency + 1) * 2;
        let mut took = false;
        loop {
            let state = self.handle.state();
            let there = state.fresh.len();
            let elsewhere = state.open() - there;
            let wanted = limit.min(most.saturating_sub(elsewhere));
            if state.source_ended || there >= wanted {
                self.lingers = None;
                return took;
            }
            drop(state);
            let fetched = self.fetch(cx, wanted - there);
            took |= !self.fetched.is_empty();
            self.take_fetched();
            match fetched {
                Fetched::All => {}
                Fetched::Last => {
                    self.handle.state().source_ended = true;
                    took = true;
                }
                Fetched::SomeForNow => {
                    let state = self.handle.state();
                    if !state.fresh.is_empty() || !state.again.is_empty() {
                        self.lingers.get_or_insert(self.now);
                    }
                    return took;
                }
            }
        }
    }

    /// Puts items that were taken where they wait.
    fn take_fetched(&mut self) {
        let mut state = self.handle.state();
        for item in self.fetched.drain(..) {
            let entry = state.take(item);
            let is_known = self.config.duplicates != Duplicates::Send
                && O::key(&entry.item).is_some_and(|key| !self.keys.insert(key.into()));
            match (is_known, self.config.duplicates) {
                (true, Duplicates::Drop) => state.settle(entry, ItemStatus::Duplicate),
                (true, Duplicates::Refuse) => {
                    let message = "an item with this key came before".to_owned();
                    let status = refused(&entry, None, Some(message), false);
                    state.settle(entry, status);
                }
                _ => state.fresh.push_back(entry),
            }
        }
    }

    /// The items of the next request, if there are enough for one.
    fn assemble(&mut self) -> Option<Vec<Entry<O::Item>>> {
        let limit = O::RULES.limit as usize;
        let mut state = self.handle.state();
        if let Some(part) = state.parts.pop_front() {
            return Some(part);
        }
        let now = micros(self.now);
        let due = state.again.range(..(now + 1, 0)).count();
        let lingered = self
            .lingers
            .is_some_and(|since| self.now - since >= self.config.linger.as_secs_f64());
        let may_be_part = state.source_ended || lingered || state.open() >= limit * 2;
        let there = due + state.fresh.len();
        if there == 0 || there < limit && !may_be_part {
            return None;
        }
        if due == 0 && state.fresh.len() <= limit {
            // All of them: nothing is moved.
            let entries = Vec::from(std::mem::take(&mut state.fresh));
            let mut seen = Seen::default();
            let mut before = entries.iter().enumerate();
            let are_single = before.all(|(index, entry)| {
                let key = O::key(&entry.item);
                seen.is_new::<O>(&entry.item)
                    || entries[..index]
                        .iter()
                        .all(|other| O::key(&other.item) != key)
            });
            if are_single {
                state.fresh.reserve(limit);
                self.lingers = None;
                return Some(entries);
            }
            state.fresh = entries.into();
        }
        let mut entries: Vec<Entry<O::Item>> = Vec::with_capacity(limit.min(there));
        let mut seen = Seen::default();
        let mut twins = Vec::new();
        while entries.len() < limit {
            let again = state.again.first_key_value().map(|(at, _)| *at);
            let entry = match again.filter(|(at, _)| *at <= now) {
                Some(at) => state.again.remove(&at),
                None => state.fresh.pop_front(),
            };
            let Some(entry) = entry else {
                break;
            };
            // The service tells failures by key, so a request holds each key once.
            let key = O::key(&entry.item);
            if !seen.is_new::<O>(&entry.item)
                && entries.iter().any(|other| O::key(&other.item) == key)
            {
                twins.push(entry);
            } else {
                entries.push(entry);
            }
        }
        for twin in twins.into_iter().rev() {
            state.fresh.push_front(twin);
        }
        if state.fresh.is_empty() {
            self.lingers = None;
        }
        Some(entries)
    }

    fn send(&mut self, entries: Vec<Entry<O::Item>>) {
        self.requests += 1;
        let (request, sent_at) = (self.requests, self.now);
        let mut call = self.call.clone();
        let items = entries.iter().map(|entry| entry.item.clone()).collect();
        call.input = O::set_items(call.input, items);
        self.rate.sent(sent_at);
        let mut state = self.handle.state();
        state.counts.requests += 1;
        let again = entries.iter().filter(|entry| entry.tries > 0).count();
        state.counts.retries += again as u64;
        state.flying.insert(request, entries);
        drop(state);
        self.answers.push(Box::pin(
            async move { (request, sent_at, call.send().await) },
        ));
    }

    fn can_wait(&self) -> bool {
        self.call.handle().has_timer()
    }

    /// Waits for what comes with time alone; whether it came.
    fn wait(&mut self, cx: &mut Context<'_>, deadline: Option<Seconds>) -> bool {
        let mut wakes = deadline;
        let mut at = |time: Seconds| wakes = Some(wakes.map_or(time, |wakes| wakes.min(time)));
        let state = self.handle.state();
        if self.answers.len() < self.config.concurrency {
            let due = state.again.first_key_value().map(|((at, _), _)| *at);
            let next = match state.fresh.is_empty() && state.parts.is_empty() {
                false => Some(self.now),
                true => due.map(seconds),
            };
            // A stream that has nothing at the moment is waited for, a little.
            let lingers = self.lingers.filter(|_| state.parts.is_empty());
            let linger = self.config.linger.as_secs_f64();
            let from = lingers.map_or(0.0, |since| since + linger);
            if let Some(next) = next {
                at(next.max(from).max(self.rate.ready_at(self.now)));
            }
        }
        drop(state);
        self.sleep_until(cx, wakes)
    }

    /// Sleeps until that time, if there is one; whether it came.
    fn sleep_until(&mut self, cx: &mut Context<'_>, wakes: Option<Seconds>) -> bool {
        let Some(wakes) = wakes else {
            self.timer = None;
            return false;
        };
        if self.timer.as_ref().is_none_or(|(time, _)| *time != wakes) {
            // A timer that fires a hair early would be set again and again.
            let wait = (wakes - self.now).max(0.0) + 1e-6;
            match self.call.handle().sleep(Duration::from_secs_f64(wait)) {
                Some(sleep) => self.timer = Some((wakes, sleep)),
                // Without a timer, others get their turn and then it looks again.
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

/// Keys that were seen, as far as that can be told cheaply.
#[derive(Default)]
struct Seen([u64; 8]);

impl Seen {
    /// Whether a key was not seen; `false` for a few that were not either.
    fn is_new<O: BatchOperation>(&mut self, item: &O::Item) -> bool {
        let print = print(O::key(item));
        let (word, bit) = (&mut self.0[print / 64], 1 << (print % 64));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }
}

/// A number below 512 that is the same for the same key, and seldom for another: of its ends, in which
/// most keys differ.
fn print(key: Option<&str>) -> usize {
    let bytes = key.unwrap_or_default().as_bytes();
    let mixed = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last),
        _ => bytes
            .iter()
            .fold(0, |mixed, byte| mixed << 8 | u64::from(*byte)),
    };
    // The highest bits depend on all others.
    ((mixed ^ mixed >> 29).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 55) as usize
}

fn micros(seconds: Seconds) -> u64 {
    (seconds * 1e6).ceil() as u64
}

fn seconds(micros: u64) -> Seconds {
    micros as f64 / 1e6
}
