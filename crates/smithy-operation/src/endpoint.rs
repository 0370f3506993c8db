//! The functions of Smithy's rules engine, which generated endpoint rules call.

mod diagram;
mod params;
mod partitions;

pub use diagram::{Variable, decide};
pub use params::{
    CollectParams, OperationParam, Param, ParamSource, ParamValue, Path, collect_params,
};
pub use partitions::{Partition, partition};

pub use aws_smithy_types::Document;
pub use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::endpoint::EndpointAuthScheme;
use aws_smithy_types::error::operation::BuildError;
use std::borrow::Cow;
use std::fmt;
use std::net::Ipv4Addr;

/// The values that a client passes to endpoint rules.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct BuiltIns<'a> {
    /// The client's region.
    pub region: Option<&'a str>,
    /// Whether to use endpoints that comply with FIPS.
    pub use_fips: bool,
    /// Whether to use dual-stack endpoints, which support both IPv4 and IPv6.
    pub use_dual_stack: bool,
    /// The endpoint that the client was configured with instead of the default endpoint of the service.
    pub endpoint: Option<&'a str>,
    /// The service's own parameters. Of several with the same name, the first applies.
    pub params: &'a [Param],
}

impl<'a> BuiltIns<'a> {
    fn param(&self, name: &str) -> Option<&'a ParamValue> {
        let param = self.params.iter().find(|param| param.name == name)?;
        Some(&param.value)
    }

    /// Returns a parameter that is a boolean.
    pub fn bool(&self, name: &str) -> Option<bool> {
        match self.param(name)? {
            ParamValue::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// Returns a parameter that is a string.
    pub fn string(&self, name: &str) -> Option<&'a str> {
        match self.param(name)? {
            ParamValue::String(value) => Some(value),
            _ => None,
        }
    }

    /// Returns a parameter that is a list of strings.
    pub fn strings(&self, name: &str) -> Option<Vec<&'a str>> {
        match self.param(name)? {
            ParamValue::Strings(values) => Some(values.iter().map(String::as_str).collect()),
            _ => None,
        }
    }
}

/// The rules have no endpoint for these values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolveEndpointError {
    message: String,
}

impl ResolveEndpointError {
    /// Creates an error with a message from the rules.
    pub fn message(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }

    /// Creates the error of rules that end without a result.
    #[cold]
    pub fn no_rule() -> Self {
        Self::message("no endpoint rule fits these settings")
    }
}

impl fmt::Display for ResolveEndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ResolveEndpointError {}

/// An authentication scheme of an endpoint: its name and properties.
pub fn auth_scheme<const N: usize>(
    name: impl Into<Cow<'static, str>>,
    properties: [(&'static str, Document); N],
) -> EndpointAuthScheme {
    let scheme = EndpointAuthScheme::with_capacity(name, N);
    properties
        .into_iter()
        .fold(scheme, |scheme, (key, value)| scheme.put(key, value))
}

/// An object in the properties of an endpoint.
pub fn object<const N: usize>(entries: [(&str, Document); N]) -> Document {
    Document::Object(
        entries
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

/// A parsed URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url<'a> {
    /// `http` or `https`.
    pub scheme: &'a str,
    /// Host and port.
    pub authority: &'a str,
    /// The path, without a trailing slash.
    pub path: &'a str,
    /// The path, with leading and trailing slashes.
    pub normalized_path: String,
    /// Whether the host is an IP address.
    pub is_ip: bool,
}

/// Parses a URL. Returns `None` if it has a query or a scheme other than HTTP and HTTPS.
pub fn parse_url(text: &str) -> Option<Url<'_>> {
    let (scheme, rest) = text.split_once("://")?;
    if !matches!(scheme, "http" | "https") || rest.contains(['?', '#']) {
        return None;
    }
    let (authority, path) = match rest.find('/') {
        Some(slash) => (&rest[..slash], &rest[slash..]),
        None => (rest, ""),
    };
    if authority.is_empty() || text.parse::<http::Uri>().is_err() {
        return None;
    }
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    };
    let normalized_path = match path {
        "" | "/" => "/".to_owned(),
        path if path.ends_with('/') => path.to_owned(),
        path => format!("{path}/"),
    };
    Some(Url {
        scheme,
        authority,
        path,
        normalized_path,
        is_ip: host.parse::<Ipv4Addr>().is_ok() || host.starts_with('['),
    })
}

/// Percent-encodes all characters except the unreserved ones of RFC 3986.
pub fn uri_encode(text: &str) -> String {
    aws_smithy_schema::http_protocol::percent_encode(text)
}

/// Returns the characters from `start` up to `stop`, counted from the end if `reverse` is set. Returns `None`
/// if the string is too short or contains non-ASCII characters.
pub fn substring(text: &str, start: usize, stop: usize, reverse: bool) -> Option<&str> {
    if start >= stop || stop > text.len() || !text.is_ascii() {
        return None;
    }
    if reverse {
        Some(&text[text.len() - stop..text.len() - start])
    } else {
        Some(&text[start..stop])
    }
}

/// Splits a string at a delimiter, into at most `limit` parts unless that is zero.
pub fn split<'a>(text: &'a str, delimiter: &str, limit: usize) -> Vec<&'a str> {
    match limit {
        0 => text.split(delimiter).collect(),
        limit => text.splitn(limit, delimiter).collect(),
    }
}

/// Returns the item at an index, counted from the end if it is negative.
pub fn item<'a, 'b>(items: &'b [&'a str], index: isize) -> Option<&'b &'a str> {
    match usize::try_from(index) {
        Ok(index) => items.get(index),
        Err(_) => items.get(items.len().checked_sub(index.unsigned_abs())?),
    }
}

/// Returns whether the string is an RFC 1123 host label, or several separated by dots if `allow_dots` is set.
pub fn is_valid_host_label(text: &str, allow_dots: bool) -> bool {
    let valid = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if allow_dots {
        text.split('.').all(valid)
    } else {
        valid(text)
    }
}

/// Returns whether the string is a bucket name that can precede the host of Amazon S3.
pub fn is_virtual_hostable_s3_bucket(text: &str, allow_dots: bool) -> bool {
    is_valid_host_label(text, allow_dots)
        && (3..=63).contains(&text.len())
        && !text.bytes().any(|b| b.is_ascii_uppercase())
        && text.parse::<Ipv4Addr>().is_err()
        && text
            .split('.')
            .all(|label| !label.starts_with('-') && !label.ends_with('-'))
}

/// Returns the value of a member that becomes part of the host.
///
/// # Errors
///
/// Returns an error if it is missing or is not a host label.
pub fn host_label<'a>(field: &'static str, value: Option<&'a str>) -> Result<&'a str, BuildError> {
    match value {
        Some(value) if is_valid_host_label(value, false) => Ok(value),
        // The value is not shown, because it may be sensitive.
        Some(_) => Err(BuildError::invalid_field(
            field,
            "it cannot be part of a host name: a host name consists of letters, digits and hyphens",
        )),
        None => Err(BuildError::missing_field(
            field,
            "it is part of the host name",
        )),
    }
}

/// A parsed ARN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arn<'a> {
    /// The partition, such as `aws`.
    pub partition: &'a str,
    /// The service, such as `chime`.
    pub service: &'a str,
    /// The region, such as `us-east-1`; empty if the resource does not belong to a region.
    pub region: &'a str,
    /// The account; empty if the resource does not belong to one.
    pub account_id: &'a str,
    /// The rest, split at colons and slashes.
    pub resource_id: Vec<&'a str>,
}

/// Parses an ARN.
pub fn parse_arn(text: &str) -> Option<Arn<'_>> {
    let mut parts = text.splitn(6, ':');
    let (arn, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
    let (region, account_id, resource) = (parts.next()?, parts.next()?, parts.next()?);
    if arn != "arn" || partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    Some(Arn {
        partition,
        service,
        region,
        account_id,
        resource_id: resource.split([':', '/']).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls() {
        let url = parse_url("https://example.com:8443/a/b").expect("a URL");
        assert_eq!(
            (
                url.scheme,
                url.authority,
                url.path,
                url.normalized_path.as_str(),
                url.is_ip
            ),
            ("https", "example.com:8443", "/a/b", "/a/b/", false)
        );
        assert!(parse_url("http://127.0.0.1:80").expect("a URL").is_ip);
        assert!(parse_url("http://[::1]/").expect("a URL").is_ip);
        for bad in [
            "example.com",
            "ftp://a",
            "https://a?b=c",
            "https://",
            "http://a b",
        ] {
            assert_eq!(parse_url(bad), None, "{bad}");
        }
    }

    #[test]
    fn substrings() {
        assert_eq!(substring("abcde", 0, 2, false), Some("ab"));
        assert_eq!(substring("abcde", 0, 2, true), Some("de"));
        assert_eq!(substring("abcde", 3, 6, false), None);
        assert_eq!(substring("abcde", 2, 2, false), None);
        assert_eq!(substring("äbc", 0, 1, false), None);
    }

    #[test]
    fn splits_and_items() {
        let parts = split("a--b--c", "--", 2);
        assert_eq!(parts, ["a", "b--c"]);
        assert_eq!(item(&parts, 0), Some(&"a"));
        assert_eq!(item(&parts, -1), Some(&"b--c"));
        assert_eq!(item(&parts, -3), None);
        assert_eq!(split("", "--", 0), [""]);
    }

    #[test]
    fn host_labels() {
        assert!(is_valid_host_label("us-east-1", false));
        assert!(!is_valid_host_label("a.b", false));
        assert!(is_valid_host_label("a.b", true));
        for bad in ["", "-a", "a_b", &"x".repeat(64)] {
            assert!(!is_valid_host_label(bad, false), "{bad}");
        }
        assert!(is_virtual_hostable_s3_bucket("my-bucket", false));
        for bad in ["My-bucket", "ab", "1.2.3.4", "a-.b"] {
            assert!(!is_virtual_hostable_s3_bucket(bad, true), "{bad}");
        }
    }

    #[test]
    fn arns() {
        let arn = parse_arn("arn:aws:chime::123:room/a:b").expect("an ARN");
        assert_eq!(
            (arn.service, arn.region, arn.account_id),
            ("chime", "", "123")
        );
        assert_eq!(arn.resource_id, ["room", "a", "b"]);
        assert_eq!(parse_arn("arn:aws:chime:x"), None);
        assert_eq!(parse_arn("arn:aws:chime:::"), None);
    }
}
