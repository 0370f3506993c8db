//! Paginated lists.

use crate::call::{Call, SendResult};
use crate::error::SdkError;
use crate::operation::Operation;
use crate::structure::Structure;
use crate::value::Value;
use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;
use std::fmt;

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

/// A generated operation whose model defines the items of a page.
pub trait PaginatedItems: PaginatedOperation {
    /// An item.
    type Item: Send + 'static;

    /// Returns the items of a page.
    fn items(output: Self::Output) -> Vec<Self::Item>;
}

/// Requests all pages of a list, one after the other.
///
/// Returned by `into_paginator()` of a fluent builder.
#[derive(Debug)]
pub struct Paginator<O: Operation> {
    call: Call<O>,
    stop_on_duplicate_token: bool,
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
        }
    }

    /// Sets the maximum number of items per page. The service may return fewer.
    #[must_use]
    pub fn page_size(mut self, size: i32) -> Self {
        self.call.input = O::set_page_size(self.call.input, size);
        self
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
        let Self {
            call,
            stop_on_duplicate_token,
        } = self;
        PaginationStream::new(FnStream::new(move |pages| {
            Box::pin(async move {
                let mut call = call;
                loop {
                    let page = call.clone().send().await;
                    let next = match &page {
                        Ok(output) => O::next_token(output).cloned(),
                        Err(_) => None,
                    };
                    // Some services return an empty token with the last page.
                    let next = next.filter(|token| *token != Value::zero());
                    let repeats = next.is_some() && O::token(&call.input) == next.as_ref();
                    // The stream was dropped.
                    if pages.send(page).await.is_err() || next.is_none() {
                        return;
                    }
                    if repeats && stop_on_duplicate_token {
                        let error = SdkError::construction_failure(REPEATED);
                        // The stream was dropped.
                        let _ = pages.send(Err(error)).await;
                        return;
                    }
                    call.input = O::set_token(call.input, next);
                }
            })
        }))
    }

    /// Returns a paginator over the items of all pages.
    pub fn items(self) -> PaginatorItems<O>
    where
        O: PaginatedItems,
    {
        PaginatorItems(self)
    }
}

const REPEATED: &str = "the service returned the token that was sent, so the list would never \
    end: this is a bug in the service";

/// Requests the items of all pages, one after the other.
///
/// Returned by [`Paginator::items`].
pub struct PaginatorItems<O: Operation>(Paginator<O>);

impl<O: Operation> fmt::Debug for PaginatorItems<O>
where
    Paginator<O>: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PaginatorItems").field(&self.0).finish()
    }
}

impl<O> PaginatorItems<O>
where
    O: PaginatedItems,
    InputBuilder<O>: Clone + Send,
    Call<O>: Send,
{
    /// Returns a stream of items. Each request is sent when an item of its page is polled for. The stream
    /// ends after the last item or the first error.
    pub fn send(self) -> PaginationStream<SendResult<O::Item, O::Error>> {
        let mut pages = self.0.send();
        PaginationStream::new(FnStream::new(move |items| {
            Box::pin(async move {
                while let Some(page) = pages.next().await {
                    let found = match page {
                        Ok(output) => O::items(output).into_iter().map(Ok).collect(),
                        Err(error) => vec![Err(error)],
                    };
                    for item in found {
                        if items.send(item).await.is_err() {
                            return;
                        }
                    }
                }
            })
        }))
    }
}
