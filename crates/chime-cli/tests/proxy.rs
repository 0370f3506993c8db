//! The command with a proxy and a certificate bundle from the environment and the profile.

mod common;

use common::{Local, Room, Said, run, with_tls};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// `user:p@ss` as encoded in a URL and in `Proxy-Authorization`.
const IN_URL: &str = "user:p%40ss";
const IN_HEADER: &str = "Basic dXNlcjpwQHNz";

/// How a proxy handles a request.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Open,
    NeedsCredentials,
    Refuses,
}

/// A proxy that forwards everything to one server, and the heads of the requests it received.
struct Proxy {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn start(local: &Local, kind: Kind, server: SocketAddr) -> Self {
        local.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let address = listener.local_addr().expect("an address");
            let heads = Arc::<Mutex<Vec<String>>>::default();
            let seen = heads.clone();
            tokio::spawn(async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(serve(stream, kind, server, seen.clone()));
                }
            });
            Self { address, heads }
        })
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn url_with_credentials(&self) -> String {
        format!("http://{IN_URL}@{}", self.address)
    }

    /// Returns the request lines, and whether all had credentials.
    fn seen(&self) -> (Vec<String>, bool) {
        let heads = self.heads.lock().expect("whole");
        let first = |head: &String| head.lines().next().unwrap_or_default().to_owned();
        let credentials = heads.iter().all(|head| is_authorized(head));
        (heads.iter().map(first).collect(), credentials)
    }
}

fn is_authorized(head: &str) -> bool {
    let header = format!("proxy-authorization: {IN_HEADER}");
    head.lines().any(|line| line.eq_ignore_ascii_case(&header))
}

async fn serve(
    mut client: TcpStream,
    kind: Kind,
    server: SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match client.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let text = String::from_utf8(head.clone()).expect("UTF-8");
    let is_authorized = is_authorized(&text);
    let is_tunnel = text.starts_with("CONNECT ");
    seen.lock().expect("whole").push(text);
    let refusal = match kind {
        Kind::NeedsCredentials if !is_authorized => Some("407 Proxy Authentication Required"),
        Kind::Refuses => Some("403 Forbidden"),
        _ => None,
    };
    if let Some(status) = refusal {
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
        let _ = client.write_all(answer.as_bytes()).await;
        return;
    }
    let mut server = TcpStream::connect(server).await.expect("the server");
    match is_tunnel {
        true => client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await,
        false => server.write_all(&head).await,
    }
    .expect("a socket");
    let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
}

/// Adds members at a URL that only a proxy can resolve, with variables set.
fn add(room: &Room<'_>, url: &str, variables: &[(&str, &str)]) -> Said {
    let mut command = room.add_at(
        url,
        &room.csv,
        &["--region", "us-east-1", "--max-tries", "1"],
    );
    command
        .env("AWS_ACCESS_KEY_ID", "key")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("CHIME_LOG", "trace")
        .envs(variables.iter().copied());
    let said = run(&mut command);
    for secret in ["p%40ss", "p@ss", IN_HEADER, "dXNlcjpwQHNz"] {
        let all = format!("{}{}", said.out, said.err);
        assert!(!all.contains(secret), "{secret} in {all}");
    }
    said
}

#[track_caller]
fn assert_added(room: &Room<'_>, said: &Said) {
    assert_eq!((said.code, said.count("added")), (Some(0), 60), "{said:?}");
    assert_eq!(room.members(), room.sample.user_ids);
}

const PLAIN: &str = "http://chime.invalid";

#[test]
fn a_proxy_forwards_http() {
    let local = Local::start();
    for (variable, kind, with_credentials) in [
        ("HTTP_PROXY", Kind::Open, false),
        ("http_proxy", Kind::Open, true),
        ("ALL_PROXY", Kind::NeedsCredentials, true),
        ("all_proxy", Kind::Open, false),
    ] {
        let room = local.room(60);
        let proxy = Proxy::start(&local, kind, local.address());
        let url = match with_credentials {
            true => proxy.url_with_credentials(),
            false => proxy.url(),
        };
        let said = add(&room, PLAIN, &[(variable, &url)]);
        assert_added(&room, &said);
        let (lines, credentials) = proxy.seen();
        assert_eq!(credentials, with_credentials);
        let absolute = format!("POST {PLAIN}/accounts/");
        assert!(
            !lines.is_empty() && lines.iter().all(|it| it.starts_with(&absolute)),
            "{lines:?}"
        );
    }
}

#[test]
fn a_proxy_tunnels_https() {
    let local = Local::start();
    let (url, certificate) = local.block_on(with_tls(local.address()));
    let url = url.replace("localhost", "chime.test");
    let port = url.rsplit(':').next().and_then(|port| port.parse().ok());
    let server = SocketAddr::from(([127, 0, 0, 1], port.expect("a port")));
    let bundle = local.write("bundle.pem", &certificate);
    for (variable, kind, with_credentials) in [
        ("HTTPS_PROXY", Kind::Open, false),
        ("https_proxy", Kind::NeedsCredentials, true),
        ("ALL_PROXY", Kind::Open, true),
    ] {
        let room = local.room(60);
        let proxy = Proxy::start(&local, kind, server);
        let proxy_url = match with_credentials {
            true => proxy.url_with_credentials(),
            false => proxy.url(),
        };
        let variables = [(variable, proxy_url.as_str()), ("AWS_CA_BUNDLE", &bundle)];
        let said = add(&room, &url, &variables);
        assert_added(&room, &said);
        let (lines, credentials) = proxy.seen();
        assert_eq!(credentials, with_credentials);
        let connect = format!("CONNECT chime.test:{} HTTP/1.1", server.port());
        assert!(
            !lines.is_empty() && lines.iter().all(|it| *it == connect),
            "{lines:?}"
        );
    }
}

/// TLS to the proxy, and TLS to the service inside the tunnel.
#[test]
fn a_proxy_may_have_a_certificate_itself() {
    let local = Local::start();
    let (url, certificate) = local.block_on(with_tls(local.address()));
    let port = url.rsplit(':').next().and_then(|port| port.parse().ok());
    let server = SocketAddr::from(([127, 0, 0, 1], port.expect("a port")));
    for (variable, url, server) in [
        ("HTTP_PROXY", PLAIN, local.address()),
        ("HTTPS_PROXY", &*url, server),
    ] {
        let room = local.room(60);
        let proxy = Proxy::start(&local, Kind::NeedsCredentials, server);
        let (proxy_url, of_proxy) = local.block_on(with_tls(proxy.address));
        let proxy_url = proxy_url.replace("https://", &format!("https://{IN_URL}@"));
        let bundle = local.write("bundle.pem", &format!("{certificate}{of_proxy}"));
        let variables = [(variable, proxy_url.as_str()), ("AWS_CA_BUNDLE", &bundle)];
        assert_added(&room, &add(&room, url, &variables));
        assert_ne!(proxy.seen().0.len(), 0);
    }
}

#[test]
fn hosts_in_no_proxy_need_none() {
    let local = Local::start();
    let proxy = Proxy::start(&local, Kind::Refuses, local.address());
    let by_address = format!("http://{}", local.address());
    let by_name = format!("http://localhost:{}", local.address().port());
    for (url, no_proxy) in [
        (&by_address, "127.0.0.1"),
        (&by_address, "example.com, 127.0.0.0/8"),
        (&by_name, "LOCALHOST"),
        (&by_name, ".example.com,.localhost"),
        (&by_name, "*"),
    ] {
        for variable in ["NO_PROXY", "no_proxy"] {
            let room = local.room(60);
            let variables = [("HTTP_PROXY", &*proxy.url()), (variable, no_proxy)];
            assert_added(&room, &add(&room, url, &variables));
        }
    }
    assert_eq!(proxy.seen().0, [""; 0]);
    for no_proxy in ["example.com", "host", "127.0.0.0/8"] {
        let room = local.room(60);
        let elsewhere = [("HTTP_PROXY", &*proxy.url()), ("NO_PROXY", no_proxy)];
        assert_eq!(add(&room, &by_name, &elsewhere).count("added"), 0);
    }
    assert_ne!(proxy.seen().0.len(), 0);
}

/// The first variable that is set applies, even if it is empty: upper case before lower case, and the
/// variable of the scheme before the one for all. A CGI script has no proxy.
#[test]
fn variables_have_the_precedence_that_aws_sdks_give_them() {
    let local = Local::start();
    let used = Proxy::start(&local, Kind::Open, local.address());
    let unused = Proxy::start(&local, Kind::Refuses, local.address());
    let (used, other) = (used.url(), unused.url());
    let direct = format!("http://{}", local.address());
    let added = |variables: &[(&str, &str)]| {
        let room = local.room(60);
        assert_added(&room, &add(&room, &direct, variables));
    };
    added(&[
        ("HTTP_PROXY", &used),
        ("http_proxy", &other),
        ("ALL_PROXY", &other),
    ]);
    added(&[("http_proxy", &used), ("ALL_PROXY", &other)]);
    added(&[("HTTPS_PROXY", &other)]);
    added(&[("HTTP_PROXY", ""), ("http_proxy", &other)]);
    added(&[("HTTP_PROXY", &other), ("REQUEST_METHOD", "GET")]);
    assert_eq!(unused.seen().0, [""; 0]);
}

#[test]
fn a_proxy_that_does_not_connect_is_named_without_its_credentials() {
    let local = Local::start();
    let refusing = Proxy::start(&local, Kind::Refuses, local.address());
    let closed = local.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        listener.local_addr().expect("an address")
    });
    for (scheme, address, why) in [
        ("http", refusing.address, "unsuccessful"),
        ("http", closed, "Connection refused"),
        (
            "socks5",
            closed,
            "this kind of proxy is not supported: use one with http:// or https://",
        ),
    ] {
        let room = local.room(60);
        let url = format!("{scheme}://{IN_URL}@{address}");
        let said = add(&room, "https://chime.invalid", &[("HTTPS_PROXY", &url)]);
        assert_eq!((said.code, said.count("added")), (Some(1), 0), "{said:?}");
        let text =
            format!("no connection to chime.invalid through the proxy {scheme}://{address}: ");
        let line = said.out.lines().find(|line| line.contains(&text));
        assert!(
            line.is_some_and(|line| line.contains(why)),
            "{why}: {said:?}"
        );
    }
}

#[test]
fn a_value_that_is_no_proxy_is_named_and_not_shown() {
    let local = Local::start();
    let room = local.room(60);
    let direct = format!("http://{}", local.address());
    let said = add(
        &room,
        &direct,
        &[("http_proxy", "http://user:p@ss with spaces@proxy")],
    );
    assert_added(&room, &said);
    let warning = "http_proxy is ignored: it is not the URL of a proxy";
    assert!(said.err.contains(warning), "{said:?}");
}

#[test]
fn certificates_come_from_the_bundle_that_the_environment_or_the_profile_names() {
    let local = Local::start();
    let (url, certificate) = local.block_on(with_tls(local.address()));
    let (_, another) = local.block_on(with_tls(local.address()));
    let good = local.write("good.pem", &certificate);
    let both = local.write("both.pem", &format!("{another}{certificate}"));
    let wrong = local.write("wrong.pem", &another);
    let profile = |bundle: &str| {
        let text =
            format!("[default]\nca_bundle = no-such-file\n[profile mine]\nca_bundle = {bundle}\n");
        local.write("config", &text)
    };
    let added = |variables: &[(&str, &str)]| {
        let room = local.room(60);
        let said = add(
            &room,
            &url,
            &[&[("AWS_PROFILE", "mine")], variables].concat(),
        );
        (said.count("added"), said)
    };
    let config = profile(&both);
    let from_profile = [("AWS_CONFIG_FILE", &*config)];
    assert_eq!(added(&from_profile).0, 60);
    // A bundle replaces the system's trust store.
    let (count, said) = added(&[
        from_profile[0],
        ("AWS_CA_BUNDLE", &wrong),
        ("SSL_CERT_FILE", &good),
    ]);
    assert_eq!(count, 0, "{said:?}");
    assert!(said.out.contains("certificate"), "{said:?}");
    let config = profile("~/good.pem");
    let folder = local.text("");
    assert_eq!(
        added(&[("AWS_CONFIG_FILE", &config), ("HOME", &folder)]).0,
        60
    );
    let from_profile = [("AWS_CONFIG_FILE", &*config), ("HOME", "/no-such-folder")];
    let (count, said) = added(&from_profile);
    assert_eq!(count, 0);
    let text = "the CA bundle `/no-such-folder/good.pem`, which is set by `ca_bundle` of the profile `mine`, cannot be used: No such file";
    assert!(said.out.contains(text), "{said:?}");
    assert_eq!(
        added(&[from_profile[0], from_profile[1], ("AWS_CA_BUNDLE", &good)]).0,
        60
    );

    for (text, why) in [
        ("", "it contains no certificate in PEM format"),
        (
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "",
        ),
        (
            "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
            "",
        ),
        ("-----BEGIN CERTIFICATE-----\n", ""),
    ] {
        let bad = local.write("bad.pem", text);
        let (count, said) = added(&[("AWS_CA_BUNDLE", &bad)]);
        assert_eq!(count, 0);
        let text =
            format!("the CA bundle `{bad}`, which is set by AWS_CA_BUNDLE, cannot be used: {why}");
        let line = said.out.lines().find(|line| line.contains(&text));
        assert!(line.is_some(), "{said:?}");
    }
}
