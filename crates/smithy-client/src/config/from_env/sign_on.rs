//! Credentials and tokens of IAM Identity Center, which a person signs in to with `aws sso login`.
//!
//! `aws-config` can get them too, with two more SDK crates, an eighth of a program's build. The two operations that are
//! needed are sent by the engine of this crate.

mod operations;
mod profile;
mod token;

use super::{
    Credentials, CredentialsError, CredentialsFuture, ProvideCredentials, ProvideToken, Region,
    SdkConfig, SharedCredentialsProvider, SharedTokenProvider, TokenError, TokenFuture,
};
use crate::Client;
use crate::config::Config;
use crate::protocol::RestJson1;
use aws_config::sts::AssumeRoleProvider;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime_api::client::identity::http::Token;
use aws_smithy_types::DateTime;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use operations::{CreateTokenInput, GetRoleCredentialsInput, OIDC, SSO};
pub(super) use profile::SignedOn;
use smithy_operation::{OperationInput, SendInput, ServiceDescriptor};
use std::time::{Duration, SystemTime};
use token::Cached;

/// How long before it expires a token is renewed.
const EARLY: Duration = Duration::from_secs(5 * 60);

/// A token of IAM Identity Center.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SignOn {
    /// The profile that names it, for errors.
    profile: String,
    /// The name of its section, which tokens that can be renewed have.
    session: Option<String>,
    start_url: String,
    region: String,
}

/// The role whose credentials the token is for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Role {
    account: String,
    name: String,
}

impl SignedOn {
    /// Makes the providers call services with this configuration, and adds that of tokens.
    pub(super) fn with_config(self, loaded: SdkConfig) -> SdkConfig {
        // Without the providers, one of which has this configuration.
        let mut own = loaded
            .to_builder()
            .identity_cache(IdentityCache::no_cache());
        own.set_credentials_provider(None).set_token_provider(None);
        let own = self.config.get_or_init(|| own.build());
        if self.sign_on.session.is_none() || loaded.token_provider().is_some() {
            return loaded;
        }
        let tokens = Service::new(&self.sign_on, own);
        let loaded = loaded.into_builder();
        loaded
            .token_provider(SharedTokenProvider::new(tokens))
            .build()
    }

    async fn provide(&self) -> Result<Credentials, CredentialsError> {
        let config = self.config.get();
        let config = config.ok_or_else(|| CredentialsError::not_loaded("no configuration"))?;
        let mut provider = SharedCredentialsProvider::new(RoleCredentials {
            service: Service::new(&self.sign_on, config),
            role: self.role.clone(),
        });
        for assumed in &self.assumed {
            let mut role = AssumeRoleProvider::builder(&assumed.arn).configure(config);
            if let Some(name) = &assumed.session_name {
                role = role.session_name(name);
            }
            if let Some(id) = &assumed.external_id {
                role = role.external_id(id);
            }
            provider = SharedCredentialsProvider::new(role.build_from_provider(provider).await);
        }
        provider.provide_credentials().await
    }
}

/// Provides the profile's credentials, once there is [a configuration](SignedOn::with_config).
impl ProvideCredentials for SignedOn {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a>
    where
        Self: 'a,
    {
        CredentialsFuture::new(self.provide())
    }
}

/// IAM Identity Center as a service, for one token.
#[derive(Debug, Clone)]
struct Service {
    sign_on: SignOn,
    config: SdkConfig,
}

impl Service {
    fn new(sign_on: &SignOn, config: &SdkConfig) -> Self {
        let region = Region::new(sign_on.region.clone());
        Self {
            sign_on: sign_on.clone(),
            config: config.to_builder().region(region).build(),
        }
    }

    fn now(&self) -> SystemTime {
        let clock = self.config.time_source();
        clock.map_or_else(SystemTime::now, |clock| clock.now())
    }

    fn call<I: OperationInput>(
        &self,
        service: &'static ServiceDescriptor,
        input: I,
    ) -> SendInput<I::Operation> {
        let client = Client::new(service, RestJson1, Config::new(&self.config));
        SendInput::new(client.handle().clone(), input)
    }

    /// Returns the token, which is renewed if it expires soon.
    async fn token(&self) -> Result<Cached, String> {
        let sign_on = &self.sign_on;
        let key = sign_on.session.as_ref().unwrap_or(&sign_on.start_url);
        let mut token = Cached::read(key).map_err(|problem| self.sign_in_again(&problem))?;
        let now = self.now();
        if now + EARLY < token.expires_at() {
            return Ok(token);
        }
        let renewed = match sign_on.session {
            Some(_) => self.renew(&mut token, now).await,
            None => Err("it cannot be renewed without an `sso_session`".to_owned()),
        };
        match renewed {
            Err(problem) if token.expires_at() <= now => {
                Err(self.sign_in_again(&format!("the token has expired, and {problem}")))
            }
            Err(problem) => {
                tracing::debug!(%problem, "the token was not renewed");
                Ok(token)
            }
            Ok(()) => Ok(token),
        }
    }

    async fn renew(&self, token: &mut Cached, now: SystemTime) -> Result<(), String> {
        let (id, secret, refresh_token) = token.registration(now)?;
        let mut input = CreateTokenInput::new(id, secret, "refresh_token");
        input.refresh_token = Some(refresh_token.to_owned());
        let output = self.call(&OIDC, input).await.map_err(|error| {
            let reason = error.message().or(error.code());
            let reason = reason.map_or_else(|| error.to_string(), str::to_owned);
            format!("it could not be renewed: {reason}")
        })?;
        let access_token = output.access_token.filter(|text| !text.is_empty());
        let access_token =
            access_token.ok_or("it could not be renewed: the response has no token")?;
        let seconds = u64::try_from(output.expires_in).unwrap_or_default();
        let end = now + Duration::from_secs(seconds);
        token.renew(access_token, end, output.refresh_token);
        // Other programs may have to sign in again, but this one has the new token.
        if let Err(problem) = token.write() {
            tracing::warn!(%problem, "the renewed token of IAM Identity Center was not kept");
        }
        Ok(())
    }

    /// Says what the person at the computer has to do.
    fn sign_in_again(&self, problem: &str) -> String {
        let profile = &self.sign_on.profile;
        format!("{problem}: sign in with `aws sso login --profile {profile}`")
    }

    async fn role_credentials(&self, role: &Role) -> Result<Credentials, CredentialsError> {
        let token = self
            .token()
            .await
            .map_err(CredentialsError::provider_error)?;
        let input = GetRoleCredentialsInput::new(token.access_token(), &role.account, &role.name);
        let output = self
            .call(&SSO, input)
            .await
            .map_err(|error| match error.code() {
                Some("UnauthorizedException") => {
                    let problem = "IAM Identity Center no longer accepts the token";
                    CredentialsError::provider_error(self.sign_in_again(problem))
                }
                _ => CredentialsError::provider_error(error),
            })?;
        let missing = || CredentialsError::unhandled("IAM Identity Center sent no credentials");
        let found = output.role_credentials.ok_or_else(missing)?;
        let key = found.access_key_id.ok_or_else(missing)?;
        let secret = found.secret_access_key.ok_or_else(missing)?;
        let end = SystemTime::try_from(DateTime::from_millis(found.expiration));
        let mut credentials = Credentials::builder()
            .access_key_id(key)
            .secret_access_key(secret)
            .account_id(role.account.as_str())
            .expiry(end.map_err(CredentialsError::unhandled)?)
            .provider_name("SSO");
        credentials.set_session_token(found.session_token);
        let mut credentials = credentials.build();
        let features = credentials.get_property_mut_or_default::<Vec<AwsCredentialFeature>>();
        features.push(AwsCredentialFeature::CredentialsSso);
        Ok(credentials)
    }
}

impl ProvideToken for Service {
    fn provide_token<'a>(&'a self) -> TokenFuture<'a>
    where
        Self: 'a,
    {
        TokenFuture::new(Box::pin(async {
            let token = self.token().await.map_err(TokenError::provider_error)?;
            Ok(Token::new(token.access_token(), Some(token.expires_at())))
        }))
    }
}

/// The credentials of a role in IAM Identity Center.
#[derive(Debug)]
struct RoleCredentials {
    service: Service,
    role: Option<Role>,
}

impl ProvideCredentials for RoleCredentials {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a>
    where
        Self: 'a,
    {
        CredentialsFuture::new(async {
            match &self.role {
                Some(role) => self.service.role_credentials(role).await,
                None => Err(CredentialsError::invalid_configuration(format!(
                    "the profile `{}` has no `sso_account_id` and `sso_role_name`: they say whose credentials to get",
                    self.service.sign_on.profile
                ))),
            }
        })
    }
}
