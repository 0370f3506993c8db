//! Writes outputs as documents, by the names that members have in the model.

use crate::timestamp::rfc3339;
use aws_smithy_schema::Schema;
use aws_smithy_schema::document::DocumentShapeSerializer;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeSerializer};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

/// Returns a structure as a document.
pub(super) fn structure(shape: &dyn SerializableStruct) -> Result<Document, SerdeError> {
    let mut serializer = DocumentShapeSerializer::new();
    let mut members = shape.schema().members().iter();
    let payload = members
        .find(|member| member.http_payload().is_some())
        .copied();
    let members = Members { shape, payload };
    ShapeSerializer::write_struct(&mut serializer, shape.schema(), &members)?;
    Ok(serializer.finish()?.into_document())
}

/// A structure whose members are written by a [`Writer`].
struct Members<'a> {
    shape: &'a dyn SerializableStruct,
    payload: Option<&'a Schema<'a>>,
}

impl SerializableStruct for Members<'_> {
    fn schema(&self) -> &Schema<'_> {
        self.shape.schema()
    }

    fn serialize_members(&self, inner: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        self.shape.serialize_members(&mut Writer {
            inner,
            payload: self.payload,
        })
    }
}

/// Writes values that documents do not have as strings.
struct Writer<'a> {
    inner: &'a mut dyn ShapeSerializer,
    /// The member that is the whole body, which is written without its name.
    payload: Option<&'a Schema<'a>>,
}

type Write<'a> = &'a dyn Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError>;

fn writing<'a>(
    write: Write<'a>,
) -> impl Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError> + 'a {
    move |inner| {
        write(&mut Writer {
            inner,
            payload: None,
        })
    }
}

macro_rules! pass_on {
    ($($method:ident($ty:ty);)*) => {$(
        fn $method(&mut self, schema: &Schema<'_>, value: $ty) -> Result<(), SerdeError> {
            self.inner.$method(schema, value)
        }
    )*};
}

impl ShapeSerializer for Writer<'_> {
    fn write_struct(
        &mut self,
        schema: &Schema<'_>,
        shape: &dyn SerializableStruct,
    ) -> Result<(), SerdeError> {
        let payload = self.payload.filter(|_| schema.member_name().is_none());
        let members = Members {
            shape,
            payload: None,
        };
        self.inner.write_struct(payload.unwrap_or(schema), &members)
    }

    fn write_list(&mut self, schema: &Schema<'_>, items: Write<'_>) -> Result<(), SerdeError> {
        self.inner.write_list(schema, &writing(items))
    }

    fn write_map(&mut self, schema: &Schema<'_>, entries: Write<'_>) -> Result<(), SerdeError> {
        self.inner.write_map(schema, &writing(entries))
    }

    fn write_float(&mut self, schema: &Schema<'_>, value: f32) -> Result<(), SerdeError> {
        match not_finite(value.into()) {
            // As the shortest decimal number that is this float: `0.1`, not `0.10000000149011612`.
            None => match value.to_string().parse() {
                Ok(value) => self.inner.write_double(schema, value),
                Err(_) => self.inner.write_float(schema, value),
            },
            Some(text) => self.inner.write_string(schema, text),
        }
    }

    fn write_double(&mut self, schema: &Schema<'_>, value: f64) -> Result<(), SerdeError> {
        match not_finite(value) {
            None => self.inner.write_double(schema, value),
            Some(text) => self.inner.write_string(schema, text),
        }
    }

    fn write_big_integer(
        &mut self,
        schema: &Schema<'_>,
        value: &BigInteger,
    ) -> Result<(), SerdeError> {
        self.inner.write_string(schema, value.as_ref())
    }

    fn write_big_decimal(
        &mut self,
        schema: &Schema<'_>,
        value: &BigDecimal,
    ) -> Result<(), SerdeError> {
        self.inner.write_string(schema, value.as_ref())
    }

    fn write_timestamp(&mut self, schema: &Schema<'_>, value: &DateTime) -> Result<(), SerdeError> {
        match rfc3339(value) {
            Some(text) => self.inner.write_string(schema, &text),
            // RFC 3339 has no years after 9999.
            None => self.inner.write_timestamp(schema, value),
        }
    }

    fn write_document(&mut self, schema: &Schema<'_>, value: &Document) -> Result<(), SerdeError> {
        let payload = self.payload.filter(|_| schema.member_name().is_none());
        self.inner.write_document(payload.unwrap_or(schema), value)
    }

    fn write_null(&mut self, schema: &Schema<'_>) -> Result<(), SerdeError> {
        self.inner.write_null(schema)
    }

    pass_on! {
        write_boolean(bool);
        write_byte(i8);
        write_short(i16);
        write_integer(i32);
        write_long(i64);
        write_string(&str);
        write_blob(Blob);
    }
}

fn not_finite(value: f64) -> Option<&'static str> {
    match value {
        _ if value.is_nan() => Some("NaN"),
        f64::INFINITY => Some("Infinity"),
        f64::NEG_INFINITY => Some("-Infinity"),
        _ => None,
    }
}
