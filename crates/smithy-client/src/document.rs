//! Inputs and outputs as documents, by the names that members have in the model.

use aws_smithy_schema::document::DocumentShapeSerializer;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeSerializer};
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

/// Returns a structure as a document. A structure that cannot be one has no members to look at.
pub(crate) fn of(shape: &dyn SerializableStruct) -> Document {
    let mut serializer = DocumentShapeSerializer::new();
    let members = Members(shape);
    let written = ShapeSerializer::write_struct(&mut serializer, shape.schema(), &members);
    match written.and_then(|()| serializer.finish()) {
        Ok(document) => document.into_document(),
        Err(error) => {
            tracing::debug!(%error, "cannot look into a message");
            Document::Null
        }
    }
}

struct Members<'a>(&'a dyn SerializableStruct);

impl SerializableStruct for Members<'_> {
    fn schema(&self) -> &Schema<'_> {
        self.0.schema()
    }

    fn serialize_members(&self, inner: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        let mut members = self.0.schema().members().iter();
        let is_payload = |member: &&&Schema<'_>| {
            let kind = member.shape_type();
            member.http_payload().is_some()
                && matches!(kind, ShapeType::Structure | ShapeType::Union)
        };
        match members.find(is_payload) {
            None => self.0.serialize_members(inner),
            Some(payload) => self.0.serialize_members(&mut Named { inner, payload }),
        }
    }
}

/// Gives the member that is the whole body its name, which it is written without.
struct Named<'a> {
    inner: &'a mut dyn ShapeSerializer,
    payload: &'a Schema<'a>,
}

macro_rules! pass_on {
    ($($method:ident($($name:ident: $ty:ty),*);)*) => {$(
        fn $method(&mut self, schema: &Schema<'_>, $($name: $ty),*) -> Result<(), SerdeError> {
            self.inner.$method(schema, $($name),*)
        }
    )*};
}

impl ShapeSerializer for Named<'_> {
    fn write_struct(
        &mut self,
        schema: &Schema<'_>,
        value: &dyn SerializableStruct,
    ) -> Result<(), SerdeError> {
        let schema = match schema.member_name() {
            Some(_) => schema,
            None => self.payload,
        };
        self.inner.write_struct(schema, value)
    }

    pass_on! {
        write_list(items: &dyn Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError>);
        write_map(entries: &dyn Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError>);
        write_boolean(value: bool);
        write_byte(value: i8);
        write_short(value: i16);
        write_integer(value: i32);
        write_long(value: i64);
        write_float(value: f32);
        write_double(value: f64);
        write_big_integer(value: &BigInteger);
        write_big_decimal(value: &BigDecimal);
        write_string(value: &str);
        write_blob(value: Blob);
        write_timestamp(value: &DateTime);
        write_document(value: &Document);
        write_null();
    }
}
