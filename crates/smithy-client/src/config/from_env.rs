//! The configuration of a program's environment, as every AWS tool finds it.
//!
//! `aws-config` looks it up. What is added here is the HTTP client of this crate, IAM Identity Center, and errors in
//! the place of panics where `aws-config` does not accept a setting.

mod checks;
mod sign_on;

use super::{
    BehaviorVersion, Credentials, HttpClient, IntoShared, ProvideCredentials, Region, SdkConfig,
    SharedCredentialsProvider, SharedHttpClient,
};
use crate::http;
use aws_config::ConfigLoader;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::imds::region::ImdsRegionProvider;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::meta::region::RegionProviderChain;
use aws_config::profile::{ProfileFileCredentialsProvider, ProfileFileRegionProvider};
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_credential_types::provider::error::{CredentialsError, TokenError};
use aws_credential_types::provider::future::{
    ProvideCredentials as CredentialsFuture, ProvideToken as TokenFuture,
};
use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
use aws_smithy_types::retry::RetryConfig;
use checks::{Checks, Variable};
use smithy_operation::BoxFuture;
use std::fmt;

/// Returns a loader for the configuration of the environment, which the clients of all services share.
///
/// The environment variables and the files are those that the AWS CLI and the AWS SDKs read. The loader finds:
///
/// - the region: `AWS_REGION`, `region` of the profile, or the instance metadata of EC2 (IMDS);
/// - credentials: environment variables, a profile (keys, roles, `credential_process`, IAM Identity Center),
///   a web identity token, the container's endpoint (ECS, EKS), or IMDS;
/// - endpoint URLs, for all services or one;
/// - retries, timeouts, FIPS and dual-stack endpoints, and the other settings of the [`SdkConfig`].
///
/// ```no_run
/// # async fn run() {
/// let shared = smithy_client::config::from_env()
///     .profile_name("staging")
///     .load()
///     .await;
/// # }
/// ```
pub fn from_env() -> EnvLoader {
    EnvLoader {
        changes: Vec::new(),
        http_client: http::by_features_or_refusing(),
        profile: None,
        region: None,
        credentials: None,
        retries: None,
    }
}

/// Loads the configuration of the environment. What is set here takes precedence.
///
/// Created by [`from_env()`].
#[must_use = "a loader does nothing until `load` is called"]
pub struct EnvLoader {
    changes: Vec<Box<dyn FnOnce(ConfigLoader) -> ConfigLoader + Send>>,
    http_client: SharedHttpClient,
    profile: Option<String>,
    region: Option<Region>,
    credentials: Option<SharedCredentialsProvider>,
    retries: Option<RetryConfig>,
}

impl fmt::Debug for EnvLoader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnvLoader")
            .field("profile", &self.profile)
            .field("region", &self.region)
            .field("retries", &self.retries)
            .finish_non_exhaustive()
    }
}

impl EnvLoader {
    /// Sets the profile, which is otherwise `AWS_PROFILE` or `default`.
    pub fn profile_name(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Sets the region.
    pub fn region(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    /// Sets where credentials come from.
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(SharedCredentialsProvider::new(provider));
        self
    }

    /// Sets the retries.
    pub fn retry_config(mut self, retries: RetryConfig) -> Self {
        self.retries = Some(retries);
        self
    }

    /// Sets the HTTP client, for the requests of services and for those that get credentials. The default is
    /// the one that the features of the crate provide.
    pub fn http_client(mut self, client: impl HttpClient + 'static) -> Self {
        self.http_client = client.into_shared();
        self
    }

    /// Changes any other setting of the loader of `aws-config`, after those of the environment. Set the profile
    /// with [`profile_name`](Self::profile_name), so that its settings are checked.
    ///
    /// ```no_run
    /// # async fn run() {
    /// let shared = smithy_client::config::from_env()
    ///     .with(|loader| loader.use_fips(true))
    ///     .load()
    ///     .await;
    /// # }
    /// ```
    pub fn with(
        mut self,
        change: impl FnOnce(ConfigLoader) -> ConfigLoader + Send + 'static,
    ) -> Self {
        self.changes.push(Box::new(change));
        self
    }

    /// Loads the configuration.
    ///
    /// What is missing or cannot be used is reported by the calls that need it.
    pub fn load(self) -> BoxFuture<SdkConfig> {
        // The future is compiled here and not in each program.
        Box::pin(async {
            let (loaded, unusable) = self.loaded().await;
            match unusable {
                Some(problem) => refuse(loaded, problem.0),
                None => loaded,
            }
        })
    }

    /// Loads the configuration, unless a setting of the environment or the profile makes all calls fail.
    ///
    /// ```no_run
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// let shared = smithy_client::config::from_env().try_load().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The number of attempts is no whole number from 1, or the retry mode is unknown. What is missing is no error
    /// here: calls that need it report it, as after [`load`](Self::load).
    pub fn try_load(self) -> BoxFuture<Result<SdkConfig, UnusableSetting>> {
        Box::pin(async {
            let (loaded, unusable) = self.loaded().await;
            unusable.map_or(Ok(loaded), Err)
        })
    }

    /// Returns the configuration, and what makes it unusable.
    async fn loaded(self) -> (SdkConfig, Option<UnusableSetting>) {
        let checks = Checks::read(self.profile).await;
        let providers = Providers {
            config: ProviderConfig::without_region().with_http_client(self.http_client.clone()),
            profile: checks.profile_name().cloned(),
        };
        let mut loader =
            aws_config::defaults(BehaviorVersion::latest()).http_client(self.http_client);
        if let Some(profile) = checks.profile_name() {
            loader = loader.profile_name(profile);
        }
        let region = match (self.region, checks.region()) {
            (Some(region), _) => Some(region),
            (None, Variable::Set(region)) => Some(Region::new(region)),
            (None, Variable::Unset) => None,
            // An empty region of the environment is none; see the conversion from the shared configuration.
            (None, Variable::Empty) => {
                let region = providers.region().await;
                region.or(Some(Region::from_static("")))
            }
        };
        if let Some(region) = region.clone() {
            loader = loader.region(region);
        }
        let retries = match self.retries {
            Some(retries) => Ok(Some(retries)),
            None => checks.retries(),
        };
        match &retries {
            Ok(None) => {}
            Ok(Some(retries)) => loader = loader.retry_config(retries.clone()),
            Err(_) => loader = loader.retry_config(RetryConfig::standard()),
        }
        let sign_on = checks.sign_on();
        let in_variables = || {
            let variables = EnvironmentVariableCredentialsProvider::new();
            CredentialsProviderChain::first_try("Environment", variables)
        };
        match (
            self.credentials,
            checks.endpoint(),
            &sign_on,
            checks.container(),
        ) {
            (Some(credentials), ..) => loader = loader.credentials_provider(credentials),
            (None, Some(problem), ..) => {
                let chain = in_variables().or_else("Endpoint", Refused(problem));
                loader = loader.credentials_provider(chain);
            }
            (None, None, Some(sign_on), _) => {
                let chain = in_variables().or_else("Profile", sign_on.clone());
                loader = loader.credentials_provider(chain);
            }
            (None, None, None, Some(problem)) => {
                let region = match region {
                    Some(region) => Some(region),
                    None => providers.region().await,
                };
                loader = loader.credentials_provider(providers.without_container(problem, region));
            }
            (None, None, None, None) => {}
        }
        for change in self.changes {
            loader = change(loader);
        }
        let profile = checks.selected_profile();
        let mut loaded = loader.load().await;
        if let Some(sign_on) = sign_on {
            loaded = sign_on.with_config(loaded);
        }
        if let Some(provider) = loaded.credentials_provider() {
            let explained = SharedCredentialsProvider::new(Explained { provider, profile });
            loaded = loaded
                .into_builder()
                .credentials_provider(explained)
                .build();
        }
        (loaded, retries.err().map(UnusableSetting))
    }
}

/// A setting of the environment or the profile has no meaning. `Display` names it, and says what it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusableSetting(String);

impl fmt::Display for UnusableSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnusableSetting {}

/// The providers of `aws-config`, where its own chain of them cannot be used.
struct Providers {
    config: ProviderConfig,
    profile: Option<String>,
}

impl Providers {
    /// Returns the region of the profile or of the machine.
    async fn region(&self) -> Option<Region> {
        let mut of_profile = ProfileFileRegionProvider::builder().configure(&self.config);
        if let Some(name) = &self.profile {
            of_profile = of_profile.profile_name(name);
        }
        let of_machine = ImdsRegionProvider::builder().configure(&self.config);
        RegionProviderChain::first_try(of_profile.build())
            .or_else(of_machine.build())
            .region()
            .await
    }

    /// Returns the default chain of credentials, with an error in the place of the container's endpoint.
    fn without_container(
        self,
        problem: String,
        region: Option<Region>,
    ) -> CredentialsProviderChain {
        let refused = Refused(problem);
        let config = self.config.with_region(region);
        let mut of_profile = ProfileFileCredentialsProvider::builder()
            .configure(&config)
            .with_custom_provider("EcsContainer", refused.clone());
        if let Some(name) = self.profile {
            of_profile = of_profile.profile_name(name);
        }
        let by_identity = WebIdentityTokenCredentialsProvider::builder().configure(&config);
        let variables = EnvironmentVariableCredentialsProvider::new();
        CredentialsProviderChain::first_try("Environment", variables)
            .or_else("Profile", of_profile.build())
            .or_else("WebIdentityToken", by_identity.build())
            .or_else("EcsContainer", refused)
    }
}

/// Makes calls fail with the problem.
fn refuse(config: SdkConfig, problem: String) -> SdkConfig {
    let refused = Refused(problem);
    config
        .into_builder()
        .credentials_provider(SharedCredentialsProvider::new(refused.clone()))
        .token_provider(SharedTokenProvider::new(refused))
        .build()
}

/// Says where credentials can be set if there are none.
#[derive(Debug)]
struct Explained {
    provider: SharedCredentialsProvider,
    profile: Option<String>,
}

impl ProvideCredentials for Explained {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a>
    where
        Self: 'a,
    {
        CredentialsFuture::new(async {
            match self.provider.provide_credentials().await {
                Err(CredentialsError::CredentialsNotLoaded(_)) => {
                    let profile = self.profile.as_deref().unwrap_or("default");
                    Err(CredentialsError::not_loaded(format!(
                        "there are none in the environment, in the profile `{profile}`, or from the machine or \
                         container: set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` in the environment, or \
                         `AWS_PROFILE` to a profile that has them"
                    )))
                }
                result => result,
            }
        })
    }

    fn fallback_on_interrupt(&self) -> Option<Credentials> {
        self.provider.fallback_on_interrupt()
    }
}

/// Has no identity, because the environment cannot be used.
#[derive(Debug, Clone)]
struct Refused(String);

impl ProvideCredentials for Refused {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a>
    where
        Self: 'a,
    {
        let error = CredentialsError::invalid_configuration(self.0.clone());
        CredentialsFuture::ready(Err(error))
    }
}

impl ProvideToken for Refused {
    fn provide_token<'a>(&'a self) -> TokenFuture<'a>
    where
        Self: 'a,
    {
        TokenFuture::ready(Err(TokenError::invalid_configuration(self.0.clone())))
    }
}
