//! Nothing but the dependencies is measured.
