//! A connection, whatever is between here and the service.

use super::tls::Transport;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll};

/// A connection to the service, or to a proxy that forwards requests.
pub(super) struct Stream {
    transport: Transport,
    is_forwarded: bool,
}

impl Stream {
    /// A connection to the service itself, if need be through a tunnel.
    pub(super) fn to_service(transport: Transport) -> Self {
        Self {
            transport,
            is_forwarded: false,
        }
    }

    /// A connection to a proxy. Requests on it name the whole URL, so that the proxy can forward them.
    pub(super) fn to_proxy(transport: Transport) -> Self {
        Self {
            transport,
            is_forwarded: true,
        }
    }

    fn transport(self: Pin<&mut Self>) -> Pin<&mut Transport> {
        Pin::new(&mut self.get_mut().transport)
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        self.transport.connected().proxy(self.is_forwarded)
    }
}

impl Read for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<Result<()>> {
        self.transport().poll_read(context, buffer)
    }
}

impl Write for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        self.transport().poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        self.transport().poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        self.transport().poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.transport.is_write_vectored()
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        self.transport().poll_write_vectored(context, slices)
    }
}
