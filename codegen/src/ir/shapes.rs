//! Structures, unions, enums and collections, with how their members are serialized.

use super::{Docs, Retry};
use crate::protocol::RequestLine;
use crate::shape_id::ShapeId;
use crate::traits::http::{Binding, TimestampFormat};

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
