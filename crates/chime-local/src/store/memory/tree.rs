//! A B+ tree of which copies share nodes.
//!
//! Its leaves are blocks of a few KiB in which each key is stored without what it has in common with the one before
//! it, so a small row costs a few dozen bytes and no allocation of its own.

mod block;
mod scan;

use block::{Block, Entries, changed};
use scan::Scan;
use std::ops::ControlFlow;
use std::sync::Arc;

/// A block that is larger is split, if it has more than one entry.
const BLOCK: usize = 3 << 10;

/// A block that is smaller is joined with its neighbour.
const SMALL_BLOCK: usize = BLOCK / 4;

/// The most children of a branch.
const FAN_OUT: usize = 48;

/// A map from bytes to bytes, in the order of the keys.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    root: Option<Node>,
}

#[derive(Debug, Clone)]
enum Node {
    Block(Arc<[u8]>),
    Branch(Arc<Vec<Child>>),
}

/// A child of a branch, and the least key that may be in it.
#[derive(Debug, Clone)]
struct Child {
    from: Arc<[u8]>,
    node: Node,
}

/// Receives the entries of a scan.
pub(crate) type Visit<'v> = &'v mut dyn FnMut(&[u8], &[u8]) -> ControlFlow<()>;

impl Tree {
    /// Returns the value of a key.
    pub(crate) fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        let mut node = self.root.as_ref()?;
        loop {
            match node {
                Node::Branch(children) => node = &children[place(children, key)].node,
                Node::Block(block) => {
                    let mut entries = Entries::new(block);
                    while let Some(value) = entries.next() {
                        match entries.key.as_slice().cmp(key) {
                            std::cmp::Ordering::Less => {}
                            std::cmp::Ordering::Equal => return Some(value.to_vec()),
                            std::cmp::Ordering::Greater => return None,
                        }
                    }
                    return None;
                }
            }
        }
    }

    /// Sets the value of a key, and returns the one before.
    pub(crate) fn insert(&mut self, key: &[u8], value: &[u8]) -> Option<Vec<u8>> {
        let Some(root) = &mut self.root else {
            let mut block = Block::default();
            block.push(key, value);
            self.root = Some(Node::Block(block.bytes.into()));
            return None;
        };
        let (old, split) = change(root, key, Some(value));
        if let Some(right) = split {
            let left = Child {
                from: Arc::from(&[][..]),
                node: root.clone(),
            };
            *root = Node::Branch(Arc::new(vec![left, right]));
        }
        old
    }

    /// Removes a key, and returns its value.
    pub(crate) fn remove(&mut self, key: &[u8]) -> Option<Vec<u8>> {
        let root = self.root.as_mut()?;
        let (old, _) = change(root, key, None);
        // A branch with one child is not needed.
        while let Node::Branch(children) = root
            && let [child] = children.as_slice()
        {
            *root = child.node.clone();
        }
        if matches!(root, Node::Block(block) if block.is_empty()) {
            self.root = None;
        }
        old
    }

    /// Visits the entries whose keys start with a prefix, from after (or, backwards, before) a key.
    pub(crate) fn scan(
        &self,
        prefix: &[u8],
        after: Option<&[u8]>,
        backwards: bool,
        visit: Visit<'_>,
    ) {
        if let Some(root) = &self.root {
            let scan = Scan {
                prefix,
                after,
                backwards,
            };
            // It ends early if there is nothing left to visit.
            let _ = scan.node(root, visit);
        }
    }
}

/// Returns the child that may have a key.
fn place(children: &[Child], key: &[u8]) -> usize {
    children
        .partition_point(|child| *child.from <= *key)
        .saturating_sub(1)
}

/// Sets or removes the value of a key. Returns the value before, and the right half of the node if it was split.
fn change(node: &mut Node, key: &[u8], value: Option<&[u8]>) -> (Option<Vec<u8>>, Option<Child>) {
    match node {
        Node::Block(block) => {
            let (old, left, right) = changed(block, key, value);
            if old.is_some() || value.is_some() {
                *block = left.into();
            }
            (old, right)
        }
        Node::Branch(children) => {
            let at = place(children, key);
            // Removing what is not there must not copy the path to it.
            if value.is_none() && !contains(&children[at].node, key) {
                return (None, None);
            }
            let children = Arc::make_mut(children);
            let (old, split) = change(&mut children[at].node, key, value);
            if let Some(right) = split {
                children.insert(at + 1, right);
            } else if value.is_none() {
                join(children, at);
            }
            let split = (children.len() > FAN_OUT).then(|| {
                // Keys that arrive in order leave full nodes behind.
                let middle = match at + 2 >= children.len() {
                    true => children.len() - 2,
                    false => children.len() / 2,
                };
                let right = children.split_off(middle);
                Child {
                    from: Arc::clone(&right[0].from),
                    node: Node::Branch(Arc::new(right)),
                }
            });
            (old, split)
        }
    }
}

fn contains(node: &Node, key: &[u8]) -> bool {
    let tree = Tree {
        root: Some(node.clone()),
    };
    tree.get(key).is_some()
}

/// Removes a child that has become empty, or joins it with its right neighbour if both are small blocks.
fn join(children: &mut Vec<Child>, at: usize) {
    let is_empty = match &children[at].node {
        Node::Block(block) => block.is_empty(),
        Node::Branch(inner) => inner.is_empty(),
    };
    if is_empty && children.len() > 1 {
        // The first child starts where its branch does.
        let from = Arc::clone(&children[at].from);
        children.remove(at);
        if at == 0 {
            children[0].from = from;
        }
        return;
    }
    // A branch of one child is replaced by the child.
    if let Node::Branch(inner) = &children[at].node
        && let [only] = inner.as_slice()
    {
        children[at].node = only.node.clone();
    }
    let Some([left, right]) = children.get(at..at + 2) else {
        return;
    };
    if let (Node::Block(left), Node::Block(right)) = (&left.node, &right.node)
        && left.len() < SMALL_BLOCK
        && left.len() + right.len() < BLOCK
    {
        let mut joined = Block::default();
        for block in [left, right] {
            let mut entries = Entries::new(block);
            while let Some(value) = entries.next() {
                joined.push(&entries.key, value);
            }
        }
        children[at].node = Node::Block(joined.bytes.into());
        children.remove(at + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn all(tree: &Tree, prefix: &[u8], after: Option<&[u8]>, backwards: bool) -> Vec<Vec<u8>> {
        let mut found = Vec::new();
        tree.scan(prefix, after, backwards, &mut |key, _| {
            found.push(key.to_vec());
            ControlFlow::Continue(())
        });
        found
    }

    /// Random changes have the same effect as on a map of the standard library, and copies keep what they had.
    #[test]
    fn it_is_a_map() {
        let mut rng = fastrand::Rng::with_seed(7);
        let mut tree = Tree::default();
        let mut map: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
        let mut copies = Vec::new();
        for step in 0..30_000_u32 {
            let key = format!("{:02}/{}", rng.u8(0..20), rng.u16(0..800)).into_bytes();
            // It grows, shrinks, and grows again.
            let grows = match step / 10_000 {
                1 => rng.u8(0..10) < 2,
                _ => rng.u8(0..10) < 7,
            };
            if grows {
                let value = vec![b'x'; rng.usize(0..120)];
                assert_eq!(tree.insert(&key, &value), map.insert(key, value));
            } else {
                assert_eq!(tree.remove(&key), map.remove(&key));
            }
            if step % 5000 == 0 {
                copies.push((tree.clone(), map.clone()));
            }
        }
        copies.push((tree, map));
        for (tree, map) in copies {
            let keys: Vec<Vec<u8>> = map.keys().cloned().collect();
            assert_eq!(all(&tree, b"", None, false), keys);
            for (key, value) in &map {
                assert_eq!(tree.get(key).as_ref(), Some(value));
            }
            for prefix in ["", "0", "07/", "13/5", "99", "19/"] {
                let within: Vec<Vec<u8>> = keys
                    .iter()
                    .filter(|key| key.starts_with(prefix.as_bytes()))
                    .cloned()
                    .collect();
                let mut reversed = within.clone();
                reversed.reverse();
                assert_eq!(all(&tree, prefix.as_bytes(), None, false), within);
                assert_eq!(all(&tree, prefix.as_bytes(), None, true), reversed);
                if let Some(middle) = within.get(within.len() / 2) {
                    let (before, after) = within.split_at(within.len() / 2);
                    assert_eq!(
                        all(&tree, prefix.as_bytes(), Some(middle), false),
                        &after[1..]
                    );
                    let mut before = before.to_vec();
                    before.reverse();
                    assert_eq!(all(&tree, prefix.as_bytes(), Some(middle), true), before);
                }
            }
        }
    }

    #[test]
    fn it_can_become_empty_again() {
        let mut tree = Tree::default();
        let keys: Vec<Vec<u8>> = (0..5000_u32).map(|i| i.to_be_bytes().to_vec()).collect();
        for key in &keys {
            tree.insert(key, b"value");
        }
        for key in keys.iter().rev() {
            assert!(tree.remove(key).is_some());
            assert!(tree.remove(key).is_none());
        }
        assert!(tree.root.is_none());
        assert!(all(&tree, b"", None, true).is_empty());
    }
}
