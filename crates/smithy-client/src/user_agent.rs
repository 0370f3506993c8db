//! The `User-Agent` header, cached until its content changes.

use crate::setting::check_environment;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_runtime::sdk_feature::AwsSdkFeature;
use aws_runtime::user_agent::{AwsUserAgent, UserAgentInterceptor};
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::HttpClient;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextMut, Input, InterceptorContext,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::{RetryConfig, RetryMode};
use aws_types::app_name::AppName;
use aws_types::endpoint_config::EndpointUrl;
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use std::fmt;
use std::sync::{Arc, RwLock};

/// Adds the features that a call uses to the header, as all AWS SDKs do, through the interceptor of
/// `aws-runtime`. The header is cached for calls with the same features. If an interceptor has stored a user
/// agent in the configuration, the header is written for each call.
#[derive(Default)]
pub(crate) struct UserAgent {
    writer: UserAgentInterceptor,
    last: RwLock<Option<Arc<Written>>>,
}

const NAMES: [&str; 2] = ["user-agent", "x-amz-user-agent"];

// Omits the cached header.
impl fmt::Debug for UserAgent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserAgent").finish_non_exhaustive()
    }
}

/// A header and the values in it.
struct Written {
    header: String,
    noted: Noted,
    app_name: Option<AppName>,
    connector: Option<ConnectorMetadata>,
    frameworks: Vec<FrameworkMetadata>,
    runtime: Vec<SmithySdkFeature>,
    sdk: Vec<AwsSdkFeature>,
    credentials: Vec<AwsCredentialFeature>,
}

/// The features that depend on settings.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Noted {
    retries: Option<RetryMode>,
    has_url: bool,
}

impl Noted {
    fn of(config: &ConfigBag) -> Self {
        Self {
            retries: config.load::<RetryConfig>().map(RetryConfig::mode),
            has_url: config.load::<EndpointUrl>().is_some(),
        }
    }

    /// Stores the features where the writer of the header reads them. On a retry, they are already stored.
    fn store(self, config: &mut ConfigBag) {
        let retries = match self.retries {
            Some(RetryMode::Standard) => Some(SmithySdkFeature::RetryModeStandard),
            Some(RetryMode::Adaptive) => Some(SmithySdkFeature::RetryModeAdaptive),
            _ => None,
        };
        if let Some(feature) = retries
            && !config.load::<SmithySdkFeature>().any(|it| *it == feature)
        {
            config.interceptor_state().store_append(feature);
        }
        let feature = AwsSdkFeature::EndpointOverride;
        if self.has_url && !config.load::<AwsSdkFeature>().any(|it| *it == feature) {
            config.interceptor_state().store_append(feature);
        }
    }
}

/// Equivalent to `collect`, with much less generated code. These lists are short and seldom built.
fn list<'a, T: Clone + 'a>(items: impl Iterator<Item = &'a T>) -> Vec<T> {
    let mut list = Vec::new();
    for item in items {
        list.push(item.clone());
    }
    list
}

impl Written {
    /// Collects the values in a header, before it is written.
    fn of(noted: Noted, connector: Option<ConnectorMetadata>, config: &ConfigBag) -> Self {
        Self {
            header: String::new(),
            noted,
            app_name: config.load::<AppName>().cloned(),
            connector,
            frameworks: list(config.load::<FrameworkMetadata>()),
            runtime: list(config.load::<SmithySdkFeature>()),
            sdk: list(config.load::<AwsSdkFeature>()),
            credentials: list(config.load::<AwsCredentialFeature>()),
        }
    }

    fn is_for(
        &self,
        noted: Noted,
        connector: Option<&ConnectorMetadata>,
        config: &ConfigBag,
    ) -> bool {
        self.noted == noted
            && self.app_name.as_ref() == config.load::<AppName>()
            && self.connector.as_ref() == connector
            && config.load::<FrameworkMetadata>().eq(&self.frameworks)
            && config.load::<SmithySdkFeature>().eq(&self.runtime)
            && config.load::<AwsSdkFeature>().eq(&self.sdk)
            && config.load::<AwsCredentialFeature>().eq(&self.credentials)
    }
}

#[dyn_dispatch_hint]
impl Intercept for UserAgent {
    fn name(&self) -> &'static str {
        "UserAgentInterceptor"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let noted = Noted::of(config);
        if config.load::<AwsUserAgent>().is_some() {
            noted.store(config);
            return self
                .writer
                .modify_before_signing(context, components, config);
        }
        let client = components.http_client();
        let connector = client.and_then(|client| client.connector_metadata());
        // The header in a poisoned lock is still complete.
        let last = self.last.read().unwrap_or_else(|e| e.into_inner());
        // A header that an interceptor has set is kept in addition to ours.
        let is_free = |name| !context.request().headers().contains_key(name);
        if let Some(written) = last.as_ref()
            && NAMES.into_iter().all(is_free)
            && written.is_for(noted, connector.as_ref(), config)
        {
            let headers = context.request_mut().headers_mut();
            for name in NAMES {
                headers.insert(name, written.header.clone());
            }
            return Ok(());
        }
        drop(last);
        // The writer would report it as a bug.
        check_environment()?;
        let mut written = Written::of(noted, connector, config);
        noted.store(config);
        // The writer uses only the configuration.
        let unused = InterceptorContext::new(Input::erase(()));
        self.writer
            .read_after_serialization(&(&unused).into(), components, config)?;
        self.writer
            .modify_before_signing(context, components, config)?;
        let [_, name] = NAMES;
        // Other headers with that name come first.
        if let Some(header) = context.request().headers().get_all(name).last() {
            written.header = header.to_owned();
            *self.last.write().unwrap_or_else(|e| e.into_inner()) = Some(Arc::new(written));
        }
        Ok(())
    }
}
