//! Requests and responses whose body is a sequence of events.

use aws_smithy_eventstream::frame::DeferredSigner;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Output};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_schema::Schema;
use aws_smithy_schema::protocol::SharedClientProtocol;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::request_id::RequestId;
use smithy_operation::error::{ConnectorError, SdkError};
use smithy_operation::event_stream::{EventBody, EventCodec, EventSource, FrameError, Messages};
use smithy_operation::{InputShape, OperationDescriptor, ResponseStream};

const MEDIA_TYPE: &str = "application/vnd.amazon.eventstream";

/// Returns whether the body of a request consists of events.
pub(crate) fn sends(operation: &OperationDescriptor) -> bool {
    operation.streaming_input && stream(operation.schema.input()).is_some()
}

/// Returns whether the body of a response consists of events.
pub(crate) fn receives(operation: &OperationDescriptor) -> bool {
    operation.streaming_output && stream(operation.schema.output()).is_some()
}

/// Returns the member that is an event stream.
fn stream<'s>(schema: &'s Schema<'s>) -> Option<&'s Schema<'s>> {
    let mut members = schema.members().iter();
    members
        .find(|member| member.streaming() && member.is_union())
        .copied()
}

/// Returns whether members other than the stream travel in an event, because the protocol has no HTTP bindings.
pub(crate) fn has_initial_message(schema: &Schema<'_>) -> bool {
    stream(schema).is_some_and(|stream| stream.http_payload().is_none())
}

/// The events of a request.
pub(crate) struct Events {
    messages: Messages,
    codec: EventCodec,
}

/// Takes the events out of an input, if the operation sends any.
pub(crate) fn take(
    input: &mut dyn InputShape,
    operation: &OperationDescriptor,
    protocol: &SharedClientProtocol,
) -> Option<Events> {
    if !sends(operation) {
        return None;
    }
    let codec = EventCodec::new(protocol.clone());
    let messages = input.take_events(&codec)?;
    Some(Events { messages, codec })
}

impl Events {
    /// Makes them the body of a request. The signer of the request will sign them.
    pub(crate) fn send(
        self,
        request: &mut HttpRequest,
        schema: &Schema<'_>,
        config: &mut ConfigBag,
    ) {
        let (signer, sender) = DeferredSigner::new();
        config.interceptor_state().store_put(sender);
        let initial = has_initial_message(schema).then(|| {
            let members = request.body().bytes().unwrap_or_default();
            self.codec.initial_request(members.to_vec().into())
        });
        *request.body_mut() = EventBody::new(initial, self.messages, signer).into_body();
        let headers = request.headers_mut();
        headers.remove("content-length");
        headers.insert("content-type", MEDIA_TYPE);
    }
}

/// Asks for events, in protocols that ask for a media type.
pub(crate) fn accept(request: &mut HttpRequest, operation: &OperationDescriptor) {
    if receives(operation) && request.headers().contains_key("accept") {
        request.headers_mut().insert("accept", MEDIA_TYPE);
    }
}

/// Returns the source of the events that a response consists of.
pub(crate) fn source(
    operation: &OperationDescriptor,
    body: SdkBody,
    protocol: &SharedClientProtocol,
) -> EventSource {
    let codec = EventCodec::new(protocol.clone());
    EventSource::new(body, codec, operation.sensitive_output)
}

/// Returns an output whose members are yet to be received; [`complete`] receives them.
pub(crate) fn pending(source: EventSource, response: &HttpResponse) -> Output {
    Output::erase(Pending {
        source,
        status: response.status(),
        request_id: response.request_id().map(str::to_owned),
    })
}

/// An output whose members are yet to be received.
#[derive(Debug)]
struct Pending {
    source: EventSource,
    status: StatusCode,
    request_id: Option<String>,
}

/// Receives the members of an output that travel in an event, if the output has any.
pub(crate) async fn complete(
    operation: &'static OperationDescriptor,
    output: Output,
) -> Result<Output, SdkError<Error, HttpResponse>> {
    let mut pending = match output.downcast::<Pending>() {
        Ok(pending) => pending,
        Err(output) => return Ok(output),
    };
    let response = HttpResponse::new(pending.status, SdkBody::taken());
    let members = match pending.source.initial_response().await {
        Ok(members) => members,
        Err(FrameError::Body(error)) => {
            return Err(SdkError::dispatch_failure(ConnectorError::io(error)));
        }
        Err(error) => return Err(SdkError::response_error(error, response)),
    };
    let payload = members.map(|message| message.payload().clone());
    let codec = pending.source.codec().clone();
    let request_id = pending.request_id.as_deref();
    let stream = ResponseStream::Events(Box::new(pending.source));
    let read = codec
        .deserializer(payload.as_deref().unwrap_or_default())
        .and_then(|mut members| {
            (operation.vtable.read_output)(&mut *members, request_id, Some(stream))
        });
    read.map_err(|error| match operation.sensitive_output {
        true => SdkError::response_error(UNREADABLE, response),
        false => SdkError::response_error(error, response),
    })
}

/// The error if the members may be sensitive.
const UNREADABLE: &str = "the initial response of the event stream does not match the model";
