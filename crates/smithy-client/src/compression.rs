//! Compressed bodies of requests.

use crate::config::{DisableRequestCompression, RequestMinCompressionSizeBytes};
use aws_smithy_compression::body::compress::CompressedBody;
use aws_smithy_compression::{CompressionAlgorithm, CompressionOptions};
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;

/// Compresses the bodies of an operation's requests, in the first of these encodings that is supported.
#[derive(Debug)]
pub(crate) struct CompressionInterceptor(pub(crate) &'static [&'static str]);

#[dyn_dispatch_hint]
impl Intercept for CompressionInterceptor {
    fn name(&self) -> &'static str {
        "CompressionInterceptor"
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let is_disabled = config.load::<DisableRequestCompression>();
        let mut options = CompressionOptions::default();
        if let Some(size) = config.load::<RequestMinCompressionSizeBytes>() {
            options = options.with_min_compression_size_bytes(size.0)?;
        }
        let mut encodings = self.0.iter();
        let algorithm = encodings.find_map(|name| name.parse::<CompressionAlgorithm>().ok());
        let Some(algorithm) = algorithm.filter(|_| !is_disabled.is_some_and(|it| it.0)) else {
            return Ok(());
        };
        let request = context.request_mut();
        let bytes = request.body().bytes().map(<[u8]>::len);
        if bytes.is_some_and(|bytes| bytes < options.min_compression_size_bytes() as usize) {
            return Ok(());
        }
        let body = std::mem::replace(request.body_mut(), SdkBody::taken());
        let compressor = algorithm.into_impl_http_body_1_x(&options);
        let (body, length) = match bytes {
            Some(_) => {
                let body = CompressedBody::new(body, compressor).into_compressed_sdk_body()?;
                let length = body.content_length();
                (body, length)
            }
            None => {
                let compressed = move |body| {
                    SdkBody::from_body_1_x(CompressedBody::new(body, compressor.clone()))
                };
                (body.map(compressed), None)
            }
        };
        *request.body_mut() = body;
        let headers = request.headers_mut();
        headers.append("content-encoding", algorithm.as_str());
        match length {
            Some(length) => {
                headers.insert("content-length", length.to_string());
            }
            None => {
                headers.remove("content-length");
            }
        }
        config
            .interceptor_state()
            .store_append(SmithySdkFeature::GzipRequestCompression);
        Ok(())
    }
}
