//! TLS by rustls, with ring or AWS-LC.

use super::trust::Trust;
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
use tokio::sync::OnceCell;
use tower_service::Service;

pub(super) type Connection = MaybeHttpsStream<TokioIo<TcpStream>>;
/// A TLS connection inside a connection to a proxy.
#[cfg(feature = "proxy")]
pub(super) type Tunnel = MaybeHttpsStream<Connection>;

/// Opens connections, with TLS if the URL requires it.
#[derive(Clone, Debug)]
pub(super) struct Tls {
    trust: Trust,
    /// Created for the first TLS connection.
    config: Arc<OnceCell<Arc<ClientConfig>>>,
}

impl Tls {
    /// Trusts the certificates that the environment or the profile sets, or else those of the system.
    pub(super) fn from_env() -> Self {
        Self {
            trust: Trust::from_env(),
            config: Arc::default(),
        }
    }

    /// Opens a connection, with TLS if the URL requires it.
    pub(super) async fn open(&self, mut tcp: Tcp, uri: Uri) -> Result<Connection, BoxError> {
        // Programs that only use plain HTTP need no certificates.
        if uri.scheme() == Some(&Scheme::HTTP) {
            return Ok(MaybeHttpsStream::Http(tcp.call(uri).await?));
        }
        HttpsConnector::from((tcp, self.config().await?))
            .call(uri)
            .await
    }

    /// Opens a connection to a proxy, and through it a TLS connection to a URL.
    #[cfg(feature = "proxy")]
    pub(super) async fn tunnel(
        &self,
        tcp: Tcp,
        proxy: Uri,
        credentials: Option<&hyper::header::HeaderValue>,
        uri: &Uri,
    ) -> Result<Tunnel, BoxError> {
        use hyper_util::client::legacy::connect::proxy::Tunnel;

        let config = self.config().await?;
        let mut tunnel = Tunnel::new(proxy, HttpsConnector::from((tcp, config.clone())));
        if let Some(credentials) = credentials {
            tunnel = tunnel.with_auth(credentials.clone());
        }
        HttpsConnector::from((tunnel, config))
            .call(uri.clone())
            .await
    }

    async fn config(&self) -> Result<Arc<ClientConfig>, BoxError> {
        let make = || async {
            let Some(bundle) = self.trust.bundle().await? else {
                return system().await;
            };
            Ok(Arc::new(config(bundle)))
        };
        self.config.get_or_try_init(make).await.cloned()
    }
}

/// Shared by all clients, so that certificates are read once and sessions are resumed across clients.
async fn system() -> Result<Arc<ClientConfig>, BoxError> {
    static CONFIG: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    if let Some(config) = CONFIG.get() {
        return Ok(config.clone());
    }
    let read = || CONFIG.get_or_init(|| Arc::new(config(system_roots())));
    // Reading certificates takes a while and would block the runtime's thread.
    Ok(tokio::task::spawn_blocking(read).await?.clone())
}

fn system_roots() -> RootCertStore {
    let loaded = rustls_native_certs::load_native_certs();
    for error in &loaded.errors {
        tracing::warn!(%error, "cannot read a certificate from the system's trust store");
    }
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(loaded.certs);
    if roots.is_empty() {
        tracing::warn!("the system's trust store is empty, so no HTTPS connection can be made");
    }
    roots
}

fn config(roots: RootCertStore) -> ClientConfig {
    let mut config = ClientConfig::builder_with_provider(Arc::new(provider()))
        .with_protocol_versions(rustls::DEFAULT_VERSIONS)
        .expect("both providers have cipher suites for TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    // In the order of preference.
    let versions: &[&[u8]] = match cfg!(feature = "http2") {
        true => &[b"h2", b"http/1.1"],
        false => &[b"http/1.1"],
    };
    config.alpn_protocols = versions.iter().map(|version| version.to_vec()).collect();
    config
}

#[cfg(feature = "rustls-ring")]
fn provider() -> CryptoProvider {
    rustls::crypto::ring::default_provider()
}

#[cfg(not(feature = "rustls-ring"))]
fn provider() -> CryptoProvider {
    rustls::crypto::aws_lc_rs::default_provider()
}
