//! Calls by the names of operations, and the descriptions of operations.

use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use aws_smithy_schema::document::DocumentShapeDeserializer;
use chime_local::Chime;
use chime_sdk::Client;
use chime_sdk::config::{Builder, Credentials, Region};
use chime_sdk::dynamic::{
    Document, DynamicCall, FailureKind, Number, OperationDescriptor, Operations, Shape,
    StructureShape, find, object, skeleton,
};
use smithy_operation::{BoxFuture, Handle, Overrides, Runtime, SendResult};
use std::sync::{Arc, Mutex};

/// Returns the outputs that documents describe, one after the other, and keeps the last input as it was sent.
#[derive(Debug)]
struct Canned {
    outputs: Mutex<Vec<Document>>,
    calls: Arc<Mutex<usize>>,
}

impl Canned {
    fn handle(outputs: impl Into<Vec<Document>>) -> (Handle, Arc<Mutex<usize>>) {
        let mut outputs = outputs.into();
        outputs.reverse();
        let calls = Arc::default();
        let canned = Self {
            outputs: Mutex::new(outputs),
            calls: Arc::clone(&calls),
        };
        (Handle::new(canned), calls)
    }
}

impl Runtime for Canned {
    fn invoke(
        &self,
        operation: &'static OperationDescriptor,
        mut input: Input,
        _overrides: Overrides,
    ) -> BoxFuture<SendResult<Output, Error>> {
        *self.calls.lock().expect("no panic") += 1;
        let input = (operation.vtable.input)(&mut input).expect("the operation's input");
        assert_eq!(input.missing_required(), None, "{}", operation.name);
        let output = self.outputs.lock().expect("no panic").pop();
        let output = output.expect("an output");
        let mut deserializer = DocumentShapeDeserializer::new(&output);
        let output = (operation.vtable.read_output)(&mut deserializer, Some("id-1"), None);
        Box::pin(std::future::ready(Ok(output.expect("an output"))))
    }
}

fn text(text: &str) -> Document {
    Document::String(text.to_owned())
}

/// Every service of the workspace and fixtures with shapes that these do not have.
fn services() -> Vec<Operations> {
    vec![
        chime_api::OPERATIONS,
        chime_sdk_identity_api::OPERATIONS,
        chime_sdk_media_pipelines_api::OPERATIONS,
        chime_sdk_meetings_api::OPERATIONS,
        chime_sdk_messaging_api::OPERATIONS,
        chime_sdk_voice_api::OPERATIONS,
        fixture_collections::OPERATIONS,
        fixture_enums::OPERATIONS,
        fixture_pagination::OPERATIONS,
        fixture_payloads::OPERATIONS,
        fixture_recursive_structure::OPERATIONS,
        fixture_recursive_union::OPERATIONS,
        fixture_simple_types::OPERATIONS,
        fixture_unions::OPERATIONS,
    ]
}

/// Returns what is shown of a value that is read from a skeleton.
fn shown(value: Document, shape: Shape) -> Document {
    match (shape, value) {
        (Shape::BigDecimal, Document::Number(Number::Float(value))) => text(&value.to_string()),
        (Shape::BigInteger, Document::Number(Number::PosInt(value))) => text(&value.to_string()),
        (Shape::Structure(shape) | Shape::Union(shape), Document::Object(members)) => {
            let members = members.into_iter();
            Document::Object(
                members
                    .map(|(name, value)| {
                        let member = shape.member(&name).expect("a member").shape();
                        (name, shown(value, member))
                    })
                    .collect(),
            )
        }
        (Shape::List(list), Document::Array(items)) => {
            let items = items.into_iter();
            Document::Array(items.map(|item| shown(item, list.item())).collect())
        }
        (Shape::Map(map), Document::Object(entries)) => {
            let entries = entries.into_iter();
            Document::Object(
                entries
                    .map(|(key, value)| (key, shown(value, map.value())))
                    .collect(),
            )
        }
        (_, value) => value,
    }
}

/// Returns a skeleton in the form that the reader of documents accepts.
fn readable(value: Document, shape: &'static StructureShape) -> Document {
    shown(value, Shape::Structure(shape))
}

#[tokio::test]
async fn skeletons_of_all_operations_are_inputs_and_outputs() {
    let mut count = 0;
    for operations in services() {
        for operation in operations {
            let shape = operation.shape();
            assert_eq!(shape.name, operation.name);
            let output = skeleton(shape.output);
            let (handle, _) = Canned::handle([readable(output.clone(), shape.output)]);
            let call = DynamicCall::new(handle, operations, operation.name, skeleton(shape.input));
            let returned = call.await.expect("an output");
            assert_eq!(
                returned,
                readable(output, shape.output),
                "{}",
                operation.name
            );
            count += 1;
        }
    }
    assert!(count > 286, "{count}");
}

#[test]
fn operations_are_described() {
    let operation = find(chime_api::OPERATIONS, "BatchCreateRoomMembership").expect("it exists");
    let shape = operation.shape();
    assert_eq!(
        shape.docs.summary(),
        "Adds up to 50 users or bots to a chat room."
    );
    assert_eq!(shape.deprecated, None);
    let names: Vec<_> = shape.errors.iter().map(|error| error.name()).collect();
    assert!(names.contains(&"NotFoundException"), "{names:?}");
    assert!(shape.pagination.is_none());
    let members: Vec<_> = shape
        .input
        .members
        .iter()
        .map(|it| format!("{it:?}"))
        .collect();
    assert_eq!(
        members,
        [
            "AccountId: string, required",
            "MembershipItemList: list of MembershipItem, required",
            "RoomId: string, required"
        ]
    );
    let items = shape.input.member("MembershipItemList").expect("a member");
    let Shape::List(list) = items.shape() else {
        panic!("{items:?}");
    };
    let Shape::Structure(item) = list.item() else {
        panic!("{list:?}");
    };
    let Some(Shape::Enum(role)) = item.member("Role").map(|it| it.shape()) else {
        panic!("{item:?}");
    };
    let values: Vec<_> = role.values.iter().map(|(value, _)| *value).collect();
    assert_eq!(values, ["Administrator", "Member"]);
    assert!(role.values.iter().all(|(_, docs)| !docs.is_empty()));

    let list = find(chime_api::OPERATIONS, "ListRooms").expect("it exists");
    let pages = list.shape().pagination.as_ref().expect("pages");
    assert_eq!(pages.input_token, "NextToken");
    assert_eq!(pages.output_token, ["NextToken"]);
    assert_eq!(pages.page_size, Some("MaxResults"));
    assert_eq!(pages.items, ["Rooms"]);
}

#[test]
fn everything_is_documented() {
    for operations in services().iter().take(6) {
        for operation in *operations {
            let shape = operation.shape();
            assert!(!shape.docs.is_empty(), "{}", operation.name);
            for member in shape.input.members.iter().chain(shape.output.members) {
                assert!(!member.docs.is_empty(), "{}: {member:?}", operation.name);
            }
        }
    }
}

#[tokio::test]
async fn streams_are_refused() {
    for (operations, name) in [
        (fixture_streaming_blob::OPERATIONS, "Upload"),
        (fixture_streaming_blob::OPERATIONS, "Download"),
        (fixture_event_streams::OPERATIONS, "Watch"),
    ] {
        let (handle, calls) = Canned::handle([]);
        let call = DynamicCall::new(handle, operations, name, Document::Null);
        let error = call.await.expect_err("an error");
        assert!(error.is_usage());
        assert!(
            error
                .to_string()
                .starts_with(&format!("{name} sends or receives a stream")),
            "{error}"
        );
        assert_eq!(*calls.lock().expect("no panic"), 0);
    }
}

#[tokio::test]
async fn pages_with_paths_are_joined() {
    let item = |name: &str| text(name);
    let operation = find(fixture_pagination::OPERATIONS, "ListNested").expect("it exists");
    let pages = operation.shape().pagination.as_ref().expect("pages");
    assert!(
        pages.output_token.len() > 1 || pages.items.len() > 1,
        "{pages:?}"
    );
    let page = |token: Option<&str>, names: &[&str]| {
        let mut page = object([]);
        let items = Document::Array(names.iter().map(|name| item(name)).collect());
        put(&mut page, pages.items, items);
        if let Some(token) = token {
            put(&mut page, pages.output_token, text(token));
        }
        page
    };
    let outputs = [
        page(Some("a"), &["1", "2"]),
        page(Some("b"), &[]),
        page(Some(""), &["3"]),
    ];
    let (handle, calls) = Canned::handle(outputs);
    let call = DynamicCall::new(
        handle,
        fixture_pagination::OPERATIONS,
        "ListNested",
        object([]),
    );
    let whole = call.all_pages().await.expect("all pages");
    assert_eq!(whole, page(None, &["1", "2", "3"]));
    assert_eq!(*calls.lock().expect("no panic"), 3);
}

fn put(document: &mut Document, path: &[&str], value: Document) {
    let (first, rest) = path.split_first().expect("a path");
    let Document::Object(members) = document else {
        panic!("{document:?}");
    };
    match rest {
        [] => drop(members.insert((*first).to_owned(), value)),
        rest => put(
            members
                .entry((*first).to_owned())
                .or_insert_with(|| object([])),
            rest,
            value,
        ),
    }
}

/// A client of a local Chime.
fn client() -> Client {
    let config = Builder::new()
        .behavior_version_latest()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("a", "b", None, None, "test"))
        .endpoint_url("http://localhost")
        .http_client(Chime::new().http_client());
    Client::from_conf(config.build())
}

#[tokio::test]
async fn a_client_calls_by_names() {
    let client = client();
    let created = client
        .call("CreateAccount", object([("Name", text("Test"))]))
        .await;
    let created = created.expect("an account");
    let account = created
        .as_object()
        .and_then(|it| it.get("Account"))
        .expect("an account");
    let account = account.as_object().expect("a structure");
    assert_eq!(account.get("Name"), Some(&text("Test")));
    let time = account
        .get("CreatedTimestamp")
        .and_then(Document::as_string);
    assert!(time.is_some_and(|time| time.ends_with('Z')), "{time:?}");

    let id = account.get("AccountId").expect("an ID").clone();
    let got = client.call("GetAccount", object([("AccountId", id)])).await;
    assert_eq!(
        got.expect("the account"),
        object([("Account", Document::Object(account.clone()))])
    );
    assert_eq!(Client::operations().len(), 62);
}

#[tokio::test]
async fn failures_say_what_happened() {
    let client = client();
    let error = client
        .call("GetRom", Document::Null)
        .await
        .expect_err("an error");
    assert!(error.is_usage());
    assert!(
        error
            .to_string()
            .starts_with("there is no operation `GetRom`; did you mean `GetRoom`"),
        "{error}"
    );

    let missing = object([("AccountId", text("no-such-account"))]);
    let error = client
        .call("GetAccount", missing)
        .await
        .expect_err("an error");
    assert!(!error.is_usage());
    let failure = error.failure().expect("a failure");
    assert_eq!(failure.kind(), FailureKind::Service);
    assert!(failure.is_modelled());
    assert_eq!(failure.code(), Some("NotFoundException"));
    assert_eq!(failure.http_status(), Some(404));
    let id = failure.request_id().expect("an ID");
    let message = failure.message().expect("a message");
    assert_eq!(
        error.to_string(),
        format!("GetAccount failed: NotFoundException: {message} (request ID: {id})")
    );
    assert!(std::error::Error::source(&error).is_some());
}
