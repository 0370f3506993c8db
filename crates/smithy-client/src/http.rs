//! The HTTP client that a client brings along, by the crate's features.

use aws_smithy_runtime_api::client::http::SharedHttpClient;

// What is here without TLS is not compiled where s2n-tls brings a client of its own.
#[cfg(all(
    feature = "http-client",
    any(feature = "rustls", not(feature = "s2n-tls"))
))]
mod connector;
#[cfg(feature = "rustls")]
mod tls;
#[cfg(all(
    feature = "http-client",
    not(any(feature = "rustls", feature = "s2n-tls"))
))]
#[path = "http/plain.rs"]
mod tls;

/// The HTTP client that is used where the configuration has none, by the first of these features that
/// is on: `rustls-ring`, `rustls-aws-lc`, `s2n-tls`, `http-client` (without TLS).
///
/// By rustls and without TLS it speaks HTTP/1.1, uses no proxy, keeps idle connections for 90 seconds
/// and trusts the certificates that the system does (or those of `SSL_CERT_FILE`).
/// `aws-smithy-http-client` has clients with more settings.
#[cfg(any(feature = "http-client", feature = "s2n-tls"))]
pub fn default_http_client() -> SharedHttpClient {
    #[cfg(any(
        feature = "rustls",
        all(feature = "http-client", not(feature = "s2n-tls"))
    ))]
    return connector::client();
    #[cfg(all(feature = "s2n-tls", not(feature = "rustls")))]
    {
        use aws_smithy_http_client::{Builder, tls::Provider};
        Builder::new().tls_provider(Provider::S2nTls).build_https()
    }
}

/// The same, or none where no feature brings one: then the configuration must.
pub(crate) fn by_features() -> Option<SharedHttpClient> {
    #[cfg(any(feature = "http-client", feature = "s2n-tls"))]
    return Some(default_http_client());
    #[cfg(not(any(feature = "http-client", feature = "s2n-tls")))]
    None
}
