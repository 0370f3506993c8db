//! Results as JSON, tables and CSV.

use serde_json::{Map, Value};
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Indented JSON
    Json,
    /// Tables for people
    Table,
    /// CSV: the rows of a list, with a header
    Csv,
}

impl Format {
    /// Returns a result in this format.
    pub(super) fn write(self, value: &Value) -> Result<String, String> {
        match self {
            Self::Json => Ok(json(value)),
            Self::Table => Ok(tables(value)),
            Self::Csv => csv(value),
        }
    }
}

/// Returns indented JSON.
pub(super) fn json(value: &Value) -> String {
    format!("{value:#}")
}

/// Rows with the names of their columns.
#[derive(Debug, Default)]
struct Rows {
    /// Empty if the columns have no names.
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Rows {
    /// The rows of a list: a column for each member of structures, or for each item of lists.
    fn of_list(items: &[Value]) -> Self {
        let structures: Option<Vec<_>> = items.iter().map(Value::as_object).collect();
        if let Some(structures) = structures {
            return Self::of_structures(&structures);
        }
        let cells = |item: &Value| match item {
            Value::Array(cells) => cells.iter().map(cell).collect(),
            item => vec![cell(item)],
        };
        let mut rows: Vec<Vec<String>> = items.iter().map(cells).collect();
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        for row in &mut rows {
            row.resize(width, String::new());
        }
        Self {
            header: Vec::new(),
            rows,
        }
    }

    fn of_structures(structures: &[&Map<String, Value>]) -> Self {
        let flat: Vec<BTreeMap<String, String>> = structures
            .iter()
            .map(|structure| {
                let mut cells = BTreeMap::new();
                flatten(String::new(), structure, &mut cells);
                cells
            })
            .collect();
        let mut header: Vec<String> = flat.iter().flat_map(|row| row.keys().cloned()).collect();
        header.sort();
        header.dedup();
        let rows = flat.iter().map(|row| {
            let cells = header.iter().map(|name| row.get(name).cloned());
            cells.map(Option::unwrap_or_default).collect()
        });
        Self {
            rows: rows.collect(),
            header,
        }
    }
}

/// Adds the members of a structure to a row. Those of structures inside it have the path as their name.
fn flatten(prefix: String, structure: &Map<String, Value>, cells: &mut BTreeMap<String, String>) {
    for (name, value) in structure {
        let name = format!("{prefix}{name}");
        match value {
            Value::Object(inner) if !inner.is_empty() => flatten(format!("{name}."), inner, cells),
            value => {
                cells.insert(name, cell(value));
            }
        }
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Returns the list in a result that has exactly one and no nested structures. The other members, such as a token,
/// are left out of the table.
fn only_list(members: &Map<String, Value>) -> Option<&[Value]> {
    let mut lists = members.values().filter_map(Value::as_array);
    let is_simple = members.values().all(|value| !value.is_object());
    match (lists.next(), lists.next()) {
        (Some(list), None) if is_simple => Some(list),
        _ => None,
    }
}

fn csv(value: &Value) -> Result<String, String> {
    let rows = match value {
        Value::Array(items) => Rows::of_list(items),
        Value::Object(members) => match only_list(members) {
            Some(list) => Rows::of_list(list),
            None => Rows::of_structures(&[members]),
        },
        value => Rows::of_list(std::slice::from_ref(value)),
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = std::iter::once(&rows.header).filter(|header| !header.is_empty());
    for record in header.chain(rows.rows.iter().filter(|row| !row.is_empty())) {
        writer.write_record(record).map_err(|it| it.to_string())?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

fn tables(value: &Value) -> String {
    let mut out = Vec::new();
    match value {
        Value::Object(members) => tables_of(None, members, &mut out),
        Value::Array(items) => out.push(table(None, &Rows::of_list(items))),
        value => out.push(format!("{}\n", visible(&cell(value)))),
    }
    out.join("\n")
}

/// Adds a table for what is simple in a structure, and one for each list and structure inside it.
fn tables_of(title: Option<&str>, members: &Map<String, Value>, out: &mut Vec<String>) {
    let is_large = |value: &Value| match value {
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => false,
    };
    let simple = members.iter().filter(|(_, value)| !is_large(value));
    let rows: Vec<_> = simple
        .map(|(name, value)| vec![name.clone(), cell(value)])
        .collect();
    if !rows.is_empty() {
        let header = Vec::new();
        out.push(table(title, &Rows { header, rows }));
    }
    for (name, value) in members {
        let name = match title {
            Some(title) => format!("{title}.{name}"),
            None => name.clone(),
        };
        match value {
            Value::Object(members) => tables_of(Some(&name), members, out),
            Value::Array(items) if !items.is_empty() => {
                out.push(table(Some(&name), &Rows::of_list(items)));
            }
            _ => {}
        }
    }
}

/// Returns a table with its title. Columns are as wide as their widest cell.
fn table(title: Option<&str>, rows: &Rows) -> String {
    let shown = |row: &Vec<String>| row.iter().map(|cell| visible(cell)).collect::<Vec<_>>();
    let header = shown(&rows.header);
    let body: Vec<_> = rows.rows.iter().map(shown).collect();
    let mut widths: Vec<usize> = Vec::new();
    for row in std::iter::once(&header).chain(&body) {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let line = |row: &[String]| {
        let mut line = String::new();
        for (index, (cell, width)) in row.iter().zip(&widths).enumerate() {
            if index > 0 {
                line.push_str("  ");
            }
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.width())));
        }
        format!("{}\n", line.trim_end())
    };
    let mut out = title.map_or_else(String::new, |title| format!("{title}\n"));
    if !header.is_empty() {
        out.push_str(&line(&header));
        let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
        out.push_str(&line(&rules));
    }
    for row in &body {
        out.push_str(&line(row));
    }
    out
}

/// Returns a cell on one line, without what a terminal would obey.
fn visible(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for c in cell.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn page() -> Value {
        json!({
            "NextToken": "t",
            "Rooms": [
                {"Name": "first", "Owner": {"Id": "a,1"}, "Tags": ["x"]},
                {"Name": "日本\n", "Size": 3},
            ],
        })
    }

    #[test]
    fn a_list_of_structures_is_rows() {
        assert_eq!(
            Format::Csv.write(&page()).expect("CSV"),
            "Name,Owner.Id,Size,Tags\nfirst,\"a,1\",,\"[\"\"x\"\"]\"\n\"日本\n\",,3,\n"
        );
        assert_eq!(
            Format::Table.write(&page()).expect("a table"),
            "NextToken  t\n\nRooms\nName    Owner.Id  Size  Tags\n------  --------  ----  -----\n\
             first   a,1             [\"x\"]\n日本\\n            3\n"
        );
    }

    #[test]
    fn other_values_are_rows_too() {
        for (value, csv, table) in [
            (json!([["a", 1], ["b"]]), "a,1\nb,\n", "a  1\nb\n"),
            (json!(["a", null, true]), "a\n\"\"\ntrue\n", "a\n\ntrue\n"),
            (
                json!({"Room": {"Id": "a"}}),
                "Room.Id\na\n",
                "Room\nId  a\n",
            ),
            (json!("\u{1b}[31m"), "\u{1b}[31m\n", "\\u{1b}[31m\n"),
            (json!({}), "", ""),
            (json!([]), "", ""),
            (json!({"Rooms": []}), "", "Rooms  []\n"),
            (json!([{}]), "", ""),
        ] {
            assert_eq!(Format::Csv.write(&value).expect("CSV"), csv, "{value}");
            let written = Format::Table.write(&value).expect("a table");
            assert_eq!(written.trim_end(), table.trim_end(), "{value}");
        }
    }
}
