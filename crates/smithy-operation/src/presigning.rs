//! Requests that are signed now and sent later, by whoever has their URI.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::http::HttpError;
use std::fmt;
use std::time::{Duration, SystemTime};

/// The longest time for which a signature can be valid: seven days.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// From when and for how long a presigned request is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresigningConfig {
    start_time: SystemTime,
    expires_in: Duration,
}

impl PresigningConfig {
    /// Creates a configuration for a request that is valid from now on, for this long.
    ///
    /// The request expires earlier if it is signed with credentials that do.
    ///
    /// # Errors
    ///
    /// Returns an error if the duration is longer than seven days.
    pub fn expires_in(expires_in: Duration) -> Result<Self, PresigningConfigError> {
        Self::builder().expires_in(expires_in).build()
    }

    /// Returns a builder.
    pub fn builder() -> PresigningConfigBuilder {
        PresigningConfigBuilder::default()
    }

    /// Returns how long the request is valid.
    pub fn expires(&self) -> Duration {
        self.expires_in
    }

    /// Returns the time from which on the request is valid.
    pub fn start_time(&self) -> SystemTime {
        self.start_time
    }
}

/// Builds a configuration for a presigned request.
#[derive(Debug, Clone, Default)]
pub struct PresigningConfigBuilder {
    start_time: Option<SystemTime>,
    expires_in: Option<Duration>,
}

impl PresigningConfigBuilder {
    /// Sets the time from which on the request is valid. The default is now.
    pub fn start_time(self, start_time: SystemTime) -> Self {
        self.set_start_time(Some(start_time))
    }

    /// Sets the time from which on the request is valid.
    pub fn set_start_time(mut self, start_time: Option<SystemTime>) -> Self {
        self.start_time = start_time;
        self
    }

    /// Sets how long the request is valid: up to seven days. Required.
    pub fn expires_in(self, expires_in: Duration) -> Self {
        self.set_expires_in(Some(expires_in))
    }

    /// Sets how long the request is valid.
    pub fn set_expires_in(mut self, expires_in: Option<Duration>) -> Self {
        self.expires_in = expires_in;
        self
    }

    /// Builds the configuration.
    ///
    /// # Errors
    ///
    /// Returns an error if the duration is missing or longer than seven days.
    pub fn build(self) -> Result<PresigningConfig, PresigningConfigError> {
        let expires_in = self.expires_in.ok_or(PresigningConfigError::Missing)?;
        if expires_in > LONGEST {
            return Err(PresigningConfigError::TooLong);
        }
        Ok(PresigningConfig {
            start_time: self.start_time.unwrap_or_else(SystemTime::now),
            expires_in,
        })
    }
}

/// Why a configuration for a presigned request is not valid.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PresigningConfigError {
    /// The duration is longer than seven days.
    TooLong,
    /// The duration is missing.
    Missing,
}

impl fmt::Display for PresigningConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => {
                "`expires_in` is longer than seven days, for which no signature is valid"
            }
            Self::Missing => "`expires_in` is required",
        })
    }
}

impl std::error::Error for PresigningConfigError {}

/// A request whose URI contains a signature.
///
/// Its method, its headers and, unless [`body`](Self::body) is `None`, its body are part of what is signed, so
/// they have to be sent as they are.
#[derive(Clone)]
pub struct PresignedRequest {
    /// Without its body.
    head: http::Request<()>,
    uri: String,
    body: Option<Vec<u8>>,
}

impl PresignedRequest {
    pub(crate) fn new(request: HttpRequest) -> Result<Self, HttpError> {
        let body = request.body().bytes().map(<[u8]>::to_vec);
        let uri = request.uri().to_owned();
        let head = request.try_into_http1x()?.map(|_| ());
        Ok(Self {
            head,
            uri,
            body: body.filter(|body| !body.is_empty()),
        })
    }

    /// Returns the method of the request.
    pub fn method(&self) -> &str {
        self.head.method().as_str()
    }

    /// Returns the URI with the signature. Whoever has it can send the request.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Returns the headers that have to be sent.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.head
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
    }

    /// Returns the body that the operation's input makes. `None` if it is empty or a stream.
    pub fn body(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }

    /// Creates a request of the crate `http` with this body.
    pub fn make_http_1x_request<B>(&self, body: B) -> http::Request<B> {
        self.clone().into_http_1x_request(body)
    }

    /// Converts into a request of the crate `http` with this body.
    pub fn into_http_1x_request<B>(self, body: B) -> http::Request<B> {
        self.head.map(|()| body)
    }
}

// Omits the query, which contains the signature and the session token.
impl fmt::Debug for PresignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresignedRequest")
            .field("method", self.head.method())
            .field("host", &self.head.uri().host())
            .finish_non_exhaustive()
    }
}
