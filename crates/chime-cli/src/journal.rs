//! The journal of a run: the status of its members on disk, so that a killed run can be resumed.
//!
//! A journal is an append-only file of JSON lines. The first line identifies the run:
//!
//! ```text
//! {"journal":"chime rooms add-members","version":1,"account":"A","room":"R","members":2,"hash":"bda9d0ff0c784396"}
//! {"done":{"index":0,"member":"M0"}}
//! {"refused":{"index":1,"member":"M1","code":"NotFound","message":"...","tries":1,"retryable":false}}
//! ```
//!
//! Every other line is the outcome of a member, identified by its index. The lines of a response are written
//! at once, as soon as the response arrives. A line that was truncated because the process was killed is
//! ignored: its member is requested again, and the service reports Conflict if it had been added.

use crate::members::{Member, Members};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

const KIND: &str = "chime rooms add-members";
const VERSION: u32 = 1;

/// The run that a journal belongs to.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Header<'a> {
    #[serde(borrow)]
    journal: Cow<'a, str>,
    version: u32,
    #[serde(borrow)]
    account: Cow<'a, str>,
    #[serde(borrow)]
    room: Cow<'a, str>,
    members: usize,
    #[serde(borrow)]
    hash: Cow<'a, str>,
}

impl<'a> Header<'a> {
    fn new(account: &'a str, room: &'a str, members: &Members) -> Self {
        Self {
            journal: KIND.into(),
            version: VERSION,
            account: account.into(),
            room: room.into(),
            members: members.list.len(),
            hash: format!("{:016x}", members.hash()).into(),
        }
    }
}

/// The fields that identify the version of any journal.
#[derive(Deserialize)]
struct AnyHeader<'a> {
    #[serde(borrow)]
    journal: Cow<'a, str>,
    version: u32,
}

/// The outcome of a member.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Entry<'a> {
    Done {
        index: usize,
        #[serde(borrow)]
        member: Cow<'a, str>,
    },
    Refused {
        index: usize,
        #[serde(borrow)]
        member: Cow<'a, str>,
        #[serde(flatten)]
        refusal: Cow<'a, Refusal>,
    },
}

/// Why the service refused a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Refusal {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) message: Option<String>,
    pub(crate) tries: u32,
    /// Whether another try may succeed.
    pub(crate) retryable: bool,
}

/// The status of a member according to a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Known {
    Nothing,
    Done,
    Refused(Refusal),
}

/// An open journal, locked against other processes.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    path: PathBuf,
    /// Lines that have not been written yet.
    lines: Vec<u8>,
    is_synced: bool,
    /// Whether a write has failed. The end of the file is then undefined, so nothing is appended.
    is_broken: bool,
}

impl Journal {
    /// Opens or creates the journal of a run, and returns the status of each member.
    pub(crate) fn open(
        path: &Path,
        account: &str,
        room: &str,
        members: &Members,
    ) -> Result<(Self, Vec<Known>), String> {
        let cannot = |what: &str, error: io::Error| {
            format!("cannot {what} the journal {}: {error}", path.display())
        };
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)
            .map_err(|error| cannot("open", error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(format!(
                    "the journal {} is in use by another process: wait for it to end, or specify another journal",
                    path.display()
                ));
            }
            Err(TryLockError::Error(error)) => return Err(cannot("lock", error)),
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)
            .map_err(|error| cannot("read", error))?;
        let header = Header::new(account, room, members);
        let mut lines = Vec::new();
        push(&mut lines, &header);
        let read = read(&bytes, &lines, &header, &members.list);
        let (whole, known) =
            read.map_err(|error| format!("the journal {}{error}", path.display()))?;
        if whole < bytes.len() {
            file.set_len(whole as u64)
                .map_err(|error| cannot("repair", error))?;
        }
        let mut journal = Self {
            file,
            path: path.to_owned(),
            lines,
            is_synced: false,
            is_broken: false,
        };
        match whole {
            0 => journal.write()?,
            _ => journal.lines.clear(),
        }
        journal.sync()?;
        Ok((journal, known))
    }

    /// Records that a member is in the room. [`write`](Self::write) writes it to the file.
    pub(crate) fn done(&mut self, index: usize, member: &Member) {
        let member = member.id.as_str().into();
        push(&mut self.lines, &Entry::Done { index, member });
    }

    /// Records that a member was refused.
    pub(crate) fn refused(&mut self, index: usize, member: &Member, refusal: &Refusal) {
        let entry = Entry::Refused {
            index,
            member: member.id.as_str().into(),
            refusal: Cow::Borrowed(refusal),
        };
        push(&mut self.lines, &entry);
    }

    /// Writes what was recorded, at once.
    pub(crate) fn write(&mut self) -> Result<(), String> {
        if self.lines.is_empty() || self.is_broken {
            return Ok(());
        }
        self.is_synced = false;
        let written = self.file.write_all(&self.lines);
        self.lines.clear();
        self.is_broken = written.is_err();
        written.map_err(|error| self.cannot_write(&error))
    }

    /// Waits until the written data is on disk. This does not matter if the process is killed, but it does if
    /// the machine fails.
    pub(crate) fn sync(&mut self) -> Result<(), String> {
        if !self.is_synced && !self.is_broken {
            self.file
                .sync_data()
                .map_err(|error| self.cannot_write(&error))?;
            self.is_synced = true;
        }
        Ok(())
    }

    fn cannot_write(&self, error: &io::Error) -> String {
        format!("cannot write the journal {}: {error}", self.path.display())
    }
}

fn push(lines: &mut Vec<u8>, line: &impl Serialize) {
    let start = lines.len();
    // Writing to memory does not fail, and every line is valid JSON.
    match serde_json::to_writer(&mut *lines, line) {
        Ok(()) => lines.push(b'\n'),
        Err(error) => {
            tracing::error!(%error, "a line of the journal cannot be written");
            lines.truncate(start);
        }
    }
}

/// Reads a journal. Returns the length of its complete lines in bytes, and the status of each member.
fn read(
    bytes: &[u8],
    header_line: &[u8],
    header: &Header<'_>,
    members: &[Member],
) -> Result<(usize, Vec<Known>), String> {
    let mut known = vec![Known::Nothing; members.len()];
    let whole = bytes.iter().rposition(|byte| *byte == b'\n');
    let Some(whole) = whole.map(|place| place + 1) else {
        return match header_line.starts_with(bytes) {
            true => Ok((0, known)),
            false => Err(no_journal()),
        };
    };
    let mut lines = bytes[..whole - 1].split(|byte| *byte == b'\n');
    check(lines.next().unwrap_or_default(), header)?;
    for (line, number) in lines.zip(2..) {
        let at = |problem: &str| {
            format!(
                ", line {number}: {problem}\n  help: start over with another journal; members that are already in the room count as added"
            )
        };
        let entry: Entry<'_> = serde_json::from_slice(line)
            .map_err(|error| at(&format!("it cannot be read: {error}")))?;
        let (index, id, fate) = match entry {
            Entry::Done { index, member } => (index, member, Known::Done),
            Entry::Refused {
                index,
                member,
                refusal,
            } => (index, member, Known::Refused(refusal.into_owned())),
        };
        let (Some(member), Some(known)) = (members.get(index), known.get_mut(index)) else {
            let count = members.len();
            return Err(at(&format!(
                "the index {index} is out of range: there are {count} members"
            )));
        };
        if member.id != id {
            return Err(at(&format!(
                "member {index} is `{id}` here and `{}` in the CSV",
                member.id
            )));
        }
        // A member in the room stays in the room.
        if *known != Known::Done {
            *known = fate;
        }
    }
    Ok((whole, known))
}

fn no_journal() -> String {
    " is not a journal: its first line is not a journal header\n  help: specify a file that does not exist"
        .to_owned()
}

/// Checks that a header belongs to this run.
fn check(line: &[u8], expected: &Header<'_>) -> Result<(), String> {
    let any: AnyHeader<'_> = serde_json::from_slice(line).map_err(|_| no_journal())?;
    if any.journal != KIND {
        return Err(no_journal());
    }
    if any.version != VERSION {
        let version = any.version;
        return Err(format!(
            " has version {version}, but this program supports version {VERSION}\n  help: continue with the program that wrote it, or specify another journal"
        ));
    }
    let header: Header<'_> = serde_json::from_slice(line).map_err(|_| no_journal())?;
    let difference = if header.account != expected.account {
        format!("account {}, not {}", header.account, expected.account)
    } else if header.room != expected.room {
        format!("room {}, not {}", header.room, expected.room)
    } else if header.members != expected.members {
        format!("{} members, not {}", header.members, expected.members)
    } else if header.hash != expected.hash {
        "members or roles that differ from those in the CSV".to_owned()
    } else {
        return Ok(());
    };
    Err(format!(
        " belongs to another run: it is for {difference}\n  help: repeat the command of that run, or specify another journal"
    ))
}

/// Exported for the fuzzers.
pub(crate) mod fuzzing {
    use super::{Header, Known, push};
    use crate::members::Members;

    /// Reads the journals of a run.
    pub(crate) struct Reader<'a> {
        header: Header<'a>,
        line: Vec<u8>,
        members: &'a Members,
    }

    impl<'a> Reader<'a> {
        pub(crate) fn new(account: &'a str, room: &'a str, members: &'a Members) -> Self {
            let header = Header::new(account, room, members);
            let mut line = Vec::new();
            push(&mut line, &header);
            Self {
                header,
                line,
                members,
            }
        }

        pub(crate) fn header(&self) -> &[u8] {
            &self.line
        }

        pub(crate) fn read(&self, bytes: &[u8]) -> Result<(usize, Vec<Known>), String> {
            super::read(bytes, &self.line, &self.header, &self.members.list)
        }
    }
}

#[cfg(test)]
mod tests;
