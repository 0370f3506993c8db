//! Why a command ended early.

use std::fmt;
use std::process::ExitCode;

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Problem {
    /// An argument, the environment or a profile is invalid.
    Setting(String),
    /// Anything else.
    Other(String),
}

impl Problem {
    /// Returns the exit code: 2 for invalid settings, as for invalid arguments.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Setting(_) => ExitCode::from(2),
            Self::Other(_) => ExitCode::FAILURE,
        }
    }
}

impl From<String> for Problem {
    fn from(text: String) -> Self {
        Self::Other(text)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // The message may have several lines.
            Self::Setting(text) => {
                let mut words = text.split_whitespace();
                f.write_str(words.next().unwrap_or_default())?;
                words.try_for_each(|word| write!(f, " {word}"))
            }
            Self::Other(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_setting_is_one_line() {
        let problem = Problem::Setting("two\n  lines".to_owned());
        assert_eq!(problem.to_string(), "two lines");
    }
}
