//! The interceptors that the engine adds to every request.

use crate::endpoint::Params;
use crate::setting::BadSetting;
use crate::skew::Skew;
use aws_smithy_runtime::client::stalled_stream_protection::StalledStreamProtectionInterceptor;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextMut, BeforeSerializationInterceptorContextRef,
    BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::DateTime;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreAppend, StoreReplace};
use aws_smithy_types::date_time::Format;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::endpoint_config::{AccountIdEndpointMode, EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;
use smithy_operation::endpoint::{CollectParams, OperationParam, Param, ParamSource, ParamValue};
use smithy_operation::{CalledOperation, InputShape};
use std::fmt::Write;
use std::sync::{Arc, RwLock};

/// Reads the endpoint parameters from the configuration of the call, and validates them when they change.
#[derive(Debug, Default)]
pub(crate) struct EndpointParamsInterceptor {
    last: RwLock<Option<Arc<Checked>>>,
}

/// The parameters as configured, and as normalized for endpoint resolution.
#[derive(Debug)]
struct Checked {
    given: Params,
    usable: Params,
}

impl Checked {
    fn is_for(&self, config: &ConfigBag) -> bool {
        let given = &self.given;
        given.region.as_ref() == config.load::<Region>()
            && given.use_dual_stack == is_dual_stack(config)
            && given.use_fips == is_fips(config)
            && given.endpoint.as_ref() == config.load::<EndpointUrl>().map(|url| &url.0)
            && given.named == named(config)
    }
}

/// The service's own parameters: those of the operation, then the settings of the client. Of several with the
/// same name, the first applies.
fn named(config: &ConfigBag) -> Vec<Param> {
    let of_operation = config.load::<CallParams>();
    let mut params = of_operation.map_or_else(Vec::new, |params| params.0.clone());
    // The latest value of a setting comes first, and hides the others even if it is none.
    let mut seen: Vec<&str> = Vec::new();
    for EndpointSetting(name, value) in config.load::<EndpointSetting>() {
        if !seen.contains(name) {
            seen.push(name);
            let param = value.clone().map(|value| Param { name, value });
            params.extend(param);
        }
    }
    params
}

/// What the operation and its input give endpoint parameters.
#[derive(Debug)]
pub(crate) struct CallParams(pub(crate) Vec<Param>);

impl Storable for CallParams {
    type Storer = StoreReplace<Self>;
}

impl CallParams {
    /// Collects the parameters of a call.
    pub(crate) fn of(
        (params, collect): (&'static [OperationParam], CollectParams),
        input: &dyn InputShape,
        mode: Option<AccountIdEndpointMode>,
    ) -> Self {
        let mut collected = collect(params, input);
        for param in params {
            if let ParamSource::AccountIdEndpointMode = param.source {
                collected.push(Param {
                    name: param.name,
                    value: ParamValue::String(mode.clone().unwrap_or_default().to_string()),
                });
            }
        }
        Self(collected)
    }
}

/// A setting of the client that is an endpoint parameter.
#[derive(Debug, Clone)]
pub(crate) struct EndpointSetting(pub(crate) &'static str, pub(crate) Option<ParamValue>);

impl Storable for EndpointSetting {
    type Storer = StoreAppend<Self>;
}

/// The operation's parameter that is the account of the credentials.
fn account_id(config: &ConfigBag) -> Option<&'static str> {
    let CalledOperation(operation) = config.load::<CalledOperation>()?;
    let (params, _) = operation.endpoint_params?;
    let is_account = |param: &&OperationParam| matches!(param.source, ParamSource::AccountId);
    params.iter().find(is_account).map(|param| param.name)
}

fn is_dual_stack(config: &ConfigBag) -> bool {
    config.load::<UseDualStack>().is_some_and(|value| value.0)
}

fn is_fips(config: &ConfigBag) -> bool {
    config.load::<UseFips>().is_some_and(|value| value.0)
}

impl EndpointParamsInterceptor {
    fn params(&self, config: &ConfigBag) -> Result<Params, BadSetting> {
        // The value in a poisoned lock is still complete.
        let last = self.last.read().unwrap_or_else(|e| e.into_inner());
        if let Some(last) = last.as_ref().filter(|last| last.is_for(config)) {
            return Ok(last.usable.clone());
        }
        drop(last);
        let given = Params {
            region: config.load::<Region>().cloned(),
            use_dual_stack: is_dual_stack(config),
            use_fips: is_fips(config),
            endpoint: config.load::<EndpointUrl>().map(|url| url.0.clone()),
            named: named(config),
            account_id: account_id(config),
        };
        let usable = given.clone().checked().map_err(|invalid| invalid.0)?;
        let checked = Arc::new(Checked {
            given,
            usable: usable.clone(),
        });
        *self.last.write().unwrap_or_else(|e| e.into_inner()) = Some(checked);
        Ok(usable)
    }
}

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
        let params = self.params(config)?;
        config
            .interceptor_state()
            .store_put(EndpointResolverParams::new(params));
        Ok(())
    }
}

/// Ends streams that stall. A request body in memory is passed to the connection at once, so it is not
/// watched.
#[derive(Debug, Default)]
pub(crate) struct StalledStreamProtection(StalledStreamProtectionInterceptor);

#[dyn_dispatch_hint]
impl Intercept for StalledStreamProtection {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if context.request().body().bytes().is_some() {
            return Ok(());
        }
        self.0.modify_before_transmit(context, components, config)
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0
            .modify_before_deserialization(context, components, config)
    }
}

/// Refuses to send a request without its checksum.
#[cfg(not(feature = "checksums"))]
#[derive(Debug)]
pub(crate) struct LacksChecksums;

#[cfg(not(feature = "checksums"))]
#[dyn_dispatch_hint]
impl Intercept for LacksChecksums {
    fn name(&self) -> &'static str {
        "LacksChecksums"
    }

    fn read_before_execution(
        &self,
        _context: &BeforeSerializationInterceptorContextRef<'_>,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Err("the request needs a checksum: enable the feature `checksums` of smithy-client".into())
    }
}

/// Refuses to send a request to an endpoint that is not the discovered one.
#[cfg(not(feature = "endpoint-discovery"))]
#[derive(Debug)]
pub(crate) struct LacksDiscovery;

#[cfg(not(feature = "endpoint-discovery"))]
#[dyn_dispatch_hint]
impl Intercept for LacksDiscovery {
    fn name(&self) -> &'static str {
        "LacksDiscovery"
    }

    fn read_before_execution(
        &self,
        _context: &BeforeSerializationInterceptorContextRef<'_>,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Err("the endpoint must be discovered: enable the feature `endpoint-discovery` of smithy-client".into())
    }
}

/// Refuses to send a request without its tree hash.
#[cfg(not(feature = "tree-hash"))]
#[derive(Debug)]
pub(crate) struct LacksTreeHash;

#[cfg(not(feature = "tree-hash"))]
#[dyn_dispatch_hint]
impl Intercept for LacksTreeHash {
    fn name(&self) -> &'static str {
        "LacksTreeHash"
    }

    fn read_before_execution(
        &self,
        _context: &BeforeSerializationInterceptorContextRef<'_>,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Err(
            "the request needs the tree hash of its body: enable the feature `tree-hash` of smithy-client"
                .into(),
        )
    }
}

/// Passes on the texts of headers that need not be timestamps, and removes those that are none.
#[derive(Debug)]
pub(crate) struct LenientHeaders(pub(crate) &'static [(&'static str, &'static str)]);

#[dyn_dispatch_hint]
impl Intercept for LenientHeaders {
    fn name(&self) -> &'static str {
        "LenientHeaders"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.response_mut().headers_mut();
        for &(name, text_name) in self.0 {
            let Some(text) = headers.get(name).map(str::to_owned) else {
                continue;
            };
            if DateTime::from_str(&text, Format::HttpDate).is_err() {
                headers.remove(name);
            }
            headers.insert(text_name, text);
        }
        Ok(())
    }
}

/// Sets a header with the number of the attempt and the maximum, and on retries the time at which the client
/// stops waiting for a response.
#[derive(Debug)]
pub(crate) struct RequestInfoInterceptor(pub(crate) Arc<Skew>);

impl RequestInfoInterceptor {
    fn deadline(&self, components: &RuntimeComponents, config: &ConfigBag) -> Option<String> {
        let wait = config.load::<TimeoutConfig>()?.read_timeout()?;
        let now = components.time_source()?.now();
        let until = self.0.correct(now, config).checked_add(wait)?;
        let mut until = DateTime::from(until);
        until.set_subsec_nanos(0);
        let mut text = until.fmt(Format::DateTime).ok()?;
        text.retain(|char| !matches!(char, '-' | ':'));
        Some(text)
    }
}

#[dyn_dispatch_hint]
impl Intercept for RequestInfoInterceptor {
    fn name(&self) -> &'static str {
        "RequestInfoInterceptor"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let attempt = config
            .load::<RequestAttempts>()
            .map_or(0, |it| it.attempts());
        let mut value = String::with_capacity(20);
        if attempt > 1
            && let Some(deadline) = self.deadline(components, config)
        {
            write!(value, "ttl={deadline}; ")?;
        }
        write!(value, "attempt={attempt}")?;
        if let Some(retries) = config.load::<RetryConfig>() {
            write!(value, "; max={}", retries.max_attempts())?;
        }
        let headers = context.request_mut().headers_mut();
        headers.insert("amz-sdk-request", value);
        Ok(())
    }
}
