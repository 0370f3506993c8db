//! Tests of the local Chime with clients of all its services; see `tests/`.
