//! What services need beyond their protocol.

/// What a service needs beyond its protocol.
#[derive(Debug, Clone, Copy)]
pub struct Customizations {
    /// Headers of every request that does not have them.
    pub request_headers: &'static [(&'static str, &'static str)],
    /// The codes of error responses without a body, by HTTP status.
    pub empty_errors: &'static [(u16, &'static str)],
    /// Members of inputs that endpoints contain, so that paths do not. They must not be empty.
    pub endpoint_labels: &'static [&'static str],
    /// Whether a response with a successful status is an error if its document is one.
    pub errors_in_success: bool,
    /// Whether paths may contain segments of dots, because labels are names.
    pub raw_paths: bool,
    /// Where the environment has settings of the client.
    pub settings: &'static [SettingSource],
}

impl Customizations {
    /// Those of a service that needs nothing.
    pub const NONE: Self = Self {
        request_headers: &[],
        empty_errors: &[],
        endpoint_labels: &[],
        errors_in_success: false,
        raw_paths: false,
        settings: &[],
    };
}

/// Where the environment has a setting of the client that is an endpoint parameter: a boolean.
#[derive(Debug, Clone, Copy)]
pub struct SettingSource {
    /// The name of the parameter.
    pub param: &'static str,
    /// The environment variable.
    pub variable: &'static str,
    /// The key of the profile.
    pub key: &'static str,
    /// The value where neither has one.
    pub default: Option<bool>,
}

/// Removes everything up to the last slash.
pub fn keep_last_segment(value: &mut Option<String>) {
    if let Some(text) = value
        && let Some(slash) = text.rfind('/')
    {
        text.drain(..=slash);
    }
}

/// Fills in what is absent or empty.
pub fn set_default(value: &mut Option<String>, default: &str) {
    if value.as_deref().unwrap_or_default().is_empty() {
        *value = Some(default.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_segment_is_kept() {
        for (text, kept) in [
            ("/hostedzone/Z1", "Z1"),
            ("change/C1", "C1"),
            ("Z1", "Z1"),
            ("/Zürich/é", "é"),
            ("a/", ""),
            ("", ""),
        ] {
            let mut value = Some(text.to_owned());
            keep_last_segment(&mut value);
            assert_eq!(value.as_deref(), Some(kept));
        }
        let mut absent = None;
        keep_last_segment(&mut absent);
        assert_eq!(absent, None);
    }

    #[test]
    fn a_default_replaces_nothing() {
        for (value, filled) in [(None, "-"), (Some(""), "-"), (Some("1"), "1")] {
            let mut value = value.map(str::to_owned);
            set_default(&mut value, "-");
            assert_eq!(value.as_deref(), Some(filled));
        }
    }
}
