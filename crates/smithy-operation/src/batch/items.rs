//! Where items come from.

use futures_core::Stream;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Items, one after the other.
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

/// What can be sent: anything that can be iterated over, and any [`Stream`].
///
/// `M` tells the two apart and is always inferred.
pub trait IntoItems<T, M> {
    /// Makes the source of the items.
    fn into_items(self) -> Items<T>;
}

/// Marks what is iterated over.
#[derive(Debug)]
pub struct ByIterator;

/// Marks what is streamed.
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
