//! Inputs are checked, and outputs are written, as the model says.

use super::*;
use crate::document::{Doc, object};
use crate::model::{Operation, operations_named};
use crate::refusal::Refusal;
use http::HeaderMap;

fn operation(name: &str) -> &'static Operation {
    operations_named(name).next().expect("an operation")
}

fn read(
    name: &str,
    labels: &[(&str, &str)],
    query: &[(&str, &str)],
    body: &str,
) -> Result<Doc, Refusal> {
    let owned = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    };
    let parts = Parts {
        labels: &owned(labels),
        query: &owned(query),
        headers: &HeaderMap::new(),
        body: body.as_bytes(),
    };
    read_input(operation(name), &parts)
}

#[test]
fn inputs_are_refused_with_what_is_wrong() {
    let account = [("AccountId", "a")];
    let room = [("AccountId", "a"), ("RoomId", "r")];
    for (name, labels, query, body, expected) in [
        ("CreateAccount", &[][..], &[][..], "{}", "Name is required"),
        ("CreateAccount", &[], &[], "", "Name is required"),
        (
            "CreateAccount",
            &[],
            &[],
            "[]",
            "the request cannot be read: the body is not a JSON object",
        ),
        (
            "CreateAccount",
            &[],
            &[],
            "{",
            "the request cannot be read: the body is not JSON: EOF",
        ),
        (
            "CreateAccount",
            &[],
            &[],
            r#"{"Name": 1}"#,
            "Name is not a string",
        ),
        (
            "CreateAccount",
            &[],
            &[],
            r#"{"Name": ""}"#,
            "Name must not be blank",
        ),
        (
            "GetAccount",
            &[("AccountId", " ")],
            &[],
            "",
            "AccountId must not be blank",
        ),
        (
            "ListRooms",
            &account,
            &[("max-results", "0")],
            "",
            "MaxResults is 0; it must be from 1 to 99",
        ),
        (
            "ListRooms",
            &account,
            &[("max-results", "x")],
            "",
            "MaxResults is x, which is not an integer",
        ),
        (
            "BatchCreateRoomMembership",
            &room,
            &[],
            r#"{"MembershipItemList": [{"MemberId": "m"}, {"Role": "Boss"}]}"#,
            "MembershipItemList[1].Role is Boss, which is not one of Administrator, Member",
        ),
        (
            "CreateMeeting",
            &[],
            &[],
            r#"{"ClientRequestToken": "aa", "MediaRegion": "us-east-1", "ExternalMeetingId": "x", "Tags": []}"#,
            "ExternalMeetingId has 1 characters; it must have from 2 to 64",
        ),
    ] {
        let refusal = read(name, labels, query, body).expect_err(expected);
        assert!(refusal.message.starts_with(expected), "{}", refusal.message);
    }
}

#[test]
fn inputs_have_the_types_of_the_model() {
    let input = read(
        "ListRooms",
        &[("AccountId", "a")],
        &[("max-results", "7"), ("x", "y")],
        "",
    );
    assert_eq!(input, Ok(object! {"AccountId": "a", "MaxResults": 7_i64}));
    let input = read(
        "UpdateAccount",
        &[("AccountId", "a")],
        &[],
        r#"{"Name": null, "Other": 1}"#,
    );
    assert_eq!(input, Ok(object! {"AccountId": "a"}));
}

/// Timestamps keep their milliseconds, and what the output does not have is left out.
#[test]
fn outputs_are_written_as_the_model_says() {
    let room =
        object! {"RoomId": "r", "CreatedTimestamp": 1_795_623_719_250_i64, "Position": 1_i64};
    let body = write_output(operation("GetRoom"), &object! {"Room": room}).expect("a body");
    assert_eq!(
        String::from_utf8_lossy(&body),
        r#"{"Room":{"CreatedTimestamp":"2026-11-25T16:21:59.25Z","RoomId":"r"}}"#
    );
    let users = vec![object! {"Name": "n", "CreatedTimestamp": 1_795_623_719_250_i64}];
    let output = object! {"AppInstanceUser": users[0].clone()};
    let body = write_output(operation("DescribeAppInstanceUser"), &output).expect("a body");
    assert_eq!(
        String::from_utf8_lossy(&body),
        r#"{"AppInstanceUser":{"CreatedTimestamp":1795623719.25,"Name":"n"}}"#
    );
    assert_eq!(
        write_output(operation("DeleteRoom"), &Doc::default()),
        Ok(Vec::new())
    );
}

#[test]
fn outputs_that_do_not_conform_are_failures() {
    for output in [
        object! {"Account": object! {"AccountId": "a"}},
        object! {"Account": object! {"AccountId": 1_i64, "AwsAccountId": "0", "Name": "n"}},
        object! {"Account": "a"},
    ] {
        let refusal = write_output(operation("GetAccount"), &output).expect_err("a failure");
        assert!(
            refusal.message.contains("does not conform to the model"),
            "{}",
            refusal.message
        );
    }
}
