//! Cases of responses.

use crate::body;
use crate::http::{Answer, Connection, Sent, config};
use smithy_client::config::Config;

/// A response that is read: a case of `smithy.test#httpResponseTests`.
#[derive(Debug, Clone, Copy, Default)]
pub struct ResponseCase {
    /// The case's ID.
    pub id: &'static str,
    /// The status.
    pub code: u16,
    /// The headers.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body.
    pub body: Option<&'static str>,
    /// What the body is. It is in Base64 if it is binary.
    pub body_media_type: Option<&'static str>,
}

impl ResponseCase {
    /// Returns the configuration of a client that receives the response.
    pub fn config(&self) -> Config {
        let (answer, sent) = (self.answer(), Sent::default());
        config(Connection { answer, sent }).build()
    }

    pub(crate) fn answer(&self) -> Answer {
        let header = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Answer {
            status: self.code,
            headers: self.headers.iter().map(header).collect(),
            body: body::bytes(self.body.unwrap_or_default(), self.body_media_type),
        }
    }
}
