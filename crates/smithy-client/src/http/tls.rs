//! TLS by rustls, with ring or AWS-LC, and the certificates that the system trusts.

use aws_smithy_runtime_api::box_error::BoxError;
use hyper::Uri;
use hyper::http::uri::Scheme;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector as Tcp;
use hyper_util::rt::TokioIo;
use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, RootCertStore};
use std::sync::{Arc, OnceLock};
use tokio::net::TcpStream;
use tower_service::Service;

pub(super) type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

/// Opens a connection, with TLS where the URL asks for it.
pub(super) async fn connect(mut tcp: Tcp, uri: Uri) -> Result<Stream, BoxError> {
    // Programs that use plain HTTP alone need no certificates.
    if uri.scheme() == Some(&Scheme::HTTP) {
        return Ok(MaybeHttpsStream::Http(tcp.call(uri).await?));
    }
    let config = match CONFIG.get() {
        Some(config) => config,
        // It takes a while, in which the runtime's thread has other things to do.
        None => tokio::task::spawn_blocking(|| CONFIG.get_or_init(read)).await?,
    };
    HttpsConnector::from((tcp, config.clone())).call(uri).await
}

/// One for all clients, so that certificates are read once and sessions are resumed whoever began them.
static CONFIG: OnceLock<Arc<ClientConfig>> = OnceLock::new();

fn read() -> Arc<ClientConfig> {
    let loaded = rustls_native_certs::load_native_certs();
    for error in &loaded.errors {
        tracing::warn!(%error, "cannot read a certificate that the system trusts");
    }
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(loaded.certs);
    if roots.is_empty() {
        tracing::warn!("the system trusts no certificate, so no HTTPS connection will be made");
    }
    let mut config = ClientConfig::builder_with_provider(Arc::new(provider()))
        .with_protocol_versions(rustls::DEFAULT_VERSIONS)
        .expect("both providers have cipher suites for TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Arc::new(config)
}

#[cfg(feature = "rustls-ring")]
fn provider() -> CryptoProvider {
    rustls::crypto::ring::default_provider()
}

#[cfg(not(feature = "rustls-ring"))]
fn provider() -> CryptoProvider {
    rustls::crypto::aws_lc_rs::default_provider()
}
