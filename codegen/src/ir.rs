//! Rust's view of a service, with everything decided. It contains facts; only the emitter knows how the
//! runtime spells them.

pub(crate) mod cases;
mod operation;
mod shapes;

pub(crate) use crate::traits::auth::HttpApiKey;
pub(crate) use crate::traits::customizations::SettingSource;
pub(crate) use crate::traits::http::{Binding, TimestampFormat};
pub(crate) use crate::traits::waiters::State;
pub(crate) use operation::{
    Batch, BatchFailure, Checksums, EndpointParam, EndpointSource, Operation, Pagination,
    Preparation, Step, Waiter, WaiterMatch, WaiterTest,
};
pub(crate) use shapes::{
    Collection, Constructor, Enum, ErrorVariant, EventBinding, IntEnum, Literal, Member, Part,
    Presence, Role, Schema, Structure, Ty, Type, Union, Variant, WireKind, Xml,
};

use crate::endpoint::{Rules, ValueType};
use crate::protocol::Protocol;

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

    /// Whether the signature of any request may be more than that of ASCII headers and a body in memory, in a
    /// header, with the usual options.
    pub(crate) fn has_general_signatures(&self) -> bool {
        const OPTIONS: &[&str] = &["disableDoubleEncoding", "disableNormalizePath"];
        let has_options = self.endpoint.iter().any(|it| it.has_property(OPTIONS));
        // The value of a header need not be ASCII.
        let in_header = |it: &Member| {
            matches!(
                it.schema.binding,
                Some(Binding::Header(_) | Binding::PrefixHeaders(_))
            )
        };
        let is_general = |it: &Operation| {
            it.unsigned_payload || it.input.streams() || it.input.members.iter().any(in_header)
        };
        let is_sigv4 = |scheme: &AuthScheme| matches!(scheme, AuthScheme::Sigv4);
        (has_options || self.operations.iter().any(is_general)) && self.uses_auth(is_sigv4)
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
