//! Tables in memory.
//!
//! A [`Root`] is a version of all tables. Copying one costs little, whatever its size, because versions share what
//! they have in common. So a request works on its own version, readers never wait, and a snapshot is a copy.

mod tree;

use super::key::{Part, encode};
use super::pack::{pack, unpack};
use super::table::Table;
use super::{Failure, key};
use crate::document::Doc;
use serde_json::Value;
use std::ops::ControlFlow;
use std::sync::Arc;
pub(super) use tree::Tree;

/// A version of all tables.
#[derive(Debug, Clone)]
pub(crate) struct Root {
    tables: Vec<Arc<Rows>>,
}

/// The rows of a table, and its indexes.
#[derive(Debug, Clone, Default)]
struct Rows {
    rows: Tree,
    indexes: Vec<Tree>,
}

impl Default for Root {
    fn default() -> Self {
        let tables = crate::operations::tables().iter().map(|table| {
            Arc::new(Rows {
                rows: Tree::default(),
                indexes: vec![Tree::default(); table.indexes.len()],
            })
        });
        Self {
            tables: tables.collect(),
        }
    }
}

fn damaged(table: &Table) -> Failure {
    Failure(format!("a row of {} cannot be read", table.name))
}

/// Returns the row with this key.
fn row(table: &Table, key: &[u8], value: &[u8]) -> Result<Doc, Failure> {
    let mut doc = unpack(value).ok_or_else(|| damaged(table))?;
    let parts = key::decode(key).ok_or_else(|| damaged(table))?;
    for (name, part) in table.key.iter().zip(parts) {
        let value = match part {
            Part::Int(value) => Value::from(value),
            Part::Text(text) => Value::String(text.into_owned()),
        };
        doc.0.insert((*name).to_owned(), value);
    }
    Ok(doc)
}

impl Root {
    fn rows(&self, table: &Table) -> Result<&Rows, Failure> {
        let rows = self.tables.get(table.position()?);
        rows.map(|rows| &**rows).ok_or_else(|| damaged(table))
    }

    fn rows_mut(&mut self, table: &Table) -> Result<&mut Rows, Failure> {
        let rows = self.tables.get_mut(table.position()?);
        rows.map(Arc::make_mut).ok_or_else(|| damaged(table))
    }

    pub(super) fn get(&self, table: &Table, key: &[Part<'_>]) -> Result<Option<Doc>, Failure> {
        let key = encode(key);
        match self.rows(table)?.rows.get(&key) {
            Some(value) => row(table, &key, &value).map(Some),
            None => Ok(None),
        }
    }

    pub(super) fn has(&self, table: &Table, key: &[Part<'_>]) -> Result<bool, Failure> {
        Ok(self.rows(table)?.rows.get(&encode(key)).is_some())
    }

    pub(super) fn put(&mut self, table: &Table, doc: &Doc) -> Result<(), Failure> {
        let key = encode(&table.key_of(doc)?);
        let rows = self.rows_mut(table)?;
        let value = pack(doc, table.key);
        let old = rows.rows.insert(&key, &value);
        if table.indexes.is_empty() {
            return Ok(());
        }
        let old = match old {
            Some(old) => Some(row(table, &key, &old)?),
            None => None,
        };
        for (index, tree) in table.indexes.iter().zip(&mut rows.indexes) {
            let entry = |doc: &Doc| Some(encode(&index.entry_of(table, doc)?));
            let (before, after) = (old.as_ref().and_then(entry), entry(doc));
            if before != after {
                if let Some(before) = before {
                    tree.remove(&before);
                }
                if let Some(after) = after {
                    tree.insert(&after, &[]);
                }
            }
        }
        Ok(())
    }

    /// Removes a row, and returns whether there was one.
    pub(super) fn remove(&mut self, table: &Table, key: &[Part<'_>]) -> Result<bool, Failure> {
        let key = encode(key);
        let rows = self.rows_mut(table)?;
        let Some(old) = rows.rows.remove(&key) else {
            return Ok(false);
        };
        if !table.indexes.is_empty() {
            let old = row(table, &key, &old)?;
            for (index, tree) in table.indexes.iter().zip(&mut rows.indexes) {
                if let Some(entry) = index.entry_of(table, &old) {
                    tree.remove(&encode(&entry));
                }
            }
        }
        Ok(true)
    }

    /// Returns rows whose key, or entry in the index, starts with a prefix and is beyond a position.
    pub(super) fn range(
        &self,
        table: &Table,
        index: Option<usize>,
        prefix: &[Part<'_>],
        after: Option<&[Part<'_>]>,
        backwards: bool,
        limit: usize,
    ) -> Result<Vec<Doc>, Failure> {
        let rows = self.rows(table)?;
        let prefix = encode(prefix);
        let after = after.map(encode);
        let mut found = Vec::new();
        let mut result = Ok(());
        let tree = match index {
            None => &rows.rows,
            Some(index) => rows.indexes.get(index).ok_or_else(|| damaged(table))?,
        };
        let order = index.and_then(|index| table.indexes.get(index));
        let order = order.map(|index| index.order(table));
        let mut visit = |key: &[u8], value: &[u8]| {
            if found.len() == limit {
                return ControlFlow::Break(());
            }
            let doc = match &order {
                None => row(table, key, value),
                Some(order) => indexed(rows, table, order, key),
            };
            match doc {
                Ok(doc) => {
                    found.push(doc);
                    ControlFlow::Continue(())
                }
                Err(failure) => {
                    result = Err(failure);
                    ControlFlow::Break(())
                }
            }
        };
        tree.scan(&prefix, after.as_deref(), backwards, &mut visit);
        result.map(|()| found)
    }

    /// Returns the number of rows whose key, or entry in the index, starts with a prefix.
    pub(super) fn count(
        &self,
        table: &Table,
        index: Option<usize>,
        prefix: &[Part<'_>],
        limit: usize,
    ) -> Result<usize, Failure> {
        let rows = self.rows(table)?;
        let tree = match index {
            None => &rows.rows,
            Some(index) => rows.indexes.get(index).ok_or_else(|| damaged(table))?,
        };
        let mut count = 0;
        tree.scan(&encode(prefix), None, false, &mut |_, _| {
            count += 1;
            match count < limit {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        });
        Ok(count)
    }
}

/// Returns the row of an entry of an index.
fn indexed(rows: &Rows, table: &Table, order: &[&str], entry: &[u8]) -> Result<Doc, Failure> {
    let parts = key::decode(entry).ok_or_else(|| damaged(table))?;
    let key: Option<Vec<Part<'_>>> = table
        .key
        .iter()
        .map(|name| {
            let place = order.iter().position(|known| known == name)?;
            parts.get(place).cloned()
        })
        .collect();
    let key = encode(&key.ok_or_else(|| damaged(table))?);
    let value = rows.rows.get(&key).ok_or_else(|| damaged(table))?;
    row(table, &key, &value)
}
