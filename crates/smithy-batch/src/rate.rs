//! The rate at which requests may be sent.
//!
//! The rate is unlimited until the service throttles. It then falls below what the service accepted,
//! and grows back along a cubic curve: quickly while it is far below the rate that was throttled,
//! slowly near it, and beyond it only after a while. Close to the limit, at most one request in a
//! hundred is throttled.

/// Time in seconds since the start of the run.
pub(super) type Seconds = f64;

/// How long the rate takes to return to where it was throttled, once the limit is known: this time, or
/// this number of requests if that takes longer.
const RECOVERY: Seconds = 10.0;
const RECOVERY_REQUESTS: f64 = 100.0;
/// The factor by which the rate falls, once the limit is known.
const FALL: f64 = 0.9;
/// The same while the limit is unknown.
const FIRST_RECOVERY: Seconds = 4.0;
const FIRST_FALL: f64 = 0.5;
/// The limit counts as known after this time without throttling, until requests are throttled this many
/// times in a row, each within this time of the one before.
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

/// The growth of the rate after it fell.
#[derive(Debug, Clone, Copy)]
struct Curve {
    /// When the rate fell.
    since: Seconds,
    /// The rate that was throttled.
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

    /// Returns when the next request may be sent: now, or later.
    pub(super) fn ready_at(&mut self, now: Seconds) -> Seconds {
        let Some(rate) = self.rate(now) else {
            self.last = now;
            return now.max(self.paused_until);
        };
        let passed = (now - self.last).max(0.0);
        self.last = now;
        self.tokens = (self.tokens + passed * rate).min(1.0);
        // A token that is missing only by rounding counts as there.
        let missing = 1.0 - self.tokens;
        let wait = if missing < 1e-6 { 0.0 } else { missing / rate };
        (now + wait).max(self.paused_until)
    }

    /// Records that a request is sent.
    pub(super) fn sent(&mut self, now: Seconds) {
        self.sent += 1;
        if self.rate(now).is_some() {
            self.tokens = (self.tokens - 1.0).max(0.0);
        }
    }

    /// Holds back all requests until then.
    pub(super) fn pause(&mut self, until: Seconds) {
        self.paused_until = self.paused_until.max(until);
    }

    /// Records that the service throttled a request, which was sent at the given time.
    pub(super) fn throttled(&mut self, now: Seconds, sent_at: Seconds) {
        // A request that was sent before the rate fell adds no information.
        let since = self.curve.map(|curve| curve.since);
        if !self.adapts || since.is_some_and(|since| sent_at < since) {
            return;
        }
        let current = self.rate(now).unwrap_or(f64::INFINITY);
        let ceiling = match current.is_finite() {
            true => current,
            // Nothing has been held back so far.
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

    /// A service that accepts `rate` requests per second, and `burst` at once.
    struct Service {
        rate: f64,
        burst: f64,
        tokens: f64,
        last: Seconds,
    }

    impl Service {
        fn accepts(&mut self, now: Seconds) -> bool {
            self.tokens = (self.tokens + (now - self.last) * self.rate).min(self.burst);
            self.last = now;
            let accepts = self.tokens >= 1.0;
            self.tokens -= f64::from(u8::from(accepts));
            accepts
        }
    }

    /// Sends with up to `in_flight` requests in flight. Returns the share of the service's capacity that
    /// was used, and the share of requests that were throttled after the first five seconds.
    fn run(rate: f64, burst: f64, in_flight: usize, latency: Seconds) -> (f64, f64) {
        const UNTIL: Seconds = 120.0;
        let mut control = RateControl::new(None, true);
        let mut service = Service {
            rate,
            burst,
            tokens: burst,
            last: 0.0,
        };
        // When each request in flight was sent, and whether it was accepted; oldest first.
        let mut sent: VecDeque<(Seconds, bool)> = VecDeque::new();
        let (mut now, mut accepted, mut late, mut late_throttled) = (0.0, 0, 0, 0);
        while now < UNTIL {
            while let Some((sent_at, accepts)) = sent.front().copied()
                && sent_at + latency <= now
            {
                sent.pop_front();
                if !accepts {
                    control.throttled(now, sent_at);
                }
            }
            let mut next = now + 0.5;
            if let Some((sent_at, _)) = sent.front() {
                next = next.min(sent_at + latency);
            }
            if sent.len() < in_flight {
                let ready = control.ready_at(now);
                if ready <= now {
                    control.sent(now);
                    let accepts = service.accepts(now);
                    accepted += u32::from(accepts);
                    if now > 5.0 {
                        late += 1;
                        late_throttled += u32::from(!accepts);
                    }
                    sent.push_back((now, accepts));
                    continue;
                }
                next = next.min(ready);
            }
            now = next.max(now + 1e-6);
        }
        let allowed = burst + rate * UNTIL;
        (
            f64::from(accepted) / allowed,
            f64::from(late_throttled) / f64::from(late.max(1)),
        )
    }

    #[test]
    fn the_limit_is_used_and_rarely_exceeded() {
        let mut cases = Vec::new();
        for rate in [2.0, 5.0, 10.0, 37.0, 100.0] {
            for burst in [1.0, rate] {
                for in_flight in [1, 8, 16, 64] {
                    cases.extend([0.005, 0.02, 0.1].map(|it| (rate, burst, in_flight, it)));
                }
            }
        }
        // In the other cases, latency limits the rate to less than the service accepts.
        cases.retain(|(rate, _, in_flight, latency)| *in_flight as f64 / latency > 1.5 * rate);
        assert!(cases.len() > 50);
        for (rate, burst, in_flight, latency) in cases {
            let (used, throttled) = run(rate, burst, in_flight, latency);
            // At few requests per second, two minutes give less to learn from.
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
    fn nothing_is_held_back_without_throttling() {
        let mut control = RateControl::new(None, true);
        for _ in 0..1000 {
            assert_eq!(control.ready_at(0.5), 0.5);
            control.sent(0.5);
        }
    }

    #[test]
    fn the_callers_maximum_rate_is_kept() {
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
