//! What a request reads and changes.

use super::key::{IntoKey, Part, decode, encode};
use super::memory::Root;
use super::table::{Table, part};
use super::{Failure, file};
use crate::context::Context;
use crate::document::Doc;
use crate::faults::ItemFaults;
use crate::refusal::{ItemError, Refusal};
use rusqlite::Connection;
use std::sync::Arc;

/// The number of rows that are read at once.
const CHUNK: usize = 128;

/// The tables as a request sees them.
#[derive(Debug)]
pub(crate) enum Data<'c> {
    Memory(Arc<Root>),
    File(&'c Connection),
}

/// The tables, the time and the random choices of a request.
///
/// If the request is refused, nothing that it changed remains.
#[derive(Debug)]
pub(crate) struct Tx<'c> {
    data: Data<'c>,
    is_read: bool,
    context: Context,
    item_faults: Option<ItemFaults>,
}

/// Rows of a table, in the order of their keys or of an index.
#[derive(Debug, Clone)]
pub(crate) struct Scan<'a> {
    table: &'static Table,
    index: Option<&'static str>,
    prefix: Vec<Part<'a>>,
    backwards: bool,
}

impl<'a> Scan<'a> {
    /// All rows whose keys start with these values.
    pub(crate) fn of(table: &'static Table, prefix: impl IntoKey<'a>) -> Self {
        Self {
            table,
            index: None,
            prefix: prefix.into_key(),
            backwards: false,
        }
    }

    /// All rows whose columns of an index start with these values.
    pub(crate) fn by(table: &'static Table, index: &'static str, prefix: impl IntoKey<'a>) -> Self {
        Self {
            index: Some(index),
            ..Self::of(table, prefix)
        }
    }

    /// The same rows in the opposite order.
    #[must_use]
    pub(crate) fn backwards(mut self) -> Self {
        self.backwards = !self.backwards;
        self
    }

    pub(crate) fn table(&self) -> &'static Table {
        self.table
    }

    /// Returns the columns whose values are the position of a row.
    fn order(&self) -> Result<Vec<&'static str>, Failure> {
        match self.index {
            None => Ok(self.table.key.to_vec()),
            Some(name) => Ok(self.table.index(name)?.1.order(self.table)),
        }
    }

    /// Returns the position of a row.
    pub(crate) fn cursor(&self, doc: &Doc) -> Result<Cursor, Refusal> {
        let parts = self.order()?.into_iter().map(|name| part(doc, name));
        let parts: Option<Vec<Part<'_>>> = parts.collect();
        let parts = parts.ok_or_else(|| Refusal::failure("a row has no position"))?;
        Ok(Cursor(encode(&parts)))
    }
}

/// The position of a row in a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor(pub(crate) Vec<u8>);

impl<'c> Tx<'c> {
    pub(crate) fn new(data: Data<'c>, is_read: bool, context: Context) -> Self {
        Self {
            data,
            is_read,
            context,
            item_faults: None,
        }
    }

    pub(crate) fn with_item_faults(mut self, faults: Option<ItemFaults>) -> Self {
        self.item_faults = faults;
        self
    }

    /// Returns the tables after the changes.
    pub(crate) fn into_data(self) -> Data<'c> {
        self.data
    }

    /// Returns the row with a key.
    pub(crate) fn get<'k>(
        &self,
        table: &'static Table,
        key: impl IntoKey<'k>,
    ) -> Result<Option<Doc>, Refusal> {
        let key = key.into_key();
        Ok(match &self.data {
            Data::Memory(root) => root.get(table, &key)?,
            Data::File(connection) => file::get(connection, table, &key)?,
        })
    }

    /// Returns the row with a key.
    ///
    /// # Errors
    ///
    /// If there is none, returns a `NotFoundException` that says what does not exist.
    pub(crate) fn find<'k>(
        &self,
        table: &'static Table,
        key: impl IntoKey<'k>,
        what: &str,
    ) -> Result<Doc, Refusal> {
        let key = key.into_key();
        self.get(table, key.clone())?
            .ok_or_else(|| missing(what, &key))
    }

    /// Returns whether there is a row with a key.
    pub(crate) fn has<'k>(
        &self,
        table: &'static Table,
        key: impl IntoKey<'k>,
    ) -> Result<bool, Refusal> {
        let key = key.into_key();
        Ok(match &self.data {
            Data::Memory(root) => root.has(table, &key)?,
            Data::File(connection) => file::get(connection, table, &key)?.is_some(),
        })
    }

    /// Makes sure that there is a row with a key, without reading it.
    ///
    /// # Errors
    ///
    /// If there is none, returns a `NotFoundException` that says what does not exist.
    pub(crate) fn require<'k>(
        &self,
        table: &'static Table,
        key: impl IntoKey<'k>,
        what: &str,
    ) -> Result<(), Refusal> {
        let key = key.into_key();
        match self.has(table, key.clone())? {
            true => Ok(()),
            false => Err(missing(what, &key)),
        }
    }

    /// Adds a row, or replaces the one with the same key. The key is among the members of the document.
    pub(crate) fn put(&mut self, table: &'static Table, doc: &Doc) -> Result<(), Refusal> {
        self.check_write()?;
        match &mut self.data {
            Data::Memory(root) => Arc::make_mut(root).put(table, doc)?,
            Data::File(connection) => file::put(connection, table, doc)?,
        }
        Ok(())
    }

    /// Removes a row, and returns whether there was one.
    pub(crate) fn remove<'k>(
        &mut self,
        table: &'static Table,
        key: impl IntoKey<'k>,
    ) -> Result<bool, Refusal> {
        self.check_write()?;
        let key = key.into_key();
        Ok(match &mut self.data {
            Data::Memory(root) => Arc::make_mut(root).remove(table, &key)?,
            Data::File(connection) => file::remove(connection, table, &key)?,
        })
    }

    /// Removes all rows of a scan.
    pub(crate) fn remove_all(&mut self, scan: &Scan<'_>) -> Result<(), Refusal> {
        loop {
            let rows = self.rows(scan, None, CHUNK)?;
            if rows.is_empty() {
                return Ok(());
            }
            for doc in &rows {
                self.remove(scan.table, scan.table.key_of(doc)?)?;
            }
        }
    }

    /// Returns the rows of a scan after a position, up to a number.
    pub(crate) fn rows(
        &self,
        scan: &Scan<'_>,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<Doc>, Refusal> {
        let after = match after {
            Some(cursor) => Some(
                decode(&cursor.0)
                    .filter(|parts| scan.order().is_ok_and(|order| order.len() == parts.len()))
                    .ok_or_else(|| Refusal::failure("a position is not one of this list"))?,
            ),
            None => None,
        };
        let index = match scan.index {
            Some(name) => Some(scan.table.index(name)?.0),
            None => None,
        };
        let (table, prefix, after) = (scan.table, &*scan.prefix, after.as_deref());
        Ok(match &self.data {
            Data::Memory(root) => root.range(table, index, prefix, after, scan.backwards, limit)?,
            Data::File(connection) => file::range(
                connection,
                table,
                index,
                prefix,
                after,
                scan.backwards,
                limit,
            )?,
        })
    }

    /// Returns all rows of a scan. Use [`each`](Self::each) or a page if they may be many.
    pub(crate) fn all(&self, scan: &Scan<'_>) -> Result<Vec<Doc>, Refusal> {
        self.rows(scan, None, usize::MAX)
    }

    /// Returns the first row of a scan.
    pub(crate) fn first(&self, scan: &Scan<'_>) -> Result<Option<Doc>, Refusal> {
        Ok(self.rows(scan, None, 1)?.pop())
    }

    /// Calls a function with each row of a scan after a position, until it returns `false`.
    pub(crate) fn each(
        &self,
        scan: &Scan<'_>,
        after: Option<Cursor>,
        mut visit: impl FnMut(&Self, Doc) -> Result<bool, Refusal>,
    ) -> Result<(), Refusal> {
        let mut after = after;
        loop {
            let rows = self.rows(scan, after.as_ref(), CHUNK)?;
            let is_last = rows.len() < CHUNK;
            after = match rows.last() {
                Some(row) => Some(scan.cursor(row)?),
                None => None,
            };
            for doc in rows {
                if !visit(self, doc)? {
                    return Ok(());
                }
            }
            if is_last {
                return Ok(());
            }
        }
    }

    /// Returns the number of rows of a scan, counting no further than a limit.
    pub(crate) fn count(&self, scan: &Scan<'_>, limit: usize) -> Result<usize, Refusal> {
        let index = match scan.index {
            Some(name) => Some(scan.table.index(name)?.0),
            None => None,
        };
        Ok(match &self.data {
            Data::Memory(root) => root.count(scan.table, index, &scan.prefix, limit)?,
            Data::File(connection) => {
                file::count(connection, scan.table, index, &scan.prefix, limit)?
            }
        })
    }

    /// Returns a number beyond that of the last row of a scan, whose key ends in an integer.
    pub(crate) fn next_position(&self, scan: &Scan<'_>, member: &str) -> Result<i64, Refusal> {
        let last = self.first(&scan.clone().backwards())?;
        Ok(last.and_then(|row| row.int(member)).unwrap_or_default() + 1)
    }

    /// Returns the time of the request, in milliseconds since the epoch.
    pub(crate) fn now(&self) -> i64 {
        self.context.now
    }

    /// Returns a new ID: a UUID. Later IDs are greater, so rows that have them as keys are in the order of their
    /// creation.
    pub(crate) fn new_id(&self) -> String {
        self.context.new_id()
    }

    /// Returns random digits, of which the first is not 0.
    pub(crate) fn digits(&self, count: usize) -> String {
        self.context.digits(count)
    }

    /// Returns random letters and digits, for secrets and tokens.
    pub(crate) fn letters(&self, count: usize) -> String {
        self.context.letters(count)
    }

    /// The region of the request: that of its signature, or us-east-1.
    pub(crate) fn region(&self) -> &str {
        &self.context.region
    }

    /// Returns the ARN of a resource, such as `app-instance/ID`.
    pub(crate) fn arn(&self, resource: &str) -> String {
        crate::arn::arn(self.region(), resource)
    }

    /// Returns why the faults refuse an item of a batch, if they do.
    pub(crate) fn item_fault(&mut self, id: &str) -> Option<ItemError> {
        self.item_faults.as_mut()?.refuse(id)
    }

    fn check_write(&self) -> Result<(), Refusal> {
        match self.is_read {
            true => Err(Refusal::failure(
                "an operation that only reads tried to write",
            )),
            false => Ok(()),
        }
    }
}

fn missing(what: &str, key: &[Part<'_>]) -> Refusal {
    let id = match key.last() {
        Some(Part::Text(id)) => id.to_string(),
        Some(Part::Int(id)) => id.to_string(),
        None => String::new(),
    };
    Refusal::not_found(what, &id)
}
