//! What a runtime knows of an operation and of a service.

use crate::endpoint::{BuiltIns, ResolveEndpointError};
use crate::error::{BoxError, CreateUnhandledError, ErrorView, OperationError};
#[cfg(feature = "server")]
use crate::structure::read_structure;
use crate::structure::{InputShape, OperationOutput, Structure, read_members};
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use aws_smithy_schema::OperationSchema;
#[cfg(feature = "server")]
use aws_smithy_schema::serde::SerializableStruct;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{Layer, Storable, StoreReplace};
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::error::ErrorMetadata;
use std::fmt;

/// A generated operation.
pub trait Operation: Sized + 'static {
    /// What a caller sends.
    type Input: Structure + InputShape + fmt::Debug + Send + Sync + 'static;
    /// What the service answers.
    type Output: OperationOutput + fmt::Debug + Send + Sync + 'static;
    /// How the service refuses.
    type Error: OperationError;

    /// The operation's name in the model.
    const NAME: &'static str;
    /// What a runtime needs to know of the operation.
    ///
    /// A constant and not a static: its code is compiled where an operation is called, so a program
    /// consists of the operations that it calls.
    const DESCRIPTOR: &'static OperationDescriptor;
}

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
    /// Whether the request may hold what must not be logged.
    pub sensitive_input: bool,
    /// Whether the answer may hold what must not be logged.
    pub sensitive_output: bool,
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
            sensitive_input: false,
            sensitive_output: false,
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

    /// Says that the request may hold what must not be logged.
    #[must_use]
    pub const fn sensitive_input(mut self) -> Self {
        self.sensitive_input = true;
        self
    }

    /// Says that the answer may hold what must not be logged.
    #[must_use]
    pub const fn sensitive_output(mut self) -> Self {
        self.sensitive_output = true;
        self
    }

    /// Says that the answer's body is a stream.
    #[must_use]
    pub const fn streaming_output(mut self) -> Self {
        self.streaming_output = true;
        self
    }
}

/// Says in a call's configuration which operation is called.
#[derive(Debug, Clone, Copy)]
pub struct CalledOperation(pub &'static OperationDescriptor);

impl Storable for CalledOperation {
    type Storer = StoreReplace<Self>;
}

impl CalledOperation {
    /// A layer of configuration that says so. What generated operations are as plugins.
    pub fn layer(self) -> Layer {
        let mut layer = Layer::new(self.0.name);
        layer.store_put(self);
        layer
    }
}

/// An operation's typed code, behind types that are the same for all operations.
///
/// Each function takes or gives the erased form of the operation's own input, output or error, and
/// is as small as can be: there is one of each for every operation. Given another operation's value
/// it says so with `None`, and never panics.
#[allow(clippy::type_complexity)]
pub struct Vtable {
    /// The input as a shape that can be written.
    pub input: fn(&mut Input) -> Option<&mut dyn InputShape>,
    /// Reads an output. The body is given where the operation streams it.
    pub read_output: fn(
        &mut dyn ShapeDeserializer,
        request_id: Option<&str>,
        body: Option<SdkBody>,
    ) -> Result<Output, SerdeError>,
    /// Reads the modelled error that the metadata's code names; `None` if no error has that code.
    pub read_error:
        fn(&mut ErrorMetadata, &mut dyn ShapeDeserializer) -> Option<Result<Error, SerdeError>>,
    /// Makes an error that the model does not know.
    pub unhandled: fn(BoxError, ErrorMetadata) -> Error,
    /// What an error is made of.
    pub error: fn(&Error) -> Option<ErrorView<'_>>,
    /// Reads an input: what a server does.
    #[cfg(feature = "server")]
    pub read_input: fn(&mut dyn ShapeDeserializer) -> Result<Box<dyn InputShape>, SerdeError>,
    /// The output as a structure that can be written: what a server does.
    #[cfg(feature = "server")]
    pub output: fn(&Output) -> Option<&dyn SerializableStruct>,
}

impl fmt::Debug for Vtable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vtable")
    }
}

impl Vtable {
    /// The typed code of operation `O`.
    pub const fn of<O: Operation>() -> Self {
        // Functions and not closures: a closure in a table brings a second function along.
        Self {
            input: input::<O>,
            read_output: read_output::<O>,
            read_error: read_error::<O>,
            unhandled: unhandled::<O>,
            error: error::<O>,
            #[cfg(feature = "server")]
            read_input: read_input::<O>,
            #[cfg(feature = "server")]
            output: output::<O>,
        }
    }
}

fn input<O: Operation>(input: &mut Input) -> Option<&mut dyn InputShape> {
    match input.downcast_mut::<O::Input>() {
        Some(input) => Some(input),
        None => None,
    }
}

fn read_output<O: Operation>(
    deserializer: &mut dyn ShapeDeserializer,
    request_id: Option<&str>,
    body: Option<SdkBody>,
) -> Result<Output, SerdeError> {
    let mut builder = <O::Output as Structure>::Builder::default();
    read_members(O::Output::SCHEMA, deserializer, &mut builder)?;
    O::Output::set_beside(&mut builder, request_id.map(str::to_owned), body);
    Ok(Output::erase(O::Output::complete(builder)))
}

fn read_error<O: Operation>(
    metadata: &mut ErrorMetadata,
    deserializer: &mut dyn ShapeDeserializer,
) -> Option<Result<Error, SerdeError>> {
    match O::Error::read(metadata, deserializer)? {
        Ok(error) => Some(Ok(Error::erase(error))),
        Err(error) => Some(Err(error)),
    }
}

fn unhandled<O: Operation>(source: BoxError, metadata: ErrorMetadata) -> Error {
    Error::erase(O::Error::create_unhandled_error(source, Some(metadata)))
}

fn error<O: Operation>(error: &Error) -> Option<ErrorView<'_>> {
    error.downcast_ref::<O::Error>().map(OperationError::view)
}

#[cfg(feature = "server")]
fn read_input<O: Operation>(
    deserializer: &mut dyn ShapeDeserializer,
) -> Result<Box<dyn InputShape>, SerdeError> {
    Ok(Box::new(read_structure::<O::Input>(deserializer)?))
}

#[cfg(feature = "server")]
fn output<O: Operation>(output: &Output) -> Option<&dyn SerializableStruct> {
    match output.downcast_ref::<O::Output>() {
        Some(output) => Some(output),
        None => None,
    }
}

/// A model's endpoint rules.
pub type EndpointRules = fn(&BuiltIns<'_>) -> Result<Endpoint, ResolveEndpointError>;

/// All that a runtime knows of a service.
#[derive(Debug)]
pub struct ServiceDescriptor {
    /// The service's SDK ID, such as `Chime`.
    pub sdk_id: &'static str,
    /// What the `User-Agent` header calls the service, such as `chime`.
    pub user_agent: &'static str,
    /// The name that requests are signed for.
    pub signing_name: &'static str,
    /// The version of the generated crate.
    pub crate_version: &'static str,
    /// The names of the operations whose requests need no signature.
    pub unsigned: &'static [&'static str],
    /// Resolves the endpoint by the model's rules; `None` if the model has none.
    pub resolve_endpoint: Option<EndpointRules>,
}
