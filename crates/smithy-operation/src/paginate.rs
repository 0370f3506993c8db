//! Paginated lists.

use crate::call::{BoxFuture, Call, SendResult};
use crate::error::SdkError;
use crate::operation::Operation;
use crate::structure::Structure;
use crate::value::Value;
use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;
use futures_core::stream::{FusedStream, Stream};
use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

/// The builder of an operation's input.
type InputBuilder<O> = <<O as Operation>::Input as Structure>::Builder;

/// A page, or the error of its request.
pub type Page<O> = SendResult<<O as Operation>::Output, <O as Operation>::Error>;

/// A generated operation that returns its results in pages.
pub trait PaginatedOperation: Operation {
    /// The token of a page: a string, a map or a structure.
    type Token: Value + Clone + PartialEq + Send;

    /// Returns the token of the next page; `None` on the last page.
    fn next_token(output: &Self::Output) -> Option<&Self::Token>;

    /// Returns the token of the page that the input requests.
    fn token(input: &InputBuilder<Self>) -> Option<&Self::Token>;

    /// Sets the token of the page to request.
    fn set_token(input: InputBuilder<Self>, token: Option<Self::Token>) -> InputBuilder<Self>;

    /// Sets the maximum number of items per page, if the operation supports it.
    fn set_page_size(input: InputBuilder<Self>, _size: i32) -> InputBuilder<Self> {
        input
    }
}

/// A generated operation of which the items of a page are known.
pub trait PaginatedItems: PaginatedOperation {
    /// An item.
    type Item: Send + 'static;

    /// Returns the items of a page.
    fn items(output: Self::Output) -> Vec<Self::Item>;
}

/// Requests all pages of a list, one after the other.
///
/// Returned by `into_paginator()` of a fluent builder. It is a [`Stream`] of pages, each of which is requested when
/// it is polled for. The stream ends after the last page or the first error. [`next_token`](Self::next_token)
/// returns where a list that was left can be resumed with [`starting_token`](Self::starting_token).
///
/// [`send`](Self::send) returns the same pages as the stream type of the AWS SDKs, whose methods need no trait in
/// scope.
pub struct Paginator<O: Operation> {
    call: Call<O>,
    stop_on_duplicate_token: bool,
    progress: Progress,
    /// The request of the next page. Nothing locks it: a mutex is `Sync` even if the future is not.
    request: Mutex<Option<BoxFuture<Page<O>>>>,
}

/// What a paginator does when it is polled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// Request the next page.
    Open,
    /// Report that the last page has its own token as that of the next.
    Repeats,
    End,
}

impl<O> Paginator<O>
where
    O: PaginatedOperation,
    InputBuilder<O>: Clone + Send,
{
    /// Creates a paginator for a call.
    pub fn new(mut call: Call<O>) -> Self {
        call.overrides.paginated = true;
        Self {
            call,
            stop_on_duplicate_token: true,
            progress: Progress::Open,
            request: Mutex::new(None),
        }
    }

    /// Sets the maximum number of items per page. The service may return fewer.
    #[must_use]
    pub fn page_size(mut self, size: i32) -> Self {
        self.call.input = O::set_page_size(self.call.input, size);
        self
    }

    /// Sets the token of the first page, which an earlier list returned as its
    /// [`next_token`](Self::next_token). Without a token, the list starts at its beginning.
    ///
    /// The other parameters of the request have to be those of the earlier list.
    #[must_use]
    pub fn starting_token(mut self, token: impl Into<Option<O::Token>>) -> Self {
        self.call.input = O::set_token(self.call.input, token.into());
        self
    }

    /// Returns the token of the page that is requested next.
    ///
    /// It is `None` before the first page, unless the list starts from a token, and after the last page. After an
    /// error, it is the token of the page whose request failed.
    pub fn next_token(&self) -> Option<&O::Token> {
        O::token(&self.call.input)
    }

    /// Sets whether to end with an error when a page returns its own token as the next token. Otherwise, such
    /// a list never ends. The default is `true`.
    #[must_use]
    pub fn stop_on_duplicate_token(mut self, stop: bool) -> Self {
        self.stop_on_duplicate_token = stop;
        self
    }

    /// Returns a stream of pages. Each request is sent when its page is polled for. The stream ends after the
    /// last page or the first error.
    pub fn send(self) -> PaginationStream<Page<O>>
    where
        Call<O>: Send,
    {
        pagination_stream(self)
    }

    /// Returns a paginator over the items of all pages.
    pub fn items(self) -> PaginatorItems<O>
    where
        O: PaginatedItems,
    {
        PaginatorItems {
            pages: self,
            page: Vec::new().into_iter(),
            token: None,
        }
    }

    /// Notes where to continue after a page.
    fn advance(&mut self, page: &Page<O>) {
        let Ok(output) = page else {
            self.progress = Progress::End;
            return;
        };
        // Some services return an empty token with the last page.
        let next = O::next_token(output).filter(|token| **token != Value::zero());
        self.progress = match next {
            None => Progress::End,
            Some(_) if self.stop_on_duplicate_token && self.next_token() == next => {
                Progress::Repeats
            }
            Some(_) => Progress::Open,
        };
        let next = next.cloned();
        self.call.input = O::set_token(mem::take(&mut self.call.input), next);
    }
}

pub(crate) const REPEATED: &str = "the service returned the token that was sent, so the list would never \
    end: this is a bug in the service";

impl<O> Stream for Paginator<O>
where
    O: PaginatedOperation,
    InputBuilder<O>: Clone + Send,
    Call<O>: Send,
{
    type Item = Page<O>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Page<O>>> {
        let this = self.get_mut();
        match this.progress {
            Progress::Open => {}
            Progress::Repeats => {
                this.progress = Progress::End;
                return Poll::Ready(Some(Err(SdkError::construction_failure(REPEATED))));
            }
            Progress::End => return Poll::Ready(None),
        }
        let request = this
            .request
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        let call = &this.call;
        let sent = request.get_or_insert_with(|| Box::pin(call.clone().send()));
        let page = ready!(sent.as_mut().poll(context));
        *request = None;
        this.advance(&page);
        Poll::Ready(Some(page))
    }
}

impl<O> FusedStream for Paginator<O>
where
    Self: Stream,
    O: Operation,
{
    fn is_terminated(&self) -> bool {
        self.progress == Progress::End
    }
}

// Nothing in it is pinned.
impl<O: Operation> Unpin for Paginator<O> {}

impl<O: Operation> fmt::Debug for Paginator<O>
where
    Call<O>: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paginator")
            .field("call", &self.call)
            .field("stop_on_duplicate_token", &self.stop_on_duplicate_token)
            .finish_non_exhaustive()
    }
}

/// Requests the items of all pages, one after the other.
///
/// Returned by [`Paginator::items`]. It is a [`Stream`] of items. The request of a page is sent when its first item
/// is polled for. The stream ends after the last item or the first error.
pub struct PaginatorItems<O: PaginatedItems> {
    pages: Paginator<O>,
    /// The remaining items of the current page.
    page: std::vec::IntoIter<O::Item>,
    /// The token of the current page.
    token: Option<O::Token>,
}

impl<O> PaginatorItems<O>
where
    O: PaginatedItems,
    InputBuilder<O>: Clone + Send,
{
    /// Returns the token of the page of the next item.
    ///
    /// A list that is resumed starts with the first item of that page, so it returns the items that were taken
    /// from the page once more.
    pub fn next_token(&self) -> Option<&O::Token> {
        match self.page.len() {
            0 => self.pages.next_token(),
            _ => self.token.as_ref(),
        }
    }

    /// Returns a stream of items. Each request is sent when an item of its page is polled for. The stream
    /// ends after the last item or the first error.
    pub fn send(self) -> PaginationStream<SendResult<O::Item, O::Error>>
    where
        Call<O>: Send,
    {
        pagination_stream(self)
    }
}

impl<O> Stream for PaginatorItems<O>
where
    O: PaginatedItems,
    InputBuilder<O>: Clone + Send,
    Call<O>: Send,
{
    type Item = SendResult<O::Item, O::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let token = this.pages.next_token().cloned();
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                Some(Ok(output)) => {
                    this.page = O::items(output).into_iter();
                    this.token = token;
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O> FusedStream for PaginatorItems<O>
where
    Self: Stream,
    O: PaginatedItems,
{
    fn is_terminated(&self) -> bool {
        self.page.len() == 0 && self.pages.progress == Progress::End
    }
}

// Nothing in it is pinned.
impl<O: PaginatedItems> Unpin for PaginatorItems<O> {}

impl<O: PaginatedItems> fmt::Debug for PaginatorItems<O>
where
    Paginator<O>: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PaginatorItems").field(&self.pages).finish()
    }
}

/// Wraps a stream in the type that the paginators of all AWS SDKs return.
fn pagination_stream<S>(mut stream: S) -> PaginationStream<S::Item>
where
    S: Stream + Send + Unpin + 'static,
    S::Item: Send + 'static,
{
    PaginationStream::new(FnStream::new(move |items| {
        Box::pin(async move {
            while let Some(item) = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await
            {
                // The stream was dropped.
                if items.send(item).await.is_err() {
                    return;
                }
            }
        })
    }))
}
