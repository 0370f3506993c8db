//! The client, with credentials and region from the usual AWS sources.

use crate::problem::Problem;
use aws_smithy_types::timeout::TimeoutConfig;
use chime_sdk::config::interceptors::BeforeTransmitInterceptorContextRef;
use chime_sdk::config::{
    Builder, ConfigBag, Credentials, Intercept, Region, RuntimeComponents, from_env,
};
use chime_sdk::error::{BoxError, SdkError};
use chime_sdk::{Client, Config};
use std::net::IpAddr;
use std::time::Duration;

const CONNECT_TIME: Duration = Duration::from_secs(5);

/// Environment variables that indicate that credentials are configured.
const SOURCES: &[&str] = &[
    "AWS_ACCESS_KEY_ID",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_PROFILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
];

/// Options for the client.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "AWS")]
pub(crate) struct Target {
    /// Send requests to this URL, such as the one that `chime serve` prints
    #[arg(long, value_name = "URL", value_parser = url)]
    endpoint_url: Option<String>,
    /// The profile [default: from the environment]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// The region [default: from the environment or the profile]
    #[arg(long)]
    region: Option<String>,
    /// The maximum time to wait for a response, in seconds
    // A request that hangs would occupy a concurrent slot forever.
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    timeout: Duration,
}

impl Target {
    /// Creates a client, after checking what can be checked before the first request.
    pub(crate) async fn client(&self) -> Result<Client, Problem> {
        let client = Client::from_conf(self.config().await?);
        check(&client).await?;
        Ok(client)
    }

    /// Returns the configuration of a client of any service.
    pub(crate) async fn config(&self) -> Result<Config, Problem> {
        let url = self.endpoint_url.as_deref();
        let is_local = url.is_some_and(is_loopback);
        let region = self.region.clone().map(Region::new);
        let is_given = self.profile.is_some();
        let config = if is_local && !is_given && SOURCES.iter().all(|name| variable(name).is_none())
        {
            eprintln!(
                "No credentials are set in the environment. The endpoint is local, so placeholder credentials are used."
            );
            Builder::new()
                .behavior_version_latest()
                .region(region.unwrap_or_else(default_region))
                .credentials_provider(Credentials::new("local", "local", None, None, "chime"))
        } else {
            load(
                self.profile.as_deref(),
                region.or_else(|| is_local.then(default_region)),
            )
            .await?
        };
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(CONNECT_TIME.min(self.timeout))
            .operation_attempt_timeout(self.timeout)
            .build();
        let mut config = config.timeout_config(timeouts);
        if let Some(url) = url {
            config = config.endpoint_url(url);
        }
        Ok(config.build())
    }
}

/// Loads the configuration from the environment and the profile.
async fn load(profile: Option<&str>, region: Option<Region>) -> Result<Builder, Problem> {
    let mut loader = from_env();
    if let Some(profile) = profile {
        loader = loader.profile_name(profile);
    }
    if let Some(region) = region {
        loader = loader.region(region);
    }
    let loaded = loader.try_load().await;
    let config = loaded.map_err(|problem| Problem::Setting(problem.to_string()))?;
    let config = Builder::from(&config);
    if config.clone().build().region().is_none() {
        return Err(Problem::Setting(
            "no region is set: set AWS_REGION, add one to the profile, or use `--region us-east-1`"
                .to_owned(),
        ));
    }
    Ok(config)
}

/// Checks that the configuration is usable, by building a request without sending it. Missing credentials are
/// not an error here: they are reported for each member, and may be available later.
async fn check(client: &Client) -> Result<(), Problem> {
    let call = client
        .batch_create_room_membership()
        .account_id("-")
        .room_id("-")
        .set_membership_item_list(Some(Vec::new()));
    match call.customize().interceptor(Stop).send().await {
        Err(SdkError::DispatchFailure(failure)) if !failure.is_user() => Ok(()),
        Err(error @ (SdkError::ConstructionFailure(_) | SdkError::DispatchFailure(_))) => {
            let text = error.into_service_error().to_string();
            let text = text
                .rsplit_once("failure: user error: ")
                .map_or(&*text, |(_, rest)| rest);
            let text = text
                .rsplit_once("construct request: ")
                .map_or(text, |(_, rest)| rest);
            Err(Problem::Setting(text.to_owned()))
        }
        _ => Ok(()),
    }
}

/// Stops a request that is ready to be sent.
#[derive(Debug)]
struct Stop;

impl Intercept for Stop {
    fn name(&self) -> &'static str {
        "Stop"
    }

    fn read_before_transmit(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Err("the request is only a check".into())
    }
}

const REGIONS: [&str; 2] = ["AWS_REGION", "AWS_DEFAULT_REGION"];

/// The region of the environment, or Chime's home region.
fn default_region() -> Region {
    let named = REGIONS.iter().find_map(|name| variable(name));
    Region::new(named.unwrap_or_else(|| "us-east-1".to_owned()))
}

/// Returns an environment variable; an empty one counts as unset.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| *seconds > 0.0);
    seconds
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .filter(|time| !time.is_zero())
        .ok_or_else(|| "use a number of seconds greater than 0".to_owned())
}

fn url(text: &str) -> Result<String, String> {
    match host(text) {
        Some(host) if !host.is_empty() => Ok(text.to_owned()),
        _ => Err("use a URL with http:// or https:// and a host".to_owned()),
    }
}

fn host(url: &str) -> Option<&str> {
    let rest = url
        .strip_prefix("http://")
        .or_else(|| url.strip_prefix("https://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    match authority.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map(|(host, _)| host),
        None => authority.split(':').next(),
    }
}

fn is_loopback(url: &str) -> bool {
    host(url).is_some_and(|host| {
        host.eq_ignore_ascii_case("localhost")
            || host
                .parse()
                .is_ok_and(|address: IpAddr| address.is_loopback())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_hosts_are_known() {
        for url in [
            "http://127.0.0.1:8080",
            "http://127.0.0.9/x",
            "https://localhost",
            "http://LocalHost:1/",
            "http://[::1]:8080",
        ] {
            assert!(is_loopback(url), "{url}");
        }
        for url in [
            "http://10.0.0.1:8080",
            "https://localhost.example.com",
            "http://127.0.0.1@example.com",
            "http://[::2]",
            "localhost:8080",
            "http://",
        ] {
            assert!(!is_loopback(url), "{url}");
        }
    }

    #[test]
    fn urls_have_a_scheme_and_a_host() {
        assert!(url("http://localhost:1").is_ok());
        for text in ["localhost:1", "http://", "ftp://localhost", "http://[::1"] {
            assert!(url(text).is_err(), "{text}");
        }
    }
}
