//! What differs.

use serde_json::Value;
use std::fmt::Debug;

/// Collects what differs, and shows the first of it.
#[derive(Default)]
pub(crate) struct Differences {
    count: usize,
    shown: String,
}

impl Differences {
    pub(crate) fn compare<T: Debug + PartialEq>(
        &mut self,
        what: &str,
        case: &Value,
        ours: &T,
        theirs: &T,
    ) {
        if ours != theirs {
            self.count += 1;
            if self.shown.len() < 6000 {
                self.shown += &format!(
                    "\n{what}\n  case:   {case}\n  ours:   {ours:?}\n  theirs: {theirs:?}\n"
                );
            }
        }
    }

    /// Prints how many there are; fails if there are any.
    pub(crate) fn end(self, what: &str) {
        println!("{what}: {} differences", self.count);
        assert_eq!(self.count, 0, "{what}:{}", self.shown);
    }
}
