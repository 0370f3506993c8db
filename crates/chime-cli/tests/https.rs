//! The command over HTTPS, with a certificate that it trusts and with one that it does not.

mod common;

use common::{Local, run};
use rcgen::CertifiedKey;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// Puts TLS before a server: gives the URL, and the certificate as a PEM file has it.
async fn with_tls(server: SocketAddr) -> (String, String) {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("a key that fits");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                // Those that do not trust the certificate leave in the middle.
                if let Ok(mut client) = acceptor.accept(stream).await {
                    let mut chime = TcpStream::connect(server).await.expect("the server");
                    let _ = tokio::io::copy_bidirectional(&mut client, &mut chime).await;
                }
            });
        }
    });
    (format!("https://localhost:{port}"), cert.pem())
}

#[test]
fn members_are_added_over_https_if_the_certificate_is_trusted() {
    let local = Local::start();
    let (url, certificate) = local.block_on(with_tls(local.address()));
    let room = local.room(120);
    let add = |trusted: &str| {
        let mut command = room.add_at(&url, &room.csv, &["--max-tries", "1"]);
        command.env("SSL_CERT_FILE", trusted);
        command.env_remove("SSL_CERT_DIR");
        run(&mut command)
    };
    let said = add(&local.write("trusted.pem", &certificate));
    assert_eq!((said.code, said.count("added")), (Some(0), 120), "{said:?}");
    assert_eq!(room.members(), room.sample.user_ids);

    let (_, another) = local.block_on(with_tls(local.address()));
    let said = add(&local.write("another.pem", &another));
    assert_eq!((said.code, said.count("added")), (Some(1), 0), "{said:?}");
    // Without a connection nothing was sent, and that is known.
    assert_eq!(said.count("unknown"), 0, "{said:?}");
    assert!(said.out.contains("certificate"), "{said:?}");
}
