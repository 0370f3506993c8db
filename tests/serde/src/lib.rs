//! Tests of the feature `serde`; see `tests/`.
