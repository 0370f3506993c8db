//! What keeps other sites' pages in a browser away from the local Chime.

use crate::server::Ends;
use bytes::Bytes;
use http::header::{HOST, HeaderName, HeaderValue, ORIGIN};
use http::uri::Authority;
use http::{Method, Request, Response};
use std::net::{IpAddr, SocketAddr};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Checks that a request to `/_chime/` does not come from a page of another site. Returns what is wrong with it.
///
/// A site can make a browser believe that its name is this machine's (DNS rebinding), but then `Host` has that name. A
/// name without a dot, such as that of a container, is no site's. Programs that are no browsers send no `Origin`.
pub(crate) fn check(request: &Request<Bytes>) -> Result<(), String> {
    let headers = request.headers();
    let text = |name: &HeaderName| match headers.get(name).map(HeaderValue::to_str) {
        None => Ok(None),
        Some(Ok(text)) => Ok(Some(text)),
        Some(Err(_)) => Err(format!("the header {name} is not text")),
    };
    let host = text(&HOST)?;
    let of_uri = request.uri().authority().map(Authority::as_str);
    for host in host.into_iter().chain(of_uri) {
        if !is_own(host, request) {
            return Err(format!(
                "the host {host} is not where the local Chime is served; use localhost or the address that it listens on"
            ));
        }
    }
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(());
    }
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    if matches!(site, Some(b"cross-site" | b"same-site")) {
        return Err("the request comes from a page of another site".to_owned());
    }
    if let Some(origin) = text(&ORIGIN)? {
        let of_origin = origin.split_once("://").map(|(_, rest)| rest);
        let own = host.or(of_uri);
        if !of_origin.is_some_and(|name| own.is_some_and(|own| own.eq_ignore_ascii_case(name))) {
            return Err(format!(
                "the request comes from a page of another site, {origin}"
            ));
        }
    }
    Ok(())
}

/// Returns whether a host is where the request was received.
fn is_own(host: &str, request: &Request<Bytes>) -> bool {
    let Ok(authority) = host.parse::<Authority>() else {
        return false;
    };
    // A name before an `@` is not part of the host.
    if host.contains('@') {
        return false;
    }
    let name = authority.host();
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse::<IpAddr>() {
        let address = address.to_canonical();
        return address.is_loopback()
            || local(request).is_some_and(|own| own.ip().to_canonical() == address);
    }
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost") || !name.contains('.')
}

/// Returns the address that a request was sent to.
fn local(request: &Request<Bytes>) -> Option<SocketAddr> {
    request.extensions().get::<Ends>()?.local
}

/// Adds the headers that keep a browser from doing more with a response than it must.
pub(crate) fn protect(mut response: Response<Bytes>) -> Response<Bytes> {
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        // `no-referrer` would make browsers send `Origin: null` with forms.
        ("referrer-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    response
}

/// Where a request was sent to, for the commands that repeat it.
pub(super) fn url(request: &Request<Bytes>) -> String {
    let host = request.headers().get(HOST);
    let host = host.and_then(|host| host.to_str().ok());
    match (host, local(request)) {
        (Some(host), _) => format!("http://{host}"),
        (None, Some(address)) => format!("http://{address}"),
        (None, None) => "http://localhost:8080".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, headers: &[(&str, &str)]) -> Request<Bytes> {
        let mut request = Request::builder().method(method).uri("/_chime/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Bytes::new()).expect("a request");
        let address: SocketAddr = "192.168.1.5:8080".parse().expect("an address");
        request.extensions_mut().insert(Ends {
            peer: address,
            local: Some(address),
        });
        request
    }

    #[test]
    fn only_own_hosts_are_accepted() {
        for (host, expected) in [
            ("localhost:8080", true),
            ("LOCALHOST", true),
            ("chime.localhost:1", true),
            ("127.0.0.1:8080", true),
            ("127.1.2.3", true),
            ("[::1]:8080", true),
            ("[::ffff:127.0.0.1]:8080", true),
            ("192.168.1.5:8080", true),
            ("chime:8080", true),
            ("192.168.1.6:8080", false),
            ("evil.example", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example:8080", false),
            ("evil.example@localhost", false),
            ("localhost@evil.example", false),
            ("", false),
        ] {
            let checked = check(&request("GET", &[("host", host)]));
            assert_eq!(checked.is_ok(), expected, "{host}: {checked:?}");
        }
        assert!(check(&request("GET", &[])).is_ok());
    }

    #[test]
    fn only_own_pages_may_write() {
        let own = ("host", "localhost:8080");
        for (header, expected) in [
            (("origin", "http://localhost:8080"), true),
            (("origin", "http://localhost:3000"), false),
            (("origin", "https://evil.example"), false),
            (("origin", "null"), false),
            (("sec-fetch-site", "same-origin"), true),
            (("sec-fetch-site", "none"), true),
            (("sec-fetch-site", "cross-site"), false),
            (("x", "y"), true),
        ] {
            let checked = check(&request("PUT", &[own, header]));
            assert_eq!(checked.is_ok(), expected, "{header:?}: {checked:?}");
            assert!(check(&request("GET", &[own, header])).is_ok());
        }
    }
}
