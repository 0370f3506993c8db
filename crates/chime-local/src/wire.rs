//! Converts requests to documents and documents to responses, according to an operation's schemas.

use crate::refusal::Refusal;
use crate::router::Matched;
use aws_smithy_json::codec::{JsonCodec, JsonCodecSettings};
use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::codec::http_string::HttpStringDeserializer;
use aws_smithy_schema::document::{DocumentShapeDeserializer, DocumentShapeSerializer};
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer, ShapeSerializer};
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use http::HeaderMap;
use smithy_operation::OperationDescriptor;
use std::sync::LazyLock;

static CODEC: LazyLock<JsonCodec> = LazyLock::new(|| {
    JsonCodec::new(
        JsonCodecSettings::builder()
            .use_json_name(true)
            .default_timestamp_format(Format::EpochSeconds)
            .build(),
    )
});

/// The parts of a request other than its method and path.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) query: &'a [(String, String)],
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// Reads the input of a request. The input is read into the generated shape, so the result has the types in
/// the model.
pub(crate) fn read_input(matched: &Matched, parts: &Parts<'_>) -> Result<Document, Refusal> {
    let mut reader = RequestReader { matched, parts };
    let vtable = &matched.operation.vtable;
    let mut input = (vtable.read_input)(&mut reader)
        .map_err(|error| Refusal::bad_request(format!("the request cannot be read: {error}")))?;
    let input = (vtable.input)(&mut input)
        .ok_or_else(|| Refusal::failure("the input belongs to another operation"))?;
    if let Some((member, _)) = input.missing_required() {
        return Err(Refusal::bad_request(format!("{member} is required")));
    }
    let mut serializer = DocumentShapeSerializer::new();
    let schema = matched.operation.schema.input();
    ShapeSerializer::write_struct(&mut serializer, schema, input)
        .and_then(|()| serializer.finish())
        .map(|document| document.into_document())
        .map_err(|error| Refusal::failure(format!("the input cannot be converted: {error}")))
}

/// Writes the body of a response. The output is read into the generated shape, so the body conforms to the
/// model.
pub(crate) fn write_output(
    operation: &OperationDescriptor,
    output: &Document,
) -> Result<Vec<u8>, Refusal> {
    let schema = operation.schema.output();
    if schema.members().is_empty() {
        return Ok(Vec::new());
    }
    let fail = |error: SerdeError| {
        Refusal::failure(format!(
            "the response does not conform to the model: {error}"
        ))
    };
    let mut deserializer = DocumentShapeDeserializer::new(output);
    let output = (operation.vtable.read_output)(&mut deserializer, None, None).map_err(fail)?;
    let shape = (operation.vtable.output)(&output)
        .ok_or_else(|| Refusal::failure("the response belongs to another operation"))?;
    let mut serializer = CODEC.create_serializer();
    serializer.write_struct(schema, shape).map_err(fail)?;
    Ok(serializer.finish())
}

/// Reads the members of an input from where their traits bind them.
struct RequestReader<'a> {
    matched: &'a Matched,
    parts: &'a Parts<'a>,
}

type Consumer<'c> =
    &'c mut dyn FnMut(&Schema<'_>, &mut dyn ShapeDeserializer) -> Result<(), SerdeError>;

impl RequestReader<'_> {
    fn bound(&self, member: &Schema<'_>, consumer: Consumer<'_>) -> Result<bool, SerdeError> {
        let name = member.member_name().unwrap_or_default();
        if member.http_label().is_some() {
            let labels = &self.matched.labels;
            if let Some((_, value)) = labels.iter().find(|(label, _)| label == name) {
                consumer(member, &mut Values(vec![value]))?;
            }
        } else if let Some(query) = member.http_query() {
            let values = self.query_values(query.value());
            if !values.is_empty() {
                consumer(member, &mut Values(values))?;
            }
        } else if let Some(header) = member.http_header() {
            let values: Vec<&str> = self
                .parts
                .headers
                .get_all(header.value())
                .iter()
                .filter_map(|value| value.to_str().ok())
                .collect();
            if !values.is_empty() {
                consumer(member, &mut Values(values))?;
            }
        } else if member.http_query_params().is_some() {
            consumer(member, &mut QueryMap(self))?;
        } else if let Some(prefix) = member.http_prefix_headers() {
            let prefix = prefix.value().to_ascii_lowercase();
            consumer(member, &mut HeaderPrefix(self.parts.headers, &prefix))?;
        } else if member.http_payload().is_some() {
            if !self.parts.body.is_empty() {
                match member.shape_type() {
                    ShapeType::Blob => consumer(member, &mut RawBody(self.parts.body))?,
                    ShapeType::String => {
                        let text = std::str::from_utf8(self.parts.body)
                            .map_err(|error| SerdeError::invalid_input(error.to_string()))?;
                        consumer(member, &mut HttpStringDeserializer::new(text))?;
                    }
                    _ => consumer(member, &mut CODEC.create_deserializer(self.parts.body))?,
                }
            }
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn query_values(&self, name: &str) -> Vec<&str> {
        let query = self.parts.query.iter();
        query
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }
}

/// Implements readers that fail for a place that holds only one kind of value.
macro_rules! only {
    ($($what:literal: $($method:ident -> $type:ty),+;)+) => {
        $($(fn $method(&mut self, _: &Schema<'_>) -> Result<$type, SerdeError> {
            Err(SerdeError::invalid_input(concat!("the request's ", $what, " must be read as a whole")))
        })+)+
        fn is_null(&self) -> bool {
            false
        }
        fn container_size(&self) -> Option<usize> {
            None
        }
    };
}

macro_rules! no_scalars {
    ($what:literal) => {
        only! {
            $what: read_boolean -> bool, read_byte -> i8, read_short -> i16, read_integer -> i32,
            read_long -> i64, read_float -> f32, read_double -> f64, read_string -> String,
            read_big_integer -> BigInteger, read_big_decimal -> BigDecimal,
            read_timestamp -> DateTime, read_document -> Document;
        }
    };
}

macro_rules! no_aggregate {
    ($($method:ident($consumer:ty)),+) => {
        $(fn $method(&mut self, _: &Schema<'_>, _: $consumer) -> Result<(), SerdeError> {
            Err(SerdeError::invalid_input("this part of a request has no such structure"))
        })+
    };
}

type ItemConsumer<'c> = &'c mut dyn FnMut(&mut dyn ShapeDeserializer) -> Result<(), SerdeError>;
type EntryConsumer<'c> =
    &'c mut dyn FnMut(String, &mut dyn ShapeDeserializer) -> Result<(), SerdeError>;

impl ShapeDeserializer for RequestReader<'_> {
    fn read_struct(
        &mut self,
        schema: &Schema<'_>,
        consumer: Consumer<'_>,
    ) -> Result<(), SerdeError> {
        let members = schema.members();
        let bound = members
            .iter()
            .map(|member| self.bound(member, consumer))
            .collect::<Result<Vec<bool>, SerdeError>>()?;
        let has_payload = members.iter().any(|member| member.http_payload().is_some());
        if has_payload || !bound.contains(&false) || self.parts.body.is_empty() {
            return Ok(());
        }
        let mut body = CODEC.create_deserializer(self.parts.body);
        body.read_struct(schema, &mut |member, deserializer| {
            // The body does not contain members that are bound elsewhere.
            let index = member.member_index();
            if index.and_then(|index| bound.get(index)) == Some(&true) {
                deserializer.skip_value()
            } else {
                consumer(member, deserializer)
            }
        })
    }
    no_aggregate!(read_list(ItemConsumer<'_>), read_map(EntryConsumer<'_>));
    fn read_blob(&mut self, _: &Schema<'_>) -> Result<Blob, SerdeError> {
        Ok(Blob::new(self.parts.body))
    }
    no_scalars!("input");
}

/// One or more strings with the same name: a label, a query parameter, a header.
struct Values<'a>(Vec<&'a str>);

macro_rules! of_first {
    ($($method:ident -> $type:ty),+) => {
        $(fn $method(&mut self, schema: &Schema<'_>) -> Result<$type, SerdeError> {
            HttpStringDeserializer::new(self.0.first().copied().unwrap_or_default()).$method(schema)
        })+
    };
}

impl ShapeDeserializer for Values<'_> {
    fn read_list(
        &mut self,
        _schema: &Schema<'_>,
        consumer: ItemConsumer<'_>,
    ) -> Result<(), SerdeError> {
        self.0
            .iter()
            .try_for_each(|value| consumer(&mut HttpStringDeserializer::new(value)))
    }
    of_first! {
        read_boolean -> bool, read_byte -> i8, read_short -> i16, read_integer -> i32,
        read_long -> i64, read_float -> f32, read_double -> f64, read_string -> String,
        read_big_integer -> BigInteger, read_big_decimal -> BigDecimal, read_blob -> Blob,
        read_timestamp -> DateTime, read_document -> Document
    }
    fn is_null(&self) -> bool {
        false
    }
    fn container_size(&self) -> Option<usize> {
        Some(self.0.len())
    }
    no_aggregate!(read_struct(Consumer<'_>), read_map(EntryConsumer<'_>));
}

/// The query parameters that are not bound to a member.
struct QueryMap<'a>(&'a RequestReader<'a>);

impl ShapeDeserializer for QueryMap<'_> {
    fn read_map(
        &mut self,
        _schema: &Schema<'_>,
        consumer: EntryConsumer<'_>,
    ) -> Result<(), SerdeError> {
        let mut seen: Vec<&str> = Vec::new();
        for (key, _) in self.0.parts.query {
            if !seen.contains(&key.as_str()) {
                seen.push(key);
                consumer(key.clone(), &mut Values(self.0.query_values(key)))?;
            }
        }
        Ok(())
    }
    no_aggregate!(read_struct(Consumer<'_>), read_list(ItemConsumer<'_>));
    fn read_blob(&mut self, _: &Schema<'_>) -> Result<Blob, SerdeError> {
        Err(SerdeError::invalid_input("the query must be read as a map"))
    }
    no_scalars!("query");
}

/// The headers with a common prefix.
struct HeaderPrefix<'a>(&'a HeaderMap, &'a str);

impl ShapeDeserializer for HeaderPrefix<'_> {
    fn read_map(
        &mut self,
        _schema: &Schema<'_>,
        consumer: EntryConsumer<'_>,
    ) -> Result<(), SerdeError> {
        for (name, value) in self.0 {
            if let (Some(rest), Ok(value)) = (name.as_str().strip_prefix(self.1), value.to_str()) {
                consumer(rest.to_owned(), &mut Values(vec![value]))?;
            }
        }
        Ok(())
    }
    no_aggregate!(read_struct(Consumer<'_>), read_list(ItemConsumer<'_>));
    fn read_blob(&mut self, _: &Schema<'_>) -> Result<Blob, SerdeError> {
        Err(SerdeError::invalid_input(
            "the headers must be read as a map",
        ))
    }
    no_scalars!("headers");
}

/// A body that is the value itself.
struct RawBody<'a>(&'a [u8]);

impl ShapeDeserializer for RawBody<'_> {
    fn read_blob(&mut self, _: &Schema<'_>) -> Result<Blob, SerdeError> {
        Ok(Blob::new(self.0))
    }
    no_aggregate!(
        read_struct(Consumer<'_>),
        read_list(ItemConsumer<'_>),
        read_map(EntryConsumer<'_>)
    );
    no_scalars!("body");
}
