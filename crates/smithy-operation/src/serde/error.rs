//! Errors on their way through code that only knows [`SerdeError`].

use super::path::Path;
use aws_smithy_schema::serde::SerdeError;
use serde_core::{de, ser};

/// Keeps the error of a format while a [`SerdeError`] takes its place.
pub(super) struct Failure<E>(Option<E>);

impl<E> Failure<E> {
    pub(super) fn none() -> Self {
        Self(None)
    }

    /// Keeps the error of a result.
    pub(super) fn keep<T>(&mut self, result: Result<T, E>) -> Result<T, SerdeError> {
        result.map_err(|error| {
            self.0 = Some(error);
            SerdeError::custom("the format reported an error")
        })
    }
}

impl<E: ser::Error> Failure<E> {
    /// Returns the error of the format that was kept, or else the result.
    pub(super) fn or_written(self, result: Result<(), SerdeError>) -> Result<(), E> {
        match self.0 {
            Some(error) => Err(error),
            None => result.map_err(E::custom),
        }
    }
}

impl<E: de::Error> Failure<E> {
    /// Returns the error of the format that was kept, or else the result, with the path in its error.
    pub(super) fn or_read<T>(self, result: Result<T, SerdeError>, path: &Path<'_>) -> Result<T, E> {
        match self.0 {
            Some(error) => Err(error),
            None => result.map_err(|error| match error {
                SerdeError::MissingMember { member_name, .. } => E::custom(format_args!(
                    "the required member `{member_name}` of `{path}` is missing"
                )),
                error => E::custom(format_args!("`{path}` cannot be read: {error}")),
            }),
        }
    }
}
