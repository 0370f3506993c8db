//! Requests and responses of a fixture's operations over REST JSON.

use super::{Deserializer, Serializer};
use crate::protocol::RestJson1;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SerializeRequest};
use aws_smithy_schema::protocol::SharedClientProtocol;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::{Blob, Document};
use fixture_payloads::operation::*;
use fixture_payloads::types::{Choice, Inner, Mood, Thing};
use smithy_operation::{CalledOperation, Customizations, Operation, Structure};

fn serializer() -> Serializer {
    Serializer {
        protocol: SharedClientProtocol::new(RestJson1),
        query_compatible: false,
        customizations: &Customizations::NONE,
    }
}

fn deserializer() -> Deserializer {
    Deserializer {
        protocol: SharedClientProtocol::new(RestJson1),
        query_codes: None,
        customizations: &Customizations::NONE,
    }
}

fn calling<O: Operation>() -> ConfigBag {
    ConfigBag::of_layers(vec![CalledOperation(O::DESCRIPTOR).layer()])
}

/// Returns the content type, content length and body of a request.
fn sent<O: Operation>(input: <O::Input as Structure>::Builder) -> (Option<String>, String, String) {
    let input = Input::erase(<O::Input as Structure>::complete(input));
    let request = serializer()
        .serialize_input(input, &mut calling::<O>())
        .expect("a request");
    let header = |name| request.headers().get(name).map(str::to_owned);
    let length = header("content-length").unwrap_or_default();
    let body = request.body().bytes().expect("a body in memory");
    let body = String::from_utf8(body.to_vec()).expect("text");
    (header("content-type"), length, body)
}

/// Returns the output that a response with this body is read as.
fn received<O: Operation>(body: &'static str) -> O::Output {
    let response = HttpResponse::new(200.try_into().expect("a status"), SdkBody::from(body));
    let output = deserializer()
        .deserialize_nonstreaming_with_config(&response, &calling::<O>())
        .expect("an output");
    output.downcast().expect("the operation's output")
}

fn thing() -> Thing {
    let inner = Inner::builder().count(3).build();
    Thing::builder().name("a").inner(inner).build()
}

fn json(body: &str) -> (Option<String>, String, String) {
    described("application/json", body)
}

fn described(media_type: &str, body: &str) -> (Option<String>, String, String) {
    let length = body.len().to_string();
    (Some(media_type.to_owned()), length, body.to_owned())
}

#[test]
fn a_sensitive_message_is_not_shown() {
    use fixture_sensitive::operation::login::{Login, LoginError};
    let refused = |code: &'static str, body: &'static str| {
        let body = SdkBody::from(body);
        let mut response = HttpResponse::new(400.try_into().expect("a status"), body);
        let headers = response.headers_mut();
        headers.insert("x-amzn-errortype", code);
        headers.insert("x-amzn-requestid", "id-1");
        deserializer()
            .deserialize_nonstreaming_with_config(&response, &calling::<Login>())
            .expect_err("an error")
    };
    fn login(error: &OrchestratorError<Error>) -> &LoginError {
        let error = error.as_operation_error().expect("an operation's error");
        error.downcast_ref().expect("a login error")
    }
    let shown = |error: &LoginError| {
        let source = std::error::Error::source(error).expect("a source");
        format!(
            "{error}\n{error:?}\n{source}\n{source:?}\n{:?}",
            error.meta()
        )
    };

    let error = refused("LeakyException", r#"{"Message": "hunter2", "hint": "a"}"#);
    let error = login(&error);
    assert!(!shown(error).contains("hunter2"), "{}", shown(error));
    assert_eq!(error.meta().code(), Some("LeakyException"));
    assert_eq!(error.meta().request_id(), Some("id-1"));
    let LoginError::LeakyException(leaky) = error else {
        panic!("{error:?}");
    };
    assert_eq!(leaky.message(), Some("hunter2"));

    let error = refused("LeakyException", r#"{"Message": "hunter2", "hint": 1}"#);
    let error = login(&error);
    assert!(!error.is_leaky_exception(), "{error:?}");
    assert!(!shown(error).contains("hunter2"), "{}", shown(error));

    let error = refused("PlainException", r#"{"Message": "no such user"}"#);
    let error = login(&error);
    assert!(error.to_string().contains("no such user"), "{error}");
}

#[test]
fn a_structure_is_the_whole_body() {
    use put_structure::{PutStructure, PutStructureInput};
    let body = r#"{"inner":{"count":3},"name":"a"}"#;
    let input = PutStructureInput::builder().payload(thing()).tag("t");
    assert_eq!(sent::<PutStructure>(input), json(body));
    assert_eq!(received::<PutStructure>(body).payload(), Some(&thing()));
}

#[test]
fn an_absent_structure_is_an_empty_one() {
    use put_structure::{PutStructure, PutStructureInput};
    let input = PutStructureInput::builder().tag("t");
    assert_eq!(sent::<PutStructure>(input), json("{}"));
}

#[test]
fn a_union_is_the_whole_body() {
    use put_union::{PutUnion, PutUnionInput};
    let body = r#"{"thing":{"inner":{"count":3},"name":"a"}}"#;
    let input = PutUnionInput::builder().payload(Choice::Thing(thing()));
    assert_eq!(sent::<PutUnion>(input), json(body));
    let choice = Choice::Thing(thing());
    assert_eq!(received::<PutUnion>(body).payload(), Some(&choice));
}

#[test]
fn a_document_is_the_whole_body() {
    use put_document::{PutDocument, PutDocumentInput};
    for (document, body) in [
        (Document::from("hello"), r#""hello""#),
        (Document::Array(vec![true.into()]), "[true]"),
    ] {
        let input = PutDocumentInput::builder().payload(document.clone());
        assert_eq!(sent::<PutDocument>(input), json(body));
        assert_eq!(received::<PutDocument>(body).payload(), Some(&document));
    }
}

#[test]
fn text_and_bytes_name_their_type() {
    use put_bytes::{PutBytes, PutBytesInput};
    use put_enum::{PutEnum, PutEnumInput};
    use put_image::{PutImage, PutImageInput};
    use put_text::{PutText, PutTextInput};
    let text = PutTextInput::builder().payload("hello");
    assert_eq!(sent::<PutText>(text), described("text/plain", "hello"));
    let mood = PutEnumInput::builder().payload(Mood::Good);
    assert_eq!(sent::<PutEnum>(mood), described("text/plain", "good"));
    let bytes = PutBytesInput::builder().payload(Blob::new("raw"));
    let octets = described("application/octet-stream", "raw");
    assert_eq!(sent::<PutBytes>(bytes), octets);
    let image = PutImageInput::builder().payload(Blob::new("raw"));
    assert_eq!(sent::<PutImage>(image), described("image/png", "raw"));
    assert_eq!(received::<PutText>("hello").payload(), Some("hello"));
    assert_eq!(received::<PutEnum>("good").payload(), Some(&Mood::Good));
}

#[test]
fn a_greedy_label_has_no_dot_segments() {
    use fixture_http_bindings::operation::send::{Send, SendInput};
    let uri = |greedy: &str| {
        let input = SendInput::builder().greedy(greedy).number(1);
        let input = Input::erase(SendInput::complete(input));
        let request = serializer().serialize_input(input, &mut calling::<Send>());
        let request = request.map_err(|error| error.to_string())?;
        Ok(request.uri().to_owned())
    };
    for dots in ["..", ".", "a/..", "../a", "a/./b", "/../"] {
        let error: String = uri(dots).expect_err("a dot segment");
        assert!(
            error.starts_with("the member `Greedy` contains a segment"),
            "{error}"
        );
    }
    for (value, expected) in [
        ("a/b.c/..d", "/a/b.c/..d/x/1?"),
        ("%2e%2e/a", "/%252e%252e/a/x/1?"),
        ("a//b", "/a//b/x/1?"),
    ] {
        let uri = uri(value).expect("a URI");
        assert!(uri.starts_with(expected), "{uri}");
    }
}

#[test]
fn without_a_payload_no_type_is_named() {
    use put_text::{PutText, PutTextInput};
    use put_union::{PutUnion, PutUnionInput};
    let (media_type, _, body) = sent::<PutText>(PutTextInput::builder().tag("t"));
    assert_eq!((media_type, &*body), (None, ""));
    let (_, _, body) = sent::<PutUnion>(PutUnionInput::builder().tag("t"));
    assert_eq!(body, "");
}
