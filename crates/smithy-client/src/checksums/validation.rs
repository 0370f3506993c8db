//! Checksums of responses: the body is read through, and ends with an error if its checksum differs.

use super::ALGORITHMS;
use aws_smithy_checksums::http::HttpChecksum;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::base64;
use aws_smithy_types::body::{Error, SdkBody};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Lets the body fail if it is not the one that the checksum in the headers belongs to.
pub(super) fn expect_checksum(response: &mut HttpResponse, modelled: &[&str]) {
    let known = ALGORITHMS.into_iter();
    let mut known = known.filter(|(name, ..)| modelled.contains(name));
    let found = known.find_map(|(_, algorithm, _)| {
        let checksum = algorithm.into_impl();
        let value = response.headers().get(checksum.header_name())?;
        // The checksum of an object of several parts is that of the parts' checksums, with their number.
        let expected = match value.contains('-') {
            true => None,
            false => base64::decode(value).ok(),
        };
        Some((checksum, expected?))
    });
    let Some((checksum, expected)) = found else {
        return;
    };
    let body = std::mem::replace(response.body_mut(), SdkBody::taken());
    *response.body_mut() = SdkBody::from_body_1_x(Checked {
        body,
        header: checksum.header_name(),
        checksum: Some(checksum),
        expected,
    });
}

/// A body whose checksum is known.
struct Checked {
    body: SdkBody,
    header: &'static str,
    /// `None` once the body has ended.
    checksum: Option<Box<dyn HttpChecksum>>,
    expected: Vec<u8>,
}

impl Body for Checked {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        match &frame {
            Some(Ok(frame)) => {
                if let (Some(data), Some(checksum)) = (frame.data_ref(), &mut self.checksum) {
                    checksum.update(data);
                }
            }
            Some(Err(_)) => self.checksum = None,
            None => {
                let actual = self.checksum.take().map(|checksum| checksum.finalize());
                if let Some(actual) = actual.filter(|actual| *actual != self.expected) {
                    let mismatch = Mismatch {
                        header: self.header,
                        expected: base64::encode(&self.expected),
                        actual: base64::encode(actual),
                    };
                    return Poll::Ready(Some(Err(mismatch.into())));
                }
            }
        }
        Poll::Ready(frame)
    }

    // Not `is_end_stream`: the end of the inner body has to be seen.
    fn size_hint(&self) -> SizeHint {
        Body::size_hint(&self.body)
    }
}

/// The body of a response is not the one that its checksum belongs to.
#[derive(Debug)]
struct Mismatch {
    header: &'static str,
    expected: String,
    actual: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the body of the response is corrupt: its checksum is {}, but the header `{}` has {}",
            self.actual, self.header, self.expected
        )
    }
}

impl std::error::Error for Mismatch {}
