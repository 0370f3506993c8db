//! The members to add, from a CSV file.

use chime_sdk::types::{MembershipItem, RoomMembershipRole};
use std::collections::HashMap;
use std::fmt;
use std::io::Read;
use std::path::Path;

/// The column of the role, unless the command says otherwise. A file may lack it.
const ROLE_COLUMN: &str = "Role";

/// Which columns hold what.
#[derive(Debug, clap::Args)]
pub(crate) struct Columns {
    /// The column of the member IDs.
    #[arg(
        long = "member-column",
        value_name = "NAME",
        default_value = "MemberId"
    )]
    pub(crate) member: String,
    /// The column of the roles, Administrator or Member [default: Role, if there is one].
    #[arg(long = "role-column", value_name = "NAME")]
    pub(crate) role: Option<String>,
}

/// A member to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) id: String,
    pub(crate) role: Role,
    /// The line of the file on which the member's row begins, from 1.
    pub(crate) line: u64,
}

impl Member {
    /// The member as the service takes it.
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

/// What a member may do in the room.
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

    /// The role's name, as the service and the CSV files have it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Administrator => "Administrator",
            Self::Member => "Member",
        }
    }
}

/// All members of a file, each ID once.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Members {
    pub(crate) list: Vec<Member>,
    /// How many rows were left out as they say what an earlier one says.
    pub(crate) repeated: usize,
}

impl Members {
    /// What tells these members from others: a hash of their IDs and roles, in their order.
    ///
    /// FNV-1a, for it has to be the same in every build. A zero ends each ID, and no ID has one.
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

/// A row that is no member.
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

/// Reads a whole file, or stdin for `-`. The error says all that is wrong with it.
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
        let mut message = format!("{name} is not as it should be in {rows}; nothing was sent:");
        for row in bad {
            message += &format!("\n  {row}");
        }
        message
    })
}

/// Reads the members, or finds all that is wrong.
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
            let message = "a quote is opened and not closed: close it, or double it if it belongs to the text";
            parser.refuse(line.at(start + place), message.to_owned());
        }
    }
    parser.end()
}

/// What separates columns, and where the header begins. A first line such as `sep=;` is a convention
/// of Excel's and names the separator.
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
    // Programs that give all rows the same number of columns repeat it.
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
            "`sep={}` names no separator: write one ASCII character, such as `sep=;`",
            String::from_utf8_lossy(named).escape_debug()
        )),
    }
}

/// Whether the last record was read as one as a quote is missing: then it holds the rest of the file.
fn is_open(raw: &[u8], record: &csv::StringRecord) -> bool {
    raw.iter().filter(|byte| **byte == b'"').count() % 2 == 1
        && record
            .iter()
            .any(|field| field.contains('\n') || field.contains('\r'))
}

/// Whether a byte ends a line, by itself or with the next one.
fn is_break(byte: &u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Counts lines from one place to the next. A line ends with LF, CRLF or CR.
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

    /// The line of the record that begins at a place or after it, as empty lines are no records.
    fn at(&mut self, start: usize) -> u64 {
        let rest = self.bytes.get(start..).unwrap_or_default();
        let start = start + rest.iter().take_while(|byte| is_break(byte)).count();
        let passed = self.bytes.get(self.place..start).unwrap_or_default();
        // No record begins with a line break, so no CRLF is cut in two.
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

/// An error of the CSV reader, in our words where it says its own place.
fn said(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!("it has {len} fields, and the header has {expected_len}"),
        csv::ErrorKind::Utf8 { err, .. } => format!(
            "field {} is not UTF-8: save the file with that encoding",
            err.field() + 1
        ),
        _ => error.to_string(),
    }
}

/// Where a record has what.
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
                (Some(_), Some(_)) => Err(format!("the header names the column `{name}` twice")),
                (place, _) => Ok(place),
            }
        };
        let missing = |name: &str, flag: &str| {
            let there: Vec<&str> = header.iter().collect();
            let there = match there.is_empty() {
                true => "the file is empty".to_owned(),
                false => format!("it has `{}`", there.join("`, `")),
            };
            let mut message = format!("the header lacks the column `{name}`; {there}");
            let apart = |byte: char| header.len() == 1 && header[0].contains(byte);
            match [';', '\t', '|'].into_iter().find(|it| apart(*it)) {
                Some(separator) => {
                    message += "\n  help: columns are separated by commas, unless the first line names another separator: ";
                    message += &format!("`sep={}`", separator.escape_debug());
                }
                None => message += &format!("\n  help: `{flag} NAME` names another"),
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

/// Members and bad rows so far.
struct Parser {
    places: Places,
    members: Members,
    /// The place of each ID in the list.
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
                format!("the member ID {id:?} has a line break or another control character");
            self.refuse(line, message);
        }
        let Some(role) = role else {
            let message = format!(
                "the role `{}` is unknown: write Administrator or Member",
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
