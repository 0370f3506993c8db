//! Checksums of requests and responses.
//!
//! The checksum of a body in memory is a header. That of a stream follows the stream as a trailer, in the
//! content encoding `aws-chunked`.

mod validation;

use crate::config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_runtime::auth::{PayloadSigningOverride, SigV4OperationSigningConfig};
use aws_runtime::content_encoding::{AwsChunkedBody, AwsChunkedBodyOptions};
use aws_smithy_checksums::ChecksumAlgorithm;
use aws_smithy_checksums::body::ChecksumCache;
use aws_smithy_checksums::body::calculate::ChecksumBody;
use aws_smithy_checksums::http::HttpChecksum;
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextMut, BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::base64;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use md5::{Digest, Md5};
use smithy_operation::Checksums;

/// The algorithms, in the order in which the checksum of a response is chosen.
const ALGORITHMS: [(&str, ChecksumAlgorithm, SmithySdkFeature); 5] = [
    (
        "CRC64NVME",
        ChecksumAlgorithm::Crc64Nvme,
        SmithySdkFeature::FlexibleChecksumsReqCrc64,
    ),
    (
        "CRC32C",
        ChecksumAlgorithm::Crc32c,
        SmithySdkFeature::FlexibleChecksumsReqCrc32c,
    ),
    (
        "CRC32",
        ChecksumAlgorithm::Crc32,
        SmithySdkFeature::FlexibleChecksumsReqCrc32,
    ),
    (
        "SHA1",
        ChecksumAlgorithm::Sha1,
        SmithySdkFeature::FlexibleChecksumsReqSha1,
    ),
    (
        "SHA256",
        ChecksumAlgorithm::Sha256,
        SmithySdkFeature::FlexibleChecksumsReqSha256,
    ),
];

/// The algorithm of requests for which the caller chooses none.
const DEFAULT: &str = "CRC32";

/// The error if the length of a stream is unknown.
const NO_LENGTH: &str = "the checksum of a stream follows it as a trailer, which needs the stream's length: use \
    a stream that knows its length, such as that of a file, or set `request_checksum_calculation` to \
    `WhenRequired`";

/// The error if a stream has to be digested before it is sent.
const MD5_OF_STREAM: &str = "the request needs the header `Content-MD5`, which cannot be computed for a stream: \
    pass the body as bytes, or set the member that is bound to the header";

/// Stored for requests that get no checksum unless the caller chooses an algorithm.
#[derive(Debug)]
pub(crate) struct OnlyChosen;

impl Storable for OnlyChosen {
    type Storer = StoreReplace<Self>;
}

/// Adds checksums to requests, and checks those of responses.
#[derive(Debug)]
pub(crate) struct ChecksumInterceptor(pub(crate) Checksums);

#[dyn_dispatch_hint]
impl Intercept for ChecksumInterceptor {
    fn name(&self) -> &'static str {
        "ChecksumInterceptor"
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let checksums = &self.0;
        let request = context.request_mut();
        if !checksums.response_algorithms.is_empty() {
            ask_for_checksum(request, checksums.validation_header, config);
        }
        let only_chosen = config.load::<OnlyChosen>().is_some();
        if checksums.md5 && !only_chosen {
            return add_md5(request);
        }
        let is_modelled = checksums.required || checksums.algorithm_header.is_some();
        if !is_modelled || has_checksum(request) {
            return Ok(());
        }
        let chosen = checksums.algorithm_header.and_then(|header| {
            let chosen = request.headers().get(header)?;
            Some(chosen.to_owned())
        });
        let setting = config.load::<RequestChecksumCalculation>();
        let (when, always) = match setting {
            Some(RequestChecksumCalculation::WhenRequired) => {
                (SmithySdkFeature::FlexibleChecksumsReqWhenRequired, false)
            }
            _ => (SmithySdkFeature::FlexibleChecksumsReqWhenSupported, true),
        };
        let name = match chosen {
            Some(chosen) => chosen,
            None if !only_chosen && (checksums.required || always) => {
                if let Some(header) = checksums.algorithm_header {
                    request.headers_mut().insert(header, DEFAULT);
                }
                DEFAULT.to_owned()
            }
            None => return Ok(()),
        };
        let mut algorithms = ALGORITHMS.into_iter();
        let Some((_, algorithm, feature)) =
            algorithms.find(|(known, ..)| known.eq_ignore_ascii_case(&name))
        else {
            let known = ALGORITHMS.map(|(known, ..)| known).join(", ");
            return Err(format!(
                "the checksum algorithm `{name}` is not supported: use one of {known}, or compute the \
                 checksum and set its member"
            )
            .into());
        };
        config.interceptor_state().store_append(feature);
        config.interceptor_state().store_append(when);
        add(request, algorithm, config)
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if config.load::<Validated>().is_some() {
            validation::expect_checksum(context.response_mut(), self.0.response_algorithms);
        }
        Ok(())
    }
}

/// The value of the member that asks for checksums in the response.
const ENABLED: &str = "ENABLED";

/// Stored for calls whose responses are checked.
#[derive(Debug)]
struct Validated;

impl Storable for Validated {
    type Storer = StoreReplace<Self>;
}

/// Decides whether the response is checked: by the setting, or by the member that asks for a checksum.
fn ask_for_checksum(
    request: &mut HttpRequest,
    header: Option<&'static str>,
    config: &mut ConfigBag,
) {
    let setting = config.load::<ResponseChecksumValidation>();
    let (mut is_validated, feature) = match setting {
        Some(ResponseChecksumValidation::WhenRequired) => {
            (false, SmithySdkFeature::FlexibleChecksumsResWhenRequired)
        }
        _ => (true, SmithySdkFeature::FlexibleChecksumsResWhenSupported),
    };
    if let Some(header) = header {
        let headers = request.headers_mut();
        if is_validated && headers.get(header).is_none() {
            headers.insert(header, ENABLED);
        }
        is_validated = headers
            .get(header)
            .is_some_and(|asked| asked.eq_ignore_ascii_case(ENABLED));
    }
    let state = config.interceptor_state();
    if is_validated {
        state.store_put(Validated);
    }
    state.store_append(feature);
}

/// Returns whether the caller has set a checksum.
fn has_checksum(request: &HttpRequest) -> bool {
    let mut headers = request.headers().iter();
    headers.any(|(name, _)| {
        let kind = name.strip_prefix("x-amz-checksum-");
        kind.is_some_and(|kind| !matches!(kind, "algorithm" | "mode" | "type"))
    })
}

fn add_md5(request: &mut HttpRequest) -> Result<(), BoxError> {
    if request.headers().get("content-md5").is_some() {
        return Ok(());
    }
    let Some(bytes) = request.body().bytes() else {
        return Err(MD5_OF_STREAM.into());
    };
    let digest = base64::encode(Md5::digest(bytes));
    request.headers_mut().insert("content-md5", digest);
    Ok(())
}

fn add(
    request: &mut HttpRequest,
    algorithm: ChecksumAlgorithm,
    config: &mut ConfigBag,
) -> Result<(), BoxError> {
    let mut checksum = algorithm.into_impl();
    let header = checksum.header_name();
    match request.body().bytes() {
        Some(bytes) => {
            checksum.update(bytes);
            let value = base64::encode(checksum.finalize());
            request.headers_mut().insert(header, value);
            Ok(())
        }
        None => add_trailer(request, &*checksum, algorithm, config),
    }
}

fn add_trailer(
    request: &mut HttpRequest,
    checksum: &dyn HttpChecksum,
    algorithm: ChecksumAlgorithm,
    config: &mut ConfigBag,
) -> Result<(), BoxError> {
    let length = request.headers().get("content-length");
    let length = length.and_then(|length| length.parse().ok());
    let length: u64 = length
        .or_else(|| request.body().content_length())
        .ok_or(NO_LENGTH)?;
    let options = AwsChunkedBodyOptions::new(length, vec![HttpChecksum::size(checksum)]);
    let headers = request.headers_mut();
    headers.append("content-encoding", "aws-chunked");
    headers.insert("x-amz-trailer", checksum.header_name());
    headers.insert("x-amz-decoded-content-length", length.to_string());
    headers.insert("content-length", options.encoded_length().to_string());
    let body = std::mem::replace(request.body_mut(), SdkBody::taken());
    // A retry sends the checksum that the first attempt has computed.
    let cache = ChecksumCache::new();
    *request.body_mut() = body.map(move |body| {
        let body = ChecksumBody::new(body, algorithm.into_impl()).with_cache(cache.clone());
        SdkBody::from_body_1_x(AwsChunkedBody::new(body, options.clone()))
    });
    // The service learns from a header that the signature does not cover the body.
    let signing = config.load::<SigV4OperationSigningConfig>();
    let mut signing = signing.cloned().unwrap_or_default();
    signing.signing_options.content_sha256_header = true;
    let state = config.interceptor_state();
    state.store_put(signing);
    state.store_put(PayloadSigningOverride::StreamingUnsignedPayloadTrailer);
    Ok(())
}
