//! Calls of operations by their names, with documents for inputs and outputs.
//!
//! A client with the feature `dynamic` has a method `call`, which returns a [`DynamicCall`]. Members have
//! their names in the model:
//!
//! ```ignore
//! use chime_sdk::dynamic::object;
//!
//! let input = object([("AccountId", "8f2b6f3e".into()), ("RoomId", "1d3c6a52".into())]);
//! let room = client.call("GetRoom", input).await?;
//! ```
//!
//! # Values
//!
//! | in the model | in an input | in an output |
//! | --- | --- | --- |
//! | string, enum | a string; values that an enum does not have in the model are accepted | a string |
//! | integers | a number without a fraction, in the range of the type | a number |
//! | float, double | a number, or `"NaN"`, `"Infinity"`, `"-Infinity"` | the same |
//! | bigInteger | a number, or a string of digits | a string of digits |
//! | bigDecimal | a number, or a string with a number | a string |
//! | timestamp | a string in RFC 3339, or seconds since the epoch | a string in RFC 3339; seconds beyond the year 9999 |
//! | blob | a string in base64 | a string in base64 |
//! | list, set | an array | an array |
//! | map, structure | an object | an object |
//! | union | an object with exactly one member | the same |
//! | document | any value | any value |
//!
//! A member that is null counts as absent, unless it is a document. Only sparse lists and maps hold nulls. A member
//! that the model does not have, a required member that is missing and a value of another type are errors, which name
//! all places at once. Nothing is sent in that case.
//!
//! These are the values that serde writes and reads in JSON (feature `serde`), so the JSON of an output can be
//! deserialized into the output's type. A boolean or number of a nested structure is absent from both if it has the
//! default of the model.
//!
//! Operations that send or receive streams cannot be called this way.
//!
//! # What there is to call
//!
//! Each client has a function `operations()`. [`OperationDescriptor::shape`] describes an operation: its
//! documentation, and its input, output and errors with their members.
//!
//! ```ignore
//! for operation in chime_sdk::Client::operations() {
//!     println!("{}: {}", operation.name, operation.shape().docs.summary());
//! }
//! ```

mod check;
mod error;
mod names;
mod pages;
mod problem;
mod shape;
mod skeleton;
mod write;

pub use crate::endpoint::object;
pub use crate::operation::OperationDescriptor;
pub use aws_smithy_types::{Document, Number};
pub use error::{CallFailure, DynamicError, FailureKind, InvalidInput, UnknownOperation};
pub use names::nearest;
pub use problem::{InputProblem, ProblemKind};
pub(crate) use shape::UNDESCRIBED;
pub use shape::{
    Described, DescribedInput, DescribedStructure, Docs, EnumShape, IntEnumShape, ListShape,
    MapShape, MemberShape, OperationShape, PaginationShape, Shape, StructureShape,
};
#[doc(hidden)]
pub use shape::{events, stream, unit};
pub use skeleton::skeleton;

use crate::call::{BoxFuture, Handle, Overrides};
use aws_smithy_runtime_api::client::interceptors::context::{Input, Output};
use aws_smithy_schema::document::DocumentShapeDeserializer;
use std::fmt;

/// A list of operations, such as those of a service.
pub type Operations = &'static [&'static OperationDescriptor];

/// Returns the operation of this name.
///
/// # Errors
///
/// Returns the names that resemble it if there is no such operation.
pub fn find(
    operations: Operations,
    name: &str,
) -> Result<&'static OperationDescriptor, UnknownOperation> {
    operations
        .iter()
        .copied()
        .find(|operation| operation.name == name)
        .ok_or_else(|| {
            UnknownOperation::new(name, operations.iter().map(|operation| operation.name))
        })
}

/// Checks whether a document is a valid input of an operation.
///
/// A call does this itself.
///
/// # Errors
///
/// Returns everything that is wrong with the document.
pub fn check_input(
    operation: &'static OperationDescriptor,
    input: &Document,
) -> Result<(), DynamicError> {
    checked_input(operation, input).map(drop)
}

/// A call of an operation by its name. Returned by `call` of a client.
///
/// The call is sent when it is awaited, either itself or with [`send`](Self::send).
#[must_use = "a call is sent when it is awaited"]
pub struct DynamicCall {
    handle: Handle,
    operations: Operations,
    operation: String,
    input: Document,
    overrides: Overrides,
    all_pages: bool,
}

impl fmt::Debug for DynamicCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The input may contain sensitive values.
        f.debug_struct("DynamicCall")
            .field("operation", &self.operation)
            .field("all_pages", &self.all_pages)
            .finish_non_exhaustive()
    }
}

impl DynamicCall {
    /// Creates a call. `operations` are those of the service that the handle calls.
    pub fn new(
        handle: Handle,
        operations: Operations,
        operation: impl Into<String>,
        input: impl Into<Document>,
    ) -> Self {
        Self {
            handle,
            operations,
            operation: operation.into(),
            input: input.into(),
            overrides: Overrides::default(),
            all_pages: false,
        }
    }

    /// Sets the settings of this call that differ from those of the client.
    pub fn overrides(mut self, overrides: Overrides) -> Self {
        self.overrides = overrides;
        self
    }

    /// Requests all pages of a list, and returns them as one output: the items of all pages, and no token.
    /// Other members are those of the first page.
    ///
    /// The items are the list or map that the model names. If it names none, they are all lists that are members
    /// of the output. An operation that does not return pages is called once.
    pub fn all_pages(mut self) -> Self {
        self.all_pages = true;
        self
    }

    /// Sends the request, and returns the output.
    ///
    /// # Errors
    ///
    /// Returns why the operation cannot be called, what is wrong with the input, or why the call failed.
    pub async fn send(mut self) -> Result<Document, DynamicError> {
        let operation = find(self.operations, &self.operation)?;
        let pagination = operation.shape().pagination.as_ref();
        match pagination.filter(|_| self.all_pages) {
            None => call(&self.handle, operation, &self.input, self.overrides).await,
            Some(pagination) => {
                self.overrides.paginated = true;
                pages::all(
                    &self.handle,
                    operation,
                    pagination,
                    self.input,
                    &self.overrides,
                )
                .await
            }
        }
    }
}

impl IntoFuture for DynamicCall {
    type Output = Result<Document, DynamicError>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// Calls an operation once.
async fn call(
    handle: &Handle,
    operation: &'static OperationDescriptor,
    input: &Document,
    overrides: Overrides,
) -> Result<Document, DynamicError> {
    let input = checked_input(operation, input)?;
    match handle.invoke_erased(operation, input, overrides).await {
        Ok(output) => written_output(operation, &output),
        Err(error) => Err(CallFailure::new(operation, error).into()),
    }
}

/// Returns the input that a document describes.
fn checked_input(
    operation: &'static OperationDescriptor,
    input: &Document,
) -> Result<Input, DynamicError> {
    if operation.streaming_input || operation.streaming_output {
        return Err(DynamicError::Streaming {
            operation: operation.name,
        });
    }
    let input = check::input(operation.shape(), input).map_err(|problems| InvalidInput {
        operation: operation.name,
        problems,
    })?;
    let mut deserializer = DocumentShapeDeserializer::new(&input);
    (operation.vtable.read_input)(&mut deserializer).map_err(|error| {
        InvalidInput {
            operation: operation.name,
            problems: vec![InputProblem::new(
                "$",
                ProblemKind::Unreadable(error.to_string()),
            )],
        }
        .into()
    })
}

/// Returns the output as a document.
fn written_output(
    operation: &'static OperationDescriptor,
    output: &Output,
) -> Result<Document, DynamicError> {
    let Some(output) = (operation.vtable.output)(output) else {
        return Err(DynamicError::UnreadableOutput {
            operation: operation.name,
            why: "an interceptor replaced it with the output of another operation".to_owned(),
        });
    };
    write::structure(output).map_err(|error| DynamicError::UnreadableOutput {
        operation: operation.name,
        why: error.to_string(),
    })
}
