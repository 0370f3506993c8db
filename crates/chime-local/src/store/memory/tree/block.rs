//! Blocks: entries in order, each key without what it has in common with the one before it.

use super::{BLOCK, Child, Node};
use crate::store::pack::{number, take_number};
use std::sync::Arc;

/// A block as it is written.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) bytes: Vec<u8>,
    last: Vec<u8>,
}

impl Block {
    /// Appends an entry.
    pub(super) fn push(&mut self, key: &[u8], value: &[u8]) {
        let shared = common(&self.last, key);
        put(&mut self.bytes, shared, &key[shared..], value);
        self.last.truncate(shared);
        self.last.extend(&key[shared..]);
    }
}

/// The entries of a block, one after the other.
pub(super) struct Entries<'b> {
    length: usize,
    rest: &'b [u8],
    pub(super) key: Vec<u8>,
    /// What the current key has in common with the one before it.
    shared: usize,
}

impl<'b> Entries<'b> {
    pub(super) fn new(block: &'b [u8]) -> Self {
        Self {
            length: block.len(),
            rest: block,
            key: Vec::with_capacity(128),
            shared: 0,
        }
    }

    fn offset(&self) -> usize {
        self.length - self.rest.len()
    }

    /// Reads an entry: its key becomes the current one, and its value is returned.
    pub(super) fn next(&mut self) -> Option<&'b [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let mut length = || usize::try_from(take_number(&mut self.rest)?).ok();
        let (shared, suffix, value) = (length()?, length()?, length()?);
        let (suffix, rest) = self.rest.split_at_checked(suffix)?;
        let (value, rest) = rest.split_at_checked(value)?;
        self.key.truncate(shared);
        self.key.extend(suffix);
        self.rest = rest;
        self.shared = shared;
        Some(value)
    }
}

/// Returns the value before, the block after the change, and its right half if it was split.
pub(super) fn changed(
    block: &[u8],
    key: &[u8],
    value: Option<&[u8]>,
) -> (Option<Vec<u8>>, Vec<u8>, Option<Child>) {
    let room = key.len() + value.map_or(0, <[u8]>::len) + 16;
    let mut after = Vec::with_capacity(block.len() + room);
    let mut old = None;
    let mut entries = Entries::new(block);
    // What the key has in common with the entry before it.
    let mut before = 0;
    let mut is_last = true;
    loop {
        let offset = entries.offset();
        let Some(entry) = entries.next() else {
            after.extend(block);
            if let Some(value) = value {
                put(&mut after, before, &key[before..], value);
            }
            break;
        };
        let common = common(&entries.key, key);
        let order = entries.key[common..].cmp(&key[common..]);
        if order.is_lt() {
            before = common;
            continue;
        }
        after.extend(&block[..offset]);
        is_last = false;
        if let Some(value) = value {
            put(&mut after, before, &key[before..], value);
        }
        if order.is_eq() {
            old = Some(entry.to_vec());
        } else {
            let common = if value.is_some() {
                common
            } else {
                entries.shared
            };
            put(&mut after, common, &entries.key[common..], entry);
        }
        if order.is_eq() && value.is_none() {
            // The next entry has in common with the one before what all three have.
            let shared = entries.shared;
            if let Some(entry) = entries.next() {
                let shared = shared.min(entries.shared);
                put(&mut after, shared, &entries.key[shared..], entry);
            }
        }
        // The rest is copied as it is: the entry before it is the same as it was.
        after.extend(entries.rest);
        break;
    }
    if after.len() <= BLOCK {
        return (old, after, None);
    }
    let (left, right) = split(&after, is_last);
    (old, left, right)
}

/// Returns the length of what two keys have in common.
fn common(left: &[u8], right: &[u8]) -> usize {
    let pairs = left.iter().zip(right);
    pairs.take_while(|(left, right)| left == right).count()
}

/// Appends an entry whose key has a number of bytes in common with the one before it.
fn put(bytes: &mut Vec<u8>, shared: usize, suffix: &[u8], value: &[u8]) {
    number(bytes, shared as u64);
    number(bytes, suffix.len() as u64);
    number(bytes, value.len() as u64);
    bytes.extend(suffix);
    bytes.extend(value);
}

/// Splits a block in the middle, or before its last entry.
fn split(block: &[u8], before_last: bool) -> (Vec<u8>, Option<Child>) {
    let mut left = Block::default();
    let mut right = Block::default();
    let mut from: Option<Arc<[u8]>> = None;
    let mut entries = Entries::new(block);
    let middle = block.len() / 2;
    loop {
        let start = entries.offset();
        let Some(value) = entries.next() else { break };
        let is_right = match before_last {
            true => entries.rest.is_empty(),
            false => start >= middle,
        };
        if is_right && start > 0 {
            from.get_or_insert_with(|| entries.key.as_slice().into());
            right.push(&entries.key, value);
        } else {
            left.push(&entries.key, value);
        }
    }
    let right = from.map(|from| Child {
        from,
        node: Node::Block(right.bytes.into()),
    });
    (left.bytes, right)
}
