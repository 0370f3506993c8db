//! What a runtime knows of an operation and of a service.

use crate::endpoint::{BuiltIns, ResolveEndpointError};
use crate::error::{CreateUnhandledError, OperationError, ProvideErrorMetadata};
use crate::structure::{OperationOutput, Structure, read_members, read_structure};
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use aws_smithy_schema::OperationSchema;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::operation::BuildError;
use aws_smithy_types::retry::ErrorKind;
use std::fmt;

/// A generated operation.
pub trait Operation: Sized + 'static {
    /// What a caller sends.
    type Input: Structure + fmt::Debug + Send + Sync + 'static;
    /// What the service answers.
    type Output: OperationOutput + fmt::Debug + Send + Sync + 'static;
    /// How the service refuses.
    type Error: OperationError;

    /// The operation's name in the model.
    const NAME: &'static str;
    /// What a runtime needs to know of the operation.
    const DESCRIPTOR: &'static OperationDescriptor;

    /// Gives the member that carries an idempotency token a value if the caller left it out.
    fn fill_idempotency_token(_input: &mut Self::Input, _make_token: Token<'_>) {}

    /// Takes the body out of an input whose payload is a stream.
    fn take_streaming_body(_input: &mut Self::Input) -> Option<SdkBody> {
        None
    }

    /// Puts the body that a server received into an input whose payload is a stream.
    fn give_streaming_body(_input: &mut Self::Input, _body: SdkBody) {}

    /// What stands before the endpoint's host, where the model asks for something.
    ///
    /// # Errors
    ///
    /// If a member that it is made of is missing or is not a host label.
    fn host_prefix(_input: &Self::Input) -> Result<Option<String>, BuildError> {
        Ok(None)
    }
}

/// Makes a fresh idempotency token.
pub type Token<'a> = &'a mut dyn FnMut() -> String;

/// All that a runtime knows of one operation.
#[derive(Debug)]
#[non_exhaustive]
pub struct OperationDescriptor {
    /// The operation's name in the model.
    pub name: &'static str,
    /// The operation's schemas.
    pub schema: &'static OperationSchema<'static>,
    /// Whether requests are signed.
    pub signed: bool,
    /// The HTTP status of success.
    pub status: u16,
    /// Whether the request's body is a stream that the caller supplies.
    pub streaming_input: bool,
    /// Whether the answer's body is handed to the caller as a stream.
    pub streaming_output: bool,
    /// The operation's typed code, behind types that are the same for all operations.
    pub vtable: Vtable,
}

impl OperationDescriptor {
    /// Describes operation `O`: signed, answered with status 200, without streams.
    pub const fn new<O: Operation>(schema: &'static OperationSchema<'static>) -> Self {
        Self {
            name: O::NAME,
            schema,
            signed: true,
            status: 200,
            streaming_input: false,
            streaming_output: false,
            vtable: Vtable::of::<O>(),
        }
    }

    /// Says that requests need not be signed.
    #[must_use]
    pub const fn unsigned(mut self) -> Self {
        self.signed = false;
        self
    }

    /// Sets the HTTP status of success.
    #[must_use]
    pub const fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Says that the request's body is a stream.
    #[must_use]
    pub const fn streaming_input(mut self) -> Self {
        self.streaming_input = true;
        self
    }

    /// Says that the answer's body is a stream.
    #[must_use]
    pub const fn streaming_output(mut self) -> Self {
        self.streaming_output = true;
        self
    }
}

/// An operation's typed code, behind types that are the same for all operations.
///
/// Each function takes or gives the erased form of the operation's own input, output or error.
/// Handing one operation's value to another's function is an error, never a panic.
#[allow(clippy::type_complexity)]
pub struct Vtable {
    /// The input as a structure that can be written.
    pub input: fn(&Input) -> Result<&dyn SerializableStruct, SerdeError>,
    /// See [`Structure::missing_required`].
    pub missing_required: fn(&Input) -> Option<(&'static str, &'static str)>,
    /// See [`Operation::fill_idempotency_token`].
    pub fill_idempotency_token: fn(&mut Input, Token<'_>),
    /// See [`Operation::take_streaming_body`].
    pub take_streaming_body: fn(&mut Input) -> Option<SdkBody>,
    /// See [`Operation::host_prefix`].
    pub host_prefix: fn(&Input) -> Result<Option<String>, BuildError>,
    /// Reads an output. The body is given where the operation streams it.
    pub read_output: fn(
        &mut dyn ShapeDeserializer,
        request_id: Option<&str>,
        body: Option<SdkBody>,
    ) -> Result<Output, SerdeError>,
    /// Reads the modelled error that the metadata's code names; `None` if no error has that code.
    pub read_error:
        fn(&ErrorMetadata, &mut dyn ShapeDeserializer) -> Option<Result<Error, SerdeError>>,
    /// Makes an error that the model does not know.
    pub unhandled: fn(Box<dyn std::error::Error + Send + Sync>, ErrorMetadata) -> Error,
    /// The metadata of an error; `None` if it is another operation's.
    pub error_metadata: fn(&Error) -> Option<&ErrorMetadata>,
    /// How the model says an error may be retried, where it says so.
    pub retryable: fn(&Error) -> Option<ErrorKind>,
    /// Reads an input: what a server does.
    pub read_input:
        fn(&mut dyn ShapeDeserializer, body: Option<SdkBody>) -> Result<Input, SerdeError>,
    /// The output as a structure that can be written: what a server does.
    pub output: fn(&Output) -> Result<&dyn SerializableStruct, SerdeError>,
    /// Takes the body out of an output whose payload is a stream: what a server does.
    pub take_output_body: fn(&mut Output) -> Option<SdkBody>,
}

impl fmt::Debug for Vtable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vtable")
    }
}

impl Vtable {
    /// The typed code of operation `O`.
    pub const fn of<O: Operation>() -> Self {
        Self {
            input: |input| match input.downcast_ref::<O::Input>() {
                Some(input) => Ok(input),
                None => Err(foreign("input", O::NAME)),
            },
            missing_required: |input| input.downcast_ref::<O::Input>()?.missing_required(),
            fill_idempotency_token: |input, token| {
                if let Some(input) = input.downcast_mut::<O::Input>() {
                    O::fill_idempotency_token(input, token);
                }
            },
            take_streaming_body: |input| {
                input
                    .downcast_mut::<O::Input>()
                    .and_then(O::take_streaming_body)
            },
            host_prefix: |input| match input.downcast_ref::<O::Input>() {
                Some(input) => O::host_prefix(input),
                None => Ok(None),
            },
            read_output: |deserializer, request_id, body| {
                let mut builder = <O::Output as Structure>::Builder::default();
                read_members(<O::Output as Structure>::SCHEMA, deserializer, &mut builder)?;
                if let Some(request_id) = request_id {
                    O::Output::set_request_id(&mut builder, request_id.to_owned());
                }
                if let Some(body) = body {
                    O::Output::set_body(&mut builder, body);
                }
                Ok(Output::erase(O::Output::complete(builder)))
            },
            read_error: |metadata, deserializer| {
                let read = O::Error::read(metadata, deserializer)?;
                Some(read.map(Error::erase))
            },
            unhandled: |source, metadata| {
                Error::erase(O::Error::create_unhandled_error(source, Some(metadata)))
            },
            error_metadata: |error| error.downcast_ref::<O::Error>().map(|error| error.meta()),
            retryable: |error| error.downcast_ref::<O::Error>()?.retryable_error_kind(),
            read_input: |deserializer, body| {
                let mut input = read_structure::<O::Input>(deserializer)?;
                if let Some(body) = body {
                    O::give_streaming_body(&mut input, body);
                }
                Ok(Input::erase(input))
            },
            output: |output| match output.downcast_ref::<O::Output>() {
                Some(output) => Ok(output),
                None => Err(foreign("output", O::NAME)),
            },
            take_output_body: |output| output.downcast_mut::<O::Output>()?.take_body(),
        }
    }
}

#[cold]
fn foreign(what: &str, operation: &str) -> SerdeError {
    SerdeError::invalid_input(format!("the {what} is not one of {operation}"))
}

/// A model's endpoint rules.
pub type EndpointRules = fn(&BuiltIns<'_>) -> Result<Endpoint, ResolveEndpointError>;

/// All that a runtime knows of a service.
#[derive(Debug)]
pub struct ServiceDescriptor {
    /// The service's SDK ID, such as `Chime`.
    pub sdk_id: &'static str,
    /// The version of the service's API, such as `2018-05-01`.
    pub api_version: &'static str,
    /// The name that requests are signed for.
    pub signing_name: &'static str,
    /// The namespace of the service's shapes.
    pub namespace: &'static str,
    /// The name of the service's shape.
    pub shape: &'static str,
    /// The shape ID of the protocol, such as `aws.protocols#restJson1`.
    pub protocol: &'static str,
    /// The version of the generated crate.
    pub crate_version: &'static str,
    /// Every operation that is generated, sorted by name.
    pub operations: &'static [&'static OperationDescriptor],
    /// Resolves the endpoint by the model's rules; `None` if the model has none.
    pub resolve_endpoint: Option<EndpointRules>,
}

impl ServiceDescriptor {
    /// The operation of that name.
    pub fn operation(&self, name: &str) -> Option<&'static OperationDescriptor> {
        self.operations
            .binary_search_by(|operation| operation.name.cmp(name))
            .ok()
            .map(|index| self.operations[index])
    }
}
