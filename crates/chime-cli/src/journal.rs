//! What is known of a run's members, on disk, so that a run that was killed can go on.
//!
//! A journal is a file of JSON lines that grows at its end. The first line says whose it is:
//!
//! ```text
//! {"journal":"chime rooms add-members","version":1,"account":"A","room":"R","members":2,"hash":"bda9d0ff0c784396"}
//! {"done":{"index":0,"member":"M0"}}
//! {"refused":{"index":1,"member":"M1","code":"NotFound","message":"...","tries":1,"retryable":false}}
//! ```
//!
//! Each other line is a member's fate, by its place among the members. The lines of one answer go out
//! in one write, as soon as the answer is there. A line that was cut off, as the process was killed in
//! the middle of it, counts for nothing: its member is asked for again, and the service says Conflict
//! if it was added.

use crate::members::{Member, Members};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

const KIND: &str = "chime rooms add-members";
const VERSION: u32 = 1;

/// Whose journal it is.
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

/// What names the version, in whatever journal.
#[derive(Deserialize)]
struct AnyHeader<'a> {
    #[serde(borrow)]
    journal: Cow<'a, str>,
    version: u32,
}

/// A member's fate.
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

/// Why the service does not take a member.
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

/// What a journal knows of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Known {
    Nothing,
    Done,
    Refused(Refusal),
}

/// An open journal, which no other process can open.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    path: PathBuf,
    /// Lines that are not written yet.
    lines: Vec<u8>,
    is_synced: bool,
    /// After a write that failed, the end of the file may be anything; nothing goes behind that.
    is_broken: bool,
}

impl Journal {
    /// Opens a run's journal, or starts it, and tells what it knows of each member.
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
                    "the journal {} is in use by another process: wait for it to end, or name another journal",
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
                .map_err(|error| cannot("mend", error))?;
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

    /// Notes that a member is in the room. [`write`](Self::write) puts it into the file.
    pub(crate) fn done(&mut self, index: usize, member: &Member) {
        let member = member.id.as_str().into();
        push(&mut self.lines, &Entry::Done { index, member });
    }

    /// Notes that a member was refused.
    pub(crate) fn refused(&mut self, index: usize, member: &Member, refusal: &Refusal) {
        let entry = Entry::Refused {
            index,
            member: member.id.as_str().into(),
            refusal: Cow::Borrowed(refusal),
        };
        push(&mut self.lines, &entry);
    }

    /// Writes what was noted, at once.
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

    /// Waits until the disk has what was written. A process that is killed loses nothing without it;
    /// a machine that stops may.
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
    // Memory takes all that is written, and nothing here cannot be JSON.
    match serde_json::to_writer(&mut *lines, line) {
        Ok(()) => lines.push(b'\n'),
        Err(error) => {
            tracing::error!(%error, "a line of the journal cannot be written");
            lines.truncate(start);
        }
    }
}

/// Reads a journal: how many of its bytes are whole lines, and what it knows of each member.
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
                ", line {number}: {problem}\n  help: start anew with another journal; members that are in the room already count as added"
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
        // Once in the room, always in the room.
        if *known != Known::Done {
            *known = fate;
        }
    }
    Ok((whole, known))
}

fn no_journal() -> String {
    " is no journal: its first line is not one's header\n  help: name a file that does not exist"
        .to_owned()
}

/// Whether a header is that of this run.
fn check(line: &[u8], expected: &Header<'_>) -> Result<(), String> {
    let any: AnyHeader<'_> = serde_json::from_slice(line).map_err(|_| no_journal())?;
    if any.journal != KIND {
        return Err(no_journal());
    }
    if any.version != VERSION {
        let version = any.version;
        return Err(format!(
            " has version {version}, and this program knows version {VERSION}\n  help: go on with the program that wrote it, or name another journal"
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
        "other members or roles than the CSV has now".to_owned()
    } else {
        return Ok(());
    };
    Err(format!(
        " is that of another run: it is for {difference}\n  help: start again as that run was started, or name another journal"
    ))
}

/// What the fuzzers need of this.
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
