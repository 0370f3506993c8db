//! `chime call`, against a server that answers from the schemas.

#[path = "../common/mod.rs"]
mod common;
mod server;
mod values;

use chime_sdk::dynamic::Operations;
use common::{Said, chime, run, run_with};
use serde_json::{Value, json};
use server::{Reply, Server};
use std::sync::{Arc, Mutex};

fn call(server: &Server, arguments: &[&str]) -> Said {
    run(chime(&["call"])
        .args(arguments)
        .args(["--endpoint-url", &server.url]))
}

/// A server that must not be called.
fn none() -> Server {
    Server::start(chime_sdk::Client::operations(), |arrived| {
        panic!("{} was called", arrived.operation.name)
    })
}

#[track_caller]
fn json(said: &Said) -> Value {
    assert_eq!(said.code, Some(0), "{said:?}");
    serde_json::from_str(&said.out).expect("JSON")
}

/// Calls every operation of a service with its skeleton.
fn drive(service: &str, operations: Operations) {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let (server, kept) = Server::random(operations, seed);
    let (server, kept) = (&server, &kept);
    std::thread::scope(|scope| {
        for part in operations.chunks(operations.len().div_ceil(3)) {
            scope.spawn(move || {
                for operation in part {
                    let name = operation.name;
                    let of = ["call", name, "--service", service];
                    let skeleton = run(chime(&of).arg("--skeleton"));
                    let sent = json(&skeleton);
                    let shape = operation.shape().input;
                    let names: Vec<_> = shape.members.iter().map(|it| it.name).collect();
                    let found: Vec<_> = sent.as_object().expect("an object").keys().collect();
                    assert_eq!(found, names, "{name}");
                    let mut command = chime(&of);
                    command.args(["--endpoint-url", &server.url, "--input", "-"]);
                    let said = run_with(&mut command, &skeleton.out);
                    let shown = json(&said);
                    let kept = kept.lock().expect("no panic");
                    let (arrived, output) = kept.get(name).expect("a request");
                    assert_eq!(arrived, &sent, "{name}");
                    assert_eq!(&shown, output, "{name}");
                }
            });
        }
    });
    assert_eq!(kept.lock().expect("no panic").len(), operations.len());
}

#[test]
fn every_operation_of_chime_takes_its_skeleton() {
    let operations = chime_sdk::Client::operations();
    assert_eq!(operations.len(), 62);
    drive("chime", operations);
}

#[test]
fn every_operation_of_meetings_takes_its_skeleton() {
    let operations = chime_sdk_meetings::Client::operations();
    assert_eq!(operations.len(), 16);
    drive("meetings", operations);
}

/// What is wrong, the arguments, and what the error says.
const BAD_USAGE: &[(&str, &[&str], &[&str])] = &[
    (
        "an unknown operation",
        &["CreateRom"],
        &["error: there is no operation `CreateRom`; did you mean `CreateRoom`"],
    ),
    (
        "an unknown member",
        &[
            "CreateRoom",
            "--input",
            r#"{"AccountId": "a", "Name": "n", "Nmae": "x"}"#,
        ],
        &[
            "error: invalid input of CreateRoom",
            "  $.Nmae: CreateRoomRequest has no such member; did you mean `Name`?",
        ],
    ),
    (
        "a missing member",
        &["CreateRoom", "AccountId=a"],
        &[
            "error: invalid input of CreateRoom",
            "  $.Name: the required member is missing; expected a string",
        ],
    ),
    (
        "a value of the wrong type",
        &[
            "BatchCreateRoomMembership",
            "AccountId=a",
            "RoomId=r",
            r#"MembershipItemList=[{"MemberId": "m"}, {"MemberId": "n", "Role": 3}]"#,
        ],
        &[
            "error: invalid input of BatchCreateRoomMembership",
            "  $.MembershipItemList[1].Role: expected a string: `Administrator` or `Member`, found the number 3",
        ],
    ),
    (
        "no JSON",
        &["CreateRoom", "--input", "{"],
        &["error: the input is not JSON: EOF while parsing an object at line 1 column 1"],
    ),
    (
        "several at once",
        &[
            "ListRooms",
            "--input",
            r#"{"MaxResults": 1.5, "AccountID": ""}"#,
        ],
        &[
            "error: invalid input of ListRooms",
            "  $.AccountId: the required member is missing; expected a string",
            "  $.MaxResults: expected an integer of 32 bits, found the number 1.5",
            "  $.AccountID: ListRoomsRequest has no such member; did you mean `AccountId`?",
        ],
    ),
    (
        "an empty label",
        &["GetRoom", "AccountId=", "RoomId=r"],
        &[
            "error: invalid input of GetRoom",
            "  $.AccountId: the string must not be empty, because it is a part of the request's path",
        ],
    ),
    (
        "a query that is not JMESPath",
        &["GetRoom", "AccountId=a", "RoomId=r", "--query", "Room["],
        &["error: the query is not JMESPath: "],
    ),
    (
        "an operation of another service",
        &["GetRoom", "--service", "voice"],
        &["error: voice has no operation `GetRoom`, but chime has"],
    ),
    (
        "an unknown service",
        &["GetRoom", "--service", "vice"],
        &["error: invalid value 'vice' for '--service <SERVICE>'"],
    ),
    (
        "an unknown option",
        &["GetRoom", "--account-id", "a"],
        &["error: unexpected argument '--account-id' found"],
    ),
    ("no operation", &[], &["error: name an operation"]),
    (
        "a file that does not exist",
        &["GetRoom", "--input", "@no-such-file"],
        &["error: cannot read the input from no-such-file: "],
    ),
];

#[test]
fn bad_usage_is_explained_and_nothing_is_sent() {
    let server = none();
    for (what, arguments, lines) in BAD_USAGE {
        let said = call(&server, arguments);
        assert_eq!(said.code, Some(252), "{what}: {said:?}");
        assert_eq!(said.out, "", "{what}");
        let mut found = said.err.lines();
        for line in *lines {
            let found = found.next().unwrap_or_default();
            assert!(found.starts_with(line), "{what}: {}", said.err);
        }
    }
}

#[test]
fn an_error_of_the_service_has_code_message_and_id() {
    let server = Server::start(chime_sdk::Client::operations(), |arrived| {
        match arrived.operation.name {
            "GetRoom" => Reply::error(404, "NotFoundException", "no such room"),
            _ => Reply::error(418, "TeapotException", "short and stout"),
        }
    });
    let said = call(&server, &["GetRoom", "AccountId=a", "RoomId=r"]);
    assert_eq!(said.code, Some(254));
    assert_eq!(said.out, "");
    let message =
        "error: GetRoom failed: NotFoundException: no such room (request ID: request-1)\n";
    assert!(said.err.ends_with(message), "{}", said.err);

    let said = call(&server, &["GetUser", "AccountId=a", "UserId=u"]);
    assert_eq!(said.code, Some(254));
    let message =
        "error: GetUser failed: TeapotException: short and stout (request ID: request-1)\n";
    assert!(said.err.ends_with(message), "{}", said.err);
}

#[test]
fn other_failures_have_other_codes() {
    let arguments = ["call", "GetGlobalSettings", "--timeout", "5"];
    // A port that nobody listens on.
    let said = run(chime(&arguments).args(["--endpoint-url", "http://127.0.0.1:1"]));
    assert_eq!(said.code, Some(255), "{said:?}");
    let said = run(&mut chime(&arguments));
    assert_eq!(said.code, Some(253), "{said:?}");
    assert!(said.err.contains("no region is set"), "{said:?}");
    let said = run(chime(&arguments).args(["--region", "us-east-1"]));
    assert_eq!(said.code, Some(253), "{said:?}");
    assert!(said.err.contains("credential"), "{said:?}");
    let said = run(chime(&arguments).args(["--region", "us-east-1", "--profile", "missing"]));
    assert_eq!(said.code, Some(253), "{said:?}");
}

/// A server with five rooms on three pages, and the tokens that it got.
fn rooms() -> (Server, Arc<Mutex<Vec<Value>>>) {
    let tokens: Arc<Mutex<Vec<Value>>> = Arc::default();
    let seen = Arc::clone(&tokens);
    let server = Server::start(chime_sdk::Client::operations(), move |arrived| {
        let token = arrived.input["NextToken"].clone();
        seen.lock().expect("no panic").push(token.clone());
        let room = |n: u32| {
            json!({"RoomId": format!("room-{n}"), "Name": format!("Room {n}"),
                   "CreatedTimestamp": "2026-02-20T12:00:00Z"})
        };
        Reply::ok(&match token.as_str() {
            None => json!({"Rooms": [room(1), room(2)], "NextToken": "b"}),
            Some("b") => json!({"Rooms": [room(3), room(4)], "NextToken": "c"}),
            Some("c") => json!({"Rooms": [room(5)]}),
            Some("same") => json!({"Rooms": [room(6)], "NextToken": "same"}),
            Some(other) => panic!("{other}"),
        })
    });
    (server, tokens)
}

#[test]
fn all_pages_are_one_result() {
    let (server, tokens) = rooms();
    let said = call(&server, &["ListRooms", "AccountId=a", "--all-pages"]);
    let shown = json(&said);
    assert_eq!(shown["Rooms"].as_array().map(Vec::len), Some(5));
    assert_eq!(shown.get("NextToken"), None);
    let sent = tokens.lock().expect("no panic").clone();
    assert_eq!(sent, [Value::Null, json!("b"), json!("c")]);

    let one = json(&call(&server, &["ListRooms", "AccountId=a"]));
    assert_eq!(one["NextToken"], "b");
    let rest = ["ListRooms", "AccountId=a", "NextToken=c", "--all-pages"];
    let rest = json(&call(&server, &rest));
    assert_eq!(rest["Rooms"].as_array().map(Vec::len), Some(1));

    let endless = ["ListRooms", "AccountId=a", "NextToken=same", "--all-pages"];
    let said = call(&server, &endless);
    assert_eq!(said.code, Some(255), "{said:?}");
    assert!(said.err.contains("the list would never end"), "{said:?}");
}

#[test]
fn results_are_shown_as_asked() {
    let (server, _) = rooms();
    let list = ["ListRooms", "AccountId=a", "--all-pages"];
    let shown = |more: &[&str]| {
        let arguments: Vec<&str> = list.iter().chain(more).copied().collect();
        let said = call(&server, &arguments);
        assert_eq!(said.code, Some(0), "{said:?}");
        said.out
    };
    assert_eq!(
        shown(&["--query", "Rooms[?Name != 'Room 2'].RoomId | [:2]"]),
        "[\n  \"room-1\",\n  \"room-3\"\n]\n"
    );
    assert_eq!(
        shown(&["--query", "Rooms[:1]", "--output", "csv"]),
        "CreatedTimestamp,Name,RoomId\n2026-02-20T12:00:00Z,Room 1,room-1\n"
    );
    assert_eq!(
        shown(&[
            "--query",
            "{Rooms: Rooms[:2].{Id: RoomId, Name: Name}}",
            "--output",
            "table"
        ]),
        "Rooms\nId      Name\n------  ------\nroom-1  Room 1\nroom-2  Room 2\n"
    );
    let failed: Vec<&str> = list
        .iter()
        .copied()
        .chain(["--query", "length(`1`)"])
        .collect();
    assert_eq!(call(&server, &failed).code, Some(255));
}

#[test]
fn help_and_lists_need_no_service() {
    let said = run(&mut chime(&["call", "--list", "--service", "meetings"]));
    assert_eq!(said.code, Some(0));
    assert!(said.out.lines().count() >= 16, "{}", said.out);
    let line = said
        .out
        .lines()
        .find(|line| line.starts_with("CreateMeeting "));
    assert!(
        line.is_some_and(|line| line.contains("  Creates")),
        "{}",
        said.out
    );

    let said = run(&mut chime(&["call", "--list"]));
    assert!(said.out.contains("messaging:\n"), "{}", said.out);

    for arguments in [["call", "--help"], ["call", "-h"]] {
        let said = run(&mut chime(&arguments));
        assert_eq!(said.code, Some(0));
        assert!(said.out.contains("--all-pages"), "{}", said.out);
        assert!(
            said.out.contains("254  the service returned an error"),
            "{}",
            said.out
        );
    }

    let help = ["call", "BatchCreateRoomMembership", "--help"];
    let said = run(chime(&help).env("COLUMNS", "60"));
    assert_eq!(said.code, Some(0));
    for text in [
        "  AccountId (string, required)\n",
        "  MembershipItemList (list of MembershipItem, required)\n",
        "\nMembershipItem:\n  MemberId (string)\n",
        "\nRoomMembershipRole:\n  Administrator\n",
        "  NotFoundException\n",
    ] {
        assert!(said.out.contains(text), "{text:?} in {}", said.out);
    }
}
