//! The `User-Agent` header, written anew only where what it tells has changed.

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
use aws_types::app_name::AppName;
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use std::sync::{Arc, RwLock};

/// Sets the header that the interceptor of `aws-runtime` writes, and keeps it for the calls that
/// use the same features. A user agent that an interceptor has put into the configuration is
/// written each time.
#[derive(Debug, Default)]
pub(crate) struct UserAgent {
    writer: UserAgentInterceptor,
    last: RwLock<Option<Arc<Written>>>,
}

const NAMES: [&str; 2] = ["user-agent", "x-amz-user-agent"];

/// A header, and what it was made of.
#[derive(Debug)]
struct Written {
    header: String,
    app_name: Option<AppName>,
    connector: Option<ConnectorMetadata>,
    frameworks: Vec<FrameworkMetadata>,
    runtime: Vec<SmithySdkFeature>,
    sdk: Vec<AwsSdkFeature>,
    credentials: Vec<AwsCredentialFeature>,
}

impl Written {
    fn of(header: String, connector: Option<ConnectorMetadata>, config: &ConfigBag) -> Self {
        Self {
            header,
            app_name: config.load::<AppName>().cloned(),
            connector,
            frameworks: config.load::<FrameworkMetadata>().cloned().collect(),
            runtime: config.load::<SmithySdkFeature>().cloned().collect(),
            sdk: config.load::<AwsSdkFeature>().cloned().collect(),
            credentials: config.load::<AwsCredentialFeature>().cloned().collect(),
        }
    }

    fn is_for(&self, connector: Option<&ConnectorMetadata>, config: &ConfigBag) -> bool {
        self.app_name.as_ref() == config.load::<AppName>()
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
        if config.load::<AwsUserAgent>().is_some() {
            return self
                .writer
                .modify_before_signing(context, components, config);
        }
        let client = components.http_client();
        let connector = client.and_then(|client| client.connector_metadata());
        // A poisoned lock holds a whole header all the same.
        let last = self.last.read().unwrap_or_else(|e| e.into_inner());
        if let Some(written) = last.as_ref()
            && written.is_for(connector.as_ref(), config)
        {
            let headers = context.request_mut().headers_mut();
            for name in NAMES {
                headers.append(name, written.header.clone());
            }
            return Ok(());
        }
        drop(last);
        // It looks at the configuration alone.
        let unused = InterceptorContext::new(Input::erase(()));
        self.writer
            .read_after_serialization(&(&unused).into(), components, config)?;
        self.writer
            .modify_before_signing(context, components, config)?;
        let [_, name] = NAMES;
        // Others of that name would come first.
        if let Some(header) = context.request().headers().get_all(name).last() {
            let written = Written::of(header.to_owned(), connector, config);
            *self.last.write().unwrap_or_else(|e| e.into_inner()) = Some(Arc::new(written));
        }
        Ok(())
    }
}
