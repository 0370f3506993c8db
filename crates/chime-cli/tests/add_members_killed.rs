//! `chime rooms add-members` with a journal, killed repeatedly.

mod common;

use chime_local::Faults;
use common::{Local, Room, Said, run};
use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::process::Child;
use std::time::{Duration, Instant};

const MEMBERS: usize = 20_000;
const KILLS: usize = 100;
/// The maximum lifetime of an attempt, as a fraction of the duration of a run that is not killed. Starting
/// takes much of it.
const LONGEST: f64 = 0.4;

/// Returns the members that a journal records as done.
fn done(journal: &str) -> HashSet<String> {
    let Ok(text) = std::fs::read_to_string(journal) else {
        return HashSet::new();
    };
    let (whole, _torn) = text.rsplit_once('\n').unwrap_or_default();
    let id = |line: &str| {
        let rest = line.strip_prefix(r#"{"done":{"index":"#)?;
        let (_, id) = rest.split_once(r#","member":""#)?;
        id.strip_suffix(r#""}}"#).map(str::to_owned)
    };
    whole.lines().filter_map(id).collect()
}

/// Waits until a process ends or is due to be killed. Returns whether it was killed.
fn kill_after(child: &mut Child, delay: Duration) -> bool {
    let began = Instant::now();
    while began.elapsed() < delay {
        if child.try_wait().expect("waited").is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_micros(500));
    }
    if child.try_wait().expect("waited").is_some() {
        return false;
    }
    child.kill().expect("killed");
    true
}

#[derive(Debug, Default)]
struct Figures {
    runs: usize,
    attempts: usize,
    kills: usize,
    /// Kills, by how many tenths of the members were done at the time.
    when: [usize; 11],
    torn_lines: usize,
    /// Requests for members beyond the first for each.
    asked_again: usize,
    /// Those for members that the journal had recorded as done.
    asked_again_though_done: usize,
}

fn start(room: &Room<'_>, journal: &str) -> Child {
    room.add(&room.csv, &["--journal", journal, "--concurrency", "4"])
        .spawn()
        .expect("chime runs")
}

/// Repeats one run, killed until it completes or was killed often enough.
fn run_killed(local: &Local, random: &mut fastrand::Rng, whole: Duration, figures: &mut Figures) {
    figures.runs += 1;
    let room = local.room(MEMBERS);
    let journal = local.text(&format!("journal-{}", figures.runs));
    let mut asked: HashMap<String, usize> = HashMap::new();
    let said = loop {
        let known = done(&journal);
        let mut child = start(&room, &journal);
        figures.attempts += 1;
        let is_killed = figures.kills < KILLS && {
            kill_after(&mut child, whole.mul_f64(random.f64() * LONGEST))
        };
        let said: Said = child.wait_with_output().expect("it ends").into();
        for id in local
            .chime()
            .take_batches()
            .into_iter()
            .flat_map(|it| it.ids)
        {
            figures.asked_again_though_done += usize::from(known.contains(&id));
            *asked.entry(id).or_default() += 1;
        }
        if !is_killed {
            break said;
        }
        figures.kills += 1;
        let now = done(&journal);
        assert!(now.is_superset(&known), "the journal forgot members");
        figures.when[now.len() * 10 / MEMBERS] += 1;
        let text = std::fs::read(&journal).unwrap_or_default();
        figures.torn_lines += usize::from(text.last().is_some_and(|last| *last != b'\n'));
    };
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.count("added"), MEMBERS);
    // Each member was added once, and no others: the IDs of the sample are sorted.
    assert_eq!(room.members(), room.sample.user_ids);
    assert_eq!(asked.len(), MEMBERS);
    figures.asked_again += asked.values().map(|times| times - 1).sum::<usize>();

    assert_eq!(figures.asked_again_though_done, 0, "{figures:?}");

    let again = run(&mut room.add(&room.csv, &["--journal", &journal]));
    assert_eq!(
        (again.code, again.count("requests")),
        (Some(0), 0),
        "{again:?}"
    );
    assert!(local.chime().take_batches().is_empty());
}

/// Written to stderr directly, so that seed and figures are shown even if the test passes.
fn tell(text: &str) {
    std::io::stderr()
        .write_all(format!("{text}\n").as_bytes())
        .expect("stderr");
}

#[test]
fn a_run_that_is_killed_goes_on_where_it_was() {
    let seed = std::env::var("CHIME_TEST_SEED").ok();
    let seed = seed.map_or_else(|| fastrand::u64(..), |seed| seed.parse().expect("a number"));
    tell(&format!("seed {seed} (CHIME_TEST_SEED)"));
    let mut random = fastrand::Rng::with_seed(seed);
    let local = Local::start();
    local.chime().record_batches(true);
    let slow = Faults {
        only: vec!["BatchCreateRoomMembership".to_owned()],
        latency_ms: 3,
        ..Faults::default()
    };
    local.faults(slow);
    let began = Instant::now();
    let room = local.room(MEMBERS);
    let start = Instant::now();
    let said = run(&mut room.add(
        &room.csv,
        &["--journal", &local.text("journal-0"), "--concurrency", "4"],
    ));
    let whole = start.elapsed();
    assert_eq!((said.code, said.count("added")), (Some(0), MEMBERS));
    local.chime().take_batches();

    let mut figures = Figures::default();
    while figures.kills < KILLS {
        run_killed(&local, &mut random, whole, &mut figures);
    }
    tell(&format!(
        "a run that is not killed takes {whole:?}; all took {:?}",
        began.elapsed()
    ));
    tell(&format!("{figures:#?}"));
    tell(&format!(
        "{} kills, {} attempts, {} members in {} runs, {} requests for members known as done",
        figures.kills,
        figures.attempts,
        figures.runs * MEMBERS,
        figures.runs,
        figures.asked_again_though_done
    ));
}
