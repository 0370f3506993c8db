//! The HTTP client that a client brings along, by the crate's features.

use aws_smithy_runtime_api::client::http::SharedHttpClient;

// What is here without TLS is not compiled where s2n-tls brings a client of its own.
#[cfg(all(
    feature = "http-client",
    any(feature = "rustls", not(feature = "s2n-tls"))
))]
mod connector;

/// The HTTP client that is used where the configuration has none, by the first of these features that
/// is on: `rustls-ring`, `rustls-aws-lc`, `s2n-tls`, `http-client` (without TLS).
///
/// With the feature `proxy`, or by s2n-tls, it uses the proxies that `HTTP_PROXY`, `HTTPS_PROXY` and `ALL_PROXY` name (in either case), except
/// for the hosts in `NO_PROXY`. Credentials in a proxy's URL are sent to the proxy. A CGI script, which
/// has `REQUEST_METHOD` in its environment, uses no proxy.
///
/// By rustls and without TLS it speaks HTTP/1.1 and keeps idle connections for 90 seconds. By rustls it
/// trusts the certificates of the PEM file that `AWS_CA_BUNDLE` names, or else `ca_bundle` in the
/// profile (that of `AWS_PROFILE`, or `default`); without either, those that the system trusts or
/// `SSL_CERT_FILE` names. The proxies are read from the environment as the client is made, the
/// certificates as it opens its first connection with TLS.
///
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
        use aws_smithy_http_client::proxy::ProxyConfig;
        use aws_smithy_http_client::{Builder, Connector, tls::Provider};
        Builder::new().build_with_connector_fn(|settings, components| {
            let mut connector = Connector::builder().tls_provider(Provider::S2nTls);
            connector.set_connector_settings(settings.cloned());
            connector.set_sleep_impl(components.and_then(|it| it.sleep_impl()));
            connector.proxy_config(ProxyConfig::from_env()).build()
        })
    }
}

/// The same, or none where no feature brings one: then the configuration must.
pub(crate) fn by_features() -> Option<SharedHttpClient> {
    #[cfg(any(feature = "http-client", feature = "s2n-tls"))]
    return Some(default_http_client());
    #[cfg(not(any(feature = "http-client", feature = "s2n-tls")))]
    None
}
