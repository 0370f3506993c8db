//! Signatures in the URI of requests that are not sent.

#[cfg(feature = "checksums")]
use crate::checksums::OnlyChosen;
#[cfg(feature = "checksums")]
use crate::config::ResponseChecksumValidation;
use crate::sigv4;
use aws_runtime::auth::{HttpSignatureType, SigV4OperationSigningConfig};
use aws_sigv4::http_request::SignableBody;
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemePreference};
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use smithy_operation::ServiceDescriptor;
use smithy_operation::presigning::PresigningConfig;
use std::time::Duration;

/// Headers of the client, which whoever sends the request does not have.
const OWN_HEADERS: [&str; 7] = [
    "amz-sdk-invocation-id",
    "amz-sdk-request",
    "content-length",
    "user-agent",
    "x-amz-user-agent",
    "x-amzn-trace-id",
    "accept-encoding",
];

/// The content type of a body that can also be a query.
const FORM: &str = "application/x-www-form-urlencoded";

/// Returns what a call adds to the client's plugins to be presigned.
pub(crate) fn plugin(
    service: &ServiceDescriptor,
    config: &PresigningConfig,
) -> StaticRuntimePlugin {
    let mut layer = Layer::new("presigning");
    // Other schemes have no signature that could be part of a URI.
    layer.store_put(AuthSchemePreference::from([
        AuthSchemeId::new("sigv4"),
        AuthSchemeId::new("sigv4a"),
    ]));
    // Whoever has the URI sends another body, and no headers that ask for more.
    #[cfg(feature = "checksums")]
    {
        layer.store_put(OnlyChosen);
        layer.store_put(ResponseChecksumValidation::WhenRequired);
    }
    let components = RuntimeComponentsBuilder::new("presigning")
        .with_time_source(Some(StaticTimeSource::new(config.start_time())))
        .with_interceptor(SharedInterceptor::permanent(Presign {
            expires_in: config.expires(),
            is_s3: sigv4::is_s3(service),
        }));
    StaticRuntimePlugin::new()
        .with_config(layer.freeze())
        .with_runtime_components(components)
}

/// Removes the headers of the client.
pub(crate) fn remove_own_headers(request: &mut HttpRequest) {
    for name in OWN_HEADERS {
        request.headers_mut().remove(name);
    }
}

/// Whether the URI of a request contains a signature.
pub(crate) fn is_presigned(request: &HttpRequest) -> bool {
    request.uri().contains("X-Amz-Signature=")
}

#[derive(Debug)]
struct Presign {
    expires_in: Duration,
    is_s3: bool,
}

#[dyn_dispatch_hint]
impl Intercept for Presign {
    fn name(&self) -> &'static str {
        "Presign"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        remove_own_headers(request);
        form_to_query(request)?;
        if request.body().bytes().is_some_and(<[u8]>::is_empty) {
            request.headers_mut().remove("content-type");
        }
        let signing = config.load::<SigV4OperationSigningConfig>();
        let mut signing = signing.cloned().unwrap_or_default();
        let options = &mut signing.signing_options;
        options.expires_in = Some(self.expires_in);
        options.signature_type = HttpSignatureType::HttpRequestQueryParams;
        options.content_sha256_header = false;
        // The body of an upload is seldom known when its URI is signed, and S3 does not ask for it.
        if self.is_s3 {
            options.payload_override = Some(SignableBody::UnsignedPayload);
        }
        config.interceptor_state().store_put(signing);
        Ok(())
    }
}

/// Moves a form from the body to the query, as the services that read forms accept it, so that the URI is
/// the whole request.
fn form_to_query(request: &mut HttpRequest) -> Result<(), BoxError> {
    let is_form = |kind: &str| kind.starts_with(FORM);
    if !request.headers().get("content-type").is_some_and(is_form) {
        return Ok(());
    }
    let form = request.body().bytes().map(std::str::from_utf8);
    let Some(Ok(form)) = form else {
        return Ok(());
    };
    let uri = request.uri();
    let before = if uri.contains('?') { '&' } else { '?' };
    let uri = format!("{uri}{before}{form}");
    request.set_uri(uri)?;
    request.set_method("GET")?;
    *request.body_mut() = SdkBody::empty();
    Ok(())
}
