//! Serializes inputs into requests, and deserializes responses into outputs and errors.

#[cfg(feature = "event-stream")]
use crate::events;
use crate::protocol::{CallEndpoint, payload};
use crate::secrets::Sent;
use crate::unreadable::Unreadable;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::EndpointPrefix;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output, OutputOrError};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SerializeRequest};
use aws_smithy_schema::document::DocumentShapeSerializer;
use aws_smithy_schema::protocol::SharedClientProtocol;
use aws_smithy_schema::serde::SerdeError;
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::Document;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::ErrorMetadata;
use aws_types::request_id::{RequestId, apply_request_id};
use smithy_operation::endpoint::{OperationParam, ParamSource, ParamValue, collect_params};
use smithy_operation::{
    CalledOperation, Customizations, InputShape, OperationDescriptor, ResponseStream,
};
use std::fmt;

/// Returns the operation that is called, which its plugin has stored in the configuration.
fn called(config: &ConfigBag) -> Result<&'static OperationDescriptor, BoxError> {
    match config.load::<CalledOperation>() {
        Some(CalledOperation(operation)) => Ok(operation),
        None => Err("the configuration does not contain the operation that is called".into()),
    }
}

/// Serializes requests.
#[derive(Debug)]
pub(crate) struct Serializer {
    pub(crate) protocol: SharedClientProtocol,
    /// Whether requests say that the service once spoke awsQuery.
    pub(crate) query_compatible: bool,
    pub(crate) customizations: &'static Customizations,
}

impl SerializeRequest for Serializer {
    fn serialize_input(
        &self,
        mut input: Input,
        config: &mut ConfigBag,
    ) -> Result<HttpRequest, BoxError> {
        let operation = called(config)?;
        let Some(input) = (operation.vtable.input)(&mut input) else {
            return Err(format!(
                "an interceptor replaced the input of {} with one of another type",
                operation.name
            )
            .into());
        };
        if let Some(missing) = MissingMember::of(input) {
            return Err(missing.into());
        }
        if let Some(name) = empty_endpoint_label(self.customizations, input) {
            return Err(BadLabel::Empty(name.to_owned()).into());
        }
        if let Some(prefix) = input.host_prefix()? {
            config
                .interceptor_state()
                .store_put(EndpointPrefix::new(prefix)?);
        }
        if let Some(url) = input.call_endpoint() {
            let url = CallEndpoint(url.to_owned());
            config.interceptor_state().store_put(url);
        }
        let body = input.body().map(std::mem::take);
        #[cfg(feature = "event-stream")]
        let events = events::take(input, operation, &self.protocol);
        let schema = operation.schema.input();
        let mut request = self
            .protocol
            .serialize_request(input, schema, "", config)
            .map_err(|error| empty_label(operation, error))?;
        if !self.customizations.raw_paths && has_dot_segment(request.uri()) {
            return Err(dot_label(schema, input).into());
        }
        if let Some(body) = body {
            let body = body.into_inner();
            let length = body.content_length();
            let headers = request.headers_mut();
            if let Some(length) = length {
                headers.insert("content-length", length.to_string());
            } else if operation.requires_length && headers.get("content-length").is_none() {
                return Err(NO_LENGTH.into());
            }
            *request.body_mut() = body;
        }
        match payload(schema) {
            // It is no document.
            Some(member) if member.streaming() && member.is_union() => {}
            Some(member) => describe_payload(&mut request, member),
            None => {}
        }
        #[cfg(feature = "event-stream")]
        {
            if let Some(events) = events {
                events.send(&mut request, schema, config);
            }
            events::accept(&mut request, operation);
        }
        for (name, value) in self.customizations.request_headers {
            if request.headers().get(*name).is_none() {
                request.headers_mut().insert(*name, *value);
            }
        }
        if self.query_compatible {
            request.headers_mut().insert("x-amzn-query-mode", "true");
        }
        if operation.sensitive_input {
            config.interceptor_state().store_put(Sent::of(&request));
        }
        Ok(request)
    }
}

/// The error if the length of a stream is unknown, and the service requires it.
const NO_LENGTH: &str = "the service requires the length of the request's stream, which is unknown: use a \
    stream that knows its length, such as that of a file or of bytes";

/// Adds what the protocols omit when bytes or a string are the whole body: the content type.
fn describe_payload(request: &mut HttpRequest, member: &Schema<'_>) {
    let default = match member.shape_type() {
        ShapeType::Blob => "application/octet-stream",
        ShapeType::String => "text/plain",
        _ => return,
    };
    if request.body().content_length() == Some(0) {
        return;
    }
    let media_type = member
        .media_type()
        .map_or(default, |media_type| media_type.value());
    let headers = request.headers_mut();
    if headers.get("content-type").is_none() {
        headers.insert("content-type", media_type.to_owned());
    }
}

/// An input lacks a member that the model requires.
#[derive(Debug)]
pub struct MissingMember {
    member: &'static str,
    field: &'static str,
}

impl MissingMember {
    /// Returns the first member that the input lacks; `None` if it has all that are required.
    pub fn of<I: InputShape + ?Sized>(input: &I) -> Option<Self> {
        let (member, field) = input.missing_required()?;
        Some(Self { member, field })
    }
}

impl fmt::Display for MissingMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = self.field.trim_start_matches("r#");
        write!(
            f,
            "the required member `{}` is missing: set it with `.{field}(...)`",
            self.member
        )
    }
}

impl std::error::Error for MissingMember {}

/// Returns which member that the endpoint contains is empty.
fn empty_endpoint_label(
    customizations: &Customizations,
    input: &dyn InputShape,
) -> Option<&'static str> {
    let is_empty = |&name: &&'static str| {
        let source = ParamSource::Member(name);
        let found = collect_params(&[OperationParam { name, source }], input);
        let mut found = found.into_iter();
        found.any(|param| matches!(param.value, ParamValue::String(text) if text.is_empty()))
    };
    customizations
        .endpoint_labels
        .iter()
        .copied()
        .find(is_empty)
}

/// Names the member that is an empty label, so that the caller can find it.
fn empty_label(operation: &OperationDescriptor, error: SerdeError) -> BoxError {
    let text = error.to_string();
    let mut labels = labels(operation.schema.input());
    match labels.find(|name| text.contains(&format!("{name} was missing"))) {
        Some(name) => BadLabel::Empty(name.to_owned()).into(),
        None => error.into(),
    }
}

/// Returns whether a path has a segment `.` or `..`. Templates have none, so it comes from a label.
fn has_dot_segment(uri: &str) -> bool {
    let path = uri.split_once('?').map_or(uri, |(path, _)| path);
    // Few paths contain a dot.
    path.contains('.') && path.split('/').any(is_dots)
}

fn is_dots(segment: &str) -> bool {
    matches!(segment, "." | "..")
}

/// Returns which label causes the dot segment in the path.
fn dot_label(schema: &Schema<'_>, input: &dyn InputShape) -> BadLabel {
    let mut serializer = DocumentShapeSerializer::new();
    let written = serializer.write_struct(schema, input);
    let document = written.and_then(|()| serializer.finish());
    let document = document.map(|written| written.into_document());
    let value = |name: &str| match &document {
        Ok(Document::Object(members)) => members.get(name).and_then(Document::as_string),
        _ => None,
    };
    let name =
        labels(schema).find(|name| value(name).is_some_and(|value| value.split('/').any(is_dots)));
    BadLabel::Dots(name.map(str::to_owned))
}

/// Returns the names of the members that are part of the path.
fn labels<'s>(schema: &'s Schema<'s>) -> impl Iterator<Item = &'s str> {
    let members = schema.members().iter();
    members
        .filter(|member| member.http_label().is_some())
        .filter_map(|member| member.member_name())
}

/// A member in the path of the URI would change it to the path of another operation.
#[derive(Debug)]
enum BadLabel {
    Empty(String),
    /// It contains a segment `.` or `..`. The name is `None` if the label is only part of a segment.
    Dots(Option<String>),
}

impl fmt::Display for BadLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty(name) => write!(
                f,
                "the member `{name}` is empty, but it is part of the request's path"
            ),
            Self::Dots(Some(name)) => write!(
                f,
                "the member `{name}` contains a segment `.` or `..`, but it is part of the request's path"
            ),
            Self::Dots(None) => {
                f.write_str("the members in the request's path form a segment `.` or `..`")
            }
        }
    }
}

impl std::error::Error for BadLabel {}

/// Deserializes responses.
#[derive(Debug)]
pub(crate) struct Deserializer {
    pub(crate) protocol: SharedClientProtocol,
    /// The codes that errors had in awsQuery, by the names of their shapes; `None` if the service never spoke
    /// it.
    pub(crate) query_codes: Option<&'static [(&'static str, &'static str)]>,
    pub(crate) customizations: &'static Customizations,
}

impl DeserializeResponse for Deserializer {
    fn deserialize_streaming_with_config(
        &self,
        response: &mut HttpResponse,
        config: &ConfigBag,
    ) -> Option<OutputOrError> {
        let operation = called(config).ok()?;
        if !operation.streaming_output || !response.status().is_success() {
            return None;
        }
        let body = std::mem::replace(response.body_mut(), SdkBody::taken());
        #[cfg(feature = "event-stream")]
        if events::receives(operation) {
            let source = events::source(operation, body, &self.protocol);
            if events::has_initial_message(operation.schema.output()) {
                return Some(Ok(events::pending(source, response)));
            }
            let stream = ResponseStream::Events(Box::new(source));
            return Some(self.success(operation, response, config, Some(stream)));
        }
        let body = ResponseStream::Bytes(body);
        Some(self.success(operation, response, config, Some(body)))
    }

    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        config: &ConfigBag,
    ) -> OutputOrError {
        let operation = called(config).map_err(OrchestratorError::other)?;
        if response.status().is_success() && !self.is_error(operation, response) {
            self.success(operation, response, config, None)
        } else {
            let error = self.refusal(operation, response, config);
            Err(OrchestratorError::operation(error))
        }
    }
}

impl Deserializer {
    fn success(
        &self,
        operation: &OperationDescriptor,
        response: &HttpResponse,
        config: &ConfigBag,
        body: Option<ResponseStream>,
    ) -> Result<Output, OrchestratorError<Error>> {
        let request_id = response.request_id();
        self.protocol
            .deserialize_response(response, operation.schema.output(), config)
            .and_then(|mut deserializer| {
                (operation.vtable.read_output)(&mut *deserializer, request_id, body)
            })
            .map_err(|error| {
                let metadata = apply_request_id(ErrorMetadata::builder(), response.headers());
                let unreadable =
                    Unreadable::new(response, Some(error), operation.sensitive_output, config);
                OrchestratorError::operation((operation.vtable.unhandled)(
                    unreadable.into(),
                    metadata.build(),
                ))
            })
    }

    /// Returns whether the document of a successful response is an error.
    fn is_error(&self, operation: &OperationDescriptor, response: &HttpResponse) -> bool {
        // What is not a document is the caller's own.
        let is_document = |member: &Schema<'_>| {
            matches!(member.shape_type(), ShapeType::Structure | ShapeType::Union)
        };
        self.customizations.errors_in_success
            && payload(operation.schema.output()).is_none_or(is_document)
            && response.body().bytes().is_some_and(begins_with_error)
    }

    /// Returns the error of a response. A response that cannot be read is also an error.
    fn refusal(
        &self,
        operation: &OperationDescriptor,
        response: &HttpResponse,
        config: &ConfigBag,
    ) -> Error {
        let unhandled = |cause, is_hidden, metadata| {
            let unreadable = Unreadable::new(response, cause, is_hidden, config);
            (operation.vtable.unhandled)(unreadable.into(), metadata)
        };
        let parsed = self.protocol.parse_error_metadata(response, config);
        let (metadata, failure) = match parsed {
            Ok(metadata) => (metadata, None),
            Err(error) => (ErrorMetadata::builder(), Some(error)),
        };
        let mut metadata = apply_request_id(metadata, response.headers()).build();
        if let Some(code) = self.query_code(metadata.code()) {
            metadata = with_code(&metadata, code);
        }
        if metadata.code().is_none()
            && let Some(code) = self.code_of_empty(response)
        {
            metadata = with_code(&metadata, code);
        }
        if failure.is_some() {
            // The header may contain the code even if the body is not JSON.
            return unhandled(failure, false, with_code_of_header(metadata, response));
        }
        if metadata.code().is_none() {
            return unhandled(None, false, metadata);
        }
        let had_message = metadata.message().is_some();
        let read = |metadata: &mut ErrorMetadata| {
            self.protocol
                .deserialize_error_response(response, config)
                .map(|mut deserializer| (operation.vtable.read_error)(metadata, &mut *deserializer))
        };
        let mut result = read(&mut metadata);
        if matches!(result, Ok(None))
            && let Some(mut named) = self.named_in_body(&metadata, response)
        {
            result = read(&mut named);
            if !matches!(result, Ok(None)) {
                metadata = named;
            }
        }
        match result {
            Ok(Some(Ok(error))) => error,
            // The target of a redirect is more useful than a code that is not in the model.
            Ok(None) if (300..400).contains(&response.status().as_u16()) => {
                unhandled(None, false, metadata)
            }
            Ok(None) => (operation.vtable.unhandled)(metadata.clone().into(), metadata),
            // The message was removed because it is sensitive, and the body contains it too.
            Ok(Some(Err(error))) if had_message && metadata.message().is_none() => {
                unhandled(Some(error), true, metadata)
            }
            Ok(Some(Err(error))) | Err(error) => unhandled(Some(error), false, metadata),
        }
    }

    /// Returns the code of a response without a body, if the service gives its status one.
    fn code_of_empty(&self, response: &HttpResponse) -> Option<&'static str> {
        let is_empty = response.body().bytes().is_some_and(<[u8]>::is_empty);
        let status = response.status().as_u16();
        let mut codes = self.customizations.empty_errors.iter();
        let (_, code) = codes.find(|(own, _)| is_empty && *own == status)?;
        Some(code)
    }

    /// Returns the code that an error had in awsQuery, if the response has the name of its shape.
    fn query_code(&self, code: Option<&str>) -> Option<&'static str> {
        let code = code?;
        let mut codes = self.query_codes?.iter();
        codes.find(|(name, _)| *name == code).map(|(_, code)| *code)
    }

    /// Returns the metadata with the code of the shape that the body names. The code of awsQuery is in a
    /// header, and models need not have it.
    fn named_in_body(
        &self,
        metadata: &ErrorMetadata,
        response: &HttpResponse,
    ) -> Option<ErrorMetadata> {
        self.query_codes?;
        let body = response.body().bytes()?;
        // Unlike the metadata of the response, this does not look at the headers.
        let of_body = self.protocol.parse_event_stream_error_metadata(body).ok()?;
        let of_body = of_body.build();
        let name = of_body.code()?;
        let code = self.query_code(Some(name)).unwrap_or(name);
        (metadata.code() != Some(code)).then(|| with_code(metadata, code))
    }
}

/// Returns whether the root of an XML document is `Error`.
fn begins_with_error(body: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(body) else {
        return false;
    };
    let mut text = text.trim_start();
    while let Some(rest) = text.strip_prefix("<?").or_else(|| text.strip_prefix("<!")) {
        let Some((_, after)) = rest.split_once('>') else {
            return false;
        };
        text = after.trim_start();
    }
    let rest = text.strip_prefix("<Error");
    rest.is_some_and(|rest| rest.starts_with(['>', ' ', '\t', '\r', '\n']))
}

/// Returns the metadata with another code.
fn with_code(metadata: &ErrorMetadata, code: &str) -> ErrorMetadata {
    let mut builder = ErrorMetadata::builder().code(code);
    if let Some(message) = metadata.message() {
        builder = builder.message(message);
    }
    if let Some(id) = metadata.request_id() {
        builder = builder.custom("aws_request_id", id);
    }
    builder.build()
}

fn with_code_of_header(metadata: ErrorMetadata, response: &HttpResponse) -> ErrorMetadata {
    let Some(code) = response.headers().get("x-amzn-errortype") else {
        return metadata;
    };
    // Some services write the code as `namespace#Code:http://...`.
    let code = code.split(':').next().unwrap_or(code);
    let code = code.rsplit('#').next().unwrap_or(code);
    with_code(&metadata, code)
}

#[cfg(all(test, feature = "rest-json"))]
mod tests {
    use super::*;
    use crate::protocol::RestJson1;
    use aws_smithy_types::Blob;
    use fixture_payloads::operation::*;
    use fixture_payloads::types::{Choice, Inner, Mood, Thing};
    use smithy_operation::{Operation, Structure};

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
    fn sent<O: Operation>(
        input: <O::Input as Structure>::Builder,
    ) -> (Option<String>, String, String) {
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
}
