//! In the place of `tls` where no feature brings TLS.

use aws_smithy_runtime_api::box_error::BoxError;
use hyper::Uri;
use hyper::http::uri::Scheme;
use hyper_util::client::legacy::connect::HttpConnector as Tcp;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

pub(super) type Stream = TokioIo<TcpStream>;

/// Opens a connection to a URL that asks for no TLS.
pub(super) async fn connect(mut tcp: Tcp, uri: Uri) -> Result<Stream, BoxError> {
    if uri.scheme() != Some(&Scheme::HTTP) {
        return Err(
            "there is no TLS without the feature `rustls-ring` or another that brings it".into(),
        );
    }
    Ok(tcp.call(uri).await?)
}
