//! Events that the caller sends.

use super::write::{write_error, write_event};
use super::{EventCodec, EventError, Message};
use crate::error::{BoxError, causes};
use aws_smithy_schema::serde::SerializableStruct;
use futures_core::Stream;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

type Events<T, E> = Pin<Box<dyn Stream<Item = Result<T, E>> + Send + Sync>>;

/// Sends the events of a stream in the body of a request.
///
/// It is created from any [`Stream`] of events. An `Err` that holds a modelled error is sent as that error; any
/// other `Err` ends the request. The request ends when the stream ends.
pub struct EventStreamSender<T, E>(Option<Events<T, E>>);

impl<T: Send + Sync + 'static, E: Send + Sync + 'static> EventStreamSender<T, E> {
    /// Sends a single event, or an error.
    pub fn once(item: Result<T, E>) -> Self {
        Self::from(Once(Some(item)))
    }
}

impl<T, E> EventStreamSender<T, E> {
    /// Returns whether there is no stream because the input has none.
    #[doc(hidden)]
    pub fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}

impl<T, E> EventStreamSender<T, E>
where
    T: SerializableStruct + 'static,
    E: EventError,
{
    /// Takes the stream out of an input, as messages.
    #[doc(hidden)]
    pub fn take_messages(&mut self, codec: &EventCodec) -> Option<Messages> {
        let events = self.0.take()?;
        let codec = codec.clone();
        Some(Messages(Box::pin(Marshalled { events, codec })))
    }
}

impl<T, E, S> From<S> for EventStreamSender<T, E>
where
    S: Stream<Item = Result<T, E>> + Send + Sync + 'static,
{
    fn from(stream: S) -> Self {
        Self(Some(Box::pin(stream)))
    }
}

impl<T, E> Default for EventStreamSender<T, E> {
    /// Returns a sender without a stream, which cannot be sent.
    fn default() -> Self {
        Self(None)
    }
}

impl<T, E> fmt::Debug for EventStreamSender<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStreamSender")
    }
}

/// The messages of a request, independent of the type of its events.
pub struct Messages(Pin<Box<dyn Stream<Item = Result<Message, BoxError>> + Send + Sync>>);

impl Messages {
    pub(super) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Message, BoxError>>> {
        self.0.as_mut().poll_next(context)
    }
}

impl fmt::Debug for Messages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Messages")
    }
}

/// The messages that events are written as.
struct Marshalled<T, E> {
    events: Events<T, E>,
    codec: EventCodec,
}

impl<T: SerializableStruct, E: EventError> Stream for Marshalled<T, E> {
    type Item = Result<Message, BoxError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let item = ready!(this.events.as_mut().poll_next(context));
        Poll::Ready(item.map(|item| match item {
            Ok(event) => Ok(write_event(&event, &this.codec)?),
            Err(error) => match error.modelled() {
                Some((member, shape)) => Ok(write_error(member, shape, &this.codec)?),
                None => Err(Failed(error).into()),
            },
        }))
    }
}

/// The caller's stream ended in an error that cannot be sent.
#[derive(Debug)]
struct Failed<E>(E);

impl<E: EventError> fmt::Display for Failed<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the stream of events to send failed")?;
        match causes(&self.0).last() {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

impl<E: EventError> std::error::Error for Failed<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// A stream of one item.
struct Once<I>(Option<I>);

impl<I> Unpin for Once<I> {}

impl<I> Stream for Once<I> {
    type Item = I;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I>> {
        Poll::Ready(self.0.take())
    }
}
