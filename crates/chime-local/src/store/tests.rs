//! Both stores do the same.

use super::*;
use crate::context::{Chance, Context};
use crate::document::{Doc, object};
use crate::refusal::Refusal;
use fastrand::Rng;
use std::sync::Arc;
use std::sync::mpsc::channel;

fn context() -> Context {
    Context {
        now: 0,
        region: String::new(),
        chance: Chance::new(Some(1)),
    }
}

fn table(name: &str) -> &'static Table {
    let mut tables = crate::operations::tables().iter();
    tables.find(|table| table.name == name).expect("a table")
}

const INDEX: &str = "chime_room_memberships_by_member";

fn row(rng: &mut Rng) -> Doc {
    let mut doc = object! {
        "AccountId": format!("account {}", rng.u8(0..2)),
        "RoomId": format!("room {}", rng.u8(0..3)),
        "Position": i64::from(rng.i8(-20..20)),
        "Role": if rng.bool() { "Member" } else { "Administrator" },
        "Nested": object! {"List": vec!["a", "b"], "Number": i64::from(rng.u32(..))},
    };
    // Rows that lack the member are not in the index.
    if rng.u8(0..4) > 0 {
        doc.set("MemberId", format!("member {}", rng.u8(0..5)));
    }
    doc
}

/// Makes random changes, and returns everything that was read on the way.
fn work(tx: &mut Tx<'_>, seed: u64) -> Result<Vec<Vec<Doc>>, Refusal> {
    let table = table("chime_room_memberships");
    let mut rng = Rng::with_seed(seed);
    let mut read = Vec::new();
    for _ in 0..600 {
        let doc = row(&mut rng);
        let (account, room) = (doc.str("AccountId"), doc.str("RoomId"));
        let position = doc.int("Position").unwrap_or_default();
        match rng.u8(0..10) {
            0..=4 => tx.put(table, &doc)?,
            5 => {
                let removed = tx.remove(table, (account, room, position))?;
                read.push(vec![object! {"Removed": removed}]);
            }
            6 => read.push(
                tx.get(table, (account, room, position))?
                    .into_iter()
                    .collect(),
            ),
            _ => {
                let mut scan = match rng.u8(0..6) {
                    0 => Scan::of(table, ()),
                    1 => Scan::of(table, account),
                    2 => Scan::of(table, (account, room)),
                    3 => Scan::by(table, INDEX, ()),
                    4 => Scan::by(table, INDEX, (account, "member 1")),
                    _ => Scan::by(table, INDEX, (account, "member 2", room)),
                };
                if rng.bool() {
                    scan = scan.backwards();
                }
                let all = tx.all(&scan)?;
                let count = tx.count(&scan, usize::MAX)?;
                assert_eq!(count, all.len());
                if let Some(middle) = all.get(all.len() / 2) {
                    let cursor = scan.cursor(middle)?;
                    let rest = tx.rows(&scan, Some(&cursor), 7)?;
                    let expected = &all[all.len() / 2 + 1..];
                    assert_eq!(rest, expected[..expected.len().min(7)]);
                }
                read.push(all);
            }
        }
    }
    Ok(read)
}

fn in_memory(root: &mut Arc<Root>, seed: u64) -> Vec<Vec<Doc>> {
    let mut tx = Tx::new(Data::Memory(Arc::clone(root)), false, context());
    let read = work(&mut tx, seed).expect("no refusal");
    if let Data::Memory(after) = tx.into_data() {
        *root = after;
    }
    read
}

fn in_file<T: Send + 'static>(
    file: &File,
    function: impl FnOnce(&mut Tx<'_>) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let (send, receive) = channel();
    file.run(
        false,
        |connection| function(&mut Tx::new(Data::File(connection), false, context())),
        move |result| send.send(result).expect("a receiver"),
    );
    receive.recv().expect("a reply")
}

#[test]
fn both_stores_do_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = File::open(&folder.path().join("chime.db")).expect("a data file");
    let mut root = Arc::new(Root::default());
    for seed in 0..6 {
        let expected = in_memory(&mut root, seed);
        let found = in_file(&file, move |tx| work(tx, seed)).expect("no refusal");
        assert_eq!(found, expected, "seed {seed}");
    }
}

/// What a refused request changed is undone, also if it panics.
#[test]
fn refused_changes_are_undone() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = File::open(&folder.path().join("chime.db")).expect("a data file");
    let rooms = table("chime_rooms");
    let put = |tx: &mut Tx<'_>, id: &str| {
        let room = object! {"AccountId": "a", "RoomId": id};
        tx.put(table("chime_rooms"), &room)
    };
    in_file(&file, move |tx| put(tx, "kept")).expect("no refusal");
    let refused = in_file(&file, move |tx| {
        put(tx, "undone")?;
        Err::<(), _>(Refusal::conflict("no"))
    });
    assert_eq!(refused, Err(Refusal::conflict("no")));
    let (send, receive) = channel::<Result<(), Refusal>>();
    file.run(
        false,
        move |connection| {
            put(
                &mut Tx::new(Data::File(connection), false, context()),
                "panicked",
            )?;
            panic!("a bug")
        },
        move |result| drop(send.send(result)),
    );
    assert!(receive.recv().is_err());
    let ids = in_file(&file, move |tx| tx.all(&Scan::of(rooms, "a"))).expect("rows");
    let ids: Vec<&str> = ids.iter().map(|room| room.str("RoomId")).collect();
    assert_eq!(ids, ["kept"]);
}
