//! Operations: pages, batches, waiters, checksums, and what they give endpoint parameters.

use super::{AuthScheme, Docs, ErrorVariant, Structure, Ty};
use crate::endpoint::Path;
use crate::jmespath::Expr;
use crate::shape_id::ShapeId;
use crate::traits::endpoint::ParameterValue;
use crate::traits::uri::Segment;
use crate::traits::waiters::State;

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
