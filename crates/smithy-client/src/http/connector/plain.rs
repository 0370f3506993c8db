//! Stands in for `tls` if no feature brings TLS.

use super::proxy::Proxy;
use super::stream::Stream;
use aws_smithy_runtime_api::box_error::BoxError;
use hyper::Uri;
use hyper::http::uri::Scheme;
use hyper_util::client::legacy::connect::HttpConnector as Tcp;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

pub(super) type Transport = TokioIo<TcpStream>;

/// Opens connections without TLS.
#[derive(Clone, Debug)]
pub(super) struct Tls;

impl Tls {
    pub(super) fn from_env() -> Self {
        Self
    }

    /// Opens a connection to a URL.
    pub(super) async fn connect(&self, mut tcp: Tcp, uri: Uri) -> Result<Stream, BoxError> {
        check(&uri)?;
        Ok(Stream::to_service(tcp.call(uri).await?))
    }

    /// Opens a connection to a proxy that forwards what is sent to a URL.
    pub(super) async fn connect_by(
        &self,
        proxy: &Proxy,
        mut tcp: Tcp,
        uri: &Uri,
    ) -> Result<Stream, BoxError> {
        let to = proxy.uri()?;
        check(uri)?;
        check(to)?;
        Ok(Stream::to_proxy(tcp.call(to.clone()).await?))
    }
}

fn check(uri: &Uri) -> Result<(), BoxError> {
    match uri.scheme() == Some(&Scheme::HTTP) {
        true => Ok(()),
        false => Err("TLS needs the feature `rustls-ring` or another that brings it".into()),
    }
}
