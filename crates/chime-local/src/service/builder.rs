//! Builds a local Chime.

use super::Chime;
use crate::auth::{AccessKey, Keys};
use crate::context::Clock;
use crate::database::{Database, Memory};
use crate::store::{self, OpenError};
use std::path::PathBuf;
use std::sync::Arc;

/// What a local Chime is made of.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Builder {
    data: Option<PathBuf>,
    clock: Clock,
    seed: Option<u64>,
    keys: Vec<AccessKey>,
}

impl Builder {
    /// Keeps everything in a SQLite file, which is created if it does not exist. By default, everything is kept in
    /// memory.
    pub fn data(mut self, file: impl Into<PathBuf>) -> Self {
        self.data = Some(file.into());
        self
    }

    /// Sets the clock. The default is the system's.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Sets the seed of IDs and other random choices: with the same seed, a manual clock and the same order of
    /// requests, they are the same. By default, they differ each time.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Accepts only requests that are signed with this key, or another one that is added. By default, signatures
    /// are not checked.
    pub fn credentials(mut self, key: AccessKey) -> Self {
        self.keys.push(key);
        self
    }

    /// Creates the Chime.
    ///
    /// # Errors
    ///
    /// Returns an error if the data file cannot be opened, belongs to another program, is of another version, or is
    /// damaged.
    pub fn build(self) -> Result<Chime, OpenError> {
        let database = match &self.data {
            Some(path) => Database::File(store::File::open(path)?),
            None => Database::Memory(Memory::default()),
        };
        let mut chime = Chime::with(database, self.clock, self.seed);
        chime.keys = Arc::new(Keys::new(self.keys));
        Ok(chime)
    }
}
