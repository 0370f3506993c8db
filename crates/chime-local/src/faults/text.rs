//! Parses faults from flags, and formats them for display.

use super::{Fail, Faults, FaultsError, Refuse};
use std::fmt::{self, Display};
use std::str::FromStr;

impl FromStr for Refuse {
    type Err = FaultsError;

    fn from_str(text: &str) -> Result<Self, FaultsError> {
        // A pattern may contain `=`, but a code does not.
        let (pattern, code) = text.rsplit_once('=').ok_or_else(|| {
            FaultsError::new(format!(
                "`{text}` has no `=`; use PATTERN=CODE or PATTERN=CODE:TIMES, such as \
                 '*7=Throttled:2'"
            ))
        })?;
        let rule = match code.split_once(':') {
            None => Self::new(pattern, code),
            Some((code, times)) => {
                let times = times.parse().map_err(|error| {
                    FaultsError::new(format!(
                        "`{times}` in `{text}` is not a number of times: {error}"
                    ))
                })?;
                Self::new(pattern, code).times(times)
            }
        };
        rule.check("")?;
        Ok(rule)
    }
}

impl FromStr for Fail {
    type Err = FaultsError;

    fn from_str(text: &str) -> Result<Self, FaultsError> {
        let (shape, probability) = text.split_once('=').ok_or_else(|| {
            FaultsError::new(format!(
                "`{text}` has no `=`; use SHAPE=PROBABILITY, such as \
                 ServiceUnavailableException=0.1"
            ))
        })?;
        let probability = probability.parse().map_err(|error| {
            FaultsError::new(format!(
                "`{probability}` in `{text}` is not a probability: {error}"
            ))
        })?;
        let rule = Self::new(shape, probability);
        rule.check("")?;
        Ok(rule)
    }
}

impl Display for Refuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refuse {} with {}", self.pattern, self.code)?;
        if let Some(times) = self.times {
            write!(f, ", {times} times each")?;
        }
        if self.probability < 1.0 {
            write!(f, ", probability {}", self.probability)?;
        }
        Ok(())
    }
}

impl Display for Fail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "fail with {}, probability {}",
            self.shape, self.probability
        )
    }
}

/// Lists the enabled faults, one per line, or `off` if there are none.
impl Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_off() {
            return f.write_str("off");
        }
        write!(f, "seed {}", self.seed)?;
        if !self.only.is_empty() {
            write!(f, "\nonly {}", self.only.join(", "))?;
        }
        if self.latency_ms > 0 || self.latency_jitter_ms > 0 {
            write!(f, "\nlatency {} ms", self.latency_ms)?;
            if self.latency_jitter_ms > 0 {
                write!(f, " and up to {} ms more", self.latency_jitter_ms)?;
            }
        }
        if let Some(rate) = self.rate {
            write!(f, "\nat most {rate} requests per second")?;
            if let Some(burst) = self.burst {
                write!(f, ", {burst} at once")?;
            }
        }
        for rule in &self.fail {
            write!(f, "\n{rule}")?;
        }
        for rule in &self.refuse {
            write!(f, "\n{rule}")?;
        }
        for (what, probability) in [
            ("reset before the request takes effect", self.reset_before),
            ("reset after the request took effect", self.reset_after),
            ("truncated body", self.truncate),
            ("slow body", self.slow),
        ] {
            if probability > 0.0 {
                write!(f, "\n{what}, probability {probability}")?;
            }
        }
        Ok(())
    }
}
