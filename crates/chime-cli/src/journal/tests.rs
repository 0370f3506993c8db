//! Journals that are truncated or of another run, and files that are not journals.

use super::*;
use crate::members::Role;

fn members(ids: &[&str]) -> Members {
    let member = |(id, line): (&&str, u64)| Member {
        id: (*id).to_owned(),
        role: Role::Member,
        line,
    };
    Members {
        list: ids.iter().zip(2..).map(member).collect(),
        repeated: 0,
    }
}

fn refusal(code: &str) -> Refusal {
    Refusal {
        code: Some(code.to_owned()),
        message: None,
        tries: 2,
        retryable: true,
    }
}

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("journal")
    }

    fn open(&self, members: &Members) -> Result<(Journal, Vec<Known>), String> {
        Journal::open(&self.path(), "A", "R", members)
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.path()).expect("a journal")
    }
}

#[test]
fn what_was_noted_is_known_again() {
    let (place, members) = (Place::new(), members(&["a", "b\n\"", "c", "d"]));
    let (mut journal, known) = place.open(&members).expect("new");
    assert_eq!(known, vec![Known::Nothing; 4]);
    journal.refused(0, &members.list[0], &refusal("Throttled"));
    journal.done(1, &members.list[1]);
    journal.refused(2, &members.list[2], &refusal("NotFound"));
    journal.write().expect("written");
    journal.done(0, &members.list[0]);
    journal.refused(1, &members.list[1], &refusal("Late"));
    journal.write().expect("written");
    journal.sync().expect("synced");
    drop(journal);
    let (_journal, known) = place.open(&members).expect("known");
    let refused = Known::Refused(refusal("NotFound"));
    assert_eq!(known, [Known::Done, Known::Done, refused, Known::Nothing]);
    let text = String::from_utf8(place.bytes()).expect("UTF-8");
    let lines: Vec<&str> = text.lines().collect();
    let hash = format!("{:016x}", members.hash());
    assert_eq!(
        lines[..3],
        [
            &format!(
                r#"{{"journal":"chime rooms add-members","version":1,"account":"A","room":"R","members":4,"hash":"{hash}"}}"#
            ),
            r#"{"refused":{"index":0,"member":"a","code":"Throttled","tries":2,"retryable":true}}"#,
            r#"{"done":{"index":1,"member":"b\n\""}}"#,
        ]
    );
}

#[test]
fn a_journal_that_is_cut_off_anywhere_goes_on() {
    let ids: Vec<String> = (0..6).map(|n| format!("mémber-{n}")).collect();
    let members = members(&ids.iter().map(String::as_str).collect::<Vec<_>>());
    let place = Place::new();
    let (mut journal, _) = place.open(&members).expect("new");
    for (index, member) in members.list.iter().enumerate().take(5) {
        match index % 2 {
            0 => journal.done(index, member),
            _ => journal.refused(index, member, &refusal("NotFound")),
        }
    }
    journal.write().expect("written");
    drop(journal);
    let whole = place.bytes();
    for cut in 0..=whole.len() {
        std::fs::write(place.path(), &whole[..cut]).expect("written");
        let (mut journal, known) = place.open(&members).expect("mended");
        let lines = whole[..cut].iter().filter(|byte| **byte == b'\n').count();
        let is_known = |index: usize| index + 1 < lines;
        for (index, known) in known.iter().enumerate() {
            let expected = match (is_known(index), index % 2) {
                (false, _) => Known::Nothing,
                (true, 0) => Known::Done,
                (true, _) => Known::Refused(refusal("NotFound")),
            };
            assert_eq!(*known, expected, "cut {cut}, member {index}");
        }
        // The next write starts a new line.
        journal.done(5, &members.list[5]);
        journal.write().expect("written");
        drop(journal);
        let (_journal, known) = place.open(&members).expect("whole");
        assert_eq!(known[5], Known::Done, "cut {cut}");
        let kept = known.iter().filter(|it| **it != Known::Nothing).count();
        assert_eq!(kept, lines.max(1), "cut {cut}");
    }
}

#[test]
fn the_journal_of_another_run_is_refused() {
    let (place, ours) = (Place::new(), members(&["a", "b"]));
    drop(place.open(&ours).expect("new"));
    let before = place.bytes();
    let refused = |account: &str, room: &str, members: &Members| {
        Journal::open(&place.path(), account, room, members).expect_err("refused")
    };
    let path = place.path().display().to_string();
    let help = "\n  help: repeat the command of that run, or specify another journal";
    let says =
        |what: &str| format!("the journal {path} belongs to another run: it is for {what}{help}");
    assert_eq!(refused("B", "R", &ours), says("account A, not B"));
    assert_eq!(refused("A", "S", &ours), says("room R, not S"));
    assert_eq!(
        refused("A", "R", &members(&["a"])),
        says("2 members, not 1")
    );
    assert_eq!(
        refused("A", "R", &members(&["a", "c"])),
        says("members or roles that differ from those in the CSV")
    );
    assert_eq!(place.bytes(), before);
}

#[test]
fn files_that_are_no_journal_are_left_alone() {
    let (place, members) = (Place::new(), members(&["a", "b"]));
    for (text, expected) in [
        ("MemberId", " is not a journal: "),
        ("MemberId\na\n", " is not a journal: "),
        ("{\"journal\":\"x\",\"version\":1}\n", " is not a journal: "),
        (
            "{\"journal\":\"chime rooms add-members\",\"version\":2,\"new\":[]}\n",
            " has version 2, but this program supports version 1\n",
        ),
    ] {
        std::fs::write(place.path(), text).expect("written");
        let error = place.open(&members).expect_err("refused");
        assert!(error.contains(expected), "{error}");
        assert_eq!(place.bytes(), text.as_bytes());
    }
}

#[test]
fn lines_that_make_no_sense_are_told() {
    let (place, members) = (Place::new(), members(&["a", "b"]));
    drop(place.open(&members).expect("new"));
    let header = place.bytes();
    for (line, expected) in [
        (
            r#"{"done":{"index":2,"member":"a"}}"#,
            ", line 3: the index 2 is out of range: there are 2 members\n  help: start over",
        ),
        (
            r#"{"done":{"index":1,"member":"a"}}"#,
            ", line 3: member 1 is `a` here and `b` in the CSV\n",
        ),
        (r#"{"done":{"index":"#, ", line 3: it cannot be read: "),
        ("", ", line 3: it cannot be read: "),
    ] {
        let first = r#"{"done":{"index":0,"member":"a"}}"#;
        let text = format!("{first}\n{line}\n{first}\n");
        std::fs::write(place.path(), [&header, text.as_bytes()].concat()).expect("written");
        let error = place.open(&members).expect_err("refused");
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_journal_is_one_process_s() {
    let (place, members) = (Place::new(), members(&["a"]));
    let (journal, _) = place.open(&members).expect("new");
    let error = place.open(&members).expect_err("locked");
    assert_eq!(
        error,
        format!(
            "the journal {} is in use by another process: wait for it to end, or specify another journal",
            place.path().display()
        )
    );
    drop(journal);
    place.open(&members).expect("free");
}
