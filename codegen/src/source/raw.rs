//! The raw shapes of a Smithy JSON AST, which mirror the file and nothing else.

use super::json::{Entry, Place};
use crate::shape_id::ShapeId;

/// The contents of a file.
#[derive(Debug)]
pub(crate) struct RawFile {
    /// Whether the file has the form of Smithy 1, in which numbers and booleans have a default.
    pub(crate) smithy_1: bool,
    pub(crate) shapes: Vec<RawShape>,
}

/// One entry of `shapes`.
#[derive(Debug)]
pub(crate) struct RawShape {
    pub(crate) id: ShapeId,
    pub(crate) place: Place,
    pub(crate) body: RawBody,
    pub(crate) traits: Vec<Entry>,
    pub(crate) mixins: Vec<RawTarget>,
}

/// What a shape has in addition to traits and mixins.
#[derive(Debug)]
pub(crate) enum RawBody {
    /// Traits for another shape, or for a member where `member` is set.
    Apply {
        member: Option<String>,
    },
    Simple(Simple),
    Enum(Vec<RawMember>),
    IntEnum(Vec<RawMember>),
    /// `None` if the list uses mixins and has its parts from them.
    List(Option<RawMember>),
    /// The `set` of Smithy 1.
    Set(Option<RawMember>),
    Map {
        key: Option<RawMember>,
        value: Option<RawMember>,
    },
    Structure(Vec<RawMember>),
    Union(Vec<RawMember>),
    Operation(RawOperation),
    Resource(RawResource),
    Service(RawService),
}

/// The simple types that have no members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Simple {
    BigDecimal,
    BigInteger,
    Blob,
    Boolean,
    Byte,
    Document,
    Double,
    Float,
    Integer,
    Long,
    Short,
    String,
    Timestamp,
}

#[derive(Debug, Clone)]
pub(crate) struct RawMember {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) target: RawTarget,
    pub(crate) traits: Vec<Entry>,
}

/// A reference to another shape.
#[derive(Debug, Clone)]
pub(crate) struct RawTarget {
    pub(crate) id: ShapeId,
    pub(crate) place: Place,
}

#[derive(Debug)]
pub(crate) struct RawOperation {
    pub(crate) input: Option<RawTarget>,
    pub(crate) output: Option<RawTarget>,
    pub(crate) errors: Vec<RawTarget>,
}

/// A resource. Only its operations matter to a client.
#[derive(Debug)]
pub(crate) struct RawResource {
    pub(crate) operations: Vec<RawTarget>,
    pub(crate) resources: Vec<RawTarget>,
    /// What identifiers and properties target, which must exist.
    pub(crate) properties: Vec<RawTarget>,
}

#[derive(Debug)]
pub(crate) struct RawService {
    pub(crate) version: String,
    pub(crate) operations: Vec<RawTarget>,
    pub(crate) resources: Vec<RawTarget>,
    pub(crate) errors: Vec<RawTarget>,
    /// Shapes that have another name within the service's closure.
    pub(crate) rename: Vec<(RawTarget, String)>,
}
