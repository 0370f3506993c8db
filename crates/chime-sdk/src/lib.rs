//! chime-sdk.
