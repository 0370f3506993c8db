//! A client, with credentials and region as every AWS tool finds them.

use aws_smithy_types::timeout::TimeoutConfig;
use chime_sdk::Client;
use chime_sdk::config::{BehaviorVersion, Builder, Credentials, Region, default_http_client};
use std::net::IpAddr;
use std::time::Duration;

/// How long a request may take. One that hangs would hold a place among those under way for ever.
const REQUEST_TIME: Duration = Duration::from_secs(60);
const CONNECT_TIME: Duration = Duration::from_secs(5);

/// What says in the environment that there are credentials.
const SOURCES: &[&str] = &[
    "AWS_ACCESS_KEY_ID",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_PROFILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
];

/// Where requests go.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "AWS")]
pub(crate) struct Target {
    /// Send requests to this URL, such as the one that `chime serve` prints.
    #[arg(long, value_name = "URL", value_parser = url)]
    endpoint_url: Option<String>,
    /// The region [default: that of the environment or the profile].
    #[arg(long)]
    region: Option<String>,
}

impl Target {
    /// Makes a client.
    pub(crate) async fn client(&self) -> Result<Client, String> {
        let url = self.endpoint_url.as_deref();
        let is_local = url.is_some_and(is_loopback);
        let region = self.region.clone().map(Region::new);
        let config = if is_local && SOURCES.iter().all(|name| std::env::var_os(name).is_none()) {
            eprintln!(
                "There are no credentials in the environment; as the endpoint is on this machine, made-up ones do."
            );
            Builder::new()
                .behavior_version_latest()
                .region(region.unwrap_or_else(default_region))
                .credentials_provider(Credentials::new("local", "local", None, None, "chime"))
        } else {
            let mut loader =
                aws_config::defaults(BehaviorVersion::latest()).http_client(default_http_client());
            if let Some(region) = region.or_else(|| is_local.then(default_region)) {
                loader = loader.region(region);
            }
            let config = loader.load().await;
            if config.region().is_none() {
                return Err(
                    "there is no region: set AWS_REGION, put one into the profile, or add `--region us-east-1`"
                        .to_owned(),
                );
            }
            Builder::from(&config)
        };
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(CONNECT_TIME)
            .operation_attempt_timeout(REQUEST_TIME)
            .build();
        let mut config = config.timeout_config(timeouts);
        if let Some(url) = url {
            config = config.endpoint_url(url);
        }
        Ok(Client::from_conf(config.build()))
    }
}

/// The environment's region, or Chime's home.
fn default_region() -> Region {
    let named = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    let named = named.iter().find_map(|name| std::env::var(name).ok());
    Region::new(named.unwrap_or_else(|| "us-east-1".to_owned()))
}

fn url(text: &str) -> Result<String, String> {
    match host(text) {
        Some(host) if !host.is_empty() => Ok(text.to_owned()),
        _ => Err("write it with http:// or https:// and a host".to_owned()),
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
