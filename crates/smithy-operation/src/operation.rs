//! Descriptions of operations and services for runtimes.

use crate::auth::AuthScheme;
use crate::customization::Customizations;
use crate::discovery::{DiscoveredEndpoint, EndpointDiscovery};
use crate::endpoint::{
    BuiltIns, CollectParams, OperationParam, ResolveEndpointError, collect_params,
};
use crate::error::{BoxError, CreateUnhandledError, ErrorKind, ErrorView, OperationError};
use crate::stream::ResponseStream;
#[cfg(any(feature = "dynamic", feature = "server"))]
use crate::structure::read_structure;
use crate::structure::{InputShape, OperationOutput, Structure, read_members};
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use aws_smithy_schema::OperationSchema;
#[cfg(any(feature = "dynamic", feature = "server"))]
use aws_smithy_schema::serde::SerializableStruct;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_types::config_bag::{Layer, Storable, StoreReplace};
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::error::ErrorMetadata;
use std::fmt;

/// A generated operation.
pub trait Operation: Sized + 'static {
    /// The input.
    type Input: Structure + InputShape + fmt::Debug + Send + Sync + 'static;
    /// The output.
    type Output: OperationOutput + fmt::Debug + Send + Sync + 'static;
    /// The error.
    type Error: OperationError;

    /// The operation's name in the model.
    const NAME: &'static str;
    /// The description of the operation for runtimes.
    ///
    /// A constant rather than a static: its code is compiled where an operation is called, so a program
    /// contains only the operations that it calls.
    const DESCRIPTOR: &'static OperationDescriptor;
}

/// Everything that a runtime knows about an operation.
#[derive(Debug)]
#[non_exhaustive]
pub struct OperationDescriptor {
    /// The operation's name in the model.
    pub name: &'static str,
    /// The schemas of the operation.
    pub schema: &'static OperationSchema<'static>,
    /// Whether the signature does not cover the body of the request.
    pub unsigned_payload: bool,
    /// The HTTP status of a successful response.
    pub status: u16,
    /// Whether the body of the request is a stream from the caller.
    pub streaming_input: bool,
    /// Whether the body of the response is returned to the caller as a stream.
    pub streaming_output: bool,
    /// Whether the request may contain sensitive values, which must not be logged.
    pub sensitive_input: bool,
    /// Whether the response may contain sensitive values, which must not be logged.
    pub sensitive_output: bool,
    /// What the operation gives endpoint parameters, and what collects it; `None` if it gives them nothing.
    pub endpoint_params: Option<(&'static [OperationParam], CollectParams)>,
    /// The checksums of its messages, if it has any.
    pub checksums: Option<Checksums>,
    /// How the service accepts compressed bodies, the preferred encoding first.
    pub compression: &'static [&'static str],
    /// Whether the length of a stream must be known.
    pub requires_length: bool,
    /// How the endpoint is discovered, if the operation can use that.
    pub discovery: Option<DiscoveredEndpoint>,
    /// Whether requests have the SHA-256 tree hash of their body in headers.
    pub tree_hash: bool,
    /// Headers of the response whose timestamps may be malformed, each with the header that passes on its text.
    pub lenient_headers: &'static [(&'static str, &'static str)],
    /// The typed code of the operation, behind types that all operations share.
    pub vtable: Vtable,
    /// The documentation of the operation and its shapes.
    #[cfg(feature = "dynamic")]
    shape: Option<&'static crate::dynamic::OperationShape>,
}

impl OperationDescriptor {
    /// Describes operation `O` with the defaults: a signed body, status 200, no streams.
    pub const fn new<O: Operation>(schema: &'static OperationSchema<'static>) -> Self {
        Self {
            name: O::NAME,
            schema,
            unsigned_payload: false,
            status: 200,
            streaming_input: false,
            streaming_output: false,
            sensitive_input: false,
            sensitive_output: false,
            endpoint_params: None,
            checksums: None,
            compression: &[],
            requires_length: false,
            discovery: None,
            tree_hash: false,
            lenient_headers: &[],
            vtable: Vtable::of::<O>(),
            #[cfg(feature = "dynamic")]
            shape: None,
        }
    }

    /// Returns the description of the operation: its documentation, and its shapes with their members.
    #[cfg(feature = "dynamic")]
    pub const fn shape(&self) -> &'static crate::dynamic::OperationShape {
        match self.shape {
            Some(shape) => shape,
            None => &crate::dynamic::UNDESCRIBED,
        }
    }

    /// Sets the description of the operation.
    #[cfg(feature = "dynamic")]
    #[doc(hidden)]
    #[must_use]
    pub const fn described(mut self, shape: &'static crate::dynamic::OperationShape) -> Self {
        self.shape = Some(shape);
        self
    }

    /// Returns whether the model has an input for the operation. One that has none has an empty structure.
    pub fn has_input(&self) -> bool {
        *self.schema.input().shape_id() != self.schema.id()
    }

    /// Leaves the body of the request out of the signature.
    #[must_use]
    pub const fn unsigned_payload(mut self) -> Self {
        self.unsigned_payload = true;
        self
    }

    /// Sets the HTTP status of a successful response.
    #[must_use]
    pub const fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Sets what the operation gives endpoint parameters. Of several with the same name, the first applies.
    #[must_use]
    pub const fn endpoint_params(mut self, params: &'static [OperationParam]) -> Self {
        // The function is named here so that programs without such operations do not contain it.
        self.endpoint_params = Some((params, collect_params));
        self
    }

    /// Marks the body of the request as a stream.
    #[must_use]
    pub const fn streaming_input(mut self) -> Self {
        self.streaming_input = true;
        self
    }

    /// Marks the request as one that may contain sensitive values.
    #[must_use]
    pub const fn sensitive_input(mut self) -> Self {
        self.sensitive_input = true;
        self
    }

    /// Marks the response as one that may contain sensitive values.
    #[must_use]
    pub const fn sensitive_output(mut self) -> Self {
        self.sensitive_output = true;
        self
    }

    /// Sets the checksums of the messages.
    #[must_use]
    pub const fn checksums(mut self, checksums: Checksums) -> Self {
        self.checksums = Some(checksums);
        self
    }

    /// Sets the encodings in which the service accepts a compressed body.
    #[must_use]
    pub const fn compression(mut self, encodings: &'static [&'static str]) -> Self {
        self.compression = encodings;
        self
    }

    /// Marks the stream of the request as one whose length must be known.
    #[must_use]
    pub const fn requires_length(mut self) -> Self {
        self.requires_length = true;
        self
    }

    /// Requires a discovered endpoint, which the members with these names identify.
    #[must_use]
    pub const fn discovered_endpoint(
        mut self,
        means: &'static EndpointDiscovery,
        ids: &'static [&'static str],
    ) -> Self {
        self.discovery = Some(DiscoveredEndpoint {
            means,
            ids,
            required: true,
        });
        self
    }

    /// Uses a discovered endpoint, which the members with these names identify, if the caller wants to.
    #[must_use]
    pub const fn optional_discovery(
        mut self,
        means: &'static EndpointDiscovery,
        ids: &'static [&'static str],
    ) -> Self {
        self.discovery = Some(DiscoveredEndpoint {
            means,
            ids,
            required: false,
        });
        self
    }

    /// Requires the tree hash of the body in headers of the request.
    #[must_use]
    pub const fn tree_hash(mut self) -> Self {
        self.tree_hash = true;
        self
    }

    /// Sets the headers of the response whose timestamps may be malformed.
    #[must_use]
    pub const fn lenient_headers(
        mut self,
        headers: &'static [(&'static str, &'static str)],
    ) -> Self {
        self.lenient_headers = headers;
        self
    }

    /// Marks the body of the response as a stream.
    #[must_use]
    pub const fn streaming_output(mut self) -> Self {
        self.streaming_output = true;
        self
    }
}

/// The checksums of an operation's messages.
#[derive(Debug, Clone, Copy)]
pub struct Checksums {
    /// The header of the request that names the algorithm; `None` if the caller cannot choose one.
    pub algorithm_header: Option<&'static str>,
    /// Whether a request without a checksum is refused.
    pub required: bool,
    /// Whether the checksum of the request is an MD5 digest in `Content-MD5`.
    pub md5: bool,
    /// The header of the request that asks for checksums in the response.
    pub validation_header: Option<&'static str>,
    /// The algorithms of the checksums that a response may have.
    pub response_algorithms: &'static [&'static str],
}

impl Checksums {
    /// No checksums, to which those of an operation are added.
    pub const NONE: Self = Self {
        algorithm_header: None,
        required: false,
        md5: false,
        validation_header: None,
        response_algorithms: &[],
    };

    /// Sets the header of the request that names the algorithm.
    #[must_use]
    pub const fn algorithm_header(mut self, name: &'static str) -> Self {
        self.algorithm_header = Some(name);
        self
    }

    /// Refuses requests without a checksum.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Makes the checksum of the request an MD5 digest.
    #[must_use]
    pub const fn md5(mut self) -> Self {
        self.md5 = true;
        self
    }

    /// Sets the header of the request that asks for checksums in the response.
    #[must_use]
    pub const fn validation_header(mut self, name: &'static str) -> Self {
        self.validation_header = Some(name);
        self
    }

    /// Sets the algorithms of the checksums that a response may have.
    #[must_use]
    pub const fn response_algorithms(mut self, algorithms: &'static [&'static str]) -> Self {
        self.response_algorithms = algorithms;
        self
    }
}

/// Stores in the configuration of a call which operation is called.
#[derive(Debug, Clone, Copy)]
pub struct CalledOperation(pub &'static OperationDescriptor);

impl Storable for CalledOperation {
    type Storer = StoreReplace<Self>;
}

impl CalledOperation {
    /// Returns a configuration layer with this value. Generated operations are plugins with this layer.
    pub fn layer(self) -> Layer {
        let mut layer = Layer::new(self.0.name);
        layer.store_put(self);
        layer
    }
}

/// The typed code of an operation, behind types that all operations share.
///
/// Each function accepts or returns the erased form of the operation's input, output or error. The functions
/// are small, because every operation has its own copy of each. They return `None`, and never panic, for the
/// value of another operation.
#[allow(clippy::type_complexity)]
pub struct Vtable {
    /// Returns the input as a shape that can be written.
    pub input: fn(&mut Input) -> Option<&mut dyn InputShape>,
    /// Reads an output. The body is passed in if the operation streams it.
    pub read_output: fn(
        &mut dyn ShapeDeserializer,
        request_id: Option<&str>,
        body: Option<ResponseStream>,
    ) -> Result<Output, SerdeError>,
    /// Reads the modelled error with the code in the metadata; `None` if no error has that code.
    pub read_error:
        fn(&mut ErrorMetadata, &mut dyn ShapeDeserializer) -> Option<Result<Error, SerdeError>>,
    /// Creates an error that is not in the model.
    pub unhandled: fn(BoxError, ErrorMetadata) -> Error,
    /// Returns a view of the error.
    pub error: fn(&Error) -> Option<ErrorView<'_>>,
    /// Reads an input, for a server or from a document.
    #[cfg(any(feature = "dynamic", feature = "server"))]
    pub read_input: fn(&mut dyn ShapeDeserializer) -> Result<Input, SerdeError>,
    /// Returns the output as a structure that can be written, for a server or as a document.
    #[cfg(any(feature = "dynamic", feature = "server"))]
    pub output: fn(&Output) -> Option<&dyn SerializableStruct>,
}

impl fmt::Debug for Vtable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vtable")
    }
}

impl Vtable {
    /// Returns the typed code of operation `O`.
    pub const fn of<O: Operation>() -> Self {
        // Functions rather than closures: a closure in a table compiles to two functions.
        Self {
            input: input::<O>,
            read_output: read_output::<O>,
            read_error: read_error::<O>,
            unhandled: unhandled::<O>,
            error: error::<O>,
            #[cfg(any(feature = "dynamic", feature = "server"))]
            read_input: read_input::<O>,
            #[cfg(any(feature = "dynamic", feature = "server"))]
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
    body: Option<ResponseStream>,
) -> Result<Output, SerdeError> {
    let mut builder = <O::Output as Structure>::Builder::default();
    read_members(O::Output::SCHEMA, deserializer, &mut builder)?;
    O::Output::set_beside(&mut builder, request_id.map(str::to_owned), body);
    if let Some(field) = O::Output::lacks(&builder) {
        return Err(SerdeError::invalid_input(format!(
            "the response lacks `{field}`, which is required"
        )));
    }
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

#[cfg(any(feature = "dynamic", feature = "server"))]
fn read_input<O: Operation>(deserializer: &mut dyn ShapeDeserializer) -> Result<Input, SerdeError> {
    Ok(Input::erase(read_structure::<O::Input>(deserializer)?))
}

#[cfg(any(feature = "dynamic", feature = "server"))]
fn output<O: Operation>(output: &Output) -> Option<&dyn SerializableStruct> {
    match output.downcast_ref::<O::Output>() {
        Some(output) => Some(output),
        None => None,
    }
}

/// The endpoint rules of a model.
pub type EndpointRules = fn(&BuiltIns<'_>) -> Result<Endpoint, ResolveEndpointError>;

/// A refusal that is worth a retry, and the kind of error that it counts as.
#[derive(Debug, Clone, Copy)]
pub enum RetryRule {
    /// A response with this error code.
    Code(&'static str, ErrorKind),
    /// A response with this HTTP status.
    Status(u16, ErrorKind),
}

impl RetryRule {
    /// Returns the kind of error if the rule matches a response with this code and status.
    pub fn kind(self, code: Option<&str>, status: Option<u16>) -> Option<ErrorKind> {
        match self {
            Self::Code(own, kind) => (code == Some(own)).then_some(kind),
            Self::Status(own, kind) => (status == Some(own)).then_some(kind),
        }
    }
}

/// Everything that a runtime knows about a service.
#[derive(Debug)]
pub struct ServiceDescriptor {
    /// The service's SDK ID, such as `Chime`.
    pub sdk_id: &'static str,
    /// The name of the service in the `User-Agent` header, such as `chime`.
    pub user_agent: &'static str,
    /// The service name in signatures.
    pub signing_name: &'static str,
    /// The version of the generated crate.
    pub crate_version: &'static str,
    /// The name of the service's shape in the model.
    pub shape_name: &'static str,
    /// The version of the service's API, such as `2018-05-01`.
    pub version: &'static str,
    /// The namespace of XML documents, and its prefix.
    pub xml_namespace: Option<(&'static str, Option<&'static str>)>,
    /// The codes that errors had when the service spoke awsQuery, each with the name of the error's shape;
    /// `None` if requests need not say that the client knows these codes.
    pub query_codes: Option<&'static [(&'static str, &'static str)]>,
    /// The authentication schemes of its operations, the preferred one first.
    pub auth: &'static [AuthScheme],
    /// The operations that have other schemes.
    pub auth_of: &'static [(&'static str, &'static [AuthScheme])],
    /// Refusals that are worth a retry, whatever the model says.
    pub retries: &'static [RetryRule],
    /// What the service needs beyond its protocol.
    pub customizations: Customizations,
    /// Resolves the endpoint according to the rules in the model; `None` if the model has none.
    pub resolve_endpoint: Option<EndpointRules>,
}

impl ServiceDescriptor {
    /// Returns the authentication schemes of an operation, the preferred one first.
    pub fn auth_schemes(&self, operation: &str) -> &'static [AuthScheme] {
        let own = self.auth_of.iter().find(|(name, _)| *name == operation);
        own.map_or(self.auth, |(_, schemes)| schemes)
    }
}
