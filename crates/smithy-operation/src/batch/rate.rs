//! How fast requests may be sent.
//!
//! Nothing is held back until the service throttles. Then the rate falls below what the service took,
//! and grows again along a cubic curve: fast far from where it was throttled, slow near it, and past it
//! only after a while. Near the limit, a request in a hundred or fewer is throttled.

/// Seconds since the start of the run.
pub(super) type Seconds = f64;

/// How long the rate takes to come back to where it was throttled, once that is known well: so long, or
/// so many requests.
const RECOVERY: Seconds = 10.0;
const RECOVERY_REQUESTS: f64 = 100.0;
/// By how much it falls, once that is known well.
const FALL: f64 = 0.9;
/// The same at the start, when the limit is anybody's guess.
const FIRST_RECOVERY: Seconds = 4.0;
const FIRST_FALL: f64 = 0.5;
/// The limit counts as known after so long without being throttled, until it is passed so often in a
/// row within that time.
const KNOWN_AFTER: Seconds = 1.0;
const IN_A_ROW: u32 = 3;
const SLOWEST: f64 = 0.1;

#[derive(Debug)]
pub(super) struct RateControl {
    max: Option<f64>,
    adapts: bool,
    curve: Option<Curve>,
    is_known: bool,
    in_a_row: u32,
    tokens: f64,
    last: Seconds,
    paused_until: Seconds,
    sent: u64,
}

/// How the rate grows after it fell.
#[derive(Debug, Clone, Copy)]
struct Curve {
    /// When it fell.
    since: Seconds,
    /// Where it was throttled.
    ceiling: f64,
    fall: f64,
    recovery: Seconds,
}

impl Curve {
    fn rate(&self, now: Seconds) -> f64 {
        let from_ceiling = (now - self.since - self.recovery) / self.recovery;
        let depth = self.ceiling * (1.0 - self.fall);
        (self.ceiling + depth * from_ceiling.powi(3)).max(SLOWEST)
    }
}

impl RateControl {
    pub(super) fn new(max: Option<f64>, adapts: bool) -> Self {
        Self {
            max,
            adapts,
            curve: None,
            is_known: false,
            in_a_row: 0,
            tokens: 1.0,
            last: 0.0,
            paused_until: 0.0,
            sent: 0,
        }
    }

    fn rate(&self, now: Seconds) -> Option<f64> {
        let adapted = self.curve.map(|curve| curve.rate(now));
        match (adapted, self.max) {
            (Some(adapted), Some(max)) => Some(adapted.min(max)),
            (rate, max) => rate.or(max),
        }
    }

    /// When the next request may be sent: now, or later.
    pub(super) fn ready_at(&mut self, now: Seconds) -> Seconds {
        let Some(rate) = self.rate(now) else {
            self.last = now;
            return now.max(self.paused_until);
        };
        let passed = (now - self.last).max(0.0);
        self.last = now;
        self.tokens = (self.tokens + passed * rate).min(1.0);
        // What is missing by no more than rounding is there.
        let missing = 1.0 - self.tokens;
        let wait = if missing < 1e-6 { 0.0 } else { missing / rate };
        (now + wait).max(self.paused_until)
    }

    /// A request is sent.
    pub(super) fn sent(&mut self, now: Seconds) {
        self.sent += 1;
        if self.rate(now).is_some() {
            self.tokens = (self.tokens - 1.0).max(0.0);
        }
    }

    /// Nothing is sent before that.
    pub(super) fn pause(&mut self, until: Seconds) {
        self.paused_until = self.paused_until.max(until);
    }

    /// The service throttled a request that was sent at that time.
    pub(super) fn throttled(&mut self, now: Seconds, sent_at: Seconds) {
        // It was sent before the rate fell, so it says nothing new.
        let since = self.curve.map(|curve| curve.since);
        if !self.adapts || since.is_some_and(|since| sent_at < since) {
            return;
        }
        let current = self.rate(now).unwrap_or(f64::INFINITY);
        let ceiling = match current.is_finite() {
            true => current,
            // Nothing was held back so far.
            false => (self.sent as f64 / now.max(0.001)).max(1.0),
        };
        if since.is_some_and(|since| now - since >= KNOWN_AFTER) {
            self.is_known = true;
            self.in_a_row = 0;
        } else {
            self.in_a_row += 1;
            self.is_known &= self.in_a_row < IN_A_ROW;
        }
        let (fall, recovery) = match self.is_known {
            true => (FALL, RECOVERY.max(RECOVERY_REQUESTS / ceiling.max(SLOWEST))),
            false => (FIRST_FALL, FIRST_RECOVERY),
        };
        self.curve = Some(Curve {
            since: now,
            ceiling: ceiling.max(SLOWEST),
            fall,
            recovery,
        });
        self.tokens = 0.0;
        self.last = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;

    /// A service that takes so many requests a second, and so many at once.
    struct Service {
        rate: f64,
        burst: f64,
        tokens: f64,
        last: Seconds,
    }

    impl Service {
        fn takes(&mut self, now: Seconds) -> bool {
            self.tokens = (self.tokens + (now - self.last) * self.rate).min(self.burst);
            self.last = now;
            let takes = self.tokens >= 1.0;
            self.tokens -= f64::from(u8::from(takes));
            takes
        }
    }

    /// Sends with so many in flight for so long: what was taken, and the share throttled after five
    /// seconds.
    fn run(rate: f64, burst: f64, in_flight: usize, latency: Seconds) -> (f64, f64) {
        const UNTIL: Seconds = 120.0;
        let mut control = RateControl::new(None, true);
        let mut service = Service {
            rate,
            burst,
            tokens: burst,
            last: 0.0,
        };
        // When each request that is under way was sent, and whether it was taken; oldest first.
        let mut flying: VecDeque<(Seconds, bool)> = VecDeque::new();
        let (mut now, mut taken, mut late, mut late_throttled) = (0.0, 0, 0, 0);
        while now < UNTIL {
            while let Some((sent_at, takes)) = flying.front().copied()
                && sent_at + latency <= now
            {
                flying.pop_front();
                if !takes {
                    control.throttled(now, sent_at);
                }
            }
            let mut next = now + 0.5;
            if let Some((sent_at, _)) = flying.front() {
                next = next.min(sent_at + latency);
            }
            if flying.len() < in_flight {
                let ready = control.ready_at(now);
                if ready <= now {
                    control.sent(now);
                    let takes = service.takes(now);
                    taken += u32::from(takes);
                    if now > 5.0 {
                        late += 1;
                        late_throttled += u32::from(!takes);
                    }
                    flying.push_back((now, takes));
                    continue;
                }
                next = next.min(ready);
            }
            now = next.max(now + 1e-6);
        }
        let allowed = burst + rate * UNTIL;
        (
            f64::from(taken) / allowed,
            f64::from(late_throttled) / f64::from(late.max(1)),
        )
    }

    #[test]
    fn the_limit_is_used_and_seldom_passed() {
        let mut cases = Vec::new();
        for rate in [2.0, 5.0, 10.0, 37.0, 100.0] {
            for burst in [1.0, rate] {
                for in_flight in [1, 8, 16, 64] {
                    cases.extend([0.005, 0.02, 0.1].map(|it| (rate, burst, in_flight, it)));
                }
            }
        }
        // More cannot be sent otherwise, whatever the limit.
        cases.retain(|(rate, _, in_flight, latency)| *in_flight as f64 / latency > 1.5 * rate);
        assert!(cases.len() > 50);
        for (rate, burst, in_flight, latency) in cases {
            let (used, throttled) = run(rate, burst, in_flight, latency);
            // With few requests a second there is less to learn from in two minutes.
            let (least, most) = match rate < 10.0 {
                true => (0.92, 0.04),
                false => (0.95, 0.015),
            };
            assert!(
                used > least && throttled < most,
                "{rate}/s, {burst} at once, {in_flight} in flight, {latency} s: used {used:.3}, \
                 throttled {throttled:.4}"
            );
        }
    }

    #[test]
    fn nothing_is_held_back_without_being_throttled() {
        let mut control = RateControl::new(None, true);
        for _ in 0..1000 {
            assert_eq!(control.ready_at(0.5), 0.5);
            control.sent(0.5);
        }
    }

    #[test]
    fn a_rate_of_the_callers_is_kept() {
        let mut control = RateControl::new(Some(4.0), true);
        let mut times = Vec::new();
        let mut now = 0.0;
        while now < 10.0 {
            let ready = control.ready_at(now);
            if ready > now {
                now = ready;
                continue;
            }
            control.sent(now);
            times.push(now);
        }
        assert!((40..=41).contains(&times.len()), "{}", times.len());
    }

    #[test]
    fn pauses_are_kept() {
        let mut control = RateControl::new(None, true);
        control.pause(3.0);
        assert_eq!(control.ready_at(1.0), 3.0);
        assert_eq!(control.ready_at(4.0), 4.0);
    }
}
