//! The input of a call: JSON, and members one by one.

use super::json;
use chime_sdk::dynamic::{Document, Shape, StructureShape};
use serde_json::Value;
use std::io::Read;

/// Reads `MEMBER=VALUE`.
pub(super) fn member(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("use NAME=VALUE, with the name of a member of the input".to_owned()),
    }
}

/// Returns the input, with the members in addition to those in JSON.
pub(super) fn read(
    input: Option<&str>,
    members: &[(String, String)],
    shape: &StructureShape,
) -> Result<Document, String> {
    let mut document = match input {
        Some(input) => json::document(parse(input)?),
        None => Document::Object(Default::default()),
    };
    let Document::Object(entries) = &mut document else {
        // The check says what is wrong with it.
        return Ok(document);
    };
    // A list has an item for each time that its member is given.
    let mut begun: Vec<&str> = Vec::new();
    for (name, text) in members {
        let value = match shape.member(name) {
            Some(member) => value(name, text, member.shape())?,
            // The check names similar members.
            None => Document::String(text.clone()),
        };
        let repeats = begun.contains(&name.as_str());
        match (entries.get_mut(name), value) {
            (Some(Document::Array(all)), Document::Array(items)) if repeats => all.extend(items),
            (Some(_), _) if repeats => return Err(format!("{name} is given more than once")),
            (_, value) => {
                entries.insert(name.clone(), value);
            }
        }
        begun.push(name);
    }
    Ok(document)
}

/// Reads JSON: itself, `@FILE` or `-`.
fn parse(input: &str) -> Result<Value, String> {
    let (what, text) = match (input, input.strip_prefix('@')) {
        ("-", _) => {
            let mut text = String::new();
            let read = std::io::stdin().lock().read_to_string(&mut text);
            read.map_err(|error| format!("cannot read the input from stdin: {error}"))?;
            ("the input from stdin".to_owned(), text)
        }
        (_, Some(path)) => {
            let text = std::fs::read_to_string(path)
                .map_err(|error| format!("cannot read the input from {path}: {error}"))?;
            (format!("the input in {path}"), text)
        }
        (text, None) => ("the input".to_owned(), text.to_owned()),
    };
    // Editors on Windows begin files with a byte order mark.
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str(text).map_err(|error| format!("{what} is not JSON: {error}"))
}

/// Returns a value in the form of its type.
fn value(name: &str, text: &str, shape: Shape) -> Result<Document, String> {
    let parsed = serde_json::from_str(text).ok();
    match shape {
        Shape::String | Shape::Enum(_) | Shape::Blob => Ok(Document::String(text.to_owned())),
        Shape::Timestamp | Shape::BigInteger | Shape::BigDecimal => {
            let number = parsed.filter(Value::is_number).map(json::document);
            Ok(number.unwrap_or_else(|| Document::String(text.to_owned())))
        }
        Shape::List(list) => match parsed {
            Some(value @ Value::Array(_)) => Ok(json::document(value)),
            _ => Ok(Document::Array(vec![value(name, text, list.item())?])),
        },
        Shape::Structure(_) | Shape::Union(_) | Shape::Map(_) => match serde_json::from_str(text) {
            Ok(value) => Ok(json::document(value)),
            Err(error) => Err(format!("the value of {name} is not JSON: {error}")),
        },
        // The check reports what is not of its type.
        _ => Ok(parsed.map_or_else(|| Document::String(text.to_owned()), json::document)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::service;

    fn shape(operation: &str) -> &'static StructureShape {
        let found = service::find(operation, None).expect("an operation");
        found.operation.shape().input
    }

    fn members(text: &[&str]) -> Vec<(String, String)> {
        text.iter()
            .map(|it| member(it).expect("a member"))
            .collect()
    }

    #[track_caller]
    fn check(operation: &str, input: Option<&str>, given: &[&str], expected: &str) {
        let document = read(input, &members(given), shape(operation)).expect("an input");
        let expected: Value = serde_json::from_str(expected).expect("JSON");
        assert_eq!(json::of(&document), expected);
    }

    #[test]
    fn members_have_the_types_of_the_model() {
        check(
            "ListRooms",
            None,
            &["AccountId=17", "MaxResults=5"],
            r#"{"AccountId": "17", "MaxResults": 5}"#,
        );
        check(
            "BatchSuspendUser",
            None,
            &["UserIdList=a", "UserIdList=b", r#"UserIdList=["c"]"#],
            r#"{"UserIdList": ["a", "b", "c"]}"#,
        );
        check(
            "BatchSuspendUser",
            Some(r#"{"AccountId": "x", "UserIdList": ["z"]}"#),
            &["UserIdList=a"],
            r#"{"AccountId": "x", "UserIdList": ["a"]}"#,
        );
        check(
            "BatchCreateRoomMembership",
            None,
            &[r#"MembershipItemList={"MemberId": "a"}"#],
            r#"{"MembershipItemList": [{"MemberId": "a"}]}"#,
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        let error = |given: &[&str]| {
            let all = members(given);
            read(None, &all, shape("BatchCreateRoomMembership")).expect_err("an error")
        };
        assert_eq!(
            error(&["RoomId=a", "RoomId=b"]),
            "RoomId is given more than once"
        );
        let json = error(&["MembershipItemList={"]);
        assert!(
            json.starts_with("the value of MembershipItemList is not JSON"),
            "{json}"
        );
        assert!(member("RoomId").is_err());
        assert!(member("=x").is_err());
    }
}
