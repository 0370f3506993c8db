//! The files that the `chime` command reads.

/// A CSV file of members.
pub(crate) fn csv(data: &[u8]) {
    chime_cli::fuzzing::csv(data);
}

/// A journal.
pub(crate) fn journal(data: &[u8]) {
    chime_cli::fuzzing::journal(data);
}
