//! The bodies of answers: whole, cut short, or in pieces.

use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::Sleep;

/// How many pieces a slow body comes in, if it has so many bytes.
const PIECES: usize = 5;

/// The body of an answer, which may break off or come slowly if [`Faults`](crate::Faults) say so.
#[derive(Debug)]
pub struct Body(Course);

#[derive(Debug)]
enum Course {
    Whole(Bytes),
    Truncated {
        part: Bytes,
        /// How long the whole is.
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

    /// A share of the bytes, less than 1, and then an error.
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

    /// The body as the SDKs' runtime takes it.
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
                // A server sends what it has when it must wait, and drops it when it meets an error.
                if !*paused {
                    *paused = true;
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Poll::Ready(Some(Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    format!("the connection ended before the {whole} bytes of the body were there"),
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
