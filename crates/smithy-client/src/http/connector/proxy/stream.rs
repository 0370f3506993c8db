//! A connection to the service, direct or through a proxy.

use crate::http::connector::tls::{Connection, Tunnel};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection as Connectable};
use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll};

/// A connection to the service, or to a proxy.
pub(in crate::http::connector) enum Stream {
    /// To the service.
    Direct(Connection),
    /// To a proxy that forwards requests.
    Forwarded(Connection),
    /// To the service, through a proxy.
    Tunnel(Box<Tunnel>),
}

/// Calls a method of the connection.
macro_rules! each {
    ($stream:expr, $connection:ident => $call:expr) => {
        match $stream {
            Stream::Direct($connection) | Stream::Forwarded($connection) => $call,
            Stream::Tunnel($connection) => $call,
        }
    };
}

impl Connectable for Stream {
    fn connected(&self) -> Connected {
        // A forwarded request contains the whole URL.
        let is_forwarded = matches!(self, Self::Forwarded(_));
        each!(self, it => it.connected().proxy(is_forwarded))
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<Result<()>> {
        each!(&mut *self, it => Pin::new(it).poll_read(context, buffer))
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        each!(&mut *self, it => Pin::new(it).poll_write(context, bytes))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        each!(&mut *self, it => Pin::new(it).poll_flush(context))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        each!(&mut *self, it => Pin::new(it).poll_shutdown(context))
    }

    fn is_write_vectored(&self) -> bool {
        each!(self, it => it.is_write_vectored())
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        each!(&mut *self, it => Pin::new(it).poll_write_vectored(context, slices))
    }
}
