//! Lists that come in pages.

use crate::call::{Call, SendResult};
use crate::error::SdkError;
use crate::operation::Operation;
use crate::structure::Structure;
use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;
use std::fmt;

/// The builder of an operation's input.
type InputBuilder<O> = <<O as Operation>::Input as Structure>::Builder;

/// What a page is, or why there is none.
pub type Page<O> = SendResult<<O as Operation>::Output, <O as Operation>::Error>;

/// A generated operation that answers in pages.
pub trait PaginatedOperation: Operation {
    /// What asks for the page after this one; `None` on the last page.
    fn next_token(output: &Self::Output) -> Option<&str>;

    /// What asks for the page that the input is for.
    fn token(input: &InputBuilder<Self>) -> Option<&str>;

    /// Asks for a page.
    fn set_token(input: InputBuilder<Self>, token: Option<String>) -> InputBuilder<Self>;

    /// Says how many items a page may have, if the operation can be told.
    fn set_page_size(input: InputBuilder<Self>, _size: i32) -> InputBuilder<Self> {
        input
    }
}

/// A generated operation whose model says what a page is a list of.
pub trait PaginatedItems: PaginatedOperation {
    /// An item.
    type Item: Send + 'static;

    /// The items of a page.
    fn items(output: Self::Output) -> Vec<Self::Item>;
}

/// Asks for all pages of a list, one after the other.
///
/// Made by a fluent builder's `into_paginator()`.
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
    /// Makes a paginator of a call.
    pub fn new(mut call: Call<O>) -> Self {
        call.overrides.paginated = true;
        Self {
            call,
            stop_on_duplicate_token: true,
        }
    }

    /// Sets how many items a page may have; the service has the last word.
    #[must_use]
    pub fn page_size(mut self, size: i32) -> Self {
        self.call.input = O::set_page_size(self.call.input, size);
        self
    }

    /// Sets whether to end with an error when a page names itself as the page after it. Without,
    /// such a list would never end. `true` by default.
    #[must_use]
    pub fn stop_on_duplicate_token(mut self, stop: bool) -> Self {
        self.stop_on_duplicate_token = stop;
        self
    }

    /// Sends the requests: each when its page is asked for. The stream ends after the last page or
    /// the first error.
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
                        Ok(output) => O::next_token(output).map(str::to_owned),
                        Err(_) => None,
                    };
                    // Some services end with an empty token.
                    let next = next.filter(|token| !token.is_empty());
                    let repeats = next.is_some() && O::token(&call.input) == next.as_deref();
                    // Nobody wants more once the stream is dropped.
                    if pages.send(page).await.is_err() || next.is_none() {
                        return;
                    }
                    if repeats && stop_on_duplicate_token {
                        let error = SdkError::construction_failure(REPEATED);
                        // Here too.
                        let _ = pages.send(Err(error)).await;
                        return;
                    }
                    call.input = O::set_token(call.input, next);
                }
            })
        }))
    }

    /// Asks for the items of all pages, one after the other.
    pub fn items(self) -> PaginatorItems<O>
    where
        O: PaginatedItems,
    {
        PaginatorItems(self)
    }
}

const REPEATED: &str = "the service answered with the token that was sent, so the list would never \
    end: this is a fault of the service";

/// Asks for the items of all pages, one after the other.
///
/// Made by [`Paginator::items`].
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
    /// Sends the requests: each when an item of its page is asked for. The stream ends after the
    /// last item or the first error.
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
