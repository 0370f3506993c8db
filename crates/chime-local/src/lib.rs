//! chime-local.
