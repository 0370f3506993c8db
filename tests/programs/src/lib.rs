//! Programs written for aws-sdk-chime; see `tests/`.
