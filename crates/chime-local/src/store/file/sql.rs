//! Reads and writes rows.

use crate::document::Doc;
use crate::store::Failure;
use crate::store::key::Part;
use crate::store::table::{Table, part, snake};
use rusqlite::types::{ToSqlOutput, Value as SqlValue, ValueRef};
use rusqlite::{Connection, Row, ToSql, params_from_iter};
use serde_json::{Map, Value};
use std::fmt::Write;

impl ToSql for Part<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Int(value) => ToSqlOutput::Owned(SqlValue::Integer(*value)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

/// Appends the columns, separated by commas.
fn list(sql: &mut String, names: &[&str], suffix: &str) {
    for (i, name) in names.iter().enumerate() {
        let comma = if i > 0 { ", " } else { "" };
        // Writing to a string does not fail.
        let _ = write!(sql, "{comma}\"{}\"{suffix}", snake(name));
    }
}

/// Appends placeholders, separated by commas.
fn placeholders(sql: &mut String, count: usize) {
    for i in 0..count {
        sql.push_str(if i > 0 { ", ?" } else { "?" });
    }
}

/// Appends the condition that columns have values.
fn are(sql: &mut String, names: &[&str]) {
    for (i, name) in names.iter().enumerate() {
        let and = if i > 0 { " AND " } else { "" };
        let _ = write!(sql, "{and}\"{}\" = ?", snake(name));
    }
}

fn row(table: &Table, row: &Row<'_>) -> Result<Doc, Failure> {
    let damaged = || Failure(format!("a row of {} cannot be read", table.name));
    let columns = table.columns();
    let text = row.get_ref(columns.len())?;
    let text = text.as_str().map_err(|_| damaged())?;
    let mut members: Map<String, Value> = serde_json::from_str(text).map_err(|_| damaged())?;
    for (i, name) in columns.iter().enumerate() {
        let value = match row.get_ref(i)? {
            ValueRef::Null => continue,
            ValueRef::Integer(value) => Value::from(value),
            value => Value::from(value.as_str().map_err(|_| damaged())?),
        };
        members.insert((*name).to_owned(), value);
    }
    Ok(Doc(members))
}

pub(in crate::store) fn get(
    connection: &Connection,
    table: &Table,
    key: &[Part<'_>],
) -> Result<Option<Doc>, Failure> {
    let mut sql = String::from("SELECT ");
    list(&mut sql, &table.columns(), "");
    let _ = write!(sql, ", \"document\" FROM \"{}\" WHERE ", table.name);
    are(&mut sql, table.key);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(key))?;
    match rows.next()? {
        Some(found) => row(table, found).map(Some),
        None => Ok(None),
    }
}

pub(in crate::store) fn put(
    connection: &Connection,
    table: &Table,
    doc: &Doc,
) -> Result<(), Failure> {
    // A row without its key would be refused by the database as well, with less to say.
    table.key_of(doc)?;
    let columns = table.columns();
    let mut rest = Map::new();
    for (name, value) in &doc.0 {
        // A column that is no string or integer stays in the document.
        if !columns.contains(&name.as_str()) || part(doc, name).is_none() {
            rest.insert(name.clone(), value.clone());
        }
    }
    let mut sql = format!("REPLACE INTO \"{}\" (", table.name);
    list(&mut sql, &columns, "");
    sql.push_str(", \"document\") VALUES (");
    placeholders(&mut sql, columns.len() + 1);
    sql.push(')');
    let document = Value::Object(rest).to_string();
    let mut values: Vec<Option<Part<'_>>> = columns.iter().map(|name| part(doc, name)).collect();
    values.push(Some(Part::from(&document)));
    connection
        .prepare_cached(&sql)?
        .execute(params_from_iter(values))?;
    Ok(())
}

pub(in crate::store) fn remove(
    connection: &Connection,
    table: &Table,
    key: &[Part<'_>],
) -> Result<bool, Failure> {
    let mut sql = format!("DELETE FROM \"{}\" WHERE ", table.name);
    are(&mut sql, table.key);
    let removed = connection
        .prepare_cached(&sql)?
        .execute(params_from_iter(key))?;
    Ok(removed > 0)
}

/// Appends the condition of a scan, and returns the columns of its order.
fn scan(
    sql: &mut String,
    table: &Table,
    index: Option<usize>,
    prefix: &[Part<'_>],
) -> Result<Vec<&'static str>, Failure> {
    let index = match index {
        Some(index) => Some(
            table
                .indexes
                .get(index)
                .ok_or_else(|| Failure(format!("the table {} has no such index", table.name)))?,
        ),
        None => None,
    };
    let order = index.map_or_else(|| table.key.to_vec(), |index| index.order(table));
    if prefix.len() > order.len() {
        return Err(Failure(format!(
            "a key of {} has too many parts",
            table.name
        )));
    }
    // The order of the rows is that of the index, so no other one will do.
    let by = match index {
        Some(index) => format!("INDEXED BY \"{}\"", index.name),
        None => "NOT INDEXED".to_owned(),
    };
    let _ = write!(sql, " FROM \"{}\" {by} WHERE TRUE", table.name);
    for name in &order[..prefix.len()] {
        let _ = write!(sql, " AND \"{}\" = ?", snake(name));
    }
    // Rows that lack a column are not in the index.
    for name in index.iter().flat_map(|index| index.columns) {
        if order[prefix.len()..].contains(name) {
            let _ = write!(sql, " AND \"{}\" IS NOT NULL", snake(name));
        }
    }
    Ok(order)
}

pub(in crate::store) fn range(
    connection: &Connection,
    table: &Table,
    index: Option<usize>,
    prefix: &[Part<'_>],
    after: Option<&[Part<'_>]>,
    backwards: bool,
    limit: usize,
) -> Result<Vec<Doc>, Failure> {
    let mut sql = String::from("SELECT ");
    list(&mut sql, &table.columns(), "");
    sql.push_str(", \"document\"");
    let order = scan(&mut sql, table, index, prefix)?;
    let rest = &order[prefix.len()..];
    let after = after.map(|after| after.get(prefix.len()..).unwrap_or_default());
    let (beyond, direction) = if backwards { ("<", " DESC") } else { (">", "") };
    if let Some(after) = after.filter(|after| !after.is_empty()) {
        sql.push_str(" AND (");
        list(&mut sql, rest, "");
        let _ = write!(sql, ") {beyond} (");
        placeholders(&mut sql, after.len());
        sql.push(')');
    }
    if !rest.is_empty() {
        sql.push_str(" ORDER BY ");
        list(&mut sql, rest, direction);
    }
    sql.push_str(" LIMIT ?");
    let limit = Part::Int(i64::try_from(limit).unwrap_or(i64::MAX));
    let values = prefix.iter().chain(after.unwrap_or_default());
    let values = values.chain(std::iter::once(&limit));
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut found = Vec::new();
    while let Some(next) = rows.next()? {
        found.push(row(table, next)?);
    }
    Ok(found)
}

pub(in crate::store) fn count(
    connection: &Connection,
    table: &Table,
    index: Option<usize>,
    prefix: &[Part<'_>],
    limit: usize,
) -> Result<usize, Failure> {
    let mut sql = String::from("SELECT count(*) FROM (SELECT 1");
    scan(&mut sql, table, index, prefix)?;
    sql.push_str(" LIMIT ?)");
    let limit = Part::Int(i64::try_from(limit).unwrap_or(i64::MAX));
    let values = prefix.iter().chain(std::iter::once(&limit));
    let mut statement = connection.prepare_cached(&sql)?;
    let count: i64 = statement.query_row(params_from_iter(values), |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
}
