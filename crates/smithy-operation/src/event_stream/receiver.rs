//! Events that the service sends.

use super::read::{self, read_event};
use super::{EVENT_TYPE, EventCodec, EventError, INITIAL_RESPONSE, Message, RawMessage, header};
use crate::error::{BoxError, ConnectorError, SdkError};
use crate::stream::ResponseStream;
use crate::value::Value;
use aws_smithy_eventstream::error::Error as DecodeError;
use aws_smithy_eventstream::frame::read_message_from;
use aws_smithy_types::body::SdkBody;
use bytes::{Bytes, BytesMut};
use http_body::Body;
use std::error::Error;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;

/// Receives the events of a response.
pub struct EventReceiver<T, E> {
    /// `None` once the stream has ended.
    source: Option<EventSource>,
    kinds: PhantomData<fn() -> (T, E)>,
}

impl<T: Value, E: EventError> EventReceiver<T, E> {
    /// Receives the next event; `None` if the stream has ended.
    ///
    /// If a call is cancelled, no event is lost.
    ///
    /// # Errors
    ///
    /// - `ServiceError`: the service ended the stream with an error.
    /// - `ResponseError`: a frame is damaged, or its event does not match the model.
    /// - `DispatchFailure`: the connection failed.
    ///
    /// An error ends the stream.
    pub async fn recv(&mut self) -> Result<Option<T>, SdkError<E, RawMessage>> {
        let Some(source) = &mut self.source else {
            return Ok(None);
        };
        let result = match source.next().await {
            Ok(None) => Ok(None),
            Err(error) => Err(source.failure(error)),
            Ok(Some(message)) => match read_event(&message, &source.codec) {
                Ok(Ok(event)) => return Ok(Some(event)),
                Ok(Err(error)) => Err(SdkError::service_error(error, source.raw(message))),
                Err(error) => {
                    let error: BoxError = match source.hidden {
                        true => read::Hidden::of(&message).into(),
                        false => error.into(),
                    };
                    Err(SdkError::response_error(error, source.raw(message)))
                }
            },
        };
        self.source = None;
        result
    }
}

impl<T, E> From<ResponseStream> for EventReceiver<T, E> {
    fn from(stream: ResponseStream) -> Self {
        Self {
            source: match stream {
                ResponseStream::Events(source) => Some(*source),
                ResponseStream::Bytes(_) => None,
            },
            kinds: PhantomData,
        }
    }
}

impl<T, E> Default for EventReceiver<T, E> {
    /// Returns the receiver of a stream that has ended.
    fn default() -> Self {
        Self {
            source: None,
            kinds: PhantomData,
        }
    }
}

impl<T, E> fmt::Debug for EventReceiver<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventReceiver")
    }
}

/// The messages of a response, independent of the type of its events.
pub struct EventSource {
    body: SdkBody,
    buffer: BytesMut,
    /// A message that has been read and not been received.
    first: Option<Message>,
    codec: EventCodec,
    hidden: bool,
}

impl fmt::Debug for EventSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventSource")
    }
}

/// Frames are limited to 24 MiB and 128 KiB of headers; one that claims to be longer is damaged.
const LONGEST: usize = (24 << 20) + (128 << 10) + 16;
/// Lengths, headers and checksums of a frame without headers and payload.
const SHORTEST: usize = 16;

impl EventSource {
    /// Creates a source of the events in a body.
    ///
    /// If they are hidden, errors show nothing of them.
    pub fn new(body: SdkBody, codec: EventCodec, hidden: bool) -> Self {
        Self {
            body,
            buffer: BytesMut::new(),
            first: None,
            codec,
            hidden,
        }
    }

    /// Returns the codec of the events.
    pub fn codec(&self) -> &EventCodec {
        &self.codec
    }

    /// Reads the message that holds the members of an output other than its stream. Returns `None`, and reads
    /// nothing, if the stream does not begin with it.
    ///
    /// # Errors
    ///
    /// Returns why the first message cannot be read.
    pub async fn initial_response(&mut self) -> Result<Option<Message>, FrameError> {
        let first = self.next().await?;
        let is_initial = first.as_ref().is_some_and(|message| {
            let event = header(message, EVENT_TYPE).and_then(|value| value.as_string().ok());
            event.is_some_and(|event| event.as_str() == INITIAL_RESPONSE)
        });
        if is_initial {
            return Ok(first);
        }
        self.first = first;
        Ok(None)
    }

    /// Reads the next message; `None` if the stream has ended.
    async fn next(&mut self) -> Result<Option<Message>, FrameError> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        loop {
            if let Some(length) = self.buffer.first_chunk() {
                let length = u32::from_be_bytes(*length) as usize;
                if !(SHORTEST..=LONGEST).contains(&length) {
                    return Err(FrameError::Length(length));
                }
                if self.buffer.len() >= length {
                    let frame = self.buffer.split_to(length).freeze();
                    return read_message_from(frame)
                        .map(Some)
                        .map_err(FrameError::Decode);
                }
            }
            match self.chunk().await? {
                Some(chunk) => self.buffer.extend_from_slice(&chunk),
                None if self.buffer.is_empty() => return Ok(None),
                None => return Err(FrameError::Truncated(self.buffer.split().freeze())),
            }
        }
    }

    async fn chunk(&mut self) -> Result<Option<Bytes>, FrameError> {
        let body = &mut self.body;
        loop {
            let frame = std::future::poll_fn(|context| Pin::new(&mut *body).poll_frame(context));
            match frame.await {
                None => return Ok(None),
                Some(Err(error)) => return Err(FrameError::Body(error)),
                Some(Ok(frame)) => {
                    // Trailers are not part of the stream.
                    if let Ok(data) = frame.into_data() {
                        return Ok(Some(data));
                    }
                }
            }
        }
    }

    fn raw(&self, message: Message) -> RawMessage {
        match self.hidden {
            true => RawMessage::invalid(None),
            false => RawMessage::Decoded(message),
        }
    }

    fn failure<E>(&self, error: FrameError) -> SdkError<E, RawMessage> {
        match error {
            FrameError::Body(error) => SdkError::dispatch_failure(ConnectorError::io(error)),
            FrameError::Truncated(rest) => {
                let raw = RawMessage::invalid((!self.hidden).then(|| rest.clone()));
                let rest = if self.hidden { Bytes::new() } else { rest };
                SdkError::response_error(FrameError::Truncated(rest), raw)
            }
            error => SdkError::response_error(error, RawMessage::invalid(None)),
        }
    }
}

/// The messages of a response cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum FrameError {
    /// The connection failed.
    Body(BoxError),
    /// A frame is damaged.
    Decode(DecodeError),
    /// No frame has this length.
    Length(usize),
    /// The stream ended within a frame, of which this is the beginning.
    Truncated(Bytes),
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(_) => f.write_str("the connection failed"),
            Self::Decode(error) => write!(f, "a frame of the event stream is damaged: {error}"),
            Self::Length(length) => write!(
                f,
                "a frame of the event stream is damaged: it cannot be {length} bytes long"
            ),
            Self::Truncated(_) => f.write_str("the event stream ended within a frame"),
        }
    }
}

impl Error for FrameError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Body(error) => Some(error.as_ref()),
            Self::Decode(error) => Some(error),
            _ => None,
        }
    }
}
