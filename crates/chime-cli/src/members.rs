//! The members to add, from a CSV file.

use chime_sdk::types::{MembershipItem, RoomMembershipRole};
use std::collections::HashMap;
use std::fmt;
use std::io::Read;
use std::path::Path;

/// The default column of the role. A file need not have it.
const ROLE_COLUMN: &str = "Role";

/// The columns to read.
#[derive(Debug, clap::Args)]
pub(crate) struct Columns {
    /// The column of the member IDs
    #[arg(
        long = "member-column",
        value_name = "NAME",
        default_value = "MemberId"
    )]
    pub(crate) member: String,
    /// The column of the roles, Administrator or Member [default: Role, if it exists]
    #[arg(long = "role-column", value_name = "NAME")]
    pub(crate) role: Option<String>,
}

/// A member to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) id: String,
    pub(crate) role: Role,
    /// The line of the file on which the member's row starts, from 1.
    pub(crate) line: u64,
}

impl Member {
    /// Returns the member as a request item.
    pub(crate) fn item(&self) -> MembershipItem {
        let role = match self.role {
            Role::Administrator => RoomMembershipRole::Administrator,
            Role::Member => RoomMembershipRole::Member,
        };
        MembershipItem::builder()
            .member_id(&self.id)
            .role(role)
            .build()
    }
}

/// The role of a member in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Administrator,
    Member,
}

impl Role {
    fn read(text: &str) -> Option<Self> {
        match text {
            "" => Some(Self::Member),
            _ if text.eq_ignore_ascii_case("administrator") => Some(Self::Administrator),
            _ if text.eq_ignore_ascii_case("member") => Some(Self::Member),
            _ => None,
        }
    }

    /// Returns the name of the role, as in the service and in CSV files.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Administrator => "Administrator",
            Self::Member => "Member",
        }
    }
}

/// The members in a file, each ID once.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Members {
    pub(crate) list: Vec<Member>,
    /// The number of rows that were skipped because they repeat an earlier one.
    pub(crate) repeated: usize,
}

impl Members {
    /// Returns a hash of the IDs and roles, in order, which identifies these members.
    ///
    /// FNV-1a, because it must be the same in every build. A zero byte, which no ID contains, ends each ID.
    pub(crate) fn hash(&self) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut take = |byte: u8| {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        };
        for member in &self.list {
            member.id.bytes().for_each(&mut take);
            take(0);
            take(match member.role {
                Role::Administrator => b'A',
                Role::Member => b'M',
            });
        }
        hash
    }
}

/// An invalid row.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadRow {
    pub(crate) line: u64,
    pub(crate) message: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

/// Reads a file, or stdin for `-`. The error lists everything that is wrong with it.
pub(crate) fn read(path: &Path, columns: &Columns) -> Result<Members, String> {
    let (bytes, name) = match path.to_str() {
        Some("-") => {
            let mut bytes = Vec::new();
            let read = std::io::stdin().lock().read_to_end(&mut bytes);
            (read.map(|_| bytes), "stdin".to_owned())
        }
        _ => (std::fs::read(path), path.display().to_string()),
    };
    let bytes = bytes.map_err(|error| format!("cannot read {name}: {error}"))?;
    parse(&bytes, columns).map_err(|bad| {
        let rows = match bad.len() {
            1 => "1 row".to_owned(),
            many => format!("{many} rows"),
        };
        let mut message = format!("{name} has errors in {rows}; nothing was sent:");
        for row in bad {
            message += &format!("\n  {row}");
        }
        message
    })
}

/// Parses the members, or collects all errors.
pub(crate) fn parse(bytes: &[u8], columns: &Columns) -> Result<Members, Vec<BadRow>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let one = |line, message| vec![BadRow { line, message }];
    let (separator, start) = separator(bytes).map_err(|message| one(1, message))?;
    let mut line = Lines::new(bytes);
    let bytes = bytes.get(start..).unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let header_line = match bytes.iter().all(is_break) {
        true => 1,
        false => line.at(start),
    };
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => return Err(one(header_line, said(&error))),
    };
    let places = Places::find(&header, columns).map_err(|message| one(header_line, message))?;
    let mut parser = Parser {
        places,
        members: Members::default(),
        first: HashMap::new(),
        bad: Vec::new(),
    };
    let mut record = csv::StringRecord::new();
    loop {
        let place = reader.position().byte() as usize;
        let read = reader.read_record(&mut record);
        match read {
            Ok(false) => break,
            Ok(true) => parser.take(&record, line.at(start + place)),
            Err(error) => parser.refuse(line.at(start + place), said(&error)),
        }
        let is_last = reader.position().byte() as usize >= bytes.len();
        if is_last && is_open(bytes.get(place..).unwrap_or_default(), &record) {
            let message =
                "a quote is not closed: close it, or double it if it is part of the value";
            parser.refuse(line.at(start + place), message.to_owned());
        }
    }
    parser.end()
}

/// Returns the separator of columns, and where the header starts. A first line such as `sep=;` is an Excel
/// convention that sets the separator.
fn separator(bytes: &[u8]) -> Result<(u8, usize), String> {
    let length = bytes.iter().take_while(|byte| !is_break(byte)).count();
    let (line, rest) = bytes.split_at(length);
    let line = line.trim_ascii_start();
    let is_quoted = line.first() == Some(&b'"');
    let line = &line[usize::from(is_quoted)..];
    let named = match line.split_at_checked(4) {
        Some((name, named)) if name.eq_ignore_ascii_case(b"sep=") => named,
        _ => return Ok((b',', 0)),
    };
    let named = match is_quoted {
        true => named.strip_suffix(b"\"").unwrap_or(named),
        false => named,
    };
    // Programs that write the same number of columns in all rows repeat the separator.
    match named {
        [separator, more @ ..]
            if separator.is_ascii()
                && *separator != b'"'
                && more.iter().all(|byte| byte == separator) =>
        {
            let line_break = match rest {
                [b'\r', b'\n', ..] => 2,
                [] => 0,
                _ => 1,
            };
            Ok((*separator, length + line_break))
        }
        _ => Err(format!(
            "`sep={}` does not contain a separator: use one ASCII character, such as `sep=;`",
            String::from_utf8_lossy(named).escape_debug()
        )),
    }
}

/// Returns whether the last record contains the rest of the file because a quote is not closed.
fn is_open(raw: &[u8], record: &csv::StringRecord) -> bool {
    raw.iter().filter(|byte| **byte == b'"').count() % 2 == 1
        && record
            .iter()
            .any(|field| field.contains('\n') || field.contains('\r'))
}

/// Returns whether a byte ends a line, alone or with the next one.
fn is_break(byte: &u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Counts lines between positions. A line ends with LF, CRLF or CR.
struct Lines<'a> {
    bytes: &'a [u8],
    place: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            place: 0,
            line: 1,
        }
    }

    /// Returns the line of the record that starts at or after a position. Empty lines are not records.
    fn at(&mut self, start: usize) -> u64 {
        let rest = self.bytes.get(start..).unwrap_or_default();
        let start = start + rest.iter().take_while(|byte| is_break(byte)).count();
        let passed = self.bytes.get(self.place..start).unwrap_or_default();
        // A record does not start with a line break, so no CRLF is split.
        let ends = passed
            .iter()
            .enumerate()
            .filter(|(place, byte)| match byte {
                b'\n' => true,
                b'\r' => passed.get(place + 1) != Some(&b'\n'),
                _ => false,
            });
        self.line += ends.count() as u64;
        self.place = self.place.max(start);
        self.line
    }
}

/// Describes an error of the CSV reader, without the position if the reader includes its own.
fn said(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!("it has {len} fields, but the header has {expected_len}"),
        csv::ErrorKind::Utf8 { err, .. } => format!(
            "field {} is not UTF-8: save the file as UTF-8",
            err.field() + 1
        ),
        _ => error.to_string(),
    }
}

/// The positions of the columns in a record.
#[derive(Clone, Copy)]
struct Places {
    member: usize,
    role: Option<usize>,
}

impl Places {
    fn find(header: &csv::StringRecord, columns: &Columns) -> Result<Self, String> {
        let find = |name: &str| {
            let mut fits = (0..header.len()).filter(|place| {
                header
                    .get(*place)
                    .is_some_and(|it| it.eq_ignore_ascii_case(name))
            });
            match (fits.next(), fits.next()) {
                (Some(_), Some(_)) => Err(format!("the header contains the column `{name}` twice")),
                (place, _) => Ok(place),
            }
        };
        let missing = |name: &str, flag: &str| {
            let there: Vec<&str> = header.iter().collect();
            let there = match there.is_empty() {
                true => "the file is empty".to_owned(),
                false => format!("it has `{}`", there.join("`, `")),
            };
            let mut message = format!("the header does not contain the column `{name}`; {there}");
            let apart = |byte: char| header.len() == 1 && header[0].contains(byte);
            match [';', '\t', '|'].into_iter().find(|it| apart(*it)) {
                Some(separator) => {
                    message += "\n  help: columns are separated by commas, unless the first line sets another separator: ";
                    message += &format!("`sep={}`", separator.escape_debug());
                }
                None => message += &format!("\n  help: use `{flag} NAME` for another column"),
            }
            message
        };
        let member =
            find(&columns.member)?.ok_or_else(|| missing(&columns.member, "--member-column"))?;
        let role = match &columns.role {
            Some(name) => Some(find(name)?.ok_or_else(|| missing(name, "--role-column"))?),
            None => find(ROLE_COLUMN)?,
        };
        Ok(Self { member, role })
    }
}

/// Valid members and invalid rows so far.
struct Parser {
    places: Places,
    members: Members,
    /// The index of each ID in the list.
    first: HashMap<String, usize>,
    bad: Vec<BadRow>,
}

impl Parser {
    fn refuse(&mut self, line: u64, message: String) {
        self.bad.push(BadRow { line, message });
    }

    fn take(&mut self, record: &csv::StringRecord, line: u64) {
        let id = record.get(self.places.member).unwrap_or_default();
        let role_text = self.places.role.and_then(|place| record.get(place));
        let role = Role::read(role_text.unwrap_or_default());
        if id.is_empty() {
            self.refuse(line, "the member ID is empty".to_owned());
        } else if id.contains(char::is_control) {
            let message =
                format!("the member ID {id:?} contains a line break or another control character");
            self.refuse(line, message);
        }
        let Some(role) = role else {
            let message = format!(
                "the role `{}` is unknown: use Administrator or Member",
                role_text.unwrap_or_default().escape_debug()
            );
            return self.refuse(line, message);
        };
        if id.is_empty() {
            return;
        }
        let list = &mut self.members.list;
        let known = self.first.get(id).and_then(|place| list.get(*place));
        match known {
            Some(known) if known.role == role => self.members.repeated += 1,
            Some(known) => {
                let message = format!(
                    "`{id}` is {} here and {} on line {}: keep one of them",
                    role.name(),
                    known.role.name(),
                    known.line
                );
                self.refuse(line, message);
            }
            None => {
                self.first.insert(id.to_owned(), list.len());
                list.push(Member {
                    id: id.to_owned(),
                    role,
                    line,
                });
            }
        }
    }

    fn end(self) -> Result<Members, Vec<BadRow>> {
        match self.bad.is_empty() {
            true => Ok(self.members),
            false => Err(self.bad),
        }
    }
}

#[cfg(test)]
mod tests;
