//! Wildcard patterns.

/// Returns whether a string matches a pattern: `*` matches any characters, `?` matches one.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern, text);
    // Where to continue on a mismatch: after the last `*`, one character further each time.
    let mut retry: Option<(&str, &str)> = None;
    loop {
        let mut wanted = pattern.chars();
        let mut found = text.chars();
        match (wanted.next(), found.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                pattern = wanted.as_str();
                retry = Some((pattern, text));
                continue;
            }
            (Some(want), Some(have)) if want == '?' || want == have => {
                (pattern, text) = (wanted.as_str(), found.as_str());
                continue;
            }
            _ => {}
        }
        let Some((behind, from)) = retry else {
            return false;
        };
        let mut rest = from.chars();
        if rest.next().is_none() {
            return false;
        }
        (pattern, text) = (behind, rest.as_str());
        retry = Some((behind, text));
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn wildcards() {
        for (pattern, text, expected) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*", "abc", true),
            ("?", "", false),
            ("?", "é", true),
            ("??", "é", false),
            ("abc", "abc", true),
            ("abc", "abcd", false),
            ("a*c", "abcbc", true),
            ("a*c", "abcbd", false),
            ("*7", "17", true),
            ("*7", "71", false),
            ("*a?c*", "xxabcabdc", true),
            ("*b*b*", "abab", true),
            ("*b*b*", "ab", false),
            ("a**b", "ab", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
