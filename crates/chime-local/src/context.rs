//! What a request knows of the world: the time, random choices, and where it came from.

use fastrand::Rng;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The region of requests that name none.
pub(crate) const REGION: &str = "us-east-1";

/// The time of a local Chime: the system's, or one that only a test changes.
///
/// Clones share the time.
#[derive(Debug, Clone, Default)]
pub struct Clock(Option<Arc<Mutex<i64>>>);

impl Clock {
    /// The clock of the system.
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that stands still until it is [advanced](Self::advance).
    pub fn manual(start: SystemTime) -> Self {
        let since = milliseconds(since_epoch(start));
        Self(Some(Arc::new(Mutex::new(since))))
    }

    /// Moves a manual clock forward. The clock of the system is not changed.
    pub fn advance(&self, time: Duration) {
        if let Some(now) = &self.0 {
            let mut now = now.lock().unwrap_or_else(PoisonError::into_inner);
            *now = now.saturating_add(milliseconds(time));
        }
    }

    /// Returns the time.
    pub fn now(&self) -> SystemTime {
        let since = u64::try_from(self.milliseconds()).unwrap_or_default();
        UNIX_EPOCH + Duration::from_millis(since)
    }

    /// Returns the time in milliseconds since the epoch.
    pub(crate) fn milliseconds(&self) -> i64 {
        match &self.0 {
            Some(now) => *now.lock().unwrap_or_else(PoisonError::into_inner),
            None => milliseconds(since_epoch(SystemTime::now())),
        }
    }
}

/// Returns the time since the epoch; none for a time before it.
pub(crate) fn since_epoch(time: SystemTime) -> Duration {
    time.duration_since(UNIX_EPOCH).unwrap_or_default()
}

pub(crate) fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

/// The source of IDs and random choices. Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Chance(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    rng: Rng,
    /// The time and count of the last ID.
    last: u64,
}

/// The bits of an ID that count within a millisecond.
const COUNT_BITS: u32 = 12;

impl Chance {
    /// Creates a source that makes the same choices for the same seed, or other ones each time.
    pub(crate) fn new(seed: Option<u64>) -> Self {
        let rng = seed.map_or_else(Rng::new, Rng::with_seed);
        Self(Arc::new(Mutex::new(State { rng, last: 0 })))
    }

    fn with<T>(&self, choose: impl FnOnce(&mut State) -> T) -> T {
        choose(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns a UUID of version 7, which is greater than those before it.
    pub(crate) fn id(&self, now: i64) -> String {
        let (place, random) = self.with(|state| {
            let time = u64::try_from(now).unwrap_or_default() << COUNT_BITS;
            state.last = time.max(state.last + 1);
            (state.last, state.rng.u64(..))
        });
        let time = u128::from(place >> COUNT_BITS);
        let count = u128::from(place & ((1 << COUNT_BITS) - 1));
        let random = u128::from(random >> 2);
        let bits = (time << 80) | (7 << 76) | (count << 64) | (0b10 << 62) | random;
        uuid::Uuid::from_u128(bits).hyphenated().to_string()
    }

    /// Returns a random UUID of version 4.
    pub(crate) fn random_id(&self) -> String {
        let bytes = self.with(|state| state.rng.u128(..)).to_ne_bytes();
        uuid::Builder::from_random_bytes(bytes)
            .into_uuid()
            .hyphenated()
            .to_string()
    }
}

/// What a request knows of the world.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    /// When the request is handled, in milliseconds since the epoch.
    pub(crate) now: i64,
    pub(crate) region: String,
    pub(crate) chance: Chance,
}

impl Context {
    pub(crate) fn new_id(&self) -> String {
        self.chance.id(self.now)
    }

    pub(crate) fn digits(&self, count: usize) -> String {
        self.chance.with(|state| {
            let digits = (0..count).map(|i| state.rng.char(if i == 0 { '1' } else { '0' }..='9'));
            digits.collect()
        })
    }

    pub(crate) fn letters(&self, count: usize) -> String {
        self.chance
            .with(|state| (0..count).map(|_| state.rng.alphanumeric()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_increase_and_depend_on_the_seed() {
        let (one, same) = (Chance::new(Some(1)), Chance::new(Some(1)));
        let ids: Vec<String> = (0..10_000).map(|_| one.id(1_795_623_719_000)).collect();
        assert!(ids.is_sorted_by(|left, right| left < right));
        assert_eq!(ids[0], same.id(1_795_623_719_000));
        assert_eq!(&ids[0][14..15], "7");
        // A clock that goes back does not change the order.
        assert!(one.id(0) > ids[9999]);
        let other = Chance::new(Some(2));
        assert_ne!(other.id(1_795_623_719_000), ids[0]);
    }

    #[test]
    fn a_manual_clock_stands_still() {
        let clock = Clock::manual(UNIX_EPOCH + Duration::from_secs(5));
        let shared = clock.clone();
        assert_eq!(clock.milliseconds(), 5000);
        shared.advance(Duration::from_millis(7));
        assert_eq!(clock.milliseconds(), 5007);
        assert_eq!(clock.now(), UNIX_EPOCH + Duration::from_millis(5007));
    }
}
