//! The entry points of the fuzzers: the parsers of files, with invariants that hold for any input.

use crate::journal::fuzzing::Reader;
use crate::members::{Columns, Member, Members, Role, parse};
use crate::report::{Fate, csv_of};

/// Reads a CSV file, writes the result and reads it again.
///
/// # Panics
///
/// Panics if the second result differs from the first, or if lines are out of order.
pub fn csv(bytes: &[u8]) {
    let columns = Columns {
        member: "MemberId".to_owned(),
        role: None,
    };
    let lines = 1 + bytes
        .iter()
        .filter(|byte| matches!(byte, b'\n' | b'\r'))
        .count() as u64;
    match parse(bytes, &columns) {
        Ok(members) => {
            let mut last = 1;
            for member in &members.list {
                assert!(last < member.line && member.line <= lines, "{member:?}");
                last = member.line;
            }
            let fates = vec![Fate::NotSent; members.list.len()];
            let written = csv_of(&members.list, &fates).expect("memory takes all");
            let again = parse(&written, &columns).expect("what was written is good");
            let same =
                |(one, other): (&Member, &Member)| one.id == other.id && one.role == other.role;
            assert!(members.list.len() == again.list.len());
            assert!(members.list.iter().zip(&again.list).all(same));
            assert_eq!(members.hash(), again.hash());
        }
        Err(bad) => {
            assert!(!bad.is_empty());
            for row in &bad {
                assert!((1..=lines).contains(&row.line), "{row}");
                assert!(!row.message.is_empty());
            }
        }
    }
}

/// Reads a journal, or, after `+`, the lines that follow a valid header.
///
/// # Panics
///
/// Panics if its complete lines, read alone, give another result.
pub fn journal(bytes: &[u8]) {
    let member = |(id, line): (&str, u64)| Member {
        id: id.to_owned(),
        role: Role::Member,
        line,
    };
    let members = Members {
        list: ["a", "b\n", "c"].into_iter().zip(2..).map(member).collect(),
        repeated: 0,
    };
    let reader = Reader::new("A", "R", &members);
    let mut journal = Vec::new();
    match bytes.strip_prefix(b"+") {
        Some(lines) => {
            journal.extend_from_slice(reader.header());
            journal.extend_from_slice(lines);
        }
        None => journal.extend_from_slice(bytes),
    }
    match reader.read(&journal) {
        Ok((whole, known)) => {
            assert_eq!(known.len(), members.list.len());
            let whole = journal.get(..whole).expect("a part of it");
            assert!(whole.is_empty() || whole.ends_with(b"\n"));
            assert_eq!(reader.read(whole), Ok((whole.len(), known)));
        }
        Err(message) => assert!(!message.is_empty()),
    }
}
