//! Timestamps as serde and calls by names have them: strings as in RFC 3339, or seconds since 1970.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

/// Returns the time with all of its digits, if RFC 3339 has its year. `DateTime` itself writes no more than
/// microseconds.
pub(crate) fn rfc3339(time: &DateTime) -> Option<String> {
    let seconds = DateTime::from_secs(time.secs());
    let mut text = seconds.fmt(Format::DateTime).ok()?;
    let nanos = time.subsec_nanos();
    if nanos != 0 {
        let digits = format!("{nanos:09}");
        text.truncate(text.trim_end_matches('Z').len());
        text.push('.');
        text.push_str(digits.trim_end_matches('0'));
        text.push('Z');
    }
    Some(text)
}

/// Returns the time of a string as in RFC 3339, with any offset.
pub(crate) fn of_text(text: &str) -> Option<DateTime> {
    DateTime::from_str(text, Format::DateTimeWithOffset).ok()
}

/// Returns the time of a number of seconds. It is rounded to milliseconds, which are as precise as Smithy promises.
pub(crate) fn of_seconds(seconds: f64) -> Option<DateTime> {
    // Beyond that, `i64` has no milliseconds.
    const LIMIT: f64 = 9e15;
    (-LIMIT..LIMIT)
        .contains(&seconds)
        .then(|| DateTime::from_millis((seconds * 1_000.0).round() as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_keep_their_digits() {
        for (seconds, nanos, text) in [
            (0, 0, Some("1970-01-01T00:00:00Z")),
            (0, 100_000_000, Some("1970-01-01T00:00:00.1Z")),
            (0, 1, Some("1970-01-01T00:00:00.000000001Z")),
            (-1, 999_999_999, Some("1969-12-31T23:59:59.999999999Z")),
            (-62_135_596_800, 0, Some("0001-01-01T00:00:00Z")),
            (
                253_402_300_799,
                999_999_999,
                Some("9999-12-31T23:59:59.999999999Z"),
            ),
            (253_402_300_800, 0, None),
            (i64::MIN, 0, None),
            (i64::MAX, 999_999_999, None),
        ] {
            let time = DateTime::from_secs_and_nanos(seconds, nanos);
            let written = rfc3339(&time);
            assert_eq!(written.as_deref(), text);
            if let Some(text) = written {
                assert_eq!(of_text(&text), Some(time), "{text}");
            }
        }
    }
}
