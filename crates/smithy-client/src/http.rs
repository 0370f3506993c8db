//! The HTTP client that a client brings along, by the crate's features.

use aws_smithy_runtime_api::client::http::SharedHttpClient;

/// The client of the first of these features that is on: TLS by ring, by AWS-LC, by s2n-tls, plain
/// HTTP. Without any of them the configuration must bring one.
pub(crate) fn default_client() -> Option<SharedHttpClient> {
    #[cfg(feature = "http-client")]
    {
        Some(build(aws_smithy_http_client::Builder::new()))
    }
    #[cfg(not(feature = "http-client"))]
    {
        None
    }
}

#[cfg(feature = "rustls-ring")]
fn build(builder: aws_smithy_http_client::Builder) -> SharedHttpClient {
    use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
    builder
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https()
}

#[cfg(all(feature = "rustls-aws-lc", not(feature = "rustls-ring")))]
fn build(builder: aws_smithy_http_client::Builder) -> SharedHttpClient {
    use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
    builder
        .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
        .build_https()
}

#[cfg(all(
    feature = "s2n-tls",
    not(any(feature = "rustls-ring", feature = "rustls-aws-lc"))
))]
fn build(builder: aws_smithy_http_client::Builder) -> SharedHttpClient {
    builder
        .tls_provider(aws_smithy_http_client::tls::Provider::S2nTls)
        .build_https()
}

#[cfg(all(
    feature = "http-client",
    not(any(
        feature = "rustls-ring",
        feature = "rustls-aws-lc",
        feature = "s2n-tls"
    ))
))]
fn build(builder: aws_smithy_http_client::Builder) -> SharedHttpClient {
    builder.build_http()
}
