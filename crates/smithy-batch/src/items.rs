//! The source of a run's items.

use futures_core::Stream;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A source of items: an iterator or a stream.
pub enum Items<T> {
    #[doc(hidden)]
    Iterator(Box<dyn Iterator<Item = T> + Send>),
    #[doc(hidden)]
    Stream(Pin<Box<dyn Stream<Item = T> + Send>>),
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items")
    }
}

impl<T> Items<T> {
    pub(super) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        match self {
            Self::Iterator(iterator) => Poll::Ready(iterator.next()),
            Self::Stream(stream) => stream.as_mut().poll_next(cx),
        }
    }
}

/// Conversion into a source of items. Implemented for everything that can be iterated over, and for
/// every [`Stream`].
///
/// `M` distinguishes the two implementations and is always inferred.
pub trait IntoItems<T, M> {
    /// Converts the value into a source of items.
    fn into_items(self) -> Items<T>;
}

/// Marks the implementation of [`IntoItems`] for iterators.
#[derive(Debug)]
pub struct ByIterator;

/// Marks the implementation of [`IntoItems`] for streams.
#[derive(Debug)]
pub struct ByStream;

impl<T, I> IntoItems<T, ByIterator> for I
where
    I: IntoIterator<Item = T>,
    I::IntoIter: Send + 'static,
{
    fn into_items(self) -> Items<T> {
        Items::Iterator(Box::new(self.into_iter()))
    }
}

impl<T, S> IntoItems<T, ByStream> for S
where
    S: Stream<Item = T> + Send + 'static,
{
    fn into_items(self) -> Items<T> {
        Items::Stream(Box::pin(self))
    }
}
