//! The body of a request that consists of events.

use super::{Message, Messages};
use crate::error::BoxError;
use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::event_stream::SignMessage;
use bytes::Bytes;
use http_body::{Body, Frame};
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The body of a request that consists of events, each signed and in a frame of its own.
///
/// If messages are signed, a signed message without a payload ends the body.
pub struct EventBody {
    initial: Option<Message>,
    /// `None` once they have ended.
    messages: Option<Messages>,
    signer: Box<dyn SignMessage + Send + Sync>,
}

impl fmt::Debug for EventBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventBody")
    }
}

impl EventBody {
    /// Creates a body. The initial message, if there is one, precedes the others.
    pub fn new(
        initial: Option<Message>,
        messages: Messages,
        signer: impl SignMessage + Send + Sync + 'static,
    ) -> Self {
        Self {
            initial,
            messages: Some(messages),
            signer: Box::new(signer),
        }
    }

    /// Returns it as the body of a request.
    pub fn into_body(self) -> SdkBody {
        SdkBody::from_body_1_x(self)
    }

    fn frame(&mut self, message: Message) -> Result<Frame<Bytes>, BoxError> {
        frame_of(&self.signer.sign(message)?)
    }

    /// Ends the body.
    fn end(&mut self) -> Option<Result<Frame<Bytes>, BoxError>> {
        self.messages = None;
        let last = self.signer.sign_empty()?;
        Some(last.and_then(|message| frame_of(&message)))
    }
}

fn frame_of(message: &Message) -> Result<Frame<Bytes>, BoxError> {
    let mut bytes = Vec::new();
    write_message_to(message, &mut bytes)?;
    Ok(Frame::data(bytes.into()))
}

impl Body for EventBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = self.get_mut();
        if let Some(initial) = this.initial.take() {
            return Poll::Ready(Some(this.frame(initial)));
        }
        let Some(messages) = &mut this.messages else {
            return Poll::Ready(None);
        };
        Poll::Ready(match ready!(messages.poll_next(context)) {
            Some(Ok(message)) => Some(this.frame(message)),
            Some(Err(error)) => {
                this.messages = None;
                Some(Err(error))
            }
            None => this.end(),
        })
    }
}
