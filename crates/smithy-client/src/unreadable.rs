//! Responses that do not conform to the protocol.

use crate::secrets::Sent;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_schema::serde::SerdeError;
use aws_smithy_types::config_bag::ConfigBag;
use std::borrow::Cow;
use std::fmt;

/// A response that does not conform to the protocol.
#[derive(Debug)]
pub(crate) struct Unreadable {
    status: u16,
    /// The target of a redirect, without its query.
    location: Option<String>,
    /// The content encoding of the body, which was not requested.
    encoding: Option<String>,
    /// Why the body could not be read.
    cause: Option<SerdeError>,
    body: Body,
}

/// What the error shows of a body.
#[derive(Debug)]
enum Body {
    /// The number of bytes. They may be sensitive.
    Hidden(usize),
    /// The beginning of the body.
    Begins(String),
    /// Nothing, because the body is encoded.
    Encoded,
}

/// The maximum number of characters shown.
const SHOWN: usize = 120;

impl Unreadable {
    /// If `is_hidden`, the error shows no part of the body.
    pub(crate) fn new(
        response: &HttpResponse,
        cause: Option<SerdeError>,
        is_hidden: bool,
        config: &ConfigBag,
    ) -> Self {
        let headers = response.headers();
        let status = response.status().as_u16();
        let bytes = response.body().bytes().unwrap_or_default();
        let encoding = headers
            .get("content-encoding")
            .filter(|encoding| !matches!(*encoding, "" | "identity" | "aws-chunked"));
        let location = headers
            .get("location")
            .filter(|_| (300..400).contains(&status));
        let body = match encoding {
            _ if is_hidden => Body::Hidden(bytes.len()),
            Some(_) => Body::Encoded,
            None => Body::Begins(beginning(bytes, config)),
        };
        Self {
            status,
            location: location.map(|location| {
                let end = location.find(['?', '#']).unwrap_or(location.len());
                Sent::redact(&location[..end], config).into_owned()
            }),
            encoding: encoding.map(str::to_owned),
            // If the response is a redirect or encoded, the cause adds nothing.
            cause: cause
                .filter(|_| location.is_none() && encoding.is_none())
                .map(|cause| match is_hidden {
                    true => without_values(cause),
                    false => redacted(cause, config),
                }),
            body,
        }
    }
}

/// Returns the beginning of a body, on one line.
fn beginning(bytes: &[u8], config: &ConfigBag) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = Sent::redact(&text, config);
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > 4 * SHOWN {
            break;
        }
    }
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}...", &line[..at]),
        None => line,
    }
}

/// Returns the kind of the error, because its message may contain a value.
fn without_values(error: SerdeError) -> SerdeError {
    let text = error.to_string();
    let kind = match &error {
        SerdeError::Custom { .. } => "its content does not match the model",
        _ => text.split(':').next().unwrap_or_default(),
    };
    SerdeError::custom(kind)
}

fn redacted(error: SerdeError, config: &ConfigBag) -> SerdeError {
    let text = error.to_string();
    match Sent::redact(&text, config) {
        Cow::Owned(redacted) => SerdeError::custom(redacted),
        Cow::Borrowed(_) => error,
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP {}", self.status)?;
        if let Some(location) = &self.location {
            write!(f, ", a redirect to `{location}`, which is not followed")?;
        } else if self.encoding.is_some() {
            f.write_str(" with a body that cannot be read")?;
        } else if let Some(cause) = &self.cause {
            write!(f, " with a body that cannot be read: {cause}")?;
        } else {
            f.write_str(" without an error code")?;
        }
        if let Some(encoding) = &self.encoding {
            write!(
                f,
                "; the body has the content encoding `{encoding}`, which was not requested"
            )?;
        }
        match &self.body {
            Body::Encoded => Ok(()),
            Body::Hidden(0) => f.write_str("; the body is empty"),
            Body::Hidden(length) => write!(
                f,
                "; the body of {length} bytes is not shown, because it may contain sensitive values"
            ),
            Body::Begins(text) if text.is_empty() => f.write_str("; the body is empty"),
            Body::Begins(text) => write!(f, "; the body is `{text}`"),
        }
    }
}

impl std::error::Error for Unreadable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| cause as _)
    }
}
