//! Replaces `tls` if no feature provides TLS.

use aws_smithy_runtime_api::box_error::BoxError;
use hyper::Uri;
use hyper::http::uri::Scheme;
use hyper_util::client::legacy::connect::HttpConnector as Tcp;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

pub(super) type Connection = TokioIo<TcpStream>;
#[cfg(feature = "proxy")]
pub(super) type Tunnel = Connection;

/// Opens connections without TLS.
#[derive(Clone, Debug)]
pub(super) struct Tls;

impl Tls {
    pub(super) fn from_env() -> Self {
        Self
    }

    /// Opens a connection to a URL.
    pub(super) async fn open(&self, mut tcp: Tcp, uri: Uri) -> Result<Connection, BoxError> {
        match uri.scheme() == Some(&Scheme::HTTP) {
            true => Ok(tcp.call(uri).await?),
            false => Err(no_tls()),
        }
    }

    #[cfg(feature = "proxy")]
    pub(super) async fn tunnel(
        &self,
        _: Tcp,
        _: Uri,
        _: Option<&hyper::header::HeaderValue>,
        _: &Uri,
    ) -> Result<Tunnel, BoxError> {
        Err(no_tls())
    }
}

fn no_tls() -> BoxError {
    "TLS requires the feature `rustls-ring` or another feature that provides it".into()
}
