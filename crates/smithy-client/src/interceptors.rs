//! What the engine does around every request.

use crate::endpoint::Params;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;

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
        config
            .interceptor_state()
            .store_put(EndpointResolverParams::new(params));
        Ok(())
    }
}
