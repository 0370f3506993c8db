//! Settings with which no request can be sent.

use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use smithy_operation::endpoint::{is_valid_host_label, uri_encode};
use std::borrow::Cow;
use std::fmt;
use std::net::Ipv6Addr;

/// A setting with which no request can be sent. Its `Display` is one line that names the setting and shows no
/// secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BadSetting {
    /// The endpoint URL cannot be the beginning of a request URI.
    EndpointUrl {
        /// The URL, unless it may contain a password.
        url: Option<String>,
        why: BadUrl,
    },
    /// A header that an endpoint adds cannot be sent.
    EndpointHeader(String),
    /// A region cannot be part of a host name.
    Region {
        /// The name of the setting, such as `region` or `signing region`.
        setting: &'static str,
        region: String,
    },
    /// A part of the credentials cannot be part of a header.
    Credentials(&'static str),
    /// An environment variable cannot be part of a header.
    Variable(&'static str),
    /// The signing name cannot be part of a header.
    SigningScope,
}

/// Why an endpoint URL is not valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadUrl {
    Empty,
    NoScheme,
    OtherScheme,
    UserInfo,
    NoHost,
    Host,
    Port,
    Query,
    Fragment,
    Syntax,
}

/// The maximum length of a URL or a region that is shown.
const SHOWN: usize = 200;

impl fmt::Display for BadSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndpointUrl { url, why } => {
                f.write_str("the endpoint URL ")?;
                // An empty URL would be shown as two quotes.
                if let Some(url) = url.as_deref().filter(|url| !url.is_empty()) {
                    write!(f, "{} ", Shown(url))?;
                }
                f.write_str(match why {
                    BadUrl::Empty => "is empty: unset it, or use one such as `https://example.com`",
                    BadUrl::NoScheme => "has no scheme: add `http://` or `https://` before the host",
                    BadUrl::OtherScheme => "has a scheme that is neither `http` nor `https`",
                    BadUrl::UserInfo => {
                        "contains `@`: a user name or password cannot be sent with signed requests; remove it, \
                         and write an `@` in the path as `%40`"
                    }
                    BadUrl::NoHost => "has no host: add one after `://`",
                    BadUrl::Host => {
                        "has a host that is neither an ASCII host name, an IPv4 address nor an IPv6 address in \
                         brackets"
                    }
                    BadUrl::Port => "has a port that is not a number from 1 to 65535",
                    BadUrl::Query => "has a query: remove the `?` and what follows it",
                    BadUrl::Fragment => "has a fragment: remove the `#` and what follows it",
                    BadUrl::Syntax => "is not a URL: it is too long or contains a character that must be percent-encoded",
                })
            }
            Self::EndpointHeader(name) => write!(
                f,
                "the header {} of the endpoint has a name or a value that is not valid in HTTP",
                Shown(name)
            ),
            Self::Region { setting, region } => write!(
                f,
                "the {setting} {} cannot be part of a host name: it must consist of letters, digits and hyphens",
                Shown(region)
            ),
            Self::Credentials(part) => write!(
                f,
                "the {part} of the credentials contains a line break, leading or trailing whitespace or another character that is not \
                 valid in an HTTP header: check the source of the credentials"
            ),
            Self::Variable(name) => write!(
                f,
                "the environment variable `{name}` contains a line break or another character that is not valid in an HTTP header"
            ),
            Self::SigningScope => f.write_str(
                "the signing name contains a character that is not valid in an HTTP header",
            ),
        }
    }
}

impl std::error::Error for BadSetting {}

/// Shows a setting in quotes, on one line, truncated.
struct Shown<'a>(&'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(SHOWN) {
            Some((end, _)) => write!(f, "{:?}...", &self.0[..end]),
            None => write!(f, "{:?}", self.0),
        }
    }
}

/// Checks the environment variable that becomes part of the user agent.
pub(crate) fn check_environment() -> Result<(), BadSetting> {
    const NAME: &str = "AWS_EXECUTION_ENV";
    match std::env::var(NAME) {
        Ok(value) if value.chars().any(char::is_control) => Err(BadSetting::Variable(NAME)),
        _ => Ok(()),
    }
}

/// Checks a region, which becomes part of a host name and of signatures.
pub(crate) fn check_region(setting: &'static str, region: &str) -> Result<(), BadSetting> {
    if is_valid_host_label(region, true) {
        return Ok(());
    }
    Err(BadSetting::Region {
        setting,
        region: region.to_owned(),
    })
}

/// Checks credentials, whose parts become headers. The same rules apply to the secret access key.
pub(crate) fn check_credentials(credentials: &Credentials) -> Result<(), BadSetting> {
    let parts = [
        ("access key ID", Some(credentials.access_key_id())),
        ("secret access key", Some(credentials.secret_access_key())),
        ("session token", credentials.session_token()),
    ];
    for (part, value) in parts {
        let is_bad = |value: &str| {
            value.bytes().any(|byte| !(b' '..=b'~').contains(&byte)) || value != value.trim()
        };
        if value.is_some_and(is_bad) {
            return Err(BadSetting::Credentials(part));
        }
    }
    Ok(())
}

/// Returns the endpoint URL as the beginning of request URIs: its scheme in lower case, and non-ASCII
/// characters in its path percent-encoded.
pub(crate) fn endpoint_url(url: &str) -> Result<Cow<'_, str>, BadSetting> {
    let bad = |why| BadSetting::EndpointUrl {
        // Everything before an `@` may be a password.
        url: (!url.contains('@')).then(|| {
            let end = url.find(['?', '#']).unwrap_or(url.len());
            url[..end].to_owned()
        }),
        why,
    };
    if url.is_empty() {
        return Err(bad(BadUrl::Empty));
    }
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) if !scheme.contains(['/', '?', '#']) => (scheme, rest),
        _ => return Err(bad(BadUrl::NoScheme)),
    };
    if scheme.is_empty() {
        return Err(bad(BadUrl::NoScheme));
    }
    if !["http", "https"]
        .iter()
        .any(|it| it.eq_ignore_ascii_case(scheme))
    {
        return Err(bad(BadUrl::OtherScheme));
    }
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if authority.contains('@') {
        return Err(bad(BadUrl::UserInfo));
    }
    check_authority(authority).map_err(bad)?;
    match path.find(['?', '#']) {
        Some(at) if path[at..].starts_with('?') => return Err(bad(BadUrl::Query)),
        Some(_) => return Err(bad(BadUrl::Fragment)),
        None => {}
    }
    let is_usual = path.is_ascii() && scheme.bytes().all(|byte| byte.is_ascii_lowercase());
    let usable = match is_usual {
        true => Cow::Borrowed(url),
        false => {
            let scheme = scheme.to_ascii_lowercase();
            Cow::Owned(format!("{scheme}://{authority}{}", encode(path)))
        }
    };
    match HttpRequest::empty().set_uri(&*usable) {
        Ok(()) => Ok(usable),
        Err(_) => Err(bad(BadUrl::Syntax)),
    }
}

fn check_authority(authority: &str) -> Result<(), BadUrl> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']').ok_or(BadUrl::Host)?;
            if address.parse::<Ipv6Addr>().is_err() {
                return Err(BadUrl::Host);
            }
            match port {
                "" => return Ok(()),
                port => (None, Some(port.strip_prefix(':').ok_or(BadUrl::Host)?)),
            }
        }
        None => match authority.split_once(':') {
            Some((host, port)) => (Some(host), Some(port)),
            None => (Some(authority), None),
        },
    };
    if host == Some("") {
        return Err(BadUrl::NoHost);
    }
    // Host names have no underscores, but the names in container networks do.
    let is_in_hosts = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if !host.unwrap_or_default().bytes().all(is_in_hosts) {
        return Err(BadUrl::Host);
    }
    match port {
        Some(port) if !port.bytes().all(|byte| byte.is_ascii_digit()) => Err(BadUrl::Port),
        Some(port) if !port.parse().is_ok_and(|port: u16| port > 0) => Err(BadUrl::Port),
        _ => Ok(()),
    }
}

/// Percent-encodes non-ASCII characters.
fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for char in path.chars() {
        match char.is_ascii() {
            true => encoded.push(char),
            false => encoded.push_str(&uri_encode(char.encode_utf8(&mut [0; 4]))),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoint_urls_are_taken_as_they_are_sent() {
        for url in [
            "https://example.com",
            "http://127.0.0.1:8080/base/",
            "http://[::1]:1",
            "http://[::1]",
            "http://some_container:4566",
            "http://host/a%20b//c/../d",
            "http://host/a@b",
        ] {
            assert_eq!(endpoint_url(url), Ok(Cow::Borrowed(url)), "{url}");
        }
        for (url, expected) in [
            ("http://host/café/ü", "http://host/caf%C3%A9/%C3%BC"),
            ("HTTPS://Host/A", "https://Host/A"),
        ] {
            assert_eq!(endpoint_url(url).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn other_endpoint_urls_say_what_is_wrong() {
        let long = format!("http://host/{}", "x".repeat(70_000));
        for (url, expected) in [
            ("", BadUrl::Empty),
            ("localhost:8080", BadUrl::NoScheme),
            ("example.com/a://b", BadUrl::NoScheme),
            ("//example.com", BadUrl::NoScheme),
            ("://example.com", BadUrl::NoScheme),
            (" http://example.com", BadUrl::OtherScheme),
            ("ftp://example.com", BadUrl::OtherScheme),
            ("http://", BadUrl::NoHost),
            ("http:///path", BadUrl::NoHost),
            ("http://:80", BadUrl::NoHost),
            ("http://?a", BadUrl::NoHost),
            ("http://user:secret@host", BadUrl::UserInfo),
            ("http://user@", BadUrl::UserInfo),
            ("http://::1", BadUrl::NoHost),
            ("http://1::1", BadUrl::Port),
            ("http://[::1", BadUrl::Host),
            ("http://[::1]x", BadUrl::Host),
            ("http://[example]", BadUrl::Host),
            ("http://exämple.com", BadUrl::Host),
            ("http://a b", BadUrl::Host),
            ("http://a%20b", BadUrl::Host),
            ("http://host\r\nx: y", BadUrl::Host),
            ("http://host:", BadUrl::Port),
            ("http://host:0", BadUrl::Port),
            ("http://host:+1", BadUrl::Port),
            ("http://host:99999", BadUrl::Port),
            ("http://host:80:80", BadUrl::Port),
            ("http://[::1]:x", BadUrl::Port),
            ("http://host?a=b", BadUrl::Query),
            ("http://host/a?", BadUrl::Query),
            ("http://host/a#b?c", BadUrl::Fragment),
            ("http://host/a b", BadUrl::Syntax),
            ("http://host/a\nb", BadUrl::Syntax),
            (&long, BadUrl::Syntax),
        ] {
            match endpoint_url(url) {
                Err(error @ BadSetting::EndpointUrl { why, .. }) if why == expected => {
                    let text = error.to_string();
                    assert!(text.len() < 500 && !text.contains('\n'), "{text}");
                    assert!(!format!("{text} {error:?}").contains("secret"), "{text}");
                }
                other => panic!("{url}: {other:?}"),
            }
        }
        let error = endpoint_url("localhost:8080").expect_err("no scheme");
        assert_eq!(
            error.to_string(),
            "the endpoint URL \"localhost:8080\" has no scheme: add `http://` or `https://` before the host"
        );
        let error = endpoint_url("http://host/a?token=secret").expect_err("a query");
        assert_eq!(
            error.to_string(),
            "the endpoint URL \"http://host/a\" has a query: remove the `?` and what follows it"
        );
    }

    #[test]
    fn credentials_are_what_a_header_can_have() {
        let of = |id: &str, secret: &str, token: Option<&str>| {
            check_credentials(&Credentials::new(
                id,
                secret,
                token.map(str::to_owned),
                None,
                "test",
            ))
        };
        assert_eq!(of("AKID", "sec/ret+", Some("a token==")), Ok(()));
        assert_eq!(of("AKID", "secret", None), Ok(()));
        for bad in ["a\nb", "a\r", "\0", "a\tb", "\u{7f}", "é", " a", "a "] {
            for (part, result) in [
                ("access key ID", of(bad, "s", None)),
                ("secret access key", of("a", bad, None)),
                ("session token", of("a", "s", Some(bad))),
            ] {
                assert_eq!(result, Err(BadSetting::Credentials(part)), "{bad:?}");
            }
        }
    }
}
