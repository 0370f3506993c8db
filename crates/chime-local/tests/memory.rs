//! The memory of a million room members.
//!
//! `cargo test --release -p chime-local --test memory -- --ignored --nocapture` measures it, in memory and with a
//! data file.

#![cfg(target_os = "linux")]

use bytes::Bytes;
use chime_local::Chime;
use http::Request;
use std::fmt::Write;

const MEMBERS: usize = 1_000_000;

/// Returns the memory of this process, in MiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("a status");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .expect("a line");
    let kib = line.split_whitespace().nth(1).expect("a number");
    kib.parse::<u64>().expect("a number") / 1024
}

fn add_all(chime: &Chime, members: usize) {
    chime.keep_requests(0);
    let sample = chime.populate(members);
    for ids in sample.user_ids.chunks(50) {
        let mut body = String::from("{\"MembershipItemList\":[");
        for (i, id) in ids.iter().enumerate() {
            let comma = if i > 0 { "," } else { "" };
            write!(body, "{comma}{{\"MemberId\":\"{id}\",\"Role\":\"Member\"}}").expect("a string");
        }
        body += "]}";
        let uri = format!(
            "/accounts/{}/rooms/{}/memberships?operation=batch-create",
            sample.account_id, sample.room_id
        );
        let request = Request::builder().method("POST").uri(uri);
        let response = chime.answer(&request.body(Bytes::from(body)).expect("a request"));
        assert_eq!(response.body().as_ref(), b"{\"Errors\":[]}");
    }
}

#[test]
#[ignore = "takes a while, and measures only an optimized build"]
fn a_million_members_in_memory() {
    let chime = Chime::new();
    add_all(&chime, MEMBERS);
    let after = resident();
    println!("{MEMBERS} room members in memory: {after} MiB");
    assert!(after <= 400, "{after} MiB");
}

#[test]
#[ignore = "takes a while, and measures only an optimized build"]
fn a_million_members_in_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("chime.db");
    let chime = Chime::builder().data(&path).build().expect("a data file");
    for _ in 0..10 {
        add_all(&chime, MEMBERS / 10);
    }
    let after = resident();
    let size = std::fs::metadata(&path).expect("a file").len() >> 20;
    println!("{MEMBERS} room members in a file of {size} MiB: {after} MiB");
    assert!(after <= 100, "{after} MiB");
}
