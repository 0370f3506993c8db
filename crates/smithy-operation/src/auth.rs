//! Authentication schemes.

/// A way in which a service's requests are authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthScheme {
    /// A signature with AWS credentials, Signature Version 4.
    Sigv4,
    /// A signature with AWS credentials that is valid in several regions, Signature Version 4a.
    Sigv4a,
    /// A token in the header `Authorization`.
    HttpBearer,
    /// A user name and a password in the header `Authorization`.
    HttpBasic,
    /// An API key in a header or in the query.
    HttpApiKey(ApiKey),
    /// No authentication.
    None,
}

impl AuthScheme {
    /// Returns the ID of the scheme in the configuration of a client, such as `sigv4`.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Sigv4 => "sigv4",
            Self::Sigv4a => "sigv4a",
            Self::HttpBearer => "httpBearerAuth",
            Self::HttpBasic => "httpBasicAuth",
            Self::HttpApiKey(_) => "httpApiKeyAuth",
            Self::None => "noAuth",
        }
    }
}

/// Where a request has its API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiKey {
    /// In the header of this name, with an authentication scheme before the key if there is one.
    Header(&'static str, Option<&'static str>),
    /// In the query parameter of this name.
    Query(&'static str),
}
