//! Structures and unions: the parts of reading and writing that are the same for all of them.

use crate::value::{Value, read_value};
use aws_smithy_schema::serde::{
    SerdeError, SerializableStruct, ShapeDeserializer, ShapeSerializer,
};
use aws_smithy_schema::{Schema, prelude};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::error::operation::BuildError;
use std::fmt;

/// A generated structure.
pub trait Structure: SerializableStruct + Sized {
    /// The builder that collects the structure's members.
    type Builder: ReadMembers + Default + fmt::Debug;

    /// The structure's schema.
    const SCHEMA: &'static Schema<'static>;

    /// Makes the structure from what a message held.
    ///
    /// A required member that the message left out gets its [zero](Value::zero): unlike a caller's
    /// `build()`, reading never fails for want of a member.
    fn complete(builder: Self::Builder) -> Self;
}

/// A generated operation's input, whatever the operation.
pub trait InputShape: SerializableStruct {
    /// The first required member that is missing: its name in the model and in Rust.
    fn missing_required(&self) -> Option<(&'static str, &'static str)>;

    /// The member that carries an idempotency token, if there is one.
    fn idempotency_token(&mut self) -> Option<&mut Option<String>> {
        None
    }

    /// The member that is the body itself, if there is one.
    fn body(&mut self) -> Option<&mut ByteStream> {
        None
    }

    /// What stands before the endpoint's host, where the model asks for something.
    ///
    /// # Errors
    ///
    /// If a member that it is made of is missing or is not a host label.
    fn host_prefix(&self) -> Result<Option<String>, BuildError> {
        Ok(None)
    }
}

/// A generated operation's output.
pub trait OperationOutput: Structure {
    /// Puts in what comes beside the members: the request ID, and the body where it is a stream.
    fn set_beside(builder: &mut Self::Builder, request_id: Option<String>, body: Option<SdkBody>);
}

/// Takes members of a structure as they are read.
pub trait ReadMembers {
    /// Reads the member at `index` in the structure's schema; an index that is not there is skipped.
    fn read_member(
        &mut self,
        index: usize,
        schema: &Schema<'_>,
        deserializer: &mut dyn ShapeDeserializer,
    ) -> Result<(), SerdeError>;
}

/// A generated error structure.
pub trait ErrorShape: Structure + ProvideErrorMetadata {
    /// The shape's name, which is its code on the wire.
    const CODE: &'static str;

    /// Gives the builder what was read from the response beside the members: code, message and
    /// request ID. The message fills the shape's own message member where that is absent.
    fn set_metadata(builder: &mut Self::Builder, metadata: ErrorMetadata);
}

/// Reads a structure. What `Value` of a structure does.
pub fn read_structure<T: Structure>(
    deserializer: &mut dyn ShapeDeserializer,
) -> Result<T, SerdeError> {
    let mut builder = T::Builder::default();
    read_members(T::SCHEMA, deserializer, &mut builder)?;
    Ok(T::complete(builder))
}

/// Reads the members of a structure into its builder.
pub(crate) fn read_members(
    schema: &Schema<'_>,
    deserializer: &mut dyn ShapeDeserializer,
    target: &mut dyn ReadMembers,
) -> Result<(), SerdeError> {
    deserializer.read_struct(schema, &mut |member, deserializer| {
        match member.member_index() {
            Some(index) => target.read_member(index, member, deserializer),
            // Not in the model. The codec skips what is left unread.
            None => Ok(()),
        }
    })
}

/// Reads a variant from the index and schema of its member.
pub type ReadVariant<'a, T> =
    dyn FnMut(usize, &Schema<'_>, &mut dyn ShapeDeserializer) -> Result<T, SerdeError> + 'a;

/// Reads a union: `read` makes a variant from the index and schema of its member.
///
/// # Errors
///
/// If the message sets no member, or more than one.
pub fn read_union<T>(
    schema: &Schema<'_>,
    deserializer: &mut dyn ShapeDeserializer,
    unknown: T,
    read: &mut ReadVariant<'_, T>,
) -> Result<T, SerdeError> {
    let mut unknown = Some(unknown);
    let mut result = None;
    deserializer.read_struct(schema, &mut |member, deserializer| {
        if result.is_some() {
            return Err(SerdeError::invalid_input(format!(
                "the union {} has more than one member set",
                schema.shape_id().as_str()
            )));
        }
        result = match member.member_index() {
            Some(index) => Some(read(index, member, deserializer)?),
            None => unknown.take(),
        };
        Ok(())
    })?;
    result.ok_or_else(|| {
        SerdeError::invalid_input(format!(
            "the union {} has no member set",
            schema.shape_id().as_str()
        ))
    })
}

/// Writes a structure or union as the member that a schema describes.
pub fn write_structure(
    schema: &Schema<'_>,
    value: &dyn SerializableStruct,
    serializer: &mut dyn ShapeSerializer,
) -> Result<(), SerdeError> {
    // A payload is the whole body. With a member's schema, its name would stand before it.
    let schema = match schema.http_payload() {
        Some(_) => value.schema(),
        None => schema,
    };
    serializer.write_struct(schema, value)
}

/// Writes the member of a union that carries no value.
pub fn write_unit(
    schema: &Schema<'_>,
    serializer: &mut dyn ShapeSerializer,
) -> Result<(), SerdeError> {
    struct Unit;

    impl SerializableStruct for Unit {
        fn schema(&self) -> &Schema<'_> {
            &prelude::UNIT
        }

        fn serialize_members(&self, _: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
            Ok(())
        }
    }

    serializer.write_struct(schema, &Unit)
}

/// Reads the member of a union that carries no value.
pub fn read_unit(deserializer: &mut dyn ShapeDeserializer) -> Result<(), SerdeError> {
    deserializer.read_struct(&prelude::UNIT, &mut |_, _| Ok(()))
}

/// Writes a member if it is there.
pub fn write_member<T: Value>(
    member: &Option<T>,
    schema: &Schema<'_>,
    serializer: &mut dyn ShapeSerializer,
) -> Result<(), SerdeError> {
    match member {
        Some(value) => value.write(schema, serializer),
        None => Ok(()),
    }
}

/// Stands in `Debug` output for a value that must not be shown.
struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("*** Sensitive Data Redacted ***")
    }
}

/// Shows a member, unless its schema says that it is sensitive.
pub fn debug_member(
    debug: &mut fmt::DebugStruct<'_, '_>,
    name: &str,
    schema: &Schema<'_>,
    value: &dyn fmt::Debug,
) {
    match schema.sensitive() {
        Some(_) => debug.field(name, &Redacted),
        None => debug.field(name, value),
    };
}

/// Shows the value of a union's member, unless its schema says that it is sensitive.
pub fn debug_variant(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    schema: &Schema<'_>,
    value: &dyn fmt::Debug,
) -> fmt::Result {
    let shown: &dyn fmt::Debug = match schema.sensitive() {
        Some(_) => &Redacted,
        None => value,
    };
    f.debug_tuple(name).field(shown).finish()
}

/// The error of a builder that lacks a required member.
#[cold]
pub fn missing_field(field: &'static str, why: &'static str) -> BuildError {
    BuildError::missing_field(field, why)
}

/// Reads a member into its place in a builder; a null leaves the place as it is.
pub fn read_member<T: Value>(
    place: &mut Option<T>,
    schema: &Schema<'_>,
    deserializer: &mut dyn ShapeDeserializer,
) -> Result<(), SerdeError> {
    if let Some(value) = read_value(schema, deserializer)? {
        *place = Some(value);
    }
    Ok(())
}
