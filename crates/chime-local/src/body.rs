//! Response bodies: complete, truncated, or in pieces.

use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::Sleep;

/// The number of pieces of a slow body, if it has that many bytes.
const PIECES: usize = 5;

/// The body of a response, which may be truncated or slow if [`Faults`](crate::Faults) require it.
#[derive(Debug)]
pub struct Body(Course);

#[derive(Debug)]
enum Course {
    Whole(Bytes),
    Truncated {
        part: Bytes,
        /// The length of the complete body.
        whole: u64,
        paused: bool,
    },
    Slow {
        rest: Bytes,
        piece: usize,
        pause: Duration,
        sleep: Option<Pin<Box<Sleep>>>,
    },
}

impl Body {
    pub(crate) fn whole(bytes: Bytes) -> Self {
        Self(Course::Whole(bytes))
    }

    /// Truncates the body to a fraction of its bytes, less than 1, followed by an error.
    pub(crate) fn truncated(bytes: &Bytes, share: f64) -> Self {
        let most = bytes.len().saturating_sub(1);
        let length = ((bytes.len() as f64 * share) as usize).min(most);
        Self(Course::Truncated {
            part: bytes.slice(..length),
            whole: bytes.len() as u64,
            paused: false,
        })
    }

    pub(crate) fn slow(bytes: Bytes, pause: Duration) -> Self {
        Self(Course::Slow {
            piece: bytes.len().div_ceil(PIECES).max(1),
            rest: bytes,
            pause,
            sleep: None,
        })
    }

    /// Converts the body for the SDK runtime.
    pub(crate) fn into_sdk(self) -> SdkBody {
        match self.0 {
            Course::Whole(bytes) => SdkBody::from(bytes),
            course => SdkBody::from_body_1_x(Self(course)),
        }
    }
}

fn frame(bytes: Bytes) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
    Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match &mut self.0 {
            Course::Whole(bytes) => frame(std::mem::take(bytes)),
            Course::Truncated {
                part,
                whole,
                paused,
            } => {
                if !part.is_empty() {
                    return frame(std::mem::take(part));
                }
                // A server flushes what it has when the body is pending, and discards it on an error.
                if !*paused {
                    *paused = true;
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Poll::Ready(Some(Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    format!(
                        "the connection ended before the {whole} bytes of the body were received"
                    ),
                ))))
            }
            Course::Slow {
                rest,
                piece,
                pause,
                sleep,
            } => {
                if let Some(pausing) = sleep {
                    ready!(pausing.as_mut().poll(context));
                    *sleep = None;
                }
                let now = rest.split_to((*piece).min(rest.len()));
                if !rest.is_empty() {
                    *sleep = Some(Box::pin(tokio::time::sleep(*pause)));
                }
                frame(now)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Course::Whole(rest) | Course::Slow { rest, .. } => rest.is_empty(),
            Course::Truncated { .. } => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(match &self.0 {
            Course::Whole(rest) | Course::Slow { rest, .. } => rest.len() as u64,
            Course::Truncated { whole, .. } => *whole,
        })
    }
}
