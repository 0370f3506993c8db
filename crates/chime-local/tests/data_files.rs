//! Files that are opened, migrated or refused.

use chime_local::{Chime, Clock};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

fn open(path: &Path) -> Chime {
    let builder = Chime::builder().data(path);
    builder.build().expect("a data file")
}

/// Creates a data file with sample data, and leaves nothing in the write-ahead log beside it.
fn with_users(path: &Path, users: usize) {
    let clock = Clock::manual(UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    let chime = Chime::builder().data(path).clock(clock).seed(1);
    chime.build().expect("a data file").populate(users);
    moved(path);
}

/// Moves what is in the log to the file.
fn moved(path: &Path) {
    let connection = Connection::open(path).expect("a database");
    let busy: i64 = connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        .expect("a checkpoint");
    assert_eq!(busy, 0);
}

/// Creates a file with statements.
fn with_statements(path: &Path, statements: &str) {
    let connection = Connection::open(path).expect("a database");
    connection.execute_batch(statements).expect("statements");
}

#[test]
fn files_that_are_not_ours_are_refused_in_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let text = "This is not a database, but it is long enough to be taken for one. ".repeat(9);
    fs::write(path("text"), text).expect("a file");
    with_statements(&path("other"), "CREATE TABLE t (a)");
    with_statements(&path("empty-other"), "PRAGMA application_id = 7");
    for (name, version) in [("newer", 99), ("without-version", 0), ("negative", -1)] {
        with_users(&path(name), 0);
        with_statements(&path(name), &format!("PRAGMA user_version = {version}"));
    }
    for name in ["damaged", "short"] {
        with_users(&path(name), 2000);
    }
    let mut bytes = fs::read(path("damaged")).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 9000].fill(0xa5);
    fs::write(path("damaged"), bytes).expect("a file");
    let bytes = fs::read(path("short")).expect("a file");
    fs::write(path("short"), &bytes[..bytes.len() / 2]).expect("a file");
    fs::create_dir(path("folder")).expect("a folder");

    for (name, expected) in [
        (
            "text",
            "is not a data file of the local Chime, or is damaged: file is not a database",
        ),
        ("other", "is a database of another program"),
        ("empty-other", "is a database of another program"),
        (
            "newer",
            "has version 99 of the tables, and this program knows versions 1 to 1",
        ),
        ("without-version", "has version 0 of the tables"),
        ("negative", "has version -1 of the tables"),
        ("damaged", "is damaged: "),
        ("short", "is damaged"),
        (
            "folder",
            "cannot be used as a data file: unable to open database file",
        ),
        (
            "no/such/folder",
            "cannot be used as a data file: unable to open database file",
        ),
    ] {
        let before = fs::read(path(name)).ok();
        let error = Chime::builder().data(path(name)).build();
        let error = error.expect_err(name).to_string();
        assert!(error.contains(expected), "{error}");
        assert!(error.contains(name) && !error.contains('\n'), "{error}");
        assert!(fs::read(path(name)).ok() == before, "{name} is changed");
    }
}

#[test]
fn what_a_file_lacks_is_created() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("chime.db");
    // An empty file is a new one.
    fs::write(&path, "").expect("a file");
    with_users(&path, 2);
    let whole = dump(&path);
    let (index, table): (String, String) = {
        let connection = Connection::open(&path).expect("a database");
        let name = |kind: &str| {
            let sql = "SELECT name FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL AND tbl_name NOT LIKE 'chime_users%' \
                       AND tbl_name NOT IN ('chime_accounts', 'chime_rooms') ORDER BY name";
            connection.query_row(sql, [kind], |row| row.get(0))
        };
        (
            name("index").expect("an index"),
            name("table").expect("a table"),
        )
    };
    with_statements(
        &path,
        &format!("DROP INDEX \"{index}\"; DROP TABLE \"{table}\""),
    );
    assert_ne!(dump(&path), whole);
    drop(open(&path));
    assert_eq!(dump(&path), whole);
}

/// The folder of the texts of files, one for each version.
fn versions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/versions")
}

/// A file of each version that there ever was opens with its data, and has the tables of a new file.
#[test]
fn files_of_every_version_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let new = folder.path().join("new.db");
    with_users(&new, 1);
    let version = lines(
        &Connection::open(&new).expect("a database"),
        "SELECT CAST(user_version AS TEXT) FROM pragma_user_version()",
    );
    let version: u32 = version[0].parse().expect("a number");
    for version in 1..=version {
        let path = versions().join(format!("{version}.sql"));
        if !path.exists() && std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, dump(&new)).expect("a file");
        }
        let text = fs::read_to_string(&path).expect("a file of each version");
        let file = folder.path().join(format!("{version}.db"));
        with_statements(&file, &text);
        // The IDs follow those of the samples that the file has.
        let sample = open(&file).populate(1);
        assert_eq!(sample.user_ids, ["00000000-0000-4000-8000-000000000002"]);
        let connection = Connection::open(&file).expect("a database");
        assert_eq!(
            lines(
                &connection,
                "SELECT primary_email FROM chime_users ORDER BY 1"
            ),
            ["user-1@sample.invalid", "user-2@sample.invalid"]
        );
        assert_eq!(
            schema(&connection),
            schema(&Connection::open(&new).expect("a database")),
            "the tables of version {version} need a migration"
        );
    }
}

/// Returns the texts that a query finds.
fn lines(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).expect("a statement");
    let lines = statement.query_map([], |row| row.get(0)).expect("rows");
    lines.collect::<Result<_, _>>().expect("lines")
}

/// Returns the statements that make the tables of a file, each followed by those of its indexes.
fn schema(connection: &Connection) -> String {
    let sql =
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name";
    let statements = lines(connection, sql);
    statements.iter().map(|sql| format!("{sql};\n")).collect()
}

/// Returns the statements that make a file.
fn dump(path: &Path) -> String {
    let connection = Connection::open(path).expect("a database");
    let lines = |sql: &str| lines(&connection, sql);
    let mut text = schema(&connection);
    for table in lines("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") {
        let columns = lines(&format!("SELECT name FROM pragma_table_info('{table}')"));
        let values: Vec<String> = columns
            .iter()
            .map(|it| format!("quote(\"{it}\")"))
            .collect();
        let values = values.join(" || ', ' || ");
        for row in lines(&format!("SELECT {values} FROM \"{table}\" ORDER BY 1")) {
            text += &format!("INSERT INTO \"{table}\" VALUES ({row});\n");
        }
    }
    for setting in ["application_id", "user_version"] {
        let sql = format!("SELECT CAST({setting} AS TEXT) FROM pragma_{setting}()");
        text += &format!("PRAGMA {setting} = {};\n", lines(&sql)[0]);
    }
    text
}
