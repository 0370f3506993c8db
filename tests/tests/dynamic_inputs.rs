//! What inputs of dynamic calls may be, and what errors say of others.

use chime_sdk::dynamic::{Document, DynamicError, Number, Operations, check_input, find, object};

fn text(text: &str) -> Document {
    Document::String(text.to_owned())
}

fn list<const N: usize>(items: [Document; N]) -> Document {
    Document::Array(items.into())
}

/// Returns the problems of an input, one to a line.
fn problems(operations: Operations, name: &str, input: &Document) -> Vec<String> {
    match check_input(find(operations, name).expect("it exists"), input) {
        Ok(()) => Vec::new(),
        Err(DynamicError::InvalidInput(invalid)) => {
            let problems = invalid.problems.iter();
            problems.map(ToString::to_string).collect()
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn values_are_checked_by_their_types() {
    let echo = |member: &str, value: Document| {
        let input = object([(member, value)]);
        problems(fixture_simple_types::OPERATIONS, "Echo", &input)
    };
    let number = |value: f64| Document::Number(Number::Float(value));
    let integer = |value: i64| match u64::try_from(value) {
        Ok(value) => Document::Number(Number::PosInt(value)),
        Err(_) => Document::Number(Number::NegInt(value)),
    };
    for (member, value) in [
        ("byteMember", integer(-128)),
        ("byteMember", number(127.0)),
        ("longMember", integer(i64::MIN)),
        ("integerMember", Document::Null),
        ("doubleMember", integer(3)),
        ("doubleMember", text("-Infinity")),
        ("bigintegerMember", text("123456789012345678901234567890")),
        ("bigintegerMember", integer(-5)),
        ("bigdecimalMember", text("1.50")),
        ("blobMember", text("")),
        ("blobMember", text("AQID")),
        ("timestampMember", text("2026-02-20T13:00:00+01:00")),
        ("timestampMember", text("1969-12-31T23:59:59.5Z")),
        ("timestampMember", integer(-1)),
        ("timestampMember", number(1.5)),
        (
            "documentMember",
            list([Document::Null, object([("a", true.into())])]),
        ),
    ] {
        assert!(
            echo(member, value.clone()).is_empty(),
            "{member}: {value:?}"
        );
    }
    for (member, value, problem) in [
        (
            "byteMember",
            integer(128),
            "expected an integer from -128 to 127, found the number 128",
        ),
        (
            "shortMember",
            integer(-32769),
            "expected an integer from -32768 to 32767, found the number -32769",
        ),
        (
            "integerMember",
            integer(1 << 31),
            "expected an integer of 32 bits, found the number 2147483648",
        ),
        (
            "longMember",
            number(1e19),
            "expected an integer of 64 bits, found the number 10000000000000000000",
        ),
        (
            "integerMember",
            text("1"),
            "expected an integer of 32 bits, found the string \"1\"",
        ),
        (
            "floatMember",
            text("1"),
            "expected a number, found the string \"1\"",
        ),
        (
            "booleanMember",
            integer(1),
            "expected `true` or `false`, found the number 1",
        ),
        (
            "stringMember",
            true.into(),
            "expected a string, found `true`",
        ),
        (
            "stringMember",
            list([]),
            "expected a string, found an empty array",
        ),
        (
            "blobMember",
            text("%"),
            "expected a string in base64, found the string \"%\"",
        ),
        (
            "bigintegerMember",
            text("1.5"),
            "expected an integer, as a number or a string, found the string \"1.5\"",
        ),
        (
            "bigintegerMember",
            number(1e300),
            "expected an integer, as a number or a string, found the number 1000",
        ),
        (
            "bigdecimalMember",
            number(f64::NAN),
            "expected a number, or a string with a number, found the number NaN",
        ),
        (
            "timestampMember",
            text("today"),
            "expected a timestamp: a string such as",
        ),
        (
            "timestampMember",
            number(1e30),
            "expected a timestamp: a string such as",
        ),
        (
            "timestampMember",
            integer(i64::MAX),
            "expected a timestamp: a string such as",
        ),
    ] {
        let found = echo(member, value.clone());
        let expected = format!("$.{member}: {problem}");
        let [found] = found.as_slice() else {
            panic!("{member} {value:?}: {found:?}");
        };
        assert!(found.starts_with(&expected), "{found}");
    }
}

#[test]
fn deep_inputs_are_refused() {
    let deep = |levels: usize| (0..levels).fold(Document::Null, |inner, _| list([inner]));
    let echo = |value| {
        let input = object([("documentMember", value)]);
        problems(fixture_simple_types::OPERATIONS, "Echo", &input)
    };
    assert!(echo(deep(100)).is_empty());
    assert_eq!(
        echo(deep(5_000)),
        ["$.documentMember: the value nests deeper than 128 levels"]
    );
}

#[test]
fn paths_lead_to_what_is_wrong() {
    let input = object([
        ("AccountId", text("a")),
        ("RoomID", text("r")),
        (
            "MembershipItemList",
            list([
                object([("Role", text("a value of a later model"))]),
                Document::Null,
                object([("role", text("Member")), ("Role", list([true.into()]))]),
            ]),
        ),
    ]);
    assert_eq!(
        problems(chime_api::OPERATIONS, "BatchCreateRoomMembership", &input),
        [
            "$.MembershipItemList[1]: expected an object (MembershipItem), found null",
            "$.MembershipItemList[2].Role: expected a string: `Administrator` or `Member`, found an array of 1 item",
            "$.MembershipItemList[2].role: MembershipItem has no such member; did you mean `Role`?",
            "$.RoomId: the required member is missing; expected a string",
            "$.RoomID: BatchCreateRoomMembershipRequest has no such member; did you mean `RoomId`?",
        ]
    );
    assert_eq!(
        problems(chime_api::OPERATIONS, "GetRoom", &list([])),
        ["$: expected an object (GetRoomRequest), found an empty array"]
    );
}

#[test]
fn idempotency_tokens_may_be_absent() {
    let operations = chime_sdk_meetings_api::OPERATIONS;
    let create = find(operations, "CreateMeeting").expect("it exists");
    assert_eq!(
        create.shape().idempotency_token,
        Some("client_request_token")
    );
    let mut count = 0;
    for operations in [
        operations,
        chime_sdk_messaging_api::OPERATIONS,
        chime_sdk_voice_api::OPERATIONS,
    ] {
        for operation in operations {
            let shape = operation.shape();
            let mut members = shape.input.members.iter();
            let token = members.find(|member| Some(member.field) == shape.idempotency_token);
            let Some(token) = token else { continue };
            count += 1;
            let missing = problems(operations, operation.name, &Document::Null);
            let of_token = format!("$.{}:", token.name);
            assert!(
                !missing.iter().any(|it| it.starts_with(&of_token)),
                "{missing:?}"
            );
        }
    }
    assert!(count > 3, "{count}");
}
