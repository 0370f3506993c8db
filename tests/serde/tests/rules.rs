//! The rules of `docs/serde.md`, one by one.

mod common;

use chime_sdk::operation::batch_create_room_membership::{
    BatchCreateRoomMembershipInput, BatchCreateRoomMembershipOutput,
};
use chime_sdk::operation::get_account::GetAccountOutput;
use chime_sdk::primitives::DateTime;
use chime_sdk::types::error::NotFoundException;
use chime_sdk::types::{
    Account, ErrorCode, MembershipItem, Room, RoomMembershipRole, UserSettings,
};
use ciborium::Value as Cbor;
use common::formats;
use fixture_collections::operation::put::PutInput as Collections;
use fixture_collections::types::Item;
use fixture_enums::types::{Color, Number, Secret};
use fixture_optionality::operation::put::{PutInput, PutOutput};
use fixture_payloads::operation::put_document::PutDocumentInput;
use fixture_payloads::operation::put_structure::PutStructureInput;
use fixture_payloads::types::{Inner, Thing};
use fixture_sensitive::operation::login::LoginInput;
use fixture_sensitive::types::error::LeakyException;
use fixture_sensitive::types::{Card, SecretUnion};
use fixture_simple_types::operation::echo::EchoInput;
use fixture_simple_types::types::Plain;
use fixture_streaming_blob::operation::upload::UploadInput;
use fixture_unions::types::{Action, Move, OnlyUnits};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, from_value, json, to_value};
use smithy_operation::error::ProvideErrorMetadata;
use smithy_operation::generated::{BigInteger, Blob, Document, RequestId};
use std::collections::HashMap;

fn to_json(value: &impl Serialize) -> Value {
    to_value(value).expect("JSON")
}

fn of_json<T: DeserializeOwned>(value: Value) -> T {
    from_value(value).expect("the value")
}

/// Returns the error of deserializing JSON text.
fn error_of<T: DeserializeOwned>(json: &str) -> String {
    match serde_json::from_str::<T>(json) {
        Ok(_) => panic!("{json} is accepted"),
        Err(error) => error.to_string(),
    }
}

fn to_cbor(value: &impl Serialize) -> Cbor {
    Cbor::serialized(value).expect("CBOR")
}

#[test]
fn members_have_the_names_of_the_model() {
    let input = BatchCreateRoomMembershipInput::builder()
        .account_id("a")
        .room_id("r")
        .membership_item_list(
            MembershipItem::builder()
                .member_id("m")
                .role(RoomMembershipRole::Administrator)
                .build(),
        )
        .build()
        .expect("an input");
    // Path labels are members like others.
    let json = json!({
        "AccountId": "a",
        "MembershipItemList": [{ "MemberId": "m", "Role": "Administrator" }],
        "RoomId": "r",
    });
    assert_eq!(to_json(&input), json);
    assert_eq!(
        of_json::<BatchCreateRoomMembershipInput>(json.clone()),
        input
    );
    // In the order of the names.
    assert_eq!(
        serde_json::to_string(&input).expect("JSON"),
        r#"{"AccountId":"a","MembershipItemList":[{"MemberId":"m","Role":"Administrator"}],"RoomId":"r"}"#
    );
    // Not those of the protocol.
    assert_eq!(to_json(&Action::Say("hi".into())), json!({ "say": "hi" }));
}

#[test]
fn a_payload_is_a_member() {
    let thing = Thing::builder()
        .name("t")
        .inner(Inner::builder().count(1).build())
        .build();
    let input = PutStructureInput::builder().payload(thing).tag("tag");
    let input = input.build().expect("an input");
    let json = json!({ "payload": { "inner": { "count": 1 }, "name": "t" }, "tag": "tag" });
    assert_eq!(to_json(&input), json);
    assert_eq!(of_json::<PutStructureInput>(json), input);
}

#[test]
fn absent_members_are_left_out_and_may_be_null() {
    let item = MembershipItem::builder().build();
    assert_eq!(to_json(&item), json!({}));
    assert_eq!(of_json::<MembershipItem>(json!({})), item);
    let null = json!({ "MemberId": null, "Role": null });
    assert_eq!(of_json::<MembershipItem>(null), item);
    let null = Cbor::Map(vec![(Cbor::Text("MemberId".into()), Cbor::Null)]);
    assert_eq!(
        null.deserialized::<MembershipItem>().expect("an item"),
        item
    );
}

#[test]
fn unknown_members_are_ignored() {
    let json = json!({ "MemberId": "m", "New": [{ "a": 1 }], "AlsoNew": null });
    let item: MembershipItem = of_json(json.clone());
    assert_eq!(item.member_id(), Some("m"));
    let cbor = Cbor::serialized(&json).expect("CBOR");
    assert_eq!(
        cbor.deserialized::<MembershipItem>().expect("an item"),
        item
    );
    // postcard cannot tell where an unknown value ends.
    let bytes = postcard::to_stdvec(&HashMap::from([("New", Some(1))])).expect("bytes");
    assert!(postcard::from_bytes::<MembershipItem>(&bytes).is_err());
}

#[test]
fn what_a_newer_version_wrote_can_be_read() {
    // postcard writes names, so members of later versions don't shift others.
    let bytes = postcard::to_stdvec(&HashMap::from([("MemberId", Some("m"))])).expect("bytes");
    let item: MembershipItem = postcard::from_bytes(&bytes).expect("an item");
    assert_eq!(item.member_id(), Some("m"));
}

#[test]
fn missing_members_are_named_with_their_path() {
    let error =
        error_of::<GetAccountOutput>(r#"{"Account": {"AccountId": "a", "AwsAccountId": "b"}}"#);
    let said = "the required member `Name` of `GetAccountOutput.Account` is missing at line 1";
    assert!(error.starts_with(said), "{error}");
    assert_eq!(
        error_of::<Account>("{}"),
        "the required member `AccountId` of `Account` is missing"
    );
    let error = error_of::<Plain>(r#"{"bigdecimalMember": null}"#);
    assert!(error.contains("`bigdecimalMember` of `Plain`"), "{error}");
    let error = error_of::<fixture_unions::operation::play::PlayOutput>(
        r#"{"actions": [{"say": "a"}, {"many": [{"x": 1}, {}]}]}"#,
    );
    assert!(
        error.contains("the required member `x` of `PlayOutput.actions[1].many[1]` is missing"),
        "{error}"
    );
    // An input's are checked when it is sent.
    let input: BatchCreateRoomMembershipInput = of_json(json!({}));
    assert_eq!(input.account_id(), None);
}

#[test]
fn wrong_types_are_reported_with_their_path() {
    for (json, said) in [
        (
            r#"{"MembershipItemList": [{}, {"MemberId": 5}]}"#,
            "invalid type: integer `5`, expected a string for \
             `BatchCreateRoomMembershipInput.MembershipItemList[1].MemberId`",
        ),
        (
            r#"{"MembershipItemList": {}}"#,
            "expected a list for `BatchCreateRoomMembershipInput.MembershipItemList`",
        ),
        (
            r#"{"MembershipItemList": ["a"]}"#,
            "expected a map of members for `BatchCreateRoomMembershipInput.MembershipItemList[0]`",
        ),
        (
            "[]",
            "expected a map of members for `BatchCreateRoomMembershipInput`",
        ),
    ] {
        let error = error_of::<BatchCreateRoomMembershipInput>(json);
        assert!(error.contains(said), "{error}");
        assert!(error.contains("at line 1 column"), "{error}");
    }
    let error = error_of::<Collections>(r#"{"map": {"a b": "c"}}"#);
    assert!(
        error.contains("expected an i32 for `PutInput.map[\"a b\"]`"),
        "{error}"
    );
    let error = error_of::<EchoInput>(r#"{"byteMember": 128}"#);
    assert!(error.contains("integer `128`"), "{error}");
}

#[test]
fn defaults_are_restored() {
    let input: PutInput = of_json(json!({ "plain": {} }));
    let plain = input.plain().expect("a structure");
    assert!(plain.flag);
    assert_eq!(plain.float, -1.5);
    assert_eq!(plain.text, "a \"quoted\" text");
    assert_eq!(plain.time, DateTime::from_secs_and_nanos(1, 500_000_000));
    assert_eq!(plain.kind.as_str(), "b");
    formats::check(plain);
}

#[test]
fn absent_structures_are_not_filled_in() {
    // A response without the member would have an empty structure.
    let settings = UserSettings::builder().build();
    assert_eq!(to_json(&settings), json!({}));
    formats::check(&settings);
    let output = PutOutput::builder().required("r").build().expect("built");
    formats::check(&output);
}

#[test]
fn timestamps() {
    let room = |time| Room::builder().created_timestamp(time).build();
    for (time, text) in [
        (DateTime::from_secs(0), "1970-01-01T00:00:00Z"),
        (
            DateTime::from_secs_and_nanos(1_700_000_000, 120_000_000),
            "2023-11-14T22:13:20.12Z",
        ),
        (
            DateTime::from_secs_and_nanos(-1, 999_999_999),
            "1969-12-31T23:59:59.999999999Z",
        ),
    ] {
        let json = json!({ "CreatedTimestamp": text });
        assert_eq!(to_json(&room(time)), json);
        formats::check(&room(time));
        assert!(format!("{:?}", to_cbor(&room(time))).contains(text));
    }
    // No protocol's rounding, whatever the format on the wire.
    let time = DateTime::from_secs_and_nanos(1, 123_456_789);
    let input = EchoInput::builder().timestamp_member(time);
    formats::check(&input.build().expect("an input"));

    for (json, time) in [
        (
            json!("2023-11-15T00:13:20+02:00"),
            room(DateTime::from_secs(1_700_000_000)),
        ),
        (
            json!(1_700_000_000),
            room(DateTime::from_secs(1_700_000_000)),
        ),
        (
            json!(1_700_000_000.25),
            room(DateTime::from_millis(1_700_000_000_250)),
        ),
        (json!(-1), room(DateTime::from_secs(-1))),
    ] {
        assert_eq!(of_json::<Room>(json!({ "CreatedTimestamp": json })), time);
    }
    let toml = "CreatedTimestamp = 2023-11-14T22:13:20Z";
    assert_eq!(
        toml::from_str::<Room>(toml).expect("a room"),
        room(DateTime::from_secs(1_700_000_000))
    );

    for bad in [
        r#""yesterday""#,
        "1e300",
        "18446744073709551615",
        "{}",
        "true",
    ] {
        let error = error_of::<Room>(&format!(r#"{{"CreatedTimestamp": {bad}}}"#));
        assert!(error.contains("`Room.CreatedTimestamp`"), "{error}");
        assert!(error.contains("RFC 3339"), "{error}");
    }
    let error = to_value(room(DateTime::from_secs(i64::MAX))).expect_err("no such year");
    assert_eq!(
        error.to_string(),
        "the timestamp `Room.CreatedTimestamp` cannot be serialized: RFC 3339 has only the years from 1 to 9999"
    );
}

#[test]
fn blobs() {
    let input = EchoInput::builder().blob_member(Blob::new([0, 255, 16]));
    let input = input.build().expect("an input");
    assert_eq!(to_json(&input), json!({ "blobMember": "AP8Q" }));
    let bytes = Cbor::Bytes(vec![0, 255, 16]);
    assert_eq!(
        to_cbor(&input),
        Cbor::Map(vec![(Cbor::Text("blobMember".into()), bytes)])
    );
    formats::check(&input);
    let error = error_of::<EchoInput>(r#"{"blobMember": "?"}"#);
    assert!(
        error.contains("the string of `EchoInput.blobMember` is not base64"),
        "{error}"
    );
}

#[test]
fn numbers() {
    let big = "123456789012345678901234567890";
    let input = EchoInput::builder()
        .biginteger_member(big.parse().expect("an integer"))
        .bigdecimal_member("1.50".parse().expect("a number"));
    let input = input.build().expect("an input");
    let json = json!({ "bigdecimalMember": "1.50", "bigintegerMember": big });
    assert_eq!(to_json(&input), json);
    formats::check(&input);
    let input: EchoInput = of_json(json!({ "bigintegerMember": 12, "bigdecimalMember": -0.5 }));
    assert_eq!(
        input.biginteger_member(),
        Some(&"12".parse::<BigInteger>().expect("12"))
    );
    assert_eq!(input.bigdecimal_member().map(AsRef::as_ref), Some("-0.5"));
    let error = error_of::<EchoInput>(r#"{"bigintegerMember": "1.5"}"#);
    assert!(error.contains("`EchoInput.bigintegerMember`"), "{error}");

    for (value, text) in [
        (f64::INFINITY, "Infinity"),
        (f64::NEG_INFINITY, "-Infinity"),
        (f64::NAN, "NaN"),
    ] {
        let input = EchoInput::builder()
            .double_member(value)
            .float_member(value as f32);
        let input = input.build().expect("an input");
        let json = json!({ "doubleMember": text, "floatMember": text });
        assert_eq!(to_json(&input), json);
        for read in [
            formats::json(&input),
            formats::toml(&input),
            formats::cbor(&input),
            formats::postcard(&input),
        ] {
            let double = read.double_member().expect("a number");
            let float = read.float_member().expect("a number");
            assert!(double.total_cmp(&value).is_eq(), "{double}");
            assert!(float.total_cmp(&(value as f32)).is_eq(), "{float}");
        }
    }
    // `1` is a float too.
    let input: EchoInput = of_json(json!({ "doubleMember": 1, "floatMember": -1 }));
    assert_eq!(input.double_member(), Some(1.0));
    assert_eq!(input.float_member(), Some(-1.0));
    assert!(error_of::<EchoInput>(r#"{"doubleMember": "1"}"#).contains("a number"));
}

#[test]
fn numbers_of_arbitrary_precision() {
    // What `serde_json` passes on with that feature.
    let number = |digits: &str| json!({ "$serde_json::private::Number": digits });
    let input: EchoInput = of_json(json!({
        "bigdecimalMember": number("1.50"),
        "documentMember": [number("1"), number("-1"), number("1.5")],
        "doubleMember": number("0.1"),
        "timestampMember": number("1700000000"),
    }));
    assert_eq!(
        to_json(&input),
        json!({
            "bigdecimalMember": "1.50",
            "documentMember": [1, -1, 1.5],
            "doubleMember": 0.1,
            "timestampMember": "2023-11-14T22:13:20Z",
        })
    );
    let error = error_of::<EchoInput>(r#"{"doubleMember": {"a": "b"}}"#);
    assert!(
        error.contains("invalid type: map, expected a number"),
        "{error}"
    );
}

#[test]
fn documents() {
    let json = json!({ "a": [1, -2, 1.5, null, true, "b"], "c": {} });
    let input: PutDocumentInput = of_json(json!({ "payload": json }));
    let document = input
        .payload()
        .and_then(Document::as_object)
        .expect("an object");
    assert_eq!(document.len(), 2);
    assert_eq!(to_json(&input), json!({ "payload": json }));
    formats::check(&input);
    // Null is a document.
    let null: PutDocumentInput = of_json(json!({ "payload": null }));
    assert_eq!(null.payload(), Some(&Document::Null));
    formats::check(&null);

    let nan = Document::Number(smithy_operation::generated::Number::Float(f64::NAN));
    let input = PutDocumentInput::builder().payload(nan);
    let input = input.build().expect("an input");
    let error = to_value(&input).expect_err("no such number");
    assert!(error.to_string().contains("NaN"), "{error}");
    assert!(postcard::to_stdvec(&input).is_ok());
}

#[test]
fn sparse_collections_have_nulls() {
    let input = Collections::builder()
        .sparse(None)
        .sparse(Some("a".into()))
        .sparse_map("k", None)
        .build()
        .expect("an input");
    let json = json!({ "sparse": [null, "a"], "sparseMap": { "k": null } });
    assert_eq!(to_json(&input), json);
    formats::check(&input);
    // TOML has no null.
    assert!(toml::to_string(&input).is_err());
    // Others do not: a null is left out, as in a response.
    let input: Collections = of_json(json!({ "list": ["a", null], "map": { "k": null } }));
    assert_eq!(input.list(), ["a"]);
    assert_eq!(input.map(), Some(&HashMap::new()));
}

#[test]
fn unions() {
    for (value, json) in [
        (Action::Say("hi".into()), json!({ "say": "hi" })),
        (Action::Quit, json!({ "quit": {} })),
        (
            Action::At(DateTime::from_secs(0)),
            json!({ "at": "1970-01-01T00:00:00Z" }),
        ),
        (
            Action::Many(vec![Move::builder().x(1).build().expect("a move")]),
            json!({ "many": [{ "x": 1 }] }),
        ),
    ] {
        assert_eq!(to_json(&value), json);
        assert_eq!(of_json::<Action>(json), value);
        formats::check(&value);
    }
    formats::check(&OnlyUnits::B);
    // Null members are absent.
    let json = json!({ "say": null, "quit": {}, "new": null });
    assert_eq!(of_json::<Action>(json), Action::Quit);

    let unknown: Action = of_json(json!({ "dance": { "steps": 3 } }));
    assert!(unknown.is_unknown());
    let error = to_value(&unknown)
        .expect_err("its content is lost")
        .to_string();
    assert!(
        error.contains("the union `Action` cannot be serialized"),
        "{error}"
    );

    let error = error_of::<Action>(r#"{"say": "a", "quit": {}}"#);
    assert!(error.contains("more than one member"), "{error}");
    assert!(error_of::<Action>("{}").contains("no member"));
    assert!(error_of::<Action>(r#""quit""#).contains("a map of members for `Action`"));
}

#[test]
fn enums_keep_values_that_are_not_in_the_model() {
    for (value, json) in [
        (Color::UsEast, json!("us-east-1")),
        (Color::from("blue"), json!("blue")),
    ] {
        assert_eq!(to_json(&value), json);
        assert_eq!(of_json::<Color>(json), value);
        formats::check(&value);
    }
    for (value, json) in [(Number::MinusTwo, json!(-2)), (Number::from(7), json!(7))] {
        assert_eq!(to_json(&value), json);
        assert_eq!(of_json::<Number>(json), value);
        formats::check(&value);
    }
    let error = error_of::<Color>("1");
    assert!(error.contains("a string for `Color`"), "{error}");
    // They can be keys.
    let map = HashMap::from([(Color::Red, 1)]);
    assert_eq!(to_json(&map), json!({ "red": 1 }));
    assert_eq!(formats::json(&map), map);
}

#[test]
fn streams_are_refused() {
    let input = UploadInput::builder().name("n").build().expect("an input");
    let error = to_value(&input).expect_err("a stream").to_string();
    assert_eq!(
        error,
        "`UploadInput.Body` is a stream, which cannot be serialized: read it and serialize what it contains"
    );
    let error = error_of::<UploadInput>(r#"{"Name": "n", "Body": "AAAA"}"#);
    assert!(
        error
            .contains("`UploadInput.Body` is a stream, which cannot be deserialized: leave it out"),
        "{error}"
    );
    // The rest can be read, and the body set afterwards.
    let input: UploadInput = of_json(json!({ "Name": "n" }));
    assert_eq!(input.name(), Some("n"));
}

#[test]
fn event_streams_are_refused() {
    use fixture_event_streams::operation::publish::PublishInput;
    use fixture_event_streams::types::{Events, TextEvent};

    let input: PublishInput = of_json(json!({ "Topic": "t" }));
    assert_eq!(input.topic(), Some("t"));
    let error = to_value(&input).expect_err("a stream").to_string();
    assert!(
        error.contains("`PublishInput.Events` is a stream"),
        "{error}"
    );
    assert!(error_of::<PublishInput>(r#"{"Events": {}}"#).contains("is a stream"));
    // An event is a union.
    let text: TextEvent = of_json(json!({}));
    formats::check(&text);
    let event: Events = of_json(json!({ "new": 1 }));
    assert!(event.is_unknown());
}

#[test]
fn secrets_are_serialized_and_stay_hidden_in_debug_and_errors() {
    let login = LoginInput::builder()
        .card(Card::builder().number("4000").owner("Ada").build())
        .password("hunter2")
        .pins("door", "1234")
        .secret(SecretUnion::Number(99))
        .build()
        .expect("an input");
    let json = json!({
        "card": { "number": "4000", "owner": "Ada" },
        "password": "hunter2",
        "pins": { "door": "1234" },
        "secret": { "number": 99 },
    });
    assert_eq!(to_json(&login), json);
    let read: LoginInput = of_json(json);
    assert_eq!(read, login);
    let shown = format!("{read:?}");
    for secret in ["4000", "Ada", "hunter2", "1234", "99"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert_eq!(to_json(&Secret::A), json!("a"));
    assert!(!format!("{:?}", of_json::<Secret>(json!("a"))).contains('A'));

    // Formats quote what they cannot read.
    for json in [
        r#"{"password": 7777777}"#,
        r#"{"password": ["7777777"]}"#,
        r#"{"card": "7777777"}"#,
        r#"{"card": {"number": 7777777}}"#,
        r#"{"pins": {"door": 7777777}}"#,
        r#"{"secret": {"number": "7777777"}}"#,
        r#"{"secret": "7777777"}"#,
    ] {
        let error = error_of::<LoginInput>(json);
        assert!(!error.contains("7777777"), "{error}");
        assert!(
            error.contains("It is sensitive, so it is not shown"),
            "{error}"
        );
    }
}

#[test]
fn errors_have_the_metadata_of_errors_that_were_sent() {
    let error: NotFoundException = of_json(json!({ "Code": "NotFound", "Message": "no room" }));
    assert_eq!(error.code, Some(ErrorCode::NotFound));
    assert_eq!(
        ProvideErrorMetadata::code(&error),
        Some("NotFoundException")
    );
    assert_eq!(ProvideErrorMetadata::message(&error), Some("no room"));
    assert_eq!(error.to_string(), "NotFoundException: no room");
    assert_eq!(
        to_json(&error),
        json!({ "Code": "NotFound", "Message": "no room" })
    );
    // A message that is sensitive is no metadata.
    let error: LeakyException = of_json(json!({ "Message": "secret" }));
    assert_eq!(ProvideErrorMetadata::message(&error), None);
    assert!(!format!("{error:?} {error}").contains("secret"));
    assert_eq!(to_json(&error), json!({ "Message": "secret" }));
}

#[test]
fn request_ids_are_not_serialized() {
    let output = BatchCreateRoomMembershipOutput::builder()
        ._request_id("request-1")
        .build();
    assert_eq!(output.request_id(), Some("request-1"));
    assert_eq!(to_json(&output), json!({}));
    assert_eq!(formats::json(&output).request_id(), None);
}

#[test]
fn shapes_fit_into_types_of_their_users() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Flat {
        note: String,
        #[serde(flatten)]
        item: MembershipItem,
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "kind")]
    enum Tagged {
        Member(MembershipItem),
        Room(Room),
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Untagged {
        Account(Box<Account>),
        Item(Item),
    }
    let member = || MembershipItem::builder().member_id("m").build();
    let time = DateTime::from_secs_and_nanos(1, 5);
    let flat = Flat {
        note: "n".into(),
        item: member(),
    };
    assert_eq!(to_json(&flat), json!({ "note": "n", "MemberId": "m" }));
    assert_eq!(formats::json(&flat), flat);
    for value in [
        Tagged::Member(member()),
        Tagged::Room(Room::builder().created_timestamp(time).build()),
    ] {
        assert_eq!(formats::json(&value), value);
        assert_eq!(formats::cbor(&value), value);
    }
    for value in [
        Untagged::Item(Item::builder().name("i").build()),
        Untagged::Account(Box::new(
            Account::builder()
                .account_id("a")
                .aws_account_id("b")
                .name("n")
                .build()
                .expect("an account"),
        )),
    ] {
        assert_eq!(formats::json(&value), value);
        assert_eq!(formats::cbor(&value), value);
    }
}
