//! Proxies: which requests use one, and how.

mod stream;

use super::tls::Tls;
use super::{BadSetting, Limit};
use aws_smithy_runtime_api::box_error::BoxError;
use hyper::header::PROXY_AUTHORIZATION;
use hyper::http::uri::Scheme;
use hyper::{Request, Uri};
use hyper_util::client::legacy::connect::HttpConnector as Tcp;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use std::error::Error;
use std::fmt;
use std::sync::Arc;
pub(super) use stream::Stream;

/// The proxies for HTTP and HTTPS requests, and the hosts that bypass them.
///
/// `Debug` does not show their credentials.
#[derive(Clone, Debug)]
pub(super) struct Proxies(Arc<Matcher>);

impl Proxies {
    /// Reads the proxies from `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, or the same variables
    /// in lower case. A CGI script uses none, because anyone who sends it a request can set `HTTP_PROXY`.
    pub(super) fn from_env() -> Self {
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            for name in [name.to_owned(), name.to_ascii_lowercase()] {
                if std::env::var_os(&name).is_some_and(|url| !url.is_empty() && !is_proxy(&url)) {
                    // The value may contain a password.
                    tracing::warn!("{name} is ignored: it is not the URL of a proxy");
                }
            }
        }
        Self(Arc::new(Matcher::from_env()))
    }

    /// Opens a connection to a URL within the time limit.
    pub(super) async fn connect(
        self,
        limit: Limit,
        tls: Tls,
        tcp: Tcp,
        uri: Uri,
    ) -> Result<Stream, BoxError> {
        let Some(proxy) = self.0.intercept(&uri) else {
            let connection = limit.hold(tls.open(tcp, uri)).await?;
            return Ok(Stream::Direct(connection));
        };
        let connected = limit.hold(connect(&proxy, tls, tcp, &uri)).await;
        connected.map_err(|source| Failed::new(&proxy, &uri, source).into())
    }

    /// Adds the credentials for the proxy that forwards a request. A tunnel sends them when it is opened.
    pub(super) fn authorize<B>(&self, request: &mut Request<B>) {
        if request.uri().scheme() != Some(&Scheme::HTTP) {
            return;
        }
        let proxy = self.0.intercept(request.uri());
        if let Some(credentials) = proxy.as_ref().and_then(Intercept::basic_auth) {
            let headers = request.headers_mut();
            if !headers.contains_key(PROXY_AUTHORIZATION) {
                headers.insert(PROXY_AUTHORIZATION, credentials.clone());
            }
        }
    }
}

/// Returns whether hyper-util accepts a URL as the URL of a proxy. It ignores others.
fn is_proxy(url: &std::ffi::OsStr) -> bool {
    let matcher = url.to_str().map(|url| Matcher::builder().all(url).build());
    matcher.is_some_and(|it| it.intercept(&Uri::from_static("http://host")).is_some())
}

/// Opens a connection through a proxy: a tunnel for HTTPS, or a connection over which the proxy forwards HTTP
/// requests.
async fn connect(proxy: &Intercept, tls: Tls, tcp: Tcp, uri: &Uri) -> Result<Stream, BoxError> {
    let to = proxy.uri().clone();
    if !matches!(to.scheme_str(), Some("http" | "https")) {
        let message = "this kind of proxy is not supported: use one with http:// or https://";
        return Err(Box::new(BadSetting(message.to_owned())));
    }
    if uri.scheme() == Some(&Scheme::HTTP) {
        return Ok(Stream::Forwarded(tls.open(tcp, to).await?));
    }
    let tunnel = tls.tunnel(tcp, to, proxy.basic_auth(), uri).await?;
    Ok(Stream::Tunnel(Box::new(tunnel)))
}

/// A proxy could not be reached, or did not connect to the service.
#[derive(Debug)]
struct Failed {
    proxy: String,
    destination: String,
    source: BoxError,
}

impl Failed {
    fn new(proxy: &Intercept, destination: &Uri, source: BoxError) -> Self {
        let host_and_port = |uri: &Uri| uri.authority().map(ToString::to_string);
        let scheme = proxy.uri().scheme_str().unwrap_or_default();
        // hyper-util removes the credentials from the URL.
        let proxy = host_and_port(proxy.uri()).unwrap_or_default();
        Self {
            proxy: format!("{scheme}://{proxy}"),
            destination: host_and_port(destination).unwrap_or_default(),
            source,
        }
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            proxy, destination, ..
        } = self;
        write!(
            f,
            "no connection to {destination} through the proxy {proxy}"
        )
    }
}

impl Error for Failed {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}
