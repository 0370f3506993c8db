//! Exactly once: whatever goes wrong, each item of a run has a single outcome, and the items reported as done
//! are those that the service has.
//!
//! Runs are random, against a local Chime with every kind of fault. Time is simulated, so hours pass in
//! seconds. `BATCH_SEED` repeats a single run, whose seed a failure prints; `BATCH_RUNS` sets the number of
//! runs.

mod common;

use chime_local::{Chime, Fail, Faults, Refuse, Sample};
use chime_sdk::batch::{BatchConfig, BatchReport, Duplicates, ItemStatus, Outcome};
use chime_sdk::config::timeout::TimeoutConfig;
use chime_sdk::types::MembershipItem;
use chime_sdk::{Client, Config};
use common::Clock;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::time::Duration;

/// The largest run.
const MOST: usize = 10_000;

struct World {
    chime: Chime,
    client: Client,
    sample: Sample,
}

impl World {
    fn new() -> Self {
        let chime = Chime::new();
        let config = Config::builder()
            .with_test_defaults_v2()
            .time_source(Clock::new())
            .timeout_config(
                TimeoutConfig::builder()
                    .operation_attempt_timeout(Duration::from_secs(10))
                    .build(),
            )
            .endpoint_url("http://chime.invalid")
            .http_client(chime.http_client())
            .build();
        Self {
            sample: chime.populate(MOST),
            client: Client::from_conf(config),
            chime,
        }
    }

    async fn room(&self) -> String {
        let created = self
            .client
            .create_room()
            .account_id(&self.sample.account_id)
            .name("a room")
            .client_request_token(fastrand::u64(..).to_string())
            .send()
            .await
            .expect("no faults yet");
        let room = created.room().and_then(|room| room.room_id());
        room.expect("an ID").to_owned()
    }

    async fn members(&self, room: &str) -> BTreeSet<String> {
        let mut members = BTreeSet::new();
        let mut pages = self
            .client
            .list_room_memberships()
            .account_id(&self.sample.account_id)
            .room_id(room)
            .into_paginator()
            .page_size(99)
            .send();
        while let Some(page) = pages.next().await {
            for membership in page.expect("no faults any more").room_memberships() {
                let member = membership.member().and_then(|member| member.member_id());
                let is_new = members.insert(member.expect("an ID").to_owned());
                assert!(is_new, "a member appears in the room twice");
            }
        }
        members
    }
}

fn sometimes(rng: &mut fastrand::Rng, share: f64, most: f64) -> f64 {
    if rng.f64() < share {
        rng.f64() * most
    } else {
        0.0
    }
}

/// Returns faults of every kind, usually several.
fn faults(rng: &mut fastrand::Rng) -> Faults {
    let mut faults = Faults {
        seed: rng.u64(..),
        only: vec!["BatchCreateRoomMembership".to_owned()],
        latency_ms: rng.u64(..200),
        latency_jitter_ms: rng.u64(..200),
        reset_before: sometimes(rng, 0.4, 0.3),
        reset_after: sometimes(rng, 0.4, 0.3),
        truncate: sometimes(rng, 0.4, 0.3),
        slow: sometimes(rng, 0.3, 0.3),
        // Some delays exceed the client's timeout.
        slow_pause_ms: rng.u64(1..4000),
        ..Faults::default()
    };
    let codes = [
        "Throttled",
        "ServiceFailure",
        "ServiceUnavailable",
        "Throttling",
        "Forbidden",
        "BadRequest",
        "Unauthorized",
    ];
    for _ in 0..rng.usize(..3) {
        let pattern = format!("*{}", rng.u32(..100));
        let mut refuse = Refuse::new(pattern, codes[rng.usize(..codes.len())]);
        if rng.bool() {
            refuse = refuse.times(rng.u32(1..4));
        }
        faults.refuse.push(refuse.probability(rng.f64()));
    }
    let shapes = [
        "ServiceUnavailableException",
        "ServiceFailureException",
        "ThrottledClientException",
        "ForbiddenException",
        "BadRequestException",
    ];
    for _ in 0..rng.usize(..3) {
        let shape = shapes[rng.usize(..shapes.len())];
        let most = if shape == "ForbiddenException" {
            0.02
        } else {
            0.2
        };
        faults.fail.push(Fail::new(shape, rng.f64() * most));
    }
    if rng.u8(..3) == 0 {
        faults.rate = Some(0.5 + rng.f64() * 50.0);
        faults.burst = rng.bool().then(|| rng.u32(1..20));
        faults.retry_after_ms = rng.bool().then(|| rng.u64(..3000));
    }
    faults
}

fn config(rng: &mut fastrand::Rng) -> BatchConfig {
    let mut config = BatchConfig::new()
        .seed(rng.u64(..))
        .concurrency(rng.usize(1..33))
        .max_tries(rng.u32(1..9))
        .initial_backoff(Duration::from_millis(rng.u64(..1000)))
        .max_backoff(Duration::from_millis(rng.u64(..20_000)))
        .adaptive_rate(rng.u8(..4) != 0)
        .already_done_counts(rng.u8(..4) != 0)
        .end_on_refusal(rng.bool())
        .linger(Duration::from_millis(rng.u64(..200)));
    if rng.u8(..8) == 0 {
        config = config.deadline(Duration::from_millis(rng.u64(..20_000)));
    }
    if rng.u8(..8) == 0 {
        config = config.max_requests_per_second(0.5 + rng.f64() * 100.0);
    }
    let duplicates = [Duplicates::Send, Duplicates::Drop, Duplicates::Refuse];
    config.duplicates(duplicates[rng.usize(..3)])
}

/// Returns the users to add, as their numbers.
fn numbers(rng: &mut fastrand::Rng) -> Vec<usize> {
    let most = match rng.u8(..100) {
        0..60 => 120,
        60..90 => 500,
        90..99 => 2000,
        _ => MOST,
    };
    let count = rng.usize(..=most);
    let mut numbers: Vec<usize> = (0..MOST).collect();
    rng.shuffle(&mut numbers);
    numbers.truncate(count);
    if count > 0 && rng.u8(..4) == 0 {
        for _ in 0..rng.usize(..20) {
            let again = numbers[rng.usize(..count)];
            numbers.insert(rng.usize(..=numbers.len()), again);
        }
    }
    numbers
}

#[derive(Debug, Default)]
struct Tally {
    runs: usize,
    items: usize,
    done: usize,
    refused: usize,
    not_sent: usize,
    unknown: usize,
    requests: u64,
    dropped_runs: usize,
    ended_runs: usize,
}

async fn one_run(world: &World, seed: u64, tally: &mut Tally) {
    let mut rng = fastrand::Rng::with_seed(seed);
    let numbers = numbers(&mut rng);
    let ids: Vec<String> = numbers
        .iter()
        .map(|n| world.sample.user_ids[*n].clone())
        .collect();
    let room = world.room().await;
    let config = config(&mut rng);
    let faults = faults(&mut rng);
    let shown = format!(
        "BATCH_SEED={seed}: {} items, {config:?}, {faults:?}",
        ids.len()
    );
    world.chime.set_faults(faults).expect("good faults");

    let call = world
        .client
        .batch_create_room_membership()
        .account_id(&world.sample.account_id)
        .room_id(&room);
    let items: Vec<MembershipItem> = ids
        .iter()
        .map(|id| MembershipItem::builder().member_id(id).build())
        .collect();
    let mut run = match rng.bool() {
        true => call.send_all(items),
        false => call.send_all(futures_util::stream::iter(items)),
    }
    .config(config);
    let handle = run.handle();
    let mut outcomes: Vec<Outcome<MembershipItem>> = Vec::new();
    // Some runs are dropped early.
    let most = match rng.u8(..10) {
        0 => rng.usize(..=ids.len()),
        _ => usize::MAX,
    };
    let was_dropped = loop {
        if outcomes.len() >= most {
            break true;
        }
        match run.next().await {
            Some(outcome) => outcomes.push(outcome),
            None => break false,
        }
    };
    drop(run);
    let report = handle.report();
    world.chime.clear_faults();
    let held = world.members(&room).await;
    check(&ids, &outcomes, &report, &held, was_dropped, &shown);

    let counts = report.counts;
    tally.runs += 1;
    tally.items += counts.items;
    tally.done += counts.done;
    tally.refused += counts.refused;
    tally.not_sent += counts.not_sent;
    tally.unknown += counts.unknown;
    tally.requests += counts.requests;
    tally.dropped_runs += usize::from(was_dropped);
    tally.ended_runs += usize::from(report.ended().is_some() && !was_dropped);
}

fn check(
    ids: &[String],
    outcomes: &[Outcome<MembershipItem>],
    report: &BatchReport<MembershipItem>,
    held: &BTreeSet<String>,
    was_dropped: bool,
    shown: &str,
) {
    let counts = report.counts;
    let sum = counts.done + counts.refused + counts.not_sent + counts.unknown + counts.duplicates;
    assert_eq!(sum, counts.items, "{shown}");
    if !was_dropped && report.source_ended() {
        assert_eq!(counts.items, ids.len(), "{shown}");
    }

    // Each item has one outcome, and the report has the same.
    let mut told: BTreeMap<usize, &ItemStatus> = BTreeMap::new();
    for outcome in outcomes {
        let before = told.insert(outcome.index, &outcome.status);
        assert_eq!(
            before, None,
            "item {} has two outcomes; {shown}",
            outcome.index
        );
        assert_eq!(
            outcome.item.member_id(),
            Some(&*ids[outcome.index]),
            "{shown}"
        );
    }
    if !was_dropped {
        assert_eq!(told.len(), counts.items, "{shown}");
    }
    let mut next = 0;
    for (index, status, item) in report.entries() {
        assert_eq!(index, next, "{shown}");
        next += 1;
        if let Some(told) = told.get(&index) {
            assert_eq!(*told, status, "item {index}; {shown}");
        }
        let member = item.map(|item| item.member_id().expect("an ID"));
        assert!(member.is_none_or(|member| member == ids[index]), "{shown}");
    }
    assert_eq!(next, counts.items, "{shown}");

    // The service has all items that are done, and the items that it has are done or unknown.
    let mut may_be_held = BTreeSet::new();
    for (index, status, _) in report.entries() {
        match status {
            ItemStatus::Done => {
                assert!(
                    held.contains(&ids[index]),
                    "{} is missing in the service; {shown}",
                    ids[index]
                );
                may_be_held.insert(&ids[index]);
            }
            ItemStatus::Unknown { .. } => {
                may_be_held.insert(&ids[index]);
            }
            _ => {}
        }
    }
    for id in held {
        assert!(may_be_held.contains(id), "{id} is in the service; {shown}");
    }
    // The remaining items can be passed to another run.
    let remaining: Vec<_> = report.remaining().collect();
    assert!(remaining.len() <= counts.items - counts.done, "{shown}");
    assert_eq!(
        report.is_complete(),
        report.source_ended() && counts.done + counts.duplicates == counts.items,
        "{shown}"
    );
}

/// Runs consecutive seeds. Each of two tests runs half of them, on one core each.
async fn runs(part: u64) {
    let number = |name: &str| {
        let text = std::env::var(name).ok()?;
        Some(text.parse::<u64>().expect("a number"))
    };
    let world = World::new();
    let mut tally = Tally::default();
    if let Some(seed) = number("BATCH_SEED") {
        one_run(&world, seed, &mut tally).await;
        println!("{tally:?}");
        return;
    }
    let count = number("BATCH_RUNS").unwrap_or(2200) / 2;
    // The last digit is the number of the run.
    let first = fastrand::u64(..u64::MAX / 2) / 100_000 * 100_000 + part * count;
    for seed in first..first + count {
        one_run(&world, seed, &mut tally).await;
    }
    // Written to stderr directly, so that the seeds are shown even if the test passes.
    let told = format!("seeds {first} to {}: {tally:?}\n", first + count - 1);
    std::io::stderr()
        .write_all(told.as_bytes())
        .expect("stderr");
    assert!(tally.done > 0 && tally.refused > 0 && tally.unknown > 0 && tally.not_sent > 0);
}

#[tokio::test(start_paused = true)]
async fn every_item_has_one_fate() {
    runs(0).await;
}

#[tokio::test(start_paused = true)]
async fn every_item_has_one_fate_again() {
    runs(1).await;
}
