//! Where in a value the reader is, for error messages.

use std::fmt;

/// A path from the value that is deserialized to a value in it.
#[derive(Clone, Copy)]
pub(super) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    /// The name of the type that is deserialized.
    Root(&'a str),
    Member(&'a str),
    Item(usize),
    Key(&'a str),
    /// A key that is sensitive.
    SecretKey,
}

impl<'a> Path<'a> {
    pub(super) fn root(name: &'a str) -> Self {
        Self {
            parent: None,
            step: Step::Root(name),
        }
    }

    pub(super) fn member(&'a self, name: &'a str) -> Self {
        self.then(Step::Member(name))
    }

    pub(super) fn item(&'a self, index: usize) -> Self {
        self.then(Step::Item(index))
    }

    pub(super) fn key(&'a self, key: &'a str) -> Self {
        self.then(Step::Key(key))
    }

    pub(super) fn secret_key(&'a self) -> Self {
        self.then(Step::SecretKey)
    }

    fn then(&'a self, step: Step<'a>) -> Self {
        Self {
            parent: Some(self),
            step,
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.step {
            Step::Root(name) => f.write_str(name),
            Step::Member(name) => write!(f, ".{name}"),
            Step::Item(index) => write!(f, "[{index}]"),
            Step::Key(key) => write!(f, "[{key:?}]"),
            Step::SecretKey => f.write_str("[...]"),
        }
    }
}
