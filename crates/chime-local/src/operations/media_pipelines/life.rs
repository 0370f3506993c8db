//! The states of pipelines and their tasks, by the clock.
//!
//! | state | from | to |
//! | --- | --- | --- |
//! | `Initializing` | the creation | a second later |
//! | `InProgress`, or `Paused` if asked for | then | a request to stop, or the end of the source |
//! | `Stopping` | then | a second later |
//! | `Stopped` | then | a minute later, when the pipeline is gone |
//!
//! No state has to be waited for: a pipeline can be paused or stopped while it is initializing. `Failed` does not
//! occur. The member `StoppedTimestamp` of a row is when it began, or will begin, to stop.

use crate::document::Doc;

/// How long a change of state takes.
pub(super) const STEP: i64 = 1000;

/// How long a pipeline that has stopped is kept.
const KEPT: i64 = 60_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Initializing,
    InProgress,
    Paused,
    Stopping,
    Stopped,
    /// It does not exist any more.
    Gone,
}

impl State {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Initializing => "Initializing",
            Self::InProgress => "InProgress",
            Self::Paused => "Paused",
            Self::Stopping => "Stopping",
            Self::Stopped | Self::Gone => "Stopped",
        }
    }

    /// Whether it has not been asked to stop.
    pub(super) fn is_active(self) -> bool {
        matches!(self, Self::Initializing | Self::InProgress | Self::Paused)
    }
}

/// Returns the state of a row at a time, and when the state began.
pub(super) fn state(row: &Doc, now: i64) -> (State, i64) {
    if let Some(stopping) = row.int("StoppedTimestamp").filter(|time| *time <= now) {
        let stopped = stopping + STEP;
        return match now {
            _ if now < stopped => (State::Stopping, stopping),
            _ if now < stopped + KEPT => (State::Stopped, stopped),
            _ => (State::Gone, stopped),
        };
    }
    let created = row.int("CreatedTimestamp").unwrap_or_default();
    let updated = row.int("UpdatedTimestamp").unwrap_or_default();
    if row.bool("Paused") == Some(true) {
        (State::Paused, updated)
    } else if now < created + STEP {
        (State::Initializing, created)
    } else {
        (State::InProgress, updated.max(created + STEP))
    }
}

/// Returns until when a row stopped at the latest if it is gone.
pub(super) fn horizon(now: i64) -> i64 {
    now - STEP - KEPT
}

/// Asks a row to stop at a time, unless it does so earlier.
pub(super) fn stop(row: &mut Doc, at: i64) {
    let at = row.int("StoppedTimestamp").map_or(at, |time| time.min(at));
    row.set("StoppedTimestamp", at);
}

/// Writes the state at a time into a row that is shown, in a member.
pub(super) fn show(row: &mut Doc, member: &str, now: i64) -> State {
    let (state, since) = state(row, now);
    row.set(member, state.name());
    row.set("UpdatedTimestamp", since);
    state
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::object;

    #[test]
    fn states_follow_the_clock() {
        let created = object! {"CreatedTimestamp": 1000_i64, "UpdatedTimestamp": 1000_i64};
        assert_eq!(state(&created, 1999), (State::Initializing, 1000));
        assert_eq!(state(&created, 2000), (State::InProgress, 2000));
        let mut stopped = created.clone();
        stop(&mut stopped, 5000);
        stop(&mut stopped, 9000);
        for (now, expected) in [
            (4999, (State::InProgress, 2000)),
            (5000, (State::Stopping, 5000)),
            (6000, (State::Stopped, 6000)),
            (65_999, (State::Stopped, 6000)),
            (66_000, (State::Gone, 6000)),
        ] {
            assert_eq!(state(&stopped, now), expected, "{now}");
            let is_gone = stopped.int("StoppedTimestamp") <= Some(horizon(now));
            assert_eq!(is_gone, expected.0 == State::Gone, "{now}");
        }
        let paused = created.with(object! {"Paused": true, "UpdatedTimestamp": 1500_i64});
        assert_eq!(state(&paused, 9000), (State::Paused, 1500));
    }
}
