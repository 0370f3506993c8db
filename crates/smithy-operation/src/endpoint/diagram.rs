//! Decision diagrams, the compact form of endpoint rules.

use std::cell::OnceCell;

/// Returns the number of the result that a decision diagram leads to; zero if there is none.
///
/// A node consists of three numbers: a condition, and where to go if it holds and if it does not. Zero is the
/// end without a result, the numbers after it are the results, and those after these are the nodes.
pub fn decide(nodes: &[u16], results: u16, root: u16, holds: &dyn Fn(u16) -> bool) -> u16 {
    let (nodes, _) = nodes.as_chunks::<3>();
    let mut at = root;
    while let Some(node) = at.checked_sub(results + 1) {
        at = match nodes.get(usize::from(node)) {
            Some(&[condition, high, low]) => match holds(condition) {
                true => high,
                false => low,
            },
            None => 0,
        };
    }
    at
}

/// A variable that a condition of a diagram sets.
#[derive(Debug)]
pub struct Variable<T>(OnceCell<T>);

impl<T> Variable<T> {
    /// Creates a variable without a value.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self(OnceCell::new())
    }

    /// Sets the value. A condition has the same value each time, so a second one is not needed.
    pub fn set(&self, value: T) {
        let _ = self.0.set(value);
    }

    /// Returns the value.
    pub fn get(&self) -> Option<&T> {
        self.0.get()
    }

    /// Returns a copy of the value.
    pub fn copied(&self) -> Option<T>
    where
        T: Copy,
    {
        self.0.get().copied()
    }
}

impl Variable<String> {
    /// Returns the string.
    pub fn string(&self) -> Option<&str> {
        self.0.get().map(String::as_str)
    }

    /// Returns the string, which is made if there is none yet.
    pub fn get_or_init(&self, make: impl FnOnce() -> String) -> &str {
        self.0.get_or_init(make)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagram_leads_to_a_result() {
        // Condition 0 leads to result 1 or to condition 1, which leads to result 2 or nowhere.
        let nodes = [0, 1, 4, 1, 2, 0];
        for (holding, result) in [([true, true], 1), ([false, true], 2), ([false, false], 0)] {
            let holds = |condition: u16| holding[usize::from(condition)];
            assert_eq!(decide(&nodes, 2, 3, &holds), result);
        }
        assert_eq!(decide(&nodes, 2, 9, &|_| true), 0);
    }
}
