//! Opens data files, and refuses those that are not ours, are of another version, or are damaged.

use crate::store::table::{Table, snake};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::fmt::{self, Display};
use std::path::Path;
use std::time::Duration;

/// Marks the file as one of the local Chime: `CHIM`.
const APPLICATION: i32 = 0x4348_494d;

/// The statements that bring a file from version 1 to 2, from 2 to 3, and so on.
const MIGRATIONS: &[&str] = &[];

/// The version of the tables after all migrations.
const VERSION: i32 = 1 + MIGRATIONS.len() as i32;

/// How long to wait for another process that uses the file.
const BUSY: Duration = Duration::from_secs(5);

/// The number of statements that are kept compiled.
const STATEMENTS: usize = 256;

/// Why a data file cannot be used, in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenError(String);

impl OpenError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    fn at(path: &Path, what: impl Display) -> Self {
        Self(format!("{} {what}", path.display()))
    }
}

impl Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OpenError {}

/// Opens a file for writing, checks it, and creates what it lacks.
pub(super) fn writer(path: &Path) -> Result<Connection, OpenError> {
    let mut connection = writer_again(path)?;
    check(&connection, path)?;
    connection
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 16384;")
        .and_then(|()| {
            let tables: String = crate::operations::tables()
                .iter()
                .copied()
                .map(create)
                .collect();
            prepare(&mut connection, MIGRATIONS, &tables)
        })
        .map_err(|error| cannot_use(path, &error))?;
    Ok(connection)
}

/// Opens a file that was checked for writing.
pub(super) fn writer_again(path: &Path) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    open(path, flags, "PRAGMA cache_size = -16384;")
}

/// Opens a file that was checked for reading.
pub(super) fn reader(path: &Path) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
    open(
        path,
        flags,
        "PRAGMA query_only = ON; PRAGMA cache_size = -4096;",
    )
}

fn open(path: &Path, flags: OpenFlags, settings: &str) -> Result<Connection, OpenError> {
    // Each connection is used by one thread at a time.
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(path, flags).and_then(|connection| {
        connection.busy_timeout(BUSY)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;")?;
        connection.execute_batch(settings)?;
        Ok(connection)
    });
    opened.map_err(|error| cannot_use(path, &error))
}

fn cannot_use(path: &Path, error: &rusqlite::Error) -> OpenError {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    let what = match error.sqlite_error_code() {
        Some(NotADatabase | DatabaseCorrupt) => {
            format!(
                "is not a data file of the local Chime, or is damaged: {error}; use another file"
            )
        }
        _ => format!("cannot be used as a data file: {error}; check the path, or use another file"),
    };
    OpenError::at(path, what)
}

fn check(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i32>(0));
    let facts = || -> rusqlite::Result<(i32, i32, i32)> {
        Ok((
            number("SELECT count(*) FROM sqlite_schema")?,
            number("PRAGMA application_id")?,
            number("PRAGMA user_version")?,
        ))
    };
    let (tables, application, version) = facts().map_err(|error| cannot_use(path, &error))?;
    if tables == 0 && application == 0 {
        return Ok(());
    }
    if application != APPLICATION {
        return Err(OpenError::at(
            path,
            "is a database of another program; use another file",
        ));
    }
    if !(1..=VERSION).contains(&version) {
        return Err(OpenError::at(
            path,
            format_args!(
                "has version {version} of the tables, and this program knows versions 1 to {VERSION}; \
                 use the program that wrote it, or another file"
            ),
        ));
    }
    let verdict = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    let problem = match verdict {
        Ok(verdict) if verdict == "ok" => return Ok(()),
        Ok(verdict) => verdict.replace('\n', " "),
        Err(error) => error.to_string(),
    };
    Err(OpenError::at(
        path,
        format_args!("is damaged: {problem}; restore a copy, or use another file"),
    ))
}

/// Migrates the tables of an earlier version, and creates those that the file lacks. All of it happens or nothing.
fn prepare(connection: &mut Connection, migrations: &[&str], tables: &str) -> rusqlite::Result<()> {
    // Another process that opens the file has to wait until its version is right.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for (from, migration) in (1..).zip(migrations) {
        // A new file has version 0, and no tables to migrate.
        if (1..=from).contains(&version) {
            transaction.execute_batch(migration)?;
        }
    }
    transaction.execute_batch(tables)?;
    transaction.execute_batch(&format!(
        "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {};",
        1 + migrations.len()
    ))?;
    transaction.commit()
}

/// Returns the statements that create a table and its indexes.
fn create(table: &Table) -> String {
    let quoted = |names: &[&str]| {
        let names = names.iter().map(|name| format!("\"{}\"", snake(name)));
        names.collect::<Vec<String>>().join(", ")
    };
    let mut columns = String::new();
    for name in table.columns() {
        let is_key = table.key.contains(&name);
        let constraint = if is_key { " NOT NULL" } else { "" };
        columns += &format!("  \"{}\"{constraint},\n", snake(name));
    }
    let mut statements = format!(
        "CREATE TABLE IF NOT EXISTS \"{}\" (\n{columns}  \"document\" TEXT NOT NULL,\n  PRIMARY KEY ({})\n) WITHOUT ROWID;\n",
        table.name,
        quoted(table.key)
    );
    for index in table.indexes {
        statements += &format!(
            "CREATE INDEX IF NOT EXISTS \"{}\" ON \"{}\" ({});\n",
            index.name,
            table.name,
            quoted(&index.order(table))
        );
    }
    statements
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLES: &str = "CREATE TABLE IF NOT EXISTS t (a, b, c);";

    /// A file of version 1 has one column, and each of the steps adds one.
    const STEPS: &[&str] = &[
        "ALTER TABLE t ADD COLUMN b; UPDATE t SET b = a + 1;",
        "ALTER TABLE t ADD COLUMN c; UPDATE t SET c = b + 1;",
    ];

    /// Returns a database of version 1, which has gone some of the steps.
    fn database(steps: &[&str]) -> Connection {
        let mut connection = Connection::open_in_memory().expect("a database");
        prepare(
            &mut connection,
            &[],
            "CREATE TABLE t (a); INSERT INTO t VALUES (1);",
        )
        .expect("a file of version 1");
        prepare(&mut connection, steps, "").expect("a later version");
        connection
    }

    fn version(connection: &Connection) -> i32 {
        let version = connection.query_row("PRAGMA user_version", [], |row| row.get(0));
        version.expect("a version")
    }

    #[test]
    fn every_version_goes_the_steps_that_it_lacks() {
        for from in 0..=STEPS.len() {
            let mut connection = database(&STEPS[..from]);
            assert_eq!(
                version(&connection),
                1 + i32::try_from(from).expect("a few")
            );
            // The second time, there is nothing left to do.
            for _ in 0..2 {
                prepare(&mut connection, STEPS, TABLES).expect("a migration");
                assert_eq!(version(&connection), 3);
                let row = connection.query_row("SELECT a, b, c FROM t", [], |row| {
                    Ok([row.get(0)?, row.get(1)?, row.get(2)?])
                });
                assert_eq!(row, Ok([1, 2, 3]), "from version {}", from + 1);
            }
        }
    }

    #[test]
    fn a_new_file_has_nothing_to_migrate() {
        let mut connection = Connection::open_in_memory().expect("a database");
        prepare(&mut connection, STEPS, TABLES).expect("a new file");
        assert_eq!(version(&connection), 3);
    }

    #[test]
    fn a_step_that_fails_changes_nothing() {
        let mut connection = database(&[]);
        let steps = [STEPS[0], "UPDATE t SET no_such_column = 1;"];
        prepare(&mut connection, &steps, TABLES).expect_err("an error");
        assert_eq!(version(&connection), 1);
        let columns =
            connection.query_row("SELECT count(*) FROM pragma_table_info('t')", [], |row| {
                row.get::<_, i32>(0)
            });
        assert_eq!(columns, Ok(1));
    }
}
