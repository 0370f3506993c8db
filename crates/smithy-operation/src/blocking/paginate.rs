//! Paginated lists as iterators.

use super::{block_on, flat};
use crate::call::{Call, SendResult};
use crate::operation::Operation;
use crate::paginate::{self, PaginatedItems, PaginatedOperation};
use crate::structure::Structure;
use aws_smithy_async::future::pagination_stream::PaginationStream;
use std::iter::FusedIterator;

/// The builder of an operation's input.
type InputBuilder<O> = <<O as Operation>::Input as Structure>::Builder;

/// Requests all pages of a list, one after the other.
///
/// Returned by `into_paginator()` of a blocking builder.
#[derive(Debug)]
pub struct Paginator<O: Operation>(paginate::Paginator<O>);

impl<O> Paginator<O>
where
    O: PaginatedOperation,
    InputBuilder<O>: Clone + Send,
    Call<O>: Send,
{
    /// Creates a paginator for a call.
    pub fn new(call: Call<O>) -> Self {
        Self(paginate::Paginator::new(call))
    }

    /// Sets the maximum number of items per page. The service may return fewer.
    #[must_use]
    pub fn page_size(self, size: i32) -> Self {
        Self(self.0.page_size(size))
    }

    /// Sets the token of the first page, which an earlier list returned in its last page. Without a token, the
    /// list starts at its beginning.
    ///
    /// The other parameters of the request have to be those of the earlier list.
    #[must_use]
    pub fn starting_token(self, token: impl Into<Option<O::Token>>) -> Self {
        Self(self.0.starting_token(token))
    }

    /// Sets whether to end with an error when a page returns its own token as the next token. Otherwise, such
    /// a list never ends. The default is `true`.
    #[must_use]
    pub fn stop_on_duplicate_token(self, stop: bool) -> Self {
        Self(self.0.stop_on_duplicate_token(stop))
    }

    /// Returns an iterator over the pages. Each request is sent when its page is asked for. The iterator ends
    /// after the last page or the first error.
    pub fn send(self) -> Pages<O::Output, O::Error> {
        Pages {
            pages: self.0.send(),
            has_ended: false,
        }
    }

    /// Returns a paginator over the items of all pages.
    pub fn items(self) -> PaginatorItems<O>
    where
        O: PaginatedItems,
    {
        PaginatorItems(self.0.items())
    }
}

/// Requests the items of all pages, one after the other.
///
/// Returned by [`Paginator::items`].
#[derive(Debug)]
pub struct PaginatorItems<O: PaginatedItems>(paginate::PaginatorItems<O>);

impl<O> PaginatorItems<O>
where
    O: PaginatedItems,
    InputBuilder<O>: Clone + Send,
    Call<O>: Send,
{
    /// Returns an iterator over the items. Each request is sent when an item of its page is asked for. The
    /// iterator ends after the last item or the first error.
    pub fn send(self) -> Pages<O::Item, O::Error> {
        Pages {
            pages: self.0.send(),
            has_ended: false,
        }
    }
}

/// An iterator over the pages of a list, or over their items. Each call of `next()` blocks the thread until
/// the next one is there.
#[derive(Debug)]
pub struct Pages<T, E> {
    pages: PaginationStream<SendResult<T, E>>,
    has_ended: bool,
}

impl<T, E> Iterator for Pages<T, E> {
    type Item = SendResult<T, E>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended {
            return None;
        }
        let next = block_on(self.pages.next());
        let next = flat(next.map(Option::transpose)).transpose();
        self.has_ended = !matches!(next, Some(Ok(_)));
        next
    }
}

impl<T, E> FusedIterator for Pages<T, E> {}
