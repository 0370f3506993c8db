//! Structures and unions: the code for reading and writing that all of them share.

#[cfg(feature = "event-stream")]
use crate::event_stream::{EventCodec, Messages};
use crate::stream::ResponseStream;
use crate::value::{Value, read_value};
use aws_smithy_schema::serde::{
    SerdeError, SerializableStruct, ShapeDeserializer, ShapeSerializer,
};
use aws_smithy_schema::{Schema, prelude};
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

    /// Creates the structure from what was read.
    ///
    /// A required member that is absent from the message becomes its [zero](Value::zero): unlike `build()`,
    /// reading never fails because a member is missing.
    fn complete(builder: Self::Builder) -> Self;

    /// Creates the structure from what was serialized with serde.
    ///
    /// # Errors
    ///
    /// Returns the name of a member that is required and absent.
    #[cfg(feature = "serde")]
    fn restore(builder: Self::Builder) -> Result<Self, SerdeError>;
}

/// The input of a generated operation, independent of the operation.
pub trait InputShape: SerializableStruct {
    /// Returns the first required member that is missing: its name in the model and in Rust.
    fn missing_required(&self) -> Option<(&'static str, &'static str)>;

    /// Returns the member that holds the idempotency token, if there is one.
    fn idempotency_token(&mut self) -> Option<&mut Option<String>> {
        None
    }

    /// Changes members to what the service accepts: removes prefixes, and fills in defaults.
    fn prepare(&mut self) {}

    /// Returns the URL that the call goes to, if the input names one.
    fn call_endpoint(&self) -> Option<&str> {
        None
    }

    /// Returns the member that is the whole body, if there is one.
    fn body(&mut self) -> Option<&mut ByteStream> {
        None
    }

    /// Takes the events that are the body, as messages, if there are any.
    #[cfg(feature = "event-stream")]
    fn take_events(&mut self, _codec: &EventCodec) -> Option<Messages> {
        None
    }

    /// Returns the prefix of the endpoint's host, if the model requires one.
    ///
    /// # Errors
    ///
    /// Returns an error if a member in the prefix is missing or is not a host label.
    fn host_prefix(&self) -> Result<Option<String>, BuildError> {
        Ok(None)
    }
}

/// The output of a generated operation.
pub trait OperationOutput: Structure {
    /// Sets what is not a member: the request ID, and the body if it is a stream.
    fn set_beside(
        builder: &mut Self::Builder,
        request_id: Option<String>,
        body: Option<ResponseStream>,
    );

    /// Returns the field of a member that is missing, if a response without it cannot be read.
    #[inline]
    fn lacks(_: &Self::Builder) -> Option<&'static str> {
        None
    }
}

/// Receives the members of a structure as they are read.
pub trait ReadMembers {
    /// Reads the member at `index` in the schema of the structure, or skips an unknown index.
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

    /// Sets what was read from the response in addition to the members: code, message and request ID. The
    /// message also becomes the message member of the shape if that is absent.
    fn set_metadata(builder: &mut Self::Builder, metadata: ErrorMetadata);
}

/// Reads a structure. Implements `Value` for structures.
pub fn read_structure<T: Structure>(
    deserializer: &mut dyn ShapeDeserializer,
) -> Result<T, SerdeError> {
    let mut builder = T::Builder::default();
    #[cfg(feature = "serde")]
    if crate::serde::is_exact(deserializer) {
        read_members(T::SCHEMA, deserializer, &mut builder)?;
        return T::restore(builder);
    }
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
            // Not in the model. The codec skips what is not read.
            None => Ok(()),
        }
    })
}

/// Reads a variant, given the index and schema of its member.
pub type ReadVariant<'a, T> =
    dyn FnMut(usize, &Schema<'_>, &mut dyn ShapeDeserializer) -> Result<T, SerdeError> + 'a;

/// Reads a union. `read` creates a variant, given the index and schema of its member.
///
/// # Errors
///
/// Returns an error if the message sets no member, or more than one.
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

/// Writes a structure or union as the member that the schema describes.
pub fn write_structure(
    schema: &Schema<'_>,
    value: &dyn SerializableStruct,
    serializer: &mut dyn ShapeSerializer,
) -> Result<(), SerdeError> {
    // A payload is the whole body. With the schema of a member, it would be preceded by its name.
    let schema = match schema.http_payload() {
        Some(_) => value.schema(),
        None => schema,
    };
    serializer.write_struct(schema, value)
}

/// Writes the member of a union that has no value.
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

/// Reads the member of a union that has no value.
pub fn read_unit(deserializer: &mut dyn ShapeDeserializer) -> Result<(), SerdeError> {
    deserializer.read_struct(&prelude::UNIT, &mut |_, _| Ok(()))
}

/// Writes a member if it is present.
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

/// Replaces a sensitive value in `Debug` output.
struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("*** Sensitive Data Redacted ***")
    }
}

/// Shows a member, unless its schema marks it as sensitive.
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

/// Shows the value of a union's member, unless its schema marks it as sensitive.
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

/// Returns the error of a builder that lacks a required member.
#[cold]
pub fn missing_field(field: &'static str, why: &'static str) -> BuildError {
    BuildError::missing_field(field, why)
}

/// Reads a member into its field of a builder. A null leaves the field unchanged.
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
