//! What a table is.

use super::Failure;
use super::key::Part;
use crate::document::Doc;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A table of documents.
///
/// The key and the columns of the indexes are members of the documents: strings, or integers. In a file, they are
/// columns with names in snake case, and the rest of the document is JSON.
#[derive(Debug)]
pub(crate) struct Table {
    /// The name: the service, `_`, and what the rows are, such as `chime_rooms`.
    pub(crate) name: &'static str,
    /// The members that identify a row. Rows are in the order of their keys.
    pub(crate) key: &'static [&'static str],
    pub(crate) indexes: &'static [Index],
}

/// Another order of a table's rows. Rows that lack one of the members are not in it.
#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) name: &'static str,
    /// The members that rows are found by. Rows with the same values are in the order of their keys.
    pub(crate) columns: &'static [&'static str],
}

impl Table {
    /// Returns the table's position among all tables.
    pub(super) fn position(&self) -> Result<usize, Failure> {
        static POSITIONS: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
            let tables = crate::operations::tables().iter().enumerate();
            tables.map(|(i, table)| (table.name, i)).collect()
        });
        POSITIONS.get(self.name).copied().ok_or_else(|| {
            Failure(format!(
                "the table {} is not in the list of tables",
                self.name
            ))
        })
    }

    pub(super) fn index(&self, name: &str) -> Result<(usize, &Index), Failure> {
        let mut indexes = self.indexes.iter().enumerate();
        indexes
            .find(|(_, index)| index.name == name)
            .ok_or_else(|| Failure(format!("the table {} has no index {name}", self.name)))
    }

    /// Returns the columns that are not in the document as it is stored: the key, then those of indexes.
    pub(super) fn columns(&self) -> Vec<&'static str> {
        let mut columns = self.key.to_vec();
        for column in self.indexes.iter().flat_map(|index| index.columns) {
            if !columns.contains(column) {
                columns.push(column);
            }
        }
        columns
    }

    /// Returns the values of the key.
    pub(super) fn key_of<'d>(&self, doc: &'d Doc) -> Result<Vec<Part<'d>>, Failure> {
        let parts = self.key.iter().map(|name| {
            part(doc, name).ok_or_else(|| Failure(format!("a row of {} has no {name}", self.name)))
        });
        parts.collect()
    }
}

impl Index {
    /// Returns the columns of the index, then those of the key that are not among them: the order of the rows.
    pub(super) fn order(&self, table: &Table) -> Vec<&'static str> {
        let mut order = self.columns.to_vec();
        order.extend(table.key.iter().filter(|name| !self.columns.contains(name)));
        order
    }

    /// Returns the values of the columns; `None` if the row is not in the index.
    pub(super) fn entry_of<'d>(&self, table: &Table, doc: &'d Doc) -> Option<Vec<Part<'d>>> {
        self.order(table)
            .iter()
            .map(|name| part(doc, name))
            .collect()
    }
}

/// Returns a value as a part of a key.
pub(super) fn part<'d>(doc: &'d Doc, name: &str) -> Option<Part<'d>> {
    match doc.get(name)? {
        Value::String(text) => Some(Part::Text(text.as_str().into())),
        Value::Number(number) => number.as_i64().map(Part::Int),
        _ => None,
    }
}

/// Returns a name in snake case, such as `app_instance_arn` for `AppInstanceArn`.
pub(crate) fn snake(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let mut column = String::new();
    for (i, character) in characters.iter().enumerate() {
        let starts_word = character.is_uppercase()
            && i > 0
            && (!characters[i - 1].is_uppercase()
                || characters
                    .get(i + 1)
                    .is_some_and(|next| next.is_lowercase()));
        if starts_word {
            column.push('_');
        }
        column.extend(character.to_lowercase());
    }
    column
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn columns_are_in_snake_case() {
        for (name, expected) in [
            ("AccountId", "account_id"),
            ("AppInstanceArn", "app_instance_arn"),
            ("ARN", "arn"),
            ("ResourceARN", "resource_arn"),
            ("E164PhoneNumber", "e164_phone_number"),
        ] {
            assert_eq!(snake(name), expected);
        }
    }

    /// Names are part of the file, so two tables must not share one.
    #[test]
    fn names_are_unique() {
        let mut names = BTreeSet::new();
        for table in crate::operations::tables() {
            assert!(names.insert(table.name), "{}", table.name);
            assert!(!table.key.is_empty(), "{}", table.name);
            for index in table.indexes {
                assert!(names.insert(index.name), "{}", index.name);
            }
        }
    }
}
