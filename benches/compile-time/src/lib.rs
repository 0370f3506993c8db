//! Only the dependencies are measured.
