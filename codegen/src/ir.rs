//! Rust's view of a service, with everything decided. It contains facts; only the emitter knows how the
//! runtime spells them.

pub(crate) mod cases;

use crate::endpoint::{Path, Rules, ValueType};
use crate::jmespath::Expr;
use crate::protocol::{Protocol, RequestLine};
use crate::shape_id::ShapeId;
pub(crate) use crate::traits::auth::HttpApiKey;
pub(crate) use crate::traits::customizations::SettingSource;
use crate::traits::endpoint::ParameterValue;
pub(crate) use crate::traits::http::{Binding, TimestampFormat};
use crate::traits::uri::Segment;
pub(crate) use crate::traits::waiters::State;

/// A service to generate.
#[derive(Debug)]
pub(crate) struct Ir {
    pub(crate) service: Service,
    /// Sorted by name.
    pub(crate) operations: Vec<Operation>,
    /// Structures, unions and enums that are neither inputs, outputs nor errors, sorted by name.
    pub(crate) types: Vec<Type>,
    /// Sorted by name.
    pub(crate) errors: Vec<Structure>,
    /// Lists and maps, which have schemas of their own, sorted by name.
    pub(crate) collections: Vec<Collection>,
    /// The endpoint rules, in each form that may be used.
    pub(crate) endpoint: Vec<Rules>,
    /// Endpoint parameters that are settings of the client.
    pub(crate) endpoint_settings: Vec<EndpointSetting>,
    /// How deep types nest, in types that rustc looks through.
    pub(crate) nesting: usize,
    /// Cases of protocol tests, in the order of their shapes.
    pub(crate) cases: Vec<cases::Case>,
    /// Partitions in which the service has no dual-stack endpoints.
    pub(crate) without_dual_stack: Vec<String>,
}

impl Ir {
    /// Whether endpoints may name the account of the credentials.
    pub(crate) fn has_account_id(&self) -> bool {
        self.operations
            .iter()
            .flat_map(|operation| &operation.endpoint_params)
            .any(|param| matches!(param.source, EndpointSource::AccountId))
    }

    /// Whether any operation can use a scheme that satisfies the condition.
    pub(crate) fn uses_auth(&self, is_meant: impl Fn(&AuthScheme) -> bool) -> bool {
        self.operations
            .iter()
            .flat_map(|operation| &operation.auth)
            .any(is_meant)
    }

    /// Whether any operation sends or receives events.
    pub(crate) fn has_event_streams(&self) -> bool {
        self.types
            .iter()
            .any(|ty| matches!(ty, Type::Union(union) if union.errors.is_some()))
    }

    /// Whether any operation sends or receives events over HTTP/2.
    pub(crate) fn events_over_http2(&self) -> bool {
        self.service.events_over_http2 && self.has_event_streams()
    }

    /// Whether any operation takes many items.
    pub(crate) fn has_batches(&self) -> bool {
        self.operations
            .iter()
            .any(|operation| operation.batch.is_some())
    }

    /// Whether any operation has checksums.
    pub(crate) fn has_checksums(&self) -> bool {
        let mut operations = self.operations.iter();
        operations.any(|operation| operation.checksums.is_some())
    }

    /// Whether any operation's body may be compressed.
    pub(crate) fn has_compression(&self) -> bool {
        let mut operations = self.operations.iter();
        operations.any(|operation| !operation.compression.is_empty())
    }

    /// Whether any operation can use a discovered endpoint.
    pub(crate) fn has_discovery(&self) -> bool {
        self.service.discovery.is_some()
    }

    /// Whether requests of any operation have the tree hash of their body.
    pub(crate) fn has_tree_hash(&self) -> bool {
        let mut operations = self.operations.iter();
        operations.any(|operation| operation.tree_hash)
    }

    /// Whether any operation has waiters.
    pub(crate) fn has_waiters(&self) -> bool {
        let mut operations = self.operations.iter();
        operations.any(|operation| !operation.waiters.is_empty())
    }
}

#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) crate_name: String,
    /// The version of the crate, where the settings have one.
    pub(crate) crate_version: Option<String>,
    /// How endpoints are discovered, if an operation can use it.
    pub(crate) discovery: Option<Discovery>,
    pub(crate) sdk_id: String,
    /// The SDK ID as it appears in the `User-Agent` header.
    pub(crate) user_agent: String,
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) signing_name: String,
    /// The name of the service's shape.
    pub(crate) shape_name: String,
    /// The schemes of operations that have none of their own, the preferred one first.
    pub(crate) auth: Vec<AuthScheme>,
    pub(crate) protocol: &'static dyn Protocol,
    /// The runtime's type of the protocol.
    pub(crate) protocol_type: &'static str,
    /// The namespace of XML documents, and its prefix.
    pub(crate) xml_namespace: Option<(String, Option<String>)>,
    /// The names of errors' shapes with the codes that they had in awsQuery; `None` if the service never
    /// spoke it.
    pub(crate) query_codes: Option<Vec<(String, String)>>,
    /// Whether event streams use HTTP/2.
    pub(crate) events_over_http2: bool,
    pub(crate) retries: Vec<RetryRule>,
    pub(crate) customizations: Customizations,
    pub(crate) docs: Docs,
}

/// A way in which requests are authenticated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AuthScheme {
    Sigv4,
    Sigv4a,
    HttpBearer,
    HttpBasic,
    HttpApiKey(HttpApiKey),
    None,
}

/// Paragraphs of documentation.
pub(crate) type Docs = Vec<String>;

#[derive(Debug)]
pub(crate) enum Type {
    Structure(Structure),
    Union(Union),
    Enum(Enum),
    IntEnum(IntEnum),
}

impl Type {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Structure(structure) => &structure.name,
            Self::Union(union) => &union.name,
            Self::Enum(string) => &string.name,
            Self::IntEnum(number) => &number.name,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: ShapeId,
    /// The model's spelling. All types of the operation are named after it.
    pub(crate) name: String,
    pub(crate) module: String,
    /// The client's method.
    pub(crate) method: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) input: Structure,
    pub(crate) output: Structure,
    pub(crate) errors: Vec<ErrorVariant>,
    /// The preferred one first.
    pub(crate) auth: Vec<AuthScheme>,
    /// Whether the signature does not cover the body of requests.
    pub(crate) unsigned_payload: bool,
    /// Whether the input contains anything sensitive.
    pub(crate) sensitive_input: bool,
    /// Whether the output contains anything sensitive.
    pub(crate) sensitive_output: bool,
    pub(crate) pagination: Option<Pagination>,
    pub(crate) batch: Option<Batch>,
    pub(crate) waiters: Vec<Waiter>,
    pub(crate) checksums: Option<Checksums>,
    /// Content codings in which the service accepts the body.
    pub(crate) compression: Vec<String>,
    /// Whether the length of the input's stream must be known.
    pub(crate) requires_length: bool,
    /// Whether its calls must go to a discovered endpoint; `None` if they never do.
    pub(crate) discovered_endpoint: Option<bool>,
    /// The members of the input that identify its endpoint.
    pub(crate) discovery_ids: Vec<String>,
    /// The field of the input that is the URL of the call.
    pub(crate) call_endpoint: Option<String>,
    /// Whether requests have the tree hash of their body.
    pub(crate) tree_hash: bool,
    /// Fields of the input that are changed before it is sent.
    pub(crate) prepared: Vec<(String, Preparation)>,
    /// Headers of the response whose timestamps may be malformed, each with the header for its text.
    pub(crate) lenient_headers: Vec<(String, String)>,
    /// Literals, and labels with the fields of the input that fill them.
    pub(crate) host_prefix: Vec<(Segment, Option<String>)>,
    /// What the operation gives endpoint parameters. Of several with the same name, the first applies.
    pub(crate) endpoint_params: Vec<EndpointParam>,
}

/// How a member of an input is changed before it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Preparation {
    /// Only what follows the last slash is kept.
    LastSegment,
    /// If it is absent or empty, it is this.
    Default(String),
}

/// What a service needs beyond its protocol.
#[derive(Debug, Clone, Default)]
pub(crate) struct Customizations {
    /// Headers of every request.
    pub(crate) request_headers: Vec<(String, String)>,
    /// The codes of errors without a body, by status.
    pub(crate) empty_errors: Vec<(u16, String)>,
    /// Members of inputs that endpoints contain.
    pub(crate) endpoint_labels: Vec<String>,
    /// Whether a successful response may contain an error.
    pub(crate) errors_in_success: bool,
    /// Whether paths may contain segments of dots.
    pub(crate) raw_paths: bool,
    /// Where the environment has settings of the client.
    pub(crate) settings: Vec<SettingSource>,
}

/// How clients find the endpoint of calls.
#[derive(Debug, Clone)]
pub(crate) struct Discovery {
    /// The module and the name of the operation that returns endpoints.
    pub(crate) operation: (String, String),
    /// The code of the error that means that an endpoint is no longer valid.
    pub(crate) invalid_endpoint: Option<String>,
}

/// A setting of the client that is an endpoint parameter.
#[derive(Debug, Clone)]
pub(crate) struct EndpointSetting {
    pub(crate) name: String,
    pub(crate) ty: ValueType,
}

/// A value of an endpoint parameter.
#[derive(Debug, Clone)]
pub(crate) struct EndpointParam {
    pub(crate) name: String,
    pub(crate) source: EndpointSource,
}

/// Where the value comes from.
#[derive(Debug, Clone)]
pub(crate) enum EndpointSource {
    Fixed(ParameterValue),
    Input {
        path: Path,
        /// Whether the parameter is a list.
        is_list: bool,
    },
    AccountId,
    AccountIdEndpointMode,
}

/// How an operation returns its results in pages.
#[derive(Debug)]
pub(crate) struct Pagination {
    /// Field, setter and getter of the input's token.
    pub(crate) token: (String, String, String),
    /// The model's name of the input's token.
    pub(crate) token_name: String,
    /// What tokens are.
    pub(crate) token_ty: Ty,
    /// Setter of the input's page size, and whether it takes an `i64`.
    pub(crate) page_size: Option<(String, bool)>,
    /// The model's name of the input's page size.
    pub(crate) page_size_name: Option<String>,
    /// The path in the output to the token of the next page.
    pub(crate) next_token: Vec<Step>,
    /// The path in the output to the items, and their type.
    pub(crate) items: Option<(Vec<Step>, Ty)>,
}

/// How an operation takes many items.
#[derive(Debug)]
pub(crate) struct Batch {
    /// Setter of the input's member that holds the items.
    pub(crate) setter: String,
    pub(crate) item: Ty,
    /// What identifies an item; `None` if items are strings.
    pub(crate) key: Option<Step>,
    /// The output's member that lists failures.
    pub(crate) failures: Step,
    pub(crate) failure: BatchFailure,
    pub(crate) limit: u32,
    pub(crate) retry: Vec<String>,
    pub(crate) throttle: Vec<String>,
    pub(crate) done: Vec<String>,
    pub(crate) repeatable: bool,
}

/// Members of a failure, each with whether it is an enum.
#[derive(Debug)]
pub(crate) struct BatchFailure {
    pub(crate) key: (Step, bool),
    pub(crate) code: (Step, bool),
    pub(crate) message: Option<(Step, bool)>,
}

/// The checksums of an operation's messages.
#[derive(Debug)]
pub(crate) struct Checksums {
    /// The header of the request that names the algorithm.
    pub(crate) algorithm_header: Option<String>,
    /// Whether a request needs one.
    pub(crate) required: bool,
    /// Whether that of the request is a digest in `Content-MD5`.
    pub(crate) md5: bool,
    /// The header of the request that asks for one in the response.
    pub(crate) validation_header: Option<String>,
    pub(crate) response_algorithms: Vec<String>,
}

/// How to wait for a state by calling the operation.
#[derive(Debug)]
pub(crate) struct Waiter {
    pub(crate) module: String,
    /// The client's method.
    pub(crate) method: String,
    pub(crate) builder: String,
    /// The type of the last result.
    pub(crate) final_poll: String,
    /// The type of the error.
    pub(crate) error: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
    /// In seconds.
    pub(crate) min_delay: u32,
    /// In seconds.
    pub(crate) max_delay: u32,
    /// The first that matches counts.
    pub(crate) acceptors: Vec<(State, WaiterMatch)>,
}

/// Which results an acceptor matches.
#[derive(Debug)]
pub(crate) enum WaiterMatch {
    Success(bool),
    /// An error's code.
    Error(String),
    Output(Expr, WaiterTest),
    /// The expression is over an object that has the input and the output.
    InputOutput(Expr, WaiterTest),
}

/// A test of an expression's value.
#[derive(Debug)]
#[expect(
    clippy::enum_variant_names,
    reason = "the names are those of the model"
)]
pub(crate) enum WaiterTest {
    StringEquals(String),
    BooleanEquals(bool),
    AllStringEquals(String),
    AnyStringEquals(String),
}

/// A step of a path in an output: a member, its field, and whether it may be absent.
#[derive(Debug)]
pub(crate) struct Step {
    /// The model's name.
    pub(crate) name: String,
    pub(crate) field: String,
    pub(crate) optional: bool,
}

#[derive(Debug)]
pub(crate) struct ErrorVariant {
    /// The error's structure.
    pub(crate) name: String,
    /// Its variant in the enums of errors.
    pub(crate) variant: String,
    pub(crate) is_method: String,
    pub(crate) docs: Docs,
}

/// What a structure is for, which decides what is generated with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    Type,
    Input {
        request: RequestLine,
    },
    Output,
    Error {
        code: String,
        retry: Option<Retry>,
        /// The HTTP status.
        status: Option<u16>,
    },
}

/// Why a call that ended in an error may be retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Retry {
    Throttling,
    Transient,
    ClientFault,
    ServerFault,
}

/// An error response that is worth a retry, whatever the model contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RetryRule {
    pub(crate) on: RetryOn,
    pub(crate) retry: Retry,
}

/// What identifies the error response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RetryOn {
    Code(String),
    Status(u16),
}

#[derive(Debug)]
pub(crate) struct Structure {
    pub(crate) id: ShapeId,
    pub(crate) name: String,
    pub(crate) builder: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) role: Role,
    /// The element that it is as the root of a document.
    pub(crate) xml: Xml,
    pub(crate) members: Vec<Member>,
    /// Whether building fails when a member is missing.
    pub(crate) fallible: bool,
    /// Whether any member is sent in the body.
    pub(crate) has_body: bool,
    /// Whether members contain it.
    pub(crate) nested: bool,
    /// How it is created without a builder.
    pub(crate) constructor: Option<Constructor>,
}

/// A function that creates a structure from its required members.
#[derive(Debug)]
pub(crate) struct Constructor {
    pub(crate) name: &'static str,
    /// The fields that it takes, in this order.
    pub(crate) fields: Vec<String>,
}

impl Structure {
    pub(crate) fn streams(&self) -> bool {
        self.stream().is_some()
    }

    /// The member that is a stream of bytes or events.
    pub(crate) fn stream(&self) -> Option<&Member> {
        self.members
            .iter()
            .find(|member| matches!(member.presence, Presence::Streaming | Presence::Events))
    }

    /// The required members of an output with events. A response that lacks them cannot be read: Smithy's
    /// cases have no error correction there.
    pub(crate) fn demanded(&self) -> impl Iterator<Item = &Member> {
        let precedes_events = self.role == Role::Output
            && self
                .members
                .iter()
                .any(|it| it.presence == Presence::Events);
        let required = |it: &&Member| matches!(it.presence, Presence::Required | Presence::Filled);
        self.members
            .iter()
            .filter(move |member| precedes_events && required(member))
    }
}

#[derive(Debug)]
pub(crate) struct Member {
    /// The model's name.
    pub(crate) name: String,
    pub(crate) field: String,
    pub(crate) setter: String,
    pub(crate) getter: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) ty: Ty,
    pub(crate) presence: Presence,
    pub(crate) schema: Schema,
    pub(crate) idempotency_token: bool,
    /// Whether a caller has to set it.
    pub(crate) required: bool,
}

/// Whether a member may be absent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Presence {
    /// It may be absent.
    Optional,
    /// It may be absent until the request is sent: a required member of an input.
    Checked,
    /// It may be absent, but reading a response fills it with an empty one: a required structure or union.
    Filled,
    /// It must be present.
    Required,
    /// If it is absent, it has this value.
    Default(Literal),
    /// The same, but the value is not sent, so that the service may change its default.
    Implied(Literal),
    /// It is the body itself.
    Streaming,
    /// It is the events that the body consists of.
    Events,
}

/// A default value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Bool(bool),
    Int(i64),
    Float(f64),
    /// A big number, as it is written in the model.
    BigNumber(String),
    Text(String),
    Bytes(String),
    /// Seconds and nanoseconds since the epoch.
    Timestamp(i64, u32),
    EnumText(String),
    EnumNumber(i64),
    EmptyList,
    EmptyMap,
    Document(serde_json::Value),
}

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ty {
    Bool,
    I8,
    I16,
    I32,
    I64,
    F32,
    F64,
    String,
    BigInteger,
    BigDecimal,
    Blob,
    DateTime,
    Document,
    ByteStream,
    /// The events of the union of this name, sent or received.
    Events {
        stream: String,
        sent: bool,
    },
    List(Box<Ty>),
    Map(Box<Ty>, Box<Ty>),
    /// An item of a sparse list or map.
    Nullable(Box<Ty>),
    /// A map with the types of its keys and values.
    Pair(Box<Ty>, Box<Ty>),
    /// A structure or union, with whether recursion requires a box.
    Shape {
        name: String,
        boxed: bool,
        /// Whether it is an error.
        error: bool,
    },
    /// An enum in `types`.
    Enum(String),
    /// An enum of numbers in `types`.
    IntEnum(String),
}

/// How a member is serialized.
#[derive(Debug, Clone)]
pub(crate) struct Schema {
    pub(crate) kind: WireKind,
    pub(crate) json_name: Option<String>,
    /// The key in requests of ec2Query.
    pub(crate) ec2_query_name: Option<String>,
    pub(crate) binding: Option<Binding>,
    /// Whether the member fills a label of the host's prefix.
    pub(crate) host_label: bool,
    pub(crate) timestamp_format: Option<TimestampFormat>,
    pub(crate) media_type: Option<String>,
    pub(crate) xml: Xml,
    pub(crate) streaming: bool,
    pub(crate) event: Option<EventBinding>,
    pub(crate) sensitive: bool,
}

/// Where in an event a member travels.
#[derive(Debug, Clone, Copy)]
pub(crate) enum EventBinding {
    Header,
    Payload,
}

impl Schema {
    /// Whether the member is bound to a part of the message other than a document in the body.
    pub(crate) fn outside_document(&self) -> bool {
        match self.binding {
            _ if self.streaming => true,
            None => false,
            Some(Binding::Payload) => matches!(self.kind, WireKind::Blob | WireKind::String),
            Some(_) => true,
        }
    }

    /// Whether the member is a document that is the whole body.
    pub(crate) fn is_document_payload(&self) -> bool {
        self.kind == WireKind::Document && self.binding == Some(Binding::Payload)
    }
}

/// How a member is written in XML.
#[derive(Debug, Clone, Default)]
pub(crate) struct Xml {
    pub(crate) name: Option<String>,
    pub(crate) attribute: bool,
    pub(crate) flattened: bool,
    /// Whether the root element is the structure's only member.
    pub(crate) unwrapped: bool,
    /// The URI and the prefix.
    pub(crate) namespace: Option<(String, Option<String>)>,
}

/// The kind of a value on the wire. An enum is a string or a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WireKind {
    BigDecimal,
    BigInteger,
    Blob,
    Boolean,
    Byte,
    Document,
    Double,
    Float,
    Integer,
    /// The static that describes the items.
    List(String),
    Long,
    /// The statics that describe keys and values.
    Map(String, String),
    Short,
    String,
    Structure,
    Timestamp,
    Union,
}

#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) id: ShapeId,
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    /// The element that it is as the root of a document.
    pub(crate) xml: Xml,
    pub(crate) variants: Vec<Variant>,
    /// If it is an event stream, the errors that end it, each with its member.
    pub(crate) errors: Option<Vec<(String, ErrorVariant)>>,
}

#[derive(Debug)]
pub(crate) struct Variant {
    /// The model's name.
    pub(crate) member: String,
    pub(crate) name: String,
    pub(crate) is_method: String,
    pub(crate) as_method: String,
    pub(crate) docs: Docs,
    /// `None` for a member that targets the unit shape.
    pub(crate) ty: Option<Ty>,
    pub(crate) schema: Schema,
}

#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) sensitive: bool,
    /// Name, value and documentation of each variant.
    pub(crate) variants: Vec<(String, String, Docs)>,
}

#[derive(Debug)]
pub(crate) struct IntEnum {
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) variants: Vec<(String, i32, Docs)>,
}

/// A list or map.
#[derive(Debug)]
pub(crate) struct Collection {
    pub(crate) id: ShapeId,
    /// What its statics are named after.
    pub(crate) name: String,
    /// `member`, or `key` and `value`.
    pub(crate) parts: Vec<Part>,
}

/// A part of a list or map.
#[derive(Debug)]
pub(crate) struct Part {
    /// The model's name.
    pub(crate) member: String,
    /// The name of its static.
    pub(crate) name: String,
    pub(crate) schema: Schema,
}
