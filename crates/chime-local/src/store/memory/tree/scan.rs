//! Scans of a range, forwards or backwards.

use super::block::Entries;
use super::{Child, Node, Visit, place};
use std::ops::ControlFlow;

pub(super) struct Scan<'s> {
    pub(super) prefix: &'s [u8],
    pub(super) after: Option<&'s [u8]>,
    pub(super) backwards: bool,
}

impl Scan<'_> {
    pub(super) fn node(&self, node: &Node, visit: Visit<'_>) -> ControlFlow<()> {
        match node {
            Node::Branch(children) => self.branch(children, visit),
            Node::Block(block) => self.block(block, visit),
        }
    }

    fn branch(&self, children: &[Child], visit: Visit<'_>) -> ControlFlow<()> {
        // Where the first entry of the scan may be, and which child is the last that may have one.
        let start = self.after.unwrap_or_default().max(self.prefix);
        if !self.backwards {
            for child in &children[place(children, start)..] {
                if *child.from > *self.prefix && !child.from.starts_with(self.prefix) {
                    break;
                }
                self.node(&child.node, visit)?;
            }
            return ControlFlow::Continue(());
        }
        let first = place(children, self.prefix);
        for (i, child) in children.iter().enumerate().skip(first).rev() {
            let is_beyond = match self.after {
                Some(before) => *child.from >= *before,
                None => *child.from > *self.prefix && !child.from.starts_with(self.prefix),
            };
            if is_beyond && i > first {
                continue;
            }
            self.node(&child.node, visit)?;
        }
        ControlFlow::Continue(())
    }

    fn block(&self, block: &[u8], visit: Visit<'_>) -> ControlFlow<()> {
        let mut entries = Entries::new(block);
        let mut found: Vec<(Vec<u8>, &[u8])> = Vec::new();
        while let Some(value) = entries.next() {
            let key = entries.key.as_slice();
            if !key.starts_with(self.prefix) {
                if key > self.prefix {
                    if self.backwards {
                        break;
                    }
                    return ControlFlow::Break(());
                }
                continue;
            }
            if self.backwards {
                if self.after.is_none_or(|before| key < before) {
                    found.push((key.to_vec(), value));
                }
            } else if self.after.is_none_or(|after| key > after) {
                visit(key, value)?;
            }
        }
        for (key, value) in found.iter().rev() {
            visit(key, value)?;
        }
        ControlFlow::Continue(())
    }
}
