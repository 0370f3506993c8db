//! Requests as JSON, for services whose client is not a dependency.
#![allow(dead_code, reason = "no test uses all of them")]

use bytes::Bytes;
use chime_local::{Chime, Clock};
use http::Request;
use serde_json::Value;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// A local Chime whose time stands still.
pub(crate) struct Still {
    pub(crate) chime: Chime,
    pub(crate) clock: Clock,
    /// Where the data file is, if there is one.
    folder: Option<TempDir>,
}

impl Still {
    /// One in memory.
    pub(crate) fn new() -> Self {
        Self::with(None)
    }

    /// One in memory and one with a data file.
    pub(crate) fn both() -> [Self; 2] {
        let folder = tempfile::tempdir().expect("a folder");
        [Self::new(), Self::with(Some(folder))]
    }

    fn with(folder: Option<TempDir>) -> Self {
        let clock = Clock::manual(SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000));
        let mut chime = Chime::builder().clock(clock.clone()).seed(1);
        if let Some(folder) = &folder {
            chime = chime.data(folder.path().join("chime.db"));
        }
        Self {
            chime: chime.build().expect("a Chime"),
            clock,
            folder,
        }
    }

    pub(crate) fn advance(&self, milliseconds: u64) {
        self.clock.advance(Duration::from_millis(milliseconds));
    }

    /// Sends a request, and returns the status, the shape of the error if it is one, and the body.
    pub(crate) fn send(&self, method: &str, uri: &str, body: &Value) -> (u16, String, Value) {
        let content = match body {
            Value::Null => Bytes::new(),
            body => Bytes::from(body.to_string()),
        };
        let request = Request::builder().method(method).uri(uri).body(content);
        let response = self.chime.answer(&request.expect("a request"));
        let shape = response.headers().get("x-amzn-errortype");
        let shape = shape.map_or("", |shape| shape.to_str().expect("a name"));
        let body = serde_json::from_slice(response.body()).unwrap_or_default();
        (response.status().as_u16(), shape.to_owned(), body)
    }

    /// Sends a request that succeeds, and returns the body.
    #[track_caller]
    pub(crate) fn ok(&self, method: &str, uri: &str, body: Value) -> Value {
        let (status, _, answer) = self.send(method, uri, &body);
        assert!(status < 300, "{method} {uri} {body}: {status} {answer}");
        answer
    }

    /// Sends a request that is refused, and returns the shape of the error.
    #[track_caller]
    pub(crate) fn refused(&self, method: &str, uri: &str, body: Value) -> String {
        let (status, shape, answer) = self.send(method, uri, &body);
        assert!(status >= 400, "{method} {uri} {body}: {status} {answer}");
        shape
    }

    /// Creates a meeting, and returns it.
    #[track_caller]
    pub(crate) fn meeting(&self, name: &str, features: Value) -> Value {
        let input = serde_json::json!({
            "ClientRequestToken": name,
            "MediaRegion": "us-east-1",
            "ExternalMeetingId": name,
            "MeetingFeatures": features,
        });
        self.ok("POST", "/meetings", input)["Meeting"].take()
    }
}

/// Returns a string of an answer.
#[track_caller]
pub(crate) fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no string"))
}
