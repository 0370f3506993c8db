//! Descriptions of operations and shapes: what schemas do not have.

use aws_smithy_schema::{Schema, prelude};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use std::collections::HashMap;
use std::fmt;

/// Documentation, in Markdown.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Docs(
    /// The lines, as they are in the source: most begin with a space.
    #[doc(hidden)]
    pub &'static [&'static str],
);

impl Docs {
    /// Returns whether there is no documentation.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Returns the lines.
    pub fn lines(self) -> impl Iterator<Item = &'static str> {
        let lines = self.0.iter();
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line))
    }

    /// Returns the first paragraph on one line.
    pub fn summary(self) -> String {
        let lines: Vec<&str> = self.lines().take_while(|line| !line.is_empty()).collect();
        lines.join(" ")
    }
}

impl fmt::Display for Docs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, line) in self.lines().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            f.write_str(line)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Docs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.summary(), f)
    }
}

/// A shape of a model.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Shape {
    /// `true` or `false`.
    Boolean,
    /// An integer of 8 bits.
    Byte,
    /// An integer of 16 bits.
    Short,
    /// An integer of 32 bits.
    Integer,
    /// An integer of 64 bits.
    Long,
    /// A floating-point number of 32 bits.
    Float,
    /// A floating-point number of 64 bits.
    Double,
    /// An integer of any size.
    BigInteger,
    /// A decimal number of any precision.
    BigDecimal,
    /// A string.
    String,
    /// An enum of strings.
    Enum(&'static EnumShape),
    /// An enum of integers.
    IntEnum(&'static IntEnumShape),
    /// Bytes.
    Blob,
    /// A point in time.
    Timestamp,
    /// Any value.
    Document,
    /// A list.
    List(ListShape),
    /// A map. Keys are strings.
    Map(MapShape),
    /// A structure.
    Structure(&'static StructureShape),
    /// A union: a structure of which exactly one member is set.
    Union(&'static StructureShape),
    /// A stream of bytes, or of events.
    Stream,
}

impl fmt::Display for Shape {
    /// Writes the type as documentation shows it, such as `list of MembershipItem`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Boolean => "boolean",
            Self::Byte => "byte",
            Self::Short => "short",
            Self::Integer => "integer",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::BigInteger => "bigInteger",
            Self::BigDecimal => "bigDecimal",
            Self::String => "string",
            Self::Blob => "blob",
            Self::Timestamp => "timestamp",
            Self::Document => "document",
            Self::Stream => "stream",
            Self::Enum(shape) => shape.name,
            Self::IntEnum(shape) => shape.name,
            Self::Structure(shape) | Self::Union(shape) => shape.name(),
            Self::List(list) => return write!(f, "list of {}", list.item()),
            Self::Map(map) => {
                return match map.key() {
                    Shape::String => write!(f, "map of {}", map.value()),
                    key => write!(f, "map of {key} to {}", map.value()),
                };
            }
        })
    }
}

/// A list.
#[derive(Clone, Copy)]
pub struct ListShape {
    item: fn() -> Shape,
    /// Whether items may be null.
    pub sparse: bool,
}

impl ListShape {
    /// Returns the shape of the items.
    pub fn item(&self) -> Shape {
        (self.item)()
    }
}

impl fmt::Debug for ListShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Shapes may contain themselves.
        write!(f, "list of {}", self.item())
    }
}

/// A map.
#[derive(Clone, Copy)]
pub struct MapShape {
    key: fn() -> Shape,
    value: fn() -> Shape,
    /// Whether values may be null.
    pub sparse: bool,
}

impl MapShape {
    /// Returns the shape of the keys: a string or an enum.
    pub fn key(&self) -> Shape {
        (self.key)()
    }

    /// Returns the shape of the values.
    pub fn value(&self) -> Shape {
        (self.value)()
    }
}

impl fmt::Debug for MapShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "map of {} to {}", self.key(), self.value())
    }
}

/// An enum of strings.
#[derive(Debug)]
pub struct EnumShape {
    /// The name of the type in Rust.
    pub name: &'static str,
    /// The documentation.
    pub docs: Docs,
    /// What to use instead, if the shape is deprecated.
    pub deprecated: Option<&'static str>,
    /// The values in the model, each with its documentation.
    pub values: &'static [(&'static str, Docs)],
}

/// An enum of integers.
#[derive(Debug)]
pub struct IntEnumShape {
    /// The name of the type in Rust.
    pub name: &'static str,
    /// The documentation.
    pub docs: Docs,
    /// What to use instead, if the shape is deprecated.
    pub deprecated: Option<&'static str>,
    /// The values in the model, each with its documentation.
    pub values: &'static [(i32, Docs)],
}

/// A structure or a union.
#[derive(Debug)]
pub struct StructureShape {
    /// The schema.
    pub schema: &'static Schema<'static>,
    /// The documentation.
    pub docs: Docs,
    /// What to use instead, if the shape is deprecated.
    pub deprecated: Option<&'static str>,
    /// The members, sorted by name.
    pub members: &'static [MemberShape],
}

impl StructureShape {
    /// Returns the name of the shape in the model, without its namespace.
    pub fn name(&self) -> &'static str {
        self.schema.shape_id().shape_name()
    }

    /// Returns the member of this name.
    pub fn member(&self, name: &str) -> Option<&'static MemberShape> {
        self.members.iter().find(|member| member.name == name)
    }
}

/// A member of a structure or a union.
pub struct MemberShape {
    /// The name in the model.
    pub name: &'static str,
    /// The name in Rust.
    pub field: &'static str,
    /// The schema, with the traits of the member.
    pub schema: &'static Schema<'static>,
    /// The documentation, including the constraints of the model, such as lengths and ranges.
    pub docs: Docs,
    /// What to use instead, if the member is deprecated.
    pub deprecated: Option<&'static str>,
    /// Whether the model requires the member.
    pub required: bool,
    #[doc(hidden)]
    pub of: fn() -> Shape,
}

impl MemberShape {
    /// Returns the shape of the member's value.
    pub fn shape(&self) -> Shape {
        (self.of)()
    }
}

impl fmt::Debug for MemberShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let required = if self.required { ", required" } else { "" };
        write!(f, "{}: {}{required}", self.name, self.shape())
    }
}

/// An operation.
#[derive(Debug)]
pub struct OperationShape {
    /// The name in the model.
    pub name: &'static str,
    /// The documentation.
    pub docs: Docs,
    /// What to use instead, if the operation is deprecated.
    pub deprecated: Option<&'static str>,
    /// The input.
    pub input: &'static StructureShape,
    /// The output.
    pub output: &'static StructureShape,
    /// The errors in the model.
    pub errors: &'static [&'static StructureShape],
    /// The field of the input's idempotency token. A random one is sent if it is absent.
    pub idempotency_token: Option<&'static str>,
    /// How the operation returns its results in pages, if it does.
    pub pagination: Option<PaginationShape>,
}

/// How an operation returns its results in pages. Paths are names of members in the model.
#[derive(Debug)]
pub struct PaginationShape {
    /// The member of the input with the token of the page to return.
    pub input_token: &'static str,
    /// The path in the output to the token of the next page.
    pub output_token: &'static [&'static str],
    /// The member of the input with the maximum number of items.
    pub page_size: Option<&'static str>,
    /// The path in the output to the items; empty if the model does not name them.
    pub items: &'static [&'static str],
}

/// A type that is generated for a shape, or that generated types contain.
pub trait Described {
    /// Whether the type is an item of a sparse list or map.
    const SPARSE: bool = false;

    /// Returns the shape.
    fn shape() -> Shape;
}

/// A generated structure or union.
pub trait DescribedStructure {
    /// The description of the structure.
    const DESCRIPTION: &'static StructureShape;
}

/// The input of a generated operation.
pub trait DescribedInput: DescribedStructure {
    /// The field of the idempotency token.
    const IDEMPOTENCY_TOKEN: Option<&'static str>;
}

macro_rules! simple {
    ($($ty:ty => $shape:ident;)*) => {
        $(impl Described for $ty {
            fn shape() -> Shape {
                Shape::$shape
            }
        })*
    };
}

simple! {
    bool => Boolean;
    i8 => Byte;
    i16 => Short;
    i32 => Integer;
    i64 => Long;
    f32 => Float;
    f64 => Double;
    BigInteger => BigInteger;
    BigDecimal => BigDecimal;
    String => String;
    Blob => Blob;
    DateTime => Timestamp;
    Document => Document;
}

impl<T: Described> Described for Option<T> {
    const SPARSE: bool = true;

    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Described> Described for Box<T> {
    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Described> Described for Vec<T> {
    fn shape() -> Shape {
        Shape::List(ListShape {
            item: T::shape,
            sparse: T::SPARSE,
        })
    }
}

impl<K: Described, T: Described> Described for HashMap<K, T> {
    fn shape() -> Shape {
        Shape::Map(MapShape {
            key: K::shape,
            value: T::shape,
            sparse: T::SPARSE,
        })
    }
}

/// The shape of a streamed blob.
#[doc(hidden)]
pub fn stream() -> Shape {
    Shape::Stream
}

/// The shape of events.
#[doc(hidden)]
pub fn events() -> Shape {
    Shape::Stream
}

/// The shape of a union's member without a value.
#[doc(hidden)]
pub fn unit() -> Shape {
    Shape::Structure(&UNIT)
}

static UNIT: StructureShape = StructureShape {
    schema: &prelude::UNIT,
    docs: Docs(&[]),
    deprecated: None,
    members: &[],
};

/// The description of an operation that has none, because it is not generated.
pub(crate) static UNDESCRIBED: OperationShape = OperationShape {
    name: "",
    docs: Docs(&[]),
    deprecated: None,
    input: &UNIT,
    output: &UNIT,
    errors: &[],
    idempotency_token: None,
    pagination: None,
};
