//! The HTTP client that the features of the crate provide.

use aws_smithy_runtime_api::client::http::SharedHttpClient;

// Code for connections without TLS is not compiled if s2n-tls provides its own client.
#[cfg(all(
    feature = "http-client",
    any(feature = "rustls", not(feature = "s2n-tls"))
))]
mod connector;

/// Returns the HTTP client that is used if none is configured. It depends on the first of these features that
/// is enabled: `rustls-ring`, `rustls-aws-lc`, `s2n-tls`, `http-client` (without TLS).
///
/// With the feature `proxy`, or with s2n-tls, it uses the proxies in `HTTP_PROXY`, `HTTPS_PROXY` and
/// `ALL_PROXY` (in upper or lower case), except for the hosts in `NO_PROXY`. Credentials in the URL of a
/// proxy are sent to the proxy. A CGI script, which has `REQUEST_METHOD` in its environment, uses no proxy.
///
/// With rustls or without TLS, it uses HTTP/1.1 (with rustls and the feature `http2`, HTTP/2 where the server
/// speaks it) and keeps idle connections for 90 seconds. With rustls, it
/// trusts the certificates in the PEM file set by `AWS_CA_BUNDLE`, or else by `ca_bundle` in the profile
/// (`AWS_PROFILE`, or `default`); without either, those that the system trusts or those in `SSL_CERT_FILE`.
/// The proxies are read from the environment when the client is created, and the certificates when it opens
/// its first TLS connection.
///
/// `aws-smithy-http-client` provides clients with more settings.
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

/// Returns the default HTTP client, or `None` if no feature provides one. The configuration must then set
/// one.
pub(crate) fn by_features() -> Option<SharedHttpClient> {
    #[cfg(any(feature = "http-client", feature = "s2n-tls"))]
    return Some(default_http_client());
    #[cfg(not(any(feature = "http-client", feature = "s2n-tls")))]
    None
}

/// Returns the default HTTP client. Without one, it is a client that refuses all requests: not all sources of
/// credentials need requests.
#[cfg(feature = "from-env")]
pub(crate) fn by_features_or_refusing() -> SharedHttpClient {
    by_features().unwrap_or_else(refusing)
}

#[cfg(feature = "from-env")]
fn refusing() -> SharedHttpClient {
    use aws_smithy_runtime_api::client::http::{
        HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
    };
    use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
    use aws_smithy_runtime_api::client::result::ConnectorError;

    #[derive(Debug)]
    struct Refusing;

    impl HttpConnector for Refusing {
        fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
            HttpConnectorFuture::ready(Err(ConnectorError::user(
                "there is no HTTP client: enable a TLS feature such as `rustls-ring`, or set an `http_client`"
                    .into(),
            )))
        }
    }

    http_client_fn(|_, _| SharedHttpConnector::new(Refusing))
}
