//! Validation of faults.

use super::{Fail, Faults, Refuse};
use crate::model;
use crate::refusal::{CODES, Kind};
use std::collections::BTreeSet;
use std::fmt::{self, Display};

/// The longest delay, in milliseconds.
const LONGEST: u64 = 3_600_000;

/// Invalid faults: where, what, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultsError(String);

impl FaultsError {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    fn at(place: &str, what: impl Display) -> Self {
        Self(format!("{place} {what}"))
    }
}

impl Display for FaultsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FaultsError {}

impl Faults {
    /// Validates the faults.
    ///
    /// # Errors
    ///
    /// Returns an error if a value is out of range or is not part of the service.
    pub fn check(&self) -> Result<(), FaultsError> {
        for (place, value) in [
            ("reset-before", self.reset_before),
            ("reset-after", self.reset_after),
            ("truncate", self.truncate),
            ("slow", self.slow),
        ] {
            probability(place, value)?;
        }
        for (place, value) in [
            ("latency-ms", self.latency_ms),
            ("latency-jitter-ms", self.latency_jitter_ms),
            ("slow-pause-ms", self.slow_pause_ms),
            ("retry-after-ms", self.retry_after_ms.unwrap_or_default()),
        ] {
            if value > LONGEST {
                return Err(FaultsError::at(
                    place,
                    format_args!("is {value}; it must be at most {LONGEST}, an hour"),
                ));
            }
        }
        for (i, rule) in self.refuse.iter().enumerate() {
            rule.check(&format!("refuse[{i}]."))?;
        }
        for (i, rule) in self.fail.iter().enumerate() {
            rule.check(&format!("fail[{i}]."))?;
        }
        self.check_rate()?;
        for (i, name) in self.only.iter().enumerate() {
            if model::operations_named(name).next().is_none() {
                return Err(FaultsError::at(
                    &format!("only[{i}]"),
                    format_args!(
                        "is `{name}`, which is not an operation of Chime; use a name in the model, \
                         such as BatchCreateRoomMembership"
                    ),
                ));
            }
        }
        Ok(())
    }

    fn check_rate(&self) -> Result<(), FaultsError> {
        let Some(rate) = self.rate else {
            if self.burst.is_some() {
                return Err(FaultsError::at(
                    "burst",
                    "has no effect without rate; set rate as well",
                ));
            }
            let is_throttle = |fail: &Fail| Kind::of_shape(&fail.shape) == Some(Kind::Throttled);
            let throttles = "ThrottledClientException";
            if self.retry_after_ms.is_some() && !self.fail.iter().any(is_throttle) {
                return Err(FaultsError::at(
                    "retry-after-ms",
                    format_args!(
                        "has no effect without rate or a fail of {throttles}; set one of them"
                    ),
                ));
            }
            return Ok(());
        };
        if !(rate.is_finite() && rate > 0.0) {
            return Err(FaultsError::at(
                "rate",
                format_args!(
                    "is {rate}; it must be more than 0 requests per second, or omitted for no limit"
                ),
            ));
        }
        if self.burst == Some(0) {
            return Err(FaultsError::at(
                "burst",
                "is 0, which would let nothing through; it must be at least 1",
            ));
        }
        Ok(())
    }
}

fn probability(place: &str, value: f64) -> Result<(), FaultsError> {
    if (0.0..=1.0).contains(&value) {
        return Ok(());
    }
    Err(FaultsError::at(
        place,
        format_args!("is {value}; a probability is from 0 (never) to 1 (always)"),
    ))
}

impl Refuse {
    /// Validates the rule; `place` is the prefix of its field names.
    pub(super) fn check(&self, place: &str) -> Result<(), FaultsError> {
        if self.pattern.is_empty() {
            return Err(FaultsError::at(
                &format!("{place}pattern"),
                "is empty, which matches no ID; use `*` to match every ID",
            ));
        }
        if !CODES.contains(&self.code.as_str()) {
            return Err(FaultsError::at(
                &format!("{place}code"),
                format_args!("is `{}`; it must be one of {}", self.code, CODES.join(", ")),
            ));
        }
        if self.times == Some(0) {
            return Err(FaultsError::at(
                &format!("{place}times"),
                "is 0, which would refuse nothing; omit it to refuse always",
            ));
        }
        probability(&format!("{place}probability"), self.probability)
    }
}

impl Fail {
    /// Validates the rule; `place` is the prefix of its field names.
    pub(super) fn check(&self, place: &str) -> Result<(), FaultsError> {
        if Kind::of_shape(&self.shape).is_none() {
            let errors = model::services().iter().flat_map(|service| &service.errors);
            let shapes: BTreeSet<&str> = errors.map(|error| error.name.as_str()).collect();
            let shapes: Vec<&str> = shapes.into_iter().collect();
            return Err(FaultsError::at(
                &format!("{place}shape"),
                format_args!(
                    "is `{}`; it must be one of {}",
                    self.shape,
                    shapes.join(", ")
                ),
            ));
        }
        probability(&format!("{place}probability"), self.probability)
    }
}
