//! All rows as lines of JSON, and copies of all tables.

use super::memory::Root;
use super::{Data, Scan, Table, Tx};
use crate::document::Doc;
use crate::refusal::Refusal;
use serde_json::{Map, Value, json};
use std::io::{BufRead, Write};
use std::sync::Arc;

/// The version of the lines: that of the tables.
pub(crate) const VERSION: i64 = 1;

fn failed(error: impl std::fmt::Display) -> Refusal {
    Refusal::failure(error.to_string())
}

/// Writes a line that says what follows, and a line for each row. Returns the number of rows.
pub(crate) fn export(tx: &Tx<'_>, out: &mut dyn Write) -> Result<u64, Refusal> {
    writeln!(out, "{}", json!({"local-chime": VERSION})).map_err(failed)?;
    let mut count = 0;
    for table in crate::operations::tables() {
        tx.each(&Scan::of(table, ()), None, |_, row| {
            let line = json!({"table": table.name, "row": sorted(table, row)});
            writeln!(out, "{line}").map_err(failed)?;
            count += 1;
            Ok(true)
        })?;
    }
    out.flush().map_err(failed)?;
    Ok(count)
}

/// Returns a row with its key first, and the rest in the order of the names: the same from any store.
fn sorted(table: &Table, row: Doc) -> Value {
    let mut members: Vec<(String, Value)> = row.0.into_iter().collect();
    members.sort_by(|(left, _), (right, _)| {
        let place = |name: &str| {
            let mut key = table.key.iter();
            key.position(|own| *own == name).unwrap_or(table.key.len())
        };
        (place(left), left).cmp(&(place(right), right))
    });
    Value::Object(members.into_iter().collect())
}

/// Adds the rows of an export, and returns their number. A row with the same key is replaced.
pub(crate) fn import(tx: &mut Tx<'_>, lines: &mut dyn BufRead) -> Result<u64, Refusal> {
    let mut count = 0;
    let mut text = String::new();
    for number in 1_u64.. {
        text.clear();
        if lines.read_line(&mut text).map_err(failed)? == 0 {
            if number == 1 {
                return Err(failed(
                    "there are no lines, not even the one that says what follows",
                ));
            }
            break;
        }
        let at = |what: &dyn std::fmt::Display| failed(format_args!("line {number}: {what}"));
        if text.trim().is_empty() {
            continue;
        }
        let mut line: Map<String, Value> =
            serde_json::from_str(&text).map_err(|error| at(&error))?;
        if number == 1 {
            if line.get("local-chime").and_then(Value::as_i64) != Some(VERSION) {
                return Err(at(&format_args!(
                    "is not {}, the first line of an export of this version",
                    json!({"local-chime": VERSION})
                )));
            }
            continue;
        }
        let (Some(Value::String(name)), Some(Value::Object(row))) =
            (line.remove("table"), line.remove("row"))
        else {
            return Err(at(
                &"has no table and row, as in {\"table\": \"chime_rooms\", \"row\": {...}}",
            ));
        };
        let mut tables = crate::operations::tables().iter();
        let table = tables.find(|table| table.name == name);
        let table = table.ok_or_else(|| at(&format_args!("there is no table {name}")))?;
        tx.put(table, &Doc(row))
            .map_err(|refusal| at(&refusal.message))?;
        count += 1;
    }
    Ok(count)
}

/// Returns a copy of all tables.
pub(crate) fn copy(tx: &Tx<'_>) -> Result<Arc<Root>, Refusal> {
    let mut root = Root::default();
    for table in crate::operations::tables() {
        tx.each(&Scan::of(table, ()), None, |_, row| {
            root.put(table, &row)?;
            Ok(true)
        })?;
    }
    Ok(Arc::new(root))
}

/// Replaces all tables by a copy.
pub(crate) fn replace(
    tx: &mut Tx<'_>,
    root: &Arc<Root>,
    context: crate::context::Context,
) -> Result<(), Refusal> {
    let source = Tx::new(Data::Memory(Arc::clone(root)), true, context);
    for table in crate::operations::tables() {
        tx.remove_all(&Scan::of(table, ()))?;
        source.each(&Scan::of(table, ()), None, |_, row| {
            tx.put(table, &row)?;
            Ok(true)
        })?;
    }
    Ok(())
}
