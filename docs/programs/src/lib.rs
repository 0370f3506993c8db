//! The programs of the guide: the chapters in `docs/guide/` show them, and `tests/` runs them.
