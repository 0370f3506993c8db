//! Settings that `aws-config` takes in another way than other AWS tools. An empty variable counts as set, and
//! it panics at empty endpoint URLs and at retries that it does not know, such as the mode `legacy`, which the AWS
//! CLI has.

use super::sign_on::SignedOn;
use aws_runtime::env_config::file::EnvConfigFiles;
use aws_runtime::env_config::section::EnvConfigSections;
use aws_smithy_types::retry::{RetryConfig, RetryMode};
use aws_types::os_shim_internal::{Env, Fs};
use std::str::FromStr;

const REGIONS: [&str; 2] = ["AWS_REGION", "AWS_DEFAULT_REGION"];
const PROFILE: &str = "AWS_PROFILE";
const MAX_ATTEMPTS: (&str, &str) = ("AWS_MAX_ATTEMPTS", "max_attempts");
const RETRY_MODE: (&str, &str) = ("AWS_RETRY_MODE", "retry_mode");
const RELATIVE_URI: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL_URI: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN_FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";
/// The endpoint of STS, which roles come from. The second counts without the first.
const ENDPOINTS: [&str; 2] = ["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"];

/// The environment, and the profile if it can be read.
pub(super) struct Checks {
    env: Env,
    name: Option<String>,
    profile: Option<EnvConfigSections>,
}

/// A setting that several environment variables have.
pub(super) enum Variable {
    Set(String),
    Empty,
    Unset,
}

impl Checks {
    /// Reads the profile of this name, or the one that the environment selects.
    pub(super) async fn read(name: Option<String>) -> Self {
        let (env, fs) = (Env::real(), Fs::real());
        let files = EnvConfigFiles::default();
        let is_empty = env.get(PROFILE).is_ok_and(|name| name.is_empty());
        let name = name.or_else(|| is_empty.then(|| "default".to_owned()));
        let selected = name.clone().map(Into::into);
        let profile = aws_config::profile::load(&fs, &env, &files, selected).await;
        Self {
            env,
            name,
            // The providers report why it cannot be read.
            profile: profile.ok(),
        }
    }

    /// Returns the name of the profile, unless the environment selects it.
    pub(super) fn profile_name(&self) -> Option<&String> {
        self.name.as_ref()
    }

    /// Returns the name of the profile, whoever selects it; `None` for the default one.
    pub(super) fn selected_profile(&self) -> Option<String> {
        self.name.clone().or_else(|| self.env.get(PROFILE).ok())
    }

    /// Returns the region of the environment.
    pub(super) fn region(&self) -> Variable {
        let values = REGIONS.iter().flat_map(|name| self.env.get(name));
        let (empty, set): (Vec<_>, Vec<_>) = values.partition(|value| value.is_empty());
        match set.into_iter().next() {
            Some(region) => Variable::Set(region),
            None if empty.is_empty() => Variable::Unset,
            None => Variable::Empty,
        }
    }

    /// Returns the retries if `aws-config` would panic at them, and an error if they have no meaning.
    pub(super) fn retries(&self) -> Result<Option<RetryConfig>, String> {
        let (attempts, mode) = (self.find(MAX_ATTEMPTS), self.find(RETRY_MODE));
        let attempts_are_fine = self.is_accepted(MAX_ATTEMPTS, |value| {
            value.parse().is_ok_and(|number: u32| number > 0)
        });
        let mode_is_fine = self.is_accepted(RETRY_MODE, |value| RetryMode::from_str(value).is_ok());
        if attempts_are_fine && mode_is_fine {
            return Ok(None);
        }
        let mut retries = RetryConfig::standard();
        if let Some(attempts) = attempts {
            let number = attempts
                .value
                .trim()
                .parse()
                .ok()
                .filter(|number: &u32| *number > 0);
            let number = number.ok_or_else(|| attempts.bad("a whole number from 1"))?;
            retries = retries.with_max_attempts(number);
        }
        if let Some(mode) = mode {
            retries = retries.with_retry_mode(match RetryMode::from_str(&mode.value) {
                Ok(known) => known,
                Err(_) if mode.value.trim().eq_ignore_ascii_case("legacy") => RetryMode::Standard,
                Err(_) => return Err(mode.bad("`standard`, `adaptive` or `legacy`")),
            });
        }
        Ok(Some(retries))
    }

    /// Returns a setting of the environment, or else of the profile. Empty ones count as unset.
    fn find(&self, (variable, key): (&str, &str)) -> Option<Setting> {
        let is_set = |value: &String| !value.trim().is_empty();
        if let Some(value) = self.env.get(variable).ok().filter(is_set) {
            let name = format!("`{variable}` in the environment");
            return Some(Setting { name, value });
        }
        let profile = self.profile.as_ref()?;
        let value = profile.get(key).map(str::to_owned).filter(is_set)?;
        let name = format!("`{key}` of the profile `{}`", profile.selected_profile());
        Some(Setting { name, value })
    }

    /// Returns whether `aws-config`, which takes empty values as they are, accepts a setting.
    fn is_accepted(&self, (variable, key): (&str, &str), is_valid: impl Fn(&str) -> bool) -> bool {
        match self.env.get(variable) {
            Ok(value) => is_valid(&value),
            Err(_) => {
                let profile = self.profile.as_ref();
                profile.and_then(|it| it.get(key)).is_none_or(is_valid)
            }
        }
    }

    /// Returns the sign-on that the profile gets its credentials with.
    pub(super) fn sign_on(&self) -> Option<SignedOn> {
        SignedOn::of(self.profile.as_ref()?)
    }

    /// Returns what is wrong with the endpoint of STS. The client in `aws-config` panics if it is empty.
    pub(super) fn endpoint(&self) -> Option<String> {
        let has_role = |profile: &EnvConfigSections| profile.get("role_arn").is_some();
        if self.env.get(TOKEN_FILE).is_err() && !self.profile.as_ref().is_some_and(has_role) {
            return None;
        }
        let mut set = ENDPOINTS.iter().map(|name| (name, self.env.get(name)));
        let (name, url) = set.find_map(|(name, url)| Some((name, url.ok()?)))?;
        url.is_empty()
            .then(|| format!("`{name}` in the environment is empty: unset it, or set it to a URL"))
    }

    /// Returns what is wrong with the container's endpoint for credentials.
    pub(super) fn container(&self) -> Option<String> {
        if self.env.get(RELATIVE_URI).is_ok() {
            return None;
        }
        let value = self.env.get(FULL_URI).ok()?;
        (!value.contains("://")).then(|| {
            format!(
                "`{FULL_URI}` in the environment is {value:?}: it must start with `http://` or `https://`"
            )
        })
    }
}

/// A value and what sets it.
struct Setting {
    name: String,
    value: String,
}

impl Setting {
    fn bad(&self, expected: &str) -> String {
        format!("{} is {:?}: it must be {expected}", self.name, self.value)
    }
}
