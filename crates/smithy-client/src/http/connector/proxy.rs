//! Which requests go through a proxy.

use super::BadSetting;
use aws_smithy_runtime_api::box_error::BoxError;
use hyper::header::{HeaderValue, PROXY_AUTHORIZATION};
use hyper::http::uri::Scheme;
use hyper::{Request, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// The proxies for requests by HTTP and by HTTPS, and the hosts that need none.
///
/// `Debug` does not show their credentials.
#[derive(Clone, Debug)]
pub(super) struct Proxies(Arc<Matcher>);

impl Proxies {
    /// The proxies that `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` name, or the same
    /// variables in lower case. In a CGI script there are none, as anyone who sends it a request can
    /// set `HTTP_PROXY`.
    pub(super) fn from_env() -> Self {
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            for name in [name.to_owned(), name.to_ascii_lowercase()] {
                if std::env::var_os(&name).is_some_and(|url| !url.is_empty() && !is_proxy(&url)) {
                    // The value may have a password in it.
                    tracing::warn!("{name} is ignored: it is not the URL of a proxy");
                }
            }
        }
        Self::new(Matcher::from_env())
    }

    pub(super) fn new(matcher: Matcher) -> Self {
        Self(Arc::new(matcher))
    }

    /// The proxy for requests to a URL.
    pub(super) fn find(&self, uri: &Uri) -> Option<Proxy> {
        self.0.intercept(uri).map(Proxy)
    }

    /// Adds the credentials for the proxy that forwards a request. A tunnel gets them as it is opened.
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

/// Whether hyper-util can read a URL as that of a proxy. It ignores others.
fn is_proxy(url: &std::ffi::OsStr) -> bool {
    let matcher = url.to_str().map(|url| Matcher::builder().all(url).build());
    matcher.is_some_and(|it| it.intercept(&Uri::from_static("http://host")).is_some())
}

/// A proxy to use.
pub(super) struct Proxy(Intercept);

impl Proxy {
    /// Where the proxy is.
    pub(super) fn uri(&self) -> Result<&Uri, BadSetting> {
        let uri = self.0.uri();
        match uri.scheme_str() {
            Some("http" | "https") => Ok(uri),
            _ => Err(BadSetting(
                "this kind of proxy is not supported: name one with http:// or https://".to_owned(),
            )),
        }
    }

    /// Its credentials, as `Proxy-Authorization` has them.
    pub(super) fn credentials(&self) -> Option<&HeaderValue> {
        self.0.basic_auth()
    }

    /// Says that a connection through the proxy failed.
    pub(super) fn failed(&self, destination: &Uri, source: BoxError) -> BoxError {
        let host_and_port = |uri: &Uri| uri.authority().map(ToString::to_string);
        let scheme = self.0.uri().scheme_str().unwrap_or_default();
        let proxy = host_and_port(self.0.uri()).unwrap_or_default();
        Box::new(Failed {
            proxy: format!("{scheme}://{proxy}"),
            destination: host_and_port(destination).unwrap_or_default(),
            source,
        })
    }
}

/// A proxy could not be reached, or did not connect to the service.
#[derive(Debug)]
struct Failed {
    proxy: String,
    destination: String,
    source: BoxError,
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
