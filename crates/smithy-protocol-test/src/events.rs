//! Cases of event streams.

use crate::http::{Answer, Connection, Request, Sent, config};
use crate::{RequestCase, ResponseCase, body, timestamp};
use aws_smithy_eventstream::frame::{read_message_from, write_message_to};
use aws_smithy_types::base64;
use bytes::Bytes;
use smithy_client::config::Config;
use smithy_operation::Value;
use smithy_operation::event_stream::{
    EventError, EventReceiver, EventStreamSender, Header, HeaderValue, Message,
};
use std::fmt::Debug;

/// A call whose request or response consists of events: a case of `smithy.test#eventStreamTests`.
#[derive(Debug, Clone, Copy, Default)]
pub struct EventsCase<'m> {
    /// The case's ID.
    pub id: &'static str,
    /// What the request is before its events. Its body is the payload of the initial message.
    pub request: Option<RequestCase>,
    /// The messages of the request.
    pub sent: &'m [EventMessage],
    /// What precedes the events of the response.
    pub response: Option<ResponseCase>,
    /// The messages of the response.
    pub received: &'m [EventMessage],
}

/// A message of an event stream.
#[derive(Debug, Clone, Copy, Default)]
pub struct EventMessage {
    /// Headers with their values.
    pub headers: &'static [(&'static str, EventHeader)],
    /// Names of headers that must be absent.
    pub forbid_headers: &'static [&'static str],
    /// Names of headers that must be present.
    pub require_headers: &'static [&'static str],
    /// The payload. `None` if it does not matter.
    pub body: Option<&'static str>,
    /// How payloads are compared.
    pub body_media_type: Option<&'static str>,
    /// The whole frame, in Base64.
    pub bytes: Option<&'static str>,
}

/// The value of a header.
#[derive(Debug, Clone, Copy)]
pub enum EventHeader {
    /// A boolean.
    Boolean(bool),
    /// An 8-bit integer.
    Byte(i8),
    /// A 16-bit integer.
    Short(i16),
    /// A 32-bit integer.
    Integer(i32),
    /// A 64-bit integer.
    Long(i64),
    /// Bytes in Base64.
    Blob(&'static str),
    /// A string.
    String(&'static str),
    /// A timestamp, as text or as seconds since the epoch.
    Timestamp(&'static str),
}

impl EventHeader {
    fn value(self) -> HeaderValue {
        match self {
            Self::Boolean(value) => HeaderValue::Bool(value),
            Self::Byte(value) => HeaderValue::Byte(value),
            Self::Short(value) => HeaderValue::Int16(value),
            Self::Integer(value) => HeaderValue::Int32(value),
            Self::Long(value) => HeaderValue::Int64(value),
            Self::Blob(text) => HeaderValue::ByteArray(decoded(text).into()),
            Self::String(text) => HeaderValue::String(text.into()),
            Self::Timestamp(text) => HeaderValue::Timestamp(timestamp(text)),
        }
    }
}

impl EventsCase<'_> {
    /// Returns the configuration of the client, and where its request will be.
    pub fn start(&self) -> (Config, Sent) {
        let response = self.response.unwrap_or(ResponseCase {
            code: 200,
            ..ResponseCase::default()
        });
        let mut answer = response.answer();
        answer.describe("content-type", "application/vnd.amazon.eventstream");
        for message in self.received {
            answer.body.extend(message.frame());
        }
        let sent = Sent::default();
        let connection = Connection {
            answer,
            sent: sent.clone(),
        };
        (config(connection).build(), sent)
    }

    /// Judges the request, if the case describes it. The result of the call only matters if there is no
    /// request.
    pub fn check<T: Debug, E: Debug>(&self, sent: Sent, result: &Result<T, E>) {
        if self.request.is_none() && self.sent.is_empty() {
            return;
        }
        let Some(request) = sent.take() else {
            panic!("{}: no request was sent: {result:#?}", self.id);
        };
        let problems = self.problems(&request);
        assert!(
            problems.is_empty(),
            "{}:\n{}\nin the request\n{request:#?}",
            self.id,
            problems.join("\n"),
        );
    }

    fn problems(&self, request: &Request) -> Vec<String> {
        let mut found = match messages(&request.body) {
            Ok(found) => found,
            Err(problem) => return vec![problem],
        };
        let mut problems = Vec::new();
        let initial = found.first().is_some_and(is_initial);
        if let Some(expected) = self.request {
            let head = RequestCase {
                body: None,
                ..expected
            };
            problems.extend(head.problems(request));
            if let (true, Some(body)) = (initial, expected.body) {
                let payload = found[0].payload();
                problems.extend(body::compare(payload, body, expected.body_media_type).err());
            }
        }
        // A case may leave the initial message out.
        if initial && !self.sent.first().is_some_and(EventMessage::is_initial) {
            found.remove(0);
        }
        if found.len() != self.sent.len() {
            problems.push(format!(
                "expected {} messages, found {found:#?}",
                self.sent.len()
            ));
        }
        for (expected, found) in self.sent.iter().zip(&found) {
            problems.extend(expected.problems(found));
        }
        problems
    }
}

impl EventMessage {
    fn is_initial(&self) -> bool {
        let headers = self.headers.iter();
        let headers = headers.map(|(name, value)| Header::new(*name, value.value()));
        is_initial(&Message::new_from_parts(headers.collect(), Bytes::new()))
    }

    /// The frame that a service sends.
    fn frame(&self) -> Vec<u8> {
        if let Some(bytes) = self.bytes {
            return decoded(bytes);
        }
        let headers = self.headers.iter();
        let headers = headers.map(|(name, value)| Header::new(*name, value.value()));
        let payload = body::bytes(self.body.unwrap_or_default(), self.body_media_type);
        let message = Message::new_from_parts(headers.collect(), payload);
        let mut frame = Vec::new();
        match write_message_to(&message, &mut frame) {
            Ok(()) => frame,
            Err(error) => panic!("the case has a message that cannot be written: {error}"),
        }
    }

    fn problems(&self, found: &Message) -> Vec<String> {
        if let (Some(bytes), true, None) = (self.bytes, self.headers.is_empty(), self.body) {
            return match read_message_from(Bytes::from(decoded(bytes))) {
                Ok(expected) if expected == *found => Vec::new(),
                expected => vec![format!("expected {expected:#?}, found {found:#?}")],
            };
        }
        let mut problems = Vec::new();
        let value = |name: &str| {
            let mut headers = found.headers().iter();
            let header = headers.find(|header| header.name().as_str() == name);
            header.map(Header::value)
        };
        for (name, expected) in self.headers {
            let (expected, found) = (expected.value(), value(name));
            if found != Some(&expected) {
                problems.push(format!(
                    "header `{name}`: expected {expected:?}, found {found:?}"
                ));
            }
        }
        for name in self.forbid_headers {
            if let Some(found) = value(name) {
                problems.push(format!("header `{name}`: expected none, found {found:?}"));
            }
        }
        for name in self.require_headers {
            if value(name).is_none() {
                problems.push(format!("header `{name}`: expected one, found none"));
            }
        }
        if let Some(expected) = self.body {
            let compared = body::compare(found.payload(), expected, self.body_media_type);
            problems.extend(compared.err());
        }
        problems
    }
}

impl Answer {
    /// Adds a header, unless the answer has it.
    fn describe(&mut self, name: &str, value: &str) {
        let mut headers = self.headers.iter();
        if !headers.any(|(known, _)| known.eq_ignore_ascii_case(name)) {
            self.headers.push((name.to_owned(), value.to_owned()));
        }
    }
}

fn decoded(text: &str) -> Vec<u8> {
    base64::decode(text).unwrap_or_else(|error| panic!("the case has no Base64: {text}: {error}"))
}

/// Whether a message holds the members of an input other than its stream.
fn is_initial(message: &Message) -> bool {
    let initial = HeaderValue::String("initial-request".into());
    let mut headers = message.headers().iter();
    headers.any(|header| header.name().as_str() == ":event-type" && *header.value() == initial)
}

/// The messages of a request, without their signatures.
fn messages(body: &[u8]) -> Result<Vec<Message>, String> {
    let mut rest = Bytes::copy_from_slice(body);
    let mut messages = Vec::new();
    while !rest.is_empty() {
        let length = rest
            .first_chunk()
            .map(|length| u32::from_be_bytes(*length) as usize);
        let length = length.filter(|length| *length <= rest.len());
        let length = length.ok_or("the request ends within a frame")?;
        let read = |frame: Bytes| {
            read_message_from(frame).map_err(|error| format!("a frame is damaged: {error}"))
        };
        let message = read(rest.split_to(length))?;
        let mut headers = message.headers().iter();
        if !headers.any(|header| header.name().as_str() == ":chunk-signature") {
            messages.push(message);
        } else if !message.payload().is_empty() {
            messages.push(read(message.payload().clone())?);
        }
    }
    Ok(messages)
}

/// Returns a sender of events.
pub fn sender<T, E, const N: usize>(events: [Result<T, E>; N]) -> EventStreamSender<T, E>
where
    T: Send + Sync + 'static,
    E: Send + Sync + 'static,
{
    EventStreamSender::from(futures_util::stream::iter(events))
}

/// Returns the next event.
pub async fn next_event<T: Value, E: EventError>(events: &mut EventReceiver<T, E>) -> T {
    match events.recv().await {
        Ok(Some(event)) => event,
        Ok(None) => panic!("the stream has ended before an event"),
        Err(error) => panic!("there is an error where an event is expected: {error:#?}"),
    }
}

/// Returns the error that ends the stream.
pub async fn next_error<T: Value + Debug, E: EventError>(events: &mut EventReceiver<T, E>) -> E {
    match events.recv().await {
        Ok(event) => panic!("expected an error, found {event:#?}"),
        Err(error) => error.into_service_error(),
    }
}

/// Checks that the stream has ended.
pub async fn ended<T: Value + Debug, E: EventError>(events: &mut EventReceiver<T, E>) {
    match events.recv().await {
        Ok(None) => {}
        other => panic!("expected the end of the stream, found {other:#?}"),
    }
}

/// Checks that the stream ends in an error.
pub async fn fails<T: Value + Debug, E: EventError>(events: &mut EventReceiver<T, E>) {
    loop {
        match events.recv().await {
            Ok(Some(_)) => {}
            Ok(None) => panic!("the stream has ended without the error that is expected"),
            Err(_) => return,
        }
    }
}
