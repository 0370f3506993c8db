//! Patterns of strings.

use regex_lite::Regex;
use std::sync::OnceLock;

/// What a string must match as a whole.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    regex: OnceLock<Option<Regex>>,
}

/// The models have one pattern that regular expressions in the strict sense cannot express: no character appears
/// four times in a row.
const NO_RUNS: &str = r"(?!.*?(.)\1{3})";

impl Pattern {
    pub(super) fn new(source: &str) -> Self {
        Self {
            source: source.to_owned(),
            regex: OnceLock::new(),
        }
    }

    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        if self.source.contains(NO_RUNS) && has_run(text) {
            return false;
        }
        self.regex().is_none_or(|regex| regex.is_match(text))
    }

    #[cfg(test)]
    pub(super) fn compiles(&self) -> bool {
        self.regex().is_some()
    }

    fn regex(&self) -> Option<&Regex> {
        // Most models have anchors in their patterns. Those that have none mean the whole string, too; `\S` alone
        // is the exception, which asks for one character that is not a space.
        let compiled = self.regex.get_or_init(|| {
            let source = self.source.replace(NO_RUNS, "");
            let anchored = source.starts_with('^') || source.ends_with('$') || source == r"\S";
            Regex::new(&match anchored {
                true => format!("(?s){source}"),
                false => format!("(?s)^(?:{source})$"),
            })
            .ok()
        });
        compiled.as_ref()
    }
}

fn has_run(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    characters
        .windows(4)
        .any(|four| four.iter().all(|character| *character == four[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, text, expected) in [
            (r"\S", " a ", true),
            (r"\S", "  ", false),
            (r".*", "a\nb", true),
            (r"^[A-Z]{2}$", "US", true),
            (r"^[A-Z]{2}$", "USA", false),
            (r"[a-c]+", "abcd", false),
            (r"^(?!.*?(.)\1{3})[-_!@#$a-zA-Z0-9]*$", "aaab", true),
            (r"^(?!.*?(.)\1{3})[-_!@#$a-zA-Z0-9]*$", "aaaab", false),
            (r"^(?!.*?(.)\1{3})[-_!@#$a-zA-Z0-9]*$", "a b", false),
        ] {
            assert_eq!(
                Pattern::new(pattern).matches(text),
                expected,
                "{pattern} {text}"
            );
        }
    }
}
