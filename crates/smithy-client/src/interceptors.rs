//! What the engine does around every request.

use crate::endpoint::Params;
use crate::retry::Skewed;
use aws_runtime::sdk_feature::AwsSdkFeature;
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextMut, BeforeSerializationInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::DateTime;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::retry::{RetryConfig, RetryMode};
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;
use std::time::{Duration, SystemTime};

/// Takes the parameters of the endpoint from the configuration of the call.
#[derive(Debug)]
pub(crate) struct EndpointParamsInterceptor;

#[dyn_dispatch_hint]
impl Intercept for EndpointParamsInterceptor {
    fn name(&self) -> &'static str {
        "EndpointParamsInterceptor"
    }

    fn read_before_execution(
        &self,
        _context: &BeforeSerializationInterceptorContextRef<'_>,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let params = Params {
            region: config
                .load::<Region>()
                .map(|region| region.as_ref().to_owned()),
            use_dual_stack: config.load::<UseDualStack>().is_some_and(|value| value.0),
            use_fips: config.load::<UseFips>().is_some_and(|value| value.0),
            endpoint: config.load::<EndpointUrl>().map(|url| url.0.clone()),
        };
        params.check()?;
        config
            .interceptor_state()
            .store_put(EndpointResolverParams::new(params));
        Ok(())
    }
}

/// Says in the `User-Agent` header which features a call uses, as all AWS SDKs do.
#[derive(Debug)]
pub(crate) struct FeatureInterceptor;

#[dyn_dispatch_hint]
impl Intercept for FeatureInterceptor {
    fn name(&self) -> &'static str {
        "FeatureInterceptor"
    }

    fn read_before_serialization(
        &self,
        _context: &BeforeSerializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let retries = match config.load::<RetryConfig>().map(RetryConfig::mode) {
            Some(RetryMode::Standard) => Some(SmithySdkFeature::RetryModeStandard),
            Some(RetryMode::Adaptive) => Some(SmithySdkFeature::RetryModeAdaptive),
            _ => None,
        };
        let has_url = config.load::<EndpointUrl>().is_some();
        let state = config.interceptor_state();
        if let Some(feature) = retries {
            state.store_append(feature);
        }
        if has_url {
            state.store_append(AwsSdkFeature::EndpointOverride);
        }
        Ok(())
    }
}

/// How far the clocks of client and service may be apart without signatures being refused.
const ACCEPTED_SKEW: Duration = Duration::from_secs(4 * 60);

/// Marks answers whose `Date` is far from the client's time.
///
/// `ServiceClockSkewInterceptor` corrects the time that the next attempt is signed with; whether
/// there is one is for the retry classifier to say, which sees no clock.
#[derive(Debug)]
pub(crate) struct SkewInterceptor;

#[dyn_dispatch_hint]
impl Intercept for SkewInterceptor {
    fn name(&self) -> &'static str {
        "SkewInterceptor"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let disabled = config.load::<DisableClockSkewCorrection>();
        if disabled.is_some_and(DisableClockSkewCorrection::is_disabled) {
            return Ok(());
        }
        let headers = context.response().headers();
        // The date of an answer from a cache is the cache's.
        let date = headers.get("date").filter(|_| headers.get("age").is_none());
        let date = date.and_then(|date| DateTime::from_str(date, Format::HttpDate).ok());
        let date = date.and_then(|date| SystemTime::try_from(date).ok());
        let (Some(date), Some(clock)) = (date, components.time_source()) else {
            return Ok(());
        };
        let now = clock.now();
        let apart = now
            .duration_since(date)
            .or_else(|_| date.duration_since(now));
        if apart.is_ok_and(|apart| apart > ACCEPTED_SKEW) {
            context.response_mut().add_extension(Skewed);
        }
        Ok(())
    }
}
